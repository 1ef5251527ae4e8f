"""The screen of one-off charges."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from timeline.app.screen.order import last_day, may_be_since
from timeline.section import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.app.screen.question import Question
    from timeline.page import Basis
    from timeline.section import Row, Section

CHARGES: Final = Table(
    "charges",
    "Charges",
    (
        Column("company"),
        Column("occurred", "announced", kind="when"),
        Column("type"),
        Column("segment"),
        Column("value_printed", "charge", kind="figure"),
        Column("value", kind="number", shown=False),
        Column("currency", shown=False),
        Column("cause"),
        Column("booked", kind="when"),
        Column("event", kind="id"),
        Column("sources", kind="ids", shown=False),
    ),
)


def announced(company: str, section: Section, question: Question, asked: Basis) -> Iterator[Row]:
    """The charges that may have been announced since the day, in the currency that is asked for."""
    del asked
    for row in section.tables.get("charges", ()):
        in_currency = question.currency in {None, row["currency"]}
        if in_currency and may_be_since(last_day(row["occurred"]), question.since):
            yield {column.name: {**row, "company": company}[column.name] for column in CHARGES.columns}


def largest(row: Row) -> tuple[object, ...]:
    """Currency by currency, which cannot be compared with one another, the largest first."""
    return (row["currency"], -Decimal(row["value"]), row["company"], row["event"])
