"""Charges: one-off costs that a company announces, what they consist of and when they are booked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timeline.check import Rule, below, stated, worked_out
from timeline.section import Column, Headline, Layout, Row, Section, Table
from timeline.topic import EVIDENCE, Topic, evidence, figure, figure_columns
from timeline.topics.charges.cues import CUES
from timeline.topics.charges.payloads import Announced, Part
from timeline.values import Bounds, short, total

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.check import Verdict
    from timeline.occurrence import Occurrence, Stream
    from timeline.values import Quantity

__all__ = ["CHARGE_PARTS", "CHARGE_TOTAL", "TOPIC", "Announced", "Part"]

CHARGE_PARTS: Final = Rule(
    name="charge-parts",
    severity="warning",
    compares="a charge with the sum of the parts that are stated, which need not be all of it",
)
CHARGE_TOTAL: Final = Rule(
    name="charge-total", severity="warning", compares="the total of all charges of a cause with the one it contains"
)

Charges = tuple["Occurrence[Announced]", ...]


def project(stream: Stream) -> Charges:
    """The charges in order of day.

    They are not added up: a later announcement may contain an earlier one, and sources seldom say whether it does.
    """
    return stream.every(Announced)


def parts_total(payload: Announced) -> Bounds | None:
    """What the stated parts come to; None where there are none, or in another currency than the charge."""
    values = [part.value for part in payload.parts]
    same = {value.unit for value in values} == {payload.value.unit}
    return total(values) if same else None


def present(state: Charges) -> Section:
    """A row for each charge with its parts below it."""
    return Section(
        topic="charges",
        tables={"charges": tuple(_row(item) for item in state)},
        headlines=(_headline(state[-1]),) if state else (),
    )


def _row(item: Occurrence[Announced]) -> Row:
    payload = item.payload
    return {
        "occurred": item.occurred.edtf,
        "type": payload.type,
        "segment": payload.segment,
        **figure("value", payload.value),
        "currency": payload.value.unit,
        "cause": payload.cause,
        "booked": payload.booked and payload.booked.edtf,
        **figure("total", payload.total),
        "parts": [{"name": part.name, **figure("value", part.value), **evidence(item)} for part in payload.parts],
        "counts": item.counts,
        "disputed": ", ".join(item.disputed) or None,
        **evidence(item),
    }


def _headline(item: Occurrence[Announced]) -> Headline:
    payload = item.payload
    label = " ".join(part for part in (payload.segment, payload.type or "charge") if part)
    cells = (short(payload.value), f"announced {item.occurred.label()}", payload.cause or "")
    return Headline(label[:1].upper() + label[1:], tuple(cell for cell in cells if cell), item.independent)


def check(state: Charges) -> Iterator[Verdict]:
    """Each charge against its parts, and against the total that contains it."""
    for item in state:
        payload = item.payload
        if parts := parts_total(payload):
            yield _parts(item, parts)
        if payload.total and payload.total.unit == payload.value.unit:
            yield _total(item, payload.total)


def _parts(item: Occurrence[Announced], parts: Bounds) -> Verdict:
    value = item.payload.value
    if not below(value.bounds, parts):
        return CHARGE_PARTS.passed()
    figures = (
        stated("charge", value, item.id),
        *(stated(part.name, part.value, item.id) for part in item.payload.parts),
        worked_out("sum of the parts", parts, value.unit),
    )
    what = f"the parts come to more than the charge of {value.printed}"
    return CHARGE_PARTS.found(what, item, topic="charges", figures=figures)


def _total(item: Occurrence[Announced], whole: Quantity) -> Verdict:
    value = item.payload.value
    if not below(whole.bounds, value.bounds):
        return CHARGE_TOTAL.passed()
    what = f"a total of {whole.printed} is less than the charge of {value.printed} that it contains"
    figures = (stated("total", whole, item.id), stated("charge", value, item.id))
    return CHARGE_TOTAL.found(what, item, topic="charges", figures=figures)


_PART = (Column("name"), *figure_columns("value"), *EVIDENCE)
_CHARGE = (
    Column("occurred", "announced", kind="when"),
    Column("type"),
    Column("segment"),
    *figure_columns("value", "charge"),
    Column("currency", shown=False),
    Column("cause"),
    Column("booked", kind="when"),
    *figure_columns("total", "in all"),
    Column("parts", kind="rows", columns=_PART, view="charge_parts"),
    Column("counts", kind="flag", shown=False),
    Column("disputed"),
    *EVIDENCE,
)

TOPIC = Topic(
    layout=Layout(
        topic="charges", title="Charges", rank=80, tables=(Table("charges", "Charges", _CHARGE, view="charges"),)
    ),
    payloads=(Announced,),
    project=project,
    present=present,
    rules=(CHARGE_PARTS, CHARGE_TOTAL),
    check=check,
    cues=CUES,
)
