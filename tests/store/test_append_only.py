"""Law 1: the database itself refuses to change what the log holds, through any SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from timeline.store.driver import sqlite
from timeline.store.schema import TRIGGERS, fallen_triggers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from sqlite3 import Connection

    from timeline.event import Envelope
    from timeline.store.log import Entry
    from timeline.store.writer import Writer

TABLES = ("event", "body", "checkpoint")
REST = "company, kind, source, key, target, published, recorded, actor, commitment"
EVENT = f"INTO event (position, id, {REST}) SELECT {{position}}, {{id}}, {REST} FROM event LIMIT 1"  # noqa: S608
SECOND = EVENT.format(position=2, id="id")
FRESH = "'0123'"
NEW = EVENT.format(position=3, id=FRESH)
BODY = "INTO body (position, salt, body) VALUES (1, x'00', 'forged')"
CHECKPOINT = "INTO checkpoint (size, root, frontier, text, recorded) VALUES (2, '', x'', '', '')"

REFUSED = {
    "an event changed": "UPDATE event SET actor = 'somebody else' WHERE position = 1",
    "an event's position changed": "UPDATE event SET position = 9 WHERE position = 2",
    "an event changed or replaced": "UPDATE OR REPLACE event SET position = 1 WHERE position = 2",
    "an event deleted": "DELETE FROM event WHERE position = 2",
    "all events deleted": "DELETE FROM event",
    "an event replaced by its id": f"INSERT OR REPLACE {EVENT.format(position=3, id='id')}",
    "an event replaced by its position": f"REPLACE {EVENT.format(position=2, id=FRESH)}",
    "an event replaced by both": f"REPLACE {EVENT.format(position=1, id='id')}",
    "an event upserted": f"INSERT {EVENT.format(position=1, id='id')} ON CONFLICT (position) DO UPDATE SET actor = 'x'",
    "an event upserted by its id": f"INSERT {SECOND} ON CONFLICT (id) DO UPDATE SET actor = 'x'",
    "an event there already, ignored": f"INSERT {SECOND} ON CONFLICT DO NOTHING",
    "an event there already, or ignore": f"INSERT OR IGNORE {SECOND}",
    "a gap": f"INSERT {EVENT.format(position=4, id=FRESH)}",
    "a position before the first": f"INSERT {EVENT.format(position=-1, id=FRESH)}",
    "no position": f"INSERT {EVENT.format(position='NULL', id=FRESH)}",
    "a body changed": "UPDATE body SET body = 'forged' WHERE position = 1",
    "a salt changed": "UPDATE body SET salt = x'00'",
    "a body deleted": "DELETE FROM body WHERE position = 1",
    "a body replaced": f"REPLACE {BODY}",
    "a body upserted": f"INSERT {BODY} ON CONFLICT (position) DO UPDATE SET body = excluded.body",
    "a body without an event": f"INSERT {BODY.replace('(1,', '(7,')}",
    "a checkpoint changed": "UPDATE checkpoint SET root = ''",
    "a checkpoint deleted": "DELETE FROM checkpoint",
    "a checkpoint replaced": f"REPLACE {CHECKPOINT}",
    "a checkpoint smaller than the last": f"INSERT {CHECKPOINT.replace('(2,', '(1,')}",
}


@pytest.fixture
def plain(path: Path, append: Callable[..., list[Envelope]], entry: Callable[..., Entry]) -> Connection:
    """A connection as any other program makes it, to a log of two events."""
    append(entry("one"), entry("two"))
    connection: Connection = sqlite.connect(path)
    return connection


@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED.keys())
def test_plain_sql_cannot_rewrite_the_log(plain: Connection, statement: str) -> None:
    before = content(plain)
    with pytest.raises(sqlite.IntegrityError, match=r"append-only|belongs to an event"):
        plain.execute(statement)
    plain.commit()
    assert content(plain) == before


def test_plain_sql_may_append_the_next_event(plain: Connection) -> None:
    plain.execute(f"INSERT {NEW}")
    assert plain.execute("SELECT max(position) FROM event").fetchone() == (3,)


def test_a_body_is_deleted_only_after_its_erasure_is_recorded_and_never_comes_back(
    append: Callable[..., list[Envelope]], entry: Callable[..., Entry], writer: Writer
) -> None:
    kept, erased = append(entry("kept"), entry("erased"))
    append(entry("@erased", kind="event.erased", source=None, target=erased.id))
    writer.connection.execute("DELETE FROM body WHERE position = ?", (erased.position,))
    with pytest.raises(sqlite.IntegrityError, match="only after its erasure"):
        writer.connection.execute("DELETE FROM body WHERE position = ?", (kept.position,))
    with pytest.raises(sqlite.IntegrityError, match="was erased"):
        writer.connection.execute("INSERT INTO body VALUES (?, x'00', '{}')", (erased.position,))
    assert [row.body for row in writer.log.rows(upto=2)] == [b"{}", None]


def test_another_event_with_the_same_target_erases_nothing(
    append: Callable[..., list[Envelope]], entry: Callable[..., Entry], writer: Writer
) -> None:
    (event,) = append(entry("one"))
    append(entry("@corrected", kind="event.corrected", source=None, target=event.id))
    with pytest.raises(sqlite.IntegrityError, match="only after its erasure"):
        writer.connection.execute("DELETE FROM body WHERE position = 1")


@pytest.mark.parametrize("name", TRIGGERS)
def test_a_guard_that_was_dropped_or_weakened_is_found(plain: Connection, name: str) -> None:
    assert fallen_triggers(plain) == []
    plain.execute(f"DROP TRIGGER {name}")
    assert fallen_triggers(plain) == [name]
    plain.execute(TRIGGERS[name].replace("BEFORE", "AFTER"))
    assert fallen_triggers(plain) == [name]


def content(connection: Connection) -> list[list[tuple[object, ...]]]:
    return [connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES]  # noqa: S608
