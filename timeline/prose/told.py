"""What a text as a whole tells of its company's calendar: the end of its fiscal years, and periods with their days.

Read before anything else, so that "third quarter of fiscal 2024" in one sentence has the days that another one gives
it. What the company's own records say of its year end comes before what the text does.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline.dates import When
from timeline.prose import ended, periods
from timeline.prose.calendars import MONTHS, Calendar, habitual
from timeline.prose.days import MONTH, month_number
from timeline.prose.numerals import ordinal_of
from timeline.prose.reference import Basis

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from timeline.prose.days import Form

_WORTH_READING: Final = re.compile(
    r"(?i:\bend(?:ed|ing|s)\b|\bclose[sd]\b)|\b(?:to|through)\s(?:the\s)?(?:end|\d|[A-Z])|\d[-–/]\d\d|[a-z][-–][A-Z]"
)
_DATE: Final = (
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s)?(?P<month>{MONTH})(?:\s(?P<behind>\d{{1,2}})\b)?"
    r"(?:,?\s(?P<year>(?:19|20)\d\d)\b)?"
)
_YEAR_ENDED: Final = re.compile(
    r"(?<!half\s)(?<![\w-])(?:(?:FY|[Ff]iscal(?:\s[Yy]ear)?)\s?(?P<front>(?:19|20)\d\d)\s?[,(]\s?(?:the\s)?)?"
    r"(?P<fiscal>(?i:fiscal|financial|business|accounting|full)[ -])?(?i:years?)"
    r"(?:,?\s\(?(?P<number>(?:19|20)\d\d)\)?,?)?\s\(?(?:which\s|that\s)?"
    r"(?:(?i:end(?:ed|ing|s)|close[sd])|(?P<to>to|through))"
    rf"\s(?:on\s|in\s)?(?:the\s)?(?:last\sday\s|end\s)?(?:of\s)?{_DATE}"
    r"(?:\s?\(“?[\"']?(?:FY|[Ff]iscal(?:\sYear|\syear)?)\s?(?P<behind_number>20\d\d)\b)?"
)
_QUARTER_ENDED: Final = re.compile(
    r"\b(?i:(?P<ordinal>first|second|third|fourth)|Q(?P<number>[1-4]))(?:\s(?:fiscal\s)?quarter)?"
    r"(?:\sof\s(?:the\s)?(?:fiscal\s)?(?:year\s)?(?:19|20)\d\d)?,?\s\(?(?:which\s|that\s)?(?:ended|ending)\s(?:on\s)?"
    rf"{_DATE}"
)
_QUARTERS: Final = re.compile(r"\b(?i:(first|second|third|fourth)(?=[ -](?:fiscal\s)?quarter\b))")
_FISCAL: Final = re.compile(r"\b(?i:fiscal|financial\syear)\b|\bFY(?=\s?\d)")
_INDIAN: Final = re.compile(r"₹|\b(?:Rs\.?\s?\d|INR\b|crores?\b|lakhs?\b)")
_OTHER_MONEY: Final = re.compile(r"[$€£¥]|\b(?:USD|HKD|RMB|EUR|yuan|yen)\b")
_ENDS_IN_INDIA: Final = (3, 31)
_QUARTER: Final = range(80, 120)
_MOST: Final = 100
"""Different periods that are kept of a text."""
_WHOLE: Final = ("length", "unit", "through", "joint", "last")
"""The groups of forms that say a period by its end, by two years or by two months."""


def basis_of(texts: Sequence[str], published: dt.date | None, year_end: tuple[int, int] | None) -> Basis:
    """What the dates of a text are resolved against.

    Args:
        texts: of the paragraphs.
        published: the day; None where it is not known.
        year_end: month and day on which the company's fiscal years end; None where that is not known.
    """
    worth = [text for text in texts if _WORTH_READING.search(text)]
    basis = Basis(published, weeks=_weeks(worth))
    quarters = [time for time in _told(worth, ended.FORMS, basis) if _length(time) in _QUARTER]
    basis = basis._replace(calendar=_calendar(texts, worth, quarters, published, year_end))
    told = dict.fromkeys(_told(worth, (*ended.FORMS, *periods.FORMS), basis))
    return basis._replace(told=tuple(islice(told, _MOST)))


def _told(texts: Sequence[str], forms: Sequence[Form], basis: Basis) -> Iterator[When]:
    """The periods that are told whole: nothing is taken for granted of them."""
    for text in texts:
        for form in forms:
            for found in form.pattern.finditer(text):
                if not any(map(found.groupdict().get, _WHOLE)):
                    continue
                sense = form.read(found, basis)
                if sense.value and not sense.alternatives and not _is_guess(sense.assumed):
                    yield sense.value


def _is_guess(assumed: str) -> bool:
    return "not printed" in assumed or "taken to have begun" in assumed or "no day of" in assumed


def _length(time: When) -> int:
    return (time.last - time.first).days if time.first and time.last else 0


def _weeks(texts: Sequence[str]) -> dict[dt.date | None, tuple[int, ...]]:
    """Numbers of weeks by the last day of the periods that have them, by None those of any; the commonest first."""
    told: defaultdict[dt.date | None, list[int]] = defaultdict(list)
    for text in texts:
        for form in ended.FORMS:
            for found in form.pattern.finditer(text):
                if "week" not in (found.groupdict().get("length") or found.groupdict().get("unit") or ""):
                    continue
                value = form.read(found, Basis()).value
                if value and value.last:
                    for day in (value.last, None):
                        told[day].append((_length(value) + 1) // 7)
    return {day: tuple(number for number, _ in Counter(weeks).most_common()) for day, weeks in told.items()}


class _End(NamedTuple):
    month: int
    day: int
    said: str


def _calendar(
    texts: Sequence[str],
    worth: Sequence[str],
    quarters: Sequence[When],
    published: dt.date | None,
    year_end: tuple[int, int] | None,
) -> Calendar | None:
    """The fiscal calendar: by the records, by words of the text, by its only quarter, or by the money it counts in."""
    lags = list(_lags(worth))
    if year_end is not None:
        return habitual(*year_end, lags=lags)
    ends = list(_ends(worth)) or list(_by_quarter(texts, quarters, published)) or list(_indian(texts))
    if not ends:
        return None
    (month, day), _ = Counter((end.month, end.day) for end in ends).most_common(1)[0]
    said = next(end.said for end in ends if (end.month, end.day) == (month, day))
    return habitual(month, day, said, lags)


def _ends(texts: Sequence[str]) -> Iterator[_End]:
    """The ends of fiscal years that words tell: "year ended March 31", "third quarter of fiscal 2024, which ended"."""
    for text in texts:
        for found in _YEAR_ENDED.finditer(text):
            day = found["day"] or found["behind"]
            if not found["to"] or found["fiscal"] or day or found["year"]:
                yield _end(month_number(found["month"]), int(day or 0), 0, found[0])
        for found in _QUARTER_ENDED.finditer(text):
            number = int(found["number"] or ordinal_of(found["ordinal"]))
            day = found["day"] or found["behind"]
            yield _end(month_number(found["month"]), int(day or 0), 3 * (4 - number), found[0])


def _end(month: int, day: int, later: int, words: str) -> _End:
    """The end of the fiscal year so many months after a day; day 0 is the last of the month."""
    last = _LAST_DAYS[month - 1]
    month = (month - 1 + later) % MONTHS + 1
    whole = not day or day >= last
    day = _LAST_DAYS[month - 1] if whole else min(day, _LAST_DAYS[month - 1])
    said = f"its fiscal years end {'with' if whole else 'about'} {_named(month, day, whole)}"
    return _End(month, day, f"{said}, by “{words}”")


_ORDINALS: Final = ("first", "second", "third", "fourth")
_LAST_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_NAMES: Final = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


def _named(month: int, day: int, whole: bool) -> str:  # noqa: FBT001 - told in the same breath
    return _NAMES[month - 1] if whole else f"{day} {_NAMES[month - 1]}"


def _by_quarter(texts: Sequence[str], quarters: Sequence[When], published: dt.date | None) -> Iterator[_End]:
    """By the only quarter that a text on fiscal years names, and the last day of the latest one that had ended."""
    named = {ordinal_of(found[0]) for text in texts for found in _QUARTERS.finditer(text)}
    lasts = [time.last for time in quarters if time.last and (published is None or time.last <= published)]
    if len(named) == 1 and lasts and any(map(_FISCAL.search, texts)):
        number, last = named.pop(), max(lasts)
        words = f"{_ORDINALS[number - 1]} quarter” and the end of a quarter on “{When.of_days(last, last).label()}"
        yield _end(last.month, last.day, 3 * (4 - number), words)


def _indian(texts: Sequence[str]) -> Iterator[_End]:
    """Those of India, where a text counts in its money and no other as much."""
    marks, others = (sum(len(pattern.findall(text)) for text in texts) for pattern in (_INDIAN, _OTHER_MONEY))
    if marks > others:
        yield _End(*_ENDS_IN_INDIA, "its fiscal years are taken to end with March, as in India")


def _lags(texts: Sequence[str]) -> Iterator[tuple[int, str]]:
    """How the numbers of fiscal years stand to the years in which they end."""
    for text in texts:
        for found in _YEAR_ENDED.finditer(text):
            number = found["front"] or found["number"] or found["behind_number"]
            if number and found["year"] and (lag := int(found["year"]) - int(number)) in (0, 1):
                yield lag, found[0]
