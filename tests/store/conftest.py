"""A database to write to, entries to write, and a way to be a user without rights over everything."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from timeline.event import event_id
from timeline.store import driver
from timeline.store.log import Entry
from timeline.store.opening import open_writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
    """Write entries in a transaction of their own."""

    def write(*entries: Entry, at: datetime = MORNING) -> list[Envelope]:
        with writer.transaction():
            return writer.append(entries, at, "tester")

    return write


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait a moment, not seconds, for another process's lock."""
    monkeypatch.setattr(driver, "BUSY_SECONDS", 0.1)


@pytest.fixture
def shared_folder() -> Iterator[Path]:
    """A folder that another user can reach, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


@pytest.fixture
def as_another_user() -> Callable[[], Any]:
    """Be bound by file permissions, which the superuser is not."""

    @contextmanager
    def drop() -> Iterator[None]:
        superuser = os.geteuid() == 0
        if superuser:
            os.seteuid(65534)
        try:
            yield
        finally:
            if superuser:
                os.seteuid(0)

    return drop
