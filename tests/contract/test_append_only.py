"""Law 1 in every store: the database itself refuses to change what the log holds, through any SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.contract.stores import findings, loaded

if TYPE_CHECKING:
    from tests.contract.stores import Store

REST = "company, kind, source, key, target, published, recorded, actor, commitment"
FIRST = f"SELECT {{position}}, {{id}}, {REST} FROM event WHERE position = 1"  # noqa: S608 - of the names above
EVENT = f"INSERT INTO event (position, id, {REST}) {FIRST}"
FRESH = "'0123'"
BODY = "INSERT INTO body (position, salt, body) SELECT {position}, salt, body FROM body WHERE position = 1"
CHECKPOINT = """\
INSERT INTO checkpoint (size, root, frontier, text, recorded)
SELECT {size}, root, frontier, text, recorded FROM checkpoint"""

REFUSED = {
    "an event changed": "UPDATE event SET actor = 'somebody else' WHERE position = 1",
    "an event deleted": "DELETE FROM event WHERE position = 100",
    "all events deleted": "DELETE FROM event",
    "an event with an id that is there": EVENT.format(position=101, id="id"),
    "an event with a position that is there": EVENT.format(position=100, id=FRESH),
    "an event upserted": f"{EVENT.format(position=1, id='id')} ON CONFLICT (position) DO UPDATE SET actor = 'x'",
    "an event upserted by its id": f"{EVENT.format(position=101, id='id')} ON CONFLICT (id) DO UPDATE SET actor = 'x'",
    "a gap": EVENT.format(position=102, id=FRESH),
    "a position before the first": EVENT.format(position=0, id=FRESH),
    "a body changed": "UPDATE body SET body = 'forged' WHERE position = 1",
    "a body deleted": "DELETE FROM body WHERE position = 1",
    "a body upserted": f"{BODY.format(position=1)} ON CONFLICT (position) DO UPDATE SET body = excluded.body",
    "a second body": BODY.format(position=1),
    "a body without an event": BODY.format(position=101),
    "a checkpoint changed": "UPDATE checkpoint SET root = ''",
    "a checkpoint deleted": "DELETE FROM checkpoint",
    "a checkpoint smaller than the last": CHECKPOINT.format(size=1),
}

ON_SERVERS = {
    "all at once": "TRUNCATE event CASCADE",
    "all bodies at once": "TRUNCATE body",
    "all checkpoints at once": "TRUNCATE checkpoint",
    "several events with a gap": (
        f"INSERT INTO event (position, id, {REST}) SELECT 99 + 2 * n, 'x' || n, {REST}"  # noqa: S608
        " FROM event, generate_series(1, 2) AS n WHERE position = 1"
    ),
    "an event changed by one who replays": "SET session_replication_role = replica; UPDATE event SET actor = 'x'",
    "an event changed beside a table of the same name": (
        "CREATE TEMP TABLE event (position bigint, id text, target text, kind text);"
        " DELETE FROM body WHERE position = 1"
    ),
}


@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED)
def test_the_database_refuses(store: Store, statement: str) -> None:
    loaded(store)
    with pytest.raises(store.refusal):
        store.outside(statement)
    assert store.outside("SELECT count(*), max(position) FROM event") == [(100, 100)]
    assert findings(store) == {}


@pytest.mark.parametrize("statement", ON_SERVERS.values(), ids=ON_SERVERS)
def test_a_server_refuses(store: Store, statement: str) -> None:
    if store.name == "sqlite":
        pytest.skip("a file has no such statement")
    loaded(store)
    with pytest.raises(store.refusal):
        store.outside(*statement.split("; "))
    assert findings(store) == {}


def test_a_gap_that_was_forged_is_not_filled(store: Store) -> None:
    loaded(store)
    store.outside("CREATE TABLE kept AS SELECT * FROM event WHERE position = 50")
    if store.name == "sqlite":
        store.outside("DROP TRIGGER body_delete", "DROP TRIGGER event_delete")
    else:
        store.outside("ALTER TABLE body DISABLE TRIGGER body_delete", "ALTER TABLE event DISABLE TRIGGER event_delete")
    store.outside("DELETE FROM body WHERE position = 50", "DELETE FROM event WHERE position = 50")
    with pytest.raises(store.refusal, match="the position is not the next one"):
        store.outside("INSERT INTO event SELECT * FROM kept")


def test_an_erased_event_gets_no_body_again(store: Store) -> None:
    timeline = loaded(store)
    store.outside("CREATE TABLE kept AS SELECT * FROM body WHERE position = 50")
    ((identity,),) = store.outside("SELECT id FROM event WHERE position = 50")
    timeline.erase(identity, reason="legal")
    with pytest.raises(store.refusal, match="the event was erased"):
        store.outside("INSERT INTO body SELECT * FROM kept")
