"""Payload versions: what an older program stored is lifted when it is read, what a newer one stored is refused."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec
import pytest
from msgspec.structs import replace

from tests.catalog import golden
from tests.topics.build import when
from timeline import catalog as module
from timeline.catalog import catalog, decode, encode, replaced
from timeline.event import Event, Payload, Report
from timeline.occurrence import Stream, Unreadable
from timeline.section import Layout, Section
from timeline.topic import Topic
from timeline.values import Money, Quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

# What three programs wrote, each in its own version.
STORED = {
    1: (
        b'{"occurred":{"edtf":"2020","first":"2020-01-01","last":"2020-12-31"},'
        b'"payload":{"cost":"5","who":"Ann"},"v":1}'
    ),
    2: (
        b'{"occurred":{"edtf":"2020","first":"2020-01-01","last":"2020-12-31"},'
        b'"payload":{"by":"Ann","cost":{"high":"5","low":"5","printed":"EUR 5","unit":"EUR"}},"v":2}'
    ),
    3: (
        b'{"occurred":{"edtf":"2020","first":"2020-01-01","last":"2020-12-31"},'
        b'"payload":{"by":["Ann"],"cost":{"high":"5","low":"5","printed":"EUR 5","unit":"EUR"}},"v":3}'
    ),
}
NEWER = STORED[3].replace(b'"v":3', b'"v":4')


def _second(fields: dict[str, Any]) -> dict[str, Any]:
    """Version 1 knew euros only, as digits, and called whoever paid `who`."""
    cost = fields["cost"]
    return {"by": fields["who"], "cost": {"printed": f"EUR {cost}", "low": cost, "high": cost, "unit": "EUR"}}


def _third(fields: dict[str, Any]) -> dict[str, Any]:
    """Version 2 knew one payer."""
    return {**fields, "by": [fields["by"]]}


class Paid(Payload, frozen=True, kw_only=True):
    """Somebody paid.

    Attributes:
        by: who.
        cost: how much.
    """

    KIND: ClassVar[str] = "bill.paid"
    VERSION: ClassVar[int] = 3
    UPCASTERS: ClassVar[Any] = {1: _second, 2: _third}

    by: tuple[str, ...]
    cost: Money


def project(stream: Stream) -> Sequence[Paid]:
    return [item.payload for item in stream.of(Paid)]


def present(state: Sequence[Paid]) -> Section:
    return Section(topic="bills", fields={"payers": "; ".join(name for paid in state for name in paid.by)})


BILLS = Topic(layout=Layout(topic="bills", title="Bills", rank=1), payloads=(Paid,), project=project, present=present)
EURO = Quantity(printed="EUR 5", low=Quantity.parse("5").low, high=Quantity.parse("5").high, unit="EUR")
REPORT = Report(payload=Paid(by=("Ann",), cost=EURO), key="k", source="s", company="acme", occurred=when("2020"))


@pytest.fixture(autouse=True)
def bills(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that knows a kind whose payload has changed twice."""
    known = catalog()
    widened = replace(
        known, topics=(BILLS, *known.topics), payloads=MappingProxyType({**known.payloads, Paid.KIND: Paid})
    )
    monkeypatch.setattr(module, "catalog", lambda: widened)


def read(body: bytes) -> Event | Unreadable:
    return decode(golden.envelope(REPORT), body)


@pytest.mark.parametrize("version", STORED)
def test_every_past_version_is_read_as_today_s(version: int) -> None:
    event = read(STORED[version])
    assert isinstance(event, Event)
    assert golden.content(event) == golden.content(REPORT)


def test_what_is_written_today_has_today_s_version() -> None:
    assert encode(REPORT) == STORED[3]


def test_a_correction_that_an_older_program_wrote_is_lifted_as_well() -> None:
    event = read(STORED[3])
    assert isinstance(event, Event)
    corrected = replaced(event, STORED[1].replace(b"Ann", b"Bob"))
    assert isinstance(corrected.payload, Paid)
    assert corrected.payload.by == ("Bob",)


def test_a_newer_version_is_refused_and_stops_its_topic_with_the_reason() -> None:
    unreadable = read(NEWER)
    assert isinstance(unreadable, Unreadable)
    assert unreadable.why == "bill.paid version 4 is newer than this program's 3"
    section = BILLS.section(Stream(company="acme", unreadable=(unreadable,)))
    assert section.problem == f"event {REPORT.id[:8]} (bill.paid) cannot be read: {unreadable.why}"
    assert section == Section(topic="bills", problem=section.problem)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (STORED[1].replace(b"who", b"whom"), "bill.paid version 1 cannot be lifted to the next: KeyError('who')"),
        (STORED[1].replace(b'{"cost":"5","who":"Ann"}', b'["5","Ann"]'), "bill.paid version 1 cannot be lifted"),
        (STORED[2].replace(b'"v":2', b'"v":0'), "bill.paid version 0 cannot be lifted to the next: KeyError(0)"),
        (STORED[2].replace(b'"low":"5"', b'"low":"five"'), "decimal"),
        (STORED[3].replace(b'"by"', b'"bye"'), "unknown field `bye`"),
        (STORED[3].replace(b',"v":3', b""), "missing required field `v`"),
        (b"", "truncated"),
    ],
)
def test_a_body_that_fits_no_version_is_told_and_never_guessed(body: bytes, why: str) -> None:
    unreadable = read(body)
    assert isinstance(unreadable, Unreadable)
    assert why in unreadable.why


def test_no_version_of_a_known_kind_lacks_the_step_to_the_next() -> None:
    for kind, payload in catalog().payloads.items():
        assert sorted(payload.UPCASTERS) == list(range(1, payload.VERSION)), kind


def test_a_lifted_payload_is_compared_by_value_with_one_of_today() -> None:
    lifted = read(STORED[1])
    assert isinstance(lifted, Event)
    assert encode(lifted) == encode(REPORT)
    assert msgspec.json.decode(STORED[1])["v"] == 1
