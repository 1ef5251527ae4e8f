"""A way to write fixtures and read them back in terms of the made-up kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.intake.kinds import PAYLOADS
from timeline.intake.fixture import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from timeline.intake.fixture import Batch


@pytest.fixture
def batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Batch]:
    """The batch of files with these contents, called a.yaml, b.yaml, …"""
    monkeypatch.chdir(tmp_path)

    def write_and_read(*contents: str | bytes) -> Batch:
        for name, content in zip("abcdef", contents, strict=False):
            (tmp_path / f"{name}.yaml").write_bytes(content if isinstance(content, bytes) else content.encode())
        return read(["."], payloads=PAYLOADS)

    return write_and_read
