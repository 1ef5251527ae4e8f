from hypothesis import given
from hypothesis import strategies as st

from tests.render.acme import BASIS, EVIDENCE, PAGE, SET, WIRE
from timeline.page import Page
from timeline.render.brevity import brief_page, brief_rows, page_sources, short_names
from timeline.section import Column, Finding, Layout, Section, Table

WHEN = Column("when", kind="when")
PLANNED = Column("first_planned", kind="when", unlike="when")


def test_a_cell_that_says_the_same_as_its_neighbour_is_empty() -> None:
    rows = [{"when": "2026-04", "first_planned": "2026-04"}, {"when": "2026-06", "first_planned": "2026-04"}]
    assert [row["first_planned"] for row in brief_rows((WHEN, PLANNED), rows, {})] == [None, "2026-04"]


def test_a_single_row_that_repeats_its_parent_is_left_out_and_two_are_not() -> None:
    statements = Column("statements", kind="rows", columns=(WHEN,), several=True)
    one, two = [{"when": "2026-04"}], [{"when": "2026-04"}, {"when": "2026-06"}]
    rows = brief_rows((statements,), [{"statements": one}, {"statements": two}], {})
    assert [row["statements"] for row in rows] == [[], two]


def test_rows_that_join_others_stand_below_them() -> None:
    columns = (
        Column("revisions", kind="rows", columns=(WHEN,)),
        Column("outcome", kind="rows", columns=(WHEN,), joins="revisions"),
    )
    (row,) = brief_rows(columns, [{"revisions": [{"when": "2025-03"}], "outcome": {"when": "2026-01"}}], {})
    assert row == {"revisions": [{"when": "2025-03"}, {"when": "2026-01"}], "outcome": []}


def test_evidence_that_stands_in_a_row_below_is_not_told_twice() -> None:
    columns = (Column("stages", kind="rows", columns=EVIDENCE), *EVIDENCE)
    evidence = {"event": SET, "sources": [WIRE]}
    own = {"event": "a" * 32, "sources": [WIRE]}
    same, other = brief_rows(columns, [{**evidence, "stages": [evidence]}, {**own, "stages": [evidence]}], {})
    assert (same["event"], same["sources"]) == (None, None)
    assert (other["event"], other["sources"]) == ("a" * 32, [WIRE])


def test_what_is_hidden_repeats_nothing() -> None:
    columns = (Column("stages", kind="rows", columns=EVIDENCE, shown=False), *EVIDENCE)
    evidence = {"event": SET, "sources": [WIRE]}
    (row,) = brief_rows(columns, [{**evidence, "stages": [evidence]}], {})
    assert row["event"] == SET


def test_a_table_that_repeats_the_fields_is_left_out() -> None:
    layout = Layout(topic="profile", title="P", rank=1, tables=(Table("names", "Names", (WHEN,), several=True),))
    section = Section(topic="profile", tables={"names": ({"when": "2026"},)})
    ((_, told),) = brief_page(Page(slug="acme", name="Acme", basis=BASIS, parts=((layout, section),)), {}).parts
    assert told.tables == {"names": ()}


def test_sources_are_named_by_as_few_words_as_tell_them_apart() -> None:
    ids = ["wire-2026-01-09-targets", "wire-2026-02-01-skates", "exchange-2025", "register"]
    assert short_names(ids) == {
        "exchange-2025": "exchange",
        "register": "register",
        "wire-2026-01-09-targets": "wire-2026-01",
        "wire-2026-02-01-skates": "wire-2026-02",
    }


def test_an_id_that_another_begins_with_stays_whole() -> None:
    assert short_names(["wire", "wire-2026"]) == {"wire": "wire", "wire-2026": "wire-2026"}


@given(st.sets(st.from_regex(r"[a-c]{1,2}(-[a-c0-2]{1,2}){0,4}", fullmatch=True)))
def test_no_two_sources_have_one_name(ids: set[str]) -> None:
    names = short_names(ids)
    assert names.keys() == ids
    assert len(set(names.values())) == len(ids)
    assert all(source.startswith(name) for source, name in names.items())


def test_tables_findings_and_rows_inside_rows_take_the_names() -> None:
    names = dict.fromkeys(page_sources(PAGE), "x")
    assert set(names) == {WIRE, "exchange-2026-01-08", "exchange-2025-11-20-next-day-return", "exchange-2025"}
    told = brief_page(PAGE, names)
    assert set(page_sources(told)) == {"x"}
    assert told.findings == (Finding("total-below-parts", "warning", PAGE.findings[0].what, ("3" * 32,), ("x",)),)


def test_the_page_itself_stays_as_it_is() -> None:
    before = repr(PAGE)
    brief_page(PAGE, short_names(page_sources(PAGE)))
    assert repr(PAGE) == before
