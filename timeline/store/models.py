"""Read models: stored sections, an item a row, with the version and the position that they stand for.

They are disposable. The digest finds what was damaged or edited by hand; what keeps the truth is the log.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from timeline.errors import Unverified
from timeline.store.dialect import dialect_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from sqlite3 import Connection, Cursor
    from typing import TypeAlias

    from timeline.section import Promise
    from timeline.store.parts import Items

    Held: TypeAlias = Mapping[tuple[str, str, int], bytes]
    Place: TypeAlias = tuple[str, str, str, int]
    """Topic, part, partition and place within the part."""
    Placed: TypeAlias = Mapping[Place, bytes]

_SPAN = 1 << 256


class Stamp(NamedTuple):
    """What a stored section stands for.

    Attributes:
        company: slug.
        topic: name.
        version: of the topic's projection.
        position: the log's position that it covers.
    """

    company: str
    topic: str
    version: str
    position: int


class StoredModel(NamedTuple):
    """A stored section.

    Attributes:
        topic: name.
        version: of the topic's projection.
        position: the log's position that it covers.
        digest: over topic, version and items, in hex.
        items: JSON by part, partition and place.
    """

    topic: str
    version: str
    position: int
    digest: str
    items: Items


def write(
    connection: Connection,
    company: str,
    topic: str,
    version: str,
    position: int,
    items: Held,
) -> bool:
    """Store a section in the place of the one before, touching only the rows that differ.

    Returns:
        Whether any differed.
    """
    differing = _write_items(connection, company, {topic: items}, topic)
    _write_stamps(connection, company, version, position, {topic: items})
    return bool(differing)


def write_all(
    connection: Connection,
    company: str,
    version: str,
    position: int,
    sections: Mapping[str, Held],
) -> int:
    """Store the company's sections, by topic, in the place of all that is stored of it, touching what differs.

    Returns:
        The number of sections whose items differed.
    """
    differing = _write_items(connection, company, sections)
    topics = tuple(sections)
    connection.execute(
        f"DELETE FROM read_model WHERE company = ? AND topic NOT IN ({', '.join('?' * len(topics))})",  # noqa: S608
        (company, *topics),
    )
    _write_stamps(connection, company, version, position, sections)
    return len(differing & sections.keys())


def write_partitions(
    connection: Connection,
    company: str,
    partitions: Collection[str],
    sections: Mapping[str, Held],
) -> int:
    """Store these partitions of the company's sections in the place of what is stored of them; the rest stays.

    All sections then cover the log's end. One whose items were edited by hand is as unverified as it was.

    Args:
        connection: inside a transaction.
        company: slug, of which all sections are stored.
        partitions: their names.
        sections: the items of these partitions, by topic; a topic that has none any more may be left out.

    Returns:
        The number of sections whose items differed.
    """
    read = [(name, _partition(connection, company, name)) for name in partitions]
    digests = connection.execute("SELECT topic, digest FROM read_model WHERE company = ?", (company,))
    stored = {(topic, part, name, seq): data for name, found in read for topic, part, seq, data in found}
    before = dict(digests.fetchall())
    wanted = {(topic, *key): data for topic, items in sections.items() for key, data in items.items()}
    changes: dict[str, int] = defaultdict(int)
    for place in _replace(connection, company, stored, wanted):
        topic, part, partition, seq = place
        for data, sign in ((wanted.get(place), 1), (stored.get(place), -1)):
            changes[topic] += sign * (0 if data is None else _hashed_item(part, partition, seq, data))
    end = "(SELECT max(position) FROM event)"
    connection.execute(f"UPDATE read_model SET position = {end} WHERE company = ?", (company,))  # noqa: S608
    for topic, change in changes.items():
        now = _in_hex(int(before[topic], 16) + change)
        connection.execute("UPDATE read_model SET digest = ? WHERE company = ? AND topic = ?", (now, company, topic))
    return len(changes)


def _partition(connection: Connection, company: str, partition: str) -> Cursor:
    """Topic, part, place and data of the stored items of a partition."""
    return connection.execute(
        """SELECT topic, part, seq, CAST(data AS BLOB) FROM read_item
           WHERE company = ?1 AND partition = ?2 AND topic IN (SELECT topic FROM read_model WHERE company = ?1)""",
        (company, partition),
    )


def outdate(connection: Connection, company: str, topics: Iterable[str]) -> None:
    """Mark all that is stored of a company as older than its first event, so that it is shown no more.

    Args:
        connection: inside a transaction.
        company: slug.
        topics: names of those that are to be marked so even where nothing is stored of them.
    """
    connection.execute("UPDATE read_model SET position = 0 WHERE company = ?", (company,))
    connection.executemany(
        """INSERT INTO read_model (company, topic, version, position, digest) VALUES (?, ?, '', 0, ?)
           ON CONFLICT (company, topic) DO NOTHING""",
        ((company, topic, digest_of(topic, "", {})) for topic in topics),
    )


def remove(connection: Connection, company: str, topic: str) -> None:
    """Forget a stored section, such as one of a topic that is no more."""
    connection.execute("DELETE FROM read_item WHERE company = ? AND topic = ?", (company, topic))
    connection.execute("DELETE FROM read_model WHERE company = ? AND topic = ?", (company, topic))


def forget(connection: Connection, company: str) -> None:
    """Forget all sections of a company."""
    connection.execute("DELETE FROM read_item WHERE company = ?", (company,))
    connection.execute("DELETE FROM read_model WHERE company = ?", (company,))


def read(connection: Connection, company: str, topic: str | None = None) -> list[StoredModel]:
    """The company's stored sections, or the one of a topic, by topic.

    Raises:
        Unverified: one is not what was stored.
    """
    items: dict[str, Items] = {}
    for name, part, partition, seq, data in _items(connection, company, topic):
        items.setdefault(name, {})[part, partition, seq] = data
    found = connection.execute(
        """SELECT topic, version, position, digest FROM read_model
           WHERE company = ?1 AND (CAST(?2 AS TEXT) IS NULL OR topic = ?2) ORDER BY topic""",
        (company, topic),
    )
    models = [
        StoredModel(name, version, position, digest, items.get(name, {})) for name, version, position, digest in found
    ]
    for model in models:
        if digest_of(model.topic, model.version, model.items) != model.digest:
            raise Unverified(
                f"the read model {model.topic} of {company} is not what was stored", "run: timeline rebuild"
            )
    return models


def stamps(connection: Connection, company: str | None = None) -> list[Stamp]:
    """What all stored sections stand for, or those of a company, by company and topic."""
    select, order = "SELECT company, topic, version, position FROM read_model", "ORDER BY company, topic"
    if company is None:
        found = connection.execute(f"{select} {order}")
    else:
        found = connection.execute(f"{select} WHERE company = ? {order}", (company,))
    return [Stamp(*row) for row in found]


def current(connection: Connection, company: str, version: str, upto: int) -> int:
    """How many sections are stored of a company, if all are current; 0 where one is not, or a rebuild is under way.

    Args:
        connection: to the database.
        company: slug.
        version: that they have to be of.
        upto: position of the log; they have to cover the company's last event up to it.
    """
    last = "SELECT coalesce(max(position), 0) FROM event WHERE company = ?1 AND position <= ?3"
    ((sections, fitting, rebuilding),) = connection.execute(
        f"""SELECT count(*), count(CASE WHEN version = ?2 AND position >= ({last}) THEN 1 END),
              ({dialect_of(connection).REBUILDING})
            FROM read_model WHERE company = ?1""",  # noqa: S608 - of this function's and the dialect's words only
        (company, version, upto),
    )
    return 0 if rebuilding or fitting < sections else int(sections)


def digests(connection: Connection) -> Iterator[tuple[Stamp, str]]:
    """What each stored section stands for, with the digest over its items, in no order."""
    select = "SELECT company, topic, version, position, digest FROM read_model"
    return ((Stamp(*row[:-1]), row[-1]) for row in dialect_of(connection).streamed(connection, select))


def count(connection: Connection) -> int:
    """Number of stored sections."""
    (number,) = connection.execute("SELECT count(*) FROM read_model").fetchone()
    return int(number)


def companies(connection: Connection) -> set[str]:
    """Slugs under which anything is stored, be it items without their section; found without reading the items."""
    found: set[str] = set()
    for table in ("read_model", "read_item"):
        following = f"SELECT min(company) FROM {table} WHERE company > ?"  # noqa: S608 - of the two above only
        (slug,) = connection.execute(f"SELECT min(company) FROM {table}").fetchone()  # noqa: S608
        while slug is not None:
            found.add(slug)
            (slug,) = connection.execute(following, (slug,)).fetchone()
    return found


def promises(connection: Connection) -> Iterator[tuple[str, str, Promise]]:
    """Company, topic and promise, of all companies, in their order."""
    import msgspec

    from timeline.section import Promise

    decoder = msgspec.json.Decoder(Promise)
    found = connection.execute(
        "SELECT company, topic, data FROM read_item WHERE part = 'promises' ORDER BY company, topic, partition, seq"
    )
    return ((company, topic, decoder.decode(data)) for company, topic, data in found)


def digest_of(topic: str, version: str, items: Held) -> str:
    """A sum, modulo 2^256, of SHA-256 over topic and version and over each item with its place, in hex.

    Each text is led by its length so that none can pass for two. A change of few items changes the sum by these only.
    """
    return _in_hex(
        _hashed(topic.encode(), version.encode()) + sum(_hashed_item(*key, data) for key, data in items.items())
    )


def _in_hex(number: int) -> str:
    return f"{number % _SPAN:064x}"


def _hashed_item(part: str, partition: str, seq: int, data: bytes) -> int:
    return _hashed(part.encode(), partition.encode(), b"%d" % seq, data)


def _hashed(*texts: bytes) -> int:
    return int.from_bytes(hashlib.sha256(b"".join(b"%d:%b" % (len(text), text) for text in texts)).digest())


def _items(connection: Connection, company: str, topic: str | None) -> Iterator[tuple[str, str, str, int, bytes]]:
    """Topic, part, partition, place and data of the stored items, of a company or of one topic of it."""
    found: Iterator[tuple[str, str, str, int, bytes]] = connection.execute(
        """SELECT topic, part, partition, seq, CAST(data AS BLOB) FROM read_item
           WHERE company = ?1 AND (CAST(?2 AS TEXT) IS NULL OR topic = ?2)""",
        (company, topic),
    )
    return found


def _write_items(
    connection: Connection,
    company: str,
    sections: Mapping[str, Held],
    topic: str | None = None,
) -> set[str]:
    """Make the stored items, of one topic where it is named, those of the sections; the topics that differed.

    Every stored item is compared, whatever its section's digest says: so what was edited by hand is mended.
    """
    wanted = {(name, *key): data for name, items in sections.items() for key, data in items.items()}
    stored = {
        (name, part, partition, seq): data for name, part, partition, seq, data in _items(connection, company, topic)
    }
    return {name for name, *_ in _replace(connection, company, stored, wanted)}


def _replace(connection: Connection, company: str, stored: Placed, wanted: Placed) -> set[Place]:
    """Make these stored items those that are wanted, touching only rows that differ; the places that do."""
    gone = stored.keys() - wanted.keys()
    differing = {place: data.decode() for place, data in wanted.items() if stored.get(place) != data}
    which = "WHERE company = ? AND topic = ? AND part = ? AND partition = ? AND seq = ?"
    connection.executemany(f"DELETE FROM read_item {which}", ((company, *place) for place in gone))  # noqa: S608
    connection.executemany(
        f"UPDATE read_item SET data = ? {which}",  # noqa: S608 - of this function's words only
        ((data, company, *place) for place, data in differing.items() if place in stored),
    )
    columns = ("company", "topic", "part", "partition", "seq", "data")
    new = [(company, *place, data) for place, data in differing.items() if place not in stored]
    dialect_of(connection).insert(connection, "read_item", columns, new)
    return gone | differing.keys()


def _write_stamps(
    connection: Connection,
    company: str,
    version: str,
    position: int,
    sections: Mapping[str, Held],
) -> None:
    connection.executemany(
        """INSERT INTO read_model (company, topic, version, position, digest) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (company, topic) DO UPDATE
           SET version = excluded.version, position = excluded.position, digest = excluded.digest""",
        ((company, topic, version, position, digest_of(topic, version, items)) for topic, items in sections.items()),
    )
