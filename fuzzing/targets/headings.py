"""What the first lines of a text say of it."""

from fuzzing import prose
from fuzzing.prose import ARTICLE
from timeline.paragraphs import paragraphs
from timeline.prose.heading import day_of, heading, language_of

SEEDS = (
    ARTICLE,
    "HONG KONG, Jan. 9, 2026 (Reuters) -- Acme said",
    "BEIJING, 2026年1月9日 /PRNewswire/ -- Acme\n9.1.2026 - 10:30 p.m. UTC",
    "Updated on 9 January, 2026 at 09:30 GMT",
)
WORDS = (*prose.WORDS[-20:], "(Wire) --", "/Wire/ —", "Published", "Posted on", ": ", "T09:30", "a.m.", "GMT", "+08:00")


def run(data: bytes) -> None:
    """A time and a publisher in the text's own words, or nothing."""
    text = data.decode("utf-8", "replace")
    lines = [line.text for line in paragraphs(text)]
    told = heading(lines)
    assert told.published in text
    assert told.publisher in text
    for said in (told.published, text):
        day_of(said)
    assert language_of(lines) in ("", "en", "de", "fr", "es", "zh")
