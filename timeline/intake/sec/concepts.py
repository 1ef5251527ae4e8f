"""What a value means here: the kind of fact, the name of what is measured, the figure and the period."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from timeline.currencies import CODES
from timeline.dates import When
from timeline.digits import group
from timeline.metrics import canonical, per_share
from timeline.topics.buybacks import Totalled
from timeline.topics.results import Reported
from timeline.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.event import Payload
    from timeline.intake.sec.document import Value

CANONICAL: Final[Mapping[str, str]] = {
    "us-gaap:Revenues": "revenue",
    "us-gaap:GrossProfit": "gross profit",
    "us-gaap:OperatingIncomeLoss": "operating profit",
    "us-gaap:NetIncomeLoss": "net profit",
    "us-gaap:EarningsPerShareBasic": "earnings per share",
    "us-gaap:EarningsPerShareDiluted": "diluted earnings per share",
    "us-gaap:CommonStockDividendsPerShareDeclared": "dividend per share",
    "us-gaap:NetCashProvidedByUsedInOperatingActivities": "operating cash flow",
    "us-gaap:PaymentsToAcquirePropertyPlantAndEquipment": "capital expenditure",
    "us-gaap:ResearchAndDevelopmentExpense": "R&D expense",
    "ifrs-full:Revenue": "revenue",
    "ifrs-full:GrossProfit": "gross profit",
    "ifrs-full:ProfitLossFromOperatingActivities": "operating profit",
    "ifrs-full:ProfitLoss": "net profit",
    "ifrs-full:BasicEarningsLossPerShare": "earnings per share",
    "ifrs-full:DilutedEarningsLossPerShare": "diluted earnings per share",
    "ifrs-full:CashFlowsFromUsedInOperatingActivities": "operating cash flow",
    "ifrs-full:PurchaseOfPropertyPlantAndEquipmentClassifiedAsInvestingActivities": "capital expenditure",
    "ifrs-full:ResearchAndDevelopmentExpense": "R&D expense",
}
"""The one concept of a taxonomy that means exactly what a canonical metric means.

`RevenueFromContractWithCustomerExcludingAssessedTax` is revenue too, but not all of it, and a company may report both:
it keeps its own name, as do all others.
"""

BOUGHT_SHARES: Final = frozenset(
    {
        "us-gaap:StockRepurchasedDuringPeriodShares",
        "us-gaap:StockRepurchasedAndRetiredDuringPeriodShares",
        "us-gaap:TreasuryStockSharesAcquired",
    }
)
BOUGHT_VALUE: Final = frozenset(
    {
        "us-gaap:PaymentsForRepurchaseOfCommonStock",
        "us-gaap:StockRepurchasedDuringPeriodValue",
        "us-gaap:StockRepurchasedAndRetiredDuringPeriodValue",
        "us-gaap:TreasuryStockValueAcquiredCostMethod",
        "ifrs-full:PaymentsToAcquireOrRedeemEntitysShares",
        "ifrs-full:PurchaseOfTreasuryShares",
    }
)
"""What was bought back over a period, as totals since its first day.

Quarters and the year to date overlap, so that they must not be added as single purchases are. What the board authorised
(`StockRepurchaseProgramAuthorizedAmount1`) is no approval here: the day told is that of the balance sheet, and the day
of the approval, which tells programmes apart, is not in the data.
"""

_MOST: Final = 1 << 14
_HOME: Final = "USD"
_BORDER: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_LONGEST: Final = 120


def key(cik: str, concept: str, unit: str, value: Value) -> str:
    """The value's place in its filing: concept, unit and days, after the company, since several may file together.

    Labels of periods are no part of it: in most values the fiscal year and quarter told are those of the filing.
    """
    days = value.end if value.start is None else f"{value.start}/{value.end}"
    return f"{cik} {_shortened(concept)} {_shortened(unit)} {days}"


def period(value: Value) -> When:
    """The days that a value is of.

    Raises:
        ParseProblem: they are none, or run backwards.
    """
    return _when(value.end if value.start in (None, value.end) else f"{value.start}/{value.end}")


def occurred(payload: Payload, value: Value) -> When:
    """When it was so: a total is one as of its last day, a result is of its whole period."""
    return _when(value.end) if isinstance(payload, Totalled) else period(value)


def payload(taxonomy: str, name: str, unit: str, value: Value) -> Payload:
    """What a value reports.

    Raises:
        ParseProblem: its days are none.
    """
    concept, quantity = f"{taxonomy}:{name}", figure(unit, value.val)
    if value.start is not None:
        if concept in BOUGHT_SHARES and quantity.unit == "shares":
            return Totalled(since=_when(value.start), shares=quantity, concept=concept)
        if concept in BOUGHT_VALUE and unit in CODES:
            return Totalled(since=_when(value.start), value=quantity, concept=concept)
    return Reported(
        metric=metric(taxonomy, name, unit),
        period=period(value),
        value=quantity,
        basis=basis(taxonomy, unit),
        concept=concept,
    )


def figure(unit: str, value: Decimal) -> Quantity:
    """The value in full digits, and so exact.

    Exact is what was filed, and not more: companies round to millions and say so in an attribute (`decimals`) that the
    company facts leave out. Two filings that round one figure differently read as a revision; checks of sums allow for
    it (see `timeline.topics.results.rounding`).
    """
    value = value if value.as_tuple().exponent <= 0 else Decimal(format(value, "f"))  # type: ignore[operator]  # finite
    step = Decimal(1).scaleb(min(int(value.as_tuple().exponent), 0))
    word = _unit(unit)
    digits = group(value)
    printed = f"{word} {digits}" if word in CODES else f"{digits} {word}".strip()
    return Quantity(printed, value, value, word, step=step)


@lru_cache(maxsize=_MOST)
def metric(taxonomy: str, concept: str, unit: str) -> str:
    """What is measured: the canonical name where the concept means exactly it, else the concept in words.

    No two concepts of a taxonomy have one name: without its spaces, the name is the concept again. Money per share is
    not what money in total is; only where the concept itself is one per share, filings give either unit and mean that.
    """
    currency, _, per = unit.partition("/")
    by_share = currency in CODES and per == "shares"
    known = CANONICAL.get(f"{taxonomy}:{concept}")
    if known and (per_share(known) or not by_share):
        return known
    words = _BORDER.sub(" ", concept)
    if canonical(words) != words:
        words = f"{words} ({taxonomy})"
    return f"{words}, per share" if by_share and not per_share(words) else words


@lru_cache(maxsize=_MOST)
def basis(taxonomy: str, unit: str) -> str:
    """The taxonomy; with the unit where that is neither the dollar nor dollars per share.

    Foreign companies translate some figures into dollars, and one concept may be tagged as a bare number in one
    filing and in years in another (`FiniteLivedIntangibleAssetsUsefulLifeMaximum`, "pure" and "Year"), or as shares
    and as money: these are figures of another basis, and revise none. The unit is told even where a concept has only
    one so far, as a later filing may bring another, and must not rename what was recorded. Money and money per share
    are told apart by `metric`.
    """
    currency, _, per = unit.partition("/")
    if currency not in CODES or per not in ("", "shares"):
        return f"{taxonomy} in {_unit(unit) or unit}"
    return taxonomy if currency == _HOME else f"{taxonomy} in {currency}"


@lru_cache(maxsize=_MOST)
def _when(edtf: str) -> When:
    return When.parse(edtf)


@lru_cache(maxsize=_MOST)
def _unit(unit: str) -> str:
    """The unit as it is kept: money per share is money, and ratios have none."""
    left, _, per = unit.partition("/")
    if unit == "pure":
        return ""
    if left in CODES:
        return left if per in ("", "shares") else f"{left} per {per.lower()}"
    return unit.lower() if not per else f"{left.lower()} per {per.lower()}"


@lru_cache(maxsize=_MOST)
def _shortened(name: str) -> str:
    """A name that leaves a key within its length; of a longer one, as much as fits and a hash of it."""
    if len(name) <= _LONGEST:
        return name
    import hashlib

    return f"{name[: _LONGEST - 9]}~{hashlib.sha256(name.encode()).hexdigest()[:8]}"
