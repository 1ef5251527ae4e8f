"""Statements of a writer wait for one another: few questions to the server, and nothing acknowledged that failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from benchmarks.append import following, singly
from benchmarks.reports import fill, reports
from timeline import Timeline
from timeline.store.opening import open_reader, open_writer
from timeline.store.postgres.connection import Connection

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.served import Schema
    from timeline.store.writer import Writer

MARKED = "INSERT INTO source_mark (mark, source) VALUES (?, ?)"
COUNT = "SELECT count(*) FROM source_mark"
FACTS = 30
TRIPS = 18
"""To the server and back, of an event with all that is stored beside the log; the least is four: see BEGIN, two
INSERTs and COMMIT."""


def mark(writer: Writer, *marks: tuple[str, str | None], then: Callable[[], object] = int) -> None:
    """In a transaction of its own."""
    with writer.transaction():
        for each in marks:
            writer.connection.execute(MARKED, each)
        then()


def test_an_event_costs_few_questions(schema: Schema, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[int] = []
    send = Connection.send

    def counted(connection: Connection) -> None:
        if connection.waiting:
            sent.append(connection.waiting)
        send(connection)

    with open_writer(schema.url) as writer:
        fill(writer, reports("company-0", FACTS, 0))
        Timeline.open(schema.url).rebuild()
        new = following(FACTS, reports)
        singly(writer, new, 1)
        monkeypatch.setattr(Connection, "send", counted)
        singly(writer, new, 1)
    assert 4 < len(sent) <= TRIPS, sent
    assert sum(sent) > 2 * len(sent)
    assert not [line for line in Timeline.open(schema.url).audit(only=["log"]).findings if line.severity == "error"]


def test_what_nobody_looks_at_fails_at_the_latest_when_it_is_committed(schema: Schema) -> None:
    with open_writer(schema.url) as writer:
        with pytest.raises(psycopg.errors.NotNullViolation):
            mark(writer, ("a", "b"), ("c", None))
        assert not writer.connection.in_transaction
        assert writer.connection.execute(COUNT).fetchone() == (0,)


def test_what_is_asked_sees_what_was_said_before(schema: Schema) -> None:
    with open_writer(schema.url) as writer, writer.transaction():
        writer.connection.executemany(MARKED, ((str(n), "b") for n in range(120)))
        before = writer.connection.execute(COUNT)
        gone = writer.connection.execute("DELETE FROM source_mark WHERE mark < '2'")
        assert writer.connection.execute(COUNT).fetchone() == (88,)
        assert (before.fetchone(), gone.rowcount) == ((120,), 32)


def test_a_failure_that_somebody_caught_is_not_committed(schema: Schema) -> None:
    with open_writer(schema.url) as writer:

        def fail() -> None:
            with pytest.raises(psycopg.errors.DivisionByZero):
                writer.connection.execute("SELECT 1 / 0").fetchone()

        with pytest.raises(psycopg.errors.InFailedSqlTransaction):
            mark(writer, ("a", "b"), then=fail)
        assert writer.connection.execute(COUNT).fetchone() == (0,)


def test_what_is_undone_has_no_answer(schema: Schema) -> None:
    with open_writer(schema.url) as writer:
        told = []

        def fail() -> None:
            told.append(writer.connection.execute(COUNT))
            raise RuntimeError("stop")

        with pytest.raises(RuntimeError, match="stop"):
            mark(writer, ("a", "b"), then=fail)
        with pytest.raises(psycopg.InterfaceError, match="undone"):
            told[0].fetchone()
        assert writer.connection.execute(COUNT).fetchone() == (0,)


def test_a_reader_is_answered_at_once(schema: Schema) -> None:
    open_writer(schema.url).close()
    reader = open_reader(schema.url)
    try:
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            reader.execute(MARKED, ("a", "b"))
    finally:
        reader.close()
