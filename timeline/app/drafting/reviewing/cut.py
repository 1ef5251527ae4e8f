"""A draft cut into pieces of whole lines: its parts by name, and the entries of lists as blocks that can be left out.

The pieces together are the file, character for character, so that whatever a person wrote in it survives. Knows YAML's
nodes by their marks, and nothing of what a fact means.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from timeline.errors import InvalidInput
from timeline.intake.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode, compose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.intake.document import Document

LISTS = ("facts", "candidates", "left_out")
"""The parts that are lists of entries."""

_DIGITS = 32


class Block(Struct, frozen=True):
    """An entry of a list.

    Attributes:
        above: the lines between the entry before, or the name of the list, and this one: comments and empty lines.
        body: its own lines, from the one with its dash to its last.
        line: number of its first line in the file.
        indent: number of spaces before the dash.
        id: hash of its body, the same as long as the entry is; the second of two like ones has a number behind it.
    """

    above: str
    body: str
    line: int
    indent: int
    id: str


class Piece(Struct, frozen=True):
    """A part of the file.

    Attributes:
        name: its key.
        above: comments and empty lines above its key.
        head: the lines from its key on; of a list only up to its first entry.
        blocks: the entries of a list.
    """

    name: str
    above: str
    head: str
    blocks: tuple[Block, ...] = ()

    @property
    def text(self) -> str:
        """All of it."""
        return self.above + self.head + "".join(block.above + block.body for block in self.blocks)


class Cut(Struct, frozen=True):
    """A file in pieces.

    Attributes:
        pieces: in the order of the file.
        tail: comments and empty lines at the end.
    """

    pieces: tuple[Piece, ...]
    tail: str

    def piece(self, name: str) -> Piece | None:
        """The part of a name; None where the file has none."""
        return next((piece for piece in self.pieces if piece.name == name), None)

    def blocks(self, name: str) -> tuple[Block, ...]:
        """The entries of a list; none where the file has no such list."""
        found = self.piece(name)
        return found.blocks if found else ()


def cut(document: Document) -> Cut:
    """A fixture in pieces.

    Raises:
        InvalidInput: it is no YAML, no mapping, or a list of it stands in brackets.
    """
    root, problems = compose(document)
    if problems:
        raise InvalidInput(problems)
    if not isinstance(root, MappingNode) or root.flow:
        fix = "begin with `schema: timeline/source/1`, then `source:` and `facts:`, one below the other"
        raise InvalidInput([document.place(0).problem("review-shape", "a draft is a mapping, a part a line", fix)])
    return _Cutter(document).cut(root)


class _Cutter:
    """One pass over a document's nodes; lines are counted from 0."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._seen: Counter[str] = Counter()
        self._done = 0

    def cut(self, root: MappingNode) -> Cut:
        pieces = tuple(self._piece(name, entry.key, entry.value) for name, entry in root.entries.items())
        return Cut(pieces, self._lines(self._done, len(self._document.starts)))

    def _piece(self, name: str, key: ScalarNode, value: Node) -> Piece:
        first = self._line(key.start)
        above = self._upto(first)
        if name in LISTS and isinstance(value, SequenceNode) and value.items:
            if self._document.text[value.start] == "[":
                fix = "write each entry on lines of its own, with a dash"
                place = self._document.place(value.start)
                raise InvalidInput([place.problem("review-shape", f"`{name}` stands in brackets", fix)])
            head = self._upto(self._line(key.end) + 1)
            return Piece(name, above, head, tuple(self._block(item) for item in value.items))
        return Piece(name, above, self._upto(self._line(max(_last(value, self._document.text), key.end)) + 1))

    def _block(self, item: Node) -> Block:
        dash = self._line(item.start)
        while not self._lines(dash, dash + 1).lstrip().startswith("-"):
            dash -= 1
        above = self._upto(dash)
        body = self._upto(self._line(_last(item, self._document.text)) + 1)
        digest = hashlib.sha256(body.strip().encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
        self._seen[digest] += 1
        number = self._seen[digest]
        indent = len(body) - len(body.lstrip(" "))
        return Block(above, body, dash + 1, indent, f"{digest}-{number}" if number > 1 else digest)

    def _line(self, offset: int) -> int:
        return bisect_right(self._document.starts, offset) - 1

    def _upto(self, line: int) -> str:
        """The lines that no piece has yet, up to but without one."""
        line = max(line, self._done)
        text = self._lines(self._done, line)
        self._done = line
        return text

    def _lines(self, start: int, end: int) -> str:
        offsets = (*self._document.starts, len(self._document.text))
        return self._document.text[offsets[start] : offsets[min(end, len(offsets) - 1)]]


def _last(node: Node, text: str) -> int:
    """Offset of a node's last character; the marks of what has no closing sign lie further down."""
    match node:
        case MappingNode(entries=entries, flow=False) if entries:
            return max(end for entry in entries.values() for end in (entry.key.end - 1, _last(entry.value, text)))
        case SequenceNode(items=items) if items and text[node.start] != "[":
            return max(_last(item, text) for item in items)
        case _:
            return len(text[: node.end].rstrip()) - 1 if node.end > node.start else node.start - 1


def rebuilt(pieces: Iterable[Piece], tail: str) -> str:
    """The file that pieces make, each line ended."""
    return "".join(ended(piece.text) for piece in pieces) + tail


def blanked(piece: Piece) -> str:
    """As many empty lines as the piece has, so that what follows keeps its line numbers."""
    return "\n" * piece.text.count("\n")


def with_blocks(piece: Piece, blocks: Iterable[Block]) -> Piece:
    """The list with other entries; `[]` behind its name gives way to them."""
    found = tuple(replace(block, body=ended(block.body)) for block in blocks)
    if found and not piece.blocks:
        piece = replace(piece, head=f"{piece.name}:\n")
    return replace(piece, head=piece.head if found else f"{piece.name}: []\n", blocks=found)


def ended(text: str) -> str:
    """The text with a line break at its end."""
    return text if not text or text.endswith(("\n", "\r")) else text + "\n"


def comments(block: Block) -> Iterator[str]:
    """The comment lines above an entry."""
    return (line.strip() for line in block.above.splitlines() if line.strip().startswith("#"))
