"""A draft in pieces: nothing of the file is lost, and each entry is found whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from timeline.app.drafting.reviewing.cut import cut, rebuilt
from timeline.errors import InvalidInput
from timeline.intake.document import Document

FIXTURES = sorted((Path(__file__).parents[3] / "fixtures").rglob("*.yaml"))
TRICKY = """\
# above all
schema: timeline/source/1
source: {id: a}   # the source
facts:
  # 72 %: one
  # or two
  - key: a
    note: |
      of several

      lines

  # mine
  -
    key: b   # beside
    at:
      - {paragraph: 1,
         quote: "x"}   # behind
    said_by:
# not in the text
candidates:
- {quote: a}
- {quote: a}
left_out: []
# the end
"""


def pieces(text: str) -> dict[str, list[tuple[str, str, int]]]:
    return {
        piece.name: [(block.above, block.body, block.line) for block in piece.blocks]
        for piece in cut(Document.of("a.yaml", text)).pieces
    }


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_the_pieces_together_are_the_file(path: Path, ending: str) -> None:
    text = path.read_text("utf-8").replace("\n", ending)
    found = cut(Document.of(str(path), text))
    assert rebuilt(found.pieces, found.tail) == text
    assert found.blocks("facts")[0].body.lstrip().startswith("- ")


def test_an_entry_has_its_lines_and_the_comments_above_it() -> None:
    found = pieces(TRICKY)
    first = ("  # 72 %: one\n  # or two\n", "  - key: a\n    note: |\n      of several\n\n      lines\n", 7)
    assert found["facts"][0] == first
    above, body, line = found["facts"][1]
    assert (above, line) == ("\n  # mine\n", 14)
    assert body.startswith("  -\n    key: b   # beside\n")
    assert body.endswith('quote: "x"}   # behind\n    said_by:\n')


def test_comments_at_the_end_and_above_a_part_belong_to_no_entry() -> None:
    found = cut(Document.of("a.yaml", TRICKY))
    candidates = found.piece("candidates")
    assert candidates is not None
    assert (candidates.above, found.tail) == ("# not in the text\n", "# the end\n")
    assert rebuilt(found.pieces, found.tail) == TRICKY


def test_an_entry_keeps_its_id_until_its_lines_change_and_like_ones_differ() -> None:
    one = cut(Document.of("a.yaml", TRICKY))
    two = cut(Document.of("a.yaml", TRICKY.replace("# 72 %: one", "# 80 %").replace("key: b", "key: c")))
    (a, b), (same, other) = one.blocks("facts"), two.blocks("facts")
    assert a.id == same.id
    assert b.id != other.id
    first, second = (block.id for block in one.blocks("candidates"))
    assert second == f"{first}-2"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("facts: [{key: a}]\n", "review-shape"),
        ("- a\n", "review-shape"),
        ("{facts: []}\n", "review-shape"),
        ("facts: [\n", "yaml-syntax"),
    ],
)
def test_what_cannot_be_cut_is_refused(text: str, rule: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        cut(Document.of("a.yaml", text))
    assert [problem.rule for problem in refused.value.problems] == [rule]
