"""The company itself: names, identifiers, attributes, and by which spellings it is found."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.topics import build
from timeline.history import Clock
from timeline.naming import folded
from timeline.publication import Moment
from timeline.topics.company import (
    TOPIC,
    Identified,
    Merged,
    Registered,
    Renamed,
    Stated,
    displayed,
    index_names,
    spellings,
)
from timeline.topics.company.identifiers import isin_holds, lei_holds

REGISTERED = build.event(
    Registered(name="Facebook, Inc.", country="US", fiscal_year_end="12-31"), occurred="2012-05-18"
)
RENAMED = build.event(Renamed(name="Meta Platforms, Inc."), occurred="2021-10-28", source="s2")
FIRST_TICKER = Identified(scheme="ticker", value="FB", mic="XNAS", valid=build.when("2012-05-18/2022-06-08"))
TICKER = Identified(scheme="ticker", value="META", mic="XNAS", valid=build.when("2022-06-09/.."))


def test_a_company_has_its_latest_name_and_its_former_name_until_the_day_before() -> None:
    section = build.section(TOPIC, REGISTERED, RENAMED)
    assert section.fields == {"name": "Meta Platforms, Inc.", "country": "US", "fiscal_year_end": "12-31"}
    assert [(row["name"], row["current"], row["first"], row["last"]) for row in section.tables["names"]] == [
        ("Facebook, Inc.", False, None, "2021-10-27"),
        ("Meta Platforms, Inc.", True, "2021-10-28", None),
    ]


def test_a_registration_under_the_present_name_does_not_repeat_it() -> None:
    later = build.event(Registered(name="META PLATFORMS INC"), occurred="2026-01-09")
    section = build.section(TOPIC, RENAMED, later)
    assert [row["name"] for row in section.tables["names"]] == ["Meta Platforms, Inc."]


def test_a_registration_that_says_more_fills_in_what_another_leaves_out() -> None:
    other = build.event(Registered(name="Facebook, Inc.", legal_form="corporation"), occurred="2012-05-18", source="s2")
    fields = build.section(TOPIC, REGISTERED, other).fields
    assert (fields["country"], fields["legal_form"]) == ("US", "corporation")


def test_identifiers_stand_by_scheme_then_by_day() -> None:
    isin = Identified(scheme="ISIN", value="US30303M1027")
    section = build.section(TOPIC, *map(build.event, (isin, TICKER, FIRST_TICKER)))
    rows = section.tables["identifiers"]
    assert [(row["shown"], row["first"], row["last"]) for row in rows] == [
        ("FB.O", "2012-05-18", "2022-06-08"),
        ("META.O", "2022-06-09", None),
        ("US30303M1027", None, None),
    ]


def test_an_attribute_that_two_sources_state_is_one_row() -> None:
    stated = Stated(attribute="Head office", value="Menlo Park")
    again = Stated(attribute="head office", value="Menlo Park")
    (row,) = build.section(TOPIC, build.event(stated), build.event(again, source="s2")).tables["attributes"]
    assert sorted(row["sources"]) == ["s1", "s2"]


def test_a_merger_names_the_other_company() -> None:
    merger = build.event(Merged(into="meta", valid=build.when("2026/..")))
    section = build.section(TOPIC, merger)
    assert section.fields == {"merged_into": "meta"}
    assert section.tables["mergers"] == (
        {
            "slug": "acme",
            "into": "meta",
            "occurred": "2026-01-08",
            "first": "2026-01-01",
            "last": None,
            "event": merger.id,
            "sources": ["s1"],
        },
    )


def test_of_companies_that_are_one_the_name_is_that_of_the_one_that_the_others_were_merged_into() -> None:
    bought = build.event(Registered(name="Instagram", type="company"), company="instagram", occurred="2010-10-06")
    renamed = build.event(Renamed(name="IG"), company="instagram", occurred="2011")
    merger = build.event(Merged(into="acme"), company="instagram")
    section = build.section(TOPIC, REGISTERED, RENAMED, bought, renamed, merger)
    assert section.fields == {
        "name": "Meta Platforms, Inc.",
        "country": "US",
        "fiscal_year_end": "12-31",
        "type": "company",
        "merged_into": "instagram",
    }
    assert [(row["name"], row["current"], row["first"], row["last"]) for row in section.tables["names"]] == [
        ("Instagram", False, None, "2010-12-31"),
        ("IG", False, "2011-01-01", None),
        ("Facebook, Inc.", False, None, "2021-10-27"),
        ("Meta Platforms, Inc.", True, "2021-10-28", None),
    ]
    stream = build.stream(REGISTERED, RENAMED, bought, renamed, merger)
    entries = {entry.value: entry.scheme for entry in index_names(stream, ("acme", "instagram"))}
    assert entries == {
        "acme": "slug",
        "instagram": "slug",
        "Instagram": "former name",
        "IG": "alias",
        "Facebook, Inc.": "former name",
        "Meta Platforms, Inc.": "name",
    }


def test_registrations_of_two_companies_that_are_one_are_not_one_registration() -> None:
    other = build.event(Registered(name="Apex"), company="apex", source="s2")
    merger = build.event(Merged(into="acme"), company="apex")
    section = build.section(TOPIC, REGISTERED, other, merger, sources={"s2": build.source("filing")})
    assert [row["name"] for row in section.tables["names"]] == ["Apex", "Facebook, Inc."]
    assert section.fields["name"] == "Facebook, Inc."


def test_two_companies_merged_into_one_are_two_mergers() -> None:
    mergers = [build.event(Merged(into="meta"), company=slug, source=slug) for slug in ("acme", "apex")]
    for order in build.orders(*mergers):
        section = build.section(TOPIC, *order)
        assert section.fields == {"merged_into": "apex, meta"}
        assert [(row["slug"], row["into"]) for row in section.tables["mergers"]] == [("acme", "meta"), ("apex", "meta")]


def test_reference_data_is_seen_whenever_it_was_published() -> None:
    clock = Clock(as_of=Moment(date=date(2020, 1, 1)))
    assert build.section(TOPIC, REGISTERED, clock=clock).fields["name"] == "Facebook, Inc."


def test_the_order_of_loading_does_not_matter() -> None:
    events = (REGISTERED, RENAMED, build.event(TICKER), build.event(FIRST_TICKER), build.event(Merged(into="meta")))
    expected = build.section(TOPIC, *events)
    assert all(build.section(TOPIC, *order) == expected for order in build.orders(*events))


def test_a_hong_kong_ticker_is_found_however_it_is_padded_and_suffixed() -> None:
    found = spellings("ticker", "1810", "XHKG")
    assert found[0] == displayed("ticker", "1810", "XHKG") == "1810.HK"
    assert {"1810", "01810", "01810.HK", "1810 HK", "1810 HK Equity", "XHKG:1810", "HKG:1810"} <= set(found)
    assert displayed("ticker", "700", "XHKG") == displayed("ticker", "00700", "XHKG") == "0700.HK"


def test_a_ticker_of_an_exchange_without_known_codes_stands_behind_its_mic() -> None:
    assert spellings("ticker", "ABC", "XXXX") == ("XXXX:ABC", "ABC")


def test_only_tickers_are_written_in_several_ways() -> None:
    assert spellings("ISIN", "US30303M1027") == ("US30303M1027",)


def test_the_name_index_knows_the_slug_all_names_and_all_spellings() -> None:
    alias = build.event(Identified(scheme="alias", value="Instagram's owner"))
    entries = index_names(build.stream(REGISTERED, RENAMED, build.event(TICKER), alias, company="meta"))
    by_folded = {entry.folded: (entry.scheme, entry.value) for entry in entries}
    assert by_folded["meta"] in (("slug", "meta"), ("ticker", "META.O"))
    assert by_folded["facebook inc"] == ("former name", "Facebook, Inc.")
    assert by_folded["meta platforms inc"] == ("name", "Meta Platforms, Inc.")
    assert by_folded["instagram s owner"] == ("alias", "Instagram's owner")
    assert by_folded["nasdaq meta"] == ("ticker", "META.O")
    assert {entry.company for entry in entries} == {"meta"}


@given(st.sampled_from(["1810", "700", "META"]), st.sampled_from(["XHKG", "XNAS", "XXXX"]))
def test_every_spelling_leads_back_to_its_ticker(value: str, mic: str) -> None:
    held = build.event(Identified(scheme="ticker", value=value, mic=mic))
    found = {entry.folded for entry in index_names(build.stream(held))}
    assert {folded(spelling) for spelling in spellings("ticker", value, mic)} <= found


@pytest.mark.parametrize("isin", ["US0378331005", "KYG9830T1067", "US30303M1027", "GB0002634946"])
def test_published_isins_hold(isin: str) -> None:
    assert isin_holds(isin)


# Apple, and Legal Entity Identifiers that the Global LEI Foundation publishes: its own, and Deutsche Bank's.
@pytest.mark.parametrize("lei", ["HWUPKR0MPOU8FGXBT394", "506700GE1G29325QX363", "7LTWFZYICNSX8D621K86"])
def test_published_leis_hold(lei: str) -> None:
    assert lei_holds(lei)


@given(st.integers(2, 11), st.integers(0, 9))
def test_an_isin_with_one_digit_wrong_does_not_hold(place: int, digit: int) -> None:
    isin = "US0378331005"
    changed = f"{isin[:place]}{digit}{isin[place + 1 :]}"
    assert isin_holds(changed) == (changed == isin)


@given(st.integers(10, 14), st.integers(0, 9))
def test_a_lei_with_one_digit_wrong_does_not_hold(place: int, digit: int) -> None:
    lei = "506700GE1G29325QX363"
    changed = f"{lei[:place]}{digit}{lei[place + 1 :]}"
    assert lei_holds(changed) == (changed == lei)


@pytest.mark.parametrize(
    ("scheme", "value", "mic", "refusal"),
    [
        ("ISIN", "US0378331006", None, "wrong check digit"),
        ("ISIN", "us0378331005", None, "is no ISIN"),
        ("LEI", "506700GE1G29325QX364", None, "wrong check digits"),
        ("LEI", "506700GE1G29325QX36", None, "is no LEI"),
        ("CIK", "0000320193", None, "without leading zeros"),
        ("ticker", "1810", None, "needs its exchange"),
        ("ticker", "1810", "xhkg", "is no ISO 10383 MIC"),
        ("ticker", "1810 HK", "XHKG", "is no ticker"),
        ("ISIN", "US0378331005", "XNAS", "has no exchange"),
    ],
)
def test_an_identifier_that_cannot_be_one_is_refused(scheme: str, value: str, mic: str | None, refusal: str) -> None:
    with pytest.raises(ValueError, match=refusal):
        Identified(scheme=scheme, value=value, mic=mic)  # type: ignore[arg-type]  # the test varies the scheme
