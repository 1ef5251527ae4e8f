"""What a topic is: one part of the domain in one module, with its payloads, its projection, its checks and its section.

A new kind of fact is a new module in `timeline/topics/` that exports `TOPIC`; nothing else has to know it. Kinds that
need no projection of their own are shown as a dated table by `dated`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, TypeAlias, TypeVar, get_args

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from timeline.agreement import agreement
from timeline.check import Rule, Verdict, findings
from timeline.claim import Claim
from timeline.cue import Cue
from timeline.dates import When
from timeline.digits import exact, tidy
from timeline.event import Payload, printed
from timeline.occurrence import Adjusted, Stream
from timeline.section import Column, Layout, Promise, Row, Section, Table
from timeline.values import Measure, Quantity, percent_text, plain, short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.occurrence import Occurrence
    from timeline.values import Bounds

SPLIT_ADJUSTED: Final = "split-adjusted"
"""What is said of a figure or a total in other shares than the reports print it in."""

OF_SHARES: Final = ("shares", "price")
"""Measures of figures that a split changes, whatever the figure is."""

_PLACES: Final = 2
_TEN_THOUSANDTH: Final = Decimal("0.0001")

S = TypeVar("S")
Occurrences: TypeAlias = "tuple[Occurrence[Any], ...]"


Grounds: TypeAlias = "Mapping[str, tuple[Occurrence[Any], ...]]"
"""The occurrences that a figure rests on, by the figure's place: the name of a field, or a table's name and the row's
number in brackets, "months[0]", also inside rows, "targets[0].revisions[1]". They come beside the event that the row
names. What is declared of a column, "targets[0].status", stands in the place of what is of its row; `change_percent`
stands for `change_percent_low` and the like."""


class Told(NamedTuple):
    """What a topic makes of a company's stream.

    Attributes:
        section: for people and programs, with what the checks found.
        verdicts: what came of each comparison that it could make by itself.
        claims: what can only be checked against other topics or the world.
    """

    section: Section
    verdicts: tuple[Verdict, ...] = ()
    claims: tuple[Claim, ...] = ()


def _nothing(state: object) -> tuple[()]:
    del state
    return ()


def _no_grounds(state: object) -> Grounds:
    del state
    return {}


class Topic(Struct, Generic[S], frozen=True, kw_only=True):
    """One part of the domain.

    Attributes:
        layout: what its section can hold; names the topic.
        payloads: the kinds it owns.
        uses: payloads of other topics that its projection reads; the graph of uses has no cycle.
        project: from a company's visible occurrences to the topic's state; pure.
        present: from the state to its section; pure.
        rules: those that its checks go by.
        check: from the state to what came of each comparison that the topic can make by itself; pure.
        claim: from the state to what others have to check; pure.
        grounds: from the state to what those figures rest on whose rows name no event; pure.
        cues: the words by which a text is told to report its kinds; without them, nothing is drafted of these.
    """

    layout: Layout
    payloads: tuple[type[Payload], ...]
    project: Callable[[Stream], S]
    present: Callable[[S], Section]
    rules: tuple[Rule, ...] = ()
    check: Callable[[S], Iterable[Verdict]] = _nothing
    claim: Callable[[S], Iterable[Claim]] = _nothing
    grounds: Callable[[S], Grounds] = _no_grounds
    cues: tuple[Cue, ...] = ()
    uses: tuple[type[Payload], ...] = ()

    @property
    def name(self) -> str:
        """The section's key in JSON and on the command line."""
        return self.layout.topic

    def section(self, stream: Stream) -> Section:
        """The topic's section for a company; a stopped one where an event of its kinds cannot be read."""
        return self.told(stream).section

    def told(self, stream: Stream) -> Told:
        """The section with all that stands behind it; nothing does where the topic is stopped."""
        if problem := self._problem(stream):
            return Told(Section(topic=self.name, problem=problem))
        state = self.project(stream)
        section = self.present(state)
        verdicts = (*self.check(state), *agreement(stream, self.name, self.payloads))
        found = (*section.findings, *findings(verdicts))
        section = replace(section, known_to=self._known_to(stream), findings=found)
        return Told(section, verdicts, tuple(self.claim(state)))

    def _problem(self, stream: Stream) -> str:
        """Why the topic is stopped; empty where it is not."""
        kinds = {payload.KIND for payload in (*self.payloads, *self.uses)}
        stops = (event for event in stream.unreadable if event.kind in kinds and not event.erased)
        return next((f"event {event.id[:8]} ({event.kind}) cannot be read: {event.why}" for event in stops), "")

    def _known_to(self, stream: Stream) -> str:
        """The latest publication; reference data, which is valid whenever it was published, aside."""
        dated = {payload for payload in (*self.payloads, *self.uses) if not payload.REFERENCE}
        reports = (report for payload in dated for item in stream.every(payload) for report in item.reports)
        days = {report.published.day for report in reports if report.published}
        return max(days).isoformat() if days else ""


EVIDENCE = (
    Column("event", kind="id"),
    Column("sources", kind="ids"),
)
"""The columns that close every table: the accepted event and the sources behind the row."""


def evidence(occurrence: Occurrence[Any]) -> Row:
    """Values for `EVIDENCE`."""
    return {"event": occurrence.id, "sources": list(occurrence.sources)}


def figure_columns(name: str, label: str = "") -> tuple[Column, ...]:
    """Columns of a figure: as printed for people, its anchor and exact bounds for programs."""
    return (
        Column(f"{name}_printed", label=label or name.replace("_", " "), kind="figure"),
        Column(name, kind="number", shown=False),
        Column(f"{name}_low", kind="number", shown=False),
        Column(f"{name}_high", kind="number", shown=False),
    )


def figure(name: str, quantity: Quantity | None) -> Row:
    """Values for `figure_columns`; all None where nothing is stated."""
    if quantity is None:
        return dict.fromkeys((f"{name}_printed", name, f"{name}_low", f"{name}_high"))
    anchor, is_exact = plain(quantity.anchor), quantity.low is quantity.high
    return {
        f"{name}_printed": quantity.printed,
        name: anchor,
        f"{name}_low": anchor if is_exact else text(quantity.low),
        f"{name}_high": anchor if is_exact else text(quantity.high),
    }


def change_columns(name: str, label: str) -> tuple[Column, ...]:
    """Columns of a change in percent: in words for people, its middle and bounds for programs."""
    return (
        Column(f"{name}_printed", label, kind="figure"),
        Column(name, kind="number", shown=False),
        Column(f"{name}_low", kind="number", shown=False),
        Column(f"{name}_high", kind="number", shown=False),
    )


def change(name: str, bounds: Bounds) -> Row:
    """Values for `change_columns`, in percent to four decimals; all None where neither bound is known.

    The middle is the one bound where there is no other.
    """
    known = [bound for bound in bounds if bound is not None]
    if not known:
        return dict.fromkeys((f"{name}_printed", name, f"{name}_low", f"{name}_high"))
    low, high = bounds
    return {
        f"{name}_printed": percent_text(low, high),
        name: _percent(sum(known, Decimal(0)) / len(known)),
        f"{name}_low": None if low is None else _percent(low),
        f"{name}_high": None if high is None else _percent(high),
    }


def _percent(value: Decimal) -> str:
    return plain(value.quantize(_TEN_THOUSANDTH).normalize() + 0)


def adjusted_column(name: str) -> Column:
    """The column beside those of a share or per-share figure: what it is in today's shares, where that differs."""
    return Column(f"{name}_adjusted", kind="number", optional=True)


def adjusted(name: str, quantity: Quantity | None) -> Row:
    """The value for `adjusted_column`."""
    differs = isinstance(quantity, Adjusted) and quantity.differs
    return {f"{name}_adjusted": plain(quantity.anchor) if quantity and differs else None}


def brief(quantity: Quantity) -> str:
    """A figure in few characters; where a split changed it, in today's shares, which is said."""
    told = short(rounded(quantity))
    return f"{told} {SPLIT_ADJUSTED}" if isinstance(quantity, Adjusted) and quantity.differs else told


def rounded(quantity: Quantity) -> Quantity:
    """A figure that a split changed with few more decimals than were printed, for people; any other as it is."""
    if not (isinstance(quantity, Adjusted) and quantity.differs):
        return quantity
    step = quantity.reported.step or Decimal(1)
    place = Decimal(1).scaleb(min(step.adjusted(), 0) - _PLACES)
    ends = quantity.bounds
    if None not in ends and quantity.qualifier in ("", "about", "nearly"):
        ends = (quantity.anchor, quantity.anchor)
    with exact():
        low, high = (end if end is None else tidy(end.quantize(place)) for end in ends)
    return Quantity(quantity.printed, low, high, quantity.unit, quantity.qualifier)


def text(bound: Decimal | None) -> str | None:
    """A bound as a decimal text; None where there is none."""
    return None if bound is None else plain(bound)


def promise(what: str, due: When, occurrence: Occurrence[Any], *, lapses: bool = False) -> Promise:
    """A promise with the window `due`."""
    first = due.first.isoformat() if due.first else None
    last = due.last.isoformat() if due.last else None
    return Promise(what=what, due=due.edtf, first=first, last=last, event=occurrence.id, lapses=lapses)


def dated(name: str, title: str, rank: int, *payloads: type[Payload], view: str = "") -> Topic[Occurrences]:
    """A topic whose section is one table of its occurrences by date: a column for each field of its payloads.

    Args:
        name: of the topic and of its table.
        title: heading of both.
        rank: place on the page.
        payloads: the kinds it owns; fields of one name share a column.
        view: name of the SQL view; that of the topic by default.
    """
    fields = {field.name: field.type for payload in payloads for field in msgspec.structs.fields(payload)}
    columns = (
        Column("occurred", kind="when"),
        Column("kind", shown=len(payloads) > 1),
        *_field_columns(fields),
        *EVIDENCE,
    )

    def project(stream: Stream) -> Occurrences:
        known = any(stream.every(payload) for payload in payloads)
        return tuple(item for item in stream.occurrences if type(item.payload) in payloads) if known else ()

    def present(state: Occurrences) -> Section:
        return Section(topic=name, tables={name: tuple(_dated_row(item, fields) for item in state)})

    layout = Layout(topic=name, title=title, rank=rank, tables=(Table(name, title, columns, view=view or name),))
    return Topic(layout=layout, payloads=payloads, project=project, present=present)


def _field_columns(fields: Mapping[str, object]) -> Iterator[Column]:
    for name, kind in fields.items():
        if _holds(kind, Quantity):
            yield from figure_columns(name)
            yield from [adjusted_column(name)] if measured(kind) in OF_SHARES else []
        else:
            yield Column(name, kind="when" if _holds(kind, When) else "text")


def _holds(kind: object, wanted: type) -> bool:
    """Whether a field's type is the wanted one, with or without a measure, required or not."""
    return kind is wanted or any(_holds(part, wanted) for part in get_args(kind))


def measured(kind: object) -> str:
    """What a field's type measures; empty where that is not declared."""
    if isinstance(kind, Measure):
        return kind.name
    return next((found for part in get_args(kind) if (found := measured(part))), "")


def _dated_row(item: Occurrence[Any], fields: Mapping[str, object]) -> Row:
    row: Row = {"occurred": item.occurred.edtf, "kind": item.payload.KIND}
    for name, kind in fields.items():
        value = getattr(item.payload, name, None)
        row |= figure(name, value) if _holds(kind, Quantity) else {name: printed(value) or None}
        row |= adjusted(name, getattr(item.adjusted, name, None)) if measured(kind) in OF_SHARES else {}
    return row | evidence(item)
