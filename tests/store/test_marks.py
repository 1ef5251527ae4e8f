"""Marks of sources: a document is recorded under one id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.store.marks import mark_source, sources_marked

if TYPE_CHECKING:
    from timeline.store.writer import Writer


def test_a_mark_stays_with_the_source_that_had_it_first(writer: Writer) -> None:
    mark_source(writer.connection, "wire-1", ["sha256 of the text", "https://example.org/1"])
    mark_source(writer.connection, "wire-2", ["sha256 of the text", "https://example.org/2"])
    asked = ["sha256 of the text", "https://example.org/2", "https://example.org/3"]
    assert sources_marked(writer.connection, asked) == {
        "sha256 of the text": "wire-1",
        "https://example.org/2": "wire-2",
    }
