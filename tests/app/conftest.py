"""The shipped facts in a database: one to read, copies to write."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from timeline import Timeline
from timeline.render.data import audit_json, page_json
from timeline.store import driver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.fixture(scope="session")
def shipped_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("shipped") / "facts.db"
    Timeline.open(path).load([str(FIXTURES)])
    return path


@pytest.fixture(scope="session")
def shipped(shipped_path: Path) -> Timeline:
    """The shipped facts, to be read only."""
    return Timeline.open(shipped_path)


@pytest.fixture
def path(shipped_path: Path, tmp_path: Path) -> Path:
    """A copy of them that may be written."""
    copy = tmp_path / "facts.db"
    shutil.copy(shipped_path, copy)
    return copy


@pytest.fixture
def xiaomi(shipped: Timeline) -> dict[str, Any]:
    """`show xiaomi --json`."""
    return page_json(shipped.show("xiaomi"))


@pytest.fixture
def targets(shipped: Timeline) -> list[dict[str, Any]]:
    """The targets of `audit targets xiaomi --json`."""
    (company,) = audit_json(shipped.audit_targets("xiaomi"))["companies"]
    rows: list[dict[str, Any]] = company["sections"]["targets"]["targets"]
    return rows


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait a moment, not seconds, for another process's lock."""
    monkeypatch.setattr(driver, "BUSY_SECONDS", 0.1)


@pytest.fixture
def fixture_file(tmp_path: Path) -> Callable[[str], str]:
    """Write a fixture and give its path."""

    def write(text: str) -> str:
        file = tmp_path / "told.yaml"
        file.write_text(text, encoding="utf-8")
        return str(file)

    return write


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
