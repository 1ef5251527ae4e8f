"""Processes that work on one database at once, and what has to be so when all are done."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.concurrency.roles import GO, LAST, STOP, TOGETHER
from tests.laws import bases
from tests.laws.worlds import REGISTER, File, write
from timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[2]
FOREVER = ("read", "rebuild")
"""Roles that end when they are told to."""

_LONGEST = 300
_REGISTERED = len(REGISTER.facts) + 1


class Crowd:
    """Processes with a folder each.

    Args:
        folder: for everything.
        roles: one a process.
        loads: number of loads by each process that loads, and of corrections by each that corrects.
    """

    def __init__(self, folder: Path, roles: Sequence[str], loads: int) -> None:
        self.path = folder / "facts.db"
        self._folder = folder
        self._roles = roles
        self.last = _REGISTERED
        for number, role in enumerate(roles):
            (folder / str(number)).mkdir()
            self.last += self._write(number, role, loads)
        (folder / LAST).write_text(str(self.last), encoding="utf-8")

    def run(self) -> list[tuple[str, Any]]:
        """What each process saw, with its role, after all have ended well."""
        started = [self._start(number, role) for number, role in enumerate(self._roles)]
        try:
            (self._folder / GO).touch()
            # Those that go on and on are asked last.
            order = sorted(range(len(started)), key=lambda number: self._roles[number] in FOREVER)
            seen = {number: self._seen(number, started[number]) for number in order}
        finally:
            for process in started:
                process.kill()
                process.communicate()
        return [(role, seen[number]) for number, role in enumerate(self._roles)]

    def check(self) -> None:
        """The log has every event once and no gap, verifies, and all that is stored is what it says."""
        timeline = Timeline.open(self.path)
        rows = timeline.events().rows
        assert sorted(int(str(row["position"])) for row in rows) == list(range(1, self.last + 1))
        assert len({row["id"] for row in rows}) == self.last
        found = timeline.audit(only=["log"]).findings
        assert [str(each) for each in found if each.severity != "note"] == []

    def _seen(self, number: int, process: subprocess.Popen[str]) -> Any:  # noqa: ANN401 - any JSON
        if self._roles[number] in FOREVER:
            (self._folder / STOP).touch()
        out, err = process.communicate(timeout=_LONGEST)
        assert (process.returncode, err) == (0, ""), err
        return json.loads(out)

    def _start(self, number: int, role: str) -> subprocess.Popen[str]:
        words = [sys.executable, "-m", "tests.concurrency.roles", role, str(self.path), str(self._folder / str(number))]
        return subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def _write(self, number: int, role: str, loads: int) -> int:
        """The fixtures of a process; the number of events that they bring."""
        folder = self._folder / str(number)
        if role == "load":
            for each in range(loads):
                _fixture(folder / f"load-{each:03}", bought(f"wire-{number}-{each}"))
            return loads * (1 + 2 * TOGETHER)
        if role == "first":
            _fixture(folder / "register", REGISTER)
        if role == "correct":
            for each in range(loads + 1):
                _fixture(folder / f"correct-{each:03}", closed(f"close-{number}", each))
            return 2 + loads
        return 0


def bought(source: str) -> File:
    """A source that reports as many buybacks of one company as of the other."""
    facts = (
        {"key": f"{company}-{each}", "kind": "buyback.executed", "company": company, "occurred": "2025-03-01",
         "shares": f"{each} million", "venue": source}
        for company in ("acme", "globex")
        for each in range(1, TOGETHER + 1)
    )  # fmt: skip
    return File(_head(source), tuple(facts))


def closed(source: str, price: int) -> File:
    """A source that reports a closing price."""
    fact = {"key": "close", "kind": "price.observed", "company": "acme", "occurred": "2025-03-01", "what": "close"}
    return File(_head(source), ({**fact, "price": f"HKD {price + 1}"},))


def _head(source: str) -> dict[str, str]:
    return {"id": source, "kind": "news", "title": "Wire", "published": "2025-03-02", "zone": "UTC"}


def _fixture(folder: Path, file: File) -> None:
    folder.mkdir()
    write([file], folder)


def register(path: Path) -> None:
    """Record the companies."""
    bases.load(path, [REGISTER])
