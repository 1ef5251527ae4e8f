"""Which keeper a database has that is named; see `timeline.store.keeper`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.store.database import is_server, location
from timeline.store.file_keeper import FileKeeper
from timeline.store.opening import require_server

if TYPE_CHECKING:
    from timeline.store.database import Target
    from timeline.store.keeper import Keeper


def keeper(target: Target) -> Keeper:
    """The keeper of a database that is named.

    Raises:
        DatabaseUnusable: it names none that this version can use.
    """
    if is_server(target):
        require_server()
        from timeline.store.server_keeper import ServerKeeper

        return ServerKeeper(str(target))
    return FileKeeper(location(target))
