"""Claims: what one topic says that can only be checked against other topics, or against the world.

A topic declares its claims, the checks in `timeline.checks` compare them; neither knows the other. Figures in a claim
are as printed unless it says otherwise.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final, Literal

from msgspec import Struct

from timeline.dates import When
from timeline.event import Event
from timeline.occurrence import Occurrence
from timeline.values import Quantity


class Claim(Struct, frozen=True, kw_only=True, gc=False):
    """Something that a topic says of the world.

    Attributes:
        topic: name of the topic, whose section tells what is found.
        occurrence: what states it.
    """

    topic: str
    occurrence: Occurrence[Any]


class Listed(Claim, frozen=True, kw_only=True):
    """The company's shares are listed on an exchange.

    Attributes:
        venue: ISO 10383 MIC.
        valid: from when to when; None means always.
    """

    venue: str
    valid: When | None = None


class Traded(Claim, frozen=True, kw_only=True):
    """Something was traded on an exchange on one day, so the exchange was open.

    Attributes:
        what: in words, such as "buyback".
        day: of the exchange.
        venue: ISO 10383 MIC; None where the report does not say, so that any exchange it is listed on may be meant.
        price: lowest to highest price of it, in today's shares; None when not stated.
    """

    what: str
    day: date
    venue: str | None = None
    price: Quantity | None = None


class Quoted(Claim, frozen=True, kw_only=True):
    """The share stood at a price in a session.

    Attributes:
        what: which price of the session.
        day: of the exchange.
        price: money a share in today's shares, as wide as the rounding in print leaves it.
        venue: ISO 10383 MIC; None when not stated.
    """

    what: Literal["open", "close", "high", "low", "average"]
    day: date
    price: Quantity
    venue: str | None = None


class Moved(Claim, frozen=True, kw_only=True):
    """A close stood a percentage above or below the close of the session before.

    Attributes:
        day: of the exchange.
        price: the close, as in `Quoted`; None where only the change is stated.
        change: in percent, negative for a fall.
        venue: ISO 10383 MIC; None when not stated.
    """

    day: date
    change: Quantity
    price: Quantity | None = None
    venue: str | None = None


class Flowed(Claim, frozen=True, kw_only=True):
    """Money flowed into the share or out of it in one session, or in several that are added up.

    Attributes:
        channel: as printed.
        day: the session, or the last day of those added up; None where the report's day is not exact.
        direction: of `value`.
        value: of the session; of all sessions where `is_sum`.
        is_sum: whether `value` is added up over `sessions`.
        streak: number of sessions in a row with this direction, this one included; None when not stated.
        cumulative: sum over `sessions`, or else over the streak, this session included; None when not stated.
        sessions: number of sessions that a sum covers; None when not stated.
    """

    channel: str
    day: date | None
    direction: Literal["inflow", "outflow"]
    value: Quantity
    is_sum: bool = False
    streak: int | None = None
    cumulative: Quantity | None = None
    sessions: int | None = None


class Counted(Claim, frozen=True, kw_only=True):
    """There were so many shares of a class at the end of a day.

    Attributes:
        share_class: as named by the company.
        shares: outstanding, in today's shares.
        treasury: held by the company itself, likewise; None when not stated.
    """

    share_class: str
    shares: Quantity
    treasury: Quantity | None = None


class Stake(Claim, frozen=True, kw_only=True):
    """A number of shares is a percentage of the capital.

    Attributes:
        shares: the number, in today's shares.
        percent: the percentage.
        base: the capital it refers to, in words; None when not stated.
        share_class: as named by the company; None when not stated.
        series: what its percentages refer to one base with, such as a buyback programme.
    """

    shares: Quantity
    percent: Quantity
    base: str | None = None
    share_class: str | None = None
    series: str = ""


class Point(Claim, frozen=True, kw_only=True):
    """One figure of a series whose neighbours are of like size and unit.

    Attributes:
        series: what is measured; figures of one series may be compared.
        what: the same in words.
        at: the time that the figure is of; neighbours are those next to each other in time.
        value: in today's shares, but for prices of a day, which are as printed.
        is_balance: whether it is what is left of larger figures, so that it may come near zero without an error.
    """

    series: tuple[str, ...]
    what: str
    at: When
    value: Quantity
    is_balance: bool = False


class Dated(Claim, frozen=True, kw_only=True):
    """A period or date that a report gives for what it tells of, beside when it occurred.

    Attributes:
        report: the report of the occurrence that gives it.
        field: name of the payload's field.
        when: the period or date.
        over: whether what is told can only be known once the period is over, such as a result of it.
    """

    report: Event
    field: str
    when: When
    over: bool = False


class Rated(Claim, frozen=True, kw_only=True):
    """One unit of a currency was worth so much of another on the day it occurred.

    Attributes:
        base: ISO 4217 code of the currency of which one unit is valued.
        rate: what it is worth, in the other currency.
    """

    base: str
    rate: Quantity


SHARE_PRICE: Final = ("share price",)
"""The series of what a share is, or is expected to be, worth."""

_DAYS_OF_A_MONTH: Final = 30.44


def series_of(metric: str, segment: str | None, basis: str | None, period: When) -> tuple[str, ...]:
    """The series of a metric's figures for periods of one length, in months; empty where the length is not known."""
    if period.first is None or period.last is None or period.approximate:
        return ()
    months = round(((period.last - period.first).days + 1) / _DAYS_OF_A_MONTH)
    return (metric, segment or "", basis or "", str(months))
