"""The kinds of facts about buybacks."""

from __future__ import annotations

from typing import ClassVar, Literal

from timeline.dates import When
from timeline.event import Identity, Payload
from timeline.values import Figure, Money, Percent, Price, Shares, product


class Authorised(Payload, frozen=True, kw_only=True):
    """The company may buy back its own shares: a mandate, a programme or a trust was approved on the day it occurred.

    Attributes:
        form: a mandate of the general meeting, a programme of the board, or a trust that buys for it.
        cap: the most that may be bought, in shares or money.
        base: what the cap is a part of, in words ("10 % of issued shares"); None when not stated.
        start: when buying may begin; None means with the approval.
        end: when the authority ends, if a date is stated.
        end_condition: what else ends it, in words ("next annual general meeting").
        automatic: whether purchases follow a fixed plan; None when not stated.
    """

    KIND: ClassVar[str] = "buyback.authorised"

    form: Literal["mandate", "programme", "trust"]
    cap: Figure
    base: str | None = None
    start: When | None = None
    end: When | None = None
    end_condition: str | None = None
    automatic: bool | None = None

    def identity(self, occurred: When) -> Identity:
        """Form and day."""
        return Identity((self.form,), occurred)


class Executed(Payload, frozen=True, kw_only=True):
    """The company bought back its own shares on a day, or over a period of days.

    Attributes:
        shares: number bought, in the share basis of the day.
        value: amount paid, without fees unless the source includes them.
        price: lowest to highest price a share.
        average: average price a share.
        fees: commissions and levies, where stated apart.
        percent: share of the capital that `shares` are.
        base: the capital that `percent` refers to, in words; None when not stated.
        share_class: class as named by the company ("B"); None when not stated.
        venue: ISO 10383 MIC of the exchange; None when not stated.
        programme: date of the mandate it was bought under; None when not stated.
        fate: what becomes of the shares; None when not stated.
    """

    KIND: ClassVar[str] = "buyback.executed"

    shares: Shares
    value: Money | None = None
    price: Price | None = None
    average: Price | None = None
    fees: Money | None = None
    percent: Percent | None = None
    base: str | None = None
    share_class: str | None = None
    venue: str | None = None
    programme: When | None = None
    fate: Literal["cancelled", "treasury"] | None = None

    def identity(self, occurred: When) -> Identity:
        """Share class, venue, and day or period."""
        return Identity((self.share_class, self.venue), occurred)

    def coherent(self) -> bool:
        """Whether shares times price can be the amount paid."""
        if self.value is None or self.price is None or self.value.unit != self.price.unit:
            return True
        low, high = product(self.shares, self.price)
        paid = self.value
        return not ((low and paid.high and paid.high < low) or (high and paid.low and paid.low > high))


class Totalled(Payload, frozen=True, kw_only=True):
    """A source states how much was bought back in all since a programme began, as of the day it occurred.

    Attributes:
        shares: number bought in all.
        value: amount paid in all.
        since: when counting began; with an open start where the source only speaks of "the current programme".
        percent: share of the capital that `shares` are.
        base: the capital that `percent` refers to, in words; None when not stated.
        trades: number of purchases.
        uncancelled: shares bought and not yet cancelled.
        programme: date of the mandate; None when not stated.
        concept: what a regulator's taxonomy calls it, with the taxonomy before a colon
            ("us-gaap:PaymentsForRepurchaseOfCommonStock"); None where the source is none of tagged figures.
    """

    KIND: ClassVar[str] = "buyback.totalled"
    ONE_OF: ClassVar[tuple[str, ...]] = ("shares", "value")

    since: When
    shares: Shares | None = None
    value: Money | None = None
    percent: Percent | None = None
    base: str | None = None
    trades: Figure | None = None
    uncancelled: Shares | None = None
    programme: When | None = None
    concept: str | None = None

    def identity(self, occurred: When) -> Identity:
        """The programme as far as it is told, or else the day from which it counts; what is counted; and the day.

        A total since the start of the year and one of the programme are two totals, whichever is told first. So are
        what was paid and what was bought: a filing reports both, and they differ by what is settled later.
        """
        if self.programme is None and self.since.is_day:
            return Identity(("since", self.since.edtf, self.concept), occurred)
        named = self.programme.edtf if self.programme and self.programme.is_day else None
        return Identity(("programme", named, self.concept), occurred)
