"""Brings together what a text says twice: the title and the body, a figure and the sentence that repeats it.

Two drafted facts are one where they are of one kind and company, no field of the one gainsays the other, and they share
a figure; a time that was only taken for granted gives way to one that is printed.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

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
_ASIDE: Final = frozenset(("key", "said_by", "confirmed", "parties", "note"))


def merged(facts: Iterable[Drafted], ground: Ground) -> tuple[Drafted, ...]:
    """The facts in their order, each once; what a sentence of its own says of before goes into what replaced it."""
    kept: list[tuple[Drafted, Report]] = []
    for fact in facts:
        report = proposed(fact.fields, ground.source, ground.currency)
        assert not isinstance(report, tuple)  # noqa: S101  it was accepted before
        if _EARLIER in fact.fields and "metric" in fact.fields and "value" not in fact.fields:
            _complete(kept, fact, report, ground)
            continue
        for at, (other, standing) in enumerate(kept):
            if _are_one((other, standing), (fact, report)):
                joined = _joined(other, fact)
                again = proposed(joined.fields, ground.source, ground.currency)
                if not isinstance(again, tuple):
                    kept[at] = (joined, again)
                    break
        else:
            kept.append((fact, report))
    return tuple(fact for fact, _ in kept)


def _complete(kept: list[tuple[Drafted, Report]], earlier: Drafted, report: Report, ground: Ground) -> None:
    """Let the last fact of the same subject that replaced it say what was before."""
    for at, (fact, standing) in reversed(list(enumerate(kept))):
        alike = (fact.kind, fact.fields["company"]) == (earlier.kind, earlier.fields["company"]) and all(
            fact.fields.get(name) == earlier.fields.get(name) for name in _SUBJECT
        )
        units = {quantity.unit for _, quantity in (*standing.payload.figures(), *report.payload.figures())}
        if alike and len(units) == 1 and _EARLIER not in fact.fields:
            fields = {**fact.fields, _EARLIER: earlier.fields[_EARLIER]}
            again = proposed(fields, ground.source, ground.currency)
            if not isinstance(again, tuple):
                kept[at] = (replace(fact, fields=fields, at=tuple(dict.fromkeys((*fact.at, *earlier.at)))), again)
            return


def _are_one(one: tuple[Drafted, Report], other: tuple[Drafted, Report]) -> bool:
    (first, report), (second, again) = one, other
    if (report.kind, report.company) != (again.kind, again.company):
        return False
    shared = [name for name in first.fields if name in second.fields and name not in _ASIDE]
    return all(_agree(name, one, other) for name in shared) and _share_content(report, again)


def _agree(name: str, one: tuple[Drafted, Report], other: tuple[Drafted, Report]) -> bool:
    (first, report), (second, again) = one, other
    if name in _TIMES and (_is_assumed(name, first) or _is_assumed(name, second)):
        return True
    mine, yours = _value(report, name), _value(again, name)
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
    return getattr(report, name) if name in ("kind", "company", "occurred") else getattr(report.payload, name)


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


def _share_content(report: Report, again: Report) -> bool:
    """Whether a figure is the same, or, where either has none, whatever else it states."""
    mine, yours = dict(report.payload.figures()), dict(again.payload.figures())
    if not mine or not yours:
        return all(each.payload.identity(each.occurred or When.parse("..")) is not None for each in (report, again))
    return any(name in yours and quantity.overlaps(yours[name]) for name, quantity in mine.items())


def _weakness(fact: Drafted) -> tuple[int, int]:
    """How many of its times, and what else, were taken for granted."""
    return sum(_is_assumed(name, fact) for name in _TIMES if name in fact.fields), len(fact.doubts)


def _joined(one: Drafted, other: Drafted) -> Drafted:
    """One fact with the fields and quotes of both; the times of the one that was told them."""
    fuller, lesser = (one, other) if _weakness(one) <= _weakness(other) else (other, one)
    fields: Mapping[str, Any] = {**lesser.fields, **fuller.fields, "key": one.fields["key"]}
    return replace(
        fuller,
        fields=fields,
        at=tuple(dict.fromkeys((*one.at, *other.at))),
        sentence=one.sentence,
        confidence=min(max(one.confidence, other.confidence) + _AGREES, _MOST),
    )
