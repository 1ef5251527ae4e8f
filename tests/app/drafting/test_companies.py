"""Which companies a text names: registered ones, ones that it tells are companies, and the one that it is about."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from timeline import Timeline
from timeline.app.drafting.companies import (
    Known,
    Listing,
    main_company,
    mentions,
    new_mentions,
    proposed_companies,
)
from timeline.app.drafting.legal_forms import short_forms, without_form
from timeline.app.drafting.venues import tickers
from timeline.naming import folded
from timeline.prose.text import text_of
from timeline.store.names import Name
from timeline.store.opening import open_reader

if TYPE_CHECKING:
    from pathlib import Path

    from timeline.prose.text import Text


def text(*lines: str) -> Text:
    return text_of("\n".join(lines).encode(), "made-up.txt")


def name(company: str, value: str, scheme: str = "name", first: str = "", last: str = "") -> Name:
    return Name(company, scheme, value, folded(value), first, last)


REGISTER = (
    name("halden", "Halden Corporation"),
    name("halden", "XHKG:4321", "ticker"),
    name("halden", "XHKG:04321", "ticker"),
    name("halden", "4321.HK", "ticker"),
    name("gm", "Grand Motors Company"),
    name("gm", "GM", "alias"),
    name("gm", "XNYS:GMX", "ticker"),
    name("gm", "GMX", "ticker"),
    name("gm", "US37045V1008", "ISIN"),
    name("fjord", "Fjord Motor Company"),
    name("fjord", "Fjord", "alias"),
    name("ember", "Ember Group Holding Limited"),
    name("mi", "海登集团", "alias"),
)
KNOWN = Known.made(REGISTER, None)


def named(line: str, known: Known = KNOWN) -> list[tuple[str, str]]:
    return [(each.slug, each.quote) for each in mentions(known, text(line))]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Shares of Halden Corporation rose.", [("halden", "Halden Corporation")]),
        ("On Monday Halden rose.", [("halden", "Halden")]),
        ("HALDEN CORPORATION REPORTS SALES", [("halden", "HALDEN CORPORATION")]),
        ("On Monday Halden Corp rose.", [("halden", "Halden Corp")]),
        ("Halden's shares, and Halden’s plant", [("halden", "Halden"), ("halden", "Halden")]),
        ("Grand Motors rose; GM fell.", [("gm", "Grand Motors"), ("gm", "GM")]),
        ("It competes with Ember and Ember Group.", [("ember", "Ember"), ("ember", "Ember Group")]),
        ("昨日海登集团回购股份", [("mi", "海登集团")]),
        ("It is ISIN US37045V1008 there.", [("gm", "US37045V1008")]),
        ("The carmaker (NYSE: GMX) fell.", [("gm", "NYSE: GMX")]),
        ("The carmaker (GMX) fell, and $GMX rose.", [("gm", "GMX"), ("gm", "GMX")]),
        ("The maker 4321.HK rose.", [("halden", "4321.HK")]),
        ("The maker (HKEX: 04321) rose.", [("halden", "HKEX: 04321")]),
        ("The maker (4321 HK) rose.", [("halden", "4321 HK")]),
        ("The maker (Stock Code: 4321) rose.", [("halden", "Stock Code: 4321")]),
    ],
)
def test_names_in_every_form_of_print_are_recognised(line: str, expected: list[tuple[str, str]]) -> None:
    assert [(slug, quote.removeprefix("(")) for slug, quote in named(line)] == expected


@pytest.mark.parametrize(
    "line",
    [
        "The halden of the valley, at 10:00 GMT, by gm of weight.",
        "The Brahalden and the GMs.",
        "The model GMX sold 4321 pieces in HK.",
        "Mr. Fjord and Henry Fjord spoke.",
        "The Fjord Foundation gave, on Fjord Street.",
        "Fjord Credit Services Inc. lent.",
        "Grand Motors Credit Corp lent.",
    ],
)
def test_words_persons_places_and_longer_names_are_no_company(line: str) -> None:
    assert named(line) == []


def test_a_name_that_is_also_a_word_of_the_text_counts_only_where_no_sentence_begins() -> None:
    known = Known.made([name("target", "Target Corporation")], None)
    told = text("Goals", "Target prices rose. A target was set. Analysts like Target. Target's sales rose.")
    assert [(each.span.start, each.quote) for each in mentions(known, told)] == [(52, "Target"), (60, "Target")]


def test_spans_are_those_of_the_quotes_and_do_not_share_characters() -> None:
    told = text("Title", "Grand Motors Company (NYSE: GMX) and Halden Corporation (4321.HK) met Fjord Motor Company.")
    found = mentions(KNOWN, told)
    assert [each.quote for each in found] == [
        "Grand Motors Company",
        "NYSE: GMX",
        "Halden Corporation",
        "4321.HK",
        "Fjord Motor Company",
    ]
    assert all(told.paragraphs[at.paragraph - 1][at.start : at.end] == quote for _, at, quote, _ in found)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))


def test_of_names_that_overlap_the_longer_one_is_meant() -> None:
    known = Known.made([name("orlo", "Orlo Foods"), name("north", "Foods of the North")], None)
    assert named("Then Orlo Foods of the North rose.", known) == [("north", "Foods of the North")]


def test_a_ticker_that_moved_means_who_had_it_on_the_day() -> None:
    called = [
        name("old", "XNYS:AAB", "ticker", "1990-01-01", "2009-12-31"),
        name("new", "XNYS:AAB", "ticker", "2010-01-01"),
    ]
    line = "The maker (NYSE: AAB) rose."
    assert named(line, Known.made(called, dt.date(2009, 5, 1))) == [("old", "NYSE: AAB")]
    assert named(line, Known.made(called, dt.date(2020, 5, 1))) == [("new", "NYSE: AAB")]
    assert named(line, Known.made(called, None)) == []


def test_a_name_registered_later_is_found_in_an_older_text_too() -> None:
    called = [name("halden", "Halden Corporation", first="2026-01-01")]
    assert named("Then Halden rose.", Known.made(called, dt.date(2019, 1, 1))) == [("halden", "Halden")]


def test_a_short_form_that_two_companies_share_means_neither_but_the_one_that_is_registered_so() -> None:
    both = [name("one", "Orlo Inc."), name("two", "Orlo plc")]
    assert named("Then Orlo rose.", Known.made(both, None)) == []
    assert named("Then Orlo rose.", Known.made([*both, name("two", "Orlo", "alias")], None)) == [("two", "Orlo")]


def test_names_that_a_text_cannot_have_are_left_aside_without_a_difference() -> None:
    told = text(
        "海登集团与Halden", "The GM (NYSE: GMX), Ember Group and The Fjord Motor Company, (HKEX: 04321), US37045V1008."
    )
    limited = Known.made(REGISTER, None, told)
    assert mentions(limited, told) == mentions(KNOWN, told)
    assert not Known.made(REGISTER, None, text("Nothing of it")).words


def test_names_come_from_the_index_of_a_database(path: Path) -> None:
    with open_reader(path) as connection:
        known = Known.of(connection, dt.date(2026, 1, 9))
    assert named("Xiaomi (1810.HK) and GM and 小米集团", known) == [
        ("xiaomi", "Xiaomi"),
        ("xiaomi", "1810.HK"),
        ("general-motors", "GM"),
        ("xiaomi", "小米集团"),
    ]
    assert known.country("xiaomi") == "HK"
    assert known.titles["xiaomi"] == "Xiaomi Corporation"
    assert Known.of(None, None) == Known()


@pytest.mark.parametrize(
    ("full", "expected"),
    [
        ("Xandu Group Holding Limited", ("Xandu Group Holding", "Xandu Group", "Xandu")),
        ("The Orlo, Inc.", ("Orlo",)),
        ("First Group plc", ("First Group",)),
        ("Koninklijke Orlo N.V.", ("Koninklijke Orlo",)),
        ("Orlo & Sons Co., Ltd.", ("Orlo & Sons",)),
        ("KRB Group", ("KRB",)),
        ("Ant Group", ()),
        ("Capital Corporation", ()),
        ("海登股份有限公司", ("海登",)),
    ],
)
def test_short_forms_leave_legal_forms_away_and_keep_what_is_a_name(full: str, expected: tuple[str, ...]) -> None:
    assert short_forms(full) == expected


def test_a_name_that_is_only_a_legal_form_keeps_it() -> None:
    assert without_form("Limited") == "Limited"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Orlo (NYSE: ORL; TSX: ORL) rose", [("ORL", "XNYS"), ("ORL", "XTSE")]),
        ("Orlo ORL.PR rose", [("ORL", "XPRA")]),
        ("Orlo <0005.HK> rose", [("5", "XHKG")]),
        ("Sony (TSE: 6758)", [("6758", "XTKS")]),
        ("per share ORLG The Nasdaq Stock Market LLC", [("ORLG", "XNAS")]),
        ("the U.S. and EX99.1 at 10:00 a.m. in N.Y. and A.B. of S.A.", []),
        ("Date: 2026-01-09, Ratio: 4", []),
    ],
)
def test_tickers_are_read_only_where_nothing_else_can_stand(line: str, expected: list[tuple[str, str]]) -> None:
    assert [(each.value, each.mic) for each in tickers(line)] == expected


def test_a_company_is_proposed_with_its_fullest_name_its_other_names_and_its_ticker() -> None:
    told = text(
        "THE ORLO, INC. REPORTS SALES",
        "KEARNEY, NE -- (BUSINESS WIRE) -- The Orlo, Inc. (NYSE: ORL) said that Orlo sold more.",
    )
    (new,) = proposed_companies(told, ())
    assert new.slug == "orlo"
    assert new.name == "The Orlo, Inc."
    assert new.aliases == ("Orlo",)
    assert new.tickers == (Listing("ORL", "XNYS"),)
    assert told.paragraphs[0][new.span.start : new.span.end] == "THE ORLO, INC."


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Title", "Officer and Treasurer of Zed Gamma, Inc. left."], ["Zed Gamma, Inc."]),
        (["Title", "It is owned by Jan Novak's ZPF Group, and led by it."], ["ZPF Group"]),
        (["Title", "In Prague Czech telecoms group Q2 Moravia QTTT.PR acquired shares."], ["Q2 Moravia"]),
        (["Title", "Orlo Co., Ltd. and Brem SE and Cato S.p.A. met."], ["Orlo Co., Ltd.", "Brem SE", "Cato S.p.A."]),
        (["Orlo Cement Q1 Results: Profit slides", "Then Orlo Cement fell."], ["Orlo Cement"]),
        (["Orlo’s 2026 Strategy: Push", "Then Orlo's equity rose."], ["Orlo"]),
        (
            [
                "FORM 8-K",
                "ZED GAMMA, INC.",
                "(Exact name of Registrant)",
                "Common Stock ZDG The Nasdaq Stock Market LLC",
            ],
            ["ZED GAMMA, INC."],
        ),
    ],
)
def test_what_a_text_tells_to_be_a_company_is_proposed(lines: list[str], expected: list[str]) -> None:
    assert [each.name for each in proposed_companies(text(*lines), ())] == expected


@pytest.mark.parametrize(
    "line",
    [
        "The Company and the Parent Company and our Group spoke; Emerging growth company.",
        "Brett Novak of the University of Moravia, the Securities and Exchange Commission and Silicon Valley.",
        "The Nasdaq Stock Market LLC and the Stock Exchange of Hong Kong Limited list it.",
        "A Model 3 and a SU7 in Prague, said Petr Novak (CFO), 36, a Certified Public Accountant.",
        "LIMITED TIME. INC. Group of five. Holdings rose.",
        "Common Stock ZDG The Nasdaq Stock Market LLC",
    ],
)
def test_persons_places_products_exchanges_and_the_company_itself_are_not_proposed(line: str) -> None:
    assert proposed_companies(text("Some title", line), ()) == ()


def test_a_title_whose_first_word_is_a_common_one_proposes_nothing() -> None:
    assert proposed_companies(text("Profit Results of the year", "Profit rose, and the profit is good."), ()) == ()


def test_within_a_title_in_capitals_only_what_the_text_repeats_is_a_name() -> None:
    title = "Shares Of Big Firm Orlo Inc Rise"
    assert proposed_companies(text(title, "It rose."), ()) == ()
    assert [each.name for each in proposed_companies(text(title, "Then Orlo Inc rose."), ())] == ["Orlo Inc"]


def test_registered_companies_are_not_proposed_again_and_slugs_that_are_taken_are_not_given() -> None:
    told = text("Title", "Halden Corporation met Orlo Inc. there.")
    (new,) = proposed_companies(told, mentions(KNOWN, told), {"orlo"})
    assert (new.slug, new.name) == ("orlo-inc", "Orlo Inc.")


def test_mentions_of_a_new_company_are_found_by_all_its_names() -> None:
    told = text("Title", "Orlo Inc. (NYSE: ORL) rose.", "Orlo's plant, and NYSE: ORL.")
    found = new_mentions(proposed_companies(told, ()), told)
    assert [each.quote for each in found] == ["Orlo Inc.", "NYSE: ORL", "Orlo", "NYSE: ORL"]
    assert {each.slug for each in found} == {"orlo"}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Halden takes on GM", "GM and Fjord and GM are rivals.", "GM again."], "halden"),
        (["Goals raised", "Halden (4321.HK) rose. GM, Fjord, GM.", "GM fell."], "halden"),
        (["Goals raised", "Of late GM rose.", "Of late GM and Fjord rose, and GM fell."], "gm"),
        (["FORM 8-K", "Orlo Inc.", "(Exact name of registrant)", "Halden and Halden."], "orlo"),
        (["Goals raised", "Nobody is named."], None),
    ],
)
def test_a_text_is_about_whom_its_title_its_lead_and_its_mentions_name(lines: list[str], expected: str | None) -> None:
    told = text(*lines)
    found = mentions(KNOWN, told)
    assert main_company(told, found, proposed_companies(told, found)) == expected


def test_a_ticker_of_a_new_database_is_found_in_every_spelling(tmp_path: Path) -> None:
    timeline = Timeline.open(tmp_path / "new.db")
    fixture = tmp_path / "names.yaml"
    fixture.write_text(
        "schema: timeline/source/1\n"
        "source: {id: names, kind: reference, title: Names, published: 2026-01-01, zone: UTC}\n"
        "facts:\n"
        "  - {key: a, kind: company.registered, company: orlo, occurred: 2026-01-01, name: Orlo Inc.}\n"
        "  - {key: b, kind: company.identified, company: orlo, occurred: 2026-01-01, scheme: ticker, value: ORL,\n"
        "     mic: XNYS}\n",
        encoding="utf-8",
    )
    timeline.load([str(fixture)])
    with open_reader(tmp_path / "new.db") as connection:
        known = Known.of(connection, None, told := text("Title", "The maker (NYSE: ORL) rose, then ORL.N."))
    assert [each.quote for each in mentions(known, told)] == ["NYSE: ORL", "ORL.N"]


def test_a_name_that_a_page_files_the_text_under_does_not_begin_the_title() -> None:
    told = text("Halden Corporation : Fjord raises its programme to $10 billion", "Fjord said so on Sunday.")
    assert main_company(told, mentions(KNOWN, told)) == "fjord"


def test_a_company_before_a_colon_is_who_the_text_is_about_where_no_other_follows() -> None:
    told = text("Fjord : third quarter results", "Halden Corporation is a customer.", "Halden Corporation grew.")
    assert main_company(told, mentions(KNOWN, told)) == "fjord"
