"""The rows of the log, each compared with what it says of itself, and handed on as leaves of the Merkle tree.

A block of rows is first only asked whether all is well with it. One that is not, or that the driver cannot read, is
gone through again, bytes as they are in the file, to say what is wrong.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from timeline.event import Envelope, commitment, event_id
from timeline.proof.blocks import BLOCK
from timeline.proof.merkle import leaf_hash
from timeline.record import Erased
from timeline.store import damage
from timeline.store.dialect import dialect_of
from timeline.store.driver import sqlite
from timeline.store.log import COLUMNS
from timeline.store.sealing import CanonicalEnvelope

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from sqlite3 import Connection, Cursor

    from timeline.store.damage import Damage
    from timeline.store.dialect import Dialect

_SALT_BYTES = 32
_ID_DIGITS = 32
_NULLABLE = frozenset({"company", "source", "target", "published"})
_FROM = """\
FROM event LEFT JOIN body ON body.position = event.position WHERE event.position > ? ORDER BY event.position"""


def select(dialect: Dialect) -> str:
    """The rows past a position."""
    columns = ", ".join(f"event.{name}" for name in COLUMNS)
    return f"SELECT {columns}, body.salt, {dialect.text_bytes('body.body')} {_FROM}"


def _exactly(dialect: Dialect) -> str:
    """A block of the same rows, each value with its type."""
    texts = (dialect.exact(f"event.{name}", "text") for name in COLUMNS[1:])
    columns = ", ".join((*texts, dialect.exact("body.salt", "blob"), dialect.exact("body.body", "text")))
    return f"SELECT event.position, body.position, {columns} {_FROM} LIMIT {BLOCK}"


class Block(NamedTuple):
    """Rows that follow on one another.

    Attributes:
        leaves: their hashes; of a row that cannot be read, one that fits nothing.
        recorded: when each was recorded; "" where that cannot be read.
        last: position of the last one.
    """

    leaves: list[bytes]
    recorded: Sequence[str]
    last: int


def blocks(connection: Connection, found: Damage) -> Iterator[Block]:
    """The whole log; what is wrong with a row by itself goes to `found`.

    Raises:
        sqlite.Error: pages cannot be read.
    """
    last, recorded = 0, ""
    dialect = dialect_of(connection)
    rows = dialect.streamed(connection, select(dialect), (last,))
    while True:
        block = _quick(rows, last, recorded)
        if block is None:
            block = _Examination(connection, found, last, recorded).block()
            if block is None:
                return
            rows = dialect.streamed(connection, select(dialect), (block.last,))
        yield block
        if block.last <= last:
            found.found(damage.GAP, f"position {block.last} follows on position {last}")
            return
        last, recorded = block.last, block.recorded[-1]


def _quick(cursor: Cursor, last: int, recorded: str) -> Block | None:
    """The next block; None where there is none, or one that is not as it should be."""
    try:
        rows = cursor.fetchmany(BLOCK)
        return _sound(rows, last, recorded) if rows else None
    except (sqlite.Error, TypeError, ValueError):
        return None  # a value of another type, or text that is no UTF-8: row by row it is said which


def _sound(rows: list[tuple[Any, ...]], last: int, before: str) -> Block | None:
    """The block where each row is as it should be; None where one is not, or has no body.

    One loop, and hashes that go on from a copy of a begun one, take the least time of what was tried.
    """
    encode, unhashed, leaf = _ENCODER.encode, hashlib.sha256().copy, hashlib.sha256(b"\x00").copy
    leaves, times = [], []
    for (
        position,
        identity,
        company,
        kind,
        source,
        key,
        target,
        published,
        recorded,
        actor,
        committed,
        salt,
        body,
    ) in rows:
        last += 1
        address = unhashed()
        address.update(encode((source, key)))
        content = unhashed()
        content.update(salt)
        content.update(body)
        if (
            position != last
            or recorded < before
            or address.hexdigest()[:_ID_DIGITS] != identity
            or content.hexdigest() != committed
            or len(salt) != _SALT_BYTES
        ):
            return None
        before = recorded
        times.append(recorded)
        envelope = CanonicalEnvelope(
            actor, committed, company, identity, key, kind, position, published, recorded, source, target
        )
        line = leaf()
        line.update(encode(envelope))
        leaves.append(line.digest())
    return Block(leaves, times, last)


class _Examination:
    """A block row by row, bytes as they are in the file."""

    def __init__(self, connection: Connection, found: Damage, last: int, recorded: str) -> None:
        self._connection = connection
        self._damage = found
        self._last = last
        self._recorded = recorded

    def block(self) -> Block | None:
        """The block, after all that is wrong with its rows is said."""
        rows = self._connection.execute(_exactly(dialect_of(self._connection)), (self._last,)).fetchall()
        if not rows:
            return None
        leaves, recorded = [], []
        for position, owner, *values in rows:
            self._follow(position)
            leaf, when = self._row(position, owner is not None, values)
            leaves.append(leaf)
            recorded.append(when)
        return Block(leaves, recorded, rows[-1][0])

    def _follow(self, position: int) -> None:
        if position != self._last + 1:
            self._damage.found(damage.GAP, f"position {position} follows on position {self._last}")
        self._last = position

    def _row(self, position: int, has_body: bool, values: list[Any]) -> tuple[bytes, str]:  # noqa: FBT001
        """Leaf hash and time of a row."""
        pairs = list(zip(values[::2], values[1::2], strict=True))
        read = [self._text(position, name, *pair) for name, pair in zip(COLUMNS[1:], pairs, strict=False)]
        if any(text is None and name not in _NULLABLE for name, text in zip(COLUMNS[1:], read, strict=True)):
            return leaf_hash(b""), self._recorded
        envelope = Envelope(position, *read)  # type: ignore[arg-type]  # those that may not be None were looked at
        self._envelope(envelope)
        if has_body:
            self._body(envelope, *pairs[len(COLUMNS) - 1 :])
        elif not self._erased(envelope.id):
            self._damage.found(
                damage.BODY, f"the event at position {position} has no body, and no erasure speaks of it", [envelope.id]
            )
        return leaf_hash(envelope.canonical()), envelope.recorded

    def _text(self, position: int, name: str, kind: str, data: bytes | None) -> str | None:
        """A value of the envelope; None for NULL, and after it was said that it is no text."""
        if kind == "null" and name in _NULLABLE:
            return None
        if kind == "text" and data is not None:
            try:
                return data.decode()
            except UnicodeDecodeError:
                kind = "text that is not UTF-8"
        self._damage.found(damage.UNREADABLE, f"{name} of the event at position {position} is {kind}, not text")
        return None

    def _envelope(self, envelope: Envelope) -> None:
        position, identity = envelope.position, envelope.id
        if identity != event_id(envelope.source, envelope.key):
            what = f"the id at position {position}, {identity}, is not that of its source and key"
            self._damage.found(damage.ID, what, [identity])
        if envelope.recorded < self._recorded:
            what = f"position {position} was recorded {envelope.recorded}, the one before it {self._recorded}"
            self._damage.found(damage.BACKWARDS, what, [identity])
        self._recorded = envelope.recorded

    def _body(self, envelope: Envelope, salt: tuple[str, bytes], body: tuple[str, bytes]) -> None:
        if (salt[0], body[0]) != ("blob", "text"):
            what = f"salt and body at position {envelope.position} are {salt[0]} and {body[0]}, not blob and text"
            self._damage.found(damage.UNREADABLE, what, [envelope.id])
        elif len(salt[1]) != _SALT_BYTES or commitment(salt[1], body[1]) != envelope.commitment:
            what = f"salt and body at position {envelope.position} are not what the commitment is to"
            self._damage.found(damage.COMMITMENT, what, [envelope.id])

    def _erased(self, identity: str) -> bool:
        sought = "SELECT 1 FROM event WHERE target = ? AND kind = ?"
        return self._connection.execute(sought, (identity, Erased.KIND)).fetchone() is not None


_ENCODER = msgspec.json.Encoder()
