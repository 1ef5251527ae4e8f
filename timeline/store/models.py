"""Read models: stored sections, an item a row, with the version and the position that they stand for.

They are disposable. The digest finds what was damaged or edited by hand; what keeps the truth is the log.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from timeline.errors import Unverified

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from sqlite3 import Connection

    from timeline.section import Promise
    from timeline.store.parts import Items


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
        items: JSON by part and place within the part.
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
    items: Mapping[tuple[str, int], bytes],
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
    sections: Mapping[str, Mapping[tuple[str, int], bytes]],
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
    for name, part, seq, data in _items(connection, company, topic):
        items.setdefault(name, {})[part, seq] = data
    found = connection.execute(
        """SELECT topic, version, position, digest FROM read_model
           WHERE company = ?1 AND (?2 IS NULL OR topic = ?2) ORDER BY topic""",
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
        "SELECT company, topic, data FROM read_item WHERE part = 'promises' ORDER BY company, topic, seq"
    )
    return ((company, topic, decoder.decode(data)) for company, topic, data in found)


def digest_of(topic: str, version: str, items: Mapping[tuple[str, int], bytes]) -> str:
    """SHA-256 over topic, version and the items in order, each text led by its length so that none can pass for two."""
    digest = hashlib.sha256()
    for data in (topic.encode(), version.encode()):
        digest.update(b"%d:%b" % (len(data), data))
    for (part, seq), data in sorted(items.items()):
        digest.update(b"%d:%b%d:%d:%b" % (len(part.encode()), part.encode(), seq, len(data), data))
    return digest.hexdigest()


def _items(connection: Connection, company: str, topic: str | None) -> Iterator[tuple[str, str, int, bytes]]:
    """Topic, part, place and data of the stored items, of a company or of one topic of it."""
    found: Iterator[tuple[str, str, int, bytes]] = connection.execute(
        """SELECT topic, part, seq, CAST(data AS BLOB) FROM read_item
           WHERE company = ?1 AND (?2 IS NULL OR topic = ?2)""",
        (company, topic),
    )
    return found


def _write_items(
    connection: Connection,
    company: str,
    sections: Mapping[str, Mapping[tuple[str, int], bytes]],
    topic: str | None = None,
) -> set[str]:
    """Make the stored items, of one topic where it is named, those of the sections; the topics that differed.

    Every stored item is compared, whatever its section's digest says: so what was edited by hand is mended.
    """
    wanted = {(name, *key): data for name, items in sections.items() for key, data in items.items()}
    gone = []
    for name, part, seq, data in _items(connection, company, topic):
        new = wanted.get((name, part, seq))
        if new is None:
            gone.append((company, name, part, seq))
        elif new == data:
            del wanted[name, part, seq]
    connection.executemany("DELETE FROM read_item WHERE company = ? AND topic = ? AND part = ? AND seq = ?", gone)
    connection.executemany(
        """INSERT INTO read_item (company, topic, part, seq, data) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (company, topic, part, seq) DO UPDATE SET data = excluded.data""",
        ((company, *key, data.decode()) for key, data in wanted.items()),
    )
    return {name for name, _, _ in wanted} | {name for _, name, _, _ in gone}


def _write_stamps(
    connection: Connection,
    company: str,
    version: str,
    position: int,
    sections: Mapping[str, Mapping[tuple[str, int], bytes]],
) -> None:
    connection.executemany(
        """INSERT INTO read_model (company, topic, version, position, digest) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (company, topic) DO UPDATE
           SET version = excluded.version, position = excluded.position, digest = excluded.digest""",
        ((company, topic, version, position, digest_of(topic, version, items)) for topic, items in sections.items()),
    )
