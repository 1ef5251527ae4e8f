"""SQL views: every store has the same, with the same columns and the same values."""

from __future__ import annotations

from contextlib import ExitStack
from math import isclose
from typing import TYPE_CHECKING, Any

import pytest

from tests.catalog import golden
from tests.contract.conftest import served
from tests.contract.stores import FIXTURES, findings, lite, loaded
from tests.served import fresh_schema
from timeline.catalog import catalog
from timeline.section import Column, Layout, Section, Table
from timeline.store import models
from timeline.store.dialect import dialect_of
from timeline.store.layouts import write_layouts
from timeline.store.parts import items_of
from timeline.store.views import views_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.contract.stores import Store

VIEWS = [view for topic in catalog().topics for view in views_of(topic.layout)]
EMPTY = {"buybacks_apart"}
"""Of these nothing that is loaded here has a row."""
ODD = 'it\'s "odd" 100%'
DEEP = Layout(
    "deep",
    "Deep",
    rank=1,
    fields=(
        Column("since", kind="when"),
        Column(
            "outer",
            kind="rows",
            columns=(
                Column("share", kind="number"),
                Column("open", kind="flag"),
                Column("inner's", kind="rows", view=ODD, columns=(Column("share", kind="number"), Column("why"))),
            ),
        ),
    ),
    tables=(Table("empty", "Empty", (), view="bare"), Table("told", "Told", (Column("ids", kind="ids"),), view="told")),
)
VALUES = Section(
    "deep",
    fields={
        "since": "2026",
        "outer": [
            {"share": "0.10", "open": True, "inner's": [{"share": "1", "why": 'a "b" \\ c\n小米'}, {"share": None}]},
            {"share": "-" + "9" * 400, "open": False, "inner's": {"share": "1.5", "why": ""}},
            {"share": "1", "open": None, "inner's": []},
            {"share": "1", "inner's": None},
        ],
    },
    tables={"empty": ({},), "told": ({"ids": ["s1", "s2"]}, {"ids": []})},
)


@pytest.fixture(scope="module")
def both(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    """All that is shipped and a company with something of every kind, on SQLite and on PostgreSQL."""
    folder = tmp_path_factory.mktemp("views")
    with ExitStack() as stack:
        stores = lite(folder / "facts.db"), served(stack.enter_context(fresh_schema(postgres_server)))
        for store in stores:
            store.timeline().load([str(FIXTURES), golden.globex(folder), golden.written(golden.every(), folder)])
        yield stores


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_gives_the_same_on_every_store(both: tuple[Store, Store], view: str) -> None:
    (names, rows), other = (content(store, view) for store in both)
    assert other[0] == names
    assert_alike(names, rows, other[1])
    assert rows or view in EMPTY


def test_values_of_every_sort_are_the_same_however_deep(store: Store) -> None:
    with store.writer() as writer, writer.transaction():
        write_layouts(writer.connection, [(DEEP, "1")])
        models.write(writer.connection, "acme", "deep", "1", 1, items_of(VALUES))
    around = ["company", "since", "outer_share", "outer_share_number", "open"]
    names, rows = content(store, '"it\'s ""odd"" 100%"')
    assert names == [*around, "share", "share_number", "why"]
    assert [row[:3] + row[4:] for row in rows] == [
        ("acme", "2026", "-" + "9" * 400, 0, "1.5", 1.5, ""),
        ("acme", "2026", "0.10", 1, "1", 1.0, 'a "b" \\ c\n小米'),
        ("acme", "2026", "0.10", 1, None, None, None),
    ]
    assert [row[3] for row in rows if row[2] == "0.10"] == [0.1, 0.1]
    assert content(store, "told") == (["company", "ids"], [("acme", '["s1","s2"]'), ("acme", "[]")])
    assert content(store, "bare") == (["company"], [("acme",)])


@pytest.mark.parametrize(
    "changed",
    [
        "SELECT * FROM kept WHERE company <> 'xiaomi'",
        "SELECT kept.*, 1 AS more FROM kept",
        "SELECT company AS companies FROM kept",
    ],
)
def test_a_view_that_was_changed_is_found_and_a_rebuild_mends_it(store: Store, changed: str) -> None:
    timeline = loaded(store)
    sound = content(store, "company_names")
    assert findings(store) == {}
    text = definition(store)
    store.outside("DROP VIEW company_names", f"CREATE VIEW company_names AS WITH kept AS ({text}) {changed}")
    assert findings(store) == {"view-differs": "the view company_names is missing or changed"}
    timeline.rebuild()
    assert findings(store) == {}
    assert content(store, "company_names") == sound


def test_a_view_that_is_gone_is_found(store: Store) -> None:
    loaded(store)
    store.outside("DROP VIEW company_names")
    assert findings(store) == {"view-differs": "the view company_names is missing or changed"}


def test_views_that_others_made_on_ours_stand_while_ours_do(store: Store) -> None:
    timeline = loaded(store)
    store.outside(
        "CREATE VIEW theirs AS SELECT shares FROM buyback_executions",
        "DROP VIEW charges",
        "UPDATE layout SET version = 'of another program'",
    )
    timeline.rebuild()
    assert findings(store) == {}
    assert store.outside("SELECT count(*) FROM theirs") == [(2,)]


def definition(store: Store) -> str:
    """What the view of names gives, as this store says it."""
    with store.reader() as connection:
        made = [dialect_of(connection).views_of(topic.layout) for topic in catalog().topics]
    return next(views["company_names"] for views in made if "company_names" in views)


def content(store: Store, view: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Names of the columns, and the rows in an order of their own."""
    with store.reader() as connection:
        found = connection.execute(f"SELECT * FROM {view}")  # noqa: S608 - of this file and the program's own
        names = [name for name, *_ in found.description]
        return names, sorted(map(tuple, found), key=repr)


def assert_alike(names: list[str], rows: list[tuple[Any, ...]], others: list[tuple[Any, ...]]) -> None:
    """The same values of the same types; only of inexact numbers the last digit may differ."""
    assert len(rows) == len(others)
    for row, other in zip(rows, others, strict=True):
        for name, value, told in zip(names, row, other, strict=True):
            assert type(value) is type(told), name
            assert value == told or (isinstance(value, float) and isclose(value, told, rel_tol=1e-15)), name
