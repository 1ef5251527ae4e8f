"""Progress of long commands, on standard error and only where somebody watches."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from timeline.errors import legible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from click._termui_impl import ProgressBar

    Told = Callable[[str, int, int], None]


@contextmanager
def progress(label: str, unit: str = "") -> Iterator[Told]:
    """A bar with the time left, to be told what is under way, how many steps are done, and of how many, 0 for unknown.

    Where fewer steps are done than before, another round begins, with a time of its own.

    Args:
        label: before the bar.
        unit: what the steps of the first round are, to show how many are done a second; empty to show no such rate.
    """
    hidden = not sys.stderr.isatty()
    pace = _Pace(unit)
    with click.progressbar(length=1, label=label, file=sys.stderr, hidden=hidden, item_show_func=pace.shown) as bar:
        pace.bar = bar

        def told(what: str, done: int, total: int) -> None:
            if done < bar.pos:
                pace.begin_again()
            bar.length = total or None
            bar.finished = False  # a total that was guessed may rise again
            bar.update(done - bar.pos, what)

        yield told


class _Pace:
    """What stands behind the bar: how fast it goes, and at what.

    Attributes:
        bar: None before it is drawn first.
    """

    def __init__(self, unit: str) -> None:
        self.bar: ProgressBar[Any] | None = None
        self._unit = unit

    def shown(self, what: str | None) -> str:
        """The rate, then a file without its folders or a company as it is."""
        name = legible(what.rpartition("/")[2]) if what else ""
        if not self._unit or self.bar is None or not self.bar.pos:
            return name
        seconds = max(time.time() - self.bar.start, 0.001)
        return f"{self.bar.pos / seconds:,.0f} {self._unit}/s  {name}".rstrip()

    def begin_again(self) -> None:
        """Another round of other steps."""
        if self.bar is not None:
            self.bar.pos, self.bar.start, self.bar.avg, self.bar.eta_known = 0, time.time(), [], False
            self._unit = ""
