"""What is printed in a figure before its sense is settled: numbers, scales, units, joints and qualifiers."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct, field


class Mention(NamedTuple):
    """A currency as printed, and what it may stand for."""

    text: str
    codes: tuple[str, ...]
    start: int
    end: int


class Term(Struct):
    """One number with what belongs to it.

    Attributes:
        number: the digits as printed, without sign and scale.
        start: offset of the number's first digit.
        end: offset after its last digit.
        sign: "-", "+" or "(", as printed before the number.
        scales: how many scale words follow.
        power: the power of ten that these make.
        currencies: the codes that every mention of a currency allows; empty where none is printed.
        mention: the first mention of a currency.
        unit: canonical sign or words in lower case; starts with "per" where the figure is a price or a rate.
        is_open: whether a bracket before the number still waits for its end.
    """

    number: Decimal = Decimal(0)
    start: int = 0
    end: int = 0
    sign: str = ""
    scales: int = 0
    power: int = 0
    currencies: tuple[str, ...] = ()
    mention: Mention | None = None
    unit: str = ""
    is_open: bool = False

    @property
    def value(self) -> Decimal:
        """The number with its sign and scale."""
        return (self.number * (-1 if self.sign in ("-", "(") else 1)).scaleb(self.power)

    @property
    def step(self) -> Decimal:
        """One unit of the last printed digit."""
        return Decimal((0, (1,), int(self.number.as_tuple().exponent))).scaleb(self.power)


class Phrase(Struct):
    """One or two terms and the words that join and qualify them.

    Attributes:
        terms: in the order of print.
        joint: "to" or "±" between two terms; empty for one.
        opener: "between" or "from", where printed.
        qualifier: as in `timeline.wording.QUALIFIERS`; empty where none is printed.
        compares_by_sign: whether the qualifier is printed as ">" or the like.
        conversion: the amount in brackets, without them.
        converted: the currencies that the conversion may be in.
    """

    terms: list[Term] = field(default_factory=list)
    joint: str = ""
    opener: str = ""
    qualifier: str = ""
    compares_by_sign: bool = False
    conversion: str = ""
    converted: tuple[str, ...] = ()
