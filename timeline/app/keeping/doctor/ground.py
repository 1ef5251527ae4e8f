"""The disk that the database is on: how much room there is, and whether its locks can be relied on."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from timeline.app.keeping.doctor.line import Line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.app.keeping.doctor.line import Place

_LEAST = 64 * 1024 * 1024
"""Bytes that a load of some thousand events, with its write-ahead log, should find."""

_NETWORK = frozenset(
    {"9p", "afs", "ceph", "cifs", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.sshfs", "gpfs", "lustre"}
    | {"ncpfs", "nfs", "nfs4", "ocfs2", "smb3", "smbfs", "virtiofs"}
)
_MEMORY = frozenset({"ramfs", "tmpfs"})
_MOUNTS = Path("/proc/self/mountinfo")
_OCTAL = re.compile(r"\\([0-7]{3})")
_KIBI = 1024


def room(place: Place) -> Iterator[Line]:
    """Free space; rewriting the file, as erasing does, and backing it up each take as much as it has."""
    folder = _nearest(place.path.parent)
    free = shutil.disk_usage(folder).free
    size = place.path.stat().st_size if place.path.exists() else 0
    told = f"{bytes_text(free)} free in {folder}"
    if free < _LEAST:
        yield Line(check="disk", status="error", what=f"only {told}", fix=f"df -h {folder}")
    elif free < 2 * size:
        what = f"{told}; a backup and an erasure each take as much as the database has, {bytes_text(size)}"
        yield Line(check="disk", status="warning", what=what, fix=f"df -h {folder}")
    else:
        yield Line(check="disk", status="ok", what=told)


def kind(place: Place) -> Iterator[Line]:
    """The type of the file system, where the system tells."""
    folder = _nearest(place.path.parent)
    found = filesystem(folder)
    if not found:
        return
    if found in _NETWORK:
        what = f"{found} is reached through a network: SQLite's locks are not reliable there, and its write-ahead log"
        fix = place.command("backup", "A-FILE-ON-A-LOCAL-DISK")
        yield Line(check="filesystem", status="warning", what=f"{what} does not work between machines", fix=fix)
    elif found in _MEMORY:
        what = f"{found} is in memory: all of it is gone when the machine restarts"
        yield Line(check="filesystem", status="warning", what=what, fix=place.command("backup", "A-FILE-ON-A-DISK"))
    else:
        yield Line(check="filesystem", status="ok", what=found)


def filesystem(folder: Path, mounts: Path = _MOUNTS) -> str:
    """The type of the file system that a folder is on; empty where that is not known."""
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return ""
    best, found = -1, ""
    whole = os.path.realpath(folder)
    for line in lines:
        mounted, _, about = line.partition(" - ")
        fields = mounted.split(" ")
        point = _OCTAL.sub(lambda match: chr(int(match[1], 8)), fields[4]) if len(fields) > 4 else ""  # noqa: PLR2004
        inside = point in {"/", whole} or whole.startswith(f"{point}/")
        # What was mounted last on a point hides what was there before.
        if point and inside and len(point) >= best:
            best, found = len(point), about.split(" ")[0]
    return found


def bytes_text(number: int) -> str:
    """A number of bytes for people: 454.7 kB would be wrong, as what is meant is 444.0 KiB."""
    amount, units = float(number), ["bytes", "KiB", "MiB", "GiB", "TiB"]
    while amount >= _KIBI and len(units) > 1:
        amount, units = amount / _KIBI, units[1:]
    return f"{number:,} bytes" if units[0] == "bytes" else f"{amount:,.1f} {units[0]}"


def _nearest(folder: Path) -> Path:
    """The folder, or the first one above it that is there."""
    return next(each for each in (folder.absolute(), *folder.absolute().parents) if each.is_dir())
