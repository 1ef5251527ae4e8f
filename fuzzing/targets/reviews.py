"""Drafts that a person has worked on, as `timeline review` reads them; what is written behind a NUL edits each fact."""

from fuzzing.harness import written
from fuzzing.targets import fixtures_yaml
from timeline.app.drafting.reviewing.cut import cut, ended, rebuilt
from timeline.app.drafting.reviewing.rewriting import edited
from timeline.app.drafting.reviewing.sheet import read_sheet
from timeline.intake import files
from timeline.intake.document import Document

_DRAFT = (
    fixtures_yaml.HEAD
    + """\
  # 72 %: one
  # or two
  - key: bought
    kind: buyback.executed
    occurred: 2026-01-08   # beside
    shares: 5 million
    note: |
      of several

      lines

  # mine
  -
    key: said
    kind: statement.made
    occurred: {when: 2026-01, wording: soon}
    category: outlook
    text: "x"
    at:
      - {paragraph: 1,
         quote: "x"}   # behind
# not in the text
candidates:
- {quote: a, paragraph: 1, reason: b}
- {quote: a}
left_out: []
# the end
"""
)
SEEDS = (
    *(f"{seed}\0shares=6 million" for seed in fixtures_yaml.SEEDS),
    f"{_DRAFT}\0shares=7\noccurred=2026-01-09\nnote=",
)
WORDS = (
    *fixtures_yaml.WORDS,
    "candidates:\n- ",
    "\0",
    "at.0.quote=",
    "occurred.when=",
    "note=",
    "=",
    "\r\n",
    "\n\n",
    "...",
    "\u0085",
)
LARGEST = 3072


def run(data: bytes) -> None:
    """Nothing of a file is lost in its pieces, and each fact can be looked at and edited by itself, or told why not."""
    text, _, words = data.partition(b"\0")
    path = written("review.yaml", text)
    document = files.read(path)
    if not isinstance(document, Document):
        return
    found = cut(document)
    assert ended(rebuilt(found.pieces, found.tail)) == ended(document.text)
    sheet = read_sheet(path)
    for block in sheet.cut.blocks("facts"):
        sheet.report(block)
        sheet.notes(block.body)
        body = edited(sheet, block, block.body, words.decode("utf-8", "replace").split("\n"))
        if isinstance(body, str):
            sheet.made(body)
