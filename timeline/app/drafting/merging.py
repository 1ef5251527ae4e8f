"""Brings together what a text says twice: the title and the body, a figure and the sentence that repeats it.

Two drafted facts are one where they are of one kind and company, no field of the one gainsays the other, and they share
a figure; a time that was only taken for granted gives way to one that is printed.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from msgspec.structs import replace

from timeline.dates import When
from timeline.intake.proposed import proposed
from timeline.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from timeline.app.drafting.drafted import Drafted
    from timeline.app.drafting.ground import Ground
    from timeline.event import Report

_NEARLY: Final = 0.9
_SHORT: Final = dt.timedelta(days=60)
_AGREES: Final = 10
_MOST: Final = 95
_EARLIER: Final = "previous"
_SUBJECT: Final = ("metric", "segment", "basis")
_TIMES: Final = ("occurred", "period", "since", "due")
_ASIDE: Final = frozenset(("key", "kind", "company", "said_by", "confirmed", "parties", "note"))


class Pair(NamedTuple):
    """A fact with the report that it amounts to."""

    fact: Drafted
    report: Report


class _Kept:
    """A pair as it is compared with others.

    Attributes:
        fact: as proposed.
        report: that it amounts to.
        figures: that it states, by field.
        assumed: the times that were not told beside the fact itself.
        subject: what it is of; facts of several are never one.
    """

    def __init__(self, pair: Pair) -> None:
        self.fact, self.report = pair
        self.figures = dict(self.report.payload.figures())
        self.assumed = frozenset(name for name in _TIMES if name in self.fact.fields and _is_assumed(name, self.fact))
        metric = str(self.fact.fields.get("metric", "")).casefold()
        self.subject = (self.report.kind, self.report.company, metric)


def merged(pairs: Iterable[Pair], ground: Ground) -> tuple[Drafted, ...]:
    """The facts in their order, each once; what a sentence of its own says of before goes into what replaced it."""
    kept: list[_Kept] = []
    alike = defaultdict[tuple[object, ...], list[int]](list)
    for pair in pairs:
        own = _Kept(pair)
        if _EARLIER in own.fact.fields and "metric" in own.fact.fields and "value" not in own.fact.fields:
            _complete(kept, own, ground)
        elif not _join(kept, alike[own.subject], own, ground):
            alike[own.subject].append(len(kept))
            kept.append(own)
    return tuple(each.fact for each in kept)


def _join(kept: list[_Kept], places: Iterable[int], own: _Kept, ground: Ground) -> bool:
    """Whether a fact that is kept, at one of these places, tells of the same, and now says what both do."""
    for at in places:
        if _are_one(kept[at], own) and (joined := _stated(_joined(kept[at], own), ground)):
            kept[at] = joined
            return True
    return False


def _stated(fact: Drafted, ground: Ground) -> _Kept | None:
    """A fact that was put together; None where it would be refused."""
    report = proposed(fact.fields, ground.source, ground.currency)
    return None if isinstance(report, tuple) else _Kept(Pair(fact, report))


def _complete(kept: list[_Kept], earlier: _Kept, ground: Ground) -> None:
    """Let the last fact of the same subject that replaced it say what was before."""
    before = earlier.fact
    for at, standing in reversed(list(enumerate(kept))):
        fact = standing.fact
        alike = (fact.kind, fact.fields["company"]) == (before.kind, before.fields["company"]) and all(
            fact.fields.get(name) == before.fields.get(name) for name in _SUBJECT
        )
        units = {quantity.unit for quantity in (*standing.figures.values(), *earlier.figures.values())}
        if alike and len(units) == 1 and _EARLIER not in fact.fields:
            fields = {**fact.fields, _EARLIER: before.fields[_EARLIER]}
            told = replace(fact, fields=fields, at=tuple(dict.fromkeys((*fact.at, *before.at))))
            kept[at] = _stated(told, ground) or standing
            return


def _are_one(one: _Kept, other: _Kept) -> bool:
    shared = (name for name in one.fact.fields if name in other.fact.fields and name not in _ASIDE)
    return all(_agree(name, one, other) for name in shared) and _share_content(one, other)


def _agree(name: str, one: _Kept, other: _Kept) -> bool:
    if name in one.assumed or name in other.assumed:
        return True
    mine, yours = _value(one.report, name), _value(other.report, name)
    match mine, yours:
        case Quantity(), Quantity():
            return mine.unit == yours.unit and mine.overlaps(yours)
        case When(), When():
            return mine.same_days(yours) or mine.contains(yours) or yours.contains(mine) or _are_alike(mine, yours)
        case str(), str():
            return mine.casefold() == yours.casefold()
        case _:
            return bool(mine == yours)


def _are_alike(one: When, other: When) -> bool:
    """Whether two periods are nearly the same: a quarter of weeks and one of months."""
    if None in (one.first, one.last, other.first, other.last):
        return False
    first, last = max(one.first, other.first), min(one.last, other.last)  # type: ignore[type-var]
    longest = max(one.last - one.first, other.last - other.first)  # type: ignore[operator]
    return longest > _SHORT and (last - first) >= longest * _NEARLY  # type: ignore[operator]


def _value(report: Report, name: str) -> Any:  # noqa: ANN401  a field's value
    return report.occurred if name == "occurred" else getattr(report.payload, name)


def _is_assumed(name: str, fact: Drafted) -> bool:
    """Whether a time was not told beside the fact itself."""
    telling = ("the period is that",) if name == "period" else ("the period is that", "the day is")
    return any(doubt.startswith(telling) for doubt in fact.doubts) or _is_publication(name, fact)


def _is_publication(name: str, fact: Drafted) -> bool:
    """Whether no quote shows the time, so that the day of publication was taken."""
    return (
        name == "occurred"
        and "period" not in fact.fields
        and not any(char.isdigit() for at in fact.at for char in at.quote)
    )


def _share_content(one: _Kept, other: _Kept) -> bool:
    """Whether a figure is the same, or, where either has none, whatever else it states."""
    if not one.figures or not other.figures:
        reports = (one.report, other.report)
        return all(each.payload.identity(each.occurred or When.parse("..")) is not None for each in reports)
    return any(name in other.figures and figure.overlaps(other.figures[name]) for name, figure in one.figures.items())


def _weakness(each: _Kept) -> tuple[int, int]:
    """How many of its times, and what else, were taken for granted."""
    return len(each.assumed), len(each.fact.doubts)


def _joined(one: _Kept, other: _Kept) -> Drafted:
    """One fact with the fields and quotes of both; the times of the one that was told them."""
    fuller, lesser = (one.fact, other.fact) if _weakness(one) <= _weakness(other) else (other.fact, one.fact)
    fields: Mapping[str, Any] = {**lesser.fields, **fuller.fields, "key": one.fact.fields["key"]}
    return replace(
        fuller,
        fields=fields,
        at=tuple(dict.fromkeys((*one.fact.at, *other.fact.at))),
        sentence=one.fact.sentence,
        confidence=min(max(one.fact.confidence, other.fact.confidence) + _AGREES, _MOST),
    )
