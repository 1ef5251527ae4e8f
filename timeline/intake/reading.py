"""The reading of one document: collects what is wrong, each mistake in its place."""

from __future__ import annotations

import unicodedata
from enum import Enum
from typing import TYPE_CHECKING, Final, Literal

from timeline.intake.position import file_span

if TYPE_CHECKING:
    from timeline.errors import ParseProblem, Problem
    from timeline.intake.document import Document, Place
    from timeline.intake.yaml_nodes import Node, ScalarNode


class Bad(Enum):
    """In the place of a value that could not be read; what is wrong with it has been noted."""

    BAD = "bad"


BAD: Final = Bad.BAD


class Reading:
    """One pass over a document.

    Attributes:
        document: the document.
        currency: what the source means by a bare `$` or `¥`; empty until its head is read, or where it does not say.
        problems: what was wrong so far.
        notes: what is accepted and yet should be looked at.
    """

    def __init__(self, document: Document, problems: tuple[Problem, ...] = ()) -> None:
        self.document = document
        self.currency = ""
        self.problems = list(problems)
        self.notes: list[Problem] = []

    def place(self, node: Node) -> Place:
        """Where a node stands."""
        return self.document.place(node.start, node.end)

    def refuse(self, node: Node, rule: str, what: str, fix: str = "") -> Literal[Bad.BAD]:
        """Note that a node as a whole is wrong."""
        self.problems.append(self.place(node).problem(rule, what, fix))
        return BAD

    def remark(self, node: Node, rule: str, what: str, fix: str) -> None:
        """Note something that is accepted and yet should be looked at."""
        self.notes.append(self.place(node).problem(rule, what, fix)._replace(severity="note"))

    def assignment(self, at: Node, name: str) -> str:
        """How a field is written that is missing at a node, for remedies."""
        del at
        return f"{name}: …"

    def refuse_part(self, node: ScalarNode, problem: ParseProblem) -> Literal[Bad.BAD]:
        """Note that part of a scalar is wrong; the offsets of the problem count in its text as stored."""
        start, end = (None if at is None else as_written(node.text, at) for at in (problem.start, problem.end))
        span = file_span(self.document.text, node, start or 0, end)
        self.problems.append(self.document.place(*span).problem(problem.rule, problem.what, problem.fix))
        return BAD


def as_written(text: str, offset: int) -> int:
    """The offset in a text of an offset in its normal form (`document.normal`)."""
    body = text.lstrip()
    skipped = len(text) - len(body)
    if unicodedata.is_normalized("NFC", body):
        return skipped + offset
    lengths = (len(unicodedata.normalize("NFC", body[: count + 1])) for count in range(len(body)))
    return skipped + next((count for count, length in enumerate(lengths) if length > offset), len(body))
