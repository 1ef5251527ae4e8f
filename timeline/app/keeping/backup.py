"""A backup: a copy of the whole database in one file, made while others write, and verified before it has its name."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.app.keeping.verified import verified
from timeline.errors import TimelineError, Unverified
from timeline.store import copying, schema
from timeline.store.keepers import keeper

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.app.keeping.verified import Seal
    from timeline.app.progress import Progress
    from timeline.store.database import Target
    from timeline.store.keeper import Keeper

_LOOK = "timeline doctor --full tells what is wrong with the database"


class BackupReport(Struct, frozen=True, kw_only=True):
    """A backup that was made and verified.

    Attributes:
        database: that was backed up.
        file: the backup.
        bytes: its size.
        events: number of events in it.
        root: hash of the Merkle tree over them, in hex: the one of the database's own checkpoint at that size.
        recorded: when its last event was recorded; empty for an empty log.
        revision: of its tables.
        schema: name and version of the JSON form.
    """

    database: str
    file: str
    bytes: int
    events: int
    root: str
    recorded: str
    revision: str
    schema: str = "timeline.backup/1"


def backup(
    database: Target, file: str | None = None, *, force: bool = False, progress: Progress | None = None
) -> BackupReport:
    """Copy a database into a file of its own, of one moment, while others read and write it.

    Args:
        database: what is to be backed up.
        file: the backup, or a folder for it; None for a name with the time, beside the database.
        force: whether it may take another file's place.
        progress: called with what is under way, how much of it is done, and of how much.

    Raises:
        TimelineError: the name is taken, or the file cannot be written.
        DatabaseUnusable: there is no database, or it cannot be read.
        Unverified: the copy does not verify; nothing is left of it.
    """
    store = keeper(database)
    target = _target(store.path, file)
    if target.exists() and store.path.exists() and target.samefile(store.path):
        raise TimelineError(f"{target} is the database itself", "name another file")
    copying.sweep(store.path)
    copying.require_free(target, force=force)
    with copying.unfinished(target) as copy:
        store.write_copy(copy, part(progress, "copying"))
        seal = _verified(store, copy, progress)
        size = copy.stat().st_size
        copying.publish(copy, target, force=force)
    return BackupReport(
        database=store.name,
        file=str(target),
        bytes=size,
        events=seal.events,
        root=seal.root,
        recorded=seal.recorded,
        revision=schema.REVISION,
    )


def part(progress: Progress | None, what: str) -> Callable[[int, int], None]:
    """Tells how far one part of the work is."""
    return lambda done, total: progress(what, done, total) if progress else None


def _target(database: Path, file: str | None) -> Path:
    named = copying.name_beside(database, copying.BACKUP, datetime.now(UTC))
    if file is None:
        return named
    path = Path(file).expanduser()
    return path / named.name if path.is_dir() else path


def _verified(store: Keeper, copy: Path, progress: Progress | None) -> Seal:
    try:
        seal = verified(copy, "the copy", told=part(progress, "verifying"))
    except Unverified as error:
        raise Unverified(error.message, _LOOK) from error
    if seal.events and store.root_at(seal.events) != seal.root:
        raise Unverified(f"the copy does not verify: the database has another root at {seal.events:,} events", _LOOK)
    return seal
