"""Feeds a map and rows to the reader of tables."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from fuzzing.harness import written
from timeline.catalog import catalog
from timeline.intake.document import Document
from timeline.intake.mapping import Map, read_map
from timeline.intake.table import Table

if TYPE_CHECKING:
    from timeline.errors import Problem

MAP = b"""\
schema: timeline/table/1
company: "{slug(name)}"
source: {id: returns, kind: filing, title: "{name}", published: 2026-02-01, zone: Europe/Berlin}
register: {name: "{name}"}
facts:
  - {kind: buyback.executed, key: "{day}", occurred: "{day}", shares: "{shares} shares", price: "HKD {prices[0]}"}
  - {kind: result.reported, when: deep, key: "r{@row}", occurred: "{day}", metric: revenue, period: "{day}", value: "{deep}"}
  - {kind: statement.made, key: "s{@row}", occurred: "{day}", category: strategy, text: "{to_string(@)}"}
"""
ROWS = b"""\
{"name": "Acme", "day": "2026-01-08", "shares": 5000, "prices": [38.04], "deep": {"a": [1, null]}}
{"name": "\\u202e", "day": "08.01.2026", "shares": "5,000", "prices": ["n/a", 0.10], "deep": 1e3}
{"name": null, "shares": "0"}
"""


def read(map_text: bytes, rows: bytes, name: str) -> None:
    """What the rows bring; every problem can be printed."""
    table = _map(map_text)
    if not isinstance(table, Map):
        _print(table)
        return
    found = Table([written(name, rows)], table, catalog().payloads)
    _print(tuple(found.problems()))
    for taken in found:
        _print(taken.problems)
    _print(found.notes())


@lru_cache(maxsize=1)
def _map(text: bytes) -> Map | tuple[Problem, ...]:
    return read_map(Document.of("map.yaml", text.decode("utf-8", "replace")), catalog().payloads)


def _print(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        assert all(line.isprintable() for line in str(problem).split("\n")), problem
