"""Taking in rows: what is new is recorded once, what differs is put aside, and an interruption costs nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.app.transfer.logs import content
from tests.laws import bases
from timeline import Timeline
from timeline.app.importing import bulk, settling
from timeline.app.importing.bulk import Options, Place, Taken, take_in
from timeline.app.refresh import Renewed
from timeline.dates import When
from timeline.errors import DatabaseUnusable, InvalidInput, Unfoldable
from timeline.event import Report
from timeline.record import Retracted, Source, source_report
from timeline.topics.company import Identified, Registered
from timeline.topics.results import Reported
from timeline.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from timeline.event import Payload

DAY = When.parse("2025-03-31")


def source(source_id: str = "filing", **changed: str) -> Report:
    fields = {"kind": "filing", "title": "Annual report", "published": "2025-04-30", "zone": "UTC"} | changed
    return source_report(source_id, Source(**fields))  # type: ignore[arg-type]  # the kind is one


def company(slug: str = "acme", source_id: str = "filing") -> Report:
    return Report(
        payload=Registered(name=slug.title()), key=f"company-{slug}", company=slug, source=source_id, occurred=DAY
    )


def result(key: str, value: str = "USD 5", slug: str = "acme", source_id: str = "filing") -> Report:
    payload = Reported(metric="revenue", period=When.parse(key), value=Quantity.parse(value))
    return Report(payload=payload, key=key, company=slug, source=source_id, occurred=DAY)


def fact(payload: Payload, slug: str | None = "acme", occurred: When | None = DAY) -> Report:
    return Report(payload=payload, key="k", company=slug, source="filing", occurred=occurred)


def rows(*reports: Report | tuple[Report, ...]) -> list[Taken]:
    """One row a report, or for several; numbered from 1."""
    told = [(each,) if isinstance(each, Report) else each for each in reports]
    return [Taken(each, Place("f.csv", number)) for number, each in enumerate(told, 1)]


def years(first: int, last: int) -> list[Report]:
    return [result(str(year)) for year in range(first, last + 1)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "facts.db"


def test_what_is_new_is_recorded_and_shown(path: Path) -> None:
    report = take_in(path, rows(source(), company(), *years(2023, 2024)))
    assert (report.rows, report.events_new, report.sources_new, report.unchanged) == (4, 3, 1, 0)
    assert report.new == (("result.reported", 2), ("company.registered", 1))
    assert (report.companies, report.position, report.quarantined) == (("acme",), 4, 0)
    (_, section) = next(part for part in Timeline.open(path).show("Acme").parts if part[0].topic == "results")
    assert [row["period"] for row in section.tables["results"]] == ["2023", "2024"]


def test_each_row_may_bring_its_source_and_its_company_again(path: Path) -> None:
    report = take_in(path, rows(*((source(), company(), each) for each in years(2021, 2024))))
    assert (report.events_new, report.sources_new, report.unchanged, report.position) == (5, 1, 0, 6)


def test_each_row_may_say_again_how_others_call_its_company(path: Path) -> None:
    number = fact(Identified(scheme="CIK", value="1"))
    told = rows(*((source(), company(), number, each) for each in years(2021, 2024)))
    report = take_in(path, told)
    assert (report.events_new, report.unchanged, report.quarantined) == (6, 0, 0)
    assert (again := take_in(path, told)).events_new == 0
    assert again.unchanged == 4


def test_what_a_row_says_twice_is_recorded_once(path: Path) -> None:
    report = take_in(path, rows((source(), source(), company(), company(), result("2024"), result("2024"))))
    assert (report.events_new, report.sources_new, report.unchanged, report.quarantined) == (2, 1, 1, 0)


def test_a_row_that_contradicts_itself_is_refused(path: Path) -> None:
    report = take_in(path, rows(source(), company(), (result("2024", "USD 5"), result("2024", "USD 6"))))
    assert (report.events_new, report.quarantined) == (1, 1)
    assert report.problems[0].rule == "import-differs"
    assert "stands twice in this row, otherwise: value is recorded as USD 5, here USD 6" in report.problems[0].what


def test_within_a_row_the_fact_may_stand_before_the_source_and_the_company(path: Path) -> None:
    report = take_in(path, rows((result("2024"), company(), source())))
    assert (report.events_new, report.quarantined) == (2, 0)
    assert [row["kind"] for row in Timeline.open(path).events().rows] == [
        "source.recorded",
        "company.registered",
        "result.reported",
    ]


def test_taking_in_twice_adds_nothing(path: Path) -> None:
    told = rows(source(), company(), *years(2021, 2024))
    take_in(path, told)
    before = bases.content(path)
    again = take_in(path, told)
    assert (again.events_new, again.sources_new, again.unchanged, again.position) == (0, 0, 4, 6)
    assert again.companies == ("acme",)
    assert bases.content(path) == before


def test_what_is_recorded_otherwise_goes_to_the_quarantine_with_both_values(path: Path, tmp_path: Path) -> None:
    take_in(path, rows(source(), company(), result("2024", "USD 5")))
    aside = tmp_path / "aside.jsonl"
    told = [*rows(source(), result("2024", "USD 6"), result("2023"))]
    told[1] = told[1]._replace(raw="2024,6")
    report = take_in(path, told, Options(quarantine=str(aside)))
    assert (report.quarantined, report.events_new, report.unchanged) == (1, 1, 0)
    (line,) = map(json.loads, aside.read_text().splitlines())
    assert (line["file"], line["row"], line["rule"], line["raw"]) == ("f.csv", 2, "import-differs", "2024,6")
    assert "value is recorded as USD 5, here USD 6" in line["what"]
    assert "timeline correct" in line["fix"]
    (problem,) = report.problems
    assert (problem.file, problem.line, problem.rule) == ("f.csv", 2, "import-differs")


def test_a_later_row_of_the_same_address_is_compared_with_the_earlier_one(path: Path) -> None:
    told = rows(source(), company(), result("2024", "USD 5"), result("2024", "USD 5"), result("2024", "USD 6"))
    report = take_in(path, told)
    assert (report.events_new, report.unchanged, report.quarantined) == (2, 1, 1)
    assert "stands in an earlier row otherwise" in report.problems[0].what


def test_an_event_that_was_corrected_is_compared_with_its_correction(path: Path) -> None:
    take_in(path, rows(source(), company(), result("2024", "USD 5")))
    Timeline.open(path).correct(result("2024").id, ["value=USD 6"], reason="we erred")
    corrected = take_in(path, rows(result("2024", "USD 6")))
    assert (corrected.unchanged, corrected.quarantined) == (1, 0)
    assert take_in(path, rows(result("2024", "USD 5"))).quarantined == 1


def test_a_refused_row_is_refused_as_a_whole(path: Path) -> None:
    report = take_in(path, rows(source(), company(), (result("2023"), result("2024", slug="nobody"))))
    assert (report.quarantined, report.events_new) == (1, 1)
    assert report.problems[0].rule == "company-unknown"


@pytest.mark.parametrize(
    ("told", "rule"),
    [
        (result("2024", source_id="nowhere"), "source-unknown"),
        (result("2024", slug="acm"), "company-unknown"),
        (source("second", url="https://acme.example/1"), "source-duplicate"),
        (source("third", published="soon"), "time-malformed"),
        (source("Bad Id"), "source-id-malformed"),
        (source("fourth", title="one\nline"), "text-control-character"),
        (result("2024", slug="No Slug"), "company-malformed"),
        (fact(Registered(name="x", country="DEU"), "x"), "text-malformed"),
        (fact(Registered(name="x"), "x", occurred=None), "fact-refused"),
        (fact(Registered(name="x"), None), "field-missing"),
        (fact(Reported(metric="turnover", period=DAY, first="first")), "metric-alias"),
        (fact(Reported(metric="revenue", period=DAY, change=Quantity.parse("5 vehicles"))), "quantity-unit"),
        (fact(Reported(metric="revenue", period=DAY)), "field-missing"),
        (fact(Retracted(reason="we erred")), "kind-unknown"),
    ],
)
def test_what_no_fixture_could_say_is_refused(path: Path, told: Report, rule: str) -> None:
    first = rows(source(url="https://acme.example/1"), company())
    report = take_in(path, [*first, Taken((told,), Place("f.csv", 3))])
    assert (report.quarantined, report.position) == (1, 2)
    assert report.problems[0].rule == rule


def test_rows_with_problems_of_their_own_are_told_and_the_rest_goes_on(path: Path) -> None:
    place = Place("f.csv", 7)
    bad = Taken((), place, (place.problem("number-malformed", "'x' is no number"),))
    report = take_in(path, [*rows(source(), company()), bad, *rows(result("2024"))])
    assert (report.quarantined, report.events_new) == (1, 2)
    assert str(report.problems[0]).startswith("f.csv:7: error[number-malformed]")


def test_strict_refuses_everything_for_one_row_and_leaves_no_trace(path: Path, tmp_path: Path) -> None:
    take_in(path, rows(source(), company()))
    before = bases.content(path)
    aside = tmp_path / "aside.jsonl"
    told = iter(rows(*years(1900, 2020), result("2024", slug="nobody")))
    with pytest.raises(InvalidInput) as caught:
        take_in(path, told, Options(strict=True, quarantine=str(aside)))
    assert [problem.rule for problem in caught.value.problems] == ["company-unknown"]
    assert bases.content(path) == before
    assert not aside.exists()


def test_strict_records_all_where_nothing_is_refused(path: Path) -> None:
    assert take_in(path, rows(source(), company(), result("2024")), Options(strict=True)).position == 3


def test_a_dry_run_shows_the_first_reports_and_makes_no_database(path: Path) -> None:
    report = take_in(path, rows(source(), company(), *years(2001, 2024)), Options(dry_run=True, limit=4))
    assert [each.key for each in report.first] == ["company-acme", "2001", "2002"]
    assert (report.rows, report.events_new, report.position) == (4, 3, 4)
    assert not path.exists()


def test_a_dry_run_without_a_limit_tries_all_of_it_against_what_is_recorded(path: Path) -> None:
    take_in(path, rows(source(), company(), result("2024", "USD 5")))
    before = bases.content(path)
    told = rows(source(), *years(1950, 2023), result("2024", "USD 6"))
    report = take_in(path, told, Options(dry_run=True))
    assert (report.events_new, report.quarantined, len(report.first)) == (74, 1, 10)
    assert bases.content(path) == before


def test_memory_holds_no_more_than_a_batch_of_rows(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "BATCH", 3)
    behind: list[int] = []

    def told() -> Iterator[Taken]:
        for number, row in enumerate(rows(source(), company(), *years(2001, 2010)), 1):
            behind.append(number - (len(content(path)) if path.exists() and number > 1 else 0))
            yield row

    take_in(path, told())
    assert max(behind) == 3


def test_an_interrupted_import_leaves_whole_batches_and_adds_what_is_missing_when_started_again(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "BATCH", 3)
    told = rows(source(), company(), *years(2001, 2010))

    def stops(taken: Iterable[Taken]) -> Iterator[Taken]:
        for number, row in enumerate(taken, 1):
            if number == 9:
                raise KeyboardInterrupt
            yield row

    with pytest.raises(KeyboardInterrupt):
        take_in(path, stops(told))
    assert len(content(path)) == 6
    report = take_in(path, told)
    assert (report.events_new, report.unchanged, report.position) == (6, 4, 12)
    uninterrupted = tmp_path / "whole.db"
    take_in(uninterrupted, told)
    assert content(path) == content(uninterrupted)
    assert bases.content(path, ("read_item",)) == bases.content(uninterrupted, ("read_item",))


def test_what_an_interruption_left_stale_is_made_anew_though_nothing_is_missing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = rows(source(), company(), result("2024"))
    with monkeypatch.context() as patched:
        patched.setattr(bulk, "settle", interrupted)
        with pytest.raises(KeyboardInterrupt):
            take_in(path, told)
    assert bases.content(path, ("read_item",)) == {"read_item": []}
    assert take_in(path, told).events_new == 0
    assert bases.content(path, ("read_item",)) != {"read_item": []}


def test_a_company_that_cannot_be_folded_is_told_and_its_events_stay(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = Unfoldable("acme", "results", "ZeroDivisionError")
    monkeypatch.setattr(settling, "renew", lambda *_: Renewed(0, (failed,)))
    report = take_in(path, rows(source(), company(), result("2024")))
    assert report.position == 3
    assert report.failed == ("results of acme cannot be worked out: ZeroDivisionError",)


def interrupted(*_: object) -> tuple[str, ...]:
    raise KeyboardInterrupt


def test_progress_tells_rows_of_the_hinted_number_then_companies(path: Path) -> None:
    class Hinted(list[Taken]):
        def __length_hint__(self) -> int:
            return len(self)

    told: list[tuple[str, int, int]] = []
    take_in(path, Hinted(rows(source(), company(), result("2024"))), progress=lambda *step: told.append(step))
    assert told == [("f.csv", 3, 3), ("acme", 1, 1)]


def test_a_quarantine_that_cannot_be_written_is_an_error_and_not_a_loss(path: Path, tmp_path: Path) -> None:
    told = rows(source(), result("2024", slug="nobody"))
    with pytest.raises(DatabaseUnusable, match="cannot be written"):
        take_in(path, told, Options(quarantine=str(tmp_path / "none" / "aside.jsonl")))
