"""What people type for the clocks."""

from contextlib import suppress

from fuzzing.harness import typed
from timeline.app import clocks
from timeline.errors import InvalidInput

SEEDS = ("2026-01-09", "30 June 2025", "2026-01-09 09:46+01:00", "12", "Friday, June 2025")
WORDS = ("2026", "-", "T", "Z", "+01:00", "June", "UTC", "EST", "am", "99999999999999999999", "week", "W01", "'", "th")
LARGEST = 6000


def run(data: bytes) -> None:
    """A moment, a position, or what is wrong with it."""
    text = typed(data)
    for as_of, as_recorded in ((text, None), (None, text)):
        with suppress(InvalidInput):
            clocks.clock(as_of, as_recorded)
    assert clocks.basis(1, text, None, text).today
