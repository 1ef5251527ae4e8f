"""Bringing a database to this program's revision, with a copy of the old one kept beside it."""

from __future__ import annotations

from contextlib import closing
from glob import escape
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config

from timeline.errors import DatabaseUnusable
from timeline.store import copying, driver, schema

if TYPE_CHECKING:
    from sqlite3 import Connection

    from sqlalchemy.engine import Connection as Engaged

_PACKAGE = Path(__file__).parents[1]

_ALONE = Lock()
"""Alembic knows the migration under way by module, not by thread."""
_EXTENT = (
    "PRAGMA page_count",
    "SELECT count(*), max(position) FROM event",
    "SELECT size, root FROM checkpoint ORDER BY size DESC LIMIT 1",
)
"""What a copy has to have in common with its source, beside being sound."""


def migrations() -> Path:
    """The folder of the revisions: inside an installed package, or at the top of a checkout."""
    inside = _PACKAGE / "_migrations"
    return inside if inside.is_dir() else _PACKAGE.parent / "migrations"


def migrate(connection: Engaged, raw: Connection, path: Path) -> None:
    """Bring a database up to date inside the transaction that is under way.

    Raises:
        TimelineError: the copy cannot be made, or the log would be left without its guards.
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
    with _ALONE:
        command.upgrade(config, revision)
    if connection.dialect.name == "sqlite":  # elsewhere the first revision writes it into a table
        connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")


def _keep_copy(path: Path) -> None:
    """Copy the database as it was before the transaction; whole and sound or not at all, for its owner only.

    Raises:
        DatabaseUnusable: the database is damaged, or there is no room.
    """
    copy = path.with_name(f"{path.name}.before-{schema.REVISION}")
    # The write lock is held, so that whatever bears such a name was left by a process that ended early.
    for left in path.parent.glob(f"*{escape(copy.name)}.*{copying.UNFINISHED[1:]}"):
        left.unlink(missing_ok=True)
    with copying.unfinished(copy) as file, closing(driver.connect(path, "ro")) as source:
        copying.copy_pages(source, file)
        _require_whole(source, file, path)
        copying.publish(file, copy, force=True)


def _require_whole(source: Connection, file: Path, path: Path) -> None:
    """Compare a copy with its source, and have SQLite check it."""
    with driver.usable(path), closing(driver.connect(file, "ro")) as copy:
        (said,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
        if said != "ok":
            fix = "restore a backup: timeline restore FILE --force"
            raise DatabaseUnusable(f"{path} was not upgraded: it is damaged (SQLite says: {said.strip()})", fix)
        if [copy.execute(extent).fetchone() for extent in _EXTENT] != [
            source.execute(extent).fetchone() for extent in _EXTENT
        ]:
            raise DatabaseUnusable(f"{path} was not upgraded: its copy is not whole", "check the disk")
