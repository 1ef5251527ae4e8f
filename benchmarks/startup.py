"""How long a command takes from the shell and back, beside a Python that only imports what any such command needs."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.ratio import Ratio
from timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parent.parent
ROUNDS = 21
GOAL = 2.0
BASE = "import click, sqlite3"


def measure() -> Iterator[Ratio]:
    """Help, and a company's page from its read models."""
    with TemporaryDirectory() as folder:
        database = str(Path(folder) / "facts.db")
        Timeline.open(database).load([str(ROOT / "fixtures")])
        commands = {
            "timeline --help": [*program(), "--help"],
            "timeline show xiaomi": [*program(), "--db", database, "show", "xiaomi"],
        }
        base, *times = taking_turns([[sys.executable, "-c", BASE], *commands.values()])
        for what, seconds in zip(commands, times, strict=True):
            yield Ratio(what, seconds, f"python -c '{BASE}'", base, GOAL)


def program() -> list[str]:
    """The console script of this environment, or what it does where the project is not installed."""
    script = Path(sys.executable).with_name("timeline")
    return [str(script)] if script.exists() else [sys.executable, "-c", "from timeline.cli import main; exit(main())"]


def taking_turns(commands: Sequence[Sequence[str]]) -> list[float]:
    """Median seconds of each; a first round, which compiles modules, does not count."""
    rounds = [[seconds(command) for command in commands] for _ in range(ROUNDS + 1)]
    return [median(taken) for taken in zip(*rounds[1:], strict=True)]


def seconds(command: Sequence[str]) -> float:
    """Of one run, with compiled modules kept as they are for users."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start
