"""What has to be so after a process was killed: nothing acknowledged is lost, nothing half there, nothing to repair."""

from __future__ import annotations

import json
import re
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.crash.trials import database_in

if TYPE_CHECKING:
    from tests.crash.deaths import Death
    from tests.crash.nursery import Ended, Nursery
    from tests.crash.trials import Place, Trial

State = dict[str, Any]

_BESIDE = ("-wal", "-shm", "-journal")
"""SQLite's own files, which come and go."""

_NOTHING_YET = ("no database at", "nothing was loaded into", "is of the older revision", "is not a database")
"""What reading commands say before the first commit, before an upgrade, and of what is to be restored."""

_REPLACED = re.compile(r"\.replaced-[0-9TZ]+(-\d+)?$")
"""How the name of a database ends that was kept when it was replaced; the time is another one each time."""

_UNFINISHED = ".unfinished"


class Undisturbed(NamedTuple):
    """What comes of a command that is left alone.

    Attributes:
        before: what it found.
        after: what it left.
        code: exit code.
        again: exit code of the same command after it.
        files: names of the files that it left, SQLite's own aside, without the times in them.
        output: what it wrote to a file; None for no file.
        seconds: how long it took.
        size: bytes of the database afterwards.
        steps: their number by seam.
    """

    before: State
    after: State
    code: int
    again: int
    files: frozenset[str]
    output: bytes | None
    seconds: float
    size: int
    steps: dict[str, int]

    def numbers(self, seam: str) -> range:
        """The steps of a seam, by their numbers."""
        return range(1, self.steps.get(seam, 0) + 1)


class Court:
    """Tries the deaths of one command.

    Args:
        place: of the input.
        nursery: of the processes.
        trial: the command.
        folder: emptied for each death.
    """

    def __init__(self, place: Place, nursery: Nursery, trial: Trial, folder: Path) -> None:
        self._nursery = nursery
        self._trial = trial
        self._folder = folder
        self._source = place.prepared(trial)
        self._words = place.words(trial.command, database_in(folder))
        self._copy = "".join(place.words(trial.copy))
        self._output = "".join(place.words(trial.output))
        self.undisturbed = self._left_alone()

    def judge(self, death: Death, *, looking: bool) -> bool:
        """Let the command die and see whether all is well; whether it did die before it was done.

        Args:
            death: when it dies.
            looking: whether a reading command is the next one, or the same command.

        Raises:
            AssertionError: something is not as it has to be.
        """
        self._begin()
        ended = self._run(death)
        assert ended.killed or ended.code == self.undisturbed.code, ended
        if looking:
            self._check_reading()
            self._check_state(self._look(), acknowledged=ended.code >= 0 or bool(ended.out))
        self._check_repetition(self._run())
        return ended.killed

    def fail(self, fault: Death) -> str:
        """Let the command meet a fault, and see that it says so, with a remedy, and that all is well; what it says.

        Raises:
            AssertionError: something is not as it has to be.
        """
        self._begin()
        ended = self._run(fault)
        assert ended.code == 1, ended
        assert "\nfix: " in ended.err, ended
        self._check_reading()
        self._check_state(self._look(), acknowledged=False)
        self._check_repetition(self._run())
        return ended.err

    def _left_alone(self) -> Undisturbed:
        self._begin()
        before = self._look()
        began = time.monotonic()
        ended = self._run()
        seconds = time.monotonic() - began
        assert ended.code == 0, ended
        after, files, output = self._look(), self._files(), self._written()
        again = self._run()
        assert self._look()["events"] == after["events"]
        size = database_in(self._folder).stat().st_size
        return Undisturbed(before, after, ended.code, again.code, files, output, seconds, size, ended.answer)

    def _begin(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        shutil.copytree(self._source, self._folder)
        for file in filter(None, (self._copy, self._output)):
            Path(file).unlink(missing_ok=True)

    def _run(self, death: Death | None = None) -> Ended:
        arguments = ("--db", str(database_in(self._folder)), *self._words)
        return self._nursery.run(*arguments, death=death) if death else self._nursery.run(*arguments)

    def _look(self, name: str = "") -> State:
        database = self._folder / name if name else database_in(self._folder)
        found: State = self._nursery.call("tests.crash.look:look", str(database))
        return found

    def _files(self) -> frozenset[str]:
        names = (file.name for file in self._folder.iterdir() if not file.name.endswith(_BESIDE))
        return frozenset(_REPLACED.sub(".replaced", name) for name in names)

    def _kept(self, mark: str) -> list[State]:
        """The complete databases whose names hold this."""
        names = (file.name for file in self._folder.iterdir() if not file.name.endswith(_BESIDE))
        return [self._look(name) for name in names if mark in name and _UNFINISHED not in name]

    def _written(self) -> bytes | None:
        return Path(self._output).read_bytes() if self._output and Path(self._output).exists() else None

    def _check_reading(self) -> None:
        """The log verifies, with all that is stored beside it, as soon as there is one."""
        ended = self._nursery.run("--db", str(database_in(self._folder)), "audit", "log", "--json")
        if ended.code == 1:
            assert any(text in ended.err for text in _NOTHING_YET), ended
            return
        assert ended.out, ended
        errors = {each["rule"] for each in json.loads(ended.out)["findings"] if each["severity"] == "error"}
        assert not errors, errors

    def _check_state(self, state: State, *, acknowledged: bool) -> None:
        """All of the command, nothing of it, or whole transactions of its appends."""
        before, after = self.undisturbed.before, self.undisturbed.after
        replaced = self._kept(".replaced-")
        assert all(each == before for each in (*replaced, *self._kept(".before-")))
        if self._trial.whole:
            # What no database can be made of is put aside as a whole before another takes its name.
            aside = not self._files() & {database_in(self._folder).name} and replaced
            assert aside or state in (before, after)
            assert not acknowledged or state == after
        else:
            self._check_appended(state, acknowledged=acknowledged)
        if self._copy and Path(self._copy).exists():
            assert self._look(self._copy) == before
        assert self._written() in (None, self.undisturbed.output)
        self._check_told(state)

    def _check_appended(self, state: State, *, acknowledged: bool) -> None:
        """All of the events, or those up to the end of a transaction."""
        before, after = self.undisturbed.before, self.undisturbed.after
        events = state["events"]
        # Content that goes with an erasure is there until that is.
        appended = before["events"] + after["events"][len(before["events"]) : len(events)]
        assert events in (appended, after["events"][: len(events)]), events
        assert len(events) in {len(before["events"]), *after["ends"]}
        assert state["ends"][-1:] == [len(events)][: len(events)]
        assert state["revision"] in (before["revision"], after["revision"])
        if acknowledged:
            assert (events, state["ends"]) == (after["events"], after["ends"])

    def _check_told(self, state: State) -> None:
        """What is neither as it was nor as it will be is told, and so is each file that was left."""
        lines = self._doctors()
        fixes = " ".join(line["fix"] for line in lines)
        for name in (file.name for file in self._folder.iterdir() if _UNFINISHED in file.name):
            assert name in fixes, (name, lines)
        if state["events"] and state["stored"] not in (
            self.undisturbed.before["stored"],
            self.undisturbed.after["stored"],
        ):
            told = [line["check"] for line in lines if line["status"] == "warning"]
            assert {"revision", "models", "words", "rebuild"} & set(told), lines

    def _doctors(self) -> list[dict[str, Any]]:
        ended = self._nursery.run("--db", str(database_in(self._folder)), "doctor", "--json")
        lines: list[dict[str, Any]] = json.loads(ended.out)["checks"]
        return lines

    def _check_repetition(self, ended: Ended) -> None:
        """The same command, then, leaves what it would have left undisturbed."""
        assert ended.code in (self.undisturbed.code, self.undisturbed.again), ended
        state, after = self._look(), self.undisturbed.after
        assert state["events"] == after["events"]
        assert state["revision"] == after["revision"]
        assert state["stored"] == after["stored"]
        assert self._files() == self.undisturbed.files
        assert self._written() == self.undisturbed.output
        assert all(each in (self.undisturbed.before, after) for each in self._kept(".replaced-"))
        self._check_reading()
        if self._trial.gone:
            left = [file.name for file in self._folder.iterdir() if self._trial.gone.encode() in file.read_bytes()]
            assert left == []
