"""What topics declared, stored beside the read models, and the SQL views made from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from timeline.errors import DatabaseUnusable
from timeline.section import Layout
from timeline.store.dialect import dialect_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from sqlite3 import Connection


def write_layouts(connection: Connection, layouts: Iterable[tuple[Layout, str]], *, mend: bool = False) -> bool:
    """Store the layouts of all topics with their versions; make the views anew where a layout changed.

    Args:
        connection: inside a transaction.
        layouts: with the version of each.
        mend: look at the views also where no layout changed, as somebody else may have changed them.

    Returns:
        Whether a layout changed.

    Raises:
        ValueError: two views have one name.
        DatabaseUnusable: somebody else has to make the views.
    """
    wanted = {layout.topic: (version, msgspec.json.encode(layout).decode()) for layout, version in layouts}
    stored = {
        topic: (version, data) for topic, version, data in connection.execute("SELECT topic, version, data FROM layout")
    }
    if wanted == stored:
        if mend:
            _renew_views(connection, {}, _views(connection, read_layouts(connection)))
        return False
    before = read_layouts(connection)
    connection.execute("DELETE FROM layout")
    rows = ((topic, version, data) for topic, (version, data) in wanted.items())
    connection.executemany("INSERT INTO layout (topic, version, data) VALUES (?, ?, ?)", rows)
    _renew_views(connection, _views(connection, before), _views(connection, read_layouts(connection)))
    return True


def read_layouts(connection: Connection) -> dict[str, Layout]:
    """The stored layouts by topic, in the order in which sections are shown."""
    decoder = msgspec.json.Decoder(Layout)
    layouts = (decoder.decode(data) for (data,) in connection.execute("SELECT data FROM layout"))
    return {layout.topic: layout for layout in sorted(layouts, key=lambda layout: (layout.rank, layout.topic))}


def _views(connection: Connection, layouts: dict[str, Layout]) -> dict[str, str]:
    """SELECT by name."""
    views: dict[str, str] = {}
    made: dict[str, str] = {}
    for layout in layouts.values():
        for name, select in dialect_of(connection).views_of(layout).items():
            if made.setdefault(name, layout.topic) != layout.topic:
                raise ValueError(f"the topics {made[name]} and {layout.topic} both declare a view {name}")
            views[name] = select
    return views


def _renew_views(connection: Connection, before: dict[str, str], wanted: dict[str, str]) -> None:
    """Those that stand as they should are left alone: others may have made views of their own on them."""
    from timeline.store.views import quoted

    dialect = dialect_of(connection)
    gone = before.keys() - wanted.keys()
    stale = [name for name, select in wanted.items() if not dialect.view_stands(connection, name, select)]
    if (gone or stale) and (who := dialect.maker(connection)):
        raise DatabaseUnusable(
            f"the view {min((*gone, *stale))} is not as this version of the program makes it, and only {who}, who owns"
            " the tables, can make it anew",
            f"let {who} run, with this version: timeline rebuild",
        )
    for name in gone:
        connection.execute(f"DROP VIEW IF EXISTS {quoted(name)}")
    for name in stale:
        # Also where no layout told of it: the layouts may have been lost while their views stand.
        connection.execute(f"DROP VIEW IF EXISTS {quoted(name)}")
        connection.execute(f"CREATE VIEW {quoted(name)} AS {wanted[name]}")
