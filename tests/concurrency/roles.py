"""What processes do at once to one database; `python -m tests.concurrency.roles ROLE DATABASE FOLDER` is one of them.

Each begins when `go` is in the folder and prints what it saw as JSON. Those that go on and on end when `stop` is there.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from timeline import Timeline
from timeline.render.data import page_json
from timeline.store import driver

if TYPE_CHECKING:
    from collections.abc import Callable

GO, STOP, LAST = "go", "stop", "last"
TOGETHER = 2
"""Facts about each company that one load brings."""

_PATIENCE = 300
_PAUSE = 0.005


def load(timeline: Timeline, folder: Path) -> int:
    """Load each fixture of the folder by itself; the number of new events, sources aside."""
    return sum(timeline.load([str(each)]).events_new for each in sorted(folder.glob("load-*")))


def first(timeline: Timeline, folder: Path) -> int:
    """Load what every other process loads as well, into a database that is not there yet; the number of new events."""
    return timeline.load([str(folder / "register")]).events_new


def correct(timeline: Timeline, folder: Path) -> int:
    """Load one fixture after the other of the same source; the number of corrections."""
    return sum(len(timeline.load([str(each)], correct="we erred").changed) for each in sorted(folder.glob("correct-*")))


def read(timeline: Timeline, folder: Path) -> int:
    """Look again and again whether what was loaded together is there together; how often."""
    looks = 0
    while not (folder.parent / STOP).exists():
        listed = timeline.events(kind="buyback.executed").rows
        told = Counter(str(row["company"]) for row in listed)
        assert told["acme"] == told["globex"], told
        sources = Counter(str(row["source"]) for row in listed)
        assert set(sources.values()) <= {2 * TOGETHER}, sources
        sections = page_json(timeline.show("acme"))["sections"]
        shown = sections.get("buybacks", {}).get("executions", [])
        assert len(shown) % TOGETHER == 0, shown
        looks += 1
    return looks


def rebuild(timeline: Timeline, folder: Path) -> int:
    """Rebuild again and again; how often."""
    times = 0
    while not (folder.parent / STOP).exists():
        assert timeline.rebuild(jobs=1, anew=True).failed == ()
        times += 1
    return times


def follow(timeline: Timeline, folder: Path) -> list[int]:
    """The positions that a follower meets, from the first to the last that there is to be."""
    last = int((folder.parent / LAST).read_text(encoding="utf-8"))
    positions = (int(str(row["position"])) for row in timeline.follow(after=0))
    return [*takewhile(lambda position: position < last, positions), last]


ROLES: dict[str, Callable[[Timeline, Path], object]] = {
    "first": first,
    "load": load,
    "correct": correct,
    "read": read,
    "rebuild": rebuild,
    "follow": follow,
}


def _main(role: str, database: str, folder: Path) -> None:
    driver.BUSY_SECONDS = _PATIENCE  # the machine may be busy with other tests
    timeline = Timeline.open(database)
    while not (folder.parent / GO).exists():
        time.sleep(_PAUSE)
    sys.stdout.write(json.dumps(ROLES[role](timeline, folder)))


if __name__ == "__main__":
    _main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
