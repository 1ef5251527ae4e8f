"""Ways in which a process can be made to die, or to fail: before a given step, or by the size of what it writes.

A step is counted where it can be seen without changing the program: SQLite tells of each statement before it runs it,
and Python of each file before it is touched. Between two writes of one statement a process dies by a limit on the size
of its files, whose signal ends it as abruptly as SIGKILL does.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from timeline.store import driver

if TYPE_CHECKING:
    from collections.abc import Callable
    from sqlite3 import Connection

STATEMENT = "statement"
"""A statement of SQL is about to run, that of a trigger included."""
COMMIT = "commit"
"""A transaction is about to be committed."""
FILE = "file"
"""A file or folder beside the database is about to be opened, renamed, removed or made by Python."""
OUTPUT = "output"
"""Something is about to be printed."""
SEAMS = (STATEMENT, COMMIT, FILE, OUTPUT)
SIZE = "size"
"""A file is about to grow beyond so many bytes."""
TIME = "time"
"""So many seconds have passed."""

ERROR = "error"
"""A write beyond so many bytes of a file fails, as on a disk that has a fault there."""
FULL = "full"
"""The database cannot have more than so many pages, as on a disk that is full."""
FAULTS = (ERROR, FULL)
"""Of these a process does not die: it has to say what is wrong."""

_TOUCHES = frozenset(("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.link"))


class Death(NamedTuple):
    """When a process dies.

    Attributes:
        seam: of what `at` is the number; "" for a process that is left alone.
        at: for a seam the number of the step that is no longer done, from 1; bytes or seconds for the others.
    """

    seam: str = ""
    at: float = 0


class Steps:
    """Counts steps, and ends the process at the one where it is to die.

    Attributes:
        counts: number of steps so far by seam.
    """

    def __init__(self, death: Death) -> None:
        self.counts: Counter[str] = Counter()
        self._death = death

    def step(self, seam: str) -> None:
        """Count a step that is about to be done."""
        self.counts[seam] += 1
        if seam == self._death.seam and self.counts[seam] == self._death.at:
            os.kill(os.getpid(), signal.SIGKILL)


def await_death(death: Death, folder: str) -> Steps:
    """Let this process die so; what it does to files is counted only below a folder."""
    steps = Steps(death)
    _watch_statements(steps, int(death.at) if death.seam == FULL else 0)
    _watch_files(steps, folder)
    _watch_output(steps)
    if death.seam == SIZE:
        # Python ignores the signal, so that a write beyond the limit fails; as the system has it, the process ends.
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    if death.seam in (SIZE, ERROR):
        limit_size(int(death.at))
    return steps


def limit_size(size: int) -> None:
    """Let no file of this process grow beyond so many bytes, and leave no memory dump behind."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def _watch_statements(steps: Steps, most_pages: int) -> None:
    connect: Callable[..., Connection] = driver.connect

    def told(sql: str) -> None:
        steps.step(STATEMENT)
        if sql.upper().startswith("COMMIT"):
            steps.step(COMMIT)

    def watched(*arguments: Any, **options: Any) -> Connection:  # noqa: ANN401 - those of another function
        connection = connect(*arguments, **options)
        if most_pages:
            connection.execute(f"PRAGMA max_page_count = {most_pages}").fetchone()
        connection.set_trace_callback(told)
        return connection

    driver.connect = watched


def _watch_files(steps: Steps, folder: str) -> None:
    def told(event: str, arguments: tuple[object, ...]) -> None:
        if event in _TOUCHES and str(arguments[0]).startswith(folder):
            steps.step(FILE)

    sys.addaudithook(told)


def _watch_output(steps: Steps) -> None:
    write = sys.stdout.write

    def watched(text: str) -> int:
        steps.step(OUTPUT)
        return write(text)

    sys.stdout.write = watched  # type: ignore[method-assign]  # of this process only, which ends soon
