"""Exporting: the log, or all that it holds of a company, as lines that another database can take in."""

from __future__ import annotations

from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING

from timeline.app.fold import members
from timeline.app.names import find_company
from timeline.app.transfer.exported import head_text, line_text
from timeline.errors import Unverified
from timeline.event import commitment, event_id
from timeline.proof.merkle import Frontier, leaf_hash
from timeline.record import SOURCE_KEY
from timeline.store.log import Reader

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from sqlite3 import Connection

    from timeline.app.progress import Progress
    from timeline.store.log import Row

_STEP = 500
_AUDIT = "run: timeline audit log"


def export(connection: Connection, company: str | None, progress: Progress | None = None) -> Iterator[str]:
    """The lines of an export, each with its newline, all of the connection's moment.

    Args:
        connection: inside a snapshot.
        company: slug, name or identifier; None for the whole log.
        progress: called with what is exported, the number of events done and of all.

    Raises:
        NotFound: no such company.
        Unverified: an event is not what was committed to, or the log not what its last checkpoint says; such an export
            must not be used.
    """
    reader = Reader(connection)
    if company is None:
        return _whole(reader, progress)
    return _part(reader, find_company(connection, company), progress)


def _whole(reader: Reader, progress: Progress | None) -> Iterator[str]:
    size = reader.head()
    checked, root, *_ = max(reader.checkpoints(), default=(0, Frontier().root().hex()))
    if checked != size:
        raise Unverified(f"the log ends at position {size}, its last checkpoint at {checked}", _AUDIT)
    yield head_text(size, root, None)
    frontier = Frontier()
    for row in _told(_verified(reader.rows()), "events", size, progress):
        frontier.add(leaf_hash(row.envelope.canonical()))
        yield line_text(row)
    if frontier.root().hex() != root:
        raise Unverified(f"the log is not what its checkpoint of size {size} says", _AUDIT)


def _part(reader: Reader, slug: str, progress: Progress | None) -> Iterator[str]:
    slugs = members(reader).of(slug)
    own, others = _extent(reader, slugs)
    size = own + len(others)
    yield head_text(size, None, slug)
    rows = merge(_own(reader, slugs), reader.rows_by_ids(others), key=_position)
    yield from (line_text(row) for row in _told(_verified(rows), slug, size, progress))


def _own(reader: Reader, slugs: Collection[str]) -> Iterator[Row]:
    """The events of a company, of all its members, in the order of the log."""
    return merge(*(reader.rows(slug) for slug in slugs), key=_position)


def _position(row: Row) -> int:
    return row.envelope.position


def _extent(reader: Reader, slugs: Collection[str]) -> tuple[int, set[str]]:
    """The number of a company's own events, and the ids of those that they cannot be understood without.

    These are the records of the sources that they name, the links that speak of any of these events, the records of the
    links' sources, and so on. Only ids of others are kept in memory.
    """
    own, asked, others = 0, set[str](), set[str]()
    rows = _own(reader, slugs)
    while batch := list(islice(rows, _STEP)):
        own += len(batch)
        asked |= _records(batch)
        others |= _strangers(reader.rows_speaking_of(row.envelope.id for row in batch), slugs).keys()
    pending = asked | others
    while pending:
        asked |= pending
        found = _strangers([*reader.rows_by_ids(pending), *reader.rows_speaking_of(pending)], slugs)
        others |= found.keys()
        pending = (found.keys() | _records(found.values())) - asked
    return own, others


def _records(rows: Iterable[Row]) -> set[str]:
    """Ids of the events that record the sources of these."""
    sources = {row.envelope.source for row in rows}
    return {event_id(source, SOURCE_KEY) for source in sources if source is not None}


def _strangers(rows: Iterable[Row], slugs: Collection[str]) -> dict[str, Row]:
    """Those that are not the company's own, by id."""
    return {row.envelope.id: row for row in rows if row.envelope.company not in slugs}


def _verified(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        if row.salt is not None and row.body is not None and commitment(row.salt, row.body) != row.envelope.commitment:
            raise Unverified(f"the event at position {row.envelope.position} is not what was committed to", _AUDIT)
        yield row


def _told(rows: Iterable[Row], what: str, size: int, progress: Progress | None) -> Iterator[Row]:
    for done, row in enumerate(rows, 1):
        yield row
        if progress and (done % _STEP == 0 or done == size):
            progress(what, done, size)
