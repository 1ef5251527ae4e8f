"""Many processes at one database, again and again: `python -m tests.concurrency --rounds 20`."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import click

from tests.concurrency.crowd import Crowd, register

ROLES = ("load",) * 4 + ("correct",) * 2 + ("read",) * 2 + ("rebuild", "follow")


@click.command()
@click.option("--rounds", default=10, help="How often.")
@click.option("--loads", default=10, help="By each process that loads or corrects.")
def main(rounds: int, loads: int) -> None:
    """Let many processes load, correct, read, rebuild and follow at once, and look whether all is well."""
    tally: Counter[str] = Counter()
    for number in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            crowd = Crowd(Path(folder), ROLES, loads)
            register(crowd.path)
            for role, seen in crowd.run():
                tally[role] += len(seen) if isinstance(seen, list) else seen
            crowd.check()
            tally["events"] += crowd.last
        told = ", ".join(f"{count:,} {what}" for what, count in tally.items())
        click.echo(f"round {number + 1}: {told}")


if __name__ == "__main__":
    main()
