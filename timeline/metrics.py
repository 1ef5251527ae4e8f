"""Metrics: one canonical name for what is measured, whatever a source calls it.

A metric that is not listed is accepted under the name it is given; whoever records it is shown the nearest known ones.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Final

from msgspec import Struct

ALIASES: Final = {
    "EV deliveries": (
        "vehicle deliveries",
        "electric vehicle deliveries",
        "deliveries of electric vehicles",
        "units delivered",
        "car deliveries",
    ),
    "vehicle production": ("vehicles produced", "cars built", "production volume"),
    "revenue": ("revenues", "sales", "net sales", "turnover", "total revenue", "net revenue"),
    "gross profit": (),
    "gross margin": ("gross profit margin",),
    "operating profit": ("operating income", "ebit", "profit from operations"),
    "operating margin": (),
    "EBITDA": ("ebitda",),
    "net profit": ("net income", "profit for the period", "earnings", "net earnings", "profit attributable"),
    "profit": ("segment profit",),
    "earnings per share": ("eps", "basic eps"),
    "diluted earnings per share": ("diluted eps",),
    "dividend per share": ("dps", "dividends per share"),
    "book value per share": ("net asset value per share",),
    "free cash flow": ("fcf",),
    "operating cash flow": ("cash flow from operations", "net cash from operating activities"),
    "capital expenditure": ("capex",),
    "R&D expense": ("research and development", "r&d", "r&d spending", "research and development expense"),
    "active users": ("monthly active users", "mau"),
    "smartphone shipments": ("smartphones shipped", "phone shipments"),
    "market share": (),
    "headcount": ("employees", "number of employees"),
}
"""Other names by canonical name; all are compared without regard to case."""

FLOWS: Final = frozenset(
    {
        "EV deliveries",
        "vehicle production",
        "revenue",
        "gross profit",
        "operating profit",
        "EBITDA",
        "net profit",
        "profit",
        "free cash flow",
        "operating cash flow",
        "capital expenditure",
        "R&D expense",
        "smartphone shipments",
    }
)
"""Metrics of which the parts of a period add up to the whole: what is made, sold, earned or spent in it."""

_BALANCES: Final = frozenset({"profit", "income", "earnings", "loss", "ebit", "ebitda", "cash flow", "margin"})

_CANONICAL = {alias.casefold(): name for name, others in ALIASES.items() for alias in (name, *others)}


class MetricName(Struct, frozen=True):
    """Marks a payload's field as the name of a metric, to be made canonical when it is read."""


Metric = Annotated[str, MetricName()]


@lru_cache(maxsize=1 << 12)
def canonical(name: str) -> str:
    """The canonical name; an unknown one as given, with single spaces."""
    words = " ".join(name.split())
    return _CANONICAL.get(words.casefold(), words)


def per_share(name: str) -> bool:
    """Whether the metric is money for one share, so that a split divides it: its name says so."""
    return canonical(name).casefold().endswith(" per share")


def adds_up(name: str) -> bool:
    """Whether the figures of a period's parts are known to add up to its own: levels, ratios and averages do not."""
    return canonical(name) in FLOWS


@lru_cache(maxsize=1 << 12)
def is_balance(name: str) -> bool:
    """Whether it is what is left of larger figures, so that it may come near zero or below within a period."""
    words = f" {canonical(name).casefold()} "
    return any(f" {balance} " in words for balance in _BALANCES)


def known() -> tuple[str, ...]:
    """All canonical names."""
    return tuple(ALIASES)
