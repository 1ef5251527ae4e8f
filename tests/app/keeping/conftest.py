"""The shipped facts in a database, and a day on which nothing is overdue."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from timeline.app.keeping.verified import Seal, seal_of
from timeline.store.driver import sqlite
from timeline.store.opening import open_any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Alter = Callable[..., None]


@pytest.fixture
def alter() -> Alter:
    """Run statements on a file, the guards of the log taken away where need be."""

    def run(path: Path, *statements: str) -> None:
        with closing(sqlite.connect(path, isolation_level=None)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    return run


@pytest.fixture
def sealed() -> Callable[[Path], Seal]:
    """What a file's last checkpoint says."""

    def seal(path: Path) -> Seal:
        with closing(open_any(str(path))) as connection:
            return seal_of(connection)

    return seal
