"""The door to a database on a server: what a person is told where it stays shut, and never a password."""

from __future__ import annotations

import logging
import re
import traceback
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from urllib.parse import quote

import psycopg
import pytest
from click.testing import CliRunner

from tests.served import SECRET, fresh_schema
from timeline.cli import program
from timeline.errors import DatabaseUnusable
from timeline.store.database import shown
from timeline.store.opening import open_reader, open_writer, snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.served import Schema
    from timeline.store.writer import Writer

SHOWN = {
    "postgresql://lei:secret@db/facts": "postgresql://lei@db/facts",
    "postgresql://lei@db:5433/facts": "postgresql://lei@db:5433/facts",
    "postgresql+psycopg://lei:secret@db/facts?sslmode=require": "postgresql+psycopg://lei@db/facts?sslmode=require",
    "postgres:///facts?password=secret&host=db&sslpassword=secret": "postgres:///facts?host=db",
    "postgresql://lei:se@cret@db/facts": "postgresql://lei@db/facts",
    "postgresql://lei:se/cret@db/facts": "postgresql://lei@db/facts",
    "postgresql://lei:" + "se?cret@db/facts": "postgresql://lei@db/facts",
    "postgresql:///facts?password=secret&application_name=a@b": "postgresql://@b",
    "facts.db": "facts.db",
    "sqlite:///facts.db": "sqlite:///facts.db",
}


@pytest.mark.parametrize(("target", "told"), SHOWN.items())
def test_a_database_is_shown_without_a_password(target: str, told: str) -> None:
    assert shown(target) == told


def refused(target: str) -> DatabaseUnusable:
    with pytest.raises(DatabaseUnusable) as caught:
        open_writer(target)
    everything = "".join(traceback.format_exception(caught.value)) + caught.value.fix
    for secret in (SECRET, quote(SECRET, safe=""), "wr0ng", ":secret"):
        assert secret not in everything
    return caught.value


def test_a_server_that_is_not_there_is_told() -> None:
    error = refused("postgresql://lei:secret@127.0.0.1:1/facts")
    assert error.message == "postgresql://lei@127.0.0.1:1/facts cannot be reached"


def test_what_is_no_url_of_a_server_is_told_without_its_parts() -> None:
    for target in (
        "postgresql://lei:secret@db:x/facts",
        "postgresql://lei:secret@db/facts?x",
        "postgresql://lei:" + "secret%zz@db/facts",
    ):
        error = refused(target)
        assert "is not of the form" in error.message or "cannot be reached" in error.message


def test_a_wrong_password_an_unknown_user_and_an_unknown_database_are_told(schema: Schema) -> None:
    wrong = schema.url.replace(quote(SECRET, safe=""), "wr0ng")
    if wrong != schema.url:
        assert "does not accept the password" in refused(wrong).message
    unknown = re.sub(r"/[^/?]*\?", "/nowhere?", schema.url, count=1)
    assert "has no such database" in refused(unknown).message


@pytest.mark.parametrize("name", ["Big", "pg_own", "a-b", "1st"])
def test_a_schema_that_cannot_be_one_is_told(schema: Schema, name: str) -> None:
    assert "cannot hold a database" in refused(schema.url.replace(schema.name, name)).message


def test_nothing_is_shown_or_logged_of_a_password_by_any_command(
    schema: Schema, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for words in (
        ["demo"],
        ["show", "xiaomi", "--json"],
        ["show", "nobody"],
        ["audit"],
        ["load", "nowhere.yaml"],
        ["rebuild"],
    ):
        done = CliRunner().invoke(program, ["--db", schema.url, *words])
        for secret in (SECRET, quote(SECRET, safe="")):
            assert secret not in done.output + caplog.text


def test_the_schema_of_a_url_holds_all_and_nothing_else_is_touched(schema: Schema, postgres_server: str) -> None:
    with fresh_schema(postgres_server) as other:
        for each in (schema, other):
            with open_writer(each.url):
                pass
        ((tables,),) = other.execute(
            "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
        )
        assert tables > 10
    assert schema.execute("SELECT number FROM mark WHERE name = 'application'") == [(0x54694D65,)]


def test_a_schema_of_another_program_is_left_alone(schema: Schema) -> None:
    schema.execute(f"CREATE SCHEMA {schema.name}", "CREATE TABLE accounts (x text)")
    assert "is a database of another program" in refused(schema.url).message
    assert schema.execute("SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace") == [(1,)]


@pytest.fixture
def guest(schema: Schema) -> Iterator[Schema]:
    """The same schema for a user who may do nothing yet."""
    name = f"guest_{schema.name}"
    schema.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'guest'")
    url = re.sub(r"//[^@]*@", f"//{name}:guest@", schema.url)
    yield schema._replace(url=url)
    schema.execute(f"DROP OWNED BY {name} CASCADE", f"DROP ROLE {name}")


def test_a_user_who_may_not_make_a_schema_is_told(guest: Schema) -> None:
    assert "does not let this user do so: permission denied for database" in refused(guest.url).message


def test_a_user_who_may_not_use_a_schema_is_told(guest: Schema, schema: Schema) -> None:
    open_writer(schema.url).close()
    error = refused(guest.url)
    assert "does not let this user into its schema" in error.message
    assert "timeline roles" in error.fix


def test_a_user_who_may_use_a_schema_and_not_its_tables_is_told(guest: Schema, schema: Schema) -> None:
    open_writer(schema.url).close()
    schema.execute(f"GRANT USAGE ON SCHEMA {schema.name} TO guest_{schema.name}")
    assert "does not let this user do so: permission denied for table" in refused(guest.url).message


def test_a_user_whose_schema_was_made_for_them_can_make_a_database_in_it(guest: Schema, schema: Schema) -> None:
    schema.execute(f"CREATE SCHEMA {schema.name} AUTHORIZATION guest_{schema.name}")
    open_writer(guest.url).close()
    assert schema.execute("SELECT version_num FROM alembic_version") == [("0005",)]


def test_a_newer_and_an_older_revision_are_told(schema: Schema) -> None:
    open_writer(schema.url).close()
    schema.execute("UPDATE alembic_version SET version_num = '0003'")
    with pytest.raises(DatabaseUnusable, match=r"older revision 0003; the next writing command upgrades it$"):
        open_reader(schema.url)
    schema.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "newer version" in refused(schema.url).message


def test_many_who_open_a_database_first_make_it_once(schema: Schema) -> None:
    with ThreadPoolExecutor(6) as pool:
        writers = list(pool.map(lambda _: open_writer(schema.url), range(6)))
    for writer in writers:
        writer.close()
    assert schema.execute("SELECT version_num FROM alembic_version") == [("0005",)]


@pytest.mark.usefixtures("impatient")
def test_a_writer_waits_for_another_a_stated_time(schema: Schema) -> None:
    with open_writer(schema.url) as first, open_writer(schema.url) as second, first.transaction():
        with pytest.raises(DatabaseUnusable, match=r"is locked by another process \(waited 0.1 seconds\)"):  # noqa: SIM117
            with second.transaction():
                pass
        assert not second.connection.in_transaction


def test_a_reader_does_not_wait_for_a_writer_and_sees_one_moment(schema: Schema) -> None:
    with open_writer(schema.url) as writer:
        reader = open_reader(schema.url)
        names = "INSERT INTO company_name (company, scheme, value, folded, first, last) VALUES (?, '', '', '', '', '')"
        with writer.transaction():
            writer.connection.execute(names, ("a",))
            with snapshot(reader):
                assert list(reader.execute("SELECT company FROM company_name")) == []
        with snapshot(reader):
            assert list(reader.execute("SELECT company FROM company_name")) == [("a",)]
            with writer.transaction():
                writer.connection.execute(names, ("b",))
            assert list(reader.execute("SELECT company FROM company_name")) == [("a",)]
        reader.close()


def test_a_reader_cannot_write(schema: Schema) -> None:
    open_writer(schema.url).close()
    reader = open_reader(schema.url)
    with pytest.raises(DatabaseUnusable, match="is read-only"), snapshot(reader):
        reader.execute("DELETE FROM company_name")
    reader.close()


def _ended(writer: Writer, schema: Schema) -> None:
    with writer.transaction():
        writer.connection.execute("INSERT INTO source_mark (mark, source) VALUES ('a', 'b')")
        ((process,),) = writer.connection.execute("SELECT pg_backend_pid()")
        schema.execute(f"SELECT pg_terminate_backend({process:d}, 5000)")
        writer.connection.execute("SELECT 1")


def test_a_connection_that_the_server_ends_is_told_and_nothing_is_half_written(schema: Schema) -> None:
    with (
        open_writer(schema.url) as writer,
        pytest.raises(DatabaseUnusable, match=r"was stopped|is no longer connected"),
    ):
        _ended(writer, schema)
    assert schema.execute("SELECT count(*) FROM source_mark") == [(0,)]


def test_a_value_that_the_server_cannot_hold_is_told(schema: Schema) -> None:
    with open_writer(schema.url) as writer, pytest.raises(DatabaseUnusable, match="cannot hold a character"):  # noqa: SIM117
        with writer.transaction():
            writer.connection.execute("INSERT INTO source_mark (mark, source) VALUES (?, 'b')", ("a\0b",))


def test_a_defect_of_the_program_stays_what_it_is(schema: Schema) -> None:
    with open_writer(schema.url) as writer, pytest.raises(psycopg.errors.UndefinedTable):  # noqa: SIM117
        with writer.transaction():
            writer.connection.execute("SELECT * FROM nowhere")
