"""Law 6, as far as there is a way to lose something: what was acknowledged stays, what failed leaves no trace."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.laws import bases
from tests.laws.bases import few
from tests.laws.worlds import DAYS, REGISTER, Fact, File, loads, worlds, write
from timeline.app import refresh
from timeline.errors import InvalidInput
from timeline.store import models

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.laws.worlds import Loads

SPOILT: dict[str, tuple[Fact, str]] = {
    "a figure that is none": ({"kind": "result.reported", "metric": "m", "period": "2025", "value": "3o"}, "quantity"),
    "a company that nobody registered": (
        {"kind": "statement.made", "company": "acne", "category": "other", "text": "-"},
        "company-unknown",
    ),
    "an unknown kind": ({"kind": "buyback.exceuted", "shares": "3 million"}, "kind-unknown"),
}

PLACES: dict[str, tuple[object, str]] = {
    "a salt": (os, "urandom"),
    "a company": (refresh, "fold_events"),
    "a read model": (models, "digest_of"),
}
"""Functions that a load calls once for each of these."""

KILLED = """
import os, signal, sys
from timeline import Timeline
from timeline.app import refresh
def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
timeline = Timeline.open(sys.argv[1])
print(timeline.load([sys.argv[2]]).position, flush=True)
refresh.renew = die
timeline.load([sys.argv[3]])
"""
"""The second load ends when its events are written and its read models are not."""

SHOWN = """
import sys
from timeline import Timeline
from timeline.render.data import json_text, page_json
timeline = Timeline.open(sys.argv[1])
timeline.load(sys.argv[2:])
print(*json_text(page_json(timeline.show("acme"))), sep="")
"""


class Broken(Exception):
    """What a test lets happen in the middle of a load."""


@few
@given(worlds().flatmap(loads), st.sampled_from(sorted(SPOILT)), st.data())
def test_a_load_with_one_bad_fact_writes_nothing(
    registered: Path, batches: Loads, bad: str, data: st.DataObject
) -> None:
    *good, last = batches
    fact, rule = SPOILT[bad]
    spoilt = File({**REGISTER.head, "id": "spoilt"}, ({"key": "k", "company": "acme", "occurred": DAYS[0], **fact},))
    place = data.draw(st.integers(0, len(last)))
    with bases.copied(registered) as path:
        bases.load_all(path, tuple(good))
        before = bases.content(path)
        with pytest.raises(InvalidInput) as refused:
            bases.load(path, [*last[:place], spoilt, *last[place:]])
        assert {problem.rule.partition("-")[0] for problem in refused.value.problems} == {rule.partition("-")[0]}
        assert bases.content(path) == before


@few
@given(worlds().flatmap(loads), st.sampled_from(sorted(PLACES)), st.integers(0, 12))
def test_a_load_that_breaks_off_anywhere_leaves_no_trace_and_can_be_run_again(
    registered: Path, batches: Loads, where: str, after: int
) -> None:
    *good, last = batches
    with bases.copied(registered) as path, bases.copied(registered) as unbroken, pytest.MonkeyPatch.context() as patch:
        bases.load_all(path, tuple(good))
        before = bases.content(path)
        owner, name = PLACES[where]
        patch.setattr(owner, name, failing(getattr(owner, name), after))
        try:
            bases.load(path, last)
        except Broken:
            assert bases.content(path) == before
        patch.undo()
        bases.load(path, last)
        bases.load_all(unbroken, batches)
        assert bases.answers(path) == bases.answers(unbroken)


def failing(function: Callable[..., Any], after: int) -> Callable[..., Any]:
    """The function, until it was called so many times."""
    times = count()

    def call(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the function takes and gives
        if next(times) >= after:
            raise Broken
        return function(*arguments, **named)

    return call


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """Two fixtures to be loaded one after the other: one million shares are bought, then two."""
    told = []
    for number, day in enumerate(DAYS[:2], 1):
        fact = {"kind": "buyback.executed", "occurred": day, "shares": f"{number},000,000 shares"}
        told.append(File({**REGISTER.head, "id": f"s{number}"}, ({"key": "k", "company": "acme", **fact},)))
    one, other = write(told, tmp_path / "told")
    return one, other


def test_a_process_that_is_killed_loses_nothing_acknowledged_and_leaves_no_half_load(
    registered: Path, files: tuple[str, str]
) -> None:
    with bases.copied(registered) as path, bases.copied(registered) as unbroken:
        done = run(KILLED, path, *files)
        assert done.returncode == -signal.SIGKILL
        run(SHOWN, unbroken, files[0])
        assert done.stdout == f"{bases.head(unbroken)}\n"
        assert bases.answers(path) == bases.answers(unbroken)
        run(SHOWN, path, files[1])
        run(SHOWN, unbroken, files[1])
        assert bases.answers(path) == bases.answers(unbroken)


def test_another_process_finds_what_one_has_loaded(registered: Path, files: tuple[str, str]) -> None:
    with bases.copied(registered) as path:
        shown = json.loads(run(SHOWN, path, *files).stdout)
        assert shown["sections"]["buybacks"]["cumulative_shares"] == "3000000"
        assert bases.pages(path)["acme"]["sections"] == shown["sections"]


def run(script: str, path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-c", script, str(path), *arguments],
        env={**os.environ, "PYTHONPATH": str(bases.ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.stderr
    return done
