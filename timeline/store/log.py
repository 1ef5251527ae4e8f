"""Reading the log: rows in the order of their positions, streamed, over a reading or a writing connection."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from timeline.store.dialect import dialect_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from sqlite3 import Connection, Cursor

    from timeline.event import Envelope

K = TypeVar("K", str, int)

COLUMNS = (
    "position",
    "id",
    "company",
    "kind",
    "source",
    "key",
    "target",
    "published",
    "recorded",
    "actor",
    "commitment",
)
"""Columns of table `event`, the fields of `Envelope`."""

# The cast hands out the exact bytes without decoding them; the text is UTF-8 in the file.
_SELECT = f"""\
SELECT {", ".join(f"event.{name}" for name in COLUMNS)}, body.salt, CAST(body.body AS BLOB)
FROM event LEFT JOIN body ON body.position = event.position"""  # noqa: S608 - of the names above only
_MANY = 500


class Entry(NamedTuple):
    """What an event brings to the log; the rest of its envelope is the log's to say.

    Attributes:
        id: `event_id(source, key)`.
        company: slug, or None.
        kind: stable kind.
        source: source id, or None.
        key: key within the source.
        target: id of the event spoken of, or None.
        published: as in `Envelope`.
        body: canonical JSON.
    """

    id: str
    company: str | None
    kind: str
    source: str | None
    key: str
    target: str | None
    published: str | None
    body: bytes


class Row(NamedTuple):
    """An event as it stands in the log.

    Attributes:
        envelope: what is known of it without its content.
        salt: of the commitment; None where the event was erased.
        body: the bytes that were committed to; None where the event was erased.
    """

    envelope: Envelope
    salt: bytes | None
    body: bytes | None


class Reader:
    """The log as a connection sees it; inside `opening.snapshot` all its answers are of one moment."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def head(self, company: str | None = None, upto: int | None = None) -> int:
        """The last position, of a company's own events where one is named, up to one; 0 where there is none."""
        if company is None:
            found = self.connection.execute("SELECT max(position) FROM event")
        else:
            last = "SELECT max(position) FROM event WHERE company = ? AND position <= coalesce(?, position)"
            found = self.connection.execute(last, (company, upto))
        return found.fetchone()[0] or 0

    def count(self) -> int:
        """Number of events; equal to `head()` in an unbroken log."""
        (number,) = self.connection.execute("SELECT count(*) FROM event").fetchone()
        return int(number)

    def companies(self) -> dict[str, int]:
        """Number of events by company, in the order of the slugs; events about no company are left out."""
        counts = "SELECT company, count(*) FROM event WHERE company IS NOT NULL GROUP BY company ORDER BY company"
        return dict(self.connection.execute(counts))

    def sources(self) -> dict[str, int]:
        """Number of facts by source, in the order of their ids; the event that records the source is not counted."""
        counts = "SELECT source, count(*) - 1 FROM event WHERE source IS NOT NULL GROUP BY source ORDER BY source"
        return dict(self.connection.execute(counts))

    def sources_of_facts(self, after: int, upto: int) -> set[str]:
        """Ids of the sources of the facts from the position past `after` to `upto` inclusive."""
        found = "SELECT DISTINCT source FROM event WHERE position > ? AND position <= ? AND company IS NOT NULL"
        return {source for (source,) in self.connection.execute(found, (after, upto)) if source}

    def sources_known(self, sources: Iterable[str], upto: int) -> set[str]:
        """Those of these ids that any event up to a position has as its source."""
        sought = "SELECT 1 FROM event WHERE source = ? AND position <= ? LIMIT 1"
        return {source for source in sources if self.connection.execute(sought, (source, upto)).fetchone()}

    def rows(
        self, company: str | None = None, after: int = 0, upto: int | None = None, most: int | None = None
    ) -> Iterator[Row]:
        """The log, or one company's part of it, from the position past `after` to `upto` inclusive, at most so many."""
        conditions: dict[str, object] = {"event.position > ?": after}
        if upto is not None:
            conditions["event.position <= ?"] = upto
        if company is not None:
            conditions["event.company = ?"] = company
        where, values = " AND ".join(conditions), tuple(conditions.values())
        return self._rows(where, values) if most is None else self._few(where, values, most)

    def companies_of_source(self, source: str) -> set[str]:
        """Slugs of the companies that a source's facts are about."""
        found = "SELECT DISTINCT company FROM event WHERE source = ? AND company IS NOT NULL"
        return {slug for (slug,) in self.connection.execute(found, (source,))}

    def rows_of_source(self, source: str) -> Iterator[Row]:
        """The reports of a source, the event that records it among them."""
        return self._rows("event.source = ?", [source])

    def rows_of_mergers(self) -> Iterator[Row]:
        """Every event that says that two companies are one, of whichever companies."""
        return self._few("event.kind = 'company.merged'", ())

    def rows_of_no_company(self, after: int = 0, upto: int | None = None) -> Iterator[Row]:
        """Events about the log itself, such as sources, from the position past `after` to `upto` inclusive."""
        end = self.head() if upto is None else upto
        return self._rows("event.company IS NULL AND event.position > ? AND event.position <= ?", (after, end))

    def rows_at(self, positions: Iterable[int]) -> Iterator[Row]:
        """The events at these positions, as far as they are here."""
        return self._rows_where_any("event.position", positions)

    def position_of(self, source: str, company: str) -> int | None:
        """The position of the first fact of a source about a company; None where there is none."""
        sought = "SELECT position FROM event WHERE source = ? AND company = ? ORDER BY position LIMIT 1"
        found = self.connection.execute(sought, (source, company)).fetchone()
        return found and int(found[0])

    def rows_by_ids(self, ids: Iterable[str]) -> Iterator[Row]:
        """The events of these ids, as far as they are here."""
        return self._rows_where_any("event.id", ids)

    def first(self, envelope: Envelope) -> Envelope:
        """The event that a link goes back to, as far as it is here; of any other event, that event itself."""
        while envelope.target and (row := next(self.rows_by_ids([envelope.target]), None)):
            envelope = row.envelope
        return envelope

    def rows_speaking_of(self, ids: Iterable[str]) -> Iterator[Row]:
        """Corrections, retractions, reinstatements and erasures that have one of these events as their target."""
        return self._rows_where_any("event.target", ids)

    def ids_with_prefix(self, prefix: str, limit: int = 10) -> list[str]:
        """Ids that begin so, in order, at most `limit`."""
        # As a range, so that the index serves it; ids are hex digits, which all sort before "g".
        found = self.connection.execute(
            "SELECT id FROM event WHERE id >= ? AND id < ? ORDER BY id LIMIT ?", (prefix, f"{prefix}g", limit)
        )
        return [identity for (identity,) in found]

    def checkpoints(self) -> Iterator[tuple[int, str, str, str]]:
        """Size, root in hex, text and time of all checkpoints, in rising size."""
        select = "SELECT size, root, text, recorded FROM checkpoint ORDER BY size"
        yield from dialect_of(self.connection).streamed(self.connection, select)

    def _rows_where_any(self, column: str, ids: Iterable[K]) -> Iterator[Row]:
        """In the order of positions; a long list is asked for piece by piece, and so brought into order here."""
        wanted = sorted(set(ids))
        pieces = [wanted[start : start + _MANY] for start in range(0, len(wanted), _MANY)]
        # The first piece is asked for at once, so that a server is asked together for what a caller wants together.
        first = [self._piece(column, piece) for piece in pieces[:1]]
        return self._of_pieces(column, first, pieces[1:])

    def _of_pieces(self, column: str, first: list[Cursor], pieces: Iterable[Sequence[object]]) -> Iterator[Row]:
        answers = chain(first, (self._piece(column, piece) for piece in pieces))
        yield from sorted((row for answer in answers for row in _read(answer)), key=lambda row: row.envelope.position)

    def _piece(self, column: str, piece: Sequence[object]) -> Cursor:
        return self.connection.execute(f"{_SELECT} WHERE {column} IN ({', '.join('?' * len(piece))})", piece)

    def _few(self, where: str, values: Sequence[object], most: int = -1) -> Iterator[Row]:
        """What is known to be no more than memory holds."""
        limit = f" LIMIT {most:d}" if most >= 0 else ""
        return _read(self.connection.execute(f"{_SELECT} WHERE {where} ORDER BY event.position{limit}", values))

    def _rows(self, where: str, values: Sequence[object]) -> Iterator[Row]:
        select = f"{_SELECT} WHERE {where} ORDER BY event.position"
        return _read(dialect_of(self.connection).streamed(self.connection, select, values))


def _read(cursor: Cursor) -> Iterator[Row]:
    # Imported here: it brings dates and values along, which a command that reads no event does not need.
    from timeline.event import Envelope

    for record in cursor:
        yield Row(Envelope(*record[:-2]), record[-2], record[-1])
