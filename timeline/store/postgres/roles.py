"""What users of a server may do: the owner of the tables everything, a writer append to the log, a reader read.

Rights are given anew as a whole each time, table by table, so that one that an upgrade made is among them afterwards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import psycopg
from psycopg import sql

from timeline.errors import DatabaseUnusable, TimelineError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from timeline.store.postgres.connection import Connection

LOG = ("event", "body", "checkpoint", "tree_node")
"""Tables that are only appended to."""

_FUNCTIONS = ("erase_body(bigint)", "write_anew(name)")
"""What a writer does with the owner's rights."""

_WRITER = "SELECT, INSERT, UPDATE, DELETE"
_WRITER_OF = {
    **dict.fromkeys(LOG, "SELECT, INSERT"),
    "alembic_version": "SELECT",
    "mark": "SELECT, UPDATE (number)",
}
_READER = "SELECT"
_OWNER = "SELECT pg_get_userbyid(relowner), pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'event'::regclass"
_USER = f"SELECT current_user, * FROM ({_OWNER}) AS owner"  # noqa: S608 - the statement above
_TABLES = """\
SELECT relname, relkind IN ('r', 'p') FROM pg_class AS class
WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v')
  AND relowner = (SELECT relowner FROM pg_class WHERE oid = 'event'::regclass) ORDER BY relname"""
_EXCESS = """\
SELECT privilege, relname FROM unnest(ARRAY['event', 'body', 'checkpoint', 'tree_node']) AS relname,
  unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER']) AS privilege
WHERE has_table_privilege(?1, relname::regclass, privilege) ORDER BY relname, privilege"""


class Given(NamedTuple):
    """A role that got its rights.

    Attributes:
        name: of the role.
        made: whether it was not there before; nobody can log in as it by itself.
    """

    name: str
    made: bool


def excess(connection: sqlite3.Connection) -> str:
    """What the connected user may do to the log beside appending to it, in words; "" for nothing."""
    ((user, owner, owns),) = connection.execute(_USER).fetchall()
    if owns:
        how = (
            "owns the tables of the log"
            if user == owner
            else f"has the rights of {owner}, who owns the tables of the log"
        )
        return f"the user {user} {how}, and so could remove what guards it; a writer needs less: timeline roles"
    if found := _rights(connection, user):
        return f"the user {user} may {found}; a writer needs none of it: timeline roles"
    return ""


def _rights(connection: sqlite3.Connection | Connection, user: str) -> str:
    return ", ".join(f"{privilege} {table}" for privilege, table in connection.execute(_EXCESS, (user,)))


def give(connection: Connection, name: str, *, writes: bool) -> Given:
    """Let a role write or read, and do nothing else to the log; it is made where there is none.

    Args:
        connection: the owner's, inside a transaction.
        name: of the role.
        writes: whether it is a writer.

    Raises:
        TimelineError: the role could do more all the same.
        DatabaseUnusable: the connected user may not give these rights.
    """
    owner = owner_of(connection)
    made = _make(connection, name)
    names = {"role": name, "owner": owner, "schema": connection.schema}
    for statement in _SCHEMA_FOR_ALL:
        _run(connection, statement, names)
    for table, is_table in connection.execute(_TABLES).fetchall():
        _run(connection, "REVOKE ALL ON {table} FROM {role}", {**names, "table": table})
        rights = _WRITER_OF.get(table, _WRITER) if writes and is_table else _READER
        _run(connection, f"GRANT {rights} ON {{table}} TO {{role}}", {**names, "table": table})
    if writes:
        for function in _FUNCTIONS:
            _run(connection, f"GRANT EXECUTE ON FUNCTION {function} TO {{role}}", names)
    if left := _rights(connection, name):
        raise TimelineError(
            f"the role {name} may {left} all the same", "name one that is no member of others, and no superuser"
        )
    return Given(name, made)


_SCHEMA_FOR_ALL = (
    "REVOKE ALL ON SCHEMA {schema} FROM {role}",
    "GRANT USAGE ON SCHEMA {schema} TO {role}",
    *(f"REVOKE ALL ON FUNCTION {function} FROM {{role}}" for function in _FUNCTIONS),
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA {schema} GRANT SELECT ON TABLES TO {role}",
)
"""The last so that views that are made later can be read."""


def owner_of(connection: Connection) -> str:
    """Who owns the tables, as the connected user may act for them.

    Raises:
        DatabaseUnusable: the connected user may not.
    """
    ((owner, owns),) = connection.execute(_OWNER).fetchall()
    if not owns:
        what = f"only {owner}, who owns the tables in {connection.place}, can give rights to them"
        raise DatabaseUnusable(what, f"connect as {owner}")
    return str(owner)


def _make(connection: Connection, name: str) -> bool:
    if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = ?", (name,)).fetchone():
        return False
    try:
        _run(connection, "CREATE ROLE {role} NOLOGIN", {"role": name})
    except psycopg.errors.InsufficientPrivilege as error:
        what = f"there is no role {name} in {connection.place}, and this user may not make one"
        raise DatabaseUnusable(what, "let an administrator make it: CREATE ROLE, then run this again") from error
    except psycopg.errors.ReservedName as error:
        raise TimelineError(f"no role can be called {name}", "names that begin with pg_ are the server's") from error
    return True


def _run(connection: Connection, statement: str, names: Mapping[str, str]) -> None:
    composed = sql.SQL(statement).format(**{key: sql.Identifier(name) for key, name in names.items()})
    connection.driven.execute(composed)
