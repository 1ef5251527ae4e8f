"""The files of a database and beside it: who may read them, and what was left."""

from __future__ import annotations

import os
import shlex
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from timeline.app.keeping.doctor.ground import bytes_text
from timeline.app.keeping.doctor.line import Line
from timeline.digits import counted
from timeline.store import copying

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from timeline.app.keeping.doctor.line import Place

_OTHERS = 0o077
_WRITE = 0o022
_DAY_SECONDS = 24 * 60 * 60


def permissions(place: Place) -> Iterator[Line]:
    """Who else may read the files, or put others in their place; what the system does not know is passed over."""
    if os.name != "posix" or not place.path.parent.is_dir():
        return
    told = [*_folder(place.path.parent), *_owner(place.path)]
    files = [place.path, *copying.sides(place.path), *_beside(place.path)]
    modes = {file: file.stat().st_mode for file in files if file.is_file()}
    open_ = [file for file, mode in modes.items() if mode & _OTHERS]
    if open_:
        names = ", ".join(f"{file.name} ({modes[file] & 0o777:o})" for file in open_)
        fix = shlex.join(["chmod", "600", *map(str, open_)])
        told.append(Line(check="permissions", status="warning", what=f"others may read {names}", fix=fix))
    if not told and modes:
        what = f"{counted(len(modes), 'file')} for their owner only" if len(modes) > 1 else "for its owner only"
        told.append(Line(check="permissions", status="ok", what=what))
    yield from told


def _folder(folder: Path) -> Iterator[Line]:
    mode = folder.stat().st_mode
    if mode & _WRITE and not mode & stat.S_ISVTX:
        what = f"others may replace what is in {folder} ({mode & 0o777:o})"
        yield Line(check="permissions", status="warning", what=what, fix=shlex.join(["chmod", "go-w", str(folder)]))
    if not _may(folder, os.W_OK):
        what = f"{folder} is read-only for you: the database can be read, not written"
        yield Line(check="permissions", status="note", what=what, fix=shlex.join(["ls", "-ld", str(folder)]))


def _owner(path: Path) -> Iterator[Line]:
    if not path.is_file():
        return
    fix = shlex.join(["ls", "-l", str(path)])
    if not _may(path, os.R_OK):
        yield Line(check="permissions", status="error", what=f"{path} may not be read by you", fix=fix)
    elif not _may(path, os.W_OK):
        yield Line(check="permissions", status="note", what=f"{path} is read-only for you", fix=fix)


def _may(path: Path, mode: int) -> bool:
    """Whether this process may read or write it, as whoever it acts for."""
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)


def leftovers(place: Place) -> Iterator[Line]:
    """Files of processes that ended early, or that are at work just now."""
    found = [file for file in _beside(place.path) if _is_unfinished(place.path, file)]
    now = place.now.timestamp()
    old = [file for file in found if now - file.stat().st_mtime > _DAY_SECONDS]
    young = [file for file in found if file not in old]
    if old:
        what = f"{_some(old)}: left by a process that ended early, more than a day ago"
        fix = shlex.join(["rm", *map(str, old)])
        yield Line(check="leftovers", status="warning", what=what, fix=fix)
    if young:
        what = f"{_some(young)}: a copy that is under way, or was stopped; delete it in the second case"
        yield Line(check="leftovers", status="note", what=what, fix=shlex.join(["rm", *map(str, young)]))
    if not found:
        yield Line(check="leftovers", status="ok", what="none")


def copies(place: Place) -> Iterator[Line]:
    """Older states of the database that are kept beside it; what was erased since may still be in them."""
    if not place.path.parent.is_dir():
        return
    found = [file for file in _beside(place.path) if not _is_unfinished(place.path, file)]
    backups = [file for file in found if file.name.startswith(f"{place.path.name}.{copying.BACKUP}-")]
    others = [file for file in found if file not in backups]
    if others:
        what = f"{_some(others)}: kept before upgrades and restores; what was erased since may still be in them"
        yield Line(check="copies", status="note", what=what, fix=shlex.join(["rm", *map(str, others)]))
    if backups:
        newest = max(backups, key=lambda file: file.name)
        what = f"{counted(len(backups), 'backup')} beside it, the last {newest.name}; a disk that fails takes both"
        yield Line(check="copies", status="ok", what=what)
    elif place.path.is_file():
        what = "no backup beside it; whether there is one elsewhere cannot be seen from here"
        yield Line(check="copies", status="note", what=what, fix=place.command("backup"))


def _beside(path: Path) -> list[Path]:
    """Files whose names say that they came of this database, by name."""
    kinds = (f"{path.name}.before-", f"{path.name}.{copying.BACKUP}-", f"{path.name}.{copying.REPLACED}-")
    found = []
    with suppress(OSError):
        found = [file for file in path.parent.iterdir() if file.name.startswith(kinds) or _is_unfinished(path, file)]
    return sorted(file for file in found if file.is_file())


def _is_unfinished(path: Path, file: Path) -> bool:
    """Whether it is a copy that was not complete yet, or was kept beside one by SQLite."""
    # A copy of a copy that was not complete begins with a dot more.
    return file.name.lstrip(".").startswith(f"{path.name.lstrip('.')}.") and copying.UNFINISHED in file.name


def _some(files: list[Path]) -> str:
    """Names and size of a few."""
    size = bytes_text(sum(file.stat().st_size for file in files))
    more = f" and {len(files) - 3} more" if len(files) > 3 else ""  # noqa: PLR2004 - as many as a line holds
    return f"{', '.join(file.name for file in files[:3])}{more} ({size})"
