import csv
import io
import re
from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.render.acme import BASIS, EVENTS, PAGE, TARGETED, TARGETS
from timeline.page import Listing, Page
from timeline.render.sheet import TableUnknown, listing_csv, pages_csv, pairs_csv, table_csv
from timeline.section import Column, Layout, Section, Table

ONE_TOPIC = Page(slug="acme", name="Acme", basis=BASIS, parts=((TARGETS, TARGETED),))


def read(lines: Iterable[str]) -> list[list[str]]:
    return list(csv.reader(io.StringIO("".join(lines), newline=""), strict=True))


def of(*values: object) -> Listing:
    table = Table("x", "X", (Column("n"), Column("value")))
    return Listing(schema="x/1", table=table, rows=tuple({"n": "1", "value": value} for value in values), basis=BASIS)


def test_the_whole_page_in_long_form_looks_as_it_did(golden: Callable[[str, str], None]) -> None:
    golden("page.csv", "".join(pages_csv([PAGE])))


def test_an_optional_column_is_there_where_a_row_of_the_table_says_something() -> None:
    table = Table("x", "X", (Column("n"), Column("adjusted", optional=True)))
    full = Listing(schema="x/1", table=table, rows=({"n": "1", "adjusted": "4"}, {"n": "2"}), basis=BASIS)
    assert read(listing_csv(full)) == [["n", "adjusted"], ["1", "4"], ["2", ""]]
    empty = Listing(schema="x/1", table=table, rows=({"n": "1", "adjusted": None},), basis=BASIS)
    assert read(listing_csv(empty)) == [["n"], ["1"]]


def test_lines_end_as_the_standard_says() -> None:
    assert list(listing_csv(of("a,b", 'say "hi"'))) == ["n,value\r\n", '1,"a,b"\r\n', '1,"say ""hi"""\r\n']


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "-5 %", "+34.1 %", "\uff1d1", "\uff20A1"],
)
def test_what_a_spreadsheet_would_run_is_made_text(text: str) -> None:
    assert read(listing_csv(of(text)))[1] == ["1", f"'{text}"]


@pytest.mark.parametrize("number", ["-320500000", "+34.1", "-0.42", "7"])
def test_numbers_stay_numbers(number: str) -> None:
    assert read(listing_csv(of(number)))[1] == ["1", number]


@pytest.mark.parametrize(
    ("value", "cell"),
    [(None, ""), (True, "true"), (False, "false"), (["a", "b"], "a b"), ({"a": 1}, '{"a":1}'), (7, "7")],
)
def test_values_become_cells(value: object, cell: str) -> None:
    assert read(listing_csv(of(value)))[1] == ["1", cell]


@given(st.lists(st.text(st.characters(codec="utf-8"))))
def test_every_text_comes_back_from_csv_and_none_can_be_run(texts: list[str]) -> None:
    cells = [row[1] for row in read(listing_csv(of(*texts)))[1:]]
    assert [cell if cell == text else cell.removeprefix("'") for cell, text in zip(cells, texts, strict=True)] == texts
    assert all(re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", cell) for cell in cells if cell[:1] in set("=+-@\t\r"))


def test_hidden_columns_are_in_a_sheet() -> None:
    table = Table("x", "X", (Column("shares", kind="number", shown=False),))
    listing = Listing(schema="x/1", table=table, rows=({"shares": "5000000"},), basis=BASIS)
    assert read(listing_csv(listing)) == [["shares"], ["5000000"]]


def test_a_listing_has_its_columns_whatever_its_rows_hold() -> None:
    assert read(listing_csv(EVENTS))[0] == ["position", "id", "company", "kind", "occurred", "summary", "source"]


def test_one_table_of_a_topic_is_a_rectangle() -> None:
    assert read(table_csv(ONE_TOPIC, "targets")) == [
        ["metric", "period", "unit", "status"],
        ["rocket deliveries", "FY2025", "rockets", "met"],
        ["rocket deliveries", "FY2026", "rockets", "open"],
    ]


def test_a_table_inside_rows_has_its_parents_columns_first() -> None:
    header, first, *_ = rows = read(table_csv(ONE_TOPIC, "targets.revisions"))
    assert header[:6] == ["metric", "period", "unit", "status", "occurred", "printed"]
    assert first[:6] == ["rocket deliveries", "FY2025", "rockets", "met", "../2025-01-01", "300,000"]
    assert len(rows) == 1 + 2 + 1


def test_a_parents_column_whose_name_is_taken_is_prefixed() -> None:
    inner = Column("parts", kind="rows", columns=(Column("name"),))
    layout = Layout(topic="x", title="X", rank=1, tables=(Table("skates", "Skates", (Column("name"), inner)),))
    section = Section(topic="x", tables={"skates": ({"name": "rocket", "parts": [{"name": "wheel"}]},)})
    page = Page(slug="acme", name="Acme", basis=BASIS, parts=((layout, section),))
    assert read(table_csv(page, "skates.parts")) == [["skates_name", "name"], ["rocket", "wheel"]]


def test_an_unknown_table_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(TableUnknown, match="no table called 'revision'") as refused:
        table_csv(ONE_TOPIC, "revision")
    assert refused.value.names == ("targets", "targets.revisions", "targets.outcome", "targets.mentions")


def test_pairs_are_a_line_each() -> None:
    assert read(pairs_csv([("kind", "target.set"), ("note", "=1+1")])) == [
        ["field", "value"],
        ["kind", "target.set"],
        ["note", "'=1+1"],
    ]
