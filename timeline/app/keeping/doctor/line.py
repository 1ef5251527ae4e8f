"""What a check-up says: a line a matter, each with its remedy."""

from __future__ import annotations

import shlex
from datetime import datetime  # noqa: TC003 - a field's type
from pathlib import Path  # noqa: TC003 - likewise
from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec import Struct

from timeline.app.place import database
from timeline.store.database import filename, is_server, shown

if TYPE_CHECKING:
    from sqlite3 import Connection

    from timeline.app.progress import Progress

Status = Literal["ok", "note", "warning", "error"]


class Line(Struct, frozen=True, kw_only=True):
    """What was found about one matter.

    Attributes:
        check: name of the matter, stable.
        status: "note" is worth knowing, a warning may end in harm, with an error something does not work or hold.
        what: in words.
        fix: a command that mends it, or goes about it; empty where there is nothing to mend.
        unverified: whether the log or what follows from it is not what was written.
    """

    check: str
    status: Status
    what: str
    fix: str = ""
    unverified: bool = False


class Checkup(Struct, frozen=True, kw_only=True):
    """All lines.

    Attributes:
        database: the file, or the URL without a password.
        lines: in the order of the checks.
        full: whether the whole log was verified and what is stored beside it replayed.
        schema: name and version of the JSON form.
    """

    database: str
    lines: tuple[Line, ...]
    full: bool
    schema: str = "timeline.doctor/1"

    @property
    def unverified(self) -> bool:
        """Whether the log or what follows from it failed verification."""
        return any(line.unverified for line in self.lines)

    @property
    def failed(self) -> bool:
        """Whether there is an error of any sort."""
        return any(line.status == "error" for line in self.lines)


class Place(NamedTuple):
    """Where the database is, or should be.

    Attributes:
        path: the file; of no meaning for one on a server.
        now: with its zone.
        server: its URL without a password; empty for a file.
    """

    path: Path
    now: datetime
    server: str = ""

    @property
    def name(self) -> str:
        """As a person may be told."""
        return self.server or str(self.path)

    def command(self, *words: str) -> str:
        """A command of this program on this database, to be typed."""
        named = () if _own() == self.name else ("--db", self.name)
        return shlex.join(["timeline", *named, *words])


def _own() -> str:
    """The database that is meant where none is named."""
    own = database(None)
    return shown(own) if is_server(own) else filename(own)


class Patient(NamedTuple):
    """The database itself, opened for reading, all of one moment.

    Attributes:
        place: where it is.
        connection: to it.
        full: whether to go through all of it.
        progress: called with what is under way, how much of it is done, and of how much.
    """

    place: Place
    connection: Connection
    full: bool
    progress: Progress | None
