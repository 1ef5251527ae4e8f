"""Databases to be copied; never to be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.app.transfer.logs import WORLD, append
from tests.laws.bases import copied
from tests.laws.memory import events_of
from timeline.store.opening import open_writer

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed database without an event."""
    path = tmp_path_factory.mktemp("empty") / "facts.db"
    open_writer(path).close()
    return path


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory, empty: Path) -> Path:
    """A closed database of two companies, two sources and two facts, six events in all."""
    path = tmp_path_factory.mktemp("small") / "facts.db"
    with copied(empty) as base:
        append(base, events_of(WORLD))
        path.write_bytes(base.read_bytes())
    return path
