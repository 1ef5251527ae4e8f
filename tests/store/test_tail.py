"""The end of the log is hashed again, as much of it as is asked for, from a checkpoint on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from timeline.errors import Unverified
from timeline.store.tail import Tail, verify_tail

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.event import Envelope
    from timeline.store.log import Entry
    from timeline.store.writer import Writer

    Append = Callable[..., list[Envelope]]
    Make = Callable[..., Entry]


@pytest.fixture(autouse=True)
def five_loads_of_two(append: Append, entry: Make) -> None:
    for number in range(0, 10, 2):
        append(entry(f"{number}"), entry(f"{number + 1}"))


@pytest.mark.parametrize(("least", "verified"), [(0, 0), (1, 2), (2, 2), (3, 4), (10, 10), (1000, 10)])
def test_at_least_so_many_events_are_hashed_again(writer: Writer, least: int, verified: int) -> None:
    assert verify_tail(writer.connection, least) == Tail(10, verified)


def test_an_empty_log_verifies(writer: Writer) -> None:
    for statement in (
        "DROP TRIGGER checkpoint_delete",
        "DROP TRIGGER body_delete",
        "DROP TRIGGER event_delete",
        "DELETE FROM checkpoint",
        "DELETE FROM body",
        "DELETE FROM event",
    ):
        writer.connection.execute(statement)
    assert verify_tail(writer.connection, 5) == Tail(0, 0)


@pytest.mark.parametrize(
    ("forgery", "what"),
    [
        ("UPDATE event SET actor = 'another' WHERE position = 9", "the events from position 7 on are not those"),
        ("UPDATE body SET body = '{\"x\":1}' WHERE position = 10", "what the event at position 10 says is not"),
        ("DELETE FROM event WHERE position = 4", "there are 9 events up to position 10: some are missing"),
        ("DELETE FROM event WHERE position = 10", "the log ends at position 9, its last checkpoint at 10"),
        ("UPDATE checkpoint SET root = 'ff' WHERE size = 10", "the events from position 7 on are not those"),
        ("UPDATE checkpoint SET frontier = x'00' WHERE size = 6", "the checkpoint of 6 events is damaged"),
    ],
)
def test_what_was_changed_is_found(writer: Writer, forgery: str, what: str) -> None:
    for (trigger,) in writer.connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        writer.connection.execute(f"DROP TRIGGER {trigger}")
    writer.connection.execute("PRAGMA foreign_keys = OFF")
    writer.connection.execute(forgery)
    with pytest.raises(Unverified, match=what):
        verify_tail(writer.connection, 3)
