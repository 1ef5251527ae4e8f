"""Where in a file a character of a scalar stands: quotes, escapes and folded lines make the two differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.intake.yaml_nodes import ScalarNode

_BREAKS = "\r\n\x85\u2028\u2029"
_WHITE = f" \t{_BREAKS}"
_ESCAPES = {"x": 4, "u": 6, "U": 10}


def file_span(text: str, node: ScalarNode, start: int, end: int | None) -> tuple[int, int]:
    """Offsets in the file's text of the characters from `start` up to but without `end` of a scalar's text.

    Without an end, or past it, the scalar's own end is meant, a quotation mark excluded.
    """
    raw = text[node.start : node.end]
    last = len(node.text) if end is None else min(end, len(node.text))
    spans = _spans(raw, node)
    if not spans:
        return node.start, node.end
    first = spans[start][0] if start < len(spans) else spans[-1][1]
    return node.start + first, node.start + max(spans[last - 1][1] if last > start else first + 1, first + 1)


def _spans(raw: str, node: ScalarNode) -> list[tuple[int, int]]:
    """Offsets in the scalar as written, by character of its text.

    Folding only drops or replaces white space, so the two can be walked side by side.
    """
    spans = []
    cursor = 1 if node.style in {"'", '"'} else raw.find("\n") + 1 if node.style in {"|", ">"} else 0
    for char in node.text:
        cursor = _next(raw, cursor, char, node.style)
        length = _length(raw, cursor, node.style)
        spans.append((min(cursor, len(raw)), min(cursor + length, len(raw))))
        cursor += length
    return spans


def _next(raw: str, cursor: int, char: str, style: str) -> int:
    while cursor < len(raw):
        if style == '"' and raw[cursor] == "\\" and raw[cursor + 1 : cursor + 2] in tuple(_BREAKS):
            cursor += 2
        elif raw[cursor] in _WHITE and char not in _WHITE:
            cursor += 1
        else:
            break
    return cursor


def _length(raw: str, cursor: int, style: str) -> int:
    if style == '"' and raw.startswith("\\", cursor):
        return _ESCAPES.get(raw[cursor + 1 : cursor + 2], 2)
    return 2 if style == "'" and raw.startswith("''", cursor) else 1
