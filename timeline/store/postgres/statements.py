"""The store's SQL as PostgreSQL takes it: what is written once, in words that SQLite knows, said in its own."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_MANY = 1000
"""Statements that are remembered; those that name as many values as they are given are the most."""

_WORDS = re.compile(
    r"""'(?:[^']|'')*'            # a text or a name is left as it is, whatever stands in it
      | "(?:[^"]|"")*"
      | \?(?P<number>\d*)         # a value, by its number or as the next one
      | CAST\((?P<text>[\w.]+)\ AS\ BLOB\)""",
    re.VERBOSE,
)


@lru_cache(_MANY)
def translated(sql: str) -> str:
    """The statement with its values as `$1`, `$2`, and the bytes of a text as PostgreSQL gives them out.

    `CAST(text AS BLOB)` is the one function that the two name differently and that readers of the log need in every
    statement; it is said of columns only. What else differs is in `timeline.store.dialect`.
    """
    following = count(1)
    return _WORDS.sub(lambda found: _said(found, following), sql)


def _said(found: re.Match[str], following: Iterator[int]) -> str:
    if found["text"]:
        return f"convert_to({found['text']}, 'UTF8')"
    if found["number"] is None:
        return found[0]
    return f"${found['number'] or next(following)}"
