"""Exports from other databases."""

from contextlib import closing
from io import BytesIO

from fuzzing.database import exported
from timeline.app.transfer.incoming import Incoming
from timeline.app.transfer.met import Met

SEEDS = (exported(), b'{"schema":"timeline.export/1","size":0,"root":null,"company":"acme"}\n')
WORDS = (
    '"root":null',
    '"size":',
    '"position":',
    "\\ud800",
    "null",
    '"salt":',
    '"body":',
    "1e9",
    '"target":',
    "\\u0000",
)
LARGEST = 8192


def run(data: bytes) -> None:
    """Each line an event that can be kept, or a problem."""
    with closing(Met()) as met:
        incoming = Incoming("fuzzed", BytesIO(data), met, lambda _: None)
        assert all(arrival.row.envelope for arrival in incoming.rows())
        assert incoming.bare() is not None
        for problem in incoming.problems:
            assert all(line.isprintable() for line in str(problem).split("\n")), problem
