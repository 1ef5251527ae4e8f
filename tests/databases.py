"""The kind of database that tests fill through the facade: files, or a server's with TIMELINE_TEST_STORE=postgres.

A database is its target for `Timeline.open`. On a server each has a whole database of the server's, so that another one
can be made with its content as quickly as a file is copied.
"""

from __future__ import annotations

import os
import secrets
import shutil
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from timeline.store.database import is_server
from timeline.store.driver import sqlite

if TYPE_CHECKING:
    from collections.abc import Iterator
    from sqlite3 import Connection

ON_SERVER = os.environ.get("TIMELINE_TEST_STORE") == "postgres"
"""Whether databases are made on a server."""


def on_server(url: str) -> Path:
    """A new database there, which whoever asked for the server leaves to end with it.

    Returns:
        Its target, said to be a path as those of files are: what takes a target takes either.
    """
    return cast("Path", _created(url, f"law_{secrets.token_hex(6)}"))


@contextmanager
def copied(template: Path) -> Iterator[Path]:
    """A database of one's own with the content of one that nobody has open."""
    if not is_server(template):
        with TemporaryDirectory() as folder:
            path = Path(folder) / "facts.db"
            shutil.copy(template, path)
            yield path
        return
    name = f"law_{secrets.token_hex(6)}"
    copy = _created(str(template), name, f"TEMPLATE {_name(str(template))}")
    try:
        yield cast("Path", copy)
    finally:
        _run(str(template), f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def opened(target: Path) -> Iterator[Connection]:
    """A connection as any other program makes it, except that on a server it takes this program's SQL."""
    if not is_server(target):
        with closing(sqlite.connect(target, isolation_level=None)) as connection:
            yield connection
        return
    from timeline.store.postgres.opening import connect

    with closing(connect(str(target), "rw")) as served:
        yield cast("Connection", served)


def _created(url: str, name: str, like: str = "") -> str:
    _run(url, f"CREATE DATABASE {name} {like}")
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def _name(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")


def _run(url: str, statement: str) -> None:
    """From a database that no such statement is about."""
    import psycopg

    with psycopg.connect(url, dbname="postgres", autocommit=True) as connection:
        connection.execute(statement.encode())
