"""What a store offers to those who keep it safe: a copy as a file, and taking a copy's place.

A backup is always an SQLite file, whatever the store: it is verified by the same code, restores into any store, and
needs no server to be read. A store on a server fills `Keeper` by writing its rows into such a file and back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path
    from sqlite3 import Connection

    Told = Callable[[int, int], None]


class Seen(Protocol):
    """What is there.

    Attributes:
        log: to compare with; None where there is none, or it cannot be read.
        why: it cannot be; empty where it can.
    """

    log: Connection | None
    why: str


class Held(Seen, Protocol):
    """A store that nobody else reads or writes for the moment."""

    def keep(self, copy: Path, told: Told | None = None, /) -> None:
        """Keep what is there under another name, complete on the disk before this ends."""

    def take(self, file: Path, told: Told | None = None, /) -> None:
        """Put a database file's content in the place of what is there: all of it or nothing."""


class Keeper(Protocol):
    """A store as those see it who keep it safe."""

    @property
    def name(self) -> str:
        """As a person may be told."""

    @property
    def path(self) -> Path:
        """Beside which copies are kept."""

    def is_there(self) -> bool:
        """Whether there is anything that could be lost."""

    def write_copy(self, file: Path, told: Told | None = None) -> None:
        """Write what is there at one moment into an empty file, while others read and write.

        Raises:
            DatabaseUnusable: there is nothing, or it cannot be read.
        """

    def root_at(self, size: int) -> str | None:
        """Root hash, in hex, of the checkpoint that is kept of a size; None where there is none."""

    def seen(self) -> AbstractContextManager[Seen]:
        """What is there, for reading.

        Raises:
            DatabaseUnusable: it is another program's, or others lock it.
        """

    def held(self) -> AbstractContextManager[Held]:
        """Keep all others out.

        Raises:
            DatabaseUnusable: others use it, or it is another program's.
        """

    def establish(self, file: Path) -> None:
        """Make the store from a complete file where there is none yet."""
