"""One `Timeline` used by several threads: each call opens the database by itself, and so they are safe."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from tests.concurrency.crowd import bought, register
from tests.laws.worlds import REGISTER, write
from timeline import Timeline
from timeline.store import driver

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.laws.worlds import File

THREADS = 4
LOADS = 3


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine may be busy with other tests."""
    monkeypatch.setattr(driver, "BUSY_SECONDS", 300.0)


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str, File], str]:
    """Write a fixture into a folder of its own, and give its path."""

    def write_it(name: str, file: File) -> str:
        folder = tmp_path / name
        folder.mkdir()
        return write([file], folder)[0]

    return write_it


def test_a_first_use_by_several_threads_makes_one_database(tmp_path: Path, written: Callable[[str, File], str]) -> None:
    timeline, fixture = Timeline.open(tmp_path / "facts.db"), written("register", REGISTER)
    with ThreadPoolExecutor(THREADS) as pool:
        new = list(pool.map(lambda _: timeline.load([fixture]).events_new, range(THREADS)))
    assert sorted(new) == [0, 0, 0, 2]
    assert [str(each) for each in timeline.audit(only=["log"]).findings] == []


def test_threads_that_load_and_read_neither_lose_nor_see_half(
    tmp_path: Path, written: Callable[[str, File], str]
) -> None:
    timeline = Timeline.open(tmp_path / "facts.db")
    register(tmp_path / "facts.db")
    fixtures = [[written(f"{who}-{each}", bought(f"{who}-{each}")) for each in range(LOADS)] for who in range(THREADS)]

    def work(files: list[str]) -> list[int]:
        counts = []
        for file in files:
            timeline.load([file])
            counts.append(len(timeline.events(kind="buyback.executed").rows))
        return counts

    with ThreadPoolExecutor(THREADS) as pool:
        counts = [count for each in pool.map(work, fixtures) for count in each]
    assert {count % 4 for count in counts} == {0}
    assert max(counts) == len(timeline.events(kind="buyback.executed").rows) == 4 * THREADS * LOADS
    assert [str(each) for each in timeline.audit(only=["log"]).findings] == []


def test_what_comes_bit_by_bit_may_be_begun_by_one_thread_and_ended_by_another(tmp_path: Path) -> None:
    register(tmp_path / "facts.db")
    lines = Timeline.open(tmp_path / "facts.db").export()
    rows = Timeline.open(tmp_path / "facts.db").follow(stop=lambda: True)
    begun = [next(lines), str(next(rows)["position"])]
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: (len(list(lines)), len(list(rows)))).result() == (3, 2)
    assert begun[1] == "1"
