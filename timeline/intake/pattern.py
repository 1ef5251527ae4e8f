"""Fields of a map as patterns, which a row fills to become the nodes that a fixture would have.

Where a node of a file knows its place in the file, a node of a row knows its pattern: `start` and `end` are the index
of the pattern's label.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct

from timeline.errors import ParseProblem
from timeline.intake.convert import WHEN_FIELDS, refuse_unknown, value
from timeline.intake.expression import Expression
from timeline.intake.shape import Day, Field, Figure, Group, Many, Number, Shape, Time, Whole
from timeline.intake.template import Converted, Template
from timeline.intake.yaml_nodes import Entry, MappingNode, RefusedNode, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.intake.document import Place
    from timeline.intake.notation import Dates, Numbers
    from timeline.intake.reading import Reading
    from timeline.intake.yaml_nodes import Node

WRITTEN = "="
"""The style of a text that no file has."""

_IN_QUOTES = 'put it in quotes: "{name}", since braces mean something else to YAML'


class Leaf(Struct, frozen=True):
    """A text that a row fills.

    Attributes:
        template: what it is filled by.
        convert: what each cell goes through.
        nothing: texts that stand for an empty cell.
        label: index of its label.
    """

    template: Template
    convert: Converted
    nothing: frozenset[str]
    label: int

    def node(self, row: Mapping[str, Any], reading: Reading) -> Node | None:
        """What a row makes of it; None where one of its cells is empty."""
        try:
            return written(self.template.filled(row, self.convert, self.nothing), self.label)
        except ParseProblem as problem:
            refused = RefusedNode(self.label, self.label)
            reading.refuse(refused, problem.rule, problem.what, problem.fix)
            return refused


class Items(Struct, frozen=True):
    """A list; what is empty is left out of it."""

    items: tuple[Pattern, ...]
    label: int

    def node(self, row: Mapping[str, Any], reading: Reading) -> Node | None:
        """What a row makes of it; None where all is empty."""
        nodes = tuple(node for item in self.items if (node := item.node(row, reading)) is not None)
        return SequenceNode(nodes, self.label, self.label) if nodes else None


class Branch(Struct, frozen=True):
    """A mapping; what is empty is left out of it."""

    entries: tuple[tuple[ScalarNode, Pattern], ...]
    label: int

    def node(self, row: Mapping[str, Any], reading: Reading) -> MappingNode | None:
        """What a row makes of it; None where all is empty."""
        entries = self.filled(row, reading)
        return MappingNode(entries, self.label, self.label) if entries else None

    def filled(self, row: Mapping[str, Any], reading: Reading) -> dict[str, Entry]:
        """The entries that are not empty."""
        nodes = ((key, pattern.node(row, reading)) for key, pattern in self.entries)
        return {key.text: Entry(key, node) for key, node in nodes if node is not None}


Pattern: TypeAlias = Leaf | Items | Branch


def written(found: Any, label: int) -> Node | None:  # noqa: ANN401  a text, or a list or mapping of such
    """A value as a node."""
    match found:
        case None:
            return None
        case dict():
            nodes = {name: written(each, label) for name, each in found.items()}
            entries = {
                name: Entry(ScalarNode(name, label, label, WRITTEN), node) for name, node in nodes.items() if node
            }
            return MappingNode(entries, label, label)
        case list():
            return SequenceNode(tuple(node for each in found if (node := written(each, label))), label, label)
        case _:
            return ScalarNode(str(found), label, label, WRITTEN)


class Patterns:
    """The patterns of a map, as they are read.

    Attributes:
        labels: what each pattern is called in messages, by index.
        asked: every expression, with its place in the map.
    """

    def __init__(self, reading: Reading, numbers: Numbers | None, dates: Dates, nothing: frozenset[str]) -> None:
        self.labels: list[str] = []
        self.asked: list[tuple[Expression, Place]] = []
        self._reading = reading
        self._numbers = numbers
        self._dates = dates
        self._nothing = nothing

    def branch(self, node: MappingNode, known: Mapping[str, Field], path: str, owner: str) -> Branch:
        """A mapping with these fields; notes those that are unknown."""
        entries = []
        label = self.label(path)
        for name, entry in node.entries.items():
            if name not in known:
                refuse_unknown(node, entry, known, self._reading, owner)
                continue
            part = f"{path}.{name}" if path else name
            published = name == "published" and path.endswith("source")
            pattern = self._published(entry.value) if published else self.pattern(entry.value, known[name].shape, part)
            if pattern is not None:
                entries.append((ScalarNode(name, label, label, WRITTEN), pattern))
        return Branch(tuple(entries), label)

    def pattern(self, node: Node, shape: Shape, path: str) -> Pattern | None:
        """A value of a shape; None where it was refused."""
        match node, shape:
            case RefusedNode(), _:
                return None
            case ScalarNode(), _:
                return self._leaf(node, shape, path, self._conversion(shape))
            case SequenceNode(), Many(item):
                items = [self.pattern(each, item, path) for each in node.items]
                return Items(tuple(item for item in items if item is not None), self.label(path))
            case MappingNode(), _ if _unquoted(node):
                self._reading.refuse(node, "template-unquoted", "braces without quotes around them", _IN_QUOTES)
                return None
            case MappingNode(), _ if known := _parts(node, shape):
                return self.branch(node, known, path, f"`{path}`")
            case _:
                what = f"`{path}` is not written so"
                self._reading.refuse(node, "shape-unexpected", what, 'write one text, such as "{name of a column}"')
                return None

    def condition(self, node: Node) -> Expression | None:
        """An expression without braces; None where it was refused."""
        if not isinstance(node, ScalarNode) or node.empty:
            self._reading.refuse(node, "shape-unexpected", "a condition is an expression", "write one, such as shares")
            return None
        try:
            found = Expression(node.text)
        except ParseProblem as problem:
            self._reading.refuse_part(node, problem)
            return None
        self.asked.append((found, self._reading.place(node)))
        return found

    def template(self, node: ScalarNode, path: str) -> tuple[Template, int] | None:
        """A template and its label; None where it was refused."""
        if node.empty:
            self._reading.refuse(node, "value-empty", "nothing is written here", "leave the field out")
            return None
        try:
            found = Template(node.text)
        except ParseProblem as problem:
            self._reading.refuse_part(node, problem)
            return None
        self.asked += [(expression, self._reading.place(node)) for expression in found.expressions]
        return found, self.label(path, found)

    def label(self, path: str, template: Template | None = None) -> int:
        """The index of a new label."""
        cells = [f"{{{expression.text}}}" for expression in template.expressions] if template else []
        self.labels.append(f"{path} from {' and '.join(cells)}" if cells else path)
        return len(self.labels) - 1

    def _leaf(self, node: ScalarNode, shape: Shape, path: str, convert: Converted) -> Leaf | None:
        found = self.template(node, path)
        if found is None:
            return None
        template, label = found
        if template.parts == (node.text,) and not isinstance(_innermost(shape), Figure):
            # Every row would be refused for it; a figure alone may need the source's currency.
            value(node, shape, self._reading)
        return Leaf(template, convert, self._nothing, label)

    def _published(self, node: Node) -> Leaf | None:
        found = self.template(node, "source.published") if isinstance(node, ScalarNode) else None
        return Leaf(found[0], self._dates.moment, self._nothing, found[1]) if found else None

    def _conversion(self, shape: Shape) -> Converted:
        match _innermost(shape):
            case Time() | Day():
                return self._dates.day
            case Figure() if self._numbers:
                return self._numbers.figure
            case Number() | Whole() if self._numbers:
                return self._numbers.number
            case _:
                return _unchanged


def _unchanged(text: str) -> str:
    return text


def _innermost(shape: Shape) -> Shape:
    return _innermost(shape.item) if isinstance(shape, Many) else shape


def _parts(node: MappingNode, shape: Shape) -> Mapping[str, Field] | None:
    """The fields that a mapping may have; None where the shape is written as no mapping."""
    match _innermost(shape):
        case Group(_, fields) as group:
            named = isinstance(shape, Many) and group.is_pair and node.entries.keys() != fields.keys()
            return dict.fromkeys(node.entries, fields["value"]) if named else fields
        case Time():
            return {**WHEN_FIELDS, "when": Field(Time(), required=True)}
        case _:
            return None


def _unquoted(node: MappingNode) -> bool:
    """Whether a template stands without its quotes: YAML reads {name} as a mapping in which `name` has no value."""
    values = [entry.value for entry in node.entries.values()]
    return (
        node.flow and bool(values) and all(isinstance(each, ScalarNode) and each.start == each.end for each in values)
    )
