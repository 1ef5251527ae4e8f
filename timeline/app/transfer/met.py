"""The ids that were met in a file, to find one that comes twice; on disk, as memory would grow with the file."""

from __future__ import annotations

from timeline.store import driver


class Met:
    """Ids, each of which is new once."""

    def __init__(self) -> None:
        self._connection = driver.scratch()
        self._connection.execute("CREATE TABLE met (id BLOB PRIMARY KEY) WITHOUT ROWID")
        self._connection.execute("BEGIN")

    def is_new(self, identity: str) -> bool:
        """Whether it is met for the first time; the next time it is not."""
        found = self._connection.execute("INSERT OR IGNORE INTO met VALUES (?)", (bytes.fromhex(identity),))
        return found.rowcount == 1

    def close(self) -> None:
        """Forget them."""
        self._connection.close()
