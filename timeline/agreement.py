"""The checks that every topic has: whether the reports of one thing agree, and what is left open about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from timeline.check import Rule, stated
from timeline.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from timeline.check import Verdict
    from timeline.event import Payload
    from timeline.occurrence import Occurrence, Stream
    from timeline.section import Compared

DISAGREEMENT = Rule(
    name="reports-disagree",
    severity="warning",
    compares="the figures and dates that several reports give of one thing",
)
NO_BASIS = Rule(
    name="share-basis-unstated",
    severity="warning",
    compares="reports near a split with what they say of the shares that they count in",
)
FORK = Rule(
    name="correction-fork",
    severity="warning",
    compares="the corrections and retractions of one event with one another",
)
RULES = (DISAGREEMENT, NO_BASIS, FORK)


def agreement(stream: Stream, topic: str, payloads: Collection[type[Payload]]) -> Iterator[Verdict]:
    """What came of it for the occurrences of a topic's own kinds."""
    own = _own(stream, payloads)
    for item in own:
        if len(item.reports) > 1:
            yield _disagreement(item, topic) if item.disputed else DISAGREEMENT.passed()
    for item in own:
        if item.restated or item.unstated:
            yield from _without_basis(item, topic)
    if stream.forks:
        yield from _forks(stream, topic, {payload.KIND for payload in payloads})


def _own(stream: Stream, payloads: Collection[type[Payload]]) -> Sequence[Occurrence[Payload]]:
    """The occurrences of some kinds in the stream's order; a company has few of all the kinds that there are."""
    kinds = [payload for payload in payloads if stream.every(payload)]
    if len(kinds) > 1:
        return [item for item in stream.occurrences if type(item.payload) in kinds]
    return stream.every(kinds[0]) if kinds else ()


def _disagreement(item: Occurrence[Any], topic: str) -> Verdict:
    """A disagreement; one that a rule settles is only worth knowing."""
    found = DISAGREEMENT.found(
        _words(item), topic=topic, figures=_figures(item), events=(report.id for report in item.reports)
    )
    return replace(found, severity="note" if item.settled else found.severity, sources=item.sources)


def _words(item: Occurrence[Any]) -> str:
    """What the reports say each, and which of them stands: "result.reported, 2025 (profit): value 7 (a), 8 (b); …"."""
    subject = f" ({item.subject})" if item.subject else ""
    figures = "; ".join(f"{name.replace('_', ' ')} {_versions(item, name)}" for name in item.disputed)
    stands = f"{item.accepted.source or item.id[:8]} stands, {item.why}"
    return f"{item.accepted.kind}, {item.occurred.label()}{subject}: {figures}; {stands}"


def _versions(item: Occurrence[Any], name: str) -> str:
    """A figure as printed, once for all the sources that print it so."""
    sources: dict[str, list[str]] = {}
    for said, report in item.stated(name):
        sources.setdefault(said, []).append(report.source or report.id[:8])
    return ", ".join(f"{said} ({', '.join(printers)})" for said, printers in sources.items())


def _figures(item: Occurrence[Any]) -> Iterator[Compared]:
    """The disputed figures, dates aside."""
    for name in item.disputed:
        for report in item.reports:
            value = getattr(report.payload, name)
            if isinstance(value, Quantity):
                yield stated(name.replace("_", " "), value, report.id)


def _without_basis(item: Occurrence[Any], topic: str) -> Iterator[Verdict]:
    for report in item.reports:
        if why := item.unstated.get(report.id):
            what = f"{report.kind}, {item.occurred.label()} ({report.payload.summary()}): {why}, so its share and"
            yield NO_BASIS.found(
                f"{what} per-share figures are left as printed",
                topic=topic,
                events=(report.id,),
                sources=(report.source,) if report.source else (),
            )
        elif report.id in item.restated:
            yield NO_BASIS.passed()


def _forks(stream: Stream, topic: str, kinds: Collection[str]) -> Iterator[Verdict]:
    """The events that were corrected in two ways at once."""
    for fork in stream.forks:
        if fork.kind in kinds:
            yield FORK.found(
                f"{fork.kind} {fork.event[:8]} was corrected or retracted in several ways at once: the one published"
                f" last is followed, {len(fork.aside)} left aside",
                topic=topic,
                events=(fork.event, *fork.aside),
            )
