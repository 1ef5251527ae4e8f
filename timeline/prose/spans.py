"""What a text prints: a figure, date, period or streak with its place, its sense, and what was assumed to get there."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from timeline.dates import When
from timeline.paragraphs import Span
from timeline.values import Quantity

What = Literal["quantity", "money", "percent", "price", "count", "date", "period", "streak"]


class Printed(Struct, frozen=True, kw_only=True):
    """A figure, date, period or streak as a text prints it.

    Attributes:
        what: money is an amount in a currency, price one for each share or piece, percent also points and basis
            points, count a whole number of things, quantity any other figure; a date is a day, month, quarter, half,
            year or an interval of them, period a length of time or one that is told by its length ("the next five
            years"), streak how often in a row.
        quote: the characters of the paragraph at `span`, verbatim.
        span: with the words that qualify the figure ("more than") and those that say of what ("electric vehicles").
        core: the figure or date alone, from its first digit or number word to its last; what a locator has to quote.
        value: a figure, or its length for a period without dates; a time; the number of a streak. None where the print
            has no sense of its own: then `assumed` says why.
        assumed: what a relative or ambiguous print was resolved against, in words; empty where it says all itself.
        alternatives: the other senses that it can have, likeliest first; empty where it has one.
        conversion: the same figure in a second currency, as printed.
        trend: whether it is said to be a rise or a fall; the figure itself has no sign for it.
        negative: whether words say that an amount is a loss or a deficit, for which the figure itself has no sign.
    """

    what: What
    quote: str
    span: Span
    core: Span
    value: Quantity | When | int | None
    assumed: str = ""
    alternatives: tuple[Quantity | When, ...] = ()
    conversion: str = ""
    trend: Literal["", "up", "down"] = ""
    negative: bool = False
