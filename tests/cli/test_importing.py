"""`timeline import` of a regulator's facts and of tables: what is asked of the database, and what is said after."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from timeline.app.importing.bulk import BulkReport
from timeline.cli.progress import progress
from timeline.dates import When
from timeline.errors import Problem
from timeline.event import Report
from timeline.topics.results import Reported

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.fake import FakeTimeline, Run

DONE = BulkReport(
    rows=1203,
    events_new=1200,
    unchanged=2,
    quarantined=0,
    new=(("result.reported", 1190), ("buyback.totalled", 10)),
    companies=("acme", "byd", "ford", "gm"),
    sources_new=1,
    position=1201,
)
BAD = Problem("value-malformed", "'x' is no number", file="f.json", line=7)


def test_facts_are_asked_for_and_counted(fake: FakeTimeline, run: Run) -> None:
    fake.answers["import_facts"] = DONE
    ended = run("--db", "my.db", "import", "sec-companyfacts", "a.json", "b")
    assert fake.asked == [
        (
            "import_facts",
            (("a.json", "b"),),
            {"strict": False, "quarantine": "a.json.quarantine.jsonl", "dry_run": False},
        )
    ]
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines() == [
        "1,203 rows: 1,200 events new, 2 already there",
        "  1,190  result.reported",
        "     10  buyback.totalled",
        "1 source new; the log is at position 1,201",
        "next:",
        "  timeline --db my.db show acme",
        "  timeline --db my.db show byd",
        "  timeline --db my.db show ford",
    ]


def test_a_table_is_asked_for_with_its_map(fake: FakeTimeline, run: Run) -> None:
    fake.answers["import_table"] = DONE
    assert run("import", "table", "a.csv", "--map", "m.yaml", "--strict").code == 0
    ((name, given, options),) = fake.asked
    assert (name, given) == ("import_table", (("a.csv",), "m.yaml"))
    assert options == {"strict": True, "quarantine": None, "dry_run": False}


def test_bad_rows_are_told_with_the_file_that_they_went_to_and_the_command_fails(fake: FakeTimeline, run: Run) -> None:
    fake.answers["import_facts"] = BulkReport(
        rows=3,
        events_new=1,
        unchanged=0,
        quarantined=2,
        new=(),
        companies=(),
        sources_new=1,
        position=2,
        problems=(BAD,),
    )
    ended = run("import", "sec-companyfacts", "f.json", "--quarantine", "bad.jsonl")
    assert ended.code == 1
    assert "f.json:7: error[value-malformed]: 'x' is no number" in ended.err
    assert "2 rows refused; each is in bad.jsonl" in ended.err
    assert ended.out.startswith("3 rows: 1 event new")


def test_a_company_that_cannot_be_folded_is_told_and_the_command_fails(fake: FakeTimeline, run: Run) -> None:
    fake.answers["import_facts"] = replace(DONE, failed=("results of acme cannot be worked out",))
    ended = run("import", "sec-companyfacts", "f.json")
    assert (ended.code, ended.err) == (1, "results of acme cannot be worked out\n")
    assert ended.out.startswith("1,203 rows")


def test_a_dry_run_shows_the_first_events_and_has_no_quarantine(fake: FakeTimeline, run: Run) -> None:
    day = When.parse("2024-12-31")
    first = Report(
        payload=Reported(metric="revenue", period=day, first="record"), key="k", company="acme", occurred=day
    )
    fake.answers["import_facts"] = BulkReport(
        rows=1,
        events_new=1,
        unchanged=0,
        quarantined=0,
        new=(),
        companies=(),
        sources_new=0,
        position=1,
        first=(first,),
    )
    ended = run("import", "sec-companyfacts", "f.json", "--dry-run")
    assert fake.asked[0][2] == {"strict": False, "quarantine": None, "dry_run": True}
    assert "1 event would be new" in ended.out
    assert "  2024-12-31  acme  result.reported  metric revenue, period 2024-12-31, first record" in ended.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("table", "a.csv"), "a table needs --map FILE"),
        (("sec-companyfacts", "a.json", "--map", "m"), "takes no --map"),
        (("sec-companyfacts",), "name the files"),
        (("log.jsonl", "--strict"), "--strict is for: timeline import sec-companyfacts or table FILE"),
        (("log.jsonl", "--quarantine", "q"), "--quarantine is for"),
    ],
)
def test_options_and_files_that_do_not_fit_are_refused(
    fake: FakeTimeline, run: Run, words: tuple[str, ...], said: str
) -> None:
    ended = run("import", *words)
    assert (ended.code, fake.asked) == (2, [])
    assert said in ended.err


def test_a_file_that_is_to_be_read_is_never_taken_as_the_quarantine(
    fake: FakeTimeline, run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "a.json"
    file.write_text("{}")
    ended = run("import", "sec-companyfacts", str(file), "--quarantine", f"{tmp_path}/./a.json")
    assert (ended.code, fake.asked) == (2, [])
    assert "is a file to be read" in ended.err


class Screen(io.StringIO):
    """A terminal that keeps what it is sent."""

    def isatty(self) -> bool:
        return True


def test_the_bar_tells_rows_a_second_and_begins_again_with_the_companies(monkeypatch: pytest.MonkeyPatch) -> None:
    now, screen = [1000.0], Screen()
    monkeypatch.setattr("time.time", lambda: now[0])
    monkeypatch.setattr("sys.stderr", screen)
    with progress("Importing", unit="rows") as told:
        now[0] += 2
        told("data/a.json", 4000, 16000)
        line = screen.getvalue().split("\r")[-1]
        assert " 25%  00:00:06  2,000 rows/s  a.json" in line
        now[0] += 2
        told("data/b.json", 20000, 0)
        assert "%" not in screen.getvalue().split("\r")[-1]
        told("acme", 1, 4)
        line = screen.getvalue().split("\r")[-1]
        assert " 25%  acme" in line
        assert "rows/s" not in line
