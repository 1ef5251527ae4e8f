"""Feeds an input to the reader of fixtures, by the end of its name."""

from __future__ import annotations

from fuzzing.harness import written
from timeline.catalog import catalog
from timeline.intake import fixture


def read(data: bytes, name: str) -> None:
    """A batch has facts that can be stored, or problems that can be printed."""
    batch = fixture.read([written(name, data)])
    for problem in (*batch.problems, *batch.notes):
        lines = str(problem).split("\n")
        assert all(line.isprintable() for line in lines), problem
    if not batch.problems:
        assert all(report.payload.KIND in catalog().payloads for report in batch.reports)
