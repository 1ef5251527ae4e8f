"""Occurrences: the things in the world that events report, as topics see them.

`timeline.history` brings reports together; a topic only reads the result. A `Stream` is all that is visible of one
company.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING, Final, Generic, NamedTuple, TypeVar, cast

from msgspec import Struct
from msgspec.structs import force_setattr, replace

from timeline.dates import When
from timeline.digits import exact, tidy
from timeline.event import Envelope, Event, Payload, printed
from timeline.record import Source
from timeline.values import Quantity

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

P = TypeVar("P", bound=Payload)

_QUOTIENT: Final = Decimal("0.0000000001")


class Adjusted(Quantity, frozen=True, kw_only=True):
    """A reported figure in today's shares: those after the latest split that is visible.

    Its ends are exact; those of a quotient lie outwards in the tenth decimal.

    Attributes:
        reported: the figure as printed.
        factor: what the splits since its share basis multiply it by; 1 where there were none, or it is not known which.
    """

    reported: Quantity
    factor: Fraction

    @classmethod
    def of(cls, reported: Quantity, factor: Fraction) -> Adjusted:
        """The figure in today's shares; the last place that counts is that of the print."""
        low, high = _scaled(reported, factor)
        text, unit, qualifier = reported.printed, reported.unit, reported.qualifier
        return cls(text, low, high, unit, qualifier, reported.step, reported=reported, factor=factor)

    @property
    def differs(self) -> bool:
        """Whether it is another figure than the one that is printed."""
        return self.factor != 1

    @property
    def anchor(self) -> Decimal:
        """The one number that stands for it; a quotient is rounded in the tenth decimal."""
        return _times(self.reported.anchor, self.factor, ROUND_HALF_EVEN)

    @property
    def width(self) -> Decimal | None:
        """How far the ends lie apart, rounding in print included, so that of two agreeing figures the finer counts."""
        return self.opened.width

    @property
    def opened(self) -> Quantity:
        """Whatever it may have been before print rounded it; for figures of one basis, print is the figure."""
        low, high = self.reported.bounds
        if low is None or low != high or self.reported.step is None:
            return replace(self.reported, low=self.low, high=self.high)
        with exact():
            half = self.reported.step / 2
            around = replace(self.reported, low=low - half, high=low + half)
        return replace(around, **dict(zip(("low", "high"), _scaled(around, self.factor), strict=True)))

    def overlaps(self, other: Quantity) -> bool:
        """Whether both may report one figure; as printed where the basis is the same.

        What is printed anew after a split is rounded anew: earnings of 44.15 a share became 6.31, and a seventh of
        44.15 is 6.307.
        """
        mine, its = comparable(self, other)
        return Quantity.overlaps(mine, its)


def in_one_basis(one: Quantity, other: Quantity) -> tuple[Quantity, Quantity]:
    """Two figures in the same shares: as printed where they are so printed, else in today's."""
    if isinstance(one, Adjusted) and isinstance(other, Adjusted) and one.factor == other.factor:
        return one.reported, other.reported
    return one, other


def comparable(one: Quantity, other: Quantity) -> tuple[Quantity, Quantity]:
    """Two figures in the same shares, those of different print as wide as its rounding leaves them."""
    mine, its = in_one_basis(one, other)
    return (
        mine.opened if isinstance(mine, Adjusted) else mine,
        its.opened if isinstance(its, Adjusted) else its,
    )


def _scaled(figure: Quantity, factor: Fraction) -> tuple[Decimal | None, Decimal | None]:
    low, high = figure.bounds
    return (
        None if low is None else _times(low, factor, ROUND_FLOOR),
        None if high is None else _times(high, factor, ROUND_CEILING),
    )


def _times(number: Decimal, factor: Fraction, rounding: str) -> Decimal:
    if factor == 1:
        return number
    with exact(rounding):
        scaled = number * factor.numerator
        return tidy(scaled if factor.denominator == 1 else (scaled / factor.denominator).quantize(_QUOTIENT))


class Occurrence(Struct, Generic[P], frozen=True, kw_only=True, gc=False):
    """One thing in the world, with every report of it.

    Attributes:
        accepted: the report whose figures stand for the occurrence.
        reports: all reports, the accepted one first, the rest by content.
        sources: ids of the sources, in the order of the reports, each once.
        independent: number of publishers that do not derive what they say from one another; a source without one
            counts as a publisher of its own.
        disputed: names of the figures on which reports disagree; empty where they agree.
        settled: False where the disagreement stays open, so that the accepted report is only the first among equals.
        superseded: ids of the reports whose figures their own publisher revised later, in the order of the reports.
        why: why the accepted report stands for the others, in a few words; empty for a single report.
        fits: for an imprecise or incomplete report, how many occurrences it could belong to; it stands apart, outside
            totals. None for an occurrence that counts.
        restated: once there was a split, the payloads of the reports in today's shares, by id of the report.
        unstated: why it is not known in which shares a report's figures are, by id of the report; they are left as
            printed.
        payload: the accepted report's; like what follows it is worked out, and kept since topics ask for it again and
            again.
        adjusted: the same with its share and per-share figures in today's shares.
        occurred: the accepted report's date.
        id: of the accepted event.
    """

    accepted: Event
    reports: tuple[Event, ...]
    sources: tuple[str, ...]
    independent: int
    disputed: tuple[str, ...] = ()
    settled: bool = True
    superseded: tuple[str, ...] = ()
    why: str = ""
    fits: int | None = None
    restated: Mapping[str, Payload] = {}
    unstated: Mapping[str, str] = {}
    payload: P = cast("P", None)
    adjusted: P = cast("P", None)
    occurred: When = cast("When", None)
    id: str = ""

    def __post_init__(self) -> None:
        """Work out what is kept."""
        accepted = self.accepted
        force_setattr(self, "payload", accepted.payload)
        force_setattr(self, "adjusted", self.adjusted_of(accepted))
        force_setattr(self, "occurred", accepted.occurred)
        force_setattr(self, "id", accepted.id)

    def adjusted_of(self, report: Event) -> P:
        """A report's payload in today's shares."""
        return cast("P", self.restated.get(report.id, report.payload) if self.restated else report.payload)

    @property
    def split(self) -> bool:
        """Whether a figure of the accepted report is another one in today's shares."""
        if self.adjusted is self.payload:
            return False
        return any(isinstance(figure, Adjusted) and figure.differs for _, figure in self.adjusted.figures())

    @property
    def counts(self) -> bool:
        """Whether it enters totals."""
        return self.fits is None

    @property
    def subject(self) -> str:
        """What is reported, by the parts of its identity that are stated; empty where it has none."""
        identity = self.payload.identity(self.occurred) if self.accepted.occurred else None
        return " ".join(part for part in identity.dims if part not in (None, "", "None")) if identity else ""

    def stated(self, name: str) -> tuple[tuple[str, Event], ...]:
        """A figure or date as each report prints it that states it, with the report, in the order of the reports."""
        told = ((printed(getattr(report.payload, name)), report) for report in self.reports)
        return tuple((text, report) for text, report in told if text)

    @property
    def said_by(self) -> str | None:
        """Who said it, by the first report that names someone."""
        return next((report.said_by for report in self.reports if report.said_by), None)

    @property
    def day(self) -> date | None:
        """The last day on which it can have occurred, capped at its publication; what revisions are ordered by."""
        last, published = self.occurred.last, self.accepted.published
        if last is None or published is None:
            return published.day if published else last
        return min(last, published.day)


class Unreadable(Struct, frozen=True):
    """An event that this program cannot read.

    Attributes:
        envelope: as logged.
        why: in words.
        erased: the body was lawfully deleted; such an event stops nothing.
    """

    envelope: Envelope
    why: str
    erased: bool = False

    @property
    def id(self) -> str:
        """The event's id."""
        return self.envelope.id

    @property
    def kind(self) -> str:
        """The kind whose topic is stopped."""
        return self.envelope.kind


class Fork(NamedTuple):
    """Several corrections or retractions speak of one state of an event, so that only one of them could be followed.

    Attributes:
        event: id of the event that they go back to.
        aside: ids of those that were not followed.
        kind: the event's, whose topic tells of it.
        partition: the event's, see `Payload.partition`.
    """

    event: str
    aside: tuple[str, ...]
    kind: str
    partition: str = ""


class Stream(Struct, frozen=True, kw_only=True):
    """All that is visible of one company on the clocks asked for, or one partition of it.

    Attributes:
        company: its slug.
        occurrences: of all kinds, in order of day, then by content; those apart are among them.
        sources: every source behind them, by id, as corrected.
        unreadable: events that stop the topic of their kind.
        forks: corrections that were left aside, in the order of the events' ids.
        kinds: the occurrences again, by the class of their payload, as every topic asks for its own.
        partition: its name, see `Payload.partition`; "" also for the whole.
        context: the occurrences that all others are read in the light of, whichever partition this is.
        elsewhere: those of other partitions that convert amounts, where this is the first one: rates are compared
            there.
    """

    company: str
    occurrences: tuple[Occurrence[Payload], ...] = ()
    sources: Mapping[str, Source] = {}
    unreadable: tuple[Unreadable, ...] = ()
    forks: tuple[Fork, ...] = ()
    kinds: Mapping[type[Payload], tuple[Occurrence[Payload], ...]] = {}
    partition: str = ""
    context: tuple[Occurrence[Payload], ...] = ()
    elsewhere: tuple[Occurrence[Payload], ...] = ()

    def __post_init__(self) -> None:
        """Sort the occurrences by kind."""
        kinds: dict[type[Payload], list[Occurrence[Payload]]] = defaultdict(list)
        for item in self.occurrences:
            kinds[type(item.accepted.payload)].append(item)
        force_setattr(self, "kinds", {payload: tuple(items) for payload, items in kinds.items()})

    def of(self, payload: type[P]) -> tuple[Occurrence[P], ...]:
        """The occurrences of a kind that count, in order."""
        return tuple(item for item in self.every(payload) if item.counts)

    def apart(self, payload: type[P]) -> tuple[Occurrence[P], ...]:
        """The reports of a kind that stand apart, in order."""
        return tuple(item for item in self.every(payload) if not item.counts)

    def every(self, payload: type[P]) -> tuple[Occurrence[P], ...]:
        """All occurrences of a kind, those that stand apart among them, in order."""
        return cast("tuple[Occurrence[P], ...]", self.kinds.get(payload, ()))
