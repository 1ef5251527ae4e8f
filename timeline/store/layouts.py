"""What topics declared, stored beside the read models, and the SQL views made from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from timeline.section import Layout

if TYPE_CHECKING:
    from collections.abc import Iterable
    from sqlite3 import Connection


def write_layouts(connection: Connection, layouts: Iterable[tuple[Layout, str]]) -> bool:
    """Store the layouts of all topics with their versions; make the views anew where a layout changed.

    Returns:
        Whether anything changed.

    Raises:
        ValueError: two views have one name.
    """
    wanted = {layout.topic: (version, msgspec.json.encode(layout).decode()) for layout, version in layouts}
    stored = {
        topic: (version, data) for topic, version, data in connection.execute("SELECT topic, version, data FROM layout")
    }
    if wanted == stored:
        return False
    _drop_views(connection, read_layouts(connection))
    connection.execute("DELETE FROM layout")
    rows = ((topic, version, data) for topic, (version, data) in wanted.items())
    connection.executemany("INSERT INTO layout (topic, version, data) VALUES (?, ?, ?)", rows)
    # Again with the new names: the layouts may have been lost while their views stand.
    _drop_views(connection, read_layouts(connection))
    _create_views(connection, read_layouts(connection))
    return True


def read_layouts(connection: Connection) -> dict[str, Layout]:
    """The stored layouts by topic, in the order in which sections are shown."""
    decoder = msgspec.json.Decoder(Layout)
    layouts = (decoder.decode(data) for (data,) in connection.execute("SELECT data FROM layout"))
    return {layout.topic: layout for layout in sorted(layouts, key=lambda layout: (layout.rank, layout.topic))}


def _drop_views(connection: Connection, layouts: dict[str, Layout]) -> None:
    from timeline.store.views import quoted, views_of

    for layout in layouts.values():
        for name in views_of(layout):
            connection.execute(f"DROP VIEW IF EXISTS {quoted(name)}")


def _create_views(connection: Connection, layouts: dict[str, Layout]) -> None:
    from timeline.store.views import quoted, views_of

    made: dict[str, str] = {}
    for layout in layouts.values():
        for name, select in views_of(layout).items():
            if made.setdefault(name, layout.topic) != layout.topic:
                raise ValueError(f"the topics {made[name]} and {layout.topic} both declare a view {name}")
            connection.execute(f"CREATE VIEW {quoted(name)} AS {select}")
