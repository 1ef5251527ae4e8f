"""One database in which the companies are registered, to be copied and never written, and writing that is fast."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import databases
from tests.laws import bases
from tests.laws.worlds import REGISTER
from tests.served import postgres_server
from timeline.store import writer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["postgres_server"]


@pytest.fixture(scope="session")
def registered(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed database that knows the companies and nothing of them."""
    if databases.ON_SERVER:
        path = databases.on_server(request.getfixturevalue("postgres_server"))
        bases.load(path, [REGISTER])
        return path
    path = tmp_path_factory.mktemp("registered") / "facts.db"
    bases.load(path, [REGISTER])
    assert not path.with_name(f"{path.name}-wal").exists()
    return path


@pytest.fixture(scope="module", autouse=True)
def without_waiting_for_the_disk() -> Iterator[None]:
    """Half of the time would go into making thousands of short-lived databases outlast a loss of power."""
    settings = [setting.replace("synchronous = FULL", "synchronous = OFF") for setting in writer.SETTINGS]
    assert "synchronous = OFF" in settings
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writer, "SETTINGS", tuple(settings))
        yield
