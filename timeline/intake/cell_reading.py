"""The reading of one row of a CSV fixture, each cell as a word is read that is typed (`timeline.intake.words`).

What the words' nodes point at is found in the file again, so that a mistake is shown at the very characters.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

from timeline.intake.document import Document
from timeline.intake.reading import BAD, Bad, Reading, as_written
from timeline.intake.words import WordReading
from timeline.intake.yaml_nodes import ScalarNode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.errors import ParseProblem
    from timeline.intake.cells import Cell
    from timeline.intake.document import Place
    from timeline.intake.yaml_nodes import Node


class CellReading(WordReading):
    """A reading of the cells of a row.

    Args:
        file: the reading of the file, which gets all problems.
        told: the columns' names with the cells that are not empty, in their order.
    """

    def __init__(self, file: Reading, told: Sequence[tuple[str, Cell]]) -> None:
        words = [f"{name}={cell.text}" for name, cell in told]
        super().__init__(Document.of("", "\n".join(words)))
        self.problems, self.notes = file.problems, file.notes
        self._file = file.document
        self._told = told
        self._words = words
        self._starts = [0, *accumulate(len(word) + 1 for word in words[:-1])]

    def word(self, index: int) -> tuple[str, int]:
        """A cell as a word, with its offset."""
        return self._words[index], self._starts[index]

    def node(self, index: int) -> ScalarNode:
        """A cell's text."""
        text = self._told[index][1].text
        start = self._values(index)
        return ScalarNode(text, start, start + len(text), "=")

    def place(self, node: Node) -> Place:
        """Where it stands in the file; the cell, where its column is meant."""
        return self._within(node.start, node.end)

    def assignment(self, at: Node, name: str) -> str:
        """The column that a missing field would stand in; a part is missing at another part, whose prefix it shares."""
        index = self._index(at.start)
        before = self.document.text[self._starts[index] : at.start]
        return name if "=" in before else f"{before}{name}"

    def refuse_part(self, node: ScalarNode, problem: ParseProblem) -> Literal[Bad.BAD]:
        """Note that part of a cell is wrong."""
        start, end = as_written(node.text, problem.start), problem.end
        last = node.end if end is None else node.start + as_written(node.text, end)
        self.problems.append(self._within(node.start + start, last).problem(problem.rule, problem.what, problem.fix))
        return BAD

    def _within(self, start: int, end: int) -> Place:
        index = self._index(start)
        cell, first = self._told[index][1], self._values(index)
        if start < first:
            start, end = first, first + len(cell.text)
        raw = self._file.text
        return self._file.place(cell.offset(raw, start - first), cell.offset(raw, end - first))

    def _index(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1

    def _values(self, index: int) -> int:
        """The offset at which a cell's text begins."""
        return self._starts[index] + len(self._told[index][0]) + 1
