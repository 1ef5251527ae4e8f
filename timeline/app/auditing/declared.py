"""What the topics declare, compared with the layouts that are stored, and the SQL views with these layouts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from timeline.app.fingerprint import fingerprint
from timeline.catalog import catalog
from timeline.check import Rule
from timeline.section import Layout
from timeline.store.dialect import dialect_of

if TYPE_CHECKING:
    from sqlite3 import Connection

    from timeline.store.damage import Damage

LAYOUT = Rule(
    name="layout-differs", severity="error", compares="the layouts that are stored with what the topics declare"
)
OLD_LAYOUT = Rule(
    name="layout-outdated",
    severity="note",
    compares="the version of each layout that is stored with this version of the program",
)
VIEW = Rule(name="view-differs", severity="error", compares="the SQL views with the layouts that they are made from")
DECLARED: tuple[Rule, ...] = (LAYOUT, OLD_LAYOUT, VIEW)


def compare_declared(connection: Connection, found: Damage) -> None:
    """Tell of each layout that is not its topic's, and of each view that is missing or changed."""
    wanted = {topic.name: msgspec.json.encode(topic.layout).decode() for topic in catalog().topics}
    stored = {
        topic: (version, data) for topic, version, data in connection.execute("SELECT topic, version, data FROM layout")
    }
    if any(version != fingerprint() for version, _ in stored.values()):
        found.found(OLD_LAYOUT, "the layouts were stored by another version of this program; the next load renews them")
    elif stored:
        for topic in sorted(wanted.keys() | stored.keys()):
            if stored.get(topic) != (fingerprint(), wanted.get(topic)):
                found.found(LAYOUT, f"the layout of {topic} is not what the topic declares")
    _views(connection, found, [data for _, data in stored.values()])


def _views(connection: Connection, found: Damage, layouts: list[str]) -> None:
    """Those that the stored layouts ask for, with exactly the text that they are made with."""
    dialect = dialect_of(connection)
    for data in layouts:
        try:
            layout = msgspec.json.decode(data, type=Layout)
            views = dialect.views_of(layout)
        except (msgspec.MsgspecError, ValueError) as error:
            found.found(LAYOUT, f"a layout cannot be read: {error}")
            continue
        for name, select in views.items():
            if not dialect.view_stands(connection, name, select):
                found.found(VIEW, f"the view {name} is missing or changed")
