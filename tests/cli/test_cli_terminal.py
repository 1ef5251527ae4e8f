"""How the command line behaves on a terminal, in a pipe and in a shell that completes."""

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

import timeline
from tests.cli.fake import FakeTimeline, Run
from timeline.cli import main
from timeline.errors import DatabaseUnusable

ROOT = Path(timeline.__file__).parent.parent


def terminal(monkeypatch: pytest.MonkeyPatch, stream: str = "stdout") -> None:
    monkeypatch.setattr(getattr(sys, stream), "isatty", lambda: True)


def test_what_is_piped_is_plain_and_80_wide(run: Run) -> None:
    head = run("show", "acme").out.splitlines()
    assert "\x1b" not in "".join(head)
    assert max(map(len, head)) == 80


def test_the_width_is_as_asked_or_the_terminals(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert max(map(len, run("show", "acme", "--width", "120").out.splitlines())) == 120
    monkeypatch.setenv("COLUMNS", "100")
    assert max(map(len, run("show", "acme").out.splitlines())) == 100


@pytest.mark.parametrize(
    ("arguments", "environment", "coloured"),
    [
        ((), {}, True),
        ((), {"NO_COLOR": "1"}, False),
        ((), {"NO_COLOR": ""}, True),
        ((), {"TERM": "dumb"}, False),
        (("--color", "never"), {}, False),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
    ],
)
def test_a_terminal_gets_colour_unless_somebody_objects(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    environment: dict[str, str],
    *,
    coloured: bool,
) -> None:
    terminal(monkeypatch)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[1m" in run(*arguments, "show", "acme", "--no-pager").out) is coloured
    assert ("\x1b[1m" in run("show", "acme", "--no-pager", *arguments).out) is coloured


def test_colour_can_be_asked_for_without_a_terminal(run: Run) -> None:
    assert "\x1b[1m" in run("show", "acme", "--color", "always").out


def test_a_pager_shows_what_is_longer_than_the_screen_and_nothing_else(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    paged: list[str] = []

    def pager(text: str, color: bool | None) -> None:  # noqa: FBT001 - as click calls it
        paged.append(f"{color} {text[:4]}")

    monkeypatch.setattr(click, "echo_via_pager", pager)
    monkeypatch.setenv("LINES", "10")
    run("show", "acme")
    assert paged == []
    terminal(monkeypatch)
    run("events")
    run("show", "acme", "--no-pager")
    run("show", "acme", "--json")
    assert paged == []
    monkeypatch.setenv("NO_COLOR", "1")
    assert run("show", "acme").out == ""
    assert paged == ["False ACME"]


def test_data_is_utf_8_whatever_the_terminals_encoding() -> None:
    code = (
        "import sys, timeline; from tests.cli.fake import FakeTimeline; from tests.render.acme import PAGE\n"
        "from timeline.cli import main\n"
        "timeline.Timeline = fake = FakeTimeline(); fake.answers['show'] = PAGE\n"
        "sys.exit(main(['show', 'acme', '--json']))"
    )
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, env=environment, check=False)
    assert ended.returncode == 1
    assert "火箭" in ended.stdout.decode("utf-8")


@pytest.mark.parametrize("arguments", [["--help"], ["show", "--help"], ["completion", "fish"]])
def test_a_reader_that_goes_away_is_no_failure(arguments: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "timeline.cli", *arguments],
            cwd=ROOT,
            stdout=writer,
            stderr=subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(writer)
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_a_load_shows_its_progress_on_a_terminal_beside_the_data(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal(monkeypatch, "stderr")
    ended = run("load", "fixtures")
    assert "acme.yaml" in ended.err
    assert "50%" in ended.err
    assert "acme.yaml" not in ended.out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_completion_script(run: Run, shell: str) -> None:
    assert f"{shell}_complete" in run("completion", shell).out


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("timeline sho", ["show"]),
        ("timeline show ac", ["acme"]),
        ("timeline audit tar", ["targets", "acme"]),
        ("timeline audit targets ac", ["acme"]),
        ("timeline events --format js", ["json", "jsonl"]),
        ("timeline events --kind target", ["target.set"]),
        ("timeline show acme buy", ["buybacks"]),
    ],
)
def test_the_shell_completes_commands_options_and_companies(
    run: Run, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], words: str, completed: list[str]
) -> None:
    del run
    monkeypatch.setenv("_TIMELINE_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split()) - 1))
    with pytest.raises(SystemExit):
        main([])
    assert [line.split(",")[1] for line in capfd.readouterr().out.splitlines()] == completed


def test_completion_asks_the_database_that_was_named_and_is_silent_where_it_cannot_be_read(
    fake: FakeTimeline, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    fake.answers["complete_companies"] = DatabaseUnusable("no database")
    monkeypatch.setenv("_TIMELINE_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "timeline --db my.db show ac")
    monkeypatch.setenv("COMP_CWORD", "4")
    with pytest.raises(SystemExit):
        main([])
    assert fake.db == "my.db"
    assert capfd.readouterr() == ("\n", "")


def test_the_demo_runs_what_it_prints_on_a_database_of_its_own(
    fake: FakeTimeline, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIMELINE_DB", "my-own.db")
    ended = run("demo")
    assert ended.code == 0
    assert fake.db == "timeline-demo.db"
    assert [name for name, _, _ in fake.asked] == ["load", "show", "audit"]
    assert [line.split("timeline-demo.db ")[1] for line in ended.out.splitlines() if line.startswith("$ ")] == [
        f"load {ROOT / 'fixtures'}",
        "show xiaomi",
        "audit targets xiaomi",
    ]


@pytest.mark.parametrize("arguments", [("--db", "named.db", "demo"), ("demo", "--db", "named.db")])
def test_the_demo_uses_the_database_that_is_named(fake: FakeTimeline, run: Run, arguments: tuple[str, ...]) -> None:
    run(*arguments)
    assert fake.db == "named.db"
