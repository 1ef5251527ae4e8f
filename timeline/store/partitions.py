"""Which events each partition of a company's facts is folded from; disposable, as read models are."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from sqlite3 import Connection


class Kept(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is known of a partition.

    Attributes:
        events: positions of its facts and of all that speaks of them, rising.
        context: positions of what all partitions are read in the light of, rising; this and the rest stand with the
            first partition only.
        splits: whether there is a split, for which the classes of shares have to be known.
        others: names of all other partitions, in order.
        converting: those of them that give amounts in a second currency, whose rates the first one compares.
        origins: ids of the sources that sources of the company derive from, in order.
    """

    events: tuple[int, ...]
    context: tuple[int, ...] = ()
    splits: bool = False
    others: tuple[str, ...] = ()
    converting: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()


def keep(connection: Connection, company: str, partitions: Mapping[str, Kept]) -> None:
    """Store what is known of these partitions in the place of what was."""
    connection.executemany(
        """INSERT INTO partition (company, name, data, digest) VALUES (?, ?, ?, ?)
           ON CONFLICT (company, name) DO UPDATE SET data = excluded.data, digest = excluded.digest
           WHERE partition.data <> excluded.data""",
        (
            (company, name, data.decode(), _digest(company, name, data))
            for name, data in ((name, msgspec.json.encode(kept)) for name, kept in partitions.items())
        ),
    )


def keep_all(connection: Connection, company: str, partitions: Mapping[str, Kept]) -> None:
    """Store what is known of all partitions of the company."""
    gone = {name for (name,) in connection.execute("SELECT name FROM partition WHERE company = ?", (company,))}
    connection.executemany(
        "DELETE FROM partition WHERE company = ? AND name = ?", ((company, name) for name in gone - partitions.keys())
    )
    keep(connection, company, partitions)


def forget(connection: Connection, company: str) -> None:
    """Forget the partitions of a company."""
    connection.execute("DELETE FROM partition WHERE company = ?", (company,))


def kept(connection: Connection, company: str, names: Iterable[str]) -> dict[str, Kept]:
    """Those of these partitions that are known, by name; one that was edited by hand is not."""
    sought = "SELECT data, digest FROM partition WHERE company = ? AND name = ?"
    answers = {name: connection.execute(sought, (company, name)) for name in names}
    found = {}
    for name, answer in answers.items():
        row = answer.fetchone()
        if row and _digest(company, name, row[0].encode()) == row[1]:
            found[name] = msgspec.json.decode(row[0], type=Kept)
    return found


def all_kept(connection: Connection, company: str) -> dict[str, Kept]:
    """All of a company by name, likewise."""
    names = connection.execute("SELECT name FROM partition WHERE company = ? ORDER BY name", (company,))
    return kept(connection, company, [name for (name,) in names])


def _digest(company: str, name: str, data: bytes) -> str:
    """SHA-256 over the three, each led by its length."""
    texts = (company.encode(), name.encode(), data)
    return hashlib.sha256(b"".join(b"%d:%b" % (len(text), text) for text in texts)).hexdigest()
