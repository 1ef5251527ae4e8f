"""Whether what is stored of companies is of this program and covers their last events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.app.fingerprint import fingerprint
from timeline.app.fold import members
from timeline.catalog import catalog
from timeline.store import models, unfinished
from timeline.store.log import Reader

if TYPE_CHECKING:
    from sqlite3 import Connection

_LAST = "SELECT company, max(position) FROM event WHERE company IS NOT NULL GROUP BY company"


def last_positions(connection: Connection) -> dict[str, int]:
    """The last event's position of each company, those that are one taken together under the slug that stands."""
    known, last = members(Reader(connection)), dict[str, int]()
    for slug, position in connection.execute(_LAST):
        standing = known.representative(slug)
        last[standing] = max(position, last.get(standing, 0))
    return last


def is_current(connection: Connection) -> bool:
    """Whether all is stored of every company, and no rebuild is unfinished."""
    if unfinished.begun(connection):
        return False
    last, head = last_positions(connection), Reader(connection).head()
    wanted = {(company, topic.name) for company in last for topic in catalog().topics}
    stored = models.stamps(connection)
    return wanted == {(stamp.company, stamp.topic) for stamp in stored} and all(
        stamp.version == fingerprint() and last[stamp.company] <= stamp.position <= head for stamp in stored
    )
