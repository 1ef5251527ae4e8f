"""`timeline backup`, `restore` and `doctor`: what reaches the program, what goes to which stream, and exit codes."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from timeline.app.keeping.backup import BackupReport
from timeline.app.keeping.doctor import Checkup, Line
from timeline.app.keeping.restore import RestoreReport
from timeline.errors import TimelineError, Unverified

if TYPE_CHECKING:
    from tests.cli.fake import FakeTimeline, Run

MADE = BackupReport(
    database="/d/facts.db",
    file="/d/monday.db",
    bytes=454656,
    events=100,
    root="ab" * 32,
    recorded="2026-01-09T09:46:04.000000Z",
    revision="0003",
)
RESTORED = RestoreReport(
    database="/d/facts.db", file="monday.db", events=100, root="ab" * 32, recorded="2026-01-09T09:46:04.000000Z"
)
WELL = Line(check="guards", status="ok", what="all 9 triggers stand")
WARNED = Line(check="permissions", status="warning", what="others may read x.db (644)", fix="chmod 600 x.db")
FULL = Line(check="disk", status="error", what="only 3 bytes free in /d", fix="df -h /d")
FORGED = Line(check="log", status="error", what="some are missing", fix="timeline audit log", unverified=True)


def test_a_backup_says_where_it_is_and_what_it_commits_to(fake: FakeTimeline, run: Run) -> None:
    fake.answers["backup"] = MADE
    code, out, err = run("--db", "facts.db", "backup", "monday.db", "--force")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "100 events in /d/monday.db, verified; 454,656 bytes",
        f"root {'ab' * 32}",
        "next:",
        "  timeline --db facts.db restore /d/monday.db --dry-run",
    ]
    assert fake.asked == [("backup", ("monday.db",), {"force": True})]


def test_reports_are_flat_json_with_their_schema_first(fake: FakeTimeline, run: Run) -> None:
    fake.answers |= {"backup": MADE, "restore": replace(RESTORED, lost=None, why="it is damaged", erased=("3b7c",))}
    made = json.loads(run("backup", "--json").out)
    assert list(made)[:2] == ["schema", "database"]
    assert (made["schema"], made["events"], made["bytes"]) == ("timeline.backup/1", 100, 454656)
    restored = json.loads(run("restore", "monday.db", "--format", "json").out)
    assert (restored["schema"], restored["lost"], restored["erased"]) == ("timeline.restore/1", None, ["3b7c"])


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        ((), {"force": False, "discard": False, "dry_run": False}),
        (("--force", "--discard"), {"force": True, "discard": True, "dry_run": False}),
        (("--dry-run",), {"force": False, "discard": False, "dry_run": True}),
    ],
)
def test_what_may_be_lost_is_the_persons_to_say(
    fake: FakeTimeline, run: Run, arguments: tuple[str, ...], asked: dict[str, object]
) -> None:
    fake.answers["restore"] = RESTORED
    assert run("restore", "monday.db", *arguments) == (
        0,
        "100 events restored from monday.db to /d/facts.db, verified\n",
        "",
    )
    assert fake.asked == [("restore", ("monday.db",), asked)]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"compared": "same", "common": 100}, "the database has the same events"),
        (
            {"compared": "continues", "common": 90},
            "the backup goes on from the database, which has 90 events",
        ),
        (
            {"compared": "shortens", "common": 100, "lost": 2},
            "2 events recorded since the backup were lost, from position 101 on",
        ),
        (
            {"compared": "forks", "common": 90, "lost": 1, "dry_run": True},
            "the two part after position 90: 1 event of the database would be lost",
        ),
        (
            {"compared": "unknown", "lost": None, "why": "it is damaged"},
            "what was lost cannot be told: it is damaged",
        ),
        ({"upgraded": "0001"}, "the backup is of revision 0001, and was brought up to date"),
        ({"replaced": "/d/kept"}, "the database that was there is kept in /d/kept"),
    ],
)
def test_what_was_replaced_is_told(fake: FakeTimeline, run: Run, given: dict[str, Any], told: str) -> None:
    fake.answers["restore"] = replace(RESTORED, **given)
    assert run("restore", "monday.db").out.splitlines()[1] == told


def test_that_a_backup_still_holds_what_was_erased_is_said_beside_the_data(fake: FakeTimeline, run: Run) -> None:
    fake.answers["restore"] = replace(RESTORED, erased=("3b7c" * 8, "11ff" * 8))
    assert run("restore", "monday.db").err.splitlines() == [
        "warning: 2 events erased since the backup were erased again: 3b7c3b7c3b7c, 11ff11ff11ff",
        "monday.db still holds their content: make a new backup, and delete that one",
    ]


@pytest.mark.parametrize(
    ("error", "code"), [(TimelineError("taken", "name another"), 1), (Unverified("forged", "look"), 5)]
)
def test_a_refusal_ends_with_its_code_and_says_why(
    fake: FakeTimeline, run: Run, error: TimelineError, code: int
) -> None:
    fake.answers |= {"backup": error, "restore": error}
    expected = (code, "", f"error: {error.message}\nfix: {error.fix}\n")
    assert run("backup") == expected
    assert run("restore", "monday.db") == expected


@pytest.mark.parametrize(
    ("lines", "code"),
    [((WELL,), 0), ((WELL, WARNED), 0), ((WELL, FULL), 1), ((FULL, FORGED), 5), ((FORGED,), 5)],
)
def test_a_check_up_ends_with_the_worst_of_it(fake: FakeTimeline, run: Run, lines: tuple[Line, ...], code: int) -> None:
    fake.answers["doctor"] = Checkup(database="/d/facts.db", lines=lines, full=True)
    ended = run("doctor", "--full")
    assert (ended.code, ended.err) == (code, "")
    assert ended.out.startswith(f"{lines[0].status:<7}  {lines[0].check}")
    assert fake.asked == [("doctor", (), {"full": True})]


def test_a_check_up_comes_in_every_form(fake: FakeTimeline, run: Run) -> None:
    fake.answers["doctor"] = Checkup(database="/d/facts.db", lines=(WELL, WARNED), full=False)
    row = {"check": "permissions", "status": "warning", "what": WARNED.what, "fix": WARNED.fix}
    document = json.loads(run("doctor", "--json").out)
    assert {**document, "checks": document["checks"][1:]} == {
        "schema": "timeline.doctor/1",
        "database": "/d/facts.db",
        "full": False,
        "checks": [row],
    }
    assert json.loads(run("doctor", "--jsonl").out.splitlines()[1]) == row
    assert list(csv.DictReader(io.StringIO(run("doctor", "--format", "csv").out)))[1] == row
