"""A fixture and its text, a NUL between them: how much of what the text prints the fixture's facts hold."""

from msgspec import to_builtins

from fuzzing.harness import written
from fuzzing.prose import ARTICLE
from fuzzing.prose import WORDS as PRINTED
from timeline import Timeline
from timeline.render.coverage import coverage_text

_HEAD = """\
schema: timeline/source/1
source: {id: a, kind: news, title: Acme, published: "2026-01-09T09:30:00+08:00", currency: HKD}
defaults: {company: acme}
"""
SEEDS = (
    _HEAD
    + """\
facts:
  - key: bought
    kind: buyback.executed
    occurred: 2026-01-08
    shares: 5 million
    at: [{paragraph: 3, quote: 5 million}, {paragraph: 3, quote: Jan. 8, prefix: "on "}, {quote: 12.5%}]
left_out:
  - {quote: US$24.5 million, paragraph: 3, reason: a conversion}
  - {quote: "09:30", paragraph: 2, reason: an hour}
"""
    + f"\0{ARTICLE}",
    _HEAD + "facts: []\nleft_out: [{quote: 5, paragraph: 1, reason: x}]\n\0five 5 15 5.5 5,000",
)
WORDS = (
    "left_out:\n",
    "- {quote: ",
    ", paragraph: ",
    ", reason: ",
    "at: ",
    "prefix: ",
    "sha256: ",
    "\0",
    "99999999999999999999",
    *PRINTED[:20],
)
LARGEST = 3072
_WIDTH = 60


def run(data: bytes) -> None:
    """A share between nothing and all, with each print told of."""
    fixture, _, text = data.partition(b"\0")
    told = Timeline.open().coverage(written("fuzzed.yaml", fixture), written("fuzzed.txt", text))
    assert 0 <= told.covered <= len(told.lines)
    assert 0 <= float(told.percent) <= 100  # noqa: PLR2004
    rows = to_builtins(told.lines)
    head = {"source": told.source, "title": told.title, "facts": told.facts, "covered": told.covered}
    shown = coverage_text({**head, "percent": told.percent}, rows, told.findings, _WIDTH, color=False)
    assert all(line.isprintable() for line in shown.split("\n")), shown
