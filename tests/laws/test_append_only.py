"""Law 1: no SQL, whichever program it comes through, changes or removes what the log holds, or leaves a gap in it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import databases
from tests.laws import bases
from tests.laws.bases import few
from timeline.store.driver import sqlite

if TYPE_CHECKING:
    from pathlib import Path

    from hypothesis.strategies import DrawFn

pytestmark = pytest.mark.skipif(
    databases.ON_SERVER, reason="tries what SQLite understands; tests/contract/test_append_only.py tries a server"
)

EVENTS = 3
"""In the log that is attacked: the register and the two companies in it."""

COLUMNS = {
    "event": ("position", "id", "company", "kind", "source", "key", "target", "published", "recorded", "actor"),
    "body": ("position", "salt", "body"),
    "checkpoint": ("size", "root", "frontier", "text", "recorded"),
}
KEYS = {"event": ("position", "id"), "body": ("position",), "checkpoint": ("size",)}

IN_PYTHON = "import sqlite3, sys; sqlite3.connect(sys.argv[1], isolation_level=None).execute(sys.argv[2])"
"""Where there is no `sqlite3` shell: another process with Python's own module."""

REFUSAL = "the log is append-only|NOT NULL constraint failed|datatype mismatch"


@st.composite
def updates(draw: DrawFn) -> str:
    table = draw(st.sampled_from(bases.LOG))
    conflict = draw(st.sampled_from(("", "OR REPLACE ", "OR IGNORE ", "OR FAIL ")))
    column, other = draw(st.sampled_from(COLUMNS[table])), draw(st.sampled_from(COLUMNS[table]))
    value = draw(st.sampled_from(("NULL", "1", "'x'", other)))
    return f"UPDATE {conflict}{table} SET {column} = {value}{draw(_where(table))}"  # noqa: S608


@st.composite
def deletions(draw: DrawFn) -> str:
    table = draw(st.sampled_from(bases.LOG))
    return f"DELETE FROM {table}{draw(_where(table))}"  # noqa: S608


@st.composite
def replacements(draw: DrawFn) -> str:
    """A row put in the place of one that is there, under its own keys or, for an event, under one of them."""
    table = draw(st.sampled_from(bases.LOG))
    fresh = draw(st.sampled_from(("", "position", "id"))) if table == "event" else ""
    new = {"position": str(EVENTS + draw(st.integers(1, 3))), "id": "'0123'", "actor": "'somebody else'", "root": "''"}
    taken = {name: new[name] for name in (fresh, "actor", "root") if name in COLUMNS[table]}
    columns = [*COLUMNS[table], *(["commitment"] if table == "event" else [])]
    values = ", ".join(taken.get(name, name) for name in columns)
    row = f"INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table}{draw(_where(table))}"  # noqa: S608
    upsert = f"INSERT {row} ON CONFLICT ({KEYS[table][0]}) DO UPDATE SET {columns[-1]} = excluded.{columns[-1]}"
    return draw(st.sampled_from((f"REPLACE {row}", f"INSERT OR REPLACE {row}", f"INSERT {row}", upsert)))


@st.composite
def gaps(draw: DrawFn) -> str:
    """A new event at a position that is not the next one."""
    position = draw(st.sampled_from(["NULL", *map(str, [*range(-1, EVENTS + 1), EVENTS + 2, EVENTS + 10])]))
    rest = "company, kind, source, key, target, published, recorded, actor, commitment"
    verb = draw(st.sampled_from(("INSERT", "INSERT OR REPLACE")))
    return f"{verb} INTO event (position, id, {rest}) SELECT {position}, '0123', {rest} FROM event LIMIT 1"  # noqa: S608


@st.composite
def _where(draw: DrawFn, table: str) -> str:
    """One row that is there, or all."""
    key = KEYS[table][0]
    one = f" WHERE {key} = (SELECT max({key}) FROM {table} WHERE {key} <= {EVENTS})"  # noqa: S608
    return draw(st.sampled_from((" WHERE true", one)))


attacks = updates() | deletions() | replacements() | gaps()


@pytest.fixture(scope="module")
def attacked(registered: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("attacked") / "facts.db"
    shutil.copy(registered, path)
    return path


@given(attacks)
def test_the_database_refuses_to_rewrite_the_log(attacked: Path, attack: str) -> None:
    before = bases.content(attacked)
    with bases.opened(attacked) as connection, pytest.raises(sqlite.IntegrityError, match=REFUSAL):
        connection.execute(attack)
    assert bases.content(attacked) == before


@few
@given(attacks)
def test_the_database_refuses_another_program_too(attacked: Path, attack: str) -> None:
    before = bases.content(attacked)
    shell = shutil.which("sqlite3")
    done = subprocess.run(
        [shell, str(attacked), attack] if shell else [sys.executable, "-c", IN_PYTHON, str(attacked), attack],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode
    assert re.search(REFUSAL, done.stderr)
    assert bases.content(attacked) == before


def test_what_is_attacked_is_no_empty_log(attacked: Path) -> None:
    assert [len(rows) for rows in bases.content(attacked, bases.LOG).values()] == [EVENTS, EVENTS, 1]
