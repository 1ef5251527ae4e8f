"""A draft as it is read: its source, and each entry by itself, so that one mistake does not hide the other entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from timeline.app.drafting.reviewing.cut import Cut, blanked, cut, ended
from timeline.catalog import catalog
from timeline.errors import InvalidInput, Problem
from timeline.intake import files
from timeline.intake.content import content
from timeline.intake.document import Document
from timeline.intake.yaml_nodes import MappingNode, ScalarNode, SequenceNode, compose
from timeline.record import Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.app.drafting.reviewing.cut import Block
    from timeline.event import Report
    from timeline.intake.yaml_nodes import Node

_SHARED = ("schema", "source", "defaults")
_SUFFIXES = (".yaml", ".yml")


class Candidate(Struct, frozen=True):
    """A figure without a fact, as the draft lists it.

    Attributes:
        quote: as printed.
        paragraph: where; None where the draft does not say.
        reason: why it is in no fact.
    """

    quote: str
    paragraph: int | None
    reason: str


class Sheet(Struct, frozen=True):
    """A draft that can be read.

    Attributes:
        document: the file.
        cut: its pieces.
        source_id: id of its source.
        source: what it says of it.
        company: slug that `defaults` name; empty for none.
    """

    document: Document
    cut: Cut
    source_id: str
    source: Source
    company: str

    def report(self, block: Block, body: str = "") -> Report | tuple[Problem, ...]:
        """The report that an entry of `facts` amounts to, or all that is wrong with it.

        Args:
            block: the entry.
            body: what stands in its place; empty for itself.
        """
        padding = "\n" * (block.line - 1 - self._shared.count("\n") - 1)
        return _one_fact(Document.of(self.document.file, f"{self._shared}facts:\n{padding}{body or block.body}"))

    def notes(self, body: str) -> tuple[str, ...]:
        """What is accepted of a fact and yet should be looked at."""
        read = content(Document.of("", f"{self._shared}facts:\n{body}"), catalog().payloads)
        return tuple(f"{note.what}; {note.fix}" if note.fix else note.what for note in read.notes)

    def made(self, body: str) -> Report | tuple[Problem, ...]:
        """The report that a further fact amounts to, or all that is wrong with it."""
        return _one_fact(Document.of("", f"{self._shared}facts:\n{body}"))

    @property
    def _shared(self) -> str:
        return "".join(ended(piece.text) for piece in self.cut.pieces if piece.name in _SHARED)


def read_sheet(path: str) -> Sheet:
    """The draft in a file.

    Raises:
        InvalidInput: it cannot be read, is no YAML, or what stands around its facts has mistakes.
    """
    if not path.lower().endswith(_SUFFIXES):
        fix = "review goes through what `timeline draft` writes: a file that ends with .yaml"
        raise InvalidInput([Problem("review-form", "a draft is a YAML file", fix, path)])
    document = files.read(path)
    if isinstance(document, Problem):
        raise InvalidInput([document])
    pieces = cut(document)
    # Facts and candidates are read one by one; what is left is read as it stands, under the numbers of its lines.
    emptied = [
        blanked(piece) if piece.name == "candidates" else piece.text if piece.name != "facts" else _no_facts(piece.text)
        for piece in pieces.pieces
    ]
    read = content(Document.of(document.file, "".join(emptied) + pieces.tail), catalog().payloads)
    if read.problems or read.head is None or read.head.id is None or read.head.source is None:
        raise InvalidInput(read.problems or [document.place(0).problem("review-shape", "it has no source", "")])
    return Sheet(document, pieces, read.head.id, read.head.source, _company(pieces))


def _no_facts(text: str) -> str:
    return "facts: []" + "\n" * text.count("\n")


def _company(pieces: Cut) -> str:
    found = pieces.piece("defaults")
    root, _ = compose(Document.of("", found.text)) if found else (None, ())
    defaults = plain(root).get("defaults") if root else {}
    company = defaults.get("company") if isinstance(defaults, dict) else None
    return company if isinstance(company, str) else ""


def _one_fact(document: Document) -> Report | tuple[Problem, ...]:
    read = content(document, catalog().payloads)
    problems = tuple(sorted(read.problems, key=lambda problem: (problem.line, problem.column)))
    if problems:
        return problems
    if len(read.facts) != 1:
        what = f"there are {len(read.facts)} facts here, not one"
        return (Problem("review-one-fact", what, "write further facts into the draft itself, or drop this one"),)
    return read.facts[0].report


def candidate(block: Block) -> Candidate:
    """What an entry of `candidates` says, as far as it says it."""
    said = fields(block.body)
    number = str(said.get("paragraph", ""))
    return Candidate(
        quote=str(said.get("quote", "")).strip(),
        paragraph=int(number) if number.isascii() and number.isdigit() and int(number) else None,
        reason=str(said.get("reason", "")).strip(),
    )


def fields(body: str) -> Mapping[str, Any]:
    """The fields of an entry as they are written: texts, and lists and mappings of them."""
    root, _ = compose(Document.of("", body))
    entry = root.items[0] if isinstance(root, SequenceNode) and root.items else None
    return plain(entry) if isinstance(entry, MappingNode) else {}


def plain(node: Node) -> Any:  # noqa: ANN401  a text, or a list or mapping of such
    """A node without its places."""
    match node:
        case MappingNode():
            return {name: plain(entry.value) for name, entry in node.entries.items()}
        case SequenceNode():
            return [plain(item) for item in node.items]
        case ScalarNode():
            return node.text
        case _:
            return ""


def renumbered(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The problems of a text that is in no file."""
    return tuple(problem._replace(file="", line=0) for problem in problems)
