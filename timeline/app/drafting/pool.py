"""Doing many tasks in several processes, a few under way at a time."""

from __future__ import annotations

import signal
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from timeline.errors import WorkerLost

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_T = TypeVar("_T")
_R = TypeVar("_R")


class Pool(NamedTuple):
    """Processes.

    Attributes:
        jobs: how many.
        executor: of them; None for this process alone.
    """

    jobs: int
    executor: ProcessPoolExecutor | None


@contextmanager
def pool(jobs: int) -> Iterator[Pool]:
    """So many processes, started afresh as those of a rebuild are; for 1 none but this one."""
    if jobs <= 1:
        yield Pool(1, None)
        return
    executor = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_begin)
    try:
        yield Pool(jobs, executor)
    finally:
        executor.shutdown(cancel_futures=True)


def _begin() -> None:
    """The terminal interrupts the whole group of processes; the parent ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def in_turn(pool: Pool, work: Callable[[_T], _R], tasks: Iterable[_T]) -> Iterator[tuple[_T, _R]]:
    """Each task with what came of it, in order; only a few are under way, so that memory does not grow with them."""
    if pool.executor is None:
        yield from ((task, work(task)) for task in tasks)
        return
    waiting = iter(tasks)
    try:
        under_way = deque((task, pool.executor.submit(work, task)) for task in islice(waiting, 4 * pool.jobs))
        while under_way:
            task, future = under_way.popleft()
            found = future.result()
            under_way.extend((following, pool.executor.submit(work, following)) for following in islice(waiting, 1))
            yield task, found
    except BrokenProcessPool as error:
        raise WorkerLost(
            "a process that drafts ended early; perhaps the system stopped it for want of memory",
            "run it again, it goes on where it stopped; with --jobs 1 it needs less memory",
        ) from error
