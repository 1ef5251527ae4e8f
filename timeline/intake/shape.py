"""What a field of a payload can be written as, read from its type once per class.

`timeline.intake.convert` reads values by shape and `timeline.intake.schema` describes them by shape, so that the two
cannot drift apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

import msgspec
from msgspec import Struct

from timeline.dates import When
from timeline.intake.form import Form, of_meta
from timeline.intake.meaning import meanings
from timeline.metrics import MetricName
from timeline.values import Measure, Quantity


class Text(Struct, frozen=True):
    """A text of a form; the name of a metric is read as its canonical one."""

    form: Form = Form()
    metric: bool = False


class YesNo(Struct, frozen=True):
    """`yes`, `no`, `true` or `false`."""


class Whole(Struct, frozen=True):
    """A whole number, from `least` to `most` inclusive where they are given."""

    least: int | None = None
    most: int | None = None


class Number(Struct, frozen=True):
    """A plain decimal number that is no figure of a source."""


class Day(Struct, frozen=True):
    """A calendar day."""


class Choice(Struct, frozen=True):
    """One of a few texts, in the order of the type."""

    options: tuple[str, ...]


class Figure(Struct, frozen=True):
    """A quantity as printed; `measure` tells which units it takes, None any."""

    measure: Measure | None = None


class Time(Struct, frozen=True):
    """A date as precise as the source is, with or without the source's wording."""


class Many(Struct, frozen=True):
    """A list of items, or one item alone."""

    item: Shape


class Group(Struct, frozen=True):
    """A mapping that becomes a structure.

    Attributes:
        struct: its class.
        fields: by name, in the order of the class.
    """

    struct: type[Struct]
    fields: Mapping[str, Field]

    @property
    def is_pair(self) -> bool:
        """A list of such groups may be written as one mapping from name to value."""
        return tuple(self.fields) == ("name", "value")


Shape: TypeAlias = Text | YesNo | Whole | Number | Day | Choice | Figure | Time | Many | Group


class Field(Struct, frozen=True):
    """A field of a structure.

    Attributes:
        shape: what it can be written as.
        required: whether it has to be written.
        meaning: what it stands for, in words; may be empty.
    """

    shape: Shape
    required: bool = False
    meaning: str = ""


@cache
def fields_of(struct: type[Struct]) -> Mapping[str, Field]:
    """The fields of a structure by name, in its order.

    Raises:
        TypeError: a field has a type that no fixture can be written in.
    """
    said = meanings(struct)
    try:
        return {
            field.name: Field(shape_of(field.type), field.required, said.get(field.name, ""))
            for field in msgspec.structs.fields(struct)
        }
    except TypeError as error:
        error.add_note(f"in {struct.__name__}")
        raise


def shape_of(hint: Any) -> Shape:  # noqa: ANN401  a type hint may be anything
    """The shape of values of a type; None in a union stands for a field that may be left out.

    Raises:
        TypeError: no fixture can be written in this type.
    """
    if get_origin(hint) is Annotated:
        bare, *marks = get_args(hint)
        return _marked(shape_of(bare), marks)
    if get_origin(hint) in (Union, UnionType):
        hints = [part for part in get_args(hint) if part is not NoneType]
        if len(hints) == 1:
            return shape_of(hints[0])
    if get_origin(hint) is Literal and all(isinstance(option, str) for option in get_args(hint)):
        return Choice(get_args(hint))
    if get_origin(hint) is tuple and len(get_args(hint)) == 2 and get_args(hint)[1] is ...:  # noqa: PLR2004
        return Many(shape_of(get_args(hint)[0]))
    if hint in _PLAIN:
        return _PLAIN[hint]
    if isinstance(hint, type) and issubclass(hint, Struct):
        return Group(hint, fields_of(hint))
    raise TypeError(f"no fixture can be written in the type {hint}")


def _marked(shape: Shape, marks: list[Any]) -> Shape:
    """The shape narrowed by what `Annotated` says."""
    for mark in marks:
        match shape, mark:
            case Figure(), Measure():
                shape = Figure(mark)
            case Text(), MetricName():
                shape = Text(metric=True)
            case Text(), msgspec.Meta():
                shape = Text(of_meta(mark))
            case Whole(), msgspec.Meta():
                shape = Whole(*(None if bound is None else int(bound) for bound in (mark.ge, mark.le)))
    return shape


_PLAIN: Mapping[Any, Shape] = {
    str: Text(),
    bool: YesNo(),
    int: Whole(),
    Decimal: Number(),
    dt.date: Day(),
    Quantity: Figure(),
    When: Time(),
}
