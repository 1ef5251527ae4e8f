"""`timeline erase`: what is shown and asked before, and what is told after."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from timeline.app.erase import Erasure
from timeline.errors import NotFound
from timeline.event import Report
from timeline.record import Erased

if TYPE_CHECKING:
    from tests.cli.fake import FakeTimeline, Run

FACT, CORRECTION = "3b7c" * 8, "9d2e" * 8
ROW = {"id": FACT, "kind": "target.set", "company": "acme", "occurred": "2026-01-08", "summary": "value 350,000"}
CORRECTED = {**ROW, "id": CORRECTION, "kind": "event.corrected", "occurred": None, "summary": "we erred: value 360,000"}
ERASURE = Report(payload=Erased(reason="legal"), key=f"erased:{FACT}", target=FACT)
BOTH = Erasure(event=FACT, rows=(ROW, CORRECTED), reports=(ERASURE,), effects=("what it corrected stands again",))
SHOWN = (
    "  3b7c3b7c3b7c  target.set  acme  2026-01-08  value 350,000\n"
    "  9d2e9d2e9d2e  event.corrected  acme  we erred: value 360,000\n"
    "what it corrected stands again\n"
)
CALL = ("erase", "3b7c", "--reason", "legal")


@pytest.fixture(autouse=True)
def erasure(fake: FakeTimeline) -> None:
    """Two events lose their content; an erasure names one of them already."""
    fake.answers["erase"] = BOTH


def dry_runs(fake: FakeTimeline) -> list[Any]:
    return [asked.get("dry_run", False) for _, _, asked in fake.asked]


def terminal(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    """A person sits there and answers so."""
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _prompt: answer)


def test_what_is_erased_is_shown_first_and_what_was_done_and_where_copies_may_be_is_told_last(
    fake: FakeTimeline, run: Run
) -> None:
    fake.answers["erase"] = replace(BOTH, copies=("/data/facts.db.before-0001",))
    ended = run(*CALL, "--note", "by order", "--yes")
    assert (ended.code, ended.err) == (0, SHOWN)
    assert ended.out.splitlines() == [
        f"erased 3b7c3b7c3b7c by event {ERASURE.id[:12]}",
        "erased 9d2e9d2e9d2e",
        "the database's files hold nothing of it any more",
        "older copies may be in:",
        "  /data/facts.db.before-0001",
        "  exports and proofs that were written earlier",
        "  backups, snapshots of the file system, and the disk's own free space",
        "  the fixture files themselves, and databases that took in an export",
    ]
    given = {"reason": "legal", "note": "by order"}
    assert fake.asked == [("erase", ("3b7c",), {**given, "dry_run": True}), ("erase", ("3b7c",), given)]


def test_on_a_terminal_a_person_is_asked_beside_the_data(
    fake: FakeTimeline, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal(monkeypatch, "y")
    ended = run(*CALL)
    assert (ended.code, dry_runs(fake)) == (0, [True, False])
    assert ended.err.startswith(SHOWN)
    assert "Erase" not in ended.out


def test_no_is_an_end_without_a_trace(fake: FakeTimeline, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal(monkeypatch, "n")
    assert (run(*CALL).code, dry_runs(fake)) == (130, [True])


def test_without_a_terminal_it_has_to_be_said_that_nobody_is_asked(fake: FakeTimeline, run: Run) -> None:
    ended = run(*CALL)
    assert (ended.code, ended.out, dry_runs(fake)) == (2, "", [True])
    assert "Nothing was erased: there is no terminal to ask on; add --yes." in ended.err


def test_a_dry_run_only_shows(fake: FakeTimeline, run: Run) -> None:
    assert run(*CALL, "--dry-run") == (0, "", SHOWN)
    assert dry_runs(fake) == [True]


def test_bytes_that_are_still_there_are_a_failure_that_tells_how_to_finish(fake: FakeTimeline, run: Run) -> None:
    fake.answers["erase"] = replace(BOTH, unfinished="another program has it open")
    ended = run("--db", "facts.db", "erase", "3b7c", "--reason", "we-erred", "--yes")
    assert ended.code == 1
    assert "hold nothing" not in ended.out
    assert ended.err.splitlines()[-2:] == [
        "error: bytes of it may still be in the database's files: another program has it open",
        "fix: mend that, then finish it with: timeline --db facts.db erase 3b7c3b7c3b7c --reason we-erred",
    ]


def test_where_nothing_is_left_nobody_is_asked_and_the_files_are_cleaned(fake: FakeTimeline, run: Run) -> None:
    fake.answers["erase"] = replace(BOTH, rows=(), reports=(), effects=())
    ended = run(*CALL)
    assert (ended.code, ended.err) == (0, "3b7c3b7c3b7c is erased already; only the files are cleaned\n")
    assert ended.out.startswith("the database's files hold nothing of it any more\n")
    assert dry_runs(fake) == [True, False]


def test_an_event_that_is_not_there_ends_with_3(fake: FakeTimeline, run: Run) -> None:
    fake.answers["erase"] = NotFound("event", "3b7c", ())
    assert run(*CALL, "--yes").code == 3


@pytest.mark.parametrize("words", [(), ("3b7c",), ("3b7c", "--reason", "shame")])
def test_an_event_and_a_reason_are_needed(run: Run, words: tuple[str, ...]) -> None:
    assert run("erase", *words, "--yes").code == 2


def test_its_help_fits_a_screen(run: Run) -> None:
    lines = run("erase", "--help").out.splitlines()
    assert len(lines) <= 36
    assert max(map(len, lines)) <= 80
