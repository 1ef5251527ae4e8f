"""SQL views, made from what topics declare, so that the file is useful in any SQL tool."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from timeline.section import Column, Layout, Section, Table
from timeline.store import models
from timeline.store.layouts import read_layouts, write_layouts
from timeline.store.parts import items_of
from timeline.store.views import views_of

if TYPE_CHECKING:
    from sqlite3 import Connection

    from timeline.store.writer import Writer

REVISIONS = Column(
    "revisions",
    kind="rows",
    view="target_revisions",
    columns=(Column("occurred", kind="when"), Column("low", kind="number"), Column("sources", kind="ids")),
)
OUTCOME = Column("outcome", kind="rows", view="target_outcomes", columns=(Column("low", kind="number"),))
TARGETS = Layout(
    "targets",
    "Targets",
    rank=20,
    tables=(
        Table(
            "targets",
            "Targets",
            (Column("metric"), Column("low", kind="number"), Column("open", kind="flag"), REVISIONS, OUTCOME),
            view="targets",
        ),
    ),
)
SECTION = Section(
    "targets",
    tables={
        "targets": (
            {
                "metric": "EV deliveries",
                "low": "350000",
                "open": True,
                "revisions": [
                    {"occurred": "2025-03", "low": "300000", "sources": ["s1", "s2"]},
                    {"occurred": "2025-07", "low": "350000.10", "sources": []},
                ],
                "outcome": {"low": "410000"},
            },
            {"metric": "margin", "low": None, "open": False, "revisions": [], "outcome": None},
        )
    },
)


@pytest.fixture
def database(writer: Writer) -> Connection:
    """The section of company acme, and the views."""
    write_layouts(writer.connection, [(TARGETS, "1")])
    models.write(writer.connection, "acme", "targets", "1", 1, items_of(SECTION))
    models.write(writer.connection, "acme", "other", "1", 1, items_of(SECTION))
    return writer.connection


def test_a_table_is_a_view_with_exact_texts_and_numbers_for_arithmetic(database: Connection) -> None:
    assert rows(database, "targets") == [
        {"company": "acme", "metric": "EV deliveries", "low": "350000", "low_number": 350000.0, "open": 1},
        {"company": "acme", "metric": "margin", "low": None, "low_number": None, "open": 0},
    ]


def test_nested_rows_carry_the_rows_around_them_and_lead_only_a_name_that_both_have(database: Connection) -> None:
    around = {"company": "acme", "metric": "EV deliveries", "open": 1}
    outer = {"targets_low": "350000", "targets_low_number": 350000.0}
    assert rows(database, "target_revisions") == [
        {**around, **outer, "occurred": "2025-03", "low": "300000", "low_number": 3e5, "sources": '["s1","s2"]'},
        {**around, **outer, "occurred": "2025-07", "low": "350000.10", "low_number": 350000.1, "sources": "[]"},
    ]


def test_a_single_nested_object_is_one_row(database: Connection) -> None:
    assert [(row["metric"], row["low"]) for row in rows(database, "target_outcomes")] == [("EV deliveries", "410000")]


def test_rows_nest_as_deep_as_declared(writer: Writer) -> None:
    inner = Column("reports", kind="rows", view="deep", columns=(Column("source"),))
    outer = Column("products", kind="rows", columns=(Column("stage"), inner))
    write_layouts(writer.connection, [(Layout("products", "Products", 1, fields=(Column("since"), outer)), "1")])
    products = [{"stage": "launch", "reports": [{"source": "s1"}, {"source": "s2"}]}, {"stage": "preorders"}]
    section = Section("products", fields={"since": "2026", "products": products})
    models.write(writer.connection, "acme", "products", "1", 1, items_of(section))
    assert rows(writer.connection, "deep") == [
        {"company": "acme", "since": "2026", "stage": "launch", "source": "s1"},
        {"company": "acme", "since": "2026", "stage": "launch", "source": "s2"},
    ]


def test_names_are_quoted(writer: Writer) -> None:
    odd = Layout("it's", "T", 1, tables=(Table("a 'b'", "T", (Column("select it's"),), view='drop "x"; --'),))
    write_layouts(writer.connection, [(odd, "1")])
    models.write(
        writer.connection, "acme", "it's", "1", 1, items_of(Section("it's", tables={"a 'b'": ({"select it's": 1},)}))
    )
    assert rows(writer.connection, '"drop ""x""; --"') == [{"company": "acme", "select it's": 1}]
    assert write_layouts(writer.connection, []) is True


def test_views_follow_the_layouts_and_are_left_alone_where_nothing_changed(database: Connection) -> None:
    def version() -> int:
        number: int = database.execute("PRAGMA schema_version").fetchone()[0]
        return number

    before = version()
    assert write_layouts(database, [(TARGETS, "1")]) is False
    assert version() == before
    market = Layout("market", "Market", 10, tables=(Table("prices", "Prices", (Column("day"),), view="prices"),))
    assert write_layouts(database, [(market, "1")]) is True
    assert database.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall() == [("prices",)]


def test_layouts_are_read_in_the_order_in_which_sections_are_shown(writer: Writer) -> None:
    first, second = Layout("zoo", "Zoo", 1), Layout("ant", "Ant", 2)
    write_layouts(writer.connection, [(second, "1"), (TARGETS, "7"), (first, "1")])
    assert list(read_layouts(writer.connection).items()) == [("zoo", first), ("ant", second), ("targets", TARGETS)]


@pytest.mark.parametrize(
    ("tables", "why"),
    [
        ([Table("a", "A", (), view="v"), Table("b", "B", (), view="v")], "declares two views v"),
        ([Table("a", "A", (Column("x"), Column("x")), view="v")], "more than one column x"),
        ([Table("a", "A", (Column("company"),), view="v")], "more than one column company"),
        ([Table("a", "A", (Column('"'),), view="v")], "quotation mark"),
    ],
)
def test_a_declaration_that_makes_no_view_is_refused(tables: list[Table], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        views_of(Layout("topic", "Topic", 1, tables=tuple(tables)))


def test_two_topics_cannot_declare_one_view(writer: Writer) -> None:
    with pytest.raises(ValueError, match="the topics targets and zoo both declare a view targets"):
        write_layouts(
            writer.connection,
            [(TARGETS, "1"), (Layout("zoo", "Zoo", 90, tables=(Table("zoo", "Zoo", (), view="targets"),)), "1")],
        )


def rows(connection: Connection, view: str) -> list[dict[str, Any]]:
    found = connection.execute(f"SELECT * FROM {view}")  # noqa: S608 - of this file only
    names = [name for name, *_ in found.description]
    return [dict(zip(names, row, strict=True)) for row in found]
