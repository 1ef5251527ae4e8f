"""Dividends: what a company pays out for each share, and when. No projection yet: shown by date."""

from __future__ import annotations

from typing import ClassVar, Literal

from timeline.dates import When
from timeline.event import Identity, Payload
from timeline.topic import dated
from timeline.values import Price


class Declared(Payload, frozen=True, kw_only=True):
    """The company declared a distribution to its shareholders on the day it occurred.

    Attributes:
        amount: for one share, before tax, in the share basis of the day.
        form: in cash, in new shares at the holder's choice (scrip), or special, besides the regular payments; None when
            not stated.
        share_class: None when not stated.
        ex_day: first day on which a buyer is not entitled to it.
        record_day: whoever holds the share at its end is entitled.
        pay_day: day of payment.
        period: the days of business that it is paid for.
    """

    KIND: ClassVar[str] = "distribution.declared"

    amount: Price
    form: Literal["cash", "scrip", "special"] | None = None
    share_class: str | None = None
    ex_day: When | None = None
    record_day: When | None = None
    pay_day: When | None = None
    period: When | None = None

    def identity(self, occurred: When) -> Identity:
        """Form, share class and day."""
        return Identity((self.form, self.share_class), occurred)


TOPIC = dated("dividends", "Dividends", 95, Declared)
