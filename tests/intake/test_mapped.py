"""Rows of tables as reports, by maps."""

from __future__ import annotations

import gzip
import io
from typing import TYPE_CHECKING

import pytest

from tests.intake.tabled import BOUGHT, SOURCE, facts, problems_of_map, read_table, refused, reports, table
from timeline.errors import ParseProblem
from timeline.intake.expression import Expression
from timeline.intake.notation import Dates, Numbers
from timeline.intake.template import Template
from timeline.record import Source

if TYPE_CHECKING:
    from pathlib import Path


def test_a_nested_row_makes_two_kinds_of_facts_about_its_company(tmp_path: Path) -> None:
    text = """\
schema: timeline/table/1
company: "{issuer.slug}"
source: {id: "{doc}", kind: filing, title: "Return {doc}", published: "{filed}", zone: Asia/Hong_Kong, currency: HKD}
facts:
  - kind: buyback.executed
    key: bought
    occurred: "{trade.day}"
    shares: "{trade.shares} shares"
    price: HKD {trade.prices[0]}–{trade.prices[1]}
  - kind: buyback.totalled
    when: total.shares
    key: total
    occurred: "{trade.day}"
    since: "{total.since}"
    shares: "{total.shares} shares"
    percent: "{total.percent} %"
"""
    rows = (
        '{"issuer": {"slug": "acme"}, "doc": "d1", "filed": "2026-01-09", "trade": {"day": "2026-01-08", '
        '"shares": 5000, "prices": [38.04, 38.160]}, '
        '"total": {"since": "2025-06-05", "shares": 9000, "percent": 0.630}}\n'
        '{"issuer": {"slug": "bolt"}, "doc": "d2", "filed": "2026-01-10", "trade": {"day": "2026-01-09", '
        '"shares": 70, "prices": [1, 2]}, "total": null}\n'
    )
    taken = read_table(text, tmp_path / "a.jsonl", rows)
    frame = {"company": "acme", "occurred": "2026-01-08"}
    assert facts(taken) == [
        {"key": "bought", "kind": "buyback.executed", **frame, "shares": "5000 shares", "price": "HKD 38.04–38.160"},
        {
            "key": "total",
            "kind": "buyback.totalled",
            **frame,
            "since": "2025-06-05",
            "shares": "9000 shares",
            "percent": "0.630 %",
        },
        {
            "key": "bought",
            "kind": "buyback.executed",
            "company": "bolt",
            "occurred": "2026-01-09",
            "shares": "70 shares",
            "price": "HKD 1–2",
        },
    ]
    sources = [report for report in reports(taken) if isinstance(report.payload, Source)]
    assert [(each.source, each.payload.published) for each in sources if isinstance(each.payload, Source)] == [
        ("d1", "2026-01-09"),
        ("d2", "2026-01-10"),
    ]


def test_decimal_commas_days_by_format_and_what_is_empty_are_told_by_the_map(tmp_path: Path) -> None:
    text = f"""\
{SOURCE}delimiter: ";"
numbers: {{decimal: ",", thousands: "."}}
dates: ["%d.%m.%Y", "%m/%Y"]
empty: [k. A.]
facts:
  - kind: buyback.executed
    key: "{{Tag}}"
    occurred: "{{Tag}}"
    shares: "{{Stück (gesamt)}} shares"
    value: "EUR {{Betrag}}"
"""
    content = "Tag;Stück (gesamt);Betrag\n08.01.2026;1.234;12.345,60\n01/2026;5;k. A.\n"
    taken = read_table(text, tmp_path / "a.csv", content)
    frame = {"kind": "buyback.executed", "company": "acme"}
    assert facts(taken) == [
        {**frame, "key": "08.01.2026", "occurred": "2026-01-08", "shares": "1,234 shares", "value": "EUR 12,345.60"},
        {**frame, "key": "01/2026", "occurred": "2026-01", "shares": "5 shares"},
    ]


def test_companies_are_registered_where_they_are_met_with_what_they_go_by_once(tmp_path: Path) -> None:
    text = """\
schema: timeline/table/1
company: "{slug(name)}"
source: {id: "return-{@row}", kind: filing, title: Return, published: "2026-01-0{@row}", zone: UTC}
register: {name: "{name}", identifiers: [{scheme: alias, value: "{short}"}]}
facts:
  - {kind: buyback.executed, key: bought, occurred: "2026-01-0{@row}", shares: "{shares} shares"}
"""
    content = "name,short,shares\nAcme Ltd.,Acme,1\nAcme Ltd.,Acme,2\nBolt,,3\n"
    taken = read_table(text, tmp_path / "a.csv", content)
    told = [[(fact.source, fact.key) for fact in row.reports if fact.company] for row in taken]
    assert told == [
        [("return-1", "registered-acme-ltd"), ("return-1", "identified-acme-ltd-alias-Acme"), ("return-1", "bought")],
        [("return-1", "registered-acme-ltd"), ("return-2", "bought")],
        [("return-3", "registered-bolt"), ("return-3", "bought")],
    ]
    # A row that is recorded needs all that its reports speak of.
    assert [report.source for report in taken[1].reports if isinstance(report.payload, Source)] == [
        "return-2",
        "return-1",
    ]


def test_a_company_whose_first_row_is_refused_is_registered_with_the_next(tmp_path: Path) -> None:
    text = """\
schema: timeline/table/1
company: acme
source: {id: returns, kind: filing, title: Return, published: 2026-02-01, zone: UTC}
register: {name: Acme, identifiers: [{scheme: alias, value: Acme Ltd.}]}
facts:
  - {kind: buyback.executed, key: "{day}", occurred: "{day}", shares: "{shares} shares"}
"""
    taken = read_table(text, tmp_path / "a.csv", "day,shares\n2026-01-08,x\n2026-01-09,1\n2026-01-10,2\n")
    assert [[fact.key for fact in row.reports if fact.company] for row in taken] == [
        [],
        ["registered-acme", "identified-acme-alias-Acme Ltd.", "2026-01-09"],
        ["registered-acme", "2026-01-10"],
    ]


def test_each_bad_row_is_refused_with_its_number_and_the_rule_and_brings_nothing(tmp_path: Path) -> None:
    content = "day,shares\n2026-01-08,5\n2026-01-32,5\n2026-01-09,EUR 5\n2026-01-10,\n2026-01-11\n2026-01-12,5 milion\n"
    taken = read_table(BOUGHT, tmp_path / "a.csv", content)
    assert refused(taken) == [
        (2, "date-impossible"),
        (3, "quantity-unit"),
        (4, "field-missing"),
        (5, "row-cells"),
        (6, "quantity-scale"),
    ]
    assert [len(row.reports) for row in taken] == [2, 0, 0, 0, 0, 0]
    assert taken[2].raw == "2026-01-09,EUR 5"


def test_rows_that_a_condition_leaves_out_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("day,shares\n2026-01-08,5\n2026-01-09,500\n", encoding="utf-8")
    rows = table(BOUGHT.replace("facts:", "where: to_number(shares) >= `100`\nfacts:"), [path])
    assert [bool(row.reports) for row in rows] == [False, True]
    assert [problem.what for problem in rows.notes()] == ["rows left out by `where`: 1"]


def test_lists_and_named_parts_come_from_cells_too(tmp_path: Path) -> None:
    text = f"""\
{SOURCE}facts:
  - kind: product.described
    key: anvil
    occurred: 2026-01-08
    product: Anvil
    features: "{{features}}"
    specifications: {{range: "{{range}} km", weight: "{{weight}}"}}
"""
    content = '{"features": ["heavy", null, "black"], "range": 902, "weight": ""}\n'
    (fact,) = facts(read_table(text, tmp_path / "a.jsonl", content))
    assert (fact["features"], fact["specifications"]) == (["heavy", "black"], {"range": "902 km"})


def test_a_packed_file_is_unpacked_and_standard_input_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = b"day,shares\n2026-01-08,5\n"
    packed = read_table(BOUGHT, tmp_path / "a.csv.gz", gzip.compress(content))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(content))))
    from tests.intake.tabled import mapped
    from timeline.catalog import catalog
    from timeline.intake.table import Table

    piped = list(Table(["-"], mapped(f"{BOUGHT}format: csv\n"), catalog().payloads))
    assert facts(packed) == facts(piped)
    assert len(facts(piped)) == 1


def test_a_packed_file_that_is_cut_is_told(tmp_path: Path) -> None:
    content = b"day,shares\n" + b"".join(b"2026-01-08,%d\n" % (number**3) for number in range(200))
    taken = read_table(BOUGHT, tmp_path / "a.csv.gz", gzip.compress(content)[:-200])
    assert refused(taken)[-1] == (0, "file-unreadable")


def test_a_file_that_is_not_there_is_told_before_anything_is_read(tmp_path: Path) -> None:
    assert [problem.rule for problem in table(BOUGHT, [tmp_path / "a.csv"]).problems()] == ["file-missing"]


def test_the_number_of_rows_is_guessed_from_the_part_that_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("day,shares\n" + "2026-01-08,5\n" * 3000, encoding="utf-8")
    rows = table(BOUGHT, [path])
    iterator = iter(rows)
    for _ in range(1000):
        next(iterator)
    assert 2900 < rows.__length_hint__() < 3100


@pytest.mark.parametrize(
    ("written", "meant"),
    [("1.234,5", "1,234.5"), ("(1.234)", "-1,234"), ("ca. 5,2 Mio", "ca. 5.2 Mio"), ("0,10", "0.10"), ("12.5", "")],
)
def test_numbers_are_read_as_the_map_says_or_not_at_all(written: str, meant: str) -> None:
    numbers = Numbers(decimal=",", thousands=".")
    if meant:
        assert numbers.figure(written) == meant
    else:
        with pytest.raises(ParseProblem):
            numbers.figure(written)


def test_spaces_of_every_width_stand_between_thousands() -> None:
    assert Numbers(decimal=",", thousands="space").number("1\u202f234\u00a0567,5") == "1234567.5"


@pytest.mark.parametrize(
    ("form", "written", "day"),
    [
        ("%d.%m.%Y", "8.1.2026", "2026-01-08"),
        ("%b %Y", "Jan 2026", "2026-01"),
        ("%Y", "2026", "2026"),
        ("%d.%m.%Y %H:%M", "08.01.2026 17:30", "2026-01-08"),
        ("edtf", "2025-Q3", "2025-Q3"),
        ("edtf", "2026-01-08T00:00:00", "2026-01-08"),
    ],
)
def test_a_date_is_as_precise_as_its_format(form: str, written: str, day: str) -> None:
    assert Dates((form,)).day(written) == day


def test_a_source_keeps_its_time_of_day() -> None:
    assert Dates(("%d.%m.%Y %H:%M",)).moment("08.01.2026 17:30") == "2026-01-08T17:30:00"


def test_braces_are_filled_and_doubled_braces_stand_for_themselves() -> None:
    template = Template("{{{a b}}} {[x, y][0]} {join('{', [z, z])}")
    row = {"a b": "1", "x": 2, "z": "c"}
    assert template.filled(row, lambda text: text, ()) == "{1} 2 c{c"


def test_an_expression_knows_the_columns_that_it_speaks_of() -> None:
    assert Expression('length(a.b) > `1` && "c d"[?e].f || g').names == ("a", "c d", "g")


def test_an_exact_name_is_a_column_whatever_signs_are_in_it() -> None:
    assert Expression("Betrag (EUR)").value({"Betrag (EUR)": "5"}) == "5"
    assert Expression("a.b").value({"a.b": "1", "a": {"b": "2"}}) == "1"
    assert Expression("a.b").value({"a": {"b": "2"}}) == "2"


@pytest.mark.parametrize("text", ["shares > `5`", "shares == `5`", "shares < '40'"])
def test_texts_are_not_compared_with_numbers_or_as_if_they_were(text: str) -> None:
    with pytest.raises(ParseProblem) as problem:
        Expression(text).value({"shares": "5"})
    assert problem.value.rule == "expression-types"


def test_texts_that_are_no_numbers_are_compared_as_texts() -> None:
    assert Expression("day >= '2026-01-01'").holds({"day": "2026-01-08"})


def test_sums_and_averages_stay_exact() -> None:
    row = {"a": ["0.1", "0.2"]}
    assert str(Expression("sum(map(&to_number(@), a))").value(row)) == "0.3"
    assert str(Expression("to_string(avg(map(&to_number(@), a)))").value(row)) == "0.15"


def test_a_value_of_the_map_that_no_row_could_mend_is_refused_once() -> None:
    assert problems_of_map(BOUGHT.replace("}\n", ", fate: sold}\n").replace("Berlin, fate: sold", "Berlin")) == [
        "choice-unknown"
    ]
