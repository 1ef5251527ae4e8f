"""What a regulator's facts become: counted against pandas, read at moments over decades, restated and filed again."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from decimal import Decimal
from operator import length_hint
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from tests.app.facts.conftest import APPLE, value
from tests.laws import bases
from timeline import Timeline
from timeline.app.importing.bulk import Options
from timeline.app.importing.facts import import_facts
from timeline.catalog import decode
from timeline.errors import InvalidInput
from timeline.event import Event
from timeline.intake.sec import CompanyFacts, Issuer, document
from timeline.render.data import page_json
from timeline.store.log import Reader
from timeline.store.opening import open_reader
from timeline.topics.buybacks import Totalled
from timeline.topics.results import Reported

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from os import PathLike

    Write = Callable[..., str]

EPS = "us-gaap:EarningsPerShareBasic"
REVENUES = "us-gaap:Revenues"
PAID = "us-gaap:PaymentsForRepurchaseOfCommonStock"
RETIRED = "us-gaap:StockRepurchasedAndRetiredDuringPeriodValue"


def facts(path: str | PathLike[str]) -> Iterator[Event]:
    """Every result and total in a database."""
    connection = open_reader(path)
    for row in Reader(connection).rows():
        event = decode(row.envelope, row.body)
        if isinstance(event, Event) and isinstance(event.payload, Reported | Totalled):
            yield event
    connection.close()


def table(file: str) -> pd.DataFrame:
    """The file as anybody would read it with pandas."""
    document = json.loads(Path(file).read_text(encoding="utf-8"), parse_float=Decimal, parse_int=Decimal)
    return pd.DataFrame(
        {**told, "concept": f"{taxonomy}:{concept}", "unit": unit}
        for taxonomy, concepts in document["facts"].items()
        for concept, entry in concepts.items()
        for unit, values in entry["units"].items()
        for told in values
    )


def results(timeline: Timeline, company: str, **clocks: str) -> dict[tuple[str, str], dict[str, Any]]:
    """The rows of results by metric and period."""
    page = page_json(timeline.show(company, **clocks))["sections"].get("results", {"results": []})
    return {(row["metric"], row["period"]): row for row in page["results"]}


def totals(timeline: Timeline, company: str, since: str, until: str) -> list[dict[str, Any]]:
    """The totals of buybacks from one day to another."""
    programmes = page_json(timeline.show(company))["sections"]["buybacks"]["programmes"]
    rows = [row for programme in programmes for row in programme["totals"]]
    return [row for row in rows if (row["since"], row["occurred"]) == (since, until)]


def test_counts_and_sums_by_concept_and_day_filed_are_those_of_pandas(apple: Timeline) -> None:
    grouped = table(APPLE).groupby(["concept", "filed"])["val"]
    expected = {key: (len(values), sum(values)) for key, values in grouped}
    found: dict[tuple[str, str], tuple[int, Decimal]] = defaultdict(lambda: (0, Decimal(0)))
    for event in facts(apple.database):
        payload = event.payload
        assert isinstance(payload, Reported | Totalled)
        assert event.published
        assert payload.concept
        figure = payload.value or getattr(payload, "shares", None)
        assert figure is not None
        assert figure.low == figure.high
        key = (payload.concept, event.published.day.isoformat())
        count, total = found[key]
        found[key] = (count + 1, total + figure.anchor)
    assert len(expected) > 200
    assert dict(found) == expected


def test_each_value_keeps_its_own_days_whatever_year_its_label_says(apple: Timeline) -> None:
    read = table(APPLE)
    expected = read.assign(start=read["start"].fillna(read["end"]))[["concept", "accn", "start", "end"]]
    found = {
        (event.payload.concept, event.source, str(event.payload.period.first), str(event.payload.period.last))
        for event in facts(apple.database)
        if isinstance(event.payload, Reported)
    }
    assert found == {
        (concept, f"sec-{accession}", start, end)
        for concept, accession, start, end in expected.itertuples(index=False)
        if "Repurchase" not in concept
    }


def test_a_filing_is_a_source_with_its_form_day_and_index_page(apple: Timeline) -> None:
    (row,) = [row for row in apple.sources().rows if row["source"] == "sec-0000320193-24-000123"]
    assert row["kind"] == "filing"
    assert row["publisher"] == "Apple Inc."
    assert row["title"] == "10-K filed 2024-11-01"
    assert row["published"] == "2024-11-01-04:00"
    assert (
        row["url"] == "https://www.sec.gov/Archives/edgar/data/320193/000032019324000123/0000320193-24-000123-index.htm"
    )


def test_the_company_is_found_by_its_cik_and_has_its_calendar(apple: Timeline) -> None:
    page = apple.show("320193")
    assert (page.slug, page.name, page.fiscal_year_end) == ("apple-inc", "Apple Inc.", "09-30")
    (registered,) = list(apple.events("apple-inc", kind="company.registered").rows)
    shown = dict(apple.event(registered["id"]).fields)
    assert shown["note"] == "fiscal years of whole weeks: each ends on a Saturday near this day"


def test_what_was_public_on_any_day_over_the_years_is_what_had_been_filed(apple: Timeline) -> None:
    read = table(APPLE)
    read = read[~read["concept"].str.contains("Repurchase")]
    for day in ("2009-07-21", "2009-07-22", "2014-10-26", "2014-10-27", "2020-12-31", "2026-06-30"):
        public = read[read["filed"] <= day]
        shown = results(apple, "apple-inc", as_of=day)
        periods = {(row.start if isinstance(row.start, str) else row.end, row.end) for row in public.itertuples()}
        assert {(row["period_first"], row["period_last"]) for row in shown.values()} == periods, day


def test_earnings_a_share_are_restated_after_a_split_and_both_values_stay(apple: Timeline) -> None:
    # Fiscal 2013: 40.03 in the annual report of 2013-10-30, 5.72 in that of 2014-10-27, after seven for one.
    year = ("earnings per share", "2012-09-30/2013-09-28")
    assert results(apple, "apple-inc", as_of="2014-06-30")[year]["value_printed"] == "USD 40.03"
    row = results(apple, "apple-inc")[year]
    assert row["value_printed"] == "USD 5.72"
    assert {report["value_printed"] for report in row["reports"]} == {"USD 40.03", "USD 5.72"}
    assert row["disputed"] == "value"


def test_restated_values_keep_both_and_the_publishers_later_one_stands(path: Path, file: Write) -> None:
    quarter = ("2023-01-30", "2023-04-30")
    told = file(
        {
            REVENUES: {
                "USD": [
                    value(7192000000, *quarter, "2023-05-26", "10-Q"),
                    value(7192000000, *quarter, "2024-05-29", "10-Q"),
                    value(7103000000, *quarter, "2025-05-28", "10-Q"),
                ]
            }
        }
    )
    report = import_facts(path, [told], Options())
    assert dict(report.new)["result.reported"] == 3
    timeline = Timeline.open(path)
    (row,) = results(timeline, "nvidia-corp").values()
    assert (row["metric"], row["value_printed"]) == ("revenue", "USD 7,103,000,000")
    assert [each["value_printed"] for each in row["reports"]].count("USD 7,192,000,000") == 2
    (before,) = results(timeline, "nvidia-corp", as_of="2025-05-27").values()
    assert before["value_printed"] == "USD 7,192,000,000"
    (finding,) = [each for each in timeline.audit(only=["figures"]).findings if each.rule == "reports-disagree"]
    assert finding.severity == "note"


def test_a_value_that_is_filed_again_unchanged_is_another_report_of_the_same_fact(path: Path, file: Write) -> None:
    year = ("2023-01-30", "2024-01-28")
    again = [value(60922, *year, "2024-02-21"), value(60922, *year, "2025-02-26"), value(60922, *year, "2026-02-25")]
    import_facts(path, [file({REVENUES: {"USD": again}, PAID: {"USD": again}})], Options())
    timeline = Timeline.open(path)
    (row,) = results(timeline, "nvidia-corp").values()
    assert (row["disputed"], len(row["reports"]), len(row["sources"])) == (None, 3, 3)
    (bought,) = totals(timeline, "nvidia-corp", *year)
    assert len(bought["sources"]) == 3


def test_quarters_and_the_year_to_date_are_totals_of_their_own_days(path: Path, file: Write) -> None:
    told = [
        value(100, "2024-01-29", "2024-07-28", "2024-08-28", "10-Q"),
        value(60, "2024-04-29", "2024-07-28", "2024-08-28", "10-Q"),
    ]
    import_facts(path, [file({PAID: {"USD": told}})], Options())
    timeline = Timeline.open(path)
    assert [row["value_printed"] for row in totals(timeline, "nvidia-corp", "2024-01-29", "2024-07-28")] == ["USD 100"]
    assert [row["value_printed"] for row in totals(timeline, "nvidia-corp", "2024-04-29", "2024-07-28")] == ["USD 60"]


def test_what_was_paid_and_what_was_retired_are_two_totals_each_with_its_own_revision(path: Path, file: Write) -> None:
    year = ("2023-01-30", "2024-01-28")
    told = {
        PAID: {"USD": [value(9533, *year, "2024-02-21"), value(9535, *year, "2025-02-26")]},
        RETIRED: {"USD": [value(9700, *year, "2024-02-21"), value(9700, *year, "2025-02-26")]},
    }
    import_facts(path, [file(told)], Options())
    found = totals(Timeline.open(path), "nvidia-corp", *year)
    assert sorted(row["value_printed"] for row in found) == ["USD 9,535", "USD 9,700"]
    assert all(len(row["sources"]) == 2 and row["counts"] for row in found)


def test_the_same_value_twice_in_one_filing_is_one_and_two_values_are_put_aside(
    path: Path, tmp_path: Path, file: Write
) -> None:
    year = ("2023-01-30", "2024-01-28")
    told = [
        value(5, *year, "2024-02-21"),
        value(5, *year, "2024-02-21", frame="CY2023"),
        value(6, *year, "2024-02-21"),
    ]
    aside = tmp_path / "aside.jsonl"
    report = import_facts(path, [file({REVENUES: {"USD": told}})], Options(quarantine=str(aside)))
    assert (dict(report.new)["result.reported"], report.unchanged, report.quarantined) == (1, 1, 1)
    (line,) = map(json.loads, aside.read_text().splitlines())
    assert (line["row"], line["rule"]) == (3, "import-differs")
    assert "value is recorded as USD 5, here USD 6" in line["what"]
    assert '"val": 6' in line["raw"]


def test_values_in_another_currency_are_of_another_basis_and_revise_none(path: Path, file: Write) -> None:
    year = ("2023-01-01", "2023-12-31")
    told = {"ifrs-full:Revenue": {unit: [value(5, *year, "2024-04-26", "20-F")] for unit in ("CNY", "USD")}}
    import_facts(path, [file(told)], Options())
    page = page_json(Timeline.open(path).show("nvidia-corp"))
    rows = page["sections"]["results"]["results"]
    assert {(row["basis"], row["unit"]) for row in rows} == {("ifrs-full in CNY", "CNY"), ("ifrs-full", "USD")}
    assert all(row["disputed"] is None and row["counts"] for row in rows)


@pytest.mark.parametrize(
    ("broken", "rule"),
    [
        ({"accn": "24-1"}, "value-malformed"),
        ({"val": "many"}, "value-malformed"),
        ({"val": None}, "value-malformed"),
        ({"end": "2024-02-30"}, "value-malformed"),
        ({"start": "2025-01-01"}, "date-backwards"),
    ],
)
def test_a_broken_value_is_put_aside_and_the_others_go_on(
    path: Path, file: Write, broken: dict[str, object], rule: str
) -> None:
    year = ("2023-01-01", "2023-12-31")
    told = [value(number, *year, f"202{number}-04-26") for number in (4, 5, 6)]
    told[1] |= broken
    report = import_facts(path, [file({REVENUES: {"USD": told}})], Options())
    assert (dict(report.new)["result.reported"], report.quarantined) == (2, 1)
    assert (report.problems[0].rule, report.problems[0].line) == (rule, 2)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("{", "file-not-companyfacts"),
        ('{"name": 1}', "file-not-companyfacts"),
        ('{"cik": "x", "facts": {}}', "cik-malformed"),
        ('{"cik": 1, "entityName": "A", "facts": {}}', "no-company-facts"),
    ],
)
def test_a_file_that_is_none_is_told_and_the_others_go_on(path: Path, tmp_path: Path, text: str, rule: str) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    (folder / "a.json").write_text(text)
    (folder / "b.json").symlink_to(APPLE)
    report = import_facts(path, [str(folder)], Options())
    assert (report.quarantined, report.problems[0].rule) == (1, rule)
    assert report.companies == ("apple-inc",)


def test_a_path_that_is_not_there_is_refused_before_anything_is_read(path: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InvalidInput) as caught:
        import_facts(path, [APPLE, str(tmp_path / "gone.json"), str(tmp_path / "empty")], Options())
    assert [problem.rule for problem in caught.value.problems] == ["file-missing", "no-company-facts"]
    assert not path.exists()


def test_importing_twice_adds_nothing(path: Path) -> None:
    import_facts(path, [APPLE], Options())
    before = bases.content(path)
    again = import_facts(path, [APPLE], Options())
    assert (again.events_new, again.sources_new, again.quarantined) == (0, 0, 0)
    assert bases.content(path) == before


def test_a_file_that_has_grown_adds_what_is_new_though_the_company_has_another_name(path: Path, file: Write) -> None:
    year, next_year = ("2020-01-01", "2020-12-31"), ("2021-01-01", "2021-12-31")
    first = [value(5, *year, "2021-02-01", "10-Q")]
    import_facts(path, [file({REVENUES: {"USD": first}}, 1326801, "Facebook Inc")], Options())
    grown = [*first, value(6, *next_year, "2022-02-01", "10-Q")]
    report = import_facts(path, [file({REVENUES: {"USD": grown}}, "0001326801", "Meta Platforms, Inc.")], Options())
    assert report.quarantined == 0
    assert dict(report.new) == {"result.reported": 1, "company.identified": 1}
    timeline = Timeline.open(path)
    assert timeline.show("Meta Platforms, Inc.").slug == "facebook-inc"
    assert {row["publisher"] for row in timeline.sources().rows if row["kind"] == "filing"} == {"Facebook Inc"}


def test_two_companies_of_one_name_are_two(path: Path, file: Write) -> None:
    told = {REVENUES: {"USD": [value(5, "2020-01-01", "2020-12-31", "2021-02-01")]}}
    report = import_facts(path, [file(told, 11, "Acme"), file(told, 12, "ACME")], Options())
    assert report.companies == ("acme", "acme-12")


def test_a_company_that_is_recorded_with_its_cik_gets_the_facts(path: Path, tmp_path: Path, file: Write) -> None:
    fixture = tmp_path / "companies.yaml"
    fixture.write_text(
        """schema: timeline/source/1
source: {id: book, kind: reference, title: Book, published: "2020-01-01", zone: UTC}
defaults: {company: nvidia, occurred: 2020-01-01}
facts:
  - {key: a, kind: company.registered, name: NVIDIA}
  - {key: b, kind: company.identified, scheme: CIK, value: "1045810"}
"""
    )
    Timeline.open(path).load([str(fixture)])
    told = {REVENUES: {"USD": [value(5, "2020-01-01", "2020-12-31", "2021-02-01")]}}
    assert import_facts(path, [file(told)], Options()).companies == ("nvidia",)


def test_the_days_of_made_up_calendars_are_told_where_the_data_tell(path: Path, file: Write) -> None:
    ends = {
        "31 december": ["2022-12-31", "2023-12-31"],
        "sundays": ["2023-01-29", "2024-01-28"],
        "none": ["2023-05-17"],
    }
    files = []
    for cik, (name, days) in enumerate(ends.items(), 1):
        told = [
            value(5, str(date.fromisoformat(day).replace(year=int(day[:4]) - 1)), day, "2024-03-01") for day in days
        ]
        twelve_months = value(5, "2022-10-01", "2023-09-30", "2024-03-02", "10-Q")
        files.append(file({REVENUES: {"USD": [*told, twelve_months]}}, cik, name))
    import_facts(path, files, Options())
    timeline = Timeline.open(path)
    found = {slug: timeline.show(slug).fiscal_year_end for slug in ("31-december", "sundays", "none")}
    assert found == {"31-december": "12-31", "sundays": "01-31", "none": ""}


def test_a_filing_of_two_companies_is_one_source_with_the_facts_of_both(path: Path, file: Write) -> None:
    told = {REVENUES: {"USD": [value(5, "2020-01-01", "2020-12-31", "2021-02-01")]}}
    report = import_facts(path, [file(told, 1, "Parent"), file(told, 2, "Child")], Options())
    assert dict(report.new)["result.reported"] == 2
    assert (report.quarantined, report.problems[0].rule) == (1, "import-differs")
    assert "publisher is recorded as Parent, here Child" in report.problems[0].what
    timeline = Timeline.open(path)
    assert [len(results(timeline, slug)) for slug in ("parent", "child")] == [1, 1]


def test_a_file_is_opened_when_the_one_before_it_is_done(file: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    told = {REVENUES: {"USD": [value(5, "2020-01-01", "2020-12-31", "2021-02-01")]}}
    files = [file(told, cik, f"c{cik}") for cik in (1, 2)]
    opened: list[str] = []
    read = document.read

    def noted(name: str) -> object:
        opened.append(name)
        return read(name)

    monkeypatch.setattr(document, "read", noted)
    rows = CompanyFacts(files, Issuer.of)
    at = [(row.place.file, row.place.row, len(opened)) for row in rows]
    assert at == [(files[0], number, 1) for number in (0, 0, 1)] + [(files[1], number, 2) for number in (0, 0, 1)]
    assert length_hint(rows) == 6
