"""Erasures that a backup is too old to know of: what was erased since must not come back with it.

They are recorded anew in the restored log, with the reasons that were given, and carried out before anyone can read it.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from timeline.app.erase import erase
from timeline.errors import DatabaseUnusable
from timeline.record import Reason
from timeline.store.opening import open_writer
from timeline.store.relation import erased_here

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from sqlite3 import Connection


class Again(NamedTuple):
    """An event to be erased again.

    Attributes:
        event: its id.
        reason: that was given; "legal" where it cannot be read.
        note: likewise.
    """

    event: str
    reason: Reason
    note: str | None


class _Said(msgspec.Struct):
    reason: Reason = "legal"
    note: str | None = None


class _Body(msgspec.Struct):
    payload: _Said


def erased_since(here: Connection, backup: Connection) -> Iterator[Again]:
    """What was erased here and has content in a backup."""
    for event, body in erased_here(here, backup):
        said = _said(body)
        yield Again(event, said.reason, said.note)


def erase_again(path: Path, erasures: Iterable[Again]) -> None:
    """Record and carry out erasures in a file that nobody else sees.

    Raises:
        DatabaseUnusable: content could not be removed from the file's bytes.
    """
    with closing(open_writer(path)) as writer:
        for each in erasures:
            done = erase(writer, each.event, each.reason, each.note)
            if done.unfinished:
                raise DatabaseUnusable(f"{each.event[:12]} cannot be erased again: {done.unfinished}")


def _said(body: bytes | None) -> _Said:
    try:
        return msgspec.json.decode(body or b"", type=_Body).payload
    except msgspec.DecodeError:
        return _Said()
