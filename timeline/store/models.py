"""Read models: stored sections, an item a row, with the version and the position that they stand for.

They are disposable. The digest finds what was damaged or edited by hand; what keeps the truth is the log.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from timeline.errors import Unverified

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
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
    stored = _stored_items(connection, company, topic).get(topic, {})
    gone = stored.keys() - items.keys()
    changed = [(key, data) for key, data in items.items() if stored.get(key) != data]
    connection.executemany(
        "DELETE FROM read_item WHERE company = ? AND topic = ? AND part = ? AND seq = ?",
        ((company, topic, *key) for key in gone),
    )
    connection.executemany(
        """INSERT INTO read_item (company, topic, part, seq, data) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (company, topic, part, seq) DO UPDATE SET data = excluded.data""",
        ((company, topic, *key, data.decode()) for key, data in changed),
    )
    connection.execute(
        """INSERT INTO read_model (company, topic, version, position, digest) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (company, topic) DO UPDATE
           SET version = excluded.version, position = excluded.position, digest = excluded.digest""",
        (company, topic, version, position, digest_of(topic, version, items)),
    )
    return bool(gone or changed)


def remove(connection: Connection, company: str, topic: str) -> None:
    """Forget a stored section, such as one of a topic that is no more."""
    connection.execute("DELETE FROM read_item WHERE company = ? AND topic = ?", (company, topic))
    connection.execute("DELETE FROM read_model WHERE company = ? AND topic = ?", (company, topic))


def read(connection: Connection, company: str, topic: str | None = None) -> list[StoredModel]:
    """The company's stored sections, or the one of a topic, by topic.

    Raises:
        Unverified: one is not what was stored.
    """
    items = _stored_items(connection, company, topic)
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


def stamps(connection: Connection) -> list[Stamp]:
    """What all stored sections stand for, by company and topic."""
    found = connection.execute("SELECT company, topic, version, position FROM read_model ORDER BY company, topic")
    return [Stamp(*row) for row in found]


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


def _stored_items(connection: Connection, company: str, topic: str | None) -> dict[str, Items]:
    """Items by topic."""
    found = connection.execute(
        """SELECT topic, part, seq, CAST(data AS BLOB) FROM read_item
           WHERE company = ?1 AND (?2 IS NULL OR topic = ?2)""",
        (company, topic),
    )
    items: dict[str, Items] = {}
    for name, part, seq, data in found:
        items.setdefault(name, {})[part, seq] = data
    return items
