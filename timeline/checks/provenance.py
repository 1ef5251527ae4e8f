"""Checks of sources by what is recorded of them: their dates, what they derive from, and ids that mean one source."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from timeline.check import Rule
from timeline.checks.quotes import TOPIC
from timeline.record import source_published

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from timeline.check import Verdict
    from timeline.record import Source

SOURCE_UNRECORDED = Rule(
    name="source-unrecorded",
    severity="warning",
    compares="the sources that facts name with those that are recorded and stand",
)
SOURCE_UNKNOWN = Rule(
    name="source-unknown", severity="note", compares="what a source derives from with the sources that are recorded"
)
DERIVES_CIRCLE = Rule(
    name="derives-circle",
    severity="error",
    compares="a source with all that it derives from",
)
PUBLISHED_AFTER_RECORDED = Rule(
    name="published-after-recorded",
    severity="warning",
    compares="when a source was published with when it was recorded here",
    assumes="the clock of the computer that recorded it was right to a day, which also leaves room for a wrong zone",
)
SAME_TEXT = Rule(name="same-text", severity="warning", compares="the hashes of the sources' texts with one another")
SAME_URL = Rule(name="same-url", severity="warning", compares="the addresses of the sources with one another")
RULES: tuple[Rule, ...] = (
    SOURCE_UNRECORDED,
    SOURCE_UNKNOWN,
    DERIVES_CIRCLE,
    PUBLISHED_AFTER_RECORDED,
    SAME_TEXT,
    SAME_URL,
)

_DAY = timedelta(days=1)


class Recorded(NamedTuple):
    """A source as it is known here.

    Attributes:
        source: as corrected.
        recorded: when it was first recorded, as in `timeline.event.Envelope`.
    """

    source: Source
    recorded: str


class Provenance:
    """What is recorded of all sources, from which each is judged."""

    def __init__(self, known: Mapping[str, Recorded], asked: Collection[str]) -> None:
        """Takes the sources by id, and the ids of those that are judged: what concerns several is told of one."""
        self._known, self._asked = known, asked
        self._texts = _sharing((each.source.sha256, name) for name, each in known.items())
        self._urls = _sharing((each.source.url, name) for name, each in known.items())

    def verdicts(self, name: str) -> Iterator[Verdict]:
        """What came of each comparison of a source with what else is recorded."""
        found = self._known.get(name)
        if found is None:
            what = f"{name}: facts are recorded of it, and the source itself is not, or was taken back or erased"
            yield SOURCE_UNRECORDED.found(what, topic=TOPIC, sources=[name])
            return
        yield SOURCE_UNRECORDED.passed()
        if found.source.derives_from is not None:
            yield self._derived(name, found.source.derives_from)
            yield self._circle(name)
        yield _late(name, found)
        if found.source.sha256 is not None:
            yield self._shared(SAME_TEXT, name, self._texts[found.source.sha256], "text")
        if found.source.url is not None:
            yield self._shared(SAME_URL, name, self._urls[found.source.url], "address")

    def _derived(self, name: str, origin: str) -> Verdict:
        if origin in self._known:
            return SOURCE_UNKNOWN.passed()
        return SOURCE_UNKNOWN.found(
            f"{name}: derives from {origin}, which is not recorded", topic=TOPIC, sources=[name]
        )

    def _circle(self, name: str) -> Verdict:
        members = self._round(name)
        if not self._is_told_of(name, members):
            return DERIVES_CIRCLE.passed()
        what = f"{name}: derives from itself" + (f" by way of {', '.join(members[1:])}" if members[1:] else "")
        return DERIVES_CIRCLE.found(what, topic=TOPIC, sources=members)

    def _round(self, name: str) -> list[str]:
        """The circle that a source is part of, from it on; empty where its origins end, or are a circle without it."""
        seen: dict[str, None] = {}
        origin: str | None = name
        while origin is not None and origin not in seen:
            seen[origin] = None
            known = self._known.get(origin)
            origin = known.source.derives_from if known else None
        return list(seen) if origin == name else []

    def _shared(self, rule: Rule, name: str, sharing: list[str], what: str) -> Verdict:
        if len(sharing) == 1 or not self._is_told_of(name, sharing):
            return rule.passed()
        others = ", ".join(other for other in sharing if other != name)
        told = f"{name}: has the {what} of {others}; they are one source, and count as several"
        return rule.found(told, topic=TOPIC, sources=[name, *sharing])

    def _is_told_of(self, name: str, members: Collection[str]) -> bool:
        """Whether what concerns several sources is told of this one."""
        return name == min((member for member in members if member in self._asked), default=None)


def _sharing(marks: Iterable[tuple[str | None, str]]) -> Mapping[str, list[str]]:
    """The ids of the sources that have a mark, in order, by mark."""
    found: dict[str, list[str]] = defaultdict(list)
    for mark, name in sorted((mark, name) for mark, name in marks if mark is not None):
        found[mark].append(name)
    return found


def _late(name: str, found: Recorded) -> Verdict:
    published, recorded = source_published(found.source), datetime.fromisoformat(found.recorded)
    earliest = published.instant - (_DAY if published.is_date else timedelta())
    if earliest <= recorded + _DAY:
        return PUBLISHED_AFTER_RECORDED.passed()
    what = f"{name}: said to be published on {published.text}, and recorded here on {found.recorded[:10]} already"
    return PUBLISHED_AFTER_RECORDED.found(what, topic=TOPIC, sources=[name])
