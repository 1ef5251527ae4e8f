"""Where the database is: what a person may name, and the file behind it.

Reading does without pathlib, whose import takes a twelfth of what any command line has to import.
"""

from __future__ import annotations

import os
import stat
from os import PathLike
from typing import TYPE_CHECKING, TypeAlias

from timeline.errors import DatabaseUnusable

if TYPE_CHECKING:
    from pathlib import Path

Target: TypeAlias = str | PathLike[str]
"""A path, or a SQLAlchemy URL such as `sqlite:///facts.db`."""

SERVER = ("postgresql", "postgres")
"""Schemes of a URL that names a PostgreSQL server."""

MAKE_WRITABLE = "make it and its folder writable, or name another database with --db"
"""Remedy where a database is read-only."""

_PATH = "name an SQLite file: a path, or sqlite:///PATH"
_WHERE = f"{_PATH}; or a PostgreSQL database: postgresql://USER@HOST/DATABASE"
_SECRETS = ("password", "sslpassword")


def is_server(target: Target) -> bool:
    """Whether a database on a PostgreSQL server is named."""
    scheme, separator, _ = str(target).partition("://")
    return bool(separator) and scheme.partition("+")[0] in SERVER


def shown(target: Target) -> str:
    """The database as a person may be told and may name it again: without a password, wherever in it one stands.

    What stands before the last `@` is taken for user and password, so that one with signs in it that should have been
    escaped is not shown either.
    """
    text = str(target)
    if not is_server(text):
        return text
    scheme, _, rest = text.partition("://")
    user, at, rest = rest.rpartition("@")
    for sign in ":/?":
        user = user.partition(sign)[0]
    place, _, query = rest.partition("?")
    kept = "&".join(each for each in query.split("&") if each.partition("=")[0] not in _SECRETS)
    return f"{scheme}://{user}{at}{place}{'?' if kept else ''}{kept}"


def location(target: Target) -> Path:
    """The file of a database.

    Raises:
        DatabaseUnusable: it names no file that this version can use.
    """
    from pathlib import Path

    return Path(filename(target))


def filename(target: Target) -> str:
    """As `location`, for those who only read."""
    text = str(target)
    scheme, separator, rest = text.partition("://")
    if not separator:
        return _file(text)
    if is_server(target):
        raise DatabaseUnusable(f"{shown(target)} is on a server, and a file is needed here", _PATH)
    if scheme.partition("+")[0] != "sqlite":
        # Only the scheme is shown: what follows may hold a password.
        raise DatabaseUnusable(f"{scheme}:// databases are not supported", _WHERE)
    if not rest.startswith("/") or "?" in rest:
        raise DatabaseUnusable(f"{text} is not of the form sqlite:///PATH", _PATH)
    return _file(rest.removeprefix("/"))


def _file(path: str) -> str:
    if path in {"", ":memory:"}:
        raise DatabaseUnusable("the database has to be a file", _PATH)
    return os.path.expanduser(path)  # noqa: PTH111 - see the module


def exists(path: Path | str) -> bool:
    """Whether there is a file.

    Raises:
        DatabaseUnusable: a folder or something else is in its place, or the way to it is barred.
    """
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - see the module
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError) as error:
        raise unreachable(path, error) from error
    if not stat.S_ISREG(mode):
        raise DatabaseUnusable(f"{path} is not a file", "name a file with --db")
    return True


def create(path: Path) -> None:
    """Make an empty file for its owner only, with the folders above it; one that is there stays.

    Raises:
        DatabaseUnusable: that is not possible, or the file that is there may not be written.
    """
    if exists(path):
        # Asked here, as SQLite turns BEGIN IMMEDIATE on a read-only file silently into the beginning of a read.
        if not os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
            raise DatabaseUnusable(f"{path} is read-only", MAKE_WRITABLE)
        return
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError as error:
        raise unreachable(path, error) from error


def unreachable(path: Path | str, error: OSError | ValueError) -> DatabaseUnusable:
    """What a person is told where the operating system refuses."""
    why = getattr(error, "strerror", None) or error
    return DatabaseUnusable(f"{path} cannot be opened: {why}", "name another place with --db")
