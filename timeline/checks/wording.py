"""Checks of dates against the words they come from: "third quarter of 2025" is no day in January."""

from __future__ import annotations

from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Final, Union, get_args, get_origin

import msgspec
from msgspec import Struct

from timeline.check import Rule
from timeline.checks.spelling import read
from timeline.dates import When
from timeline.naming import folded
from timeline.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from timeline.check import Verdict
    from timeline.event import Event, Payload
    from timeline.occurrence import Stream

PERIOD_WORDING: Final = Rule(
    name="period-wording",
    severity="warning",
    compares="a date or period as it is quoted or worded with the dates of the report",
    assumes="quarters and years are of the calendar, unless the company's fiscal years are known to end elsewhere",
)
RULES: Final = (PERIOD_WORDING,)

_CALENDAR: Final = "12-31"


def wording(stream: Stream, topics: Mapping[str, str]) -> Iterator[Verdict]:
    """What came of each comparison of words that are a date with the dates beside them.

    Args:
        stream: whose reports are compared.
        topics: name of the topic by kind.
    """
    year_end = _year_end(stream)
    for item in stream.occurrences:
        topic = topics.get(item.accepted.kind)
        if topic and not item.accepted.payload.REFERENCE:
            for report in item.reports:
                yield from _of_report(report, topic, year_end)


def _year_end(stream: Stream) -> str | None:
    """Month and day on which the company's fiscal years end; None where no registration says."""
    ends = (getattr(item.accepted.payload, "fiscal_year_end", None) for item in stream.context)
    return next((end for end in ends if end), None)


def _of_report(report: Event, topic: str, year_end: str | None) -> Iterator[Verdict]:
    if not (report.at or _worded(report)):
        return
    leaves = tuple(_leaves((report.occurred, report.share_basis, report.payload)))
    dates = [leaf for leaf in leaves if isinstance(leaf, When)]
    for when in dates:
        yield from _verdict(when.wording, [when], report, topic, year_end)
    texts = [leaf for leaf in (*leaves, report.note, report.said_by) if isinstance(leaf, str)]
    told = f" {folded(' '.join(texts))} "
    for quote in (locator.quote for locator in report.at):
        if f" {folded(quote)} " not in told:
            yield from _verdict(quote, dates, report, topic, year_end)


def _worded(report: Event) -> bool:
    """Whether a date of the report keeps words of its source; dates stand in the fields themselves."""
    dates = [report.occurred, report.share_basis]
    dates += [getattr(report.payload, name) for name in _dates(type(report.payload))]
    return any(date.wording for date in dates if date)


@cache
def _dates(payload: type[Payload]) -> tuple[str, ...]:
    """Names of the fields that hold a date."""
    return tuple(field.name for field in msgspec.structs.fields(payload) if _holds_date(field.type))


def _holds_date(kind: object) -> bool:
    """Whether a field of this type holds a date, required or not; of what holds several dates it does not."""
    return kind is When or (get_origin(kind) in (Union, UnionType) and When in get_args(kind))


def _leaves(value: object) -> Iterator[When | str]:
    """The dates and texts in a value, however deep."""
    match value:
        case When() | str():
            yield value
        case Quantity():
            yield value.printed
        case tuple():
            for part in value:
                yield from _leaves(part)
        case Struct():
            for name in value.__struct_fields__:
                yield from _leaves(getattr(value, name))


def _verdict(words: str, dates: Sequence[When], report: Event, topic: str, year_end: str | None) -> Iterator[Verdict]:
    """Words that are a date against the dates that they may be of."""
    if not words or report.published is None:
        return
    years = {day.year for when in dates for day in (when.first, when.last) if day}
    reading = read(words, report.published.day, years)
    if not reading.dates or _is_shifted(reading.fiscal, year_end):
        return
    if any(meant.overlaps(when) for meant in reading.dates for when in dates):
        yield PERIOD_WORDING.passed()
        return
    labels = ", ".join(dict.fromkeys(when.label() for when in dates))
    yield PERIOD_WORDING.found(
        f"{report.kind} ({report.payload.summary()}): the source says “{words}”, the report {labels}",
        topic=topic,
        events=(report.id,),
        sources=(report.source,) if report.source else (),
    )


def _is_shifted(fiscal: str, year_end: str | None) -> bool:
    """Whether a fiscal calendar that is not the calendar's, or is not known, may be meant."""
    return (fiscal == "named" and year_end != _CALENDAR) or (
        fiscal == "maybe" and year_end is not None and year_end != _CALENDAR
    )
