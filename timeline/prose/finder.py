"""Finds every figure, date, period and streak that a text prints.

Each paragraph is read once by each recogniser, in this order, and what one takes the next ones do not see: digits that
are no figures by themselves (`lookalikes`), streaks, periods, relative dates, printed dates, numbers in names, amounts.
So "2025 third quarter" is a quarter before 2025 is a year, and "SU7" is nothing before 7 is a number. All patterns are
bounded, so that the time grows with the length of the text and not faster.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.dates import When
from timeline.paragraphs import Span
from timeline.prose import ended, lookalikes, marks, periods, relative
from timeline.prose.amounts import Context, amounts
from timeline.prose.compared import compared
from timeline.prose.days import dates
from timeline.prose.monies import money_of
from timeline.prose.multiples import multiples, unnumbered
from timeline.prose.spans import Printed
from timeline.prose.streaks import streaks
from timeline.prose.told import basis_of
from timeline.prose.unpriced import priced
from timeline.values import Quantity

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.prose.days import Form
    from timeline.prose.monies import Money
    from timeline.prose.reference import Basis

_TIMES = re.compile(
    r"(?:years?|months?|weeks?|days?|hours?|quarters?|minutes?|seconds?|decades?|sessions?|nights?)$", re.IGNORECASE
)
_WORTH_READING = re.compile(
    r"\d|第|(?i:\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|first|second"
    r"|third|fourth|fifth|sixth|\w+th"
    r"|half|twice|doubl\w+|\w+[- ]digits?|tripl\w+|quadrupl\w+|halv\w+|\w+fold|\w+thirds|quarters?|million|billion"
    r"|trillion|YoY|QoQ|[a-z]{3,9}[-–](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"|thousand|day|\w+day|today|yesterday|tomorrow|week|month|year|decade|\w+ago|ago|earlier|YTD)\b)"
    r"|January|February|March|April|May|June|July|August|September|October|November|December|JANUARY|Tonight"
    r"|morning|afternoon|evening"
)


def found(
    texts: Sequence[str],
    published: dt.date | None = None,
    currency: str = "",
    year_end: tuple[int, int] | None = None,
) -> tuple[Printed, ...]:
    """Everything that is printed, in the order of the text.

    Args:
        texts: of the paragraphs, the first being number 1.
        published: what relative dates are resolved against; None where it is not known, so that they have no value.
        currency: what a bare "$" or "¥" means, as an ISO 4217 code; empty where nobody says.
        year_end: month and day on which the company's fiscal years end; None where that is not known, so that only the
            text can tell it.
    """
    basis, money = basis_of(texts, published, year_end), money_of(texts, currency)
    printed = [each for number, text in enumerate(texts, 1) for each in _of(number, text, basis, money)]
    return tuple(compared(list(priced(_same_days(printed), texts)), texts, basis))


def _of(number: int, text: str, basis: Basis, money: Money) -> list[Printed]:
    if not _WORTH_READING.search(text):
        return []
    taken = bytearray(len(text))
    _take(taken, lookalikes.signs(text))
    printed = list(streaks(number, text, taken))
    if ended.MENTIONED.search(text):
        printed += _formed(number, text, taken, ended.FORMS, basis)
    printed += _formed(number, text, taken, periods.FORMS, basis)
    printed += _formed(number, text, taken, relative.FORMS, basis)
    printed += _same(number, text, taken)
    printed += dates(number, text, taken, basis)
    _take(taken, lookalikes.names(text, marks.CURRENCY_START))
    printed += unnumbered(number, text, taken)
    printed += multiples(number, text, taken)
    printed += map(_timed, amounts(Context(number, text, taken, money)))
    return sorted(printed, key=lambda each: each.span)


def _take(taken: bytearray, spans: Iterable[tuple[int, int]]) -> None:
    for start, end in spans:
        taken[start:end] = b"\1" * (end - start)


def _formed(number: int, text: str, taken: bytearray, forms: Iterable[Form], basis: Basis) -> Iterator[Printed]:
    for form in forms:
        for match in form.pattern.finditer(text):
            start, end = match.span()
            if any(taken[start:end]):
                continue
            taken[start:end] = b"\1" * (end - start)
            sense, span = form.read(match, basis), Span(number, start, end)
            core = match.span("core") if "core" in form.pattern.groupindex else (start, end)
            value = sense.value and replace(sense.value, wording=match[0] if sense.assumed else "")
            yield Printed(
                what="period" if "count" in match.groupdict() and match["count"] else "date",
                quote=match[0],
                span=span,
                core=Span(number, *core),
                value=value,
                assumed=sense.assumed,
                alternatives=sense.alternatives,
            )


def _same(number: int, text: str, taken: bytearray) -> Iterator[Printed]:
    for match in relative.SAME_DAY.finditer(text):
        span = Span(number, *match.span())
        _take(taken, [match.span()])
        yield Printed(what="date", quote=match[0], span=span, core=span, value=None, assumed="no day stands before it")


def _same_days(printed: Iterable[Printed]) -> Iterator[Printed]:
    """“That same day” is the last day before it in the text."""
    last: Printed | None = None
    for each in printed:
        if relative.SAME_DAY.fullmatch(each.quote):
            yield _resolved(each, last)
            continue
        if isinstance(each.value, When) and each.value.is_day:
            last = each
        yield each


def _resolved(each: Printed, last: Printed | None) -> Printed:
    if last is None or not isinstance(last.value, When):
        return each
    wording = replace(last.value, wording=each.quote)
    return replace(each, value=wording, assumed=f"the last day before it in the text, “{last.quote}”")


def _timed(each: Printed) -> Printed:
    """A number of years, months or days is a period."""
    is_time = isinstance(each.value, Quantity) and _TIMES.search(each.value.unit)
    return replace(each, what="period") if is_time and each.what in ("count", "quantity") else each
