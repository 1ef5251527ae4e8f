import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from tests.render.acme import BASIS, BOUGHT, BUYBACKS, EVENTS, LAUNCH, PAGE, TARGETED, TARGETS, WIRE
from timeline.page import Audit, Basis, Checked, Page
from timeline.render.data import (
    audit_json,
    audit_lines,
    detail_json,
    detail_lines,
    json_text,
    listing_json,
    listing_lines,
    page_json,
    page_lines,
    section_json,
)
from timeline.section import Column, Compared, Finding, Layout, Section, Table


def test_a_page_has_the_shape_of_the_contract() -> None:
    document = page_json(PAGE)
    assert list(document) == ["schema", "company", "as_of", "as_recorded", "position", "sections"]
    assert document["schema"] == "timeline.show/1"
    assert document["company"] == {"slug": "acme", "name": "Acme Corporation"}
    assert (document["as_of"], document["as_recorded"], document["position"]) == (None, None, 41)
    assert list(document["sections"]) == ["buybacks", "targets", "market", "charges"]


def test_a_section_is_flat_with_fields_and_tables_side_by_side() -> None:
    section = page_json(PAGE)["sections"]["buybacks"]
    assert section["cumulative_shares"] == "162000000"
    assert section["executions"][1]["event"] == BOUGHT
    assert section["executions"][1]["sources"] == [WIRE, "exchange-2026-01-08"]


def test_all_that_is_declared_is_present() -> None:
    document = section_json(BUYBACKS, Section(topic="buybacks", tables={"months": ({"month": "2026-01"},)}))
    assert document == {
        "cumulative_shares": None,
        "cumulative_as_of": None,
        "percent_of_capital": None,
        "programme_inferred": None,
        "executions": [],
        "months": [{"month": "2026-01", "shares": None}],
    }


def test_an_optional_column_is_present_only_where_it_says_something() -> None:
    columns = (Column("shares"), Column("shares_adjusted", optional=True))
    table = Table("x", "X", columns)
    rows = ({"shares": "5", "shares_adjusted": "20"}, {"shares": "8", "shares_adjusted": None})
    document = section_json(Layout("x", "X", 1, tables=(table,)), Section(topic="x", tables={"x": rows}))
    assert document["x"] == [{"shares": "5", "shares_adjusted": "20"}, {"shares": "8"}]


def test_nested_rows_are_complete_too_and_an_absent_object_is_null() -> None:
    first, second = page_json(PAGE)["sections"]["targets"]["targets"]
    assert first["revisions"][0] == {
        "occurred": "../2025-01-01",
        "printed": "300,000",
        "low": "300000",
        "action": "initial",
        "change_percent": None,
        "said_by": None,
        "event": "b" * 32,
        "sources": [WIRE, "exchange-2025"],
    }
    assert first["outcome"] == {
        "printed": "> 410,000",
        "action": "outcome",
        "event": "c" * 32,
        "sources": [WIRE],
    }
    assert second["outcome"] is None


def test_what_a_row_holds_beyond_its_declaration_is_kept() -> None:
    layout = Layout(topic="x", title="X", rank=1, tables=(Table("rows", "Rows", (Column("a"),)),))
    document = section_json(layout, Section(topic="x", tables={"rows": ({"b": "2", "a": "1"},)}))
    assert document["rows"] == [{"a": "1", "b": "2"}]


def test_promises_findings_and_a_stop_appear_only_where_there_are_any() -> None:
    sections = page_json(PAGE)["sections"]
    assert sections["targets"]["promises"] == [
        {
            "what": "550,000 rockets",
            "due": "../2026-12-31",
            "first": None,
            "last": "2026-12-31",
            "event": LAUNCH,
            "lapses": False,
        }
    ]
    assert sections["buybacks"]["findings"][0]["rule"] == "total-below-parts"
    assert sections["charges"] == {"problem": "event 7777aaaa (charge.announced) cannot be read: version 9 is newer"}
    assert "promises" not in sections["buybacks"]


def test_a_listing_names_its_basis_and_holds_its_rows_under_the_tables_name() -> None:
    document = listing_json(EVENTS)
    assert list(document) == ["schema", "as_of", "as_recorded", "position", "today", "events"]
    assert document["as_of"] == "2026-01-31"
    assert document["events"][1]["summary"] == "=1+1"


def test_json_text_is_the_document_with_a_line_a_row() -> None:
    document = listing_json(EVENTS)
    text = "".join(json_text(document))
    assert json.loads(text) == document
    assert len(text.splitlines()) == 1 + 5 + 1 + len(EVENTS.rows) + 1 + 1


def test_json_text_is_valid_for_a_whole_page_and_for_empty_lists() -> None:
    assert json.loads("".join(json_text(page_json(PAGE)))) == json.loads(json.dumps(page_json(PAGE)))
    assert json.loads("".join(json_text({"rows": [], "none": None}))) == {"rows": [], "none": None}


def test_a_listing_is_a_line_a_row() -> None:
    rows = [json.loads(line) for line in listing_lines(EVENTS)]
    assert [row["id"] for row in rows] == [row["id"] for row in EVENTS.rows]


def test_each_line_of_a_page_says_whose_row_of_which_table_it_is() -> None:
    rows = [json.loads(line) for line in page_lines(PAGE)]
    assert [(row["company"], row["section"], row["table"]) for row in rows] == [
        ("acme", "buybacks", "fields"),
        ("acme", "buybacks", "executions"),
        ("acme", "buybacks", "executions"),
        ("acme", "buybacks", "months"),
        ("acme", "buybacks", "months"),
        ("acme", "buybacks", "findings"),
        ("acme", "targets", "targets"),
        ("acme", "targets", "targets"),
        ("acme", "targets", "promises"),
        ("acme", "market", "statements"),
        ("acme", "market", "statements"),
        ("acme", "market", "promises"),
        ("acme", "market", "promises"),
        ("acme", "charges", "problem"),
    ]


AUDIT = Audit(
    basis=BASIS,
    audits=("targets", "figures"),
    parts=(Page(slug="acme", name="Acme", basis=BASIS, parts=((TARGETS, TARGETED),)),),
    checked=(
        Checked(audit="figures", rule="sum-off", severity="error", compares="sums", assumes="", compared=3, found=1),
    ),
    findings=(*PAGE.findings, Finding("sum-off", "error", "no", figures=(Compared("sum", low="1"),), company="acme")),
)


def test_an_audit_holds_its_sections_by_company_and_all_findings() -> None:
    document = audit_json(AUDIT)
    head = ["schema", "as_of", "as_recorded", "position", "today", "audits"]
    assert list(document) == [*head, "companies", "rules", "findings"]
    assert document["companies"][0]["slug"] == "acme"
    assert document["companies"][0]["sections"]["targets"]["targets"][0]["status"] == "met"
    assert document["findings"][0]["severity"] == "warning"
    assert document["rules"][0]["compared"] == 3
    assert document["findings"][-1]["company"] == "acme"
    figure = {"name": "sum", "printed": "", "low": "1", "high": None, "unit": "", "event": ""}
    assert document["findings"][-1]["figures"] == [figure]
    told = [json.loads(line)["table"] for line in audit_lines(AUDIT)]
    assert told == ["targets", "targets", "promises", "rules", *["findings"] * len(AUDIT.findings)]


class Detail:
    basis = Basis(position=9, today="2026-01-09", as_of="2026-01-09")
    fields = (("kind", "target.set"),)
    envelope: Mapping[str, Any] = MappingProxyType({"position": 3, "id": BOUGHT})
    salt = "00"
    body: Mapping[str, Any] | None = MappingProxyType({"payload": {"value": "550,000"}})
    chain = ()
    reports = ({"id": BOUGHT},)
    problem = ""


def test_an_event_comes_with_all_that_is_needed_to_check_it() -> None:
    assert detail_json(Detail()) == {
        "schema": "timeline.event/1",
        "as_of": "2026-01-09",
        "as_recorded": None,
        "position": 9,
        "envelope": {"position": 3, "id": BOUGHT},
        "salt": "00",
        "body": {"payload": {"value": "550,000"}},
        "chain": [],
        "reports": [{"id": BOUGHT}],
        "problem": None,
    }
    assert [json.loads(line) for line in detail_lines(Detail())] == [detail_json(Detail())]
