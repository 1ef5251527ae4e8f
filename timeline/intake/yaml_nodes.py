"""The part of YAML that fixtures are written in, as nodes that know their place in the file.

Every scalar is a text (YAML 1.1 would read `NO` as false and `12:30` as 750), a key stands once, and aliases and tags
are refused: an alias bomb of a few lines unfolds to gigabytes. Built from the parser's events, so that a nest that is
too deep is refused before anything recurses into it. Knows nothing of facts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

import yaml
from msgspec import Struct

from timeline.intake.wording import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.errors import Problem
    from timeline.intake.document import Document

DEEPEST = 32
"""How many lists and mappings may stand in one another; a fixture needs six."""

_TOO_DEEP = ("yaml-depth", f"nested more than {DEEPEST} deep", "no fixture needs this: look at the brackets")

# What YAML 1.1 (5.1) lets stand in a file, turned round.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_QUOTE_IT = "put the text in double quotes"
_REMEDIES = (
    ("block scalar", f"{_QUOTE_IT}: at the beginning of a value, > and | announce a block of lines"),
    (
        "mapping values are not allowed",
        f"{_QUOTE_IT} where it contains a colon and a space; else look at the indentation",
    ),
    (
        "cannot start any token",
        f"{_QUOTE_IT} where it begins with a special character; indent with spaces, never with tabs",
    ),
    ("quoted scalar", "close the quotes; within double quotes write a backslash as \\\\"),
    ("flow", "close every [ with ] and every { with }, and put commas between"),
    ("alias", _QUOTE_IT),
    ("anchor", _QUOTE_IT),
    ("could not find expected ':'", "write `name: value`, with a space behind the colon"),
)
_REMEDY = "look at the indentation, the colons and the quotes of this line and the one before"


class ScalarNode(Struct, frozen=True):
    """A text.

    Attributes:
        text: as YAML unfolds it, with escapes and line folding resolved.
        start: offset in the document of its first character, a quotation mark included.
        end: offset behind its last character.
        style: `'`, `"`, `|`, `>`, empty for a plain scalar, or `=` for a text that is typed and not YAML.
    """

    text: str
    start: int
    end: int
    style: str = ""

    @property
    def empty(self) -> bool:
        """Nothing is written, in any of YAML's ways to write nothing."""
        return not self.text.strip() or (not self.style and self.text in {"~", "null", "Null", "NULL"})


class SequenceNode(Struct, frozen=True):
    """A list, in the order of the file."""

    items: tuple[Node, ...]
    start: int
    end: int


class Entry(Struct, frozen=True):
    """A key of a mapping with its value."""

    key: ScalarNode
    value: Node


class MappingNode(Struct, frozen=True):
    """Entries by key, in the order of the file.

    Attributes:
        flow: written in braces, where a comma ends a value.
    """

    entries: dict[str, Entry]
    start: int
    end: int
    flow: bool = False


class RefusedNode(Struct, frozen=True):
    """A value that was refused and reported already, so that nobody need complain again."""

    start: int
    end: int


Node: TypeAlias = ScalarNode | SequenceNode | MappingNode | RefusedNode


def compose(document: Document) -> tuple[Node | None, tuple[Problem, ...]]:
    """The document's one node, None where there is none to speak of, and what is wrong with its YAML."""
    forbidden = _FORBIDDEN.search(document.text)
    if forbidden:
        what = f"the character U+{ord(forbidden[0]):04X} cannot stand in a text file"
        place = document.place(forbidden.start())
        return None, (place.problem("yaml-character", what, "delete it; is this a YAML file?"),)
    composer = _Composer(document)
    try:
        return composer.root(), tuple(composer.problems)
    except _Stop:
        return None, tuple(composer.problems)
    except yaml.YAMLError as error:
        return None, (*composer.problems, _syntax(document, error))


class _Stop(Exception):
    """The rest of the file cannot be made sense of; the reason has been noted."""


class _Composer:
    """One pass over a document's events."""

    def __init__(self, document: Document) -> None:
        self.problems: list[Problem] = []
        self._document = document
        self._events: Iterator[yaml.Event] = yaml.parse(
            document.text, yaml.CLoader if yaml.__with_libyaml__ else yaml.Loader
        )
        self._anchors: set[str] = set()

    def root(self) -> Node | None:
        found: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if found is not None:
                    fix = "write one fixture a file, without a line of ---"
                    self._note(event, "yaml-documents", "a second document begins here", fix)
                    break
                found = self._node(next(self._events), 1)
        return found

    def _node(self, event: yaml.Event, depth: int) -> Node:
        self._refuse_tag_and_anchor(event)
        if isinstance(event, yaml.ScalarEvent):
            return ScalarNode(event.value, *_span(event), event.style or "")
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        if depth > DEEPEST:
            self._note(event, *_TOO_DEEP)
            raise _Stop
        return (
            self._mapping(event, depth) if isinstance(event, yaml.MappingStartEvent) else self._sequence(event, depth)
        )

    def _sequence(self, opening: yaml.Event, depth: int) -> SequenceNode:
        items = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return SequenceNode(tuple(items), _span(opening)[0], _span(event)[1])

    def _mapping(self, opening: yaml.MappingStartEvent, depth: int) -> MappingNode:
        entries: dict[str, Entry] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            value = self._node(next(self._events), depth + 1)
            if isinstance(key, ScalarNode) and key.text:
                self._enter(entries, Entry(key, value))
            elif not isinstance(key, RefusedNode):
                self._note(event, "yaml-key", "a key must be a name", "write `name: value`")
        return MappingNode(entries, _span(opening)[0], _span(event)[1], bool(opening.flow_style))

    def _enter(self, entries: dict[str, Entry], entry: Entry) -> None:
        first = entries.setdefault(entry.key.text, entry)
        if first is not entry:
            place = self._document.place(entry.key.start, entry.key.end)
            line = self._document.place(first.key.start).line
            what = f"{shown(entry.key.text)} is given twice, first in line {line}"
            self.problems.append(place.problem("yaml-duplicate-key", what, "keep one of the two"))

    def _alias(self, event: yaml.AliasEvent) -> RefusedNode:
        if event.anchor not in self._anchors:
            what = f"no anchor is called {shown(str(event.anchor))}"
            self._note(event, "yaml-alias", what, f"{_QUOTE_IT} if no alias is meant")
        return RefusedNode(*_span(event))

    def _refuse_tag_and_anchor(self, event: yaml.Event) -> None:
        """An anchor is reported where it stands, so that its aliases need not be."""
        anchor = getattr(event, "anchor", None)
        if anchor and not isinstance(event, yaml.AliasEvent):
            self._anchors.add(anchor)
            fix = f"write the value out wherever it is needed; {_QUOTE_IT} if no anchor is meant"
            self._note(event, "yaml-alias", f"anchors and aliases are not read: {shown('&' + anchor)}", fix)
        if getattr(event, "tag", None):
            fix = f"leave the tag out; {_QUOTE_IT} if no tag is meant"
            self._note(event, "yaml-tag", "tags are not read: every value is a text", fix)

    def _note(self, event: yaml.Event, rule: str, what: str, fix: str) -> None:
        start, end = _span(event)
        whole = isinstance(event, yaml.ScalarEvent | yaml.AliasEvent)
        self.problems.append(self._document.place(start, end if whole else start + 1).problem(rule, what, fix))


def _span(event: yaml.Event) -> tuple[int, int]:
    """Offsets of an event's first character and of the one behind its last."""
    assert event.start_mark  # noqa: S101  only the emitter's events have no marks
    assert event.end_mark  # noqa: S101
    return event.start_mark.index, event.end_mark.index


def _syntax(document: Document, error: yaml.YAMLError) -> Problem:
    context, problem, start, mark = (
        getattr(error, name, None) for name in ("context", "problem", "context_mark", "problem_mark")
    )
    end = len(document.text.rstrip())
    if problem and "nesting depth" in problem:  # newer libraries look ahead and stop before this reader does
        return document.place(min(mark.index if mark else 0, end)).problem(*_TOO_DEEP)
    if start and (mark is None or mark.index >= end):
        # Something was opened and never closed: its beginning says more than the end of the file.
        mark, context = start, f"{context}, which never ends"
    scanning = context is None or "next token" in context
    what = (problem or str(error)) if scanning else f"{context}: {problem}"
    fix = next((fix for sign, fix in _REMEDIES if sign in f"{context} {problem}"), _REMEDY)
    return document.place(min(mark.index if mark else 0, end)).problem("yaml-syntax", what, fix)
