"""The check-up of a database on a server: what is wrong is a line with a remedy, and stops no other check."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.contract.stores import FIXTURES
from tests.served import SECRET, Schema
from timeline import Timeline
from timeline.app.keeping.doctor import Checkup, checkup
from timeline.app.keeping.doctor.checkup import CHECKS_OF_SERVER
from timeline.store.postgres.opening import OLDEST

if TYPE_CHECKING:
    from timeline.app.keeping.doctor.line import Line


@pytest.fixture
def loaded(schema: Schema) -> Schema:
    Timeline.open(schema.url).load([str(FIXTURES)])
    return schema


def told(found: Checkup) -> dict[str, Line]:
    return {line.check: line for line in found.lines}


def wrong(found: Checkup) -> dict[str, str]:
    return {line.check: line.status for line in found.lines if line.status in {"warning", "error"}}


@pytest.mark.parametrize("full", [False, True])
def test_all_is_told_of_a_sound_database(loaded: Schema, full: bool) -> None:  # noqa: FBT001 - a parameter of the test
    found = checkup(loaded.url, full=full)
    lines = told(found)
    assert tuple(dict.fromkeys(line.check for line in found.lines)) == CHECKS_OF_SERVER
    assert set(wrong(found)) <= {"durability"}  # a server for tests may do without
    assert int(lines["server"].what.removeprefix("PostgreSQL ").split(".")[0].split()[0]) >= OLDEST
    assert lines["encoding"].what == "text is kept as UTF8"
    assert "cannot be told from here" in lines["disk"].what
    assert "owns the tables" in lines["rights"].what
    assert SECRET not in str(found)


def test_what_is_off_is_an_error(loaded: Schema) -> None:
    line = told(checkup(loaded.url))["durability"]
    off = loaded.execute("SHOW fsync") == [("off",)]
    assert (line.status, "fsync off" in line.what or "fsync and" in line.what) == (
        ("error", True) if off else ("ok", False)
    )


def test_a_column_in_another_order_is_told(loaded: Schema) -> None:
    loaded.execute('ALTER TABLE layout ALTER COLUMN topic TYPE text COLLATE "default"')
    line = told(checkup(loaded.url))["collation"]
    assert (line.status, line.what.split(" are ")[0]) == ("error", "layout.topic")


def test_guards_that_are_gone_and_a_log_that_was_changed_are_told(loaded: Schema) -> None:
    loaded.execute("ALTER TABLE event DISABLE TRIGGER event_update", "UPDATE event SET actor = 'x' WHERE position = 7")
    found = checkup(loaded.url)
    assert {name: status for name, status in wrong(found).items() if name != "durability"} == {
        "guards": "error",
        "log": "error",
    }
    assert found.unverified


def test_what_one_check_is_refused_stops_no_other(loaded: Schema) -> None:
    loaded.execute("DROP TABLE layout CASCADE")
    found = checkup(loaded.url)
    assert {name for name in wrong(found) if name != "durability"} == {"views"}
    assert found.lines[-1].check == "rebuild"


def test_an_empty_schema_and_a_server_that_is_not_there_are_told(schema: Schema) -> None:
    assert [(line.check, line.status) for line in checkup(schema.url).lines] == [("database", "note")]
    (line,) = checkup("postgresql://somebody:secret@127.0.0.1:1/nowhere").lines
    assert (line.check, line.status, "cannot be reached" in line.what) == ("database", "error", True)
    assert "secret" not in str(line)
