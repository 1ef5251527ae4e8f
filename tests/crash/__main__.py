"""Kill commands of the program thousands of times: `python -m tests.crash --times 3000`.

First at every step that can be seen, then between them, by chance; what is random follows from the seed.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tests.crash.deaths import SEAMS, SIZE, STATEMENT, TIME, Death
from tests.crash.judgement import Court
from tests.crash.nursery import Nursery
from tests.crash.trials import TRIALS, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.crash.judgement import Undisturbed
    from tests.crash.trials import Trial


@click.command()
@click.option("--times", default=1000, help="How often, for all commands together, at least once a step.")
@click.option("--seed", default=1, help="Of what is random.")
@click.option("--jobs", default=1, help="Commands that are tried at once.")
@click.option("--only", default="", help="Only commands whose name holds this.")
@click.option("--standard", is_flag=True, help="With the SQLite of Python's standard library.")
def main(times: int, seed: int, jobs: int, only: str, *, standard: bool) -> None:
    """Kill commands and look whether all is well afterwards."""
    trials = [trial for trial in TRIALS if only in trial.name]
    share = -(-times // len(trials))
    with ThreadPoolExecutor(jobs) as pool:
        tallies = list(pool.map(lambda trial: _tried(trial, share, seed, standard=standard), trials))
    total = sum(tallies, Counter())
    click.echo(f"{total['killed']:,} killed, {total['done']:,} done before, {total['wrong']:,} wrong")
    sys.exit(bool(total["wrong"]))


def _tried(trial: Trial, times: int, seed: int, *, standard: bool) -> Counter[str]:
    tally: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name, Nursery(Path(name), standard=standard) as nursery:
        folder = Path(name)
        court = Court(Place(folder, nursery), nursery, trial, folder / "tried")
        for number, death in enumerate(_deaths(court.undisturbed, times, random.Random(seed))):  # noqa: S311
            try:
                killed = court.judge(death, looking=number % 2 == 0)
            except AssertionError as error:
                click.echo(f"{trial.name}, {death}: {str(error)[:2000]}", err=True)
                tally["wrong"] += 1
            else:
                tally["killed" if killed else "done"] += 1
                tally[death.seam] += killed
    by_seam = ", ".join(f"{tally[seam]:,} by {seam}" for seam in (*SEAMS, SIZE, TIME))
    click.echo(f"{trial.name}: {tally['killed']:,} killed ({by_seam}), {tally['done']:,} done before")
    return tally


def _deaths(undisturbed: Undisturbed, times: int, chance: random.Random) -> Iterator[Death]:
    """Every commit and the like, every statement or as many as there is room for, then moments by chance."""
    rare = [Death(seam, at) for seam in SEAMS if seam != STATEMENT for at in undisturbed.numbers(seam)]
    statements = [Death(STATEMENT, at) for at in undisturbed.numbers(STATEMENT)]
    room = min(len(statements), max(times // 2 - len(rare), 0))
    yield from rare
    yield from chance.sample(statements, room)
    for number in range(max(times - len(rare) - room, 0)):
        if number % 2:
            yield Death(SIZE, chance.randrange(int(undisturbed.size * 1.5)))
        else:
            yield Death(TIME, chance.uniform(0, undisturbed.seconds * 1.1))


if __name__ == "__main__":
    main()
