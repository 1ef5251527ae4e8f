"""Progress of long commands, on standard error and only where somebody watches."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Told = Callable[[str, int, int], None]


@contextmanager
def progress(label: str) -> Iterator[Told]:
    """A bar to be told what is under way, how many steps are done, and of how many."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=1, label=label, file=sys.stderr, hidden=hidden, item_show_func=_name) as bar:

        def told(what: str, done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos, what)

        yield told


def _name(what: str | None) -> str:
    """A file without its folders, a company as it is."""
    return what.rpartition("/")[2] if what else ""
