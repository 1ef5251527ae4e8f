"""Which files that are being made somebody is still at work on, so that what others left can go.

Beside such a file stands another one that its maker holds locked; the system gives the lock up however the process
ends. It is a file of its own, since whoever closes any descriptor of a database's file gives up all the locks that
their process has on it (see https://sqlite.org/howtocorrupt.html, "POSIX advisory locks canceled").
"""

from __future__ import annotations

import os
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import ModuleType

_locks: ModuleType | None
try:
    import fcntl as _locks
except ImportError:  # not on POSIX: nobody can tell there, and nothing is removed
    _locks = None

LOCK = "-lock"
"""How the name of the locked file goes on where that of the other ends."""


def claim(path: Path) -> int | None:
    """Claim a file before it is made; a descriptor to be closed, or None where another name has to be taken.

    Raises:
        OSError: there may be no files here.
    """
    lock = path.with_name(f"{path.name}{LOCK}")
    descriptor = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    with suppress(OSError):  # a file system that knows no locks
        _lock(descriptor)
    # Between its making and its locking the file could be taken for one that was left.
    if lock.exists():
        return descriptor
    os.close(descriptor)
    return None


@contextmanager
def left(lock: Path) -> Iterator[bool]:
    """Whether nobody has the claim any more; inside nobody else removes anything."""
    try:
        descriptor = os.open(lock, os.O_RDWR)
    except OSError:
        yield False
        return
    with closing(os.fdopen(descriptor, "rb")):
        try:
            given_up = _lock(descriptor, wait=False)
        except OSError:
            given_up = False
        yield given_up


def _lock(descriptor: int, *, wait: bool = True) -> bool:
    """Lock a file until its descriptor is closed; whether that is known here.

    Raises:
        OSError: another has it locked and `wait` is not set, or the file system knows no locks.
    """
    if _locks is None:
        return False
    _locks.flock(descriptor, _locks.LOCK_EX if wait else _locks.LOCK_EX | _locks.LOCK_NB)
    return True
