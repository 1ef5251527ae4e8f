"""How alike two texts are, an empty line between them."""

from fuzzing import prose
from fuzzing.prose import ARTICLE, SHORT
from timeline.prose.shingles import likeness, shingles

SEEDS = (f"{ARTICLE}\n\n{ARTICLE}", f"{ARTICLE}\n\n{SHORT[0]}", "\n\n".join(SHORT[:2]))
WORDS = (*prose.WORDS[-20:], "\n\n", "小米集团", "ﷺ", "İ", "ß", "e\u0301", "\u200d")


def run(data: bytes) -> None:
    """Alike from nothing to wholly, in either order, and each wholly alike to itself."""
    one, _, other = data.decode("utf-8", "replace").partition("\n\n")
    first, second = shingles(one.splitlines()), shingles(other.splitlines())
    told = likeness(first, second)
    assert told == likeness(second, first)
    assert 0 <= told.resemblance <= told.containment <= 1
    assert not first or likeness(first, first).resemblance == 1
