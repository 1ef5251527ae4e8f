"""Paths: how a person names a figure of a page, `targets[EV deliveries][2025].status`, as words of a command line.

A path is a topic and then steps. A step in brackets selects rows of a table; one without is a name (of a field, a
table, a column) or, where nothing is called so, a selector too. What stands between steps, a dot or a slash, is decided
by the first that is used, so that the other may stand within a step: `targets/EV deliveries/2025/status`, and
`products.SUV model.milestones.2025-06/2025-08.when`. Within brackets anything may stand.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from timeline.errors import InvalidInput, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOPIC = re.compile(r"[A-Za-z_]+")
_BRACKETS = re.compile(r"\[(.*?)\](?=[./\[]|$)")
_BARE = {".": re.compile(r"[^.\[]+"), "/": re.compile(r"[^/\[]+")}
_FIX = "write TOPIC, TOPIC.FIELD or TOPIC.TABLE[ROW].COLUMN, as in 'targets[EV deliveries][2025].status'"


class Step(NamedTuple):
    """One step below a topic.

    Attributes:
        text: as typed, without brackets.
        selects: whether it stood in brackets, and so can only select rows.
    """

    text: str
    selects: bool


def split(path: str) -> tuple[str, tuple[Step, ...]]:
    """The topic and the steps below it.

    Raises:
        InvalidInput: the text is no path.
    """
    path = path.strip()
    topic = _TOPIC.match(path)
    if topic is None:
        raise InvalidInput([Problem("path-malformed", f"the path {path!r} does not begin with a topic", _FIX)])
    rest = path[topic.end() :]
    return topic.group(), tuple(_steps(path, rest, _separator(rest)))


def _separator(rest: str) -> str:
    """The first dot or slash that stands between steps."""
    return next((sign for sign in _BRACKETS.sub("", rest) if sign in _BARE), ".")


def _steps(path: str, rest: str, separator: str) -> Iterator[Step]:
    while rest:
        selects = rest[0] == "["
        found = _BRACKETS.match(rest) if selects else _BARE[separator].match(rest, 1)
        text = found.group(found.lastindex or 0).strip() if found else ""
        if found is None or not text or (not selects and rest[0] != separator):
            raise InvalidInput([Problem("path-malformed", f"the path {path!r} cannot be read from {rest!r} on", _FIX)])
        yield Step(text, selects)
        rest = rest[found.end() :]
