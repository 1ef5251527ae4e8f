from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.render.acme import BASIS, EVENTS, FLOWS, PAGE, TARGETED, TARGETS
from timeline.page import Audit, Basis, Checked, Listing, Page
from timeline.render.text import audit_text, detail_text, findings_text, listing_text, page_text
from timeline.render.typeset import cells
from timeline.section import Column, Compared, Finding, Headline, Promise, Section, Table

Golden = Callable[[str, str], None]


@pytest.mark.parametrize("width", [40, 80, 100, 200])
def test_the_page_of_a_made_up_company_looks_as_it_did(width: int, golden: Golden) -> None:
    golden(f"page-{width}.txt", page_text(PAGE, width))


@pytest.mark.parametrize("width", [80, 200])
def test_a_listing_looks_as_it_did(width: int, golden: Golden) -> None:
    golden(f"events-{width}.txt", listing_text(EVENTS, width))


@pytest.mark.parametrize("width", [20, 33, 40, 57, 80, 133, 200])
def test_no_line_of_the_page_is_wider_than_asked(width: int) -> None:
    assert [line for line in page_text(PAGE, width).splitlines() if cells(line) > width] == []


def test_colour_adds_codes_and_changes_no_word() -> None:
    coloured = page_text(PAGE, 80, color=True)
    plain = page_text(PAGE, 80)
    for code in ("1", "2", "31", "33", "36", "0"):
        assert f"\x1b[{code}m" in coloured
        coloured = coloured.replace(f"\x1b[{code}m", "")
    assert coloured == plain
    assert "\x1b" not in plain


def page(*sections: Section, **more: object) -> Page:
    parts = tuple((FLOWS, section) for section in sections)
    return Page(**{"slug": "acme", "name": "Acme", "basis": BASIS, "parts": parts, **more})  # type: ignore[arg-type]


def test_the_head_names_the_clocks_that_were_asked_for_and_not_what_is_known_now() -> None:
    asked = Basis(position=9, today="2025-06-30", as_of="2025-06-30", as_recorded="7")
    head = page_text(page(basis=asked, known_to="2025-03-19"), 80).splitlines()[0]
    assert head == "ACME" + " " * 44 + "as of 2025-06-30 · as recorded 7"


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        ("12-31", "fiscal year to December"),
        ("02-28", "fiscal year to February"),
        ("09-28", "fiscal year to 28 September"),
    ],
)
def test_the_fiscal_year_is_told_by_its_month_where_it_ends_with_one(ends: str, words: str) -> None:
    assert page_text(page(fiscal_year_end=ends), 80).splitlines()[0] == f"ACME  {words}"


def test_open_promises_stand_in_order_of_their_ends_with_the_overdue_marked() -> None:
    promises = (
        Promise("moon", "2030/..", "2030-01-01", None, "a"),
        Promise("skates", "2026-06", "2026-06-01", "2026-06-30", "b"),
        Promise("anvils", "2026-05-01", "2026-05-01", "2026-05-01", "c"),
        Promise("magnets", "2026-05-02", "2026-05-02", "2026-05-02", "d"),
    )
    line = page_text(page(Section(topic="market", promises=promises)), 200).splitlines()[1]
    assert line == "Open  2026-05-01 anvils (overdue) · 2026-05-02 magnets · 2026-06 skates · from 2030 moon"


def test_many_promises_are_counted_and_the_command_that_lists_them_is_named() -> None:
    promises = tuple(
        Promise(f"plan {day:02}", f"2026-06-{day:02}", None, f"2026-06-{day:02}", "a") for day in range(1, 12)
    )
    text = page_text(page(Section(topic="market", promises=promises)), 80)
    assert "plan 08" in text
    assert "plan 09" not in text
    assert "… 3 more: timeline upcoming acme" in text


def test_cells_of_headlines_that_do_not_fit_go_to_further_lines() -> None:
    section = Section(topic="market", headlines=(Headline("Skates", ("announced in January", "on sale", "USD 9"), 3),))
    assert page_text(page(section), 40).splitlines()[1:4] == [
        "Skates  announced in January   3 sources",
        "        on sale     USD 9",
        "",
    ]


def test_columns_that_say_nothing_are_left_out() -> None:
    assert "venue" not in page_text(PAGE, 200)
    assert "disputed" not in page_text(PAGE, 200)


def test_hidden_columns_are_not_shown() -> None:
    assert "programme inferred" not in page_text(PAGE, 200)


def test_control_characters_are_shown_and_never_sent() -> None:
    text = page_text(page(name="Ac\x1b[2Jme\u202e\n\x7f\x9b"), 80)
    assert text.splitlines()[0] == r"AC␛[2JME\u202e␊␡\u009b"


def test_a_stopped_topic_says_why() -> None:
    text = page_text(PAGE, 80)
    assert "stopped: event 7777aaaa (charge.announced) cannot be read: version 9 is newer" in text


def test_an_empty_listing_says_so_in_words() -> None:
    nothing = Listing(schema="x/1", table=EVENTS.table, rows=(), basis=BASIS, empty="nothing is promised")
    assert listing_text(nothing, 80) == "nothing is promised\n"


def test_a_finding_names_severity_rule_and_evidence() -> None:
    finding = Finding("sum-off", "error", "3 + 4 is not 8", events=("a" * 32,), sources=("wire",))
    assert findings_text([finding], 80) == "error[sum-off]: 3 + 4 is not 8 (aaaaaaaa, wire)\n"


NOTED = Finding("shown", "note", "here")


@pytest.mark.parametrize("audits", [("targets",), ("targets", "figures")])
def test_an_audit_shows_each_finding_once(audits: tuple[str, ...]) -> None:
    parts = (page(Section(topic="market", findings=(NOTED,))),)
    lines = audit_text(audit_of("shown", audits=audits, parts=parts, findings=(NOTED,)), 80).splitlines()
    assert [line for line in lines if "[" in line] == ["note[shown]: here"]


def test_an_audit_shows_the_history_of_each_target() -> None:
    parts = (Page(slug="acme", name="Acme", basis=BASIS, parts=((TARGETS, TARGETED),)),)
    text = audit_text(Audit(basis=BASIS, audits=("targets",), parts=parts), 100)
    assert "2025-03-18      350,000  raised       16.7  Wile E. Coyote  77777777" in text


def audit_of(rule: str, **changed: Any) -> Audit:  # noqa: ANN401 - fields of an audit
    checked = Checked(
        audit="figures",
        rule=rule,
        severity="error",
        compares="shares times price with the amount paid",
        assumes="the amount is without fees",
        compared=1_200,
        found=1,
    )
    fields: dict[str, Any] = {"basis": BASIS, "audits": ("figures",), "checked": (checked,)}
    return Audit(**fields | changed)


SUM_OFF = Finding(
    "sum-off",
    "error",
    "5 million shares at HKD 38 is not the HKD 200 million paid",
    events=("a" * 32,),
    sources=("wire",),
    figures=(
        Compared("shares × price", low="171000000", high="209000000", unit="HKD"),
        Compared("paid", "about HKD 2 billion", "1500000000", "2500000000", "HKD", "a" * 32),
        Compared("of which fees", "> HKD 1", "1", None, "HKD"),
    ),
    assumed=("the amount is without fees",),
    company="acme",
)


def test_a_finding_of_an_audit_shows_its_figures_with_their_intervals_and_what_is_assumed() -> None:
    lines = audit_text(audit_of("sum-off", findings=(SUM_OFF,)), 80).splitlines()
    assert lines[1:-2] == [
        "1,200 comparisons under 1 of 1 rules: 1 error",
        "",
        "error[sum-off]: 5 million shares at HKD 38 is not the HKD 200 million paid",
        "  (aaaaaaaa, wire)",
        "    shares × price  171,000,000 to 209,000,000 HKD",
        "    paid            “about HKD 2 billion”  1,500,000,000 to 2,500,000,000 HKD",
        "    of which fees   “> HKD 1”  at least 1 HKD",
        "    assumed: the amount is without fees",
    ]


def test_findings_of_several_companies_stand_under_their_names() -> None:
    other = replace(SUM_OFF, company="zenith", figures=(), assumed=())
    lines = audit_text(audit_of("sum-off", findings=(SUM_OFF, other)), 120).splitlines()
    assert [line for line in lines if line in {"acme", "zenith"}] == ["acme", "zenith"]


def test_an_audit_lists_its_rules_where_asked() -> None:
    found = audit_of("sum-off")
    assert "shares times price with" in audit_text(found, 110, rules=True)
    assert "shares times price with" not in audit_text(found, 110)
    assert "1,200 comparisons under 1 of 1 rules: all well" in audit_text(found, 110)


class Detail:
    basis = Basis(position=9, today="2026-01-09", as_of="2026-01-09")
    fields = (("kind", "target.set"), ("note", ""))
    body = None
    chain = ({"id": "a" * 32, "kind": "event.corrected", "summary": "source erred"},)
    reports = ({"id": "b" * 32, "source": "wire"}, {"id": "c" * 32, "source": "exchange"})
    envelope: Mapping[str, Any] = MappingProxyType({})
    salt = None
    problem = "version 9 is newer"


def test_an_event_is_shown_with_what_speaks_of_it_and_the_reports_of_the_same() -> None:
    assert [line for line in detail_text(Detail(), 60).splitlines() if "─" not in line and line] == [
        "kind  target.set",
        "cannot be read: version 9 is newer",
        "id        kind             summary",
        "aaaaaaaa  event.corrected  source erred",
        "id        source",
        "bbbbbbbb  wire",
        "cccccccc  exchange",
        "as of 2026-01-09 · log to position 9",
    ]


KINDS = st.sampled_from(["text", "number", "when", "flag", "id", "ids"])
COLUMNS = st.lists(
    st.builds(Column, st.text("abc", min_size=1, max_size=9), kind=KINDS),
    max_size=9,
    unique_by=lambda column: column.name,
)
VALUES = st.none() | st.text(max_size=60) | st.lists(st.text(max_size=9), max_size=3)


@given(st.data(), st.integers(20, 120))
def test_no_table_is_ever_wider_than_asked(data: st.DataObject, width: int) -> None:
    columns = tuple(data.draw(COLUMNS))
    rows = tuple(data.draw(st.lists(st.fixed_dictionaries({column.name: VALUES for column in columns}), max_size=4)))
    listing = Listing(schema="x/1", table=Table("x", "X", columns), rows=rows, basis=BASIS)
    assert [line for line in listing_text(listing, width).splitlines() if cells(line) > width] == []


@given(st.lists(st.text("ab 火\u0301", min_size=1, max_size=40), min_size=1, max_size=4), st.integers(20, 60))
def test_no_word_of_a_table_is_lost(texts: list[str], width: int) -> None:
    table = Table("x", "X", (Column("n", kind="number"), Column("text")))
    rows = tuple({"n": str(number), "text": text} for number, text in enumerate(texts))
    body = listing_text(Listing(schema="x/1", table=table, rows=rows, basis=BASIS), width).split("\n\n")[0]
    said = body.replace("text", "", 1).replace("n", "", 1)
    assert "".join(said.split()) == "".join("".join(f"{row['n']}{row['text']}".split()) for row in rows)
