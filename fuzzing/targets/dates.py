"""Dates and times, as sources print them, as tables write them and as people type them."""

from timeline.dates import When, spelled
from timeline.errors import ParseProblem
from timeline.intake.notation import Dates
from timeline.publication import Published, parse_moment
from timeline.render.words import due_words, when_words

SEEDS = (
    "2026-01-08",
    "2026-Q3~",
    "2026/2030",
    "../2026-12-31",
    "about Jan 2026",
    "by the end of 2026",
    "30 June 2025",
    "2026-01-09T09:46:04+01:00",
    "June 30, 2025 10:30 UTC",
)
WORDS = (
    "2026",
    "-Q",
    "-H",
    "..",
    "/",
    "~",
    "?",
    "%",
    "from ",
    " to ",
    "jan",
    "december",
    "T00:00",
    "Z",
    "+14:00",
    "am",
    "UTC",
)
LARGEST = 256
_TABLES = (Dates(("%d.%m.%Y", "%Y-%m-%dT%H:%M:%S%z", "edtf")), Dates(("%x", "%B %y")))


def run(data: bytes) -> None:
    """Every reading of the text; one that is accepted has one stored spelling, and words."""
    text = data.decode("utf-8", "replace")
    for read in (_when, _published, parse_moment, spelled, _TABLES[0].day, _TABLES[1].moment):
        try:
            read(text)
        except ParseProblem as problem:
            _require_place(problem, text)


def _require_place(problem: ParseProblem, text: str) -> None:
    assert 0 <= problem.start <= len(text)


def _when(text: str) -> None:
    when = When.parse(text)
    assert When.parse(when.edtf) == when
    assert when.label()
    assert when_words(when.edtf)
    assert due_words(when.edtf)


def _published(text: str) -> None:
    zone, _, stamp = text.partition("\n")
    published = Published.parse(stamp, zone)
    assert Published.parse(published.text) == published
    assert published.sort_key
    assert when_words(published.text)
