"""Roles of a database on a server: who may write to the log without being able to change it, and who only reads."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, cast

from msgspec import Struct

from timeline.errors import DatabaseUnusable, TimelineError
from timeline.store.database import is_server, shown
from timeline.store.opening import open_writer

if TYPE_CHECKING:
    from timeline.store.database import Target
    from timeline.store.postgres.connection import Connection


class Role(Struct, frozen=True, kw_only=True):
    """What was given to whom.

    Attributes:
        name: of the role.
        rights: "writer" or "reader".
        made: whether the role is new: then nobody can log in as it, and its rights are given on to users.
    """

    name: str
    rights: str
    made: bool


class RolesReport(Struct, frozen=True, kw_only=True):
    """The roles that got their rights.

    Attributes:
        database: without a password.
        roles: the writer first.
        schema: name and version of the JSON form.
    """

    database: str
    roles: tuple[Role, ...]
    schema: str = "timeline.roles/1"


def give_roles(database: Target, writer: str | None = None, reader: str | None = None) -> RolesReport:
    """Make roles, or give those that are there the rights of a writer or a reader: exactly these, and no others.

    The SQL views are made anew where this version of the program makes them otherwise, as only the owner can.

    Args:
        database: on a server, opened as the owner of its tables; it is made where there is none.
        writer: a role that may append, rebuild and erase.
        reader: one that may only read.

    Raises:
        TimelineError: no role is named, or one could do more all the same; nothing was given.
        DatabaseUnusable: it is a file, or the connected user may not do so.
    """
    if not is_server(database):
        what = f"{shown(database)} is a file, which knows no roles"
        raise DatabaseUnusable(what, "let the file's permissions say who may write it: chmod")
    wanted = [(name, rights) for name, rights in ((writer, "writer"), (reader, "reader")) if name]
    if not wanted or writer == reader:
        raise TimelineError("name a role for writers, one for readers, or two that differ")
    # Imported here: they need the driver, which only a database on a server does, and all topics.
    from timeline.app.refresh import declare
    from timeline.store.postgres.roles import give, owner_of

    with closing(open_writer(database)) as opened, opened.transaction():
        connection = cast("Connection", opened.connection)
        owner_of(connection)
        declare(opened, mend=True)  # a writer can fill tables, and make no views
        given = [(give(connection, name, writes=rights == "writer"), rights) for name, rights in wanted]
    roles = tuple(Role(name=each.name, rights=rights, made=each.made) for each, rights in given)
    return RolesReport(database=shown(database), roles=roles)
