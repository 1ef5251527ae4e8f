"""Fixtures for a PostgreSQL server, and a fresh schema on it for each test; import them into a folder's `conftest.py`.

Where there is no server, see `tests.server`, tests skip; in continuous integration (CI=true) they fail.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from tests.server import SECRET, NoServerError, Schema, fresh_schema, running_server

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["SECRET", "Schema", "fresh_schema", "postgres_server", "schema"]


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """URL of a server's database that tests may fill."""
    with ExitStack() as stack:
        try:
            url = stack.enter_context(running_server())
        except NoServerError as error:
            (pytest.fail if os.environ.get("CI") else pytest.skip)(str(error))
        yield url


@pytest.fixture
def schema(postgres_server: str) -> Iterator[Schema]:
    """A fresh schema, which is not made yet."""
    with fresh_schema(postgres_server) as made:
        yield made
