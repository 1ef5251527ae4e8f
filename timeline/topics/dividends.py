"""Dividends: what a company pays out for each share, and when. No projection yet: shown by date."""

from __future__ import annotations

from typing import ClassVar, Final, Literal

from msgspec.structs import replace

from timeline.cue import Cue, Slot
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


_ON: Final = r"(?:\s(?:on|by|from|about|or|around|before|at|as|of|is|are|was|will\sbe|the|close|business)){0,6}"
_KINDS: Final = (
    r"(?:\s(?:an?|the|its|final|interim|special|quarterly|monthly|annual"
    r"|regular|cash|gross|first|second|third|fourth|ordinary|total|increased"
    r"|record))*"
)
_CLASS: Final = {
    "": (
        r"(?:per|each|a|one)\s(?:class\s)?(?P<value>(?-i:[A-H])|equity|ordinary"
        r"|preferred|preference)[- ](?:ordinary\s|common\s)?share"
    ),
    "common": r"\bper (?:share of common stock|common share)|(?:its|the|on) common (?:stock|shares)\b",
}

CUES: Final = (
    Cue(
        payload=Declared,
        trigger=(
            r"(?<!ex-)(?<!ex\s)\b(?:dividends?|distribution(?=\sof\s))\b(?!\s(?:yields?"
            r"|polic\w+|payments?\stotal|payout|income|growth|stocks?|reinvestment))"
        ),
        unless=(
            r"\b(?:yields?|expect\w*|forecast\w*|could|might|may(?!\s\d)|would|suspend\w*"
            r"|scrap\w*|withh[eo]ld|without|excluding|last\syear[’']s|analysts?"
            r"|since)\b"
        ),
        words={
            "form": {"special": r"\bspecial\b", "scrip": r"\bscrip\b|\bin shares\b", "cash": r"."},
            "share_class": _CLASS,
        },
        slots=(
            Slot(
                field="record_day",
                before=(
                    rf"(?:(?:share|stock|unit)?holders|owners)?\s?(?:of\srecord|record\sdate"
                    rf"|registered|on\sthe\sregister){_ON}"
                ),
            ),
            Slot(field="ex_day", before=rf"ex-?\s?(?:dividend|div)?(?:\s?date|\sday)?{_ON}"),
            Slot(
                field="pay_day",
                before=(
                    rf"(?:payable|paid(?:\sout)?|payment(?:\sdate)?|pay\sdate|to\sbe\spaid"
                    rf"|distributed)(?:\sin\scash|\sduring|\sin)?{_ON}"
                ),
            ),
            Slot(field="period", before=r"(?:for|in\srespect\sof)(?:\sthe)?(?:\s(?:first|second|third|fourth|full))?"),
            Slot(field="amount", before=rf"(?:dividend|distribution|payout){_ON}"),
            Slot(field="amount", after=r"(?:per|a|each|for\seach)\s(?:\w+\s){0,2}(?:share|unit|ADS)\b"),
            Slot(field="amount", inside=r"per (?:[\w]+ ){0,2}(?:share|unit|ADS)|a share"),
        ),
        never=("amount", "period"),
        occurred="told",
        confidence=75,
    ),
)

TOPIC = replace(dated("dividends", "Dividends", 95, Declared), cues=CUES)
