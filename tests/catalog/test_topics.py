"""What every topic has to keep to, whatever it is about; a new module in `timeline/topics/` is held to it at once."""

from __future__ import annotations

import ast
import datetime as dt
import importlib
import inspect
import json
import re
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import msgspec
import pytest

import timeline
from tests.catalog import golden
from timeline import Timeline
from timeline.app import clocks
from timeline.app.fold import fold
from timeline.catalog import catalog
from timeline.event import Payload, Report
from timeline.occurrence import Stream
from timeline.store import names
from timeline.store.driver import sqlite
from timeline.store.log import Reader
from timeline.store.opening import open_reader
from timeline.store.parts import items_of, section_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.section import Column, Layout, Row, Section
    from timeline.topic import Topic

TOPICS = catalog().topics
PAYLOADS = tuple(catalog().payloads.values())
PACKAGE = Path(timeline.__file__).parent
FIXTURES = Path(__file__).parents[2] / "fixtures"

PAST = re.compile("[a-z]+ed|made|set|held")
"""The last word of a kind tells what happened."""

NAME = re.compile("[a-z]+(_[a-z]+)*")
DECIMAL = re.compile("-?[0-9]+([.][0-9]+)?")
ID = re.compile("[0-9a-f]{32}")

each_topic = pytest.mark.parametrize("topic", TOPICS, ids=[topic.name for topic in TOPICS])
each_payload = pytest.mark.parametrize("payload", PAYLOADS, ids=[payload.KIND for payload in PAYLOADS])


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped facts, and one of each kind about a made-up company."""
    folder = tmp_path_factory.mktemp("topics")
    Timeline.open(folder / "facts.db").load(
        [str(FIXTURES), golden.globex(folder), golden.written(golden.every(), folder)]
    )
    return folder / "facts.db"


@pytest.fixture(scope="module")
def sections(database: Path) -> dict[str, list[Section]]:
    """What each topic says of each company."""
    with closing(open_reader(database)) as connection:
        folded = [fold(Reader(connection), company)[1].sections for company in sorted(names.companies(connection))]
    return {
        topic.name: [section for told in folded for section in told if section.topic == topic.name] for topic in TOPICS
    }


def test_there_is_a_topic_for_each_module() -> None:
    modules = {path.stem for path in (PACKAGE / "topics").iterdir() if path.stem.isidentifier() and path.stem[0] != "_"}
    found = {name: importlib.import_module(f"timeline.topics.{name}").TOPIC for name in modules}
    assert all(topic in TOPICS for topic in found.values())
    assert len(TOPICS) == len(found) + 1


def test_names_ranks_titles_views_and_kinds_are_told_apart() -> None:
    assert_distinct(topic.name for topic in TOPICS)
    assert_distinct(topic.layout.title for topic in TOPICS)
    assert_distinct(view for topic in TOPICS for view in views(topic.layout))
    assert_distinct(payload.KIND for topic in TOPICS for payload in topic.payloads)
    assert [topic.layout.rank for topic in TOPICS] == sorted(topic.layout.rank for topic in TOPICS)


def test_no_topic_needs_one_that_needs_it() -> None:
    owner = {payload: topic.name for topic in TOPICS for payload in topic.payloads}
    needs = {topic.name: {owner[payload] for payload in topic.uses} for topic in TOPICS}
    while free := {name for name, needed in needs.items() if not needed & needs.keys()}:
        needs = {name: needed for name, needed in needs.items() if name not in free}
    assert needs == {}


@each_topic
def test_a_topic_and_all_that_it_declares_have_names_that_sql_and_json_take(topic: Topic[Any]) -> None:
    declared = [column.name for column in columns(topic.layout)]
    tables = [table.name for table in topic.layout.tables]
    for name in (topic.name, *tables, *views(topic.layout), *declared):
        assert NAME.fullmatch(name), name
    assert_distinct([*tables, *(column.name for column in topic.layout.fields)])


@each_payload
def test_a_kind_is_an_event_in_the_past_tense(payload: type[Payload]) -> None:
    subject, _, happened = payload.KIND.partition(".")
    assert NAME.fullmatch(subject)
    assert PAST.fullmatch(happened)


@each_payload
def test_a_payload_tells_what_the_fact_means_and_what_each_of_its_fields_does(payload: type[Payload]) -> None:
    told = inspect.cleandoc(vars(payload).get("__doc__") or "")
    meaning, _, attributes = told.partition("Attributes:\n")
    assert re.match(r"[A-Z][^\n]+[.:]", meaning)
    described = re.findall(r"^    (\w+): \S", attributes, re.MULTILINE)
    assert sorted(described) == sorted(payload.__struct_fields__)


@each_topic
def test_a_payload_has_no_field_that_every_fact_has(topic: Topic[Any]) -> None:
    for payload in topic.payloads:
        assert not {*payload.__struct_fields__} & {*Report.__struct_fields__, "kind"}, payload.KIND


@each_payload
def test_a_choice_is_among_fields_that_may_be_left_out(payload: type[Payload]) -> None:
    required = {field.name for field in msgspec.structs.fields(payload) if field.required}
    assert set(payload.ONE_OF) <= set(payload.__struct_fields__) - required
    assert len(payload.ONE_OF) != 1


@each_topic
def test_a_topic_without_events_says_nothing(topic: Topic[Any]) -> None:
    section = topic.section(Stream(company="acme"))
    assert section.empty
    assert (section.promises, section.series, section.known_to) == ((), (), "")


@each_topic
def test_a_topic_says_something_of_each_of_its_kinds(topic: Topic[Any], sections: dict[str, list[Section]]) -> None:
    told = [section for section in sections[topic.name] if not section.empty]
    assert bool(told) == bool(topic.payloads)
    assert not any(section.problem for section in told)
    shown = json.dumps([msgspec.to_builtins(section) for section in told])
    ids = {each.id for each in golden.every() if each.topic == topic.name and each.kind not in WITHOUT_A_ROW}
    assert {each for each in ids if each not in shown} == set()


WITHOUT_A_ROW = {"company.merged"}
"""Told as a field."""


@each_topic
def test_a_section_holds_what_is_declared_in_the_form_that_is_declared(
    topic: Topic[Any], sections: dict[str, list[Section]]
) -> None:
    tables = {table.name: table.columns for table in topic.layout.tables}
    for section in sections[topic.name]:
        assert section.tables.keys() <= tables.keys()
        assert_declared(section.fields, topic.layout.fields, whole=False)
        for name, rows in section.tables.items():
            for row in rows:
                assert_declared(row, tables[name])


@each_topic
def test_a_section_is_plain_json_and_comes_back_from_the_store(
    topic: Topic[Any], sections: dict[str, list[Section]]
) -> None:
    for section in sections[topic.name]:
        json.loads(msgspec.json.encode(section), parse_float=refuse)
        stored = section_of(topic.name, items_of(section))
        assert msgspec.json.encode(stored) == msgspec.json.encode(section)


@each_topic
def test_a_view_shows_every_row_with_every_column(
    topic: Topic[Any], sections: dict[str, list[Section]], database: Path
) -> None:
    with closing(sqlite.connect(database)) as connection:
        for table in topic.layout.tables:
            for view, declared, rows in nested(table.view, table.columns, every_row(sections[topic.name], table.name)):
                if not view:
                    continue
                found = connection.execute(f'SELECT * FROM "{view}"')  # noqa: S608
                names = [name for name, *_ in found.description]
                assert {column.name for column in declared if column.kind != "rows"} <= set(names)
                assert {f"{column.name}_number" for column in declared if column.kind == "number"} <= set(names)
                assert "company" in names
                assert len(found.fetchall()) == len(rows), view


@pytest.mark.parametrize("day", ["1999-12-31", "2025-07-01", "2099-01-01"])
def test_nothing_stored_depends_on_the_day_on_which_it_is_made(database: Path, tmp_path: Path, day: str) -> None:
    path = tmp_path / "facts.db"
    with frozen(dt.date.fromisoformat(day)):
        assert clocks.basis(1).today == day
        Timeline.open(path).load([str(FIXTURES), golden.globex(tmp_path), golden.written(golden.every(), tmp_path)])
    assert stored(path) == stored(database)


CLOCKS = {"today", "now", "utcnow", "urandom"}
CHANCES = {"time", "random", "secrets", "uuid"}


def test_no_module_below_the_facade_reads_a_clock_or_leaves_anything_to_chance() -> None:
    below = [*PACKAGE.glob("*.py"), *(PACKAGE / "history").glob("*.py"), *(PACKAGE / "topics").rglob("*.py")]
    assert len(below) > 40
    for path in below:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(attr=name)):
                    assert name not in CLOCKS, path
                case ast.Import(names=names):
                    assert not {alias.name for alias in names} & CHANCES, path
                case ast.ImportFrom(module=module):
                    assert module not in CHANCES, path


def assert_distinct(names: Iterable[str]) -> None:
    listed = list(names)
    assert sorted(set(listed)) == sorted(listed)


def columns(layout: Layout) -> Iterator[Column]:
    """All columns, nested ones among them."""
    pending = [*layout.fields, *(column for table in layout.tables for column in table.columns)]
    while pending:
        column = pending.pop()
        yield column
        pending += column.columns


def views(layout: Layout) -> list[str]:
    named = [*(table.view for table in layout.tables), *(column.view for column in columns(layout))]
    return [view for view in named if view]


def assert_declared(row: Row, declared: Iterable[Column], *, whole: bool = True) -> None:
    """A row has the columns that are declared and no others, with values of their kind."""
    known = {column.name: column for column in declared}
    assert row.keys() <= known.keys()
    assert not whole or row.keys() == known.keys()
    for name, value in row.items():
        assert is_of_kind(value, known[name]), (name, value)
        if known[name].kind == "rows":
            for inner in value if isinstance(value, list) else [value]:
                if inner is not None:
                    assert_declared(inner, known[name].columns)


def is_of_kind(value: object, column: Column) -> bool:
    match column.kind:
        case _ if value is None:
            return True
        case "number":
            return isinstance(value, str) and DECIMAL.fullmatch(value) is not None
        case "flag":
            return isinstance(value, bool)
        case "id" if column.name == "event":
            return isinstance(value, str) and ID.fullmatch(value) is not None
        case "ids":
            return isinstance(value, list) and all(isinstance(each, str) for each in value)
        case "rows":
            return isinstance(value, list | dict)
        case "when" | "figure" | "id":
            return isinstance(value, str)
        case _:
            return isinstance(value, str) or (isinstance(value, list) and all(isinstance(each, str) for each in value))


def every_row(told: Iterable[Section], table: str) -> list[Row]:
    return [row for section in told for row in section.tables.get(table, ())]


def nested(
    view: str, declared: tuple[Column, ...], rows: list[Row]
) -> Iterator[tuple[str, tuple[Column, ...], list[Row]]]:
    """A table and the tables inside its rows, with all their rows."""
    yield view, declared, rows
    for column in declared:
        if column.kind == "rows":
            values = [row.get(column.name) or [] for row in rows]
            inner = [each for value in values for each in (value if isinstance(value, list) else [value])]
            yield from nested(column.view, column.columns, inner)


def stored(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite.connect(path)) as connection:
        items = connection.execute("SELECT * FROM read_item").fetchall()
        return sorted([*items, *connection.execute("SELECT * FROM company_name")])


@contextmanager
def frozen(day: dt.date) -> Iterator[None]:
    """Let every module of the program take this day for today; days that it makes are days as ever."""
    original = dt.date

    class Meta(type):
        def __call__(cls, *parts: int) -> dt.date:
            return original(*parts)

        def __instancecheck__(cls, instance: object) -> bool:
            return isinstance(instance, original)

        def __getattr__(cls, name: str) -> Any:  # noqa: ANN401 - whatever a date has
            return getattr(original, name)

    class Frozen(metaclass=Meta):
        @staticmethod
        def today() -> dt.date:
            return day

    with pytest.MonkeyPatch.context() as patch:
        for module in [module for name, module in sys.modules.items() if name.split(".")[0] == "timeline"]:
            for name, value in list(vars(module).items()):
                if value is original:
                    patch.setattr(module, name, Frozen)
        patch.setattr(dt, "date", Frozen)
        yield


def refuse(number: str) -> NoReturn:
    pytest.fail(f"a number with a point: {number}")
