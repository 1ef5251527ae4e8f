"""Words typed on a command line, FIELD=VALUE each, as the nodes that a fixture's YAML would have become.

A value is taken as it stands: no sign in it means anything here, since a shell has quotes of its own.

    shares="5 million" features=LiDAR features="Hyper Autonomous Driving" due=2026-04 due.wording="in spring"
    at.paragraph=3 at.quote="5 million" specifications.range="902 km"

A field that takes a list is given once for each item, and a part that is given again begins the next item. What a
fixture can say and words cannot are names with an equals sign in them, and two values under one name.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from timeline.intake.convert import WHEN_FIELDS
from timeline.intake.document import Document
from timeline.intake.reading import Reading
from timeline.intake.shape import Field, Group, Many, Time
from timeline.intake.wording import listed, shown
from timeline.intake.yaml_nodes import Entry, MappingNode, RefusedNode, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from timeline.intake.shape import Shape
    from timeline.intake.yaml_nodes import Node

SETTLED = ("kind", "company", "key")
"""Fields of every fact that are not given as words."""

_TYPED = "="
_WHERE = {"kind": "name it before the company", "company": "name it before the fields", "key": "name it with --key"}
_NEVER_CHANGES = "it never changes: retract the event, and add another"


class Sheet:
    """All words, one a line, so that each has a place."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._end = 0

    def line(self, text: str) -> int:
        """The offset at which a line begins that is written now."""
        start = self._end
        self._lines.append(text)
        self._end += len(text) + 1
        return start

    def word(self, text: str, before: str = "") -> ScalarNode:
        """A text as a node, on a line of its own."""
        start = self.line(before + text) + len(before)
        return ScalarNode(text, start, start + len(text), _TYPED)

    def document(self) -> Document:
        """The words so far."""
        return Document.of("", "\n".join(self._lines))


class WordReading(Reading):
    """A reading of words, whose remedies are words too."""

    def assignment(self, at: Node, name: str) -> str:
        """The word for a field; a part is missing at another part, whose prefix it shares."""
        column = self.place(at).column
        return f"{self.document.text[at.start - column + 1 : at.start]}{name}=…"


class _Word(Struct, frozen=True):
    """A word that gives a value to a field, or to a part of it.

    Attributes:
        path: the field, the part within it, and so on.
        value: as typed.
        start: offset of the word.
    """

    path: tuple[str, ...]
    value: str
    start: int

    @property
    def name(self) -> str:
        """The word up to its sign."""
        return ".".join(self.path)

    @property
    def scalar(self) -> ScalarNode:
        """The value."""
        start = self.start + len(self.name) + 1
        return ScalarNode(self.value, start, start + len(self.value), _TYPED)

    def key(self, depth: int) -> ScalarNode:
        """The part at a depth."""
        rest, text = self.rest(depth), self.path[depth]
        return replace(rest, text=text, end=rest.start + len(text))

    def rest(self, depth: int) -> ScalarNode:
        """All that is left of the path from a depth on, as one name."""
        text = ".".join(self.path[depth:])
        end = self.start + len(self.name)
        return ScalarNode(text, end - len(text), end, _TYPED)


class Words:
    """Words on their way to nodes.

    A word that has no place in its field is refused here; whether a value fits is for `timeline.intake.convert` to say.
    """

    def __init__(self, reading: Reading, *, correcting: bool) -> None:
        self._reading = reading
        self._correcting = correcting

    def fields(self, typed: Iterable[tuple[str, int]], known: Mapping[str, Field]) -> dict[str, Entry]:
        """The fields that are typed, by name.

        Args:
            typed: words, each with its offset.
            known: the fields that there are; others are left to the converter, which refuses them by name.
        """
        return self._entries([word for each in typed if (word := self._word(*each))], known, 0)

    def _word(self, text: str, start: int) -> _Word | None:
        name, sign, value = text.partition("=")
        path = tuple(name.split("."))
        if not sign or not path[0]:
            what, fix = f"{shown(text)} gives no field a value", "write FIELD=VALUE, such as occurred=2026-01-08"
            self._reading.refuse(RefusedNode(start, start + len(text)), "word-malformed", what, fix)
        elif path[0] in SETTLED:
            fix = _NEVER_CHANGES if self._correcting else _WHERE[path[0]]
            node = RefusedNode(start, start + len(path[0]))
            self._reading.refuse(node, "word-settled", f"the {path[0]} is none of the fields", fix)
        else:
            return _Word(path, value, start)
        return None

    def _entries(self, words: Iterable[_Word], known: Mapping[str, Field], depth: int) -> dict[str, Entry]:
        by_name = _grouped(words, lambda word: word.path[depth])
        return {
            name: Entry(given[0].key(depth), self._node(given, known[name].shape if name in known else None, depth + 1))
            for name, given in by_name.items()
        }

    def _node(self, words: Sequence[_Word], shape: Shape | None, depth: int) -> Node:
        """The node of words whose paths are the same up to a depth."""
        match shape:
            case None:
                return _refused(words)
            case _ if len(words) == 1 and words[0].path[depth:] == () and not words[0].value:
                return self._scalar(words, depth)
            case Many(Group(is_pair=True)):
                return self._pairs(words, depth)
            case Many(item):
                items = _items(words, depth) if isinstance(item, Group) else [[word] for word in words]
                nodes = tuple(self._node(given, item, depth) for given in items)
                return SequenceNode(nodes, nodes[0].start, nodes[-1].end)
            case Group():
                return self._parts(words, shape, depth)
            case Time() if any(word.path[depth:] for word in words):
                return self._worded(words, depth)
            case _:
                return self._scalar(words, depth)

    def _scalar(self, words: Sequence[_Word], depth: int) -> Node:
        word, *others = words
        name = ".".join(word.path[:depth])
        if parted := [each for each in words if each.path[depth:]]:
            return self._refuse(parted, "word-parts", f"`{name}` has no parts", f"write {name}=…")
        if others:
            return self._refuse(others, "word-repeated", f"`{name}` is given twice", "keep one of the two")
        if word.value.strip() or (self._correcting and not word.value):
            return word.scalar
        fix = "leave the field out where the source does not say"
        self._reading.refuse(word.scalar, "value-empty", "nothing is written here", fix)
        return _refused(words)

    def _parts(self, words: Sequence[_Word], shape: Group, depth: int) -> Node:
        if plain := [word for word in words if not word.path[depth:]]:
            ways = listed((f"{plain[0].name}.{part}=…" for part in shape.fields), "or")
            return self._refuse(plain, "word-parts", f"`{plain[0].name}` is given in parts", f"write {ways}")
        return _mapping(self._entries(words, shape.fields, depth))

    def _pairs(self, words: Sequence[_Word], depth: int) -> Node:
        if plain := [word for word in words if not word.path[depth:]]:
            name = plain[0].name
            return self._refuse(plain, "word-parts", f"each of the {name} has a name", f"write {name}.NAME=VALUE")
        by_name = _grouped(words, lambda word: word.rest(depth).text)
        # A name may well have points in it.
        return _mapping(
            {
                name: Entry(given[0].rest(depth), self._scalar(given, len(given[0].path)))
                for name, given in by_name.items()
            }
        )

    def _worded(self, words: Sequence[_Word], depth: int) -> Node:
        """A date in parts, of which `when` may be given without its name."""
        plain = [word for word in words if not word.path[depth:]]
        entries = self._entries([word for word in words if word.path[depth:]], WHEN_FIELDS, depth)
        if plain and "when" in entries:
            return self._refuse(plain, "word-repeated", f"`{plain[0].name}.when` is given twice", "keep one of the two")
        if plain:
            entries["when"] = Entry(replace(plain[0].key(depth - 1), text="when"), self._scalar(plain, depth))
        return _mapping(entries)

    def _refuse(self, words: Sequence[_Word], rule: str, what: str, fix: str) -> RefusedNode:
        for word in words:
            self._reading.refuse(word.rest(0), rule, what, fix)
        return _refused(words)


def _refused(words: Sequence[_Word]) -> RefusedNode:
    return RefusedNode(words[0].start, words[-1].scalar.end)


def _mapping(entries: dict[str, Entry]) -> MappingNode:
    found = list(entries.values())
    return MappingNode(entries, found[0].key.start, found[-1].value.end)


def _grouped(words: Iterable[_Word], name: Callable[[_Word], str]) -> dict[str, list[_Word]]:
    found: dict[str, list[_Word]] = defaultdict(list)
    for word in words:
        found[name(word)].append(word)
    return found


def _items(words: Iterable[_Word], depth: int) -> list[list[_Word]]:
    """The words of each item of a list."""
    items: list[list[_Word]] = []
    for word in words:
        if not items or word.path[depth:] in {each.path[depth:] for each in items[-1]}:
            items.append([])
        items[-1].append(word)
    return items
