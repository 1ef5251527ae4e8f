"""A database to write to, and entries to write."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from timeline.event import event_id
from timeline.store.log import Entry
from timeline.store.opening import open_writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from timeline.event import Envelope
    from timeline.store.writer import Writer

MORNING = datetime(2026, 1, 9, 9, 46, 4, tzinfo=UTC)


@pytest.fixture
def morning() -> datetime:
    return MORNING


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "facts.db"


@pytest.fixture
def writer(path: Path) -> Iterator[Writer]:
    with open_writer(path) as opened:
        yield opened


@pytest.fixture
def entry() -> Callable[..., Entry]:
    """An entry with this key, of company acme unless told otherwise."""

    def make(key: str, body: str = "{}", **given: Any) -> Entry:  # noqa: ANN401
        source = given.pop("source", "wire-1")
        fields = {"company": "acme", "kind": "buyback.executed", "target": None, "published": "2026-01-09", **given}
        return Entry(id=event_id(source, key), source=source, key=key, body=body.encode(), **fields)

    return make


@pytest.fixture
def append(writer: Writer) -> Callable[..., list[Envelope]]:
    """Write entries in a transaction of their own, and read their envelopes again."""

    def write(*entries: Entry, at: datetime = MORNING) -> list[Envelope]:
        with writer.transaction():
            written = writer.append(entries, at, "tester")
        return [row.envelope for row in writer.log.rows(after=written.start - 1)]

    return write
