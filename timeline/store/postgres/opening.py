"""Opening a database on a server: for reading, and for writing, when it is made or upgraded first where need be."""

from __future__ import annotations

import os
import re
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, Literal, cast

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from timeline.errors import DatabaseUnusable
from timeline.store import driver, schema
from timeline.store.database import shown
from timeline.store.postgres import dialect
from timeline.store.postgres.connection import Connection
from timeline.store.postgres.errors import unreached, usable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection as Engaged

SCHEMA = "timeline"
"""In which everything stands unless the URL names another one, so that the database can hold other things as well."""

OLDEST = 13
"""Version of the oldest server that its makers still kept when this was written, but for one."""

_PATH = re.compile(r"(?:-c\s*|--)search_path=(\S+)")
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_FORM = "postgresql://USER@HOST:PORT/DATABASE"
_SECONDS = 10


def open_reader(target: str) -> sqlite3.Connection:
    """A connection that only reads; the caller checks the revision."""
    return cast("sqlite3.Connection", connect(target, "ro"))


def connect(target: str, mode: Literal["ro", "rw"]) -> Connection:
    """A connection without a transaction, to the schema that the URL names.

    Raises:
        DatabaseUnusable: the URL is none, the server is not to be reached, or is not one that can hold a log.
    """
    place = shown(target)
    settings = _settings(target, place)
    name = _schema(str(settings.get("options") or os.environ.get("PGOPTIONS", "")), place)
    try:
        driven = psycopg.connect(_conninfo(settings, name, mode), autocommit=True)
    except psycopg.OperationalError as error:
        raise unreached(place, error) from None  # libpq's words may repeat what is in the URL
    try:
        _require_fit(driven, place)
    except BaseException:
        driven.close()
        raise
    return Connection(driven, dialect, place, name)


def schema_named(target: str) -> str:
    """The schema that a URL names.

    Raises:
        DatabaseUnusable: the URL is none, or the schema cannot be one.
    """
    place = shown(target)
    return _schema(str(_settings(target, place).get("options") or os.environ.get("PGOPTIONS", "")), place)


def _settings(target: str, place: str) -> dict[str, Any]:
    scheme, _, rest = target.partition("://")
    try:
        return dict(conninfo_to_dict(f"postgresql://{rest}"))
    except psycopg.ProgrammingError:
        fix = f"name it as {_FORM}, with what is no letter or digit in a password written as %40 and the like"
        raise DatabaseUnusable(f"{place} is not of the form {scheme}://…", fix) from None


def _schema(options: str, place: str) -> str:
    """The first of the schemas that the options name."""
    named = _PATH.findall(options)
    name = named[-1].split(",")[0] if named else SCHEMA
    if not _NAME.fullmatch(name) or name.startswith("pg_"):
        fix = "name it with small letters, digits and _"
        raise DatabaseUnusable(f"{place} names the schema {name!r}, which cannot hold a database", fix)
    return name


def _conninfo(settings: dict[str, Any], name: str, mode: Literal["ro", "rw"]) -> str:
    """All that holds for the session is said as it begins, which costs no further message to the server."""
    session = {
        "search_path": name,
        "lock_timeout": f"{driver.BUSY_SECONDS * 1000:.0f}",
        "synchronous_commit": "on",
        "default_transaction_read_only": "on" if mode == "ro" else "off",
        "jit": "off",
    }
    options = " ".join(f"-c {key}={value}" for key, value in session.items())
    given = settings.get("options") or os.environ.get("PGOPTIONS", "")
    own = {"client_encoding": "utf8", "options": f"{given} {options}".strip(), "fallback_application_name": "timeline"}
    patience = (
        {} if "connect_timeout" in settings or "PGCONNECT_TIMEOUT" in os.environ else {"connect_timeout": _SECONDS}
    )
    return make_conninfo(**{**settings, **own, **patience})


def _require_fit(driven: psycopg.Connection[Any], place: str) -> None:
    if driven.info.server_version < OLDEST * 10_000:
        found = driven.info.server_version // 10_000
        raise DatabaseUnusable(f"{place} is on PostgreSQL {found}; {OLDEST} or later is needed", "upgrade the server")
    if (encoding := driven.info.parameter_status("server_encoding")) != "UTF8":
        fix = "make another database: createdb --encoding=UTF8 --template=template0 NAME"
        raise DatabaseUnusable(f"{place} keeps text as {encoding}, which cannot hold every sign", fix)


def open_prepared(target: str) -> sqlite3.Connection:
    """A connection for writing to a database of this program's revision, which it is made or brought to first."""
    connection = connect(target, "rw")
    try:
        with usable(connection.place):
            as_lite = cast("sqlite3.Connection", connection)
            if schema.revision_of(as_lite, connection.place) != schema.REVISION:
                _migrate(target)
    except BaseException:
        connection.close()
        raise
    return as_lite


def _migrate(target: str) -> None:
    """Run the revisions, all in one transaction of a connection of their own; no copy is needed before it.

    What defines tables is undone with the rest where PostgreSQL undoes a transaction.
    """
    from timeline.store.migration import upgrade

    own = connect(target, "rw")
    with closing(own), _engaged(own) as engaged:
        as_lite = cast("sqlite3.Connection", own)
        own.execute("SELECT pg_advisory_xact_lock(?)", (dialect.lock_key(own.schema),))
        if schema.revision_of(as_lite, own.place) == schema.REVISION:
            return  # another process was first
        # Only where there is none: to make one needs a right that whoever may use this one need not have.
        if own.execute("SELECT to_regnamespace(?)", (own.schema,)).fetchone() == (None,):
            own.execute(f"CREATE SCHEMA {own.schema}")
        upgrade(engaged, schema.REVISION)
        if fallen := schema.fallen_triggers(as_lite):
            raise DatabaseUnusable(f"{own.place} was not upgraded: that would remove the guards {', '.join(fallen)}")


@contextmanager
def _engaged(own: Connection) -> Iterator[Engaged]:
    """A transaction of the connection, as Alembic wants it; errors are psycopg's all the same."""
    from sqlalchemy import create_engine
    from sqlalchemy.exc import DBAPIError
    from sqlalchemy.pool import NullPool

    own.driven.autocommit = False
    engine = create_engine(
        "postgresql+psycopg://", creator=lambda: own.driven, poolclass=NullPool, use_native_hstore=False
    )
    try:
        with engine.begin() as engaged:
            yield engaged
    except DBAPIError as error:
        raise cast("psycopg.Error", error.orig) from error
