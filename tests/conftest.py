"""What all tests share: Hypothesis profiles, a user bound by file permissions, and little patience with locks.

The profile gives the same examples at every run, so that a red one repeats; `pytest --hypothesis-profile=dev` looks for
new ones while the code changes, and `few` shows in a short time whether laws hold at all, as on a server
(TIMELINE_TEST_STORE=postgres).
"""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from timeline.store import driver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

settings.register_profile("steady", deadline=None, derandomize=True, database=None, print_blob=True)
settings.register_profile("dev", deadline=None)
settings.register_profile("few", settings.get_profile("steady"), max_examples=16)
settings.load_profile("steady")


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
