"""What a concept, a unit and a year's last days mean here, and that no two concepts become one metric."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.intake.sec import concepts
from timeline.intake.sec.calendar import YearEnd, last_years, year_end
from timeline.intake.sec.document import Document as Facts
from timeline.intake.sec.document import Value, cik_of
from timeline.metrics import canonical, known, per_share
from timeline.topics.buybacks import Totalled
from timeline.topics.results import Reported
from timeline.values import Quantity

YEAR = {"accn": "0000000001-24-000001", "form": "10-K", "filed": "2024-02-21", "start": "2023-01-30"}


def value(val: str = "5", **changed: str | None) -> Value:
    return Value(**{"end": "2024-01-28", "val": Decimal(val), **YEAR, **changed})  # type: ignore[arg-type]  # as read


@pytest.mark.parametrize(
    ("unit", "val", "printed"),
    [
        ("USD", "391035000000", "USD 391,035,000,000"),
        ("USD", "-5520000000", "USD -5,520,000,000"),
        ("USD/shares", "6.08", "USD 6.08"),
        ("USD/shares", "1.10", "USD 1.10"),
        ("shares", "15115823000", "15,115,823,000 shares"),
        ("pure", "0.241", "0.241"),
        ("pure", "0", "0"),
        ("Store", "511", "511 store"),
        ("JPY", "1E+5", "JPY 100,000"),
    ],
)
def test_a_figure_is_the_one_that_its_full_digits_are_read_as(unit: str, val: str, printed: str) -> None:
    figure = concepts.figure(unit, Decimal(val))
    assert figure == Quantity.parse(printed)
    assert figure.low == figure.high == Decimal(val)


@pytest.mark.parametrize(
    ("taxonomy", "concept", "unit", "metric"),
    [
        ("us-gaap", "Revenues", "USD", "revenue"),
        ("us-gaap", "SalesRevenueNet", "USD", "Sales Revenue Net"),
        (
            "us-gaap",
            "RevenueFromContractWithCustomerExcludingAssessedTax",
            "USD",
            "Revenue From Contract With Customer Excluding Assessed Tax",
        ),
        ("us-gaap", "EarningsPerShareDiluted", "USD/shares", "diluted earnings per share"),
        ("us-gaap", "CommonStockDividendsPerShareCashPaid", "USD/shares", None),
        ("ifrs-full", "Revenue", "EUR", "revenue"),
        ("us-gaap", "Turnover", "USD", "Turnover (us-gaap)"),
        ("dei", "EntityCommonStockSharesOutstanding", "shares", "Entity Common Stock Shares Outstanding"),
    ],
)
def test_a_concept_has_the_canonical_name_only_where_it_means_exactly_that(
    taxonomy: str, concept: str, unit: str, metric: str | None
) -> None:
    named = concepts.metric(taxonomy, concept, unit)
    assert metric in (None, named)
    assert canonical(named) == named
    assert per_share(named) == unit.endswith("/shares")


def test_each_canonical_name_stands_for_one_concept_of_a_taxonomy() -> None:
    named = [(concept.partition(":")[0], name) for concept, name in concepts.CANONICAL.items()]
    assert len(set(named)) == len(named)
    assert {name for _, name in named} <= set(known())


names = st.from_regex(r"[A-Z][A-Za-z0-9]{0,12}", fullmatch=True) | st.sampled_from(
    ["Revenues", "Revenue", "EBITDA", "Ebitda", "Sales", "NumberOfEmployees", "R", "MarketShare", "EPS"]
)


@given(st.sets(names, min_size=2), st.sampled_from(["USD", "USD/shares", "shares", "pure"]))
def test_two_concepts_never_become_one_metric(several: set[str], unit: str) -> None:
    assert len({concepts.metric("us-gaap", name, unit) for name in several}) == len(several)


@pytest.mark.parametrize("concept", sorted({*concepts.BOUGHT_SHARES, *concepts.BOUGHT_VALUE}))
def test_what_was_bought_back_over_a_period_is_a_total_since_its_first_day(concept: str) -> None:
    taxonomy, _, name = concept.partition(":")
    unit = "shares" if concept in concepts.BOUGHT_SHARES else "USD"
    payload = concepts.payload(taxonomy, name, unit, value())
    assert isinstance(payload, Totalled)
    assert (payload.since.edtf, payload.concept) == ("2023-01-30", concept)
    assert concepts.occurred(payload, value()).edtf == "2024-01-28"
    assert (payload.shares or payload.value) == concepts.figure(unit, Decimal(5))


@pytest.mark.parametrize(
    ("concept", "unit", "start"),
    [
        ("PaymentsForRepurchaseOfCommonStock", "USD", None),
        ("PaymentsForRepurchaseOfCommonStock", "shares", "2023-01-30"),
        ("TreasuryStockSharesAcquired", "pure", "2023-01-30"),
        ("StockRepurchaseProgramAuthorizedAmount1", "USD", None),
        ("CommonStockSharesOutstanding", "shares", None),
    ],
)
def test_what_is_no_total_over_a_period_is_a_result(concept: str, unit: str, start: str | None) -> None:
    payload = concepts.payload("us-gaap", concept, unit, value(start=start))
    assert isinstance(payload, Reported)
    assert payload.basis == ("us-gaap" if unit == "USD" else f"us-gaap in {unit}")
    assert payload.concept == f"us-gaap:{concept}"


@pytest.mark.parametrize(
    ("unit", "basis"),
    [
        ("USD", "us-gaap"),
        ("USD/shares", "us-gaap"),
        ("EUR", "us-gaap in EUR"),
        ("EUR/shares", "us-gaap in EUR"),
        ("shares", "us-gaap in shares"),
        ("pure", "us-gaap in pure"),
        ("Year", "us-gaap in year"),
        ("USD/bbl", "us-gaap in USD per bbl"),
    ],
)
def test_the_basis_names_the_unit_where_it_is_not_the_dollar(unit: str, basis: str) -> None:
    assert concepts.basis("us-gaap", unit) == basis


UNITS = ("USD", "EUR", "USD/shares", "EUR/shares", "shares", "pure", "Year", "Store", "USD/bbl", "EUR/bbl", "bbl")


@pytest.mark.parametrize("concept", ["StockIssuedDuringPeriod", "UsefulLifeMaximum", "Revenues", "NumberOfStores"])
def test_one_concept_in_several_units_is_as_many_things(concept: str) -> None:
    payloads = [concepts.payload("us-gaap", concept, unit, value()) for unit in UNITS]
    assert len({payload.identity(concepts.period(value())) for payload in payloads}) == len(UNITS)


@pytest.mark.parametrize("concept", ["EarningsPerShareBasic", "CommonStockParOrStatedValuePerShare"])
def test_what_is_one_per_share_by_its_name_is_so_whichever_unit_of_money_it_is_filed_in(concept: str) -> None:
    one, other = (concepts.payload("us-gaap", concept, unit, value()) for unit in ("USD", "USD/shares"))
    assert one == other


def test_an_instant_is_a_day_and_a_period_its_first_and_last() -> None:
    assert concepts.period(value(start=None)).edtf == "2024-01-28"
    assert concepts.period(value(start="2024-01-28")).edtf == "2024-01-28"
    assert concepts.period(value()).edtf == "2023-01-30/2024-01-28"


def test_a_key_tells_company_concept_unit_and_days_and_stays_within_its_length() -> None:
    assert concepts.key("1", "us-gaap:Revenues", "USD", value()) == "1 us-gaap:Revenues USD 2023-01-30/2024-01-28"
    long = [concepts.key("1", "us-gaap:" + "A" * 300 + end, "USD", value()) for end in "xy"]
    assert long[0] != long[1]
    assert max(map(len, long)) <= 200


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        (["2023-12-31"], YearEnd("12-31")),
        (["2023-06-30", "2024-06-30"], YearEnd("06-30")),
        (["2023-02-28", "2024-02-29"], YearEnd("02-28")),
        (["2023-04-05", "2024-04-05"], YearEnd("04-05")),
        (["2023-09-30", "2024-09-28", "2025-09-27"], YearEnd("09-30", 5)),
        (["2022-01-30", "2023-01-29", "2024-01-28"], YearEnd("01-31", 6)),
        (["2023-01-28", "2024-02-03"], YearEnd("01-31", 5)),
        (["2022-12-31", "2024-01-01"], None),
        (["2024-09-28"], None),
        (["2023-06-30", "2023-12-31"], None),
        (["2023-05-13", "2024-05-18"], None),
        ([], None),
    ],
)
def test_a_year_end_is_told_where_the_days_tell_it(ends: list[str], expected: YearEnd | None) -> None:
    assert year_end({date.fromisoformat(end) for end in ends}) == expected


@given(st.integers(1, 12), st.integers(0, 6), st.integers(1995, 2030), st.integers(3, 8))
def test_years_that_end_on_the_last_such_weekday_of_a_month_are_recognised(
    month: int, weekday: int, first: int, count: int
) -> None:
    ends = set()
    for year in range(first, first + count):
        following = date(year + month // 12, month % 12 + 1, 1)
        ends.add(following - timedelta(days=(following.weekday() - weekday - 1) % 7 + 1))
    found = year_end(ends)
    assert found
    assert found.weekday == weekday
    assert found.month_day.startswith(f"{month:02}-")


def test_only_the_years_of_the_annual_report_filed_last_tell_the_calendar() -> None:
    def year(filed: str, first: str, last: str) -> tuple[str, date, date]:
        return filed, date.fromisoformat(first), date.fromisoformat(last)

    years = [
        year("2020-03-01", "2019-01-01", "2019-12-31"),
        year("2023-09-01", "2022-07-01", "2023-06-30"),
        year("2023-09-01", "2021-07-01", "2022-06-30"),
        year("2023-09-01", "2022-01-01", "2022-06-30"),
    ]
    assert last_years(years) == {date(2023, 6, 30), date(2022, 6, 30)}
    assert last_years(reversed(years)) == {date(2023, 6, 30), date(2022, 6, 30)}


@pytest.mark.parametrize(("written", "cik"), [(320193, "320193"), ("0001997711", "1997711"), ("x", ""), ("", "")])
def test_a_cik_is_its_digits_without_leading_zeros(written: int | str, cik: str) -> None:
    assert cik_of(Facts(cik=written)) == cik
