"""Agenda: dates that a company has set, such as its next results or general meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from timeline.cue import Cue, Slot
from timeline.dates import When
from timeline.event import Identity, Payload
from timeline.naming import folded
from timeline.section import Column, Layout, Row, Section, Table
from timeline.topic import EVIDENCE, Topic, evidence, promise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.occurrence import Occurrence, Stream
    from timeline.topic import Grounds


class Scheduled(Payload, frozen=True, kw_only=True):
    """A date was set, or moved, on the day it occurred.

    Attributes:
        what: what is to take place, in few words; a date that moves keeps the words.
        due: when.
    """

    KIND: ClassVar[str] = "date.scheduled"

    what: str
    due: When

    def identity(self, occurred: When) -> Identity:
        """What is to take place, and the day of the statement, since a later one moves the date."""
        return Identity((folded(self.what),), occurred)


def project(stream: Stream) -> tuple[Occurrence[Scheduled], ...]:
    """What was scheduled, in order of the day that it was said."""
    return stream.every(Scheduled)


def present(state: Sequence[Occurrence[Scheduled]]) -> Section:
    """All dates as they were set; what is still expected is only the last one set for each matter."""
    last = _standing(state)
    standing = {item.id for item in last.values()}
    return Section(
        topic="agenda",
        tables={"agenda": tuple(_row(item, stands=item.id in standing) for item in state)},
        promises=tuple(promise(item.payload.what, item.payload.due, item, lapses=True) for item in last.values()),
    )


def grounds(state: Sequence[Occurrence[Scheduled]]) -> Grounds:
    """That a date was moved rests on the one that stands."""
    last = _standing(state)
    moved = [(last.get(folded(item.payload.what)), number) for number, item in enumerate(state)]
    return {f"agenda[{number}].{column}": (by,) for by, number in moved if by for column in ("stands", "moved")}


def _standing(state: Sequence[Occurrence[Scheduled]]) -> dict[str, Occurrence[Scheduled]]:
    """The last date set for each matter, by its folded name."""
    return {folded(item.payload.what): item for item in state if not item.fits}


def _row(item: Occurrence[Scheduled], *, stands: bool) -> Row:
    due = item.payload.due
    return {
        "what": item.payload.what,
        "due": due.edtf,
        "due_first": due.first and due.first.isoformat(),
        "due_last": due.last and due.last.isoformat(),
        "stands": stands,
        "moved": not stands,
        "occurred": item.occurred.edtf,
        **evidence(item),
    }


_DATE = (
    Column("what"),
    Column("due", kind="when"),
    Column("due_first", kind="when", shown=False),
    Column("due_last", kind="when", shown=False),
    Column("stands", kind="flag", shown=False),
    Column("moved", "moved since", kind="flag"),
    Column("occurred", "said", kind="when"),
    *EVIDENCE,
)

_OF_TIME: Final = (
    r"\s(?:for|of)\s(?:the\s|its\s)?(?:(?:first|second|third|fourth|full|half|financial|fiscal|business|year|quarter|of|Q[1-4]|and"
    r"|FY)[- ]?){0,5}(?:\d{4}|quarter|year|half|months)\b"
)
_MATTER: Final = (
    r"(?:(?:annual|extraordinary|special|ordinary|general|shareholders[’']?"
    r"|stockholders[’']?)\s){1,3}meeting(?:\sof\s(?:share|stock)holders)?|AGM|EGM"
    r"|(?:live\s)?(?:(?:conference|earnings|investor)\s){1,2}call|(?:live\s)?(?:audio\s"
    r"|video\s)?webcast|investor\sday|capital\smarkets\sday|trading\supdate"
    r"|(?:(?:first|second|third|fourth|full|half|interim|annual|quarterly|preliminary|financial"
    r"|earnings|year|quarter|and|final|fiscal|its|Q[1-4]|H[12]|FY|\d{4}|FY\d\d|consolidated|operating)[- ]){1,6}"
    rf"(?:results?|earnings|reports?|accounts|figures|statements)(?:{_OF_TIME})?|(?:results?|earnings|figures)(?:{_OF_TIME})?"
)
_MEANS: Final = r"(?:will|to|plans\sto|expects\sto|is\sscheduled\sto|intends\sto|is\sdue\sto|are\sdue\sto|is\sset\sto)"
_SETS: Final = r"(?:hold|host|convene|report|release|announce|publish|post|issue|present|conduct)"
_CLOCK: Final = Slot(
    field="due",
    before=(
        r"\b(?:[ap]\.?m\.?|noon|[012]?\d:\d\d)(?:\s(?:\([^)]{1,30}\)|[A-Z]{2,4}|eastern|pacific|central"
        r"|mountain|local|london|standard|daylight|time|on|later)){0,4},?"
    ),
)
_UNCERTAIN: Final = r"\b(?:may|might|could|would|last\syear|replay|archived?|had\sbeen|results\sof\soperations)\b"

CUES: Final = tuple(
    Cue(
        payload=Scheduled,
        trigger=trigger,
        unless=_UNCERTAIN,
        slots=(_CLOCK,),
        needs=("due",),
        occurred="said",
        confidence=70,
    )
    for trigger in (
        rf"\b{_MEANS}\s(?:also\s)?{_SETS}\s(?:(?:its|the|an?|our|their)\s)?(?P<what>{_MATTER})\b",
        (
            rf"\b(?P<what>{_MATTER})\s(?:[^.;,]{{0,60}}?\s)?(?:will\s(?:be\s(?:held|hosted|released|published"
            r"|reported|announced|webcast|broadcast)|take\splace|begin|start)"
            r"|(?:is|are|has\sbeen|have\sbeen)\s(?:scheduled|due|expected|planned|set)\s(?:for|on|in|to))"
        ),
        (
            r"\b(?:next|upcoming)\s(?P<what>(?:earnings|quarterly|annual|interim|financial)\s(?:results"
            r"|report|release|announcement))\b"
        ),
    )
)
"""The words by which a text sets a date."""

TOPIC = Topic(
    layout=Layout(topic="agenda", title="Agenda", rank=100, tables=(Table("agenda", "Agenda", _DATE, view="agenda"),)),
    payloads=(Scheduled,),
    project=project,
    present=present,
    grounds=grounds,
    cues=CUES,
)
