"""The guards of a log on a server: that they stand, and that each that does not is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from timeline.check import findings
from timeline.store.opening import open_writer
from timeline.store.postgres.guards import GUARDS
from timeline.store.schema import fallen_triggers
from timeline.store.verify import verify

if TYPE_CHECKING:
    from tests.served import Schema

TABLES = ("event", "body", "checkpoint")


def table_of(name: str) -> str:
    return name.partition("_")[0]


def fallen(schema: Schema) -> list[str]:
    with open_writer(schema.url) as writer:
        return fallen_triggers(writer.connection)


def test_a_fresh_database_has_all_its_guards(schema: Schema) -> None:
    assert fallen(schema) == []


@pytest.mark.parametrize("name", [name for name, made in GUARDS.items() if made.startswith("CREATE TRIGGER")])
def test_a_trigger_that_is_gone_switched_off_or_hollow_is_told(schema: Schema, name: str) -> None:
    fallen(schema)
    table = table_of(name)
    for how in ("DISABLE TRIGGER", "ENABLE TRIGGER", "ENABLE REPLICA TRIGGER"):
        schema.execute(f"ALTER TABLE {table} {how} {name}")
        assert fallen(schema) == [name]
    schema.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
    assert fallen(schema) == []
    schema.execute(f"DROP TRIGGER {name} ON {table}")
    assert fallen(schema) == [name]


@pytest.mark.parametrize(
    "change",
    [
        "CREATE OR REPLACE FUNCTION event_insert() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "ALTER FUNCTION event_insert() SECURITY DEFINER",
        "ALTER FUNCTION event_insert() RESET search_path",
        "ALTER FUNCTION event_insert() SET search_path = public",
    ],
)
def test_a_function_of_a_guard_that_was_changed_is_told(schema: Schema, change: str) -> None:
    fallen(schema)
    schema.execute(change)
    assert fallen(schema) == ["event_insert"]


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ("ALTER TABLE event DROP CONSTRAINT event_id", "event_id"),
        ("ALTER TABLE body DROP CONSTRAINT body_position_fkey", "body_position_fkey"),
        ("ALTER TABLE body DROP CONSTRAINT body_pkey", "body_pkey"),
        ("ALTER TABLE checkpoint DROP CONSTRAINT checkpoint_pkey", "checkpoint_pkey"),
    ],
)
def test_a_constraint_that_is_gone_is_told(schema: Schema, change: str, name: str) -> None:
    fallen(schema)
    schema.execute(change)
    assert fallen(schema) == [name]


@pytest.mark.parametrize(
    ("made", "name"),
    [
        ("CREATE RULE quiet AS ON INSERT TO event DO INSTEAD NOTHING", "rule quiet of event"),
        ("CREATE TRIGGER other BEFORE INSERT ON body FOR EACH STATEMENT EXECUTE FUNCTION refuse('x')", "other"),
    ],
)
def test_a_stranger_beside_the_guards_is_told(schema: Schema, made: str, name: str) -> None:
    fallen(schema)
    schema.execute(made)
    with open_writer(schema.url) as writer:
        (stranger,) = [each for each in findings(verify(writer.connection)) if each.rule == "trigger-unknown"]
    assert name in stranger.what
