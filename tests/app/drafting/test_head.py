"""The source block of a draft: kind, publisher, time, zone, currency and id, and what it says was assumed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from timeline.app.drafting.head import source_head
from timeline.errors import InvalidInput
from timeline.intake import form
from timeline.prose.text import text_of
from timeline.publication import Published

if TYPE_CHECKING:
    from timeline.app.drafting.head import Head
    from timeline.prose.text import Text

DAY = "2026-01-09"


def text(*lines: str) -> Text:
    return text_of("\n".join(lines).encode(), "made-up.txt")


def head(*lines: str, published: str | None = DAY, **said: str) -> Head:
    return source_head(text(*lines), published=published, company=said.pop("company", "orlo"), **said)


def remarks(found: Head, field: str) -> list[str]:
    return [remark for remark in found.remarks if remark.startswith(field)]


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (["FORM 8-K", "CURRENT REPORT"], "filing"),
        (
            ["Orlo buys", "Hong Kong Exchanges and Clearing Limited and The Stock Exchange take no responsibility"],
            "filing",
        ),
        (["EQS-Adhoc: Orlo raises goal"], "filing"),
        (["ORLO REPORTS SALES", "KEARNEY, NE -- (BUSINESS WIRE) -- Orlo said"], "statement"),
        (["Media release", "Orlo said"], "statement"),
        (["Orlo buys", "PRAGUE, Nov 18 (Reuters) - Orlo bought"], "agency"),
        (["Orlo buys", "Contributor", "Jan Novak Reuters", "Orlo bought"], "agency"),
        (["Analysis: Orlo and its goals"], "analysis"),
    ],
)
def test_the_kind_is_told_from_the_text(lines: list[str], kind: str) -> None:
    found = head(*lines)
    assert found.fields["kind"] == kind
    assert remarks(found, "kind") == []


def test_a_text_that_tells_no_kind_is_taken_for_news_and_says_so() -> None:
    found = head("Orlo buys", "Orlo bought shares.")
    assert found.fields["kind"] == "news"
    assert remarks(found, "kind") == ["kind: assumed; nothing tells what sort of document it is"]


def test_what_was_told_to_an_agency_may_be_its_report() -> None:
    found = head("Orlo buys", "A representative told Reuters on Thursday.")
    assert remarks(found, "derives_from") == ["derives_from: it may reprint a report of Reuters: “told Reuters”"]


def test_a_company_publishes_its_own_statements_and_an_agency_its_reports() -> None:
    statement = head("ORLO", "KEARNEY, NE -- (BUSINESS WIRE) -- Orlo said", name="Orlo Inc.")
    agency = head("Orlo buys", "PRAGUE, Nov 18 (Reuters) - Orlo bought", name="Orlo Inc.")
    assert (statement.fields["publisher"], agency.fields["publisher"]) == ("Orlo Inc.", "Reuters")
    reprint = replace(text("Orlo buys", "PRAGUE, Nov 18 (Reuters) - Orlo bought"), publisher="News of Moravia")
    told = source_head(reprint, published=DAY, company="orlo")
    assert told.fields["publisher"] == "Reuters, as reprinted by News of Moravia"
    assert "publisher" not in head("Orlo buys").fields


@pytest.mark.parametrize(
    ("line", "published", "zone"),
    [
        ("1 min read 01 Aug 2023, 06:54 PM IST", "2023-08-01T18:54:00+05:30", "Asia/Kolkata"),
        ("Published: January 9, 2026 at 12:05 a.m. EST", "2026-01-09T00:05:00-05:00", "America/New_York"),
        ("January 9, 2026 9:30 am ET", "2026-01-09T09:30:00", "America/New_York"),
        ("2026-01-09T09:46:04+01:00", "2026-01-09T09:46:04+01:00", ""),
        ("2026-01-09 17:30 HKT", "2026-01-09T17:30:00+08:00", "Asia/Hong_Kong"),
        ("2026-01-09T08:46:04Z", "2026-01-09T08:46:04+00:00", "UTC"),
    ],
)
def test_a_printed_zone_is_taken_as_it_is_and_assumed_by_nobody(line: str, published: str, zone: str) -> None:
    found = head("Orlo buys", line, "Orlo bought shares.", published=None)
    assert (found.fields["published"], found.fields.get("zone", "")) == (published, zone)
    assert "zone_assumed" not in found.fields
    assert found.day == Published.parse(published, zone).day


@pytest.mark.parametrize(
    ("lines", "zone", "why"),
    [
        (["09.01.2026 - 09:46:04Orlo rises."], "Europe/Berlin", "as the day is written with full stops"),
        (["January 9, 2026", "KEARNEY, NE -- (BUSINESS WIRE) -- Orlo"], "America/Chicago", "as the dateline names NE"),
        (["January 9, 2026", "PRAGUE, Nov 18 (Reuters) - Orlo"], "Europe/Prague", "as the dateline is Prague"),
        (["January 9, 2026", "Orlo (HKEX: 4321) rose."], "Asia/Hong_Kong", "as its ticker is XHKG:4321"),
        (["January 9, 2026", "Profit slid to ₹37.03 crore."], "Asia/Kolkata", "as it counts in rupees and crores"),
        (["January 9, 2026", "Orlo rose."], "UTC", "as nothing tells where it was published"),
    ],
)
def test_a_zone_that_nobody_prints_is_assumed_and_said_to_be(lines: list[str], zone: str, why: str) -> None:
    found = head("Orlo buys", *lines, published=None)
    assert (found.fields["zone"], found.fields["zone_assumed"]) == (zone, "yes")
    assert remarks(found, "zone") == [f"zone: assumed, {why}"]
    assert found.day == dt.date(2026, 1, 9)


def test_a_companys_own_statement_is_published_where_it_is_listed() -> None:
    statement = head("Media release", "Orlo rose.", country="JP")
    assert statement.fields["zone"] == "Asia/Tokyo"
    assert head("Orlo buys", "Orlo rose.", country="JP").fields["zone"] == "UTC"


def test_an_abbreviation_of_several_zones_tells_the_others() -> None:
    ambiguous = head("Orlo buys", "01 Aug 2023, 06:54 PM IST", published=None)
    assert remarks(ambiguous, "zone") == ["zone: IST is taken as Asia/Kolkata; it may be Europe/Dublin, Asia/Jerusalem"]
    settled = head("Orlo buys", "01 Aug 2023, 06:54 PM IST", "It lost ₹37.03 crore.", published=None)
    assert remarks(settled, "zone") == []
    irish = head("Orlo buys", "01 Aug 2023, 06:54 PM IST", "DUBLIN, Aug 1 (Reuters) - Orlo", published=None)
    assert irish.fields["published"] == "2023-08-01T18:54:00+01:00"


def test_an_abbreviation_out_of_season_is_kept_as_printed_with_a_doubt() -> None:
    found = head("Orlo buys", "July 9, 2026 9:30 am EST", published=None)
    assert found.fields["published"] == "2026-07-09T09:30:00-05:00"
    assert remarks(found, "zone") == ["zone: EST is -05:00 as printed, but America/New_York did not keep it then"]


def test_what_the_user_says_counts_before_the_text() -> None:
    found = head(
        "Orlo buys", "January 9, 2026 9:30 am ET", published="2026-02-01T08:00", zone="Asia/Tokyo", currency="HKD"
    )
    assert (found.fields["published"], found.fields["zone"]) == ("2026-02-01T08:00:00", "Asia/Tokyo")
    assert (found.currency, found.day) == ("HKD", dt.date(2026, 2, 1))
    assert remarks(found, "currency") == remarks(found, "zone") == []


@pytest.mark.parametrize(("published", "zone"), [("someday", "UTC"), (DAY, "Mars/Olympus")])
def test_a_time_or_zone_that_is_none_is_refused(published: str, zone: str) -> None:
    with pytest.raises(InvalidInput):
        head("Orlo buys", published=published, zone=zone)


def test_a_time_that_the_clocks_had_twice_leaves_the_day() -> None:
    found = head("Orlo buys", "2025-11-02 01:30", published=None, zone="America/New_York")
    assert found.fields["published"] == "2025-11-02"
    assert remarks(found, "published")[0].startswith("published: the time is left out, as 01:30:00 cannot be taken")


@pytest.mark.parametrize(
    ("lines", "path", "day", "remark"),
    [
        (
            [
                "FORM 8-K",
                "Date of Report (Date of earliest event reported): March 17, 2023",
                *["Text"] * 8,
                "Date: March 20, 2023",
            ],
            "",
            "2023-03-20",
            "published: the day of the signature; it may have been filed later",
        ),
        (
            ["FORM 8-K", "Date of Report (Date of earliest event reported): March 17, 2023"],
            "",
            "2023-03-17",
            "published: the date of the report; it may have been filed later",
        ),
        (
            ["Orlo buys", "It bought."],
            "texts/orlo-2024-11-22-q3.txt",
            "2024-11-22",
            "published: taken from the file's name",
        ),
        (
            ["Orlo buys", "It bought."],
            "texts/2024-11-22/orlo.txt",
            "",
            "published: nothing tells the day; give it with --published",
        ),
    ],
)
def test_a_text_without_its_time_is_dated_by_what_is_near_and_says_so(
    lines: list[str], path: str, day: str, remark: str
) -> None:
    found = head(*lines, published=None, path=path)
    assert found.fields.get("published", "") == day
    assert (found.day.isoformat() if found.day else "") == day
    assert remarks(found, "published") == [remark]


@pytest.mark.parametrize(
    ("lines", "currency", "why"),
    [
        (["FORM 8-K", "A salary of $250,000."], "USD", "it is a form of the Securities and Exchange Commission"),
        (["Orlo", "Orlo (NYSE: ORL) earned $5."], "USD", "its ticker is XNYS:ORL"),
        (["Orlo", "Orlo (TSX: ORL) earned $5."], "CAD", "its ticker is XTSE:ORL"),
        (
            ["Orlo", "It paid 228 crowns ($9).", "($1 = 23.1240 Czech crowns)"],
            "USD",
            "the text gives its rate of exchange",
        ),
        (["Orlo", "It earned $5, which is US$ 5."], "USD", "printed with its own sign elsewhere"),
        (["Orlo", "It paid ¥5, and RMB 6 before."], "CNY", "printed with its own sign elsewhere"),
        (["Orlo", "It earned Rs. 0.50 and ₹3."], "INR", "printed with its own sign elsewhere"),
        (["Orlo", "It earned $5."], "USD", "nothing tells otherwise: assumed, as it is meant most often"),
    ],
)
def test_a_shared_sign_means_what_the_text_tells(lines: list[str], currency: str, why: str) -> None:
    found = head(*lines)
    assert found.currency == found.fields["currency"] == currency
    assert remarks(found, "currency") == [f"currency: {currency}, as {why}"]


@pytest.mark.parametrize(
    ("line", "remark"),
    [
        ("It earned ¥5.", "currency: nothing tells what ¥ means: CNY, JPY, …"),
        (
            "Orlo (HKEX: 4321) earned $5, or US$ 1.",
            "currency: $ may mean HKD (its ticker is XHKG:4321) or USD (printed with its own sign elsewhere)",
        ),
    ],
)
def test_a_shared_sign_that_nothing_settles_stays_open(line: str, remark: str) -> None:
    found = head("Orlo", line)
    assert (found.currency, "currency" in found.fields) == ("", False)
    assert remarks(found, "currency") == [remark]


def test_a_text_without_a_shared_sign_needs_no_currency() -> None:
    found = head("Orlo", "Orlo (NYSE: ORL) earned EUR 5 and US$ 6.")
    assert (found.currency, remarks(found, "currency")) == ("", [])


@pytest.mark.parametrize(
    ("title", "company", "expected"),
    [
        (
            "Orlo’s 2026 Strategy: Aggressive Targets and a Push",
            "orlo",
            "orlo-2026-01-09-2026-strategy-aggressive-targets-push",
        ),
        (
            "Big Orlo Q1 Results: Profit slides to ₹37.03 crore",
            "big-orlo",
            "big-orlo-2026-01-09-q1-results-profit-slides-37-03",
        ),
        ("海登集团回购", "haideng", "haideng-2026-01-09-"),
        ("Some " + "verylongword" * 20, "orlo", "orlo-2026-01-09-some-verylongword"),
    ],
)
def test_the_id_is_made_of_company_day_and_title_and_always_the_same(title: str, company: str, expected: str) -> None:
    made = head(title, "The text.", company=company).fields["id"]
    assert made.startswith(expected)
    assert made == head(title, "The text.", company=company).fields["id"]
    assert form.SOURCE_ID.fits(made)
    assert len(made) <= 80


def test_the_fields_are_those_of_a_fixture_in_its_order() -> None:
    told = replace(
        text("Orlo\u200b  buys", "January 9, 2026", "Orlo (NYSE: ORL) of the town bought it for $5."),
        url="https://orlo.example/a",
    )
    found = source_head(told, company="orlo")
    assert list(found.fields) == [
        "id", "kind", "title", "published", "zone", "zone_assumed", "url", "language", "currency", "sha256",
    ]  # fmt: skip
    assert found.fields["title"] == "Orlo buys"
    assert found.fields["sha256"] == told.sha256


def test_what_no_fixture_can_hold_is_left_out() -> None:
    told = replace(text("Orlo " + "x" * 600), url="javascript:alert(1)", language="not a language")
    found = source_head(told, published=DAY, company="orlo")
    assert not {"url", "language"} & found.fields.keys()
    assert len(found.fields["title"]) == 500
