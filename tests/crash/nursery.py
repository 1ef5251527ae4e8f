"""A process that has the program imported and forks a child for each command, so that a thousand deaths take minutes.

It opens no database itself: SQLite forbids that a connection is carried into a child. Several of its constants are
made small here, so that a few events take as many steps as a million would.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import traceback
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from tests.crash.deaths import TIME, Death, await_death

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).parents[2]
SMALL = {
    "timeline.app.importing.bulk.BATCH": 6,
    "timeline.app.importing.settling._FEW": 1,
    "timeline.app.rebuilding.rebuild.MANY_COMPANIES": 1,
    "timeline.app.rebuilding.rebuild._SPAN": 7,
    "timeline.app.searching.indexing._SPAN": 9,
    "timeline.store.append._BATCH": 4,
    "timeline.store.copying._STEP_PAGES": 16,
    "timeline.store.replica.MANY_EVENTS": 5,
    "timeline.store.restore._BATCH": 4,
}
"""Sizes of steps, by their full names."""

_CRASHED = 70
_NEEDED = (
    "timeline.cli",
    "timeline.app.facade",
    "timeline.store.writer",
    "timeline.store.migration",
    "tests.crash.look",
)
_LONGEST = 60
"""Seconds after which a child that hangs is killed."""


class Ended(NamedTuple):
    """How a child ended.

    Attributes:
        code: exit code; negative where a signal ended it.
        out: what it printed.
        err: what it said.
        answer: what the function gave that was called, or the number of steps by seam.
    """

    code: int
    out: str
    err: str
    answer: Any

    @property
    def killed(self) -> bool:
        """Whether it died as it was to."""
        return self.code in (-signal.SIGKILL, -signal.SIGXFSZ)


class Nursery:
    """The process, as others see it; to be closed after use.

    Args:
        folder: for what children print.
        standard: use the SQLite of Python's standard library, whatever else is installed.
    """

    def __init__(self, folder: Path, *, standard: bool = False) -> None:
        self._folder = folder
        command = [sys.executable, "-m", "tests.crash.nursery", "standard" if standard else "best"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(folder), "TIMELINE_ACTOR": "tester"}
        self._process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(self, *arguments: str, death: Death = Death(), stdin: str = os.devnull) -> Ended:  # noqa: B008 - a value
        """Run a command of the program, `arguments` being what is typed behind its name."""
        return self._asked({"arguments": arguments, "death": death, "stdin": stdin})

    def call(self, function: str, *arguments: object) -> Any:  # noqa: ANN401 - as the function
        """What a function gives that is named `module:name`, called with plain JSON in a child of its own."""
        ended = self._asked({"function": function, "arguments": arguments, "death": Death()})
        assert ended.code == 0, ended.err
        return ended.answer

    def _asked(self, request: dict[str, object]) -> Ended:
        asked, told = self._process.stdin, self._process.stdout
        assert asked is not None
        assert told is not None
        asked.write(json.dumps({**request, "folder": str(self._folder)}) + "\n")
        asked.flush()
        return Ended(**json.loads(told.readline()))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._process.communicate()


def _serve() -> None:
    for line in sys.stdin:
        request = json.loads(line)
        sys.stdout.write(json.dumps(_born(request)) + "\n")
        sys.stdout.flush()


def _born(request: dict[str, Any]) -> dict[str, Any]:
    """Fork a child, wait for its end, and tell of it."""
    files = {name: Path(request["folder"]) / f"child.{name}" for name in ("out", "err", "answer")}
    for file in files.values():
        file.write_bytes(b"")
    child = os.fork()
    if not child:
        _live(request, files)
    code = _end_of(child, Death(*request["death"]))
    out, err, answer = (file.read_text(encoding="utf-8", errors="replace") for file in files.values())
    return {"code": code, "out": out, "err": err, "answer": json.loads(answer) if answer else None}


def _end_of(child: int, death: Death) -> int:
    """Wait for a child, no longer than it may live."""
    ends = os.pidfd_open(child)
    if not select.select([ends], [], [], death.at if death.seam == TIME else _LONGEST)[0]:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    os.close(ends)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _live(request: dict[str, Any], files: dict[str, Path]) -> None:
    """The life of a child; it does not return."""
    code = _CRASHED
    try:
        for number, file in enumerate((request.get("stdin", os.devnull), files["out"], files["err"])):
            os.dup2(os.open(file, os.O_RDWR if number else os.O_RDONLY), number)
        answer, code = _called(request) if "function" in request else _commanded(request)
        files["answer"].write_text(json.dumps(answer), encoding="utf-8")
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:  # noqa: BLE001 - whatever it is, the child must not go on as another nursery
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _called(request: dict[str, Any]) -> tuple[object, int]:
    module, _, name = request["function"].partition(":")
    function: Callable[..., object] = getattr(import_module(module), name)
    return function(*request["arguments"]), 0


def _commanded(request: dict[str, Any]) -> tuple[object, int]:
    from timeline.cli import main

    arguments: Sequence[str] = request["arguments"]
    steps = await_death(Death(*request["death"]), request["folder"])
    code = main(arguments)
    return dict(steps.counts), code


def _prepare(which: str) -> None:
    """Import what commands need, and make steps small."""
    if which == "standard":
        sys.modules["pysqlite3"] = None  # type: ignore[assignment]  # so that importing it fails
    for module in _NEEDED:
        import_module(module)
    for name, value in SMALL.items():
        module, _, constant = name.rpartition(".")
        assert hasattr(import_module(module), constant), name
        setattr(import_module(module), constant, value)


if __name__ == "__main__":
    _prepare(sys.argv[1])
    _serve()
