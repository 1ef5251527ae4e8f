"""What changed between two states of a topic: its headlines, its fields, and its rows, matched by what they are about.

Pure: two sections in, changes out. Rows are matched by the columns that name their subject, or, where each row is one
occurrence, by that; never by their place, since one more report may come before all others.
"""

from __future__ import annotations

from collections import Counter
from itertools import takewhile
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from msgspec import Struct

from timeline.app.comparing.subjects import other_words, subject_key, subject_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from timeline.section import Column, Layout, Row, Section

STATEMENTS = ("revisions", "statements")
"""Tables in the rows of others that hold one statement after another, each of which revises the one before."""

REPORTS = "reports"
"""Table in the rows of others that holds the reports of one occurrence; those that came are told by their events."""

_BOUNDS = ("low", "high", "first", "last")
_NESTED = 1


Key: TypeAlias = tuple[object, ...]


class Change(Struct, frozen=True, kw_only=True):
    """One thing that a topic says otherwise than before.

    Attributes:
        topic: name.
        part: "headline", "field", "problem", or the table's name, with its parents' before it.
        what: which headline, field or row, in words.
        column: name of the field or of the row's column; empty for a headline or a whole row.
        kind: the column's kind, "text" for a headline, "row" for a whole row.
        before: the value, or the row in words; None where there was none.
        after: likewise.
        ids: the events that the row names before or after; empty where it names none.
        statement: id of the event by which a plan that was known is stated anew; empty where none is.
        shown: whether it is worth telling: what hidden tables hold is told by their parents.
    """

    topic: str
    part: str
    what: str
    column: str = ""
    kind: str = "text"
    before: Any = None
    after: Any = None
    ids: frozenset[str] = frozenset()
    statement: str = ""
    shown: bool = True


class _Rows(NamedTuple):
    """Where a table's rows stand.

    Attributes:
        path: topic and table, with its parents between them.
        title: what leads the words about a row.
        columns: of the table.
        same: by an event's id, what stands for the occurrence that it reports.
        known: whether the row around them was there before.
        shown: whether a page shows the table.
    """

    path: str
    title: str
    columns: Sequence[Column]
    same: Mapping[str, str]
    known: bool = True
    shown: bool = True


def changes(layout: Layout, before: Section, after: Section, same: Mapping[str, str]) -> Iterator[Change]:
    """What differs between two sections of a topic; of a topic that is stopped nothing is known but that it is.

    Args:
        layout: the topic's.
        before: its section.
        after: likewise.
        same: by an event's id, what stands for the occurrence that it reports, before and after.
    """
    topic = layout.topic
    if before.problem or after.problem:
        if before.problem != after.problem:
            yield Change(
                topic=topic,
                part="problem",
                what="stopped",
                before=before.problem or None,
                after=after.problem or None,
            )
        return
    yield from _headlines(topic, _lines(before), _lines(after))
    for column in _differing(layout.fields, before.fields, after.fields):
        old, new = (section.fields.get(column.name) for section in (before, after))
        yield Change(
            topic=topic,
            part="field",
            what=column.heading,
            column=column.name,
            kind=column.kind,
            before=old,
            after=new,
        )
    for table in layout.tables:
        place = _Rows(f"{topic}.{table.name}", "" if table.title == layout.title else table.title, table.columns, same)
        yield from _rows(place, before.tables.get(table.name, ()), after.tables.get(table.name, ()))


def _lines(section: Section) -> dict[str, str]:
    """The headlines by label; a line without one goes on with that before it."""
    cells: dict[str, list[str]] = {}
    label = ""
    for line in section.headlines:
        label = line.label or label
        cells.setdefault(label, []).extend(" ".join(cell.split()) for cell in line.cells if cell)
    return {label: " · ".join(words) for label, words in cells.items()}


def _headlines(topic: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    for label in dict.fromkeys((*after, *before)):
        if before.get(label) != after.get(label):
            yield Change(topic=topic, part="headline", what=label, before=before.get(label), after=after.get(label))


def _rows(place: _Rows, before: Sequence[Row], after: Sequence[Row]) -> Iterator[Change]:
    olds, news = _keyed(place, before), _keyed(place, after)
    for key, new in news.items():
        old = olds.get(key)
        if old is None:
            yield _whole(place, new, _one_before(place, key, olds, news), new)
        else:
            yield from _cells(place, old, new)
        yield from _inner(place, old, new)
    for key, old in olds.items():
        if key not in news:
            yield _whole(place, old, old, None)


def _keyed(place: _Rows, rows: Iterable[Row]) -> dict[Key, Row]:
    """The rows by what they are about, numbered where several are about the same."""
    seen: Counter[Key] = Counter()
    keyed = {}
    for row in rows:
        key = _key(place, row)
        seen[key] += 1
        keyed[*key, seen[key]] = row
    return keyed


def _key(place: _Rows, row: Row) -> Key:
    if subject := subject_key(place.path, row):
        return subject
    event = row.get("event")
    return () if event is None else (place.same.get(event, event),)


def _one_before(place: _Rows, key: Key, olds: Mapping[Key, Row], news: Mapping[Key, Row]) -> Row | None:
    """The statement, as it was known, that a new one revises."""
    if not _states_anew(place):
        return None
    earlier = takewhile(lambda each: each != key, news)
    return next((olds[each] for each in reversed(list(earlier)) if each in olds), None)


def _states_anew(place: _Rows) -> bool:
    """Whether each of the rows revises the one before it, and the row around them was there already."""
    *parents, name = place.path.split(".")
    return place.known and len(parents) > _NESTED and name in STATEMENTS


def _whole(place: _Rows, row: Row, before: Row | None, after: Row | None) -> Change:
    """A row that came or went."""
    # What is done revises no plan: it carries it out.
    stated = after is not None and _states_anew(place) and after.get("certainty") != "done"
    return Change(
        topic=place.path.partition(".")[0],
        part=place.path.partition(".")[2],
        what=_named(place, row),
        kind="row",
        before=_told(place, before),
        after=_told(place, after),
        ids=frozenset(_ids(place.columns, row)),
        statement=(row.get("event") or "") if stated else "",
        shown=place.shown,
    )


def _cells(place: _Rows, old: Row, new: Row) -> Iterator[Change]:
    """The columns that a row states otherwise."""
    for column in _differing(place.columns, old, new):
        yield Change(
            topic=place.path.partition(".")[0],
            part=place.path.partition(".")[2],
            what=f"{_named(place, new)}, {column.heading}",
            column=column.name,
            kind=column.kind,
            before=old.get(column.name),
            after=new.get(column.name),
            ids=frozenset((*_ids(place.columns, old), *_ids(place.columns, new))),
            shown=place.shown,
        )


def _inner(place: _Rows, old: Row | None, new: Row) -> Iterator[Change]:
    """What changed in the tables inside a row; in a new row, all they hold, unless it repeats the row."""
    for column in (column for column in place.columns if column.kind == "rows"):
        before, after = _held(column, old or {}), _held(column, new)
        single = column.several and max(len(before), len(after)) <= 1
        repeats = single or column.joins or column.name == REPORTS
        yield from _rows(
            _Rows(
                f"{place.path}.{column.name}",
                f"{_named(place, new)}, {column.heading}",
                column.columns,
                place.same,
                known=place.known and old is not None,
                shown=place.shown and column.shown and not repeats,
            ),
            before,
            after,
        )


def _held(column: Column, row: Row) -> Sequence[Row]:
    held = row.get(column.name) or ()
    return [held] if isinstance(held, dict) else held


def _differing(columns: Iterable[Column], old: Row, new: Row) -> list[Column]:
    """The columns that differ, evidence aside; the parts of a figure or a date only where nothing else tells of it."""
    flat = [column for column in columns if column.kind not in ("id", "ids", "rows")]
    names = {column.name for column in flat}
    # What is not stated and what is not so are alike to a reader.
    differing = [column for column in flat if (old.get(column.name) or None) != (new.get(column.name) or None)]
    telling = [
        column
        for column in differing
        if column.shown or not (f"{column.name}_printed" in names or column.name.rpartition("_")[2] in _BOUNDS)
    ]
    return telling or differing


def _ids(columns: Iterable[Column], row: Row) -> Iterator[str]:
    """The ids that a row and the tables inside it name."""
    for column in columns:
        if column.kind == "rows":
            for inner in _held(column, row):
                yield from _ids(column.columns, inner)
        elif column.kind == "id" and row.get(column.name):
            yield row[column.name]


def _named(place: _Rows, row: Row) -> str:
    """What a row is about, in words."""
    words = [place.title, subject_words(place.path, place.columns, row)]
    return " ".join(filter(None, words)) or place.path.rpartition(".")[2]


def _told(place: _Rows, row: Row | None) -> str | None:
    """The rest of a row in words; None where there is no row."""
    return None if row is None else other_words(place.path, place.columns, row)
