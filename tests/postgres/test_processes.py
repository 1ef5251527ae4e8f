"""Many processes at one database on a server: every event once, no gap, all that is stored as the log says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.concurrency.crowd import Crowd, register

if TYPE_CHECKING:
    from pathlib import Path

    from tests.served import Schema


def test_processes_that_load_correct_read_and_rebuild_at_once_lose_nothing(schema: Schema, tmp_path: Path) -> None:
    crowd = Crowd(tmp_path, ("load", "load", "correct", "read", "rebuild"), 4)
    crowd.path = schema.url  # type: ignore[assignment]  # a crowd only names it to the program
    register(crowd.path)
    crowd.run()
    crowd.check()


def test_processes_that_make_the_database_at_once_make_one(schema: Schema, tmp_path: Path) -> None:
    crowd = Crowd(tmp_path, ("first", "first", "first"), 0)
    crowd.path = schema.url  # type: ignore[assignment]  # as above
    assert sorted(seen for _, seen in crowd.run()) == [0, 0, 2]
    crowd.check()
