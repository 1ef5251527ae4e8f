"""Any payload of any kind, made from the types of its fields, with texts that are hard to keep."""

from __future__ import annotations

import unicodedata
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

import msgspec
from hypothesis import assume
from hypothesis import strategies as st

from timeline.catalog import catalog
from timeline.dates import When
from timeline.event import Locator, Payload, Report
from timeline.values import Measure, Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import DrawFn, SearchStrategy

DATES = ("2025-03-04", "2025-03~", "2025-35", "2025?", "2026/2030", "../2025-12-31", "2025-04/..")
FIGURES = {
    "money": ("HKD 1.50", "about CNY 200 billion", "over EUR 5", "USD 3 (HKD 23)"),
    "price": ("HKD 38.04–38.16", "USD 0.26"),
    "shares": ("5 million", "21,531,652,634 shares"),
    "percent": ("-0.42 %", "about 0.63 %"),
    "count": ("550,000 vehicles", "nearly 20,000"),
    "figure": ("0", "123456789012345678901234567890.123456789", "12.5 %"),
}

# Composed and decomposed letters, a mark that may follow any of them, and signs that JSON escapes.
letters = st.text(alphabet='aé\u0065\u0301\u0303\u0338=<n"\\/\n\t\b\x1f\u2028小😀\ufb01', max_size=8)
texts = letters.map(lambda text: unicodedata.normalize("NFC", text))


def payloads() -> SearchStrategy[Payload]:
    """Payloads of all kinds."""
    return st.sampled_from(sorted(catalog().payloads.items())).flatmap(lambda entry: struct(entry[1]))


@st.composite
def reports(draw: DrawFn) -> Report:
    """A payload with all that may stand around it."""
    maybe = st.none() | texts
    return Report(
        payload=draw(payloads()),
        key="k",
        source="s",
        company="acme",
        occurred=draw(value(When)),
        at=tuple(draw(st.lists(struct(Locator), max_size=2))),
        said_by=draw(maybe),
        confirmed=draw(st.sampled_from((None, "company", "no"))),
        parties=tuple(draw(st.lists(texts, max_size=2))),
        note=draw(maybe),
    )


@st.composite
def struct(draw: DrawFn, kind: type[Any]) -> Any:  # noqa: ANN401 - of the kind
    """A structure with all its fields or fewer."""
    stated = {}
    for field in msgspec.structs.fields(kind):
        if field.required or draw(st.booleans()):
            stated[field.name] = draw(value(field.type))
    try:
        return kind(**stated)
    except ValueError:
        assume(condition=False)


def value(hint: Any) -> SearchStrategy[Any]:  # noqa: ANN401 - a type hint
    """Values of a field's type."""
    if get_origin(hint) is Annotated:
        bare, *marks = get_args(hint)
        return [*_marked(bare, marks), value(bare)][0]
    if get_origin(hint) in (Union, UnionType):
        return st.one_of([st.none() if part is NoneType else value(part) for part in get_args(hint)])
    if get_origin(hint) is Literal:
        return st.sampled_from(get_args(hint))
    if get_origin(hint) is tuple:
        return st.lists(value(get_args(hint)[0]), max_size=3).map(tuple)
    return _PLAIN[hint] if hint in _PLAIN else struct(hint)


def _marked(bare: Any, marks: list[Any]) -> Iterator[SearchStrategy[Any]]:  # noqa: ANN401 - a type hint
    for mark in marks:
        match mark:
            case Measure(name):
                yield _figures(FIGURES[name])
            case msgspec.Meta(pattern=str() as pattern):
                yield st.from_regex(pattern, fullmatch=True)
            case msgspec.Meta(ge=int() as least) if bare is int:
                yield st.integers(least, 400)


def _figures(printed: tuple[str, ...]) -> SearchStrategy[Quantity]:
    return st.sampled_from(printed).map(Quantity.parse)


_PLAIN: dict[Any, SearchStrategy[Any]] = {
    str: texts,
    bool: st.booleans(),
    int: st.integers(-(2**53) + 1, 2**53 - 1),
    Quantity: _figures(tuple(printed for listed in FIGURES.values() for printed in listed)),
    When: st.builds(When.parse, st.sampled_from(DATES), texts),
    msgspec.Raw: st.just(msgspec.Raw(b'{"occurred":{"edtf":"2025","first":null,"last":null},"payload":{},"v":1}')),
}
