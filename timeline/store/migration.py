"""Bringing a database to this program's revision, with a copy of the old one kept beside it."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config

from timeline.errors import DatabaseUnusable
from timeline.store import driver, schema
from timeline.store.database import unreachable

if TYPE_CHECKING:
    from sqlite3 import Connection

    from sqlalchemy.engine import Connection as Engaged

_PACKAGE = Path(__file__).parents[1]


def migrations() -> Path:
    """The folder of the revisions: inside an installed package, or at the top of a checkout."""
    inside = _PACKAGE / "_migrations"
    return inside if inside.is_dir() else _PACKAGE.parent / "migrations"


def migrate(connection: Engaged, raw: Connection, path: Path) -> None:
    """Bring a database up to date inside the transaction that is under way.

    Raises:
        DatabaseUnusable: the copy cannot be made, or the log would be left without its guards.
    """
    revision = schema.revision_of(raw, path)
    if revision == schema.REVISION:
        return
    if revision:
        _keep_copy(path)
    upgrade(connection, schema.REVISION)
    if fallen := schema.fallen_triggers(raw):
        raise DatabaseUnusable(f"{path} was not upgraded: that would remove the guards {', '.join(fallen)}")


def upgrade(connection: Engaged, revision: str) -> None:
    """Run the revisions up to one of them and mark the database as this program's."""
    config = Config()
    # Alembic reads the value through configparser, to which a percent sign is special.
    config.set_main_option("script_location", str(migrations()).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
    connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")


def _keep_copy(path: Path) -> None:
    """Copy the database as it was before the transaction; whole or not at all, for its owner only."""
    copy = path.with_name(f"{path.name}.before-{schema.REVISION}")
    unfinished = copy.with_name(f"{copy.name}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        unfinished.touch(mode=0o600)
        with closing(driver.connect(path, "ro")) as source, closing(driver.connect(unfinished, "rw")) as destination:
            source.backup(destination)
        unfinished.replace(copy)
        _sync(copy.parent)
    except OSError as error:
        raise unreachable(copy, error) from error


def _sync(folder: Path) -> None:
    """Make a new name in a folder outlast a crash."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
