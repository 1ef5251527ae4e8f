"""What people type to search for, asked of a database."""

from fuzzing.database import prepared
from timeline import Timeline
from timeline.app.searching.query import parsed

SEEDS = ('buyback "3 million" -analyst deliver*', "小米 OR NEAR(a b)", "“open", "-- -*", "kind:buyback")
WORDS = ('"', "*", "-", "(", ")", ":", "^", "NEAR(", " OR ", "%", "{", "\u202e", "小米", "'", "\ud7ff", "²")
LARGEST = 256
_DATABASE = prepared()


def run(data: bytes) -> None:
    """Findings, or why nothing can be looked for."""
    text = data.decode("utf-8", "replace")
    parsed(text)
    assert Timeline.open(_DATABASE).search(text).rows is not None
