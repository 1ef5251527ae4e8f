"""What PostgreSQL's errors mean to a person, and the remedy; never what libpq says of a URL, which may be a secret."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg

from timeline.errors import DatabaseUnusable
from timeline.store import driver

if TYPE_CHECKING:
    from collections.abc import Iterator

_AGAIN = "run the command again; nothing is half written"
_ROLE = "connect as a user who may, or ask the database's owner for the role: timeline roles"

# By SQLSTATE, see https://www.postgresql.org/docs/current/errcodes-appendix.html, or by its class, the first two signs.
_FAULTS = {
    "55P03": ("is locked by another process (waited {seconds:g} seconds)", "let the other process end, then try again"),
    "40P01": ("is locked by another process", "let the other process end, then try again"),
    "40001": ("was changed by another process meanwhile", _AGAIN),
    "42501": ("does not let this user do so: {message}", _ROLE),
    "3F000": ("does not let this user into its schema", _ROLE),
    "25006": ("is read-only", "name a server that may be written, not a standby, with --db"),
    "53100": ("cannot grow: the server's disk is full", f"make room, then {_AGAIN}"),
    "53300": ("takes no more connections", "let others end, or raise max_connections on the server"),
    "53": ("lacks memory or room: {message}", "give the server more, then try again"),
    "57014": ("ended the statement: {message}", "raise statement_timeout for this user, or ask for less"),
    "2BP01": (
        "holds views that others made on one of its own, which has to be made anew: {message}",
        "drop theirs, run the command again, then make theirs again",
    ),
    "57": ("was stopped: {message}", f"start the server, then {_AGAIN}"),
    "08": ("is no longer connected", f"check the server and the network, then {_AGAIN}"),
    "58": ("cannot be read or written: {message}", "check the server's disk"),
    "XX001": ("is damaged: {message}", "restore a backup"),
    "XX002": ("is damaged: {message}", "restore a backup, or make the index anew: REINDEX"),
    "22P05": ("cannot hold a character: {message}", "take it out of the source"),
    "22021": ("cannot hold a character: {message}", "take it out of the source"),
}

_UNREACHED = (
    ("password", "does not accept the password", "give it in the URL, in PGPASSWORD or in ~/.pgpass"),
    ("authentication", "does not accept the user", "check user and password, and pg_hba.conf on the server"),
    ("pg_hba.conf", "does not accept the user from here", "let pg_hba.conf on the server accept it"),
    ('database "', "has no such database", "make it: createdb --encoding=UTF8 NAME"),
    ('role "', "has no such user", "make it: createuser NAME"),
    ("too many", "takes no more connections", "let others end, or raise max_connections on the server"),
    ("translate host name", "cannot be found", "check the name of the host"),
    ("starting up", "is starting up", "try again in a moment"),
)
"""Words of libpq's message where no connection came about, which then has no SQLSTATE."""

_TEXT = "PostgreSQL text fields cannot contain NUL"


@contextmanager
def usable(place: str) -> Iterator[None]:
    """As `timeline.store.dialect.Dialect.usable` says."""
    try:
        yield
    except psycopg.Error as error:
        told = _told(place, error)
        if told is None:
            raise
        raise told from error


def unreached(place: str, error: psycopg.OperationalError) -> DatabaseUnusable:
    """What a person is told where no connection came about."""
    message = str(error)
    for words, what, fix in _UNREACHED:
        if words in message:
            return DatabaseUnusable(f"{place} {what}", fix)
    return DatabaseUnusable(f"{place} cannot be reached", "check that the server runs, and its host and port")


def _told(place: str, error: psycopg.Error) -> DatabaseUnusable | None:
    state = error.sqlstate or ""
    if not state and isinstance(error, psycopg.OperationalError):
        state = "08"
    if isinstance(error, psycopg.DataError) and _TEXT in str(error):
        state = "22021"
    fault = _FAULTS.get(state) or _FAULTS.get(state[:2])
    if fault is None:
        return None
    what, fix = fault
    message = error.diag.message_primary or str(error)
    return DatabaseUnusable(f"{place} {what.format(seconds=driver.BUSY_SECONDS, message=message)}", fix)
