"""Measuring alternatives in turns, since a machine's speed drifts: what is slow for one is then slow for all."""

from __future__ import annotations

import time
from functools import partial
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


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
