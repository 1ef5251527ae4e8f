"""An annotated fact and a drafted one, field by field."""

from __future__ import annotations

from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Final, Literal, NamedTuple, Union, get_args, get_origin

import msgspec
from msgspec import Struct

from evaluation.wording import alike
from timeline.dates import When
from timeline.event import Confirmed, printed
from timeline.metrics import Metric, canonical
from timeline.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.event import Report

Sort = Literal["figure", "wording", "attribution"]

_SHARED: Final[tuple[tuple[str, object], ...]] = (
    ("occurred", When),
    ("share_basis", When),
    ("said_by", str | None),
    ("confirmed", Confirmed | None),
)
"""Fields of every fact that are compared; `note` and `parties` are the reader's own remarks."""

_ATTRIBUTION: Final = ("said_by", "confirmed")


class Field(NamedTuple):
    """A field of two facts.

    Attributes:
        name: of the field.
        sort: "figure" for figures and dates, "attribution" for who said it and who confirmed it, else "wording".
        annotated: what the annotation says, as printed; empty where nothing is stated.
        drafted: what the draft says, likewise.
        same: whether the two say the same.
    """

    name: str
    sort: Sort
    annotated: str
    drafted: str
    same: bool


def compared(annotated: Report, drafted: Report) -> tuple[Field, ...]:
    """The fields of two facts of one kind that either states, those that say the same among them."""
    payload = [(field.name, field.type) for field in msgspec.structs.fields(annotated.payload)]
    fields = [_field(name, kind, annotated.payload, drafted.payload) for name, kind in payload]
    fields += [_field(name, kind, annotated, drafted) for name, kind in _SHARED]
    return tuple(field for field in fields if field.annotated or field.drafted)


def _field(name: str, kind: object, one: Struct, other: Struct) -> Field:
    annotated, drafted = getattr(one, name), getattr(other, name, None)
    sort: Sort = "attribution" if name in _ATTRIBUTION else "wording"
    if _measures(annotated) or _measures(drafted):
        sort = "figure"
    return Field(name, sort, printed(annotated), printed(drafted), same(annotated, drafted, kind))


def same(annotated: object, drafted: object, kind: object) -> bool:
    """Whether two values of a field say the same.

    Figures have to have the same bounds, and the same unit unless one leaves it to its metric; dates the same days,
    lists the same items in any order; wordings have to be alike, unless the field's type allows but some of them. What
    neither states is the same.

    Args:
        annotated: one value.
        drafted: the other.
        kind: the field's type.
    """
    match annotated, drafted:
        case When(), When():
            return annotated.same_days(drafted)
        case Quantity(), Quantity():
            units = {annotated.unit, drafted.unit}
            return annotated.bounds == drafted.bounds and (len(units) == 1 or "" in units)
        case tuple(), tuple():
            return _same_items(annotated, drafted, get_args(kind)[0] if get_args(kind) else str)
        case Struct(), Struct():
            return _same_parts(annotated, drafted)
        case str(), str():
            return _same_text(annotated, drafted, kind)
        case _:
            return annotated == drafted


def _same_items(annotated: Sequence[object], drafted: Sequence[object], kind: object) -> bool:
    """Each item of one has one of the other."""
    left = list(drafted)
    for item in annotated:
        twin = next((other for other in left if same(item, other, kind)), None)
        if twin is None:
            return False
        left.remove(twin)
    return not left


def _same_parts(annotated: Struct, drafted: Struct) -> bool:
    names = ((field.name, field.type) for field in msgspec.structs.fields(annotated))
    return type(annotated) is type(drafted) and all(
        same(getattr(annotated, name), getattr(drafted, name), kind) for name, kind in names
    )


def _same_text(annotated: str, drafted: str, kind: object) -> bool:
    if is_free(kind):
        return alike(annotated, drafted)
    if _is_metric(kind):
        return canonical(annotated).casefold() == canonical(drafted).casefold()
    return annotated == drafted


def is_free(kind: object) -> bool:
    """Whether a field's type takes any words: no metric, no enumeration and no text of a fixed form."""
    if kind in (str, NoneType, ...):
        return True
    return get_origin(kind) in (Union, UnionType, tuple) and all(map(is_free, get_args(kind)))


def _is_metric(kind: object) -> bool:
    return kind == Metric or (get_origin(kind) is not Annotated and any(map(_is_metric, get_args(kind))))


def _measures(value: object) -> bool:
    """Whether a value is a figure, a date or a whole number, or has one in it."""
    match value:
        case Quantity() | When():
            return True
        case bool():
            return False
        case int():
            return True
        case tuple():
            return any(map(_measures, value))
        case Struct():
            return any(_measures(getattr(value, name)) for name in value.__struct_fields__)
        case _:
            return False


def figures_in(value: object) -> Iterator[Quantity]:
    """Every figure of a payload, at any depth."""
    match value:
        case Quantity():
            yield value
        case tuple():
            for item in value:
                yield from figures_in(item)
        case Struct():
            for name in value.__struct_fields__:
                yield from figures_in(getattr(value, name))
