"""The screen of buybacks: what was bought since a day, beside the running programme's total and share of capital."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from timeline.app.screen.order import falling, last_day, may_be_since
from timeline.digits import exact, plain
from timeline.section import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.app.screen.order import Order
    from timeline.app.screen.question import Question
    from timeline.page import Basis
    from timeline.section import Row, Section

BUYBACKS: Final = Table(
    "buybacks",
    "Buybacks",
    (
        Column("company"),
        Column("purchases", kind="number"),
        Column("shares", "shares itemised", kind="number"),
        Column("currency"),
        Column("value", "paid", kind="number"),
        Column("average", kind="number"),
        Column("last", "last purchase", kind="when"),
        Column("cumulative_shares", "shares in all", kind="number"),
        Column("cumulative_as_of", "as of", kind="when"),
        Column("percent_of_capital", "% of capital", kind="number"),
        Column("programme", "mandate of", kind="when"),
    ),
)
_FIELDS = ("cumulative_shares", "cumulative_as_of", "percent_of_capital", "programme")
_CENT = Decimal("0.01")


def bought(company: str, section: Section, question: Question, asked: Basis) -> Iterator[Row]:
    """A row a company, or one for each currency in which amounts are stated where these are asked for.

    Amounts of several currencies are never added up: a row that has several says no amount. A company whose purchases
    are known only in total has a row without purchases.
    """
    del asked
    fields = {name: section.fields.get(name) for name in _FIELDS}
    rows = [row for row in section.tables.get("executions", ()) if may_be_since(_day(row), question.since)]
    if question.by == "value" or question.currency:
        for currency in sorted({row["currency"] for row in rows if row["value"] is not None}):
            if question.currency in {None, currency}:
                paid = [row for row in rows if row["value"] is not None and row["currency"] == currency]
                yield {"company": company, **_amounts(paid), **fields}
    elif rows or (fields["cumulative_shares"] and may_be_since(fields["cumulative_as_of"] or "", question.since)):
        yield {"company": company, **_amounts(rows), **fields}


def _day(row: Row) -> str | None:
    return last_day(row["occurred"])


def _amounts(rows: Sequence[Row]) -> Row:
    """What was bought, in today's shares, and what was paid where all of it is known in one currency."""
    currencies = {row["currency"] if row["value"] is not None else None for row in rows}
    currency = currencies.pop() if len(currencies) == 1 else None
    with exact():
        shares = sum((Decimal(row.get("shares_adjusted") or row["shares"]) for row in rows), Decimal(0))
        value = sum((Decimal(row["value"]) for row in rows), Decimal(0)) if currency else None
        average = (value / shares).quantize(_CENT) if value is not None and shares else None
    return {
        "purchases": str(len(rows)),
        "shares": plain(shares),
        "currency": currency,
        "value": None if value is None else plain(value),
        "average": None if average is None else plain(average),
        "last": max((day for row in rows if (day := _day(row))), default=None),
    }


def order(question: Question) -> Order:
    """By what is asked for, largest first: shares by default, those in all where no day limits them."""
    column = {"value": "value", "percent": "percent_of_capital"}.get(question.by or "")
    if column is None:
        column = "value" if question.currency and not question.by else "shares"
    if column == "shares" and not question.since and not question.currency:
        column = "cumulative_shares"
    by_size = falling(column)
    # Amounts of different currencies cannot be compared.
    return lambda row: (row["currency"] or "~" if column == "value" else "", *by_size(row))
