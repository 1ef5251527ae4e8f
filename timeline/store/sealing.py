"""What the log adds to an entry: the envelope, which a commitment binds to the body and a leaf to the log's tree."""

from __future__ import annotations

import os
from hashlib import sha256
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from timeline.event import commitment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.store.log import Entry

    Record: TypeAlias = tuple[int, str, str | None, str, str | None, str, str | None, str | None, str, str, str]
    """The columns of table `event`: an `Envelope`, or the same as a plain tuple, which takes half the time to make."""

    Content: TypeAlias = tuple[int, bytes, str]
    """The columns of table `body`."""

_SALT_BYTES = 32


class CanonicalEnvelope(msgspec.Struct, gc=False):
    """An envelope whose fields stand in the order of RFC 8785, so that encoding it has nothing to sort."""

    actor: str
    commitment: str
    company: str | None
    id: str
    key: str
    kind: str
    position: int
    published: str | None
    recorded: str
    source: str | None
    target: str | None


def fresh_salts(number: int) -> list[bytes]:
    """So many times 32 random bytes, drawn at once."""
    drawn = os.urandom(number * _SALT_BYTES)
    return [drawn[start : start + _SALT_BYTES] for start in range(0, len(drawn), _SALT_BYTES)]


def sealed(
    entries: Sequence[Entry], salts: Sequence[bytes], first: int, recorded: str, actor: str
) -> tuple[list[Record], list[Content]]:
    """The rows that entries become, the first of them at the position `first`."""
    records: list[Record] = []
    contents: list[Content] = []
    for position, (entry, salt) in enumerate(zip(entries, salts, strict=True), first):
        identity, company, kind, source, key, target, published, body = entry
        committed = commitment(salt, body)
        records.append((position, identity, company, kind, source, key, target, published, recorded, actor, committed))
        contents.append((position, salt, body.decode()))
    return records, contents


def leaf_hashes(records: Iterable[Record]) -> list[bytes]:
    """Of each envelope what `leaf_hash(envelope.canonical())` is, in a third of the time.

    One buffer serves them all: behind the prefix of a leaf, each line is written over the one before.
    """
    encode_into, leaf, hashes = _ENCODER.encode_into, bytearray(b"\x00"), []
    for position, identity, company, kind, source, key, target, published, recorded, actor, committed in records:
        envelope = CanonicalEnvelope(
            actor, committed, company, identity, key, kind, position, published, recorded, source, target
        )
        encode_into(envelope, leaf, 1)
        hashes.append(sha256(leaf).digest())
    return hashes


_ENCODER = msgspec.json.Encoder()
