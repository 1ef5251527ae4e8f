"""Run all benchmarks and print their ratios; ends with 1 where one misses its goal."""

from __future__ import annotations

import sys
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

import benchmarks
from benchmarks.ratio import UnmeasuredError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.ratio import Ratio

LINE = "{:<38} {:>9}  {:<40} {:>9} {:>6} {:>7}"


def main() -> int:
    """Print a line as soon as it is measured."""
    print(LINE.format("what", "ms", "against", "ms", "ratio", "at most"))
    missed = False
    for found in measured():
        goal = "" if found.goal is None else f"{found.goal:.2f}"
        times = [f"{1000 * time:,.1f}" for time in (found.seconds, found.base)]
        print(LINE.format(found.what, times[0], found.against, times[1], f"{found.ratio:.2f}", goal), flush=True)
        missed |= found.missed
    return int(missed)


def measured() -> Iterator[Ratio]:
    """What all modules of this package measure, by name; one that cannot says why, and the others go on."""
    for module in iter_modules(benchmarks.__path__):
        if module.name != "__main__":
            try:
                yield from getattr(import_module(f"benchmarks.{module.name}"), "measure", tuple)()
            except UnmeasuredError as error:
                print(f"{module.name}: not measured: {error}", file=sys.stderr, flush=True)


sys.exit(main())
