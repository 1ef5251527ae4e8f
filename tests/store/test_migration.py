"""Every database that an earlier version wrote is brought up to date, with a copy kept, or left exactly as it was."""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from timeline.errors import DatabaseUnusable
from timeline.event import event_id
from timeline.proof.merkle import Frontier, leaf_hash, root_of
from timeline.store import copying, migration, schema, tables
from timeline.store.driver import sqlite
from timeline.store.log import Entry, Reader
from timeline.store.opening import open_reader, open_writer

if TYPE_CHECKING:
    from collections.abc import Callable
    from sqlite3 import Connection

    from timeline.event import Envelope
    from timeline.store.writer import Writer

    Append = Callable[..., list[Envelope]]
    Make = Callable[..., Entry]

DATABASES = Path(__file__).with_name("databases")
NODES = "SELECT level, number, hash FROM tree_node ORDER BY level, number"
NEWEST = schema.REVISION
ROOT = "422674c344866d849074b8adab82e9ac473fd4c4cc5d9d508435173d1cac9447"


def test_the_revisions_are_those_of_alembic() -> None:
    scripts = ScriptDirectory(str(migration.migrations()))
    revisions = [script.revision for script in scripts.walk_revisions()]
    assert tuple(reversed(revisions)) == schema.REVISIONS
    assert scripts.get_heads() == [schema.REVISION]


@pytest.mark.usefixtures("writer")
def test_the_migrated_database_is_what_the_tables_declare(path: Path) -> None:
    engine = create_engine(f"sqlite:///{path}", module=sqlite)
    of_fts5 = {"words", "words_config", "words_data", "words_docsize", "words_idx", "word_entry"}
    with engine.connect() as connection:
        # FTS5 keeps tables of its own below a virtual one; how that is made stands in `timeline.store.words`.
        context = MigrationContext.configure(connection, opts={"include_name": lambda name, *_: name not in of_fts5})
        assert compare_metadata(context, tables.EventRow.metadata) == []
    engine.dispose()


def test_migrations_are_found_in_an_installed_package_as_in_a_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (migration.migrations() / "env.py").is_file()
    monkeypatch.setattr(migration, "_PACKAGE", tmp_path / "timeline")
    assert migration.migrations() == tmp_path / "migrations"
    (tmp_path / "timeline" / "_migrations").mkdir(parents=True)
    assert migration.migrations() == tmp_path / "timeline" / "_migrations"


def test_making_a_database_prints_nothing(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    open_writer(path).close()
    assert capfd.readouterr() == ("", "")


@pytest.fixture
def next_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Make the program one revision newer than it is; the new revision does what is given."""

    def add(upgrade: str) -> None:
        folder = tmp_path / "migrations"
        shutil.copytree(migration.migrations(), folder, ignore=shutil.ignore_patterns("__pycache__"))
        script = f"from alembic import op\nrevision, down_revision = 'next', '{schema.REVISION}'\n"
        (folder / "versions" / "next.py").write_text(f"{script}\n\ndef upgrade():\n    {upgrade}\n")
        monkeypatch.setattr(migration, "migrations", lambda: folder)
        monkeypatch.setattr(schema, "REVISIONS", (*schema.REVISIONS, "next"))
        monkeypatch.setattr(schema, "REVISION", "next")

    return add


@pytest.mark.parametrize("revision", schema.REVISIONS)
def test_a_database_of_each_revision_keeps_its_events_and_its_root(
    path: Path, revision: str, entry: Make, morning: datetime
) -> None:
    restore(path, revision)
    with open_writer(path) as writer:
        rows = list(writer.log.rows())
        assert [(row.envelope.company, row.body and row.body.decode()) for row in rows] == [
            (None, '{"payload":{"kind":"news","title":"小米"},"v":1}'),
            ("acme", '{"payload":{"shares":"5 million"},"v":1}'),
            ("acme", None),
            (None, '{"payload":{"reason":"legal"},"v":1}'),
        ]
        assert root_of(leaf_hash(row.envelope.canonical()) for row in rows).hex() == ROOT
        assert [root for _, root, _, _ in writer.log.checkpoints()][-1] == ROOT
        with writer.transaction():
            assert writer.append([entry("new")], morning, "tester") == range(5, 6)
    copies = [file.name for file in path.parent.iterdir() if file != path]
    assert copies == ([] if revision == schema.REVISION else [f"{path.name}.before-{schema.REVISION}"])


@pytest.mark.parametrize("revision", schema.REVISIONS)
def test_an_upgraded_database_is_built_like_a_new_one(tmp_path: Path, revision: str) -> None:
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    restore(old, revision)
    with open_writer(old) as upgraded, open_writer(new) as fresh:
        upgraded.connection.execute("DROP VIEW buyback_executions")
        assert structure(upgraded.connection) == structure(fresh.connection)


def test_an_upgrade_from_0001_keeps_the_nodes_that_appending_would_have_kept(path: Path) -> None:
    odd = '"\\ \u2028\x07\x7f\t小米/é😀'
    entries = [
        Entry(event_id(odd, key), (None, odd)[number % 2], "date.scheduled", odd, key, None, None, b"{}")
        for number in range(256 * 3 + 7)
        if (key := f"{number} {odd}")
    ]
    with open_writer(path) as writer, writer.transaction():
        writer.append(entries, datetime(2026, 1, 9, tzinfo=UTC), "tester")
        appended = list(writer.connection.execute(NODES))
        for table in ("partition", "tree_node", "word_index", "word_entry", "words"):
            writer.connection.execute(f"DROP TABLE {table}")
        writer.connection.execute("UPDATE alembic_version SET version_num = '0001'")
    with open_writer(path) as upgraded:
        assert list(upgraded.connection.execute(NODES)) == appended
    assert [(level, number) for level, number, _ in appended] == [(8, 0), (8, 1), (8, 2)]


def test_an_upgrade_from_0001_keeps_nodes_of_all_levels(monkeypatch: pytest.MonkeyPatch) -> None:
    frontier, leaves = Frontier(), [number.to_bytes(32, "big") for number in range(256 * 257)]
    revision = ScriptDirectory(str(migration.migrations())).get_revision("0002").module
    monkeypatch.setattr(revision, "leaves", lambda: leaves)
    assert list(revision.nodes()) == [node for leaf in leaves for node in frontier.add(leaf)]
    assert len(list(revision.nodes())) == 257 + 1


def test_a_copy_of_the_old_database_is_kept_for_its_owner_only(
    path: Path, append: Append, entry: Make, writer: Writer, next_revision: Callable[[str], None]
) -> None:
    append(entry("one"))
    writer.close()
    copy = path.with_name("facts.db.before-next")
    copy.with_name("facts.db.before-next.unfinished").write_text("left by a crash")
    next_revision("op.execute('CREATE TABLE added (x)')")
    with open_writer(path) as upgraded:
        assert upgraded.connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("next",)
        assert upgraded.log.count() == 1
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite.connect(copy)) as kept:
        assert kept.execute("SELECT version_num FROM alembic_version").fetchone() == (NEWEST,)
        assert Reader(kept).count() == 1
    assert not list(path.parent.glob("*.unfinished*"))


def test_an_upgrade_that_fails_leaves_the_old_database(
    path: Path, append: Append, entry: Make, writer: Writer, next_revision: Callable[[str], None]
) -> None:
    append(entry("one"))
    before = structure(writer.connection)
    writer.close()
    next_revision("op.execute('CREATE TABLE added (x)'); op.execute('ALTER TABLE missing ADD COLUMN x')")
    with pytest.raises(sqlite.OperationalError, match="no such table: missing"):
        open_writer(path)
    with closing(sqlite.connect(path)) as left:
        assert structure(left) == before
        assert left.execute("SELECT version_num FROM alembic_version").fetchone() == (NEWEST,)
        assert Reader(left).count() == 1


def test_an_upgrade_that_fails_after_it_changed_rows_leaves_every_row_and_a_sound_copy(
    path: Path, append: Append, entry: Make, writer: Writer, next_revision: Callable[[str], None]
) -> None:
    append(entry("one"), entry("two"))
    before = content(writer.connection)
    writer.close()
    next_revision(
        "op.execute('DROP TRIGGER body_update'); op.execute('UPDATE body SET body = 1'); "
        "op.execute('DROP TABLE checkpoint'); raise RuntimeError('in the middle')"
    )
    with pytest.raises(RuntimeError, match="in the middle"):
        open_writer(path)
    for file in (path, path.with_name("facts.db.before-next")):
        with closing(sqlite.connect(file)) as left:
            assert content(left) == before
            assert left.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_copy_is_kept_for_its_owner_only_whatever_the_umask(
    path: Path, writer: Writer, next_revision: Callable[[str], None]
) -> None:
    writer.close()
    next_revision("op.execute('CREATE TABLE added (x)')")
    before = os.umask(0)
    try:
        open_writer(path).close()
    finally:
        os.umask(before)
    assert path.with_name("facts.db.before-next").stat().st_mode & 0o777 == 0o600


def test_a_damaged_database_is_not_upgraded(
    path: Path, append: Append, entry: Make, writer: Writer, next_revision: Callable[[str], None]
) -> None:
    append(*(entry(f"{number}") for number in range(100)))
    writer.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (page,) = writer.connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'body'").fetchone()
    writer.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096 + 3)
        file.write(b"\xff\xff")
    damaged = path.read_bytes()
    next_revision("op.execute('CREATE TABLE added (x)')")
    with pytest.raises(DatabaseUnusable, match="was not upgraded: it is damaged"):
        open_writer(path)
    assert path.read_bytes() == damaged
    assert [file.name for file in path.parent.iterdir() if "before" in file.name] == []


def test_a_copy_that_is_not_whole_stops_the_upgrade(
    path: Path,
    append: Append,
    entry: Make,
    writer: Writer,
    next_revision: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    append(entry("one"))
    with closing(sqlite.connect(path.with_name("other.db"))) as other:
        writer.connection.backup(other)
    append(entry("two"))
    writer.close()

    def of_another(_source: Connection, file: Path) -> None:
        shutil.copyfile(path.with_name("other.db"), file)

    monkeypatch.setattr(copying, "copy_pages", of_another)
    next_revision("op.execute('CREATE TABLE added (x)')")
    with pytest.raises(DatabaseUnusable, match="its copy is not whole"):
        open_writer(path)


def test_an_upgrade_that_would_drop_a_guard_is_undone(
    path: Path, writer: Writer, next_revision: Callable[[str], None]
) -> None:
    writer.close()
    next_revision("op.execute('DROP TRIGGER event_update')")
    with pytest.raises(DatabaseUnusable, match="was not upgraded: that would remove the guards event_update"):
        open_writer(path)
    with closing(sqlite.connect(path)) as left:
        assert schema.fallen_triggers(left) == []


def test_without_a_copy_there_is_no_upgrade(path: Path, writer: Writer, next_revision: Callable[[str], None]) -> None:
    writer.close()
    next_revision("op.execute('CREATE TABLE added (x)')")
    path.with_name("facts.db.before-next").mkdir()
    with pytest.raises(DatabaseUnusable, match=r"facts\.db\.before-next is not a file"):
        open_writer(path)
    with closing(sqlite.connect(path)) as left:
        assert left.execute("SELECT version_num FROM alembic_version").fetchone() == (NEWEST,)


def test_an_old_database_is_read_after_the_next_writing_command(
    path: Path, writer: Writer, next_revision: Callable[[str], None]
) -> None:
    writer.close()
    next_revision("op.execute('CREATE TABLE added (x)')")
    with pytest.raises(DatabaseUnusable, match="the next writing command upgrades it"):
        open_reader(path)
    open_writer(path).close()
    with closing(open_reader(path)) as reader:
        assert Reader(reader).head() == 0


def restore(path: Path, revision: str) -> None:
    """Make the database of a revision from its stored dump."""
    with closing(sqlite.connect(path)) as connection:
        connection.executescript((DATABASES / f"{revision}.sql").read_text(encoding="utf-8"))


def structure(connection: Connection) -> set[tuple[str, str]]:
    found = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {(name, " ".join(sql.split())) for name, sql in found}


def content(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    """Everything that is stored, by table; how it is built among it."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'word%'")
    return {
        name: connection.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608 - the database's own names
        for name in ["sqlite_master", *(name for (name,) in names.fetchall())]
    }
