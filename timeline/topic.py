"""What a topic is: one part of the domain in one module, with its payloads, its projection, its checks and its section.

A new kind of fact is a new module in `timeline/topics/` that exports `TOPIC`; nothing else has to know it. Kinds that
need no projection of their own are shown as a dated table by `dated`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar, get_args

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from timeline.dates import When
from timeline.event import Payload, printed
from timeline.occurrence import Stream
from timeline.section import Column, Layout, Promise, Row, Section, Table
from timeline.values import Quantity, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from timeline.occurrence import Occurrence

S = TypeVar("S")
Occurrences: TypeAlias = "tuple[Occurrence[Any], ...]"


class Topic(Struct, Generic[S], frozen=True, kw_only=True):
    """One part of the domain.

    Attributes:
        layout: what its section can hold; names the topic.
        payloads: the kinds it owns.
        uses: payloads of other topics that its projection reads; the graph of uses has no cycle.
        project: from a company's visible occurrences to the topic's state; pure.
        present: from the state to its section; pure.
    """

    layout: Layout
    payloads: tuple[type[Payload], ...]
    project: Callable[[Stream], S]
    present: Callable[[S], Section]
    uses: tuple[type[Payload], ...] = ()

    @property
    def name(self) -> str:
        """The section's key in JSON and on the command line."""
        return self.layout.topic

    def section(self, stream: Stream) -> Section:
        """The topic's section for a company; a stopped one where an event of its kinds cannot be read."""
        kinds = {payload.KIND for payload in (*self.payloads, *self.uses)}
        for event in stream.unreadable:
            if event.kind in kinds and not event.erased:
                return Section(
                    topic=self.name, problem=f"event {event.id[:8]} ({event.kind}) cannot be read: {event.why}"
                )
        return replace(self.present(self.project(stream)), known_to=self._known_to(stream))

    def _known_to(self, stream: Stream) -> str:
        """The latest publication; reference data, which is valid whenever it was published, aside."""
        dated = {payload for payload in (*self.payloads, *self.uses) if not payload.REFERENCE}
        reports = (
            report for item in stream.occurrences if type(item.accepted.payload) in dated for report in item.reports
        )
        days = (report.published.day.isoformat() for report in reports if report.published)
        return max(days, default="")


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
        Column(f"{name}_printed", label=label or name.replace("_", " ")),
        Column(name, kind="number", shown=False),
        Column(f"{name}_low", kind="number", shown=False),
        Column(f"{name}_high", kind="number", shown=False),
    )


def figure(name: str, quantity: Quantity | None) -> Row:
    """Values for `figure_columns`; all None where nothing is stated."""
    if quantity is None:
        return dict.fromkeys((f"{name}_printed", name, f"{name}_low", f"{name}_high"))
    return {
        f"{name}_printed": quantity.printed,
        name: plain(quantity.anchor),
        f"{name}_low": text(quantity.low),
        f"{name}_high": text(quantity.high),
    }


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
        return tuple(item for item in stream.occurrences if type(item.payload) in payloads)

    def present(state: Occurrences) -> Section:
        return Section(topic=name, tables={name: tuple(_dated_row(item, fields) for item in state)})

    layout = Layout(topic=name, title=title, rank=rank, tables=(Table(name, title, columns, view=view or name),))
    return Topic(layout=layout, payloads=payloads, project=project, present=present)


def _field_columns(fields: Mapping[str, object]) -> Iterator[Column]:
    for name, kind in fields.items():
        if _holds(kind, Quantity):
            yield from figure_columns(name)
        else:
            yield Column(name, kind="when" if _holds(kind, When) else "text")


def _holds(kind: object, wanted: type) -> bool:
    """Whether a field's type is the wanted one, with or without a measure, required or not."""
    return kind is wanted or any(_holds(part, wanted) for part in get_args(kind))


def _dated_row(item: Occurrence[Any], fields: Mapping[str, object]) -> Row:
    row: Row = {"occurred": item.occurred.edtf, "kind": item.payload.KIND}
    for name, kind in fields.items():
        value = getattr(item.payload, name, None)
        row |= figure(name, value) if _holds(kind, Quantity) else {name: printed(value) or None}
    return row | evidence(item)
