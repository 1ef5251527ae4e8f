"""The kinds of facts about the market in a company's shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import msgspec

from timeline.event import Identity, Payload
from timeline.values import Figure, Money, Percent, Price, Shares, plain, product

if TYPE_CHECKING:
    from timeline.dates import When

What = Literal["open", "close", "high", "low", "average", "support", "resistance"]
Sessions = Annotated[int, msgspec.Meta(ge=1)]
LEVELS = ("support", "resistance")


class Observed(Payload, frozen=True, kw_only=True):
    """The share stood at a price, or moved by a percentage, on a day or over a period.

    Attributes:
        what: which price of the day or period; "support" and "resistance" are levels that a source sees in the chart,
            an opinion and no trade.
        price: money a share; None where only the move is reported.
        change: move against the close before, or over the period that it occurred in; negative for a fall.
        venue: ISO 10383 MIC of the exchange; None when not stated.
    """

    KIND: ClassVar[str] = "price.observed"
    ONE_OF: ClassVar[tuple[str, ...]] = ("price", "change")

    what: What
    price: Price | None = None
    change: Percent | None = None
    venue: str | None = None

    def identity(self, occurred: When) -> Identity:
        """Which price, where, and the day; two levels of one day are two opinions."""
        level = plain(self.price.anchor) if self.price and self.what in LEVELS else ""
        return Identity((self.what, level, self.venue), occurred)


class Flow(Payload, frozen=True, kw_only=True):
    """Money went into the share, or out of it, through a channel: in one session, or in several added up.

    Where `sessions` is given without `cumulative`, `value` itself is the sum over that many sessions; it contains the
    single sessions and is never added to them.

    Attributes:
        channel: as printed, even where the source errs ("Northbound Stock Connect").
        value: purchases less sales, or for an outflow sales less purchases.
        direction: whether `value` went in or out.
        streak: number of sessions in a row with this direction, this one included.
        cumulative: sum over `sessions`, or over the streak, this session included.
        sessions: number of sessions that the sum covers.
    """

    KIND: ClassVar[str] = "flow.reported"

    channel: str
    value: Money
    direction: Literal["inflow", "outflow"]
    streak: Sessions | None = None
    cumulative: Money | None = None
    sessions: Sessions | None = None

    def identity(self, occurred: When) -> Identity:
        """The channel and the session; of a sum also how many sessions, and the last day instead of the session."""
        channel = self.channel.casefold()
        if self.is_sum:
            return Identity((channel, str(self.sessions), str(occurred.last)))
        return Identity((channel, "1", ""), occurred)

    @property
    def is_sum(self) -> bool:
        """Whether `value` covers several sessions."""
        return self.cumulative is None and self.sessions is not None and self.sessions > 1

    def coherent(self) -> bool:
        """Whether a sum of sessions that all went one way is at least the last of them."""
        if self.cumulative is None or (self.sessions or 1) > (self.streak or 1):
            return True
        high, low = self.cumulative.high, self.value.low
        return self.cumulative.unit != self.value.unit or high is None or low is None or high >= low


class Trade(Payload, frozen=True, kw_only=True):
    """Somebody, mostly unnamed, traded a number of shares at once.

    Attributes:
        shares: number traded.
        price: money a share.
        value: amount of the trade.
        side: which side took the initiative, as the source reads it; None when not stated.
        form: a block is agreed as one trade; None when not stated.
    """

    KIND: ClassVar[str] = "trade.reported"

    shares: Shares
    price: Price | None = None
    value: Money | None = None
    side: Literal["buy", "sell"] | None = None
    form: Literal["block", "off-exchange", "open-market"] | None = None

    def identity(self, occurred: When) -> Identity:
        """Form, side, number of shares and day: two trades of different size on one day are two trades."""
        return Identity((self.form, self.side, plain(self.shares.anchor)), occurred)

    def coherent(self) -> bool:
        """Whether shares times price can be the amount."""
        if self.value is None or self.price is None or self.value.unit != self.price.unit:
            return True
        (low, high), (least, most) = product(self.shares, self.price), self.value.bounds
        return (low is None or most is None or low <= most) and (least is None or high is None or least <= high)


class Rate(Payload, frozen=True, kw_only=True):
    """A source stated an exchange rate, mostly the one that its conversions use.

    Attributes:
        pair: ISO 4217 codes, base first: "USD/CNY".
        rate: how much of the second one unit of the first is.
    """

    KIND: ClassVar[str] = "rate.stated"

    pair: Annotated[str, msgspec.Meta(pattern="^[A-Z]{3}/[A-Z]{3}$")]
    rate: Figure

    def identity(self, occurred: When) -> Identity:
        """The pair and the day."""
        return Identity((self.pair,), occurred)
