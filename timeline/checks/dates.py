"""Checks of dates: reports that came before what they report, and promises whose window is over."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from timeline.check import Rule
from timeline.claim import Dated
from timeline.dates import When

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from timeline.check import Verdict
    from timeline.claim import Claim
    from timeline.event import Event
    from timeline.occurrence import Occurrence, Stream
    from timeline.publication import Published
    from timeline.section import Promise, Section

PUBLISHED_BEFORE: Final = Rule(
    name="published-before",
    severity="error",
    compares="the day on which it was said or done with the latest day anywhere on Earth at publication",
)
RESULT_EARLY: Final = Rule(
    name="result-early",
    severity="warning",
    compares="the last day of a period with the publication of what came of it, unless that is provisional",
    assumes="what comes of a period is known once it is over",
)
PROMISE_OVERDUE: Final = Rule(
    name="promise-overdue",
    severity="warning",
    compares="the last day of what was promised with the day of reading, where no outcome is reported",
    assumes="an outcome would be recorded here",
)
RULES: Final = (PUBLISHED_BEFORE, RESULT_EARLY, PROMISE_OVERDUE)

_EASTERNMOST: Final = timedelta(hours=14)


def dates(stream: Stream, claims: Iterable[Claim], topics: Mapping[str, str]) -> Iterator[Verdict]:
    """What came of each comparison of a date with a publication.

    Args:
        stream: whose reports are compared.
        claims: those of periods that have to be over.
        topics: name of the topic by kind.
    """
    for item in stream.occurrences:
        topic = topics.get(item.accepted.kind)
        if topic and not item.accepted.payload.REFERENCE:
            yield from _published(item, topic)
    for claim in claims:
        if isinstance(claim, Dated) and claim.over:
            yield from _over(claim)


def overdue(sections: Iterable[Section], today: str) -> Iterator[Verdict]:
    """What came of each promise that has to be kept, on an ISO day; what lapses by itself is none."""
    for section in sections:
        for promise in section.promises:
            if not promise.lapses:
                is_over = promise.state(today) == "overdue"
                yield _missed(promise, section.topic) if is_over else PROMISE_OVERDUE.passed()


def _missed(promise: Promise, topic: str) -> Verdict:
    what = f"{promise.what}: due {When.parse(promise.due).label()}, and no report says what came of it"
    return PROMISE_OVERDUE.found(what, topic=topic, events=(promise.event,))


def _may_know(published: Published, day: date) -> bool:
    """Whether what was made public then can tell of what was so on a day; mostly the source's own day decides it."""
    return day <= published.day or day <= latest_day(published)


def latest_day(published: Published) -> date:
    """The latest day that it was anywhere on Earth when the report was made public."""
    return (published.instant + _EASTERNMOST).date()


def _published(item: Occurrence[Any], topic: str) -> Iterator[Verdict]:
    for report in item.reports:
        if report.occurred is None or report.occurred.first is None or report.published is None or report.chain:
            continue  # what a correction says was published with the correction
        if _may_know(report.published, report.occurred.first):
            yield PUBLISHED_BEFORE.passed()
            continue
        what = f"{_kind(report)} of {report.occurred.label()}, in a report published {report.published.text[:10]}"
        yield PUBLISHED_BEFORE.found(what, topic=topic, events=(report.id,), sources=_sources(report))


def _over(claim: Dated) -> Iterator[Verdict]:
    report, when = claim.report, claim.when
    if report.published is None or report.chain or when.last is None or when.approximate or when.uncertain:
        return
    if _may_know(report.published, when.last):
        yield RESULT_EARLY.passed()
        return
    day = report.published.text[:10]
    what = f"{_kind(report)} for {when.label()}, in a report published {day}, before that was over"
    yield RESULT_EARLY.found(what, topic=claim.topic, events=(report.id,), sources=_sources(report))


def _kind(report: Event) -> str:
    return f"{report.kind} ({report.payload.summary()})"


def _sources(report: Event) -> tuple[str, ...]:
    return (report.source,) if report.source else ()
