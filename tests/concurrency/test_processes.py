"""Processes that use one database at once; `python -m tests.concurrency` does it with more of them, and longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.concurrency.crowd import Crowd, register

if TYPE_CHECKING:
    from pathlib import Path

ROLES = ("load", "load", "correct", "read", "rebuild", "follow")
LOADS = 4


def test_no_event_is_lost_or_doubled_and_no_reader_sees_half_a_load(tmp_path: Path) -> None:
    crowd = Crowd(tmp_path, ROLES, LOADS)
    register(crowd.path)
    seen = crowd.run()
    crowd.check()
    told = dict(seen)
    assert told["load"] == 4 * LOADS
    assert told["correct"] == LOADS
    assert told["read"] > 0
    assert told["rebuild"] > 0
    assert told["follow"] == list(range(1, crowd.last + 1))


def test_first_uses_at_once_make_one_database(tmp_path: Path) -> None:
    crowd = Crowd(tmp_path, ("first", "first", "first"), 0)
    crowd.run()
    crowd.check()
