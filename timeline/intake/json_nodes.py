"""JSON as nodes that know their place in the file, as `timeline.intake.yaml_nodes` makes them of YAML.

Every value is a text, a number as it is written; a name stands once in an object. What is null is left out, since
programs write so what is not stated.
"""

from __future__ import annotations

import json
import re
from json.decoder import scanstring  # type: ignore[attr-defined]  # documented nowhere, and part of every json
from typing import TYPE_CHECKING, Never

from timeline.intake.wording import shown
from timeline.intake.yaml_nodes import DEEPEST, Entry, MappingNode, RefusedNode, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from timeline.intake.reading import Reading
    from timeline.intake.yaml_nodes import Node

_SPACE = re.compile(r"[ \t\r\n]*")
_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null")
_FIX = "write JSON: names and texts in double quotes, no comma behind the last"


def compose_json(reading: Reading, start: int, end: int) -> Node | None:
    """The value between two offsets of the reading's document; None, and noted, where there is no JSON."""
    composer = _Composer(reading, end)
    try:
        node, at = composer.value(start, 1)
        composer.expect_end(at)
    except _StopError:
        return None
    return node


class _StopError(Exception):
    """The rest cannot be made sense of; the reason has been noted."""


class _Composer:
    """One pass over a value."""

    def __init__(self, reading: Reading, end: int) -> None:
        self._reading = reading
        self._text = reading.document.text
        self._end = end

    def value(self, at: int, depth: int) -> tuple[Node | None, int]:
        """The value behind an offset, None for null, and the offset behind it."""
        at = self._next(at)
        char = self._char(at)
        if depth > DEEPEST:
            self._stop(at, f"nested more than {DEEPEST} deep", "no fixture needs this: look at the brackets")
        if char == "{":
            return self._object(at, depth)
        if char == "[":
            return self._list(at, depth)
        if char == '"':
            return self._string(at)
        found = _PLAIN.match(self._text, at, self._end)
        if found is None:
            self._stop(at, "a value is wanted here")
        return None if found[0] == "null" else ScalarNode(found[0], at, found.end(), "="), found.end()

    def expect_end(self, at: int) -> None:
        """Refuse what follows."""
        at = self._next(at)
        if at < self._end:
            self._stop(at, "something stands behind the value", "write one object a line")

    def _string(self, at: int) -> tuple[ScalarNode, int]:
        try:
            # In the whole text, since a copy of what is left takes too long for many strings. No string ends behind
            # the line, as a line break cannot stand in one.
            text, end = scanstring(self._text, at + 1, True)  # noqa: FBT003  the library's own signature
        except json.JSONDecodeError as error:
            if error.pos >= self._end:
                self._stop(at, "unterminated string starting at")
            self._stop(error.pos, error.msg.lower())
        return ScalarNode(text, at, end, '"'), end

    def _list(self, at: int, depth: int) -> tuple[SequenceNode, int]:
        items: list[Node] = []
        start = at
        at = self._next(at + 1)
        while self._char(at) != "]":
            before = at = self._next(self._comma(at) if items else at)
            node, at = self.value(at, depth + 1)
            # Nothing in a list is refused where the list is read: it may be a mistake for something.
            items.append(node or ScalarNode("", before, at, "="))
            at = self._next(at)
        return SequenceNode(tuple(items), start, at + 1), at + 1

    def _object(self, at: int, depth: int) -> tuple[MappingNode, int]:
        entries: dict[str, Entry] = {}
        start, first, met = at, True, set[str]()
        at = self._next(at + 1)
        while self._char(at) != "}":
            at = at if first else self._next(self._comma(at))
            first = False
            if self._char(at) != '"':
                self._stop(at, "a name in double quotes is wanted here")
            key, at = self._string(at)
            at = self._next(at)
            if self._char(at) != ":":
                self._stop(at, "a colon is wanted behind a name")
            node, at = self.value(at + 1, depth + 1)
            if key.text in met:
                what = f"{shown(key.text)} is given twice"
                self._reading.refuse(key, "json-duplicate-key", what, "keep one of the two")
            elif node is not None:
                entries[key.text] = Entry(key, node)
            met.add(key.text)
            at = self._next(at)
        return MappingNode(entries, start, at + 1), at + 1

    def _comma(self, at: int) -> int:
        if self._char(at) != ",":
            self._stop(at, "a comma or a closing bracket is wanted here")
        return at + 1

    def _char(self, at: int) -> str:
        return self._text[at] if at < self._end else ""

    def _next(self, at: int) -> int:
        found = _SPACE.match(self._text, at, self._end)
        return found.end() if found else at

    def _stop(self, at: int, what: str, fix: str = _FIX) -> Never:
        at = min(at, self._end)
        self._reading.refuse(RefusedNode(at, at + 1), "json-syntax", what, fix)
        raise _StopError
