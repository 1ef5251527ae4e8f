"""The reading of one row: what is wrong is told with the row and the column, since a row has no lines to point at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from timeline.intake.document import Document, Place
from timeline.intake.reading import BAD, Bad, Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.errors import ParseProblem, Problem
    from timeline.intake.yaml_nodes import Node, ScalarNode

_NO_TEXT = Document.of("", "")
_EMPTY = "the cells that it is made from are empty: fill them, or leave such rows out with `where:` or `when:`"


class RowReading(Reading):
    """A reading of nodes that `timeline.intake.pattern` made.

    Attributes:
        here: the row.
    """

    def __init__(self, file: str, number: int, labels: Sequence[str]) -> None:
        super().__init__(_NO_TEXT)
        self.here = Place(file, number)
        self._labels = labels

    def place(self, node: Node) -> Place:
        """The row, whichever node it is."""
        del node
        return self.here

    def refuse(self, node: Node, rule: str, what: str, fix: str = "") -> Literal[Bad.BAD]:
        """Note that a value is wrong, with the column that it comes from."""
        self.problems.append(self._problem(node, rule, what, _EMPTY if rule == "field-missing" else fix))
        return BAD

    def refuse_part(self, node: ScalarNode, problem: ParseProblem) -> Literal[Bad.BAD]:
        """Note that a text is wrong; what is wrong names the part."""
        return self.refuse(node, problem.rule, problem.what, problem.fix)

    def remark(self, node: Node, rule: str, what: str, fix: str) -> None:
        """Note something that is accepted and yet should be looked at."""
        self.notes.append(self._problem(node, rule, what, fix)._replace(severity="note"))

    def _problem(self, node: Node, rule: str, what: str, fix: str) -> Problem:
        label = self._labels[node.start]
        return self.here.problem(rule, f"{label}: {what}" if label else what, fix)
