"""The reader of printed figures: from the words of a source to exact bounds.

What print leaves open, by rule:

- Full digits are exact: `550,000`, `HKD 38.04`.
- A figure with a scale word, and a percentage, is half a unit of its last printed place to either side: `5 million` is
  4.5 to 5.5 million, `0.63 %` is 0.625 to 0.635.
- About, approximately, around, roughly, ~ and c. widen that to one whole unit of the last printed place. In a whole
  number without a scale word or percent sign that place is its last digit other than 0: `about 410,000` is 400,000 to
  420,000.
- Nearly, almost and just under reach from one such unit below the number up to the number.
- Over, more than and >, and at least, ≥, + and -plus are lower bounds at the printed number; under, less than and <,
  and at most, up to and ≤ are upper bounds.
- The bounds of a range are its printed ends, and a scale, unit or currency printed once serves both: `5–7 million`. The
  first end keeps its own digits where it has four or more and the scale would run it past the second, as in `500,000 to
  1 million`. "About" widens both ends by a unit of the finer one. `31.00 ± 1.00` and `43 billion ± 2 %` are ranges
  around the middle.
- Brackets around a number are a minus sign. An amount in brackets after a number is a conversion: kept, never counted.
- A comparison in words with a negative number is refused, since a loss of "over (5) million" lies below -5 million;
  signs (`<`, `≥`) compare as in arithmetic.
- "Per share" leaves a price in its currency; "per year" makes another unit ("USD per year"), since a rate is no amount.

What can be read in two ways is refused with the remedy. The grammar is in `grammar`; this module gives the sense, and
`common` gives it for the prints that nearly all figures have.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline.digits import PROPORTIONS, exact, plain
from timeline.errors import ParseProblem
from timeline.figures.common import common
from timeline.figures.grammar import phrase_of
from timeline.figures.wording import TIMES

if TYPE_CHECKING:
    from timeline.figures.phrase import Phrase, Term

LONGEST: Final = 200  # characters of a printed figure
_FULL_DIGITS: Final = 1000  # from here on a number without a scale may be written out: "500,000 to 1 million"


class Reading(NamedTuple):
    """What a printed figure says; the fields mean what those of `timeline.values.Quantity` mean."""

    low: Decimal | None
    high: Decimal | None
    unit: str
    qualifier: str
    step: Decimal
    conversion: str


def read(text: str, currency: str = "") -> Reading:
    """Read one printed figure; `currency` is the source's own meaning of a bare "$", "¥" or "kr".

    Raises:
        ParseProblem: with the offsets of the offending characters in `text`.
    """
    if not text.strip():
        raise ParseProblem("quantity-empty", "a figure is missing", "write it as the source prints it: '5 million'")
    if len(text) > LONGEST:
        what = f"a figure of {len(text)} characters, where at most {LONGEST} are read"
        raise ParseProblem("quantity-too-long", what, "give the figure alone", LONGEST)
    if found := common(text):
        low, high, unit, step = found
        return Reading(low, high, unit, "", step, "")
    return parsed(text, currency)


def parsed(text: str, currency: str = "") -> Reading:
    """What the grammar makes of a figure, however common its print; arguments and errors are those of `read`."""
    phrase = phrase_of(text)
    with exact():
        unit = _unit(phrase, currency)
        low, high, step = _bounds(phrase)
        ends = (_expanded(low), _expanded(high))
    qualifier = phrase.qualifier or {"": "", "to": "range", "±": "plus-minus"}[phrase.joint]
    return Reading(*ends, unit, qualifier, Decimal(plain(step)), phrase.conversion)


def _expanded(number: Decimal | None) -> Decimal | None:
    return None if number is None else Decimal(plain(number))


def _unit(phrase: Phrase, default: str) -> str:
    """The unit of the whole figure, printed at either of its ends."""
    units = {term.unit for term in phrase.terms if term.unit and not _is_share_of_middle(phrase, term)}
    if len(units) > 1:
        raise ParseProblem("quantity-unit", f"one figure in two units: {' and '.join(sorted(units))}", "give one unit")
    unit = units.pop() if units else ""
    currency = _currency(phrase, default)
    return _priced(currency, unit) if currency else unit


def _currency(phrase: Phrase, default: str) -> str:
    """The one currency that all mentions allow, with the source's default for a sign that several share."""
    mentions = [set(term.currencies) for term in phrase.terms if term.currencies]
    if not mentions:
        if phrase.conversion:
            what = f"({phrase.conversion}) converts a figure that has no currency"
            raise ParseProblem("quantity-conversion", what, "print the figure's own currency too")
        return ""
    possible = set.intersection(*mentions)
    if not possible:
        raise ParseProblem("currency-conflict", "one figure in two currencies", "put a conversion in brackets after it")
    if len(possible) == 1:
        default = possible.pop()
    elif default not in possible:
        _refuse_sign(phrase)
    if phrase.converted == (default,):
        raise ParseProblem("quantity-conversion", f"a conversion from {default} to {default}", "leave it out")
    return default


def _refuse_sign(phrase: Phrase) -> None:
    sign, codes, start, end = next(term.mention for term in phrase.terms if term.mention)
    fix = f"write {', '.join(codes[:2])} or another code before the number, or give the source a default currency"
    raise ParseProblem("currency-ambiguous", f"{sign!r} may be any of {', '.join(codes)}", fix, start, end)


def _priced(currency: str, unit: str) -> str:
    is_each = unit.startswith("per ")
    if not unit or (is_each and not TIMES.intersection(unit.split())):
        return currency
    if is_each:
        return f"{currency} {unit}"
    fix = f"give the amount alone, as in '{currency} 5 million', or the number of {unit} without a currency"
    raise ParseProblem("quantity-unit", f"one figure both in {currency} and in {unit!r}", fix)


def _bounds(phrase: Phrase) -> tuple[Decimal | None, Decimal | None, Decimal]:
    """Low end, high end and step by the rules of this module."""
    first = phrase.terms[0]
    if not phrase.joint:
        return _single(phrase, first)
    if phrase.qualifier not in ("", "about") or (phrase.qualifier and phrase.joint == "±"):
        what = f"{phrase.qualifier!r} and a range in one figure"
        raise ParseProblem("quantity-ambiguous", what, "give the range alone, or one bound alone")
    return _around(phrase) if phrase.joint == "±" else _range(phrase)


def _single(phrase: Phrase, term: Term) -> tuple[Decimal | None, Decimal | None, Decimal]:
    value, step = term.value, term.step
    if value < 0 and phrase.qualifier not in ("", "about") and not phrase.compares_by_sign:
        what = f"{phrase.qualifier!r} with a negative number may mean either side of it"
        raise ParseProblem("quantity-ambiguous", what, f"compare by sign: '< {plain(value)}' or '> {plain(value)}'")
    if phrase.qualifier in ("over", "at least"):
        return value, None, step
    if phrase.qualifier in ("under", "at most"):
        return None, value, step
    if phrase.qualifier:
        unit = _hedge(term)
        return value - unit, (value if phrase.qualifier == "nearly" else value + unit), unit
    half = step / 2 if term.scales or term.unit in PROPORTIONS else Decimal(0)
    return value - half, value + half, step


def _hedge(term: Term) -> Decimal:
    """What "about" adds on either side: a unit of the last place that the print means."""
    _, digits, exponent = term.number.as_tuple()
    if term.scales or term.unit in PROPORTIONS or exponent != 0 or not any(digits):
        return term.step
    zeros = next(place for place, digit in enumerate(reversed(digits)) if digit)
    return term.step.scaleb(zeros)


def _range(phrase: Phrase) -> tuple[Decimal, Decimal, Decimal]:
    first, second = phrase.terms
    is_written_out = first.number >= _FULL_DIGITS and first.number > second.number
    if not first.scales and not is_written_out:
        first.power = second.power
    if first.value > second.value:
        what = f"a range that runs backwards, from {plain(first.value)} to {plain(second.value)}"
        fix = "put the smaller end first, and a scale that serves both at the end: '5–7 million'"
        raise ParseProblem("quantity-backwards", what, fix, first.start, second.end)
    if phrase.qualifier:
        hedge = min(_hedge(first), _hedge(second))
        return first.value - hedge, second.value + hedge, hedge
    return first.value, second.value, min(first.step, second.step)


def _around(phrase: Phrase) -> tuple[Decimal, Decimal, Decimal]:
    middle, distance = phrase.terms
    if distance.value < 0:
        raise ParseProblem("quantity-ambiguous", "a distance below zero", "write it without a sign", distance.start)
    if _is_share_of_middle(phrase, distance):
        spread = abs(middle.value) * distance.value.scaleb(-2)
        return middle.value - spread, middle.value + spread, middle.step
    if not middle.scales:
        middle.power = distance.power
    spread = distance.value
    return middle.value - spread, middle.value + spread, min(middle.step, distance.step)


def _is_share_of_middle(phrase: Phrase, term: Term) -> bool:
    """Whether the distance is a part of the middle, as in "43 billion ± 2 %"; in "5 % ± 1 %" it is not."""
    return phrase.joint == "±" and term is phrase.terms[1] and term.unit == "%" and phrase.terms[0].unit != "%"
