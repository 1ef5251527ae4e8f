"""Share basis: in whose shares a figure is stated, and what it is in today's.

A split or consolidation makes other shares out of the old ones, so that "44.15 a share" and later "6.31 a share" report
one figure. Today's shares are those after the latest split that the clocks let through. Reports are compared, and stand
for an occurrence, in today's shares; what they print stays beside that as it is.

A figure is in the shares of the day it occurred if it was published before the next split; published later, only its
source can tell, and where it does not, the figure is left as printed. Nothing here changes anything before there is a
split.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec.structs import replace

from timeline.digits import SYMBOLS
from timeline.history.acceptance import settle
from timeline.history.identity import groups
from timeline.metrics import per_share
from timeline.naming import folded
from timeline.occurrence import Adjusted
from timeline.publication import Published
from timeline.topic import OF_SHARES, measured
from timeline.topics.capital import Changed
from timeline.topics.results import Reported
from timeline.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from timeline.dates import When
    from timeline.event import Event, Payload
    from timeline.occurrence import Occurrence
    from timeline.record import Source


class Split(NamedTuple):
    """A split or consolidation that took, or takes, effect.

    Attributes:
        ratio: new shares for an old one.
        ex_day: first day on which the new shares trade; the day it occurred where no such day is stated.
        share_class: folded name of the class; "" where none is stated, which stands for all.
    """

    ratio: Fraction
    ex_day: When
    share_class: str

    def repeats(self, other: Split) -> bool:
        """Whether this one, which may say less, is the other one told again."""
        same = self.ratio == other.ratio and self.ex_day.overlaps(other.ex_day)
        return same and self.share_class in ("", other.share_class)

    @property
    def label(self) -> str:
        """The split in a few words."""
        return f"{self.ratio.numerator}:{self.ratio.denominator} of {self.ex_day.label()}"


class Basis(NamedTuple):
    """What a report's share and per-share figures have to be multiplied by, and divided by.

    Attributes:
        factor: shares of today for one that the report speaks of; 1 where that is not known.
        unknown: why it is not known; empty where it is.
    """

    factor: Fraction
    unknown: str = ""


class Splits(NamedTuple):
    """The visible splits of a company; false where there are none.

    Attributes:
        each: every split once.
        classes: folded names of the classes of shares that reports speak of.
    """

    each: tuple[Split, ...]
    classes: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.each)

    def basis(self, report: Event) -> Basis:
        """The share basis of a report; one that names no class has that of all classes, if these have the same."""
        own = getattr(report.payload, "share_class", None)
        classes = (folded(own),) if own else self.classes or ("",)
        found = {_basis(report, [split for split in self.each if _concerns(split, name)]) for name in classes}
        if len(found) == 1:
            return found.pop()
        return Basis(Fraction(1), "does not say of which class of shares it speaks, and not all were split alike")

    def adjusted(self, report: Event) -> Event:
        """The report with its share and per-share figures in today's shares."""
        factor = self.basis(report).factor if self else None
        figures = dict(_adjusted(report.payload, factor)) if factor else {}
        return replace(report, payload=replace(report.payload, **figures)) if figures else report

    def as_reported(self, found: Occurrence[Payload], reports: Mapping[str, Event]) -> Occurrence[Payload]:
        """The occurrence of adjusted reports with the reports as they are, and the adjusted ones beside them."""
        changed = {each.id: each.payload for each in found.reports if each is not reports[each.id]}
        unknown = {name: self.basis(reports[name]).unknown for name in changed}
        return replace(
            found,
            accepted=reports[found.id],
            reports=tuple(reports[each.id] for each in found.reports),
            restated=changed,
            unstated={name: why for name, why in unknown.items() if why},
        )


def splits(reports: Sequence[Event], sources: Mapping[str, Source]) -> Splits:
    """The splits among a company's visible reports."""
    told = [report for report in reports if isinstance(report.payload, Changed) and report.payload.ratio]
    found = (settle(group.reports, sources, group.fits) for group in groups(told))
    named = sorted((_split(each) for each in found if not each.fits), key=_most_said_first)
    kept: list[Split] = []
    for split in named:
        if not any(split.repeats(other) for other in kept):
            kept.append(split)
    classes = {folded(name) for report in reports if (name := getattr(report.payload, "share_class", None))}
    return Splits(tuple(kept), tuple(sorted(classes)) if kept else ())


def _split(item: Occurrence[Payload]) -> Split:
    payload = item.payload
    assert isinstance(payload, Changed)  # noqa: S101 - of no other kind is asked
    assert payload.ratio is not None  # noqa: S101 - likewise
    new, old = map(int, payload.ratio.split(":"))
    return Split(Fraction(new, old), payload.ex_day or item.occurred, folded(payload.share_class or ""))


def _most_said_first(split: Split) -> tuple[bool, bool, str, str, Fraction]:
    return (not split.share_class, not split.ex_day.is_day, split.ex_day.edtf, split.share_class, split.ratio)


def _concerns(split: Split, share_class: str) -> bool:
    return split.share_class in ("", share_class) or not share_class


def _basis(report: Event, splits: Iterable[Split]) -> Basis:
    published = (report.published or Published(report.recorded)).day
    first, last = _days(report, published)
    later = [split for split in splits if not _in_effect(split, first)]
    surely = all(_after(split, last if report.share_basis else published) for split in later)
    if surely:
        factor = Fraction(1)
        for split in later:
            factor *= split.ratio
        return Basis(factor)
    named = ", ".join(sorted(split.label for split in later))
    if report.share_basis:
        return Basis(Fraction(1), f"its share basis, {report.share_basis.label()}, may be before or after {named}")
    return Basis(Fraction(1), f"published on {published}, it does not say whether it is in shares before {named}")


def _days(report: Event, published: date) -> tuple[date, date]:
    """First and last possible day whose shares the report speaks of, as stated; else the day it occurred."""
    if report.share_basis:
        return report.share_basis.first or date.min, report.share_basis.last or date.max
    period = report.payload.period.last if isinstance(report.payload, Reported) else None
    occurred = report.occurred.last if report.occurred else None
    day = min(period or occurred or published, published)
    return day, day


def _in_effect(split: Split, day: date) -> bool:
    """Whether the new shares surely traded on a day."""
    return split.ex_day.last is not None and split.ex_day.last <= day


def _after(split: Split, day: date) -> bool:
    """Whether the old shares surely traded on a day."""
    return split.ex_day.first is not None and split.ex_day.first > day


def _adjusted(payload: Payload, factor: Fraction) -> Iterator[tuple[str, Adjusted]]:
    """The payload's share and per-share figures in today's shares; of a split itself there are none."""
    if isinstance(payload, Changed) and payload.ratio:
        return
    metric = getattr(payload, "metric", "")
    for name, measure in _measures(type(payload)).items():
        figure = getattr(payload, name)
        if isinstance(figure, Quantity) and (what := _of_shares(figure, measure, metric)):
            yield name, Adjusted.of(figure, factor if what == "shares" else 1 / factor)


def _of_shares(figure: Quantity, measure: str, metric: str) -> str:
    """Whether a figure is a number of shares or money for one; empty where it is neither."""
    if measure in OF_SHARES:
        return measure
    if measure != "figure":
        return ""
    if figure.unit == "shares":
        return "shares"
    return "price" if per_share(metric) and figure.unit not in SYMBOLS else ""


@cache
def _measures(payload: type[Payload]) -> dict[str, str]:
    """The fields that hold figures, and what they measure."""
    return {field.name: found for field in msgspec.structs.fields(payload) if (found := measured(field.type))}
