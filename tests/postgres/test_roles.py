"""What a writer and a reader of a server may do, tried as each of them: all that they need, and nothing else."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import psycopg
import pytest

from tests.contract.stores import FIXTURES
from tests.served import SECRET, Schema, fresh_schema
from timeline import Timeline
from timeline.app.keeping.doctor import checkup
from timeline.app.keeping.roles import give_roles
from timeline.errors import DatabaseUnusable, TimelineError
from timeline.render.data import page_json
from timeline.store.postgres import dialect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REST = "company, kind, source, key, target, published, recorded, actor, commitment"
AGAIN = f"INSERT INTO event (position, id, {REST}) SELECT 1, id, {REST} FROM event WHERE position = 1"  # noqa: S608
NO_RIGHT = psycopg.errors.InsufficientPrivilege

LOG = [
    "UPDATE event SET actor = 'x'",
    "DELETE FROM event",
    "TRUNCATE event CASCADE",
    f"{AGAIN} ON CONFLICT (position) DO UPDATE SET actor = 'x'",
    "UPDATE body SET body = ''",
    "DELETE FROM body",
    "DELETE FROM body WHERE position = 50",
    "TRUNCATE body",
    "UPDATE checkpoint SET root = ''",
    "DELETE FROM checkpoint",
    "TRUNCATE checkpoint",
    "UPDATE tree_node SET hash = ''",
    "DELETE FROM tree_node",
    "TRUNCATE tree_node",
]
GUARDS = [
    "ALTER TABLE event DISABLE TRIGGER ALL",
    "ALTER TABLE event DISABLE TRIGGER event_update",
    "DROP TRIGGER event_update ON event",
    "DROP TRIGGER body_delete ON body",
    "CREATE TRIGGER own BEFORE INSERT ON event EXECUTE FUNCTION refuse()",
    "CREATE RULE own AS ON INSERT TO event DO INSTEAD NOTHING",
    "ALTER TABLE event DROP CONSTRAINT event_id",
    "ALTER TABLE event ADD COLUMN own text",
    "DROP TABLE checkpoint",
    "DROP INDEX event_company",
    "ALTER FUNCTION refuse() SECURITY DEFINER",
    "ALTER FUNCTION erase_body(bigint) SET search_path = pg_temp",
    "DROP FUNCTION erase_body(bigint)",
    "ALTER FUNCTION write_anew(name) SET search_path = pg_temp",
    "DROP FUNCTION write_anew(name)",
    "SET session_replication_role = replica",
    "UPDATE alembic_version SET version_num = '0001'",
    "DELETE FROM mark",
    "UPDATE mark SET name = 'x'",
    "INSERT INTO mark VALUES ('x', 1)",
    "TRUNCATE read_model",
    "ALTER TABLE read_model RENAME TO other",
]
SCHEMA = [
    "CREATE TABLE {schema}.own (x int)",
    "CREATE FUNCTION {schema}.max(text) RETURNS bigint LANGUAGE sql AS 'SELECT 0'",
    "CREATE VIEW {schema}.own AS SELECT 1",
    "ALTER SCHEMA {schema} RENAME TO other",
    "DROP SCHEMA {schema} CASCADE",
    "SET ROLE {owner}",
    "ALTER ROLE {owner} NOLOGIN",
    "COPY event FROM PROGRAM 'true'",
]
WRITES = [
    AGAIN,
    "INSERT INTO body VALUES (1, '', '')",
    "INSERT INTO checkpoint SELECT * FROM checkpoint",
    "INSERT INTO read_model VALUES ('x', 'x', 'x', 1, 'x')",
    "UPDATE read_item SET data = ''",
    "DELETE FROM company_name",
    "UPDATE mark SET number = 1",
    "SELECT erase_body(50)",
    "SELECT write_anew('body')",
]


class Team(NamedTuple):
    """A database on a server, and those who use it.

    Attributes:
        schema: as the owner of its tables sees it.
        writer: as somebody with a writer's role does.
        reader: and as one with a reader's.
    """

    schema: Schema
    writer: Schema
    reader: Schema


@pytest.fixture
def team(schema: Schema) -> Iterator[Team]:
    """One that a test may change."""
    with working(schema) as team:
        yield team


@pytest.fixture(scope="module")
def other(postgres_server: str) -> Iterator[Team]:
    """One that no test changes, as nothing that it tries is allowed."""
    with fresh_schema(postgres_server) as schema, working(schema) as team:
        yield team


@contextmanager
def working(schema: Schema) -> Iterator[Team]:
    """All that is shipped, with roles that can log in."""
    Timeline.open(schema.url).load([str(FIXTURES)])
    names = [f"{schema.name}_{what}" for what in ("writer", "reader")]
    with dropped(schema, *names):
        give_roles(schema.url, *names)
        yield Team(schema, *(logged_in(schema, name) for name in names))


@contextmanager
def dropped(schema: Schema, *names: str) -> Iterator[None]:
    """Roles are of the whole server, and outlast a schema."""
    try:
        yield
    finally:
        for name in names:
            if schema.execute(f"SELECT 1 FROM pg_roles WHERE rolname = '{name}'"):  # noqa: S608
                schema.execute(f"DROP OWNED BY {name}", f"DROP ROLE {name}")


def logged_in(schema: Schema, name: str) -> Schema:
    schema.execute(f"ALTER ROLE {name} LOGIN PASSWORD '{SECRET}'")
    joint = "&" if "?" in schema.url else "?"
    password = SECRET.replace("/", "%2F").replace("@", "%40").replace(":", "%3A")
    return schema._replace(url=f"{schema.url}{joint}user={name}&password={password}")


def test_a_writer_does_all_that_is_done_every_day(team: Team) -> None:
    timeline = Timeline.open(team.writer.url)
    assert timeline.load([str(FIXTURES)]).unchanged == 100
    rows = [str(row["id"]) for row in timeline.events("xiaomi", kind="buyback.executed").rows]
    timeline.correct(rows[0], ["shares=7 million"], reason="source erred")
    timeline.retract(rows[1], reason="we erred")
    assert timeline.rebuild(anew=True).failed == ()
    assert team.schema.execute("SELECT max(position), count(*) FROM event") == [(102, 102)]
    assert page_json(timeline.show("xiaomi")) == page_json(Timeline.open(team.schema.url).show("xiaomi"))
    assert timeline.audit(only=["log"]).findings == ()


WORD = "Zweieck"


def in_files(schema: Schema, word: str) -> list[str]:
    """The tables whose pages hold a word, whether anybody sees the row or not."""
    sizes = schema.execute(
        """SELECT relname, pg_relation_filepath(oid) FROM pg_class
           WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'"""
    )
    schema.execute("CHECKPOINT")
    found = "SELECT position('{}'::bytea IN pg_read_binary_file('{}', 0, 100000000, true))"
    return [name for name, path in sizes if (schema.execute(found.format(word, path))[0][0] or 0) > 0]


def noted(team: Team) -> str:
    """Record a fact with a word that is in no other, and retract it; its id."""
    timeline = Timeline.open(team.writer.url)
    row = str(timeline.events("xiaomi", kind="buyback.executed").rows[0]["id"])
    timeline.retract(row, reason="we erred", note=WORD)
    ((identity,),) = team.schema.execute("SELECT id FROM event WHERE position = 101")
    return str(identity)


def test_a_writer_erases_to_the_last_byte(team: Team) -> None:
    identity = noted(team)
    assert "body" in in_files(team.schema, WORD)
    done = Timeline.open(team.writer.url).erase(identity, reason="legal")
    assert (done.unfinished, in_files(team.schema, WORD)) == ("", [])
    assert erasures(team) == ("ok", "")
    assert Timeline.open(team.schema.url).audit(only=["log"]).findings[0].rule == "rights-beyond"
    assert Timeline.open(team.writer.url).audit(only=["log"]).findings == ()


def erasures(team: Team) -> tuple[str, str]:
    """What the check-up says of them, as the writer asks, with the last word of the remedy."""
    (line,) = (line for line in checkup(team.writer.url).lines if line.check == "erasures")
    return line.status, line.fix


def test_what_somebody_still_reads_is_told_until_it_is_gone(team: Team) -> None:
    identity = noted(team)
    with psycopg.connect(team.reader.url) as reader:
        reader.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        reader.execute("SELECT count(*) FROM layout")
        done = Timeline.open(team.writer.url).erase(identity, reason="legal")
        assert done.unfinished == "another program still reads what was there before"
        assert "body" in in_files(team.schema, WORD)
        reader.rollback()
    status, fix = erasures(team)
    assert (status, fix.split()[-5:]) == ("warning", ["erase", identity[:12], "--reason", "legal", "--yes"])
    assert Timeline.open(team.writer.url).erase(identity, reason="legal").unfinished == ""
    assert (erasures(team), in_files(team.schema, WORD)) == (("ok", ""), [])


def test_an_erasing_that_was_stopped_before_its_end_is_told(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    identity = noted(team)
    with monkeypatch.context() as patched:
        patched.setattr(dialect, "scour", lambda _: "stopped")
        Timeline.open(team.writer.url).erase(identity, reason="legal")
    assert erasures(team)[0] == "warning"
    Timeline.open(team.schema.url).erase(identity, reason="legal")
    assert erasures(team)[0] == "ok"


def test_a_writer_says_who_has_to_make_a_view_anew(team: Team) -> None:
    owner = team.schema.execute("SELECT current_user")[0][0]
    team.schema.execute("DROP VIEW opinions", "CREATE VIEW opinions AS SELECT 1 AS other")
    timeline = Timeline.open(team.writer.url)
    with pytest.raises(DatabaseUnusable, match=f"the view opinions .* only {owner}") as caught:
        timeline.rebuild()
    assert caught.value.fix == f"let {owner} run, with this version: timeline rebuild"
    give_roles(team.schema.url, writer=f"{team.schema.name}_writer")
    assert timeline.rebuild().failed == ()


def test_a_writer_fills_a_database_that_the_owner_made_for_it(schema: Schema) -> None:
    name = f"{schema.name}_writer"
    with dropped(schema, name):
        give_roles(schema.url, writer=name)
        timeline = Timeline.open(logged_in(schema, name).url)
        assert timeline.load([str(FIXTURES)]).position == 100
        assert schema.execute("SELECT count(*) > 0 FROM opinions")


@pytest.mark.parametrize("statement", [*LOG, *GUARDS, *SCHEMA])
def test_a_writer_cannot_change_the_log_or_what_guards_it(other: Team, statement: str) -> None:
    refused(other, other.writer, statement)


def test_a_writer_deletes_no_content_that_was_not_erased(team: Team) -> None:
    with pytest.raises(psycopg.errors.IntegrityError, match="only after its erasure is recorded"):
        team.writer.execute("SELECT erase_body(50)")
    forged = (
        "CREATE TEMP TABLE event AS SELECT 50::bigint AS position, 'x' AS id, 'x' AS target, 'event.erased' AS kind"
    )
    with pytest.raises(psycopg.errors.IntegrityError, match="only after its erasure is recorded"):
        team.writer.execute(
            forged, "CREATE TEMP TABLE body (position bigint)", f"SELECT {team.schema.name}.erase_body(50)"
        )
    assert team.schema.execute("SELECT count(*) FROM body") == [(100,)]


def test_a_writer_gives_no_rights_on(team: Team) -> None:
    team.writer.execute("GRANT UPDATE, DELETE, TRUNCATE ON event TO PUBLIC")  # of which the server only warns
    refused(team, team.writer, "DELETE FROM event")


@pytest.mark.parametrize("statement", [*LOG, *GUARDS, *SCHEMA, *WRITES])
def test_a_reader_cannot_change_anything(other: Team, statement: str) -> None:
    refused(other, other.reader, statement)


def test_a_reader_reads_all_and_is_told_that_it_may_not_write(team: Team) -> None:
    timeline, owner = Timeline.open(team.reader.url), Timeline.open(team.schema.url)
    assert page_json(timeline.show("xiaomi")) == page_json(owner.show("xiaomi"))
    assert timeline.events().rows == owner.events().rows
    assert list(timeline.export()) == list(owner.export())
    assert timeline.audit(only=["log"]).findings == ()
    assert next(timeline.follow(after=99))["position"] == "100"
    with pytest.raises(DatabaseUnusable, match="does not let this user do so") as caught:
        timeline.retract(str(owner.events().rows[40]["id"]), reason="we erred")
    assert "timeline roles" in caught.value.fix
    assert SECRET not in str(caught.value)


def refused(team: Team, who: Schema, statement: str) -> None:
    """The server refuses for want of rights, and nothing is changed."""
    owner = team.schema.execute("SELECT current_user")[0][0]
    before = content(team.schema)
    with pytest.raises(NO_RIGHT):
        who.execute(statement.format(schema=team.schema.name, owner=owner))
    assert content(team.schema) == before


def content(schema: Schema) -> list[tuple[object, ...]]:
    tables = ("event", "body", "checkpoint", "read_item", "mark")
    counts = ", ".join(f"(SELECT count(*) FROM {table})" for table in tables)  # noqa: S608 - of the names above
    return schema.execute(f"SELECT {counts}, (SELECT count(*) FROM pg_trigger WHERE tgenabled = 'A')")  # noqa: S608


def rights(schema: Schema) -> list[str]:
    """What the audit of the log says of the rights of the one who asks."""
    return [
        each.what for each in Timeline.open(schema.url).audit(only=["log"]).findings if each.rule == "rights-beyond"
    ]


def test_who_may_do_more_than_a_writer_is_told_so(team: Team) -> None:
    owner = team.schema.execute("SELECT current_user")[0][0]
    assert rights(team.schema)[0].startswith(f"the user {owner} owns the tables of the log")
    assert (rights(team.writer), rights(team.reader)) == ([], [])
    name = f"{team.schema.name}_reader"
    team.schema.execute(f"GRANT UPDATE ON event TO {name}")
    assert rights(team.reader)[0].startswith(f"the user {name} may UPDATE event")


def test_given_again_a_role_has_exactly_its_rights(team: Team) -> None:
    writer, reader = (f"{team.schema.name}_{what}" for what in ("writer", "reader"))
    team.schema.execute(
        f"GRANT ALL ON event, read_model TO {reader}", f"GRANT EXECUTE ON FUNCTION erase_body TO {reader}"
    )
    report = give_roles(team.schema.url, reader=reader)
    assert [(role.name, role.rights, role.made) for role in report.roles] == [(reader, "reader", False)]
    for statement in (*LOG, *WRITES):
        refused(team, team.reader, statement)
    give_roles(team.schema.url, writer=reader, reader=writer)
    refused(team, team.writer, WRITES[0])
    assert Timeline.open(team.reader.url).load([str(FIXTURES)]).unchanged == 100


def test_what_is_made_later_is_read_as_well(team: Team) -> None:
    team.schema.execute("CREATE VIEW later AS SELECT 1")
    assert team.reader.execute("SELECT * FROM later") == [(1,)]


def test_who_could_do_more_all_the_same_is_no_writer(team: Team) -> None:
    owner = team.schema.execute("SELECT current_user")[0][0]
    with pytest.raises(TimelineError, match=f"the role {owner} may DELETE body, .* all the same"):
        give_roles(team.schema.url, writer=owner)


def test_only_the_owner_gives_rights(team: Team) -> None:
    with pytest.raises(DatabaseUnusable, match="who owns the tables in") as caught:
        give_roles(team.writer.url, reader=f"{team.schema.name}_reader")
    assert caught.value.fix.startswith("connect as ")


def test_an_owner_who_may_make_no_roles_gives_rights_to_those_that_are_there(schema: Schema) -> None:
    owner, reader = f"{schema.name}_owner", f"{schema.name}_reader"
    with dropped(schema, reader, owner):
        schema.execute(f"CREATE ROLE {owner}", f"CREATE SCHEMA {schema.name} AUTHORIZATION {owner}")
        own = logged_in(schema, owner)
        Timeline.open(own.url).load([str(FIXTURES / "companies.yaml")])
        with pytest.raises(DatabaseUnusable, match="this user may not make one"):
            give_roles(own.url, reader=reader)
        schema.execute(f"CREATE ROLE {reader}")
        give_roles(own.url, reader=reader)
        assert Timeline.open(logged_in(schema, reader).url).companies().rows


@pytest.mark.parametrize(("writer", "reader"), [(None, None), ("same", "same")])
def test_one_role_is_named_or_two(schema: Schema, writer: str | None, reader: str | None) -> None:
    with pytest.raises(TimelineError, match="name a role for writers"):
        give_roles(schema.url, writer, reader)


def test_a_name_that_is_the_servers_is_refused(team: Team) -> None:
    with pytest.raises(TimelineError, match="no role can be called pg_mine"):
        give_roles(team.schema.url, writer="pg_mine")


def test_a_file_knows_no_roles(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnusable, match="is a file"):
        give_roles(tmp_path / "facts.db", writer="somebody")
    assert not (tmp_path / "facts.db").exists()
