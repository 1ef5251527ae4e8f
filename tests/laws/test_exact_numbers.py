"""Law 7: a figure comes out of the database with every digit that went in, and no float touches it on its way."""

from __future__ import annotations

import json
from decimal import Context, Decimal, localcontext
from typing import TYPE_CHECKING, Any, NoReturn, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.laws import bases
from tests.laws.bases import few
from tests.laws.memory import histories, some
from tests.laws.worlds import REGISTER, File
from timeline import Timeline
from timeline.catalog import catalog, decode, encode
from timeline.event import Envelope, Event
from timeline.occurrence import Unreadable
from timeline.render.data import json_text, page_json
from timeline.values import Quantity, change_percent, total

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DIGITS = 30

wholes = st.integers(1, 10**DIGITS - 1)


@st.composite
def numbers(draw: st.DrawFn) -> str:
    """Up to 30 digits, some of them decimals, zeros at the end among them."""
    digits = str(draw(wholes))
    places = draw(st.integers(0, len(digits) - 1))
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


@few
@given(st.lists(numbers(), min_size=3, max_size=3))
def test_thirty_digits_go_through_the_database(registered: Path, amounts: list[str]) -> None:
    fact = {"kind": "charge.announced", "company": "acme"}
    facts = tuple(
        {**fact, "key": f"k{day}", "occurred": f"2025-03-0{day}", "value": f"HKD {amount}"}
        for day, amount in enumerate(amounts, 1)
    )
    with bases.copied(registered) as path:
        bases.load(path, [File({**REGISTER.head, "id": "s1"}, facts)])
        rows = bases.pages(path)["acme"]["sections"]["charges"]["charges"]
        assert [(row["value_low"], row["value"], row["value_high"]) for row in rows] == [
            (each,) * 3 for each in amounts
        ]
        assert [row["value_printed"] for row in rows] == [f"HKD {amount}" for amount in amounts]
        with bases.opened(path) as connection:
            stored = connection.execute("SELECT value, value_low FROM charges ORDER BY occurred").fetchall()
        assert stored == [(amount, amount) for amount in amounts]
        assert list(figures(path)) == [Quantity.parse(f"HKD {amount}") for amount in amounts]


@given(numbers(), numbers())
def test_sums_and_changes_keep_every_digit_in_any_context_of_the_caller(one: str, other: str) -> None:
    with localcontext(Context(prec=3)):
        low, high = total([Quantity.parse(f"HKD {one}"), Quantity.parse(f"HKD {other}")])
        growth = change_percent(Quantity.parse(f"HKD {one}"), Quantity.parse(f"HKD {other}"))
    with localcontext(Context(prec=200)):
        assert (low, high) == (Decimal(one) + Decimal(other),) * 2
        exact = (Decimal(one) - Decimal(other)) * 100 / Decimal(other)
        assert growth[0] is not None
        assert growth[1] is not None
        assert growth[0] <= exact <= growth[1]
        assert growth[1] - growth[0] <= Decimal("0.0000000001")


@some
@given(histories())
def test_a_body_holds_no_number_with_a_point_and_gives_back_equal_values(events: list[Event]) -> None:
    for event in events:
        body = encode(event)
        json.loads(body, parse_float=refuse)
        again = decode(_envelope(event), body)
        assert not isinstance(again, Unreadable)
        assert again.payload == event.payload
        assert not any(isinstance(each, float) for each in leaves(again.payload))


def test_no_payload_has_a_field_for_a_float() -> None:
    kinds = [hint for payload in catalog().payloads.values() for hint in hints(payload)]
    assert Quantity in kinds
    assert float not in kinds


def test_no_answer_about_the_shipped_facts_holds_a_number_with_a_point(tmp_path: Path) -> None:
    timeline = Timeline.open(tmp_path / "facts.db")
    timeline.load([str(bases.FIXTURES)])
    for row in timeline.companies().rows:
        shown = "".join(json_text(page_json(timeline.show(row["company"]))))
        json.loads(shown, parse_float=refuse)


def refuse(number: str) -> NoReturn:
    pytest.fail(f"a number with a point: {number}")


def figures(path: Path) -> Iterator[Quantity]:
    """The figures of all events as they are decoded."""
    timeline = Timeline.open(path)
    for row in timeline.events(kind="charge.announced").rows:
        body = timeline.event(row["id"]).body
        assert body is not None
        yield msgspec.convert(body["payload"]["value"], Quantity)


def leaves(value: Any) -> Iterator[Any]:  # noqa: ANN401 - a payload, or any part of one
    """The values that it is made of."""
    match value:
        case msgspec.Struct():
            for name in value.__struct_fields__:
                yield from leaves(getattr(value, name))
        case tuple():
            for each in value:
                yield from leaves(each)
        case _:
            yield value


def hints(struct: Any) -> Iterator[Any]:  # noqa: ANN401 - a type hint
    """All types that a structure's fields are made of."""
    for field in msgspec.structs.fields(struct):
        yield from _parts(field.type)


def _parts(hint: Any) -> Iterator[Any]:  # noqa: ANN401 - a type hint
    yield hint
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct) and hint is not Quantity:
        yield from hints(hint)
    for part in get_args(hint):
        yield from _parts(part)


def _envelope(event: Event) -> Envelope:
    return Envelope(
        position=event.position,
        id=event.id,
        company=event.company,
        kind=event.kind,
        source=event.source,
        key=event.key,
        target=event.target,
        published=event.published.text if event.published else None,
        recorded=event.recorded,
        actor=event.actor,
        commitment="",
    )
