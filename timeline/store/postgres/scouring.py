"""Ridding the tables' files of what was deleted: each is written anew, without the rows that nobody sees any more.

A writer owns no table, so a function does it with the owner's rights. Until it is done, a mark says so, with the log's
last position when content was deleted, so that a check-up can tell of it whoever was stopped.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator
    from sqlite3 import Connection

    from psycopg.errors import Diagnostic

    from timeline.store.postgres.connection import Connection as Served

_DELETED_FROM = ("body", "read_model", "read_item", "partition", "company_name", "source_mark", "words")
"""Tables that hold content, or what follows from it."""

_IN_USE = "another program still reads what was there before"
_KEPT = re.compile(r"[1-9]\d*")
"""Begins the server's account of dead rows that it had to keep, in whatever language."""


def scour(connection: Served) -> str:
    """Write the tables anew; why bytes of what was deleted may still be there, "" where they are gone."""
    deleted = unscoured(connection)
    kept: list[str] = []
    try:
        with _told(connection, kept):
            for table in _DELETED_FROM:
                connection.execute("SELECT write_anew(?)", (table,)).fetchone()
    except psycopg.Error as error:
        return f"the table {table} cannot be written anew: {error.diag.message_primary}"
    if kept:
        return _IN_USE
    connection.execute("UPDATE mark SET number = 0 WHERE name = 'unscoured' AND number = ?", (deleted,))
    return ""


def unscoured(connection: Connection | Served) -> int:
    """The log's last position when content was deleted whose bytes may still be in the files; 0 for none."""
    found = connection.execute("SELECT number FROM mark WHERE name = 'unscoured'").fetchone()
    return int(found[0]) if found else 0


@contextmanager
def _told(connection: Served, kept: list[str]) -> Iterator[None]:
    """Note inside what the server says of rows that it keeps."""

    def noted(said: Diagnostic) -> None:
        if _KEPT.match(said.message_detail or ""):
            kept.append(said.message_primary or "")

    connection.driven.add_notice_handler(noted)
    try:
        yield
    finally:
        connection.driven.remove_notice_handler(noted)
