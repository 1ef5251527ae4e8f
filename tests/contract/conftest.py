"""A database in each store, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.contract.stores import Store, lite
from tests.served import Schema, postgres_server, schema

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["postgres_server", "schema"]

TRIGGERS = ("insert", "update", "delete", "truncate")


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """A database that is not made yet."""
    if request.param == "sqlite":
        return lite(tmp_path / "facts.db")
    return served(request.getfixturevalue("schema"))


@pytest.fixture
def other(tmp_path: Path) -> Store:
    """A second database, a file."""
    return lite(tmp_path / "other.db")


def served(made: Schema) -> Store:
    """A schema on a server."""
    import psycopg

    def unguarded(table: str) -> list[str]:
        return [f"ALTER TABLE {table} DISABLE TRIGGER ALL"]

    return Store("postgres", made.url, made.execute, psycopg.IntegrityError, unguarded)
