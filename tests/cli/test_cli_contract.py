"""What other programs may rely on: arguments, streams, forms and exit codes, against a database that is not there."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

import timeline
from tests.cli.fake import BAD, FakeTimeline, Run, listing_with
from tests.render.acme import EVENTS, PAGE
from timeline.cli import program
from timeline.cli.commands import COMMANDS
from timeline.cli.schema import FORMATS
from timeline.errors import DatabaseUnusable, InvalidInput, NotFound, Problem, TimelineError, Unverified
from timeline.intake.schemas import SCHEMAS

ROOT = Path(timeline.__file__).parent.parent
READING = {
    "show": ["show", "acme"],
    "events": ["events"],
    "event": ["event", "3b"],
    "why": ["why", "acme", "buybacks.executions[0].shares"],
    "audit": ["audit"],
    "upcoming": ["upcoming"],
    "companies": ["companies"],
    "sources": ["sources"],
}


def test_help_names_every_command_with_the_help_that_the_command_has(run: Run) -> None:
    ended = run("--help")
    assert ended.code == 0
    for name, text in COMMANDS.items():
        command = program.get_command(click.Context(program), name)
        assert command is not None
        assert command.name == name
        assert command.short_help == text
        assert f"  {name:<{max(map(len, COMMANDS))}}  {text.rstrip('.')}\n" in ended.out


def test_help_loads_neither_the_program_nor_its_libraries() -> None:
    code = "import sys; from timeline.cli import main; main(['--help']); print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert "click" in loaded
    assert {"msgspec", "sqlite3", "timeline.app", "timeline.page", "timeline.cli.show", "json"}.isdisjoint(loaded)


def test_the_version_is_told(run: Run) -> None:
    assert run("--version") == (0, f"timeline {timeline.__version__}\n", "")


def test_a_misspelt_command_is_usage_with_a_suggestion(run: Run) -> None:
    ended = run("shwo")
    assert ended.code == 2
    assert ended.out == ""
    assert "Did you mean 'show'?" in ended.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("show",),
        ("events", "--format", "xml"),
        ("events", "--json", "--format", "csv"),
        ("events", "--jsonl", "--format", "json"),
        ("show", "acme", "--table", "targets"),
        ("show", "acme", "targets", "--table", "targets"),
        ("show", "acme", "targets", "--format", "csv", "--table", "target"),
        ("audit", "figurines", "acme"),
        ("completion", "tcsh"),
        ("load",),
    ],
)
def test_wrong_usage_ends_with_2_and_writes_no_data(run: Run, arguments: tuple[str, ...]) -> None:
    ended = run(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert "Error: " in ended.err


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (TimelineError("it broke"), 1, "error: it broke\n"),
        (DatabaseUnusable("locked", "try again"), 1, "error: locked\nfix: try again\n"),
        (NotFound("company", "acmee", ["acme"]), 3, "error: no company called 'acmee'\nfix: did you mean acme?\n"),
        (
            InvalidInput([Problem("date", "no month 13", "use 01 to 12", "a.yaml", 3, 7, "  on: 2026-13", 7)]),
            4,
            (
                "a.yaml:3:7: error[date]: no month 13\n    on: 2026-13\n        ^^^^^^^\n  fix: use 01 to 12\n"
                "1 error; nothing was written\n"
            ),
        ),
        (InvalidInput([Problem("moment", "no day 31 in June")]), 4, "error[moment]: no day 31 in June\n"),
        (Unverified("the log was rewritten"), 5, "error: the log was rewritten\n"),
        (KeyboardInterrupt(), 130, "\ninterrupted\n"),
    ],
)
def test_each_failure_has_its_exit_code_and_says_why_beside_the_data(
    fake: FakeTimeline, run: Run, error: BaseException, code: int, message: str
) -> None:
    fake.answers["show"] = error
    assert run("show", "acme") == (code, "", message)


@pytest.mark.parametrize("command", READING)
def test_every_reading_command_answers_in_every_form(run: Run, command: str) -> None:
    for form in ("text", "json", "jsonl", "csv"):
        code, out, err = run(*READING[command], "--format", form)
        assert (code, err) == (0, "")
        assert out
        if form == "json":
            assert json.loads(out)["schema"].startswith("timeline.")
        if form == "jsonl":
            assert all(json.loads(line) for line in out.splitlines())
        if form == "csv":
            assert len({len(row) for row in csv.reader(io.StringIO(out), strict=True)}) == 1
    assert run(*READING[command], "--json").out == run(*READING[command], "--format", "json").out
    assert run(*READING[command], "--jsonl").out == run(*READING[command], "--format", "jsonl").out


@pytest.mark.parametrize("command", ["show", "events", "audit", "upcoming", "companies", "sources"])
def test_both_clocks_reach_the_program_as_typed(fake: FakeTimeline, run: Run, command: str) -> None:
    run(*READING[command], "--as-of", "2025-06-30", "--as-recorded", "7")
    _, _, asked = fake.asked[-1]
    assert (asked["as_of"], asked["as_recorded"]) == ("2025-06-30", "7")


def test_forms_without_room_for_the_basis_name_it_beside_the_data(fake: FakeTimeline, run: Run) -> None:
    fake.answers["events"] = EVENTS
    assert run("events", "--format", "csv", "--as-of", "2026-01-31").err == "as of 2026-01-31, log to position 41\n"


def test_arguments_reach_the_program(fake: FakeTimeline, run: Run) -> None:
    run("show", "acme", "targets")
    run("events", "acme", "--kind", "target.set", "--source", "wire")
    run("upcoming", "--today", "2026-05-02")
    run("event", "3b7c")
    run("load", "a.yaml", "folder", "--dry-run")
    clocks = {"as_of": None, "as_recorded": None}
    assert fake.asked == [
        ("show", ("acme", "targets"), clocks),
        ("events", ("acme",), {"kind": "target.set", "source": "wire", **clocks}),
        ("upcoming", (None,), {"today": "2026-05-02", **clocks}),
        ("event", ("3b7c",), {"as_of": None, "as_recorded": None}),
        ("load", (("a.yaml", "folder"),), {"correct": None, "retract_missing": None, "dry_run": True}),
    ]


@pytest.mark.parametrize(
    ("arguments", "company"),
    [((), None), (("acme",), "acme"), (("targets",), None), (("targets", "acme"), "acme")],
)
def test_an_audit_takes_its_name_and_a_company_both_optional(
    fake: FakeTimeline, run: Run, arguments: tuple[str, ...], company: str | None
) -> None:
    assert run("audit", *arguments).code == 0
    assert fake.asked[-1][:2] == ("audit", (company,))


def test_show_without_a_company_says_how_to_find_one(run: Run) -> None:
    assert "Name a company, as in `timeline show xiaomi`; `timeline companies` lists them." in run("show").err


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_help_of_a_command_fits_a_screen_and_ends_with_examples(run: Run, command: str) -> None:
    lines = run(*command.split(), "--help").out.splitlines()
    assert max(map(len, lines)) <= 80
    assert len(lines) <= (36 if command else 54)
    assert "  Examples:" in lines
    assert all(line.startswith("    ") for line in lines[lines.index("  Examples:") + 1 :])


def test_findings_of_severity_error_end_with_1(fake: FakeTimeline, run: Run) -> None:
    fake.answers["events"] = listing_with(BAD)
    ended = run("events")
    assert ended.code == 1
    assert "error[sum-off]: 3 + 4 is not 8" in ended.out


def test_a_stopped_topic_ends_with_1_and_is_told_beside_the_data(fake: FakeTimeline, run: Run) -> None:
    fake.answers["show"] = PAGE
    assert run("show", "acme").code == 1
    ended = run("show", "acme", "--format", "csv")
    assert ended.code == 1
    assert ended.err.startswith("stopped: charges: event 7777aaaa (charge.announced) cannot be read")


def test_one_table_of_a_topic_comes_as_a_rectangle(run: Run) -> None:
    out = run("show", "acme", "targets", "--format", "csv", "--table", "targets").out
    assert out.splitlines()[0] == "metric,period,unit,status"


def test_the_database_is_named_before_or_after_the_command_or_by_the_environment(
    fake: FakeTimeline, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(*arguments: str) -> object:
        assert run(*arguments).code == 0
        return fake.db

    assert opened("companies") is None
    assert opened("--db", "before.db", "companies") == "before.db"
    assert opened("companies", "--db", "after.db") == "after.db"
    assert opened("--db", "before.db", "companies", "--db", "after.db") == "after.db"
    monkeypatch.setenv("TIMELINE_DB", "named.db")
    assert opened("companies") == "named.db"


def test_a_load_ends_with_what_is_new_what_was_there_and_what_to_try(run: Run) -> None:
    code, out, err = run("load", "fixtures")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "2 files: 15 events new, 4 already there",
        "  12  target.set",
        "   3  buyback.executed",
        "2 sources new; the log is at position 41",
        "next:",
        "  timeline show acme",
        "  timeline audit targets acme",
        "  timeline upcoming",
    ]


def test_what_to_try_next_names_the_database_that_was_loaded(run: Run) -> None:
    assert "  timeline --db 'my own.db' show acme\n" in run("--db", "my own.db", "load", "fixtures").out


def test_a_dry_run_says_what_would_be_new(run: Run) -> None:
    out = run("load", "fixtures", "--dry-run").out
    assert "15 events would be new" in out
    assert "next:" not in out


def test_a_rebuild_says_how_much_was_not_as_the_log_says(fake: FakeTimeline, run: Run) -> None:
    assert run("rebuild").out == "1,200 sections of 3 companies rebuilt, none changed\n"
    fake.answers["rebuild"].changed = 2
    assert run("rebuild").out == "1,200 sections of 3 companies rebuilt, 2 changed\n"


def test_the_schema_is_json(fake: FakeTimeline, run: Run) -> None:
    assert json.loads(run("schema").out) == fake.answers["schema"]
    assert run("schema", "map").code == 0
    assert [args for _, args, _ in fake.asked] == [("fixture",), ("map",)]
    assert run("schema", "maps").code == 2


def test_a_schema_can_be_had_of_every_format() -> None:
    assert tuple(SCHEMAS) == FORMATS
