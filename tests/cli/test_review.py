"""`timeline review`: keys on a real terminal, answers in a file, what is written, and the load."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import stat
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

import timeline
from tests.cli.fake import Ended, Run
from tests.reviewable import DRAFT, lay, recorded
from timeline import Timeline
from timeline.cli import main
from timeline.cli.answering import words

ROOT = Path(timeline.__file__).parent.parent
PATIENCE = 30


@pytest.fixture
def draft(tmp_path: Path) -> str:
    """A draft beside a database that knows some of it."""
    recorded(tmp_path)
    return lay(tmp_path)


@pytest.fixture
def answer(tmp_path: Path, draft: str, capfd: pytest.CaptureFixture[str]) -> Run:
    """Review the draft by lines of answers."""

    def run(lines: str, *more: str) -> Ended:
        (tmp_path / "answers").write_text(lines, "utf-8")
        code = main(
            ["--db", str(tmp_path / "facts.db"), "review", draft, "--answers", str(tmp_path / "answers"), *more]
        )
        return Ended(code, *capfd.readouterr())

    return run


class Screen:
    """The command on a terminal of its own."""

    def __init__(self, draft: str, width: int = 80, **environment: str) -> None:
        database = str(Path(draft).parent / "facts.db")
        self.pid, self._terminal = pty.fork()
        if self.pid == 0:  # pragma: no cover - another process
            os.chdir(ROOT)
            words = ["-m", "timeline.cli", "--db", database, "review", draft]
            size = {"COLUMNS": str(width), "LINES": "40", "TERM": "xterm", "TIMELINE_DB": ""}
            os.execve(sys.executable, [sys.executable, *words], {**os.environ, **size, **environment})  # noqa: S606
        self.shown = ""

    def until(self, text: str) -> str:
        """What appears up to and with a text that is waited for."""
        start, end = len(self.shown), time.monotonic() + PATIENCE
        while text not in self.shown[start:]:
            ready, _, _ = select.select([self._terminal], [], [], max(end - time.monotonic(), 0))
            assert ready, f"{text!r} does not appear in {self.shown[start:]!r}"
            self.shown += self._read()
        return self.shown[start:]

    def press(self, keys: str, then: str = "? help") -> str:
        """Type something, and wait for a text."""
        if not keys.endswith("\n"):
            self._until_keys_are_read()
        os.write(self._terminal, keys.encode())
        return self.until(then)

    def end(self) -> int:
        """The exit code, with all that is left to see."""
        while more := self._read():
            self.shown += more
        os.close(self._terminal)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def _until_keys_are_read(self) -> None:
        """What is typed before is dropped, so that nobody decides about something not seen yet."""
        end = time.monotonic() + PATIENCE
        while termios.tcgetattr(self._terminal)[3] & termios.ICANON:
            assert time.monotonic() < end, "no key is waited for"
            time.sleep(0.005)

    def _read(self) -> str:
        try:
            return os.read(self._terminal, 65536).decode("utf-8", "replace").replace("\r\n", "\n")
        except OSError:
            return ""  # the other side is closed


def test_a_draft_is_gone_through_by_keys_written_and_loaded(draft: str, tmp_path: Path) -> None:
    screen = Screen(draft, NO_COLOR="1")
    first = screen.until("? help")
    assert "3 facts, 2 candidates; 5 to decide\n? the zone is that of the exchange\n" in first
    assert (
        "¶2 On >>January 8<<, Halden bought back >>1.25 million<< shares for about >>HKD\n   52.5 million<<," in first
    )
    assert "corroborates what is recorded\n  known from halden-disclosure\n" in first
    assert "kept: buyback.executed  bought" in screen.press("k")
    assert "FIELD=VALUE" in screen.press("e", "back): ")
    assert "edited and kept: target.set  goal\n  value  410,000\n" in screen.press("value=410,000\n")
    assert "dropped: result.reported  sales" in screen.press("d")
    screen.press("x", "Enter: back): ")
    assert "left out: “5%” in paragraph 4" in screen.press("an advertisement\n")
    screen.press("x", "Enter: an advertisement): ")
    plan = screen.press("\n", "q not now")
    assert "A load of 2 facts: 1 backed up by what is recorded, 1 new." in plan
    assert "1 source new" in screen.press("y", "1 source new")
    assert screen.end() == 0
    assert not re.search(r"\x1b\[[\d;]*m", screen.shown)
    written = (tmp_path / "halden.confirmed.yaml").read_text("utf-8")
    assert "shares: 1.25 million  # as in the headline\n" in written
    assert written.count("reason: an advertisement") == 2
    rows = Timeline.open(tmp_path / "facts.db").events(source="halden-goal").rows
    assert {row["kind"] for row in rows} == {"source.recorded", "buyback.executed", "target.set"}


def test_a_narrow_terminal_gets_narrow_lines(draft: str) -> None:
    screen = Screen(draft, width=40, NO_COLOR="1")
    lines = screen.until("? help").split("\n")
    assert max(map(len, lines)) <= 40
    assert "¶2 On >>January 8<<, Halden bought back" in lines
    screen.press("q", "goes on")
    assert screen.end() == 0


def test_quotes_are_coloured_where_colours_are_wanted(draft: str) -> None:
    screen = Screen(draft, NO_COLOR="")
    assert "On \x1b[1;7mJanuary 8\x1b[0m, Halden" in screen.until("? help")
    screen.press("q", "goes on")
    assert screen.end() == 0


def test_a_kill_loses_nothing_and_the_next_run_goes_on_and_undoes(draft: str) -> None:
    screen = Screen(draft, NO_COLOR="1")
    screen.until("? help")
    screen.press("k")
    screen.press("d")
    os.kill(screen.pid, signal.SIGKILL)
    assert screen.end() == -signal.SIGKILL
    again = Screen(draft, NO_COLOR="1")
    assert "fact 3 of 5" in again.until("? help")
    assert "undone: target.set  goal" in again.press("u")
    assert "undone: buyback.executed  bought" in again.press("u")
    assert "there is nothing to undo" in again.press("u")
    again.press("\x03", "interrupted")
    assert again.end() == 130
    assert "5 of 5 left; timeline --db" in again.shown


def test_only_the_first_of_several_keys_counts_and_unknown_ones_do_nothing(draft: str) -> None:
    screen = Screen(draft, NO_COLOR="1")
    screen.until("? help")
    assert "fact 2 of 5" in screen.press("kkk")
    shown = screen.press("z")
    assert "fact" not in shown
    assert "left" in screen.press("\x04", "goes on")
    assert screen.end() == 0
    assert "4 of 5 left" in screen.shown


def test_what_is_wrong_is_told_and_asked_again(draft: str) -> None:
    screen = Screen(draft, NO_COLOR="1")
    screen.until("? help")
    screen.press("e", "back): ")
    assert "error[field-unknown]: buyback.executed has no field 'valu'\n  valu=5\n  ^^^^\n" in screen.press("valu=5\n")
    screen.press("e", "back): ")
    assert "error[words-open]" in screen.press("note='a\n")
    screen.press("e", "back): ")
    assert "fact 1" not in screen.press(".\n")
    screen.press("q", "5 of 5 left")
    assert screen.end() == 0


def test_an_empty_line_opens_the_editor_until_it_will_do(draft: str, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text(
        f"#!{sys.executable}\nimport sys, pathlib\nfile = pathlib.Path(sys.argv[1]); text = file.read_text('utf-8')\n"
        "new = text.replace('1.25 million', 'many') if '1.25' in text else text.replace('many', '1.3 million')\n"
        "file.write_text(new, 'utf-8')\n"
    )
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    screen = Screen(draft, NO_COLOR="1", EDITOR=str(editor), VISUAL="")
    screen.until("? help")
    screen.press("e", "back): ")
    assert "'many'" in screen.press("\n", "Edit it again? [Y/n]: ")
    assert "  shares  1.3 million  (1,250,000 to 1,350,000 shares)\n" in screen.press("\n")
    screen.press("q", "goes on")
    assert screen.end() == 0


def test_the_list_leads_to_any_entry_and_the_help_tells_the_keys(draft: str) -> None:
    screen = Screen(draft, NO_COLOR="1")
    screen.until("? help")
    assert "u undo       the last decision" in screen.press("?")
    assert "3  ·         result.reported  sales\n" in screen.press("l", "back): ")
    assert "fact 3 of 5" in screen.press("3\n")
    assert "later: result.reported  sales" in screen.press("s")
    assert "candidate 5 of 5" in screen.press("n")
    assert "kept: 2 candidates" in screen.press("a")
    screen.press("q", "3 of 5 left")
    assert screen.end() == 0


def test_a_pipe_is_refused_with_the_way_out(draft: str) -> None:
    words = [sys.executable, "-m", "timeline.cli", "review", draft]
    ended = subprocess.run(words, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "There is no terminal to ask on; add --answers FILE" in ended.stderr
    assert not Path(f"{draft}.review").exists()


def test_answers_decide_in_order_and_only_a_y_or_yes_loads(answer: Run, tmp_path: Path) -> None:
    made = "f result.reported metric=revenue period=2025-Q4 change=5% occurred=2026-01-09"
    ended = answer(f'# the first\nk\n\ne value="410,000"\nd\n{made}\nx an advertisement\n')
    assert ended.code == 0
    assert "A load of 3 facts: 2 backed up by what is recorded, 1 new.\n" in ended.out
    path = tmp_path / "halden.confirmed.yaml"
    assert f"not loaded; later: timeline --db {tmp_path / 'facts.db'} load {path}" in ended.err
    assert "\n  - key: result-reported-4\n" in path.read_text("utf-8")
    assert len(Timeline.open(tmp_path / "facts.db").sources().rows) == 1
    assert "1 source new" in answer("", "--yes").out
    assert "Nothing to load: all of it is recorded." in answer("", "--yes").out


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("value=about HKD 52.4 million price=", ["value=about HKD 52.4 million", "price="]),
        ('note="a = b" said_by=Ida  Moe', ["note=a = b", "said_by=Ida Moe"]),
        ("buyback.executed halden shares=5 million", ["buyback.executed", "halden", "shares=5 million"]),
        ("", []),
    ],
)
def test_a_value_goes_on_up_to_the_next_field(line: str, told: list[str]) -> None:
    assert words(line) == told


def test_answers_may_go_on_after_the_last_decision(answer: Run, tmp_path: Path) -> None:
    answer("k\nd\nd\nd\nd\n")
    ended = answer("u\nk\ny\n")
    assert ended.code == 0
    assert "1 source new" in ended.out
    assert "quote: January 9" in (tmp_path / "halden.confirmed.yaml").read_text("utf-8")


def test_answers_that_run_out_are_told_and_those_before_hold(answer: Run) -> None:
    ended = answer("k\nd\n")
    assert ended.code == 1
    assert "3 of 5 left; timeline --db" in ended.err
    assert answer("q\n").code == 0
    assert "2 of 5 left" in answer("k\nq\n").err


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("k\nkeep\n", "answer in line 2: 'keep' is no answer here"),
        ("# a\nx an ad\n", "answer in line 2: 'x' is no answer here"),
        ("e shares=many\n", "answer in line 1: 'many'"),
        ("e\n", "answer in line 1: there is no editor without a terminal"),
        ("d\nd\nd\nx\n", "answer in line 4: what is left out needs a reason"),
        ("d\nd\nd\nf\n", "answer in line 4: a fact needs a kind"),
    ],
)
def test_a_wrong_answer_ends_with_4_and_its_line(answer: Run, tmp_path: Path, lines: str, told: str) -> None:
    ended = answer(lines)
    assert ended.code == 4
    assert told in ended.err
    assert not (tmp_path / "halden.confirmed.yaml").exists()


def test_another_file_is_not_replaced_unless_told_and_ones_own_is(answer: Run, tmp_path: Path) -> None:
    path = tmp_path / "halden.confirmed.yaml"
    path.write_text("mine\n", "utf-8")
    ended = answer("k\nd\nd\nd\nd\n")
    assert ended.code == 1
    assert f"{path} exists already" in ended.err
    assert path.read_text("utf-8") == "mine\n"
    assert answer("", "--force").code == 0
    assert answer("u\nk\n").code == 0
    assert "quote: January 9" in path.read_text("utf-8")
    path.write_text("mine\n", "utf-8")
    assert answer("").code == 1
    assert answer("", "--output", str(tmp_path / "other.yaml")).code == 0


def test_the_draft_itself_is_never_replaced(answer: Run, draft: str) -> None:
    ended = answer("k\nd\nd\nd\nd\n", "--output", draft, "--force")
    assert ended.code == 1
    assert "cannot replace their draft" in ended.err


def test_a_load_that_would_be_refused_ends_with_4_before_it_is_tried(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "answers").write_text("k\nk\nk\nd\nd\n", "utf-8")
    words = ["review", lay(tmp_path), "--answers", str(tmp_path / "answers"), "--yes"]
    assert main(["--db", str(tmp_path / "none.db"), *words]) == 4
    assert "error[company-unknown]" in capfd.readouterr().err
    assert not (tmp_path / "none.db").exists()


def test_on_a_terminal_one_can_go_back_from_a_load_that_would_be_refused(draft: str, tmp_path: Path) -> None:
    lay(tmp_path, DRAFT.replace("key: goal", "key: bought"))
    screen = Screen(draft, NO_COLOR="1")
    screen.until("? help")
    for key in "kkkd":
        screen.press(key)
    assert "give each fact of a source a key of its own" in screen.press("d", "l list · q quit")
    screen.press("u")
    screen.press("q", "goes on")
    assert screen.end() == 0


def test_what_would_act_on_a_terminal_is_shown_as_a_sign(draft: str, tmp_path: Path) -> None:
    lay(
        tmp_path,
        DRAFT.replace("said_by: Ida Moe", 'said_by: "Ida\\e[2J\\u202eMoe"').replace("key: goal", "key: go\u202eal"),
    )
    screen = Screen(draft, NO_COLOR="1")
    screen.until("? help")
    assert "go\\u202eal" in screen.press("k")
    screen.press("q", "goes on")
    assert screen.end() == 0
    assert "\u202e" not in screen.shown
