"""Claims: what one topic says that can only be checked against other topics, or against the world.

A topic declares its claims, the checks in `timeline.checks` compare them; neither knows the other. Figures in a claim
are as printed unless it says otherwise.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from msgspec import Struct

from timeline.dates import When
from timeline.occurrence import Occurrence
from timeline.values import Quantity


class Claim(Struct, frozen=True, kw_only=True):
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
        price: lowest to highest price of it; None when not stated.
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
        price: money a share.
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
        price: the close.
        change: in percent, negative for a fall.
        venue: ISO 10383 MIC; None when not stated.
    """

    day: date
    price: Quantity
    change: Quantity
    venue: str | None = None


class Flowed(Claim, frozen=True, kw_only=True):
    """Money flowed into the share or out of it in one session, or in several that are added up.

    Attributes:
        channel: as printed.
        day: the session, or the last one of those added up; None where the report's day is not exact.
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
        shares: outstanding.
        treasury: held by the company itself; None when not stated.
    """

    share_class: str
    shares: Quantity
    treasury: Quantity | None = None


class Stake(Claim, frozen=True, kw_only=True):
    """A number of shares is a percentage of the capital.

    Attributes:
        shares: the number.
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
        value: in today's shares where a split matters.
    """

    series: tuple[str, ...]
    what: str
    at: When
    value: Quantity


class Dated(Claim, frozen=True, kw_only=True):
    """A period or date that a report gives for what it tells of, beside when it occurred.

    Attributes:
        field: name of the payload's field.
        when: the period or date.
        over: whether what is told can only be known once the period is over, such as a result of it.
    """

    field: str
    when: When
    over: bool = False
