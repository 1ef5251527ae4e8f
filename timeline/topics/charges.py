"""Charges: one-off costs that a company announces, what they consist of and when they are booked."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Literal

from msgspec import Struct

from timeline.check import Rule, below, stated, worked_out
from timeline.cue import Cue, Slot
from timeline.dates import When
from timeline.event import Identity, Payload
from timeline.section import Column, Headline, Layout, Row, Section, Table
from timeline.topic import EVIDENCE, Topic, evidence, figure, figure_columns
from timeline.values import Bounds, Money, short, total

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.check import Verdict
    from timeline.occurrence import Occurrence, Stream
    from timeline.values import Quantity

CHARGE_PARTS: Final = Rule(
    name="charge-parts",
    severity="warning",
    compares="a charge with the sum of the parts that are stated, which need not be all of it",
)
CHARGE_TOTAL: Final = Rule(
    name="charge-total", severity="warning", compares="the total of all charges of a cause with the one it contains"
)

Type = Literal["impairment", "write-down", "restructuring", "provision", "litigation"]


class Part(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A named part of a charge.

    Attributes:
        name: what it is for.
        value: how much of the charge it is.
    """

    name: str
    value: Money


class Announced(Payload, frozen=True, kw_only=True):
    """The company said on the day it occurred that it will book, or has booked, a cost outside its usual business.

    Attributes:
        value: the charge, before tax unless `cause` says otherwise.
        type: sort of charge; None when not stated.
        parts: what it consists of, in the order stated; they need not be all of it.
        cause: why, in words; None when not stated.
        booked: the period in whose accounts it falls; None when not stated.
        total: all charges of this cause up to and with this one, as the source states it; it contains `value`.
        segment: division, region or product line; None means the whole company.
    """

    KIND: ClassVar[str] = "charge.announced"

    value: Money
    type: Type | None = None
    parts: tuple[Part, ...] = ()
    cause: str | None = None
    booked: When | None = None
    total: Money | None = None
    segment: str | None = None

    def identity(self, occurred: When) -> Identity:
        """Sort, segment and day."""
        return Identity((self.type, self.segment or ""), occurred)


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

_SORTS: Final = {
    "impairment": r"\bimpair\w*",
    "restructuring": r"\brestructuring\b|\bseverance\b|\breorgani[sz]ation\b",
    "litigation": r"\b(?:litigation|legal|settlement|lawsuits?)\b",
    "write-down": r"\bwr(?:ite|itten|iting|ites|ote)[- ]?(?:downs?|offs?|down|off)\b",
    "provision": r"\bprovisions?\b|\breserves?\b",
}
_SORT: Final = (
    r"(?:(?:goodwill|asset|inventory|non-cash|pre-?tax|after-?tax|one-?(?:time"
    r"|off)|special|exceptional|extraordinary|intangible|related)\s){0,3}"
    r"(?:impairment|restructuring|write-?(?:down|off)|severance|litigation"
    r"|legal|settlement|reorgani[sz]ation|warranty|goodwill)"
)
_CAUSE: Final = {
    "": (
        r"\b(?:related\sto|relating\sto|due\sto|because\sof|as\sa\sresult\sof"
        r"|resulting\sfrom|stemming\sfrom|linked\sto|tied\sto|owing\sto"
        r"|in\sconnection\swith|associated\swith|caused\sby|following)\s(?:the\s|its\s|an?\s)?"
        r"(?P<value>(?!.{0,20}\d)[\w’'&-]+(?:\s(?!in\sthe\s(?:first|second"
        r"|third|fourth)|during|which|that|after|before|this|next|last)[\w’'&-]+){0,7})"
    ),
}

CUES: Final = (
    Cue(
        payload=Announced,
        trigger=(
            rf"\b(?:{_SORT}(?:\s(?:and\s)?(?:related\s|other\s)?(?:charges?|costs?|losses|loss|expenses?|provisions?))"
            r"|(?:one-?(?:time|off)|special|exceptional|non-?recurring|non-cash"
            r"|pre-?tax|extraordinary)\s(?:[\w-]+\s){0,2}(?:charges?|provisions?"
            r"|expenses?)"
            r"|charges?(?=\s(?:of|related|associated|in\sconnection|in\sthe))|impairments?\s(?=of\s)"
            r"|write-?(?:downs?|offs?)(?=\sof)"
            r"|wr(?:ote|ite|itten|iting)\s(?:down|off)|provisions?(?=\sof\s))"
        ),
        unless=(
            r"\b(?:excluding|before|adjusted|without|no\s(?:impairment|charges?)"
            r"|if|battery|charging|electric\scharge|in\scharge|free\sof|per\sshare"
            r"|finance\scharges?|depreciation|interest)\b"
        ),
        words={"type": _SORTS, "cause": _CAUSE},
        slots=(
            Slot(
                field="total",
                before=(
                    r"(?:total(?:s|l?ing)?|in\sall|cumulative)(?:\s(?:charges?|costs?|amount"
                    r"|of|to|the|now|so|far|expected)){0,4}"
                ),
            ),
            Slot(
                field="booked",
                before=(
                    r"(?:\bin|\bduring|\bfor|\binto|\bof)(?:\sits)?(?:\sthe)?(?:\s(?:fiscal"
                    r"|current|results?\sfor|accounts\sfor))?"
                ),
            ),
            Slot(field="value"),
        ),
        never=("total",),
        occurred="told",
        confidence=72,
    ),
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
