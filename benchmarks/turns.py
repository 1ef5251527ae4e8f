"""Measuring alternatives in turns, since a machine's speed drifts: what is slow for one is then slow for all."""

from __future__ import annotations

import time
from functools import partial
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Spent(NamedTuple):
    """Seconds of a run, where another process, such as a server, does part of the work.

    Attributes:
        clock: by the clock.
        processor: that this process itself used.
    """

    clock: float
    processor: float


def spent(run: Callable[[], object]) -> Spent:
    """Of one run."""
    clock, processor = time.perf_counter(), time.process_time()
    run()
    return Spent(time.perf_counter() - clock, time.process_time() - processor)


def spending_in_turn(rounds: int, *told: Callable[[], Spent]) -> list[Spent]:
    """Medians of what each says it took; a first round does not count."""
    taken = [[run() for run in told] for _ in range(rounds + 1)]
    return [Spent(*map(median, zip(*spent, strict=True))) for spent in zip(*taken[1:], strict=True)]


def taking_turns(rounds: int, *runs: Callable[[], object]) -> list[float]:
    """Median seconds of the processor for each."""
    return medians(rounds, *(partial(seconds, run) for run in runs))


def waiting_in_turn(rounds: int, *runs: Callable[[], object]) -> list[float]:
    """Median seconds by the clock for each, for what waits for the disk or uses several processors."""
    return medians(rounds, *(partial(seconds, run, time.perf_counter) for run in runs))


def medians(rounds: int, *timed: Callable[[], float]) -> list[float]:
    """Of what each says it took; a first round, which imports and compiles, does not count."""
    taken = [[run() for run in timed] for _ in range(rounds + 1)]
    return [median(times) for times in zip(*taken[1:], strict=True)]


def seconds(run: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """Of one run."""
    start = clock()
    run()
    return clock() - start
