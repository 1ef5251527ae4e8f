"""The shipped facts in a database: one to read, copies to write."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests import databases
from tests.served import postgres_server
from timeline import Timeline
from timeline.render.data import audit_json, page_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["postgres_server"]

FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.fixture(scope="session")
def shipped_path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if databases.ON_SERVER:
        path = databases.on_server(request.getfixturevalue("postgres_server"))
    else:
        path = tmp_path_factory.mktemp("shipped") / "facts.db"
    Timeline.open(path).load([str(FIXTURES)])
    return path


@pytest.fixture(scope="session")
def shipped(shipped_path: Path) -> Timeline:
    """The shipped facts, to be read only."""
    return Timeline.open(shipped_path)


@pytest.fixture
def path(shipped_path: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of them that may be written."""
    if databases.ON_SERVER:
        with databases.copied(shipped_path) as copy:
            yield copy
    else:
        yield Path(shutil.copy(shipped_path, tmp_path / "facts.db"))


@pytest.fixture
def xiaomi(shipped: Timeline) -> dict[str, Any]:
    """`show xiaomi --json`."""
    return page_json(shipped.show("xiaomi"))


@pytest.fixture
def targets(shipped: Timeline) -> list[dict[str, Any]]:
    """The targets of `audit targets xiaomi --json`."""
    (company,) = audit_json(shipped.audit("xiaomi", only=["targets"]))["companies"]
    rows: list[dict[str, Any]] = company["sections"]["targets"]["targets"]
    return rows


@pytest.fixture
def fixture_file(tmp_path: Path) -> Callable[[str], str]:
    """Write a fixture and give its path."""

    def write(text: str) -> str:
        file = tmp_path / "told.yaml"
        file.write_text(text, encoding="utf-8")
        return str(file)

    return write
