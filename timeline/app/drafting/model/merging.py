"""Brings a model's facts together with those that were drafted without one.

What both say makes a fact surer; what they say otherwise is told as a doubt on the fact that was drafted without, since
that one follows from rules that a person can read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from timeline.dates import When
from timeline.event import printed
from timeline.intake.proposed import proposed
from timeline.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.app.drafting.drafted import Drafted
    from timeline.app.drafting.model.question import Question
    from timeline.event import Report

_AGREES: Final = 15
_DIFFERS: Final = 10
_MOST: Final = 95
_LEAST: Final = 5
_ASIDE: Final = frozenset(("key", "kind", "company", "at", "note"))
_REGISTERS: Final = "company."


class _Pair:
    """A fact with the report that it amounts to."""

    def __init__(self, fact: Drafted, question: Question) -> None:
        report = proposed(fact.fields, question.source_id, question.currency)
        self.fact = fact
        self.report: Report | None = None if isinstance(report, tuple) else report
        self.figures = dict(self.report.payload.figures()) if self.report else {}
        self.identity = _identity(self.report) if self.report else None


def merged(offline: Sequence[Drafted], proposals: Iterable[Drafted], question: Question) -> tuple[Drafted, ...]:
    """All facts, each once: registrations of companies first, then in the order of the text."""
    standing = [_Pair(fact, question) for fact in offline]
    added: list[_Pair] = []
    for fact in proposals:
        pair = _Pair(fact, question)
        if (at := _twin(pair, standing)) is not None:
            standing[at] = _Pair(_told_again(standing[at], pair, question), question)
        elif not any(_are_one(pair, other) and not any(_differences(other, pair)) for other in added):
            added.append(pair)
    keys = {str(pair.fact.fields.get("key")) for pair in standing}
    facts = [pair.fact for pair in standing] + [_keyed(pair.fact, keys) for pair in added]
    return tuple(sorted(facts, key=_place))


def _place(fact: Drafted) -> tuple[int, int, int]:
    if fact.kind.startswith(_REGISTERS):
        return 0, 0, 0
    return 1, fact.sentence.paragraph, fact.sentence.start


def _keyed(fact: Drafted, taken: set[str]) -> Drafted:
    """With a key of its own, which tells that a model proposed it."""
    stem = f"{fact.kind.replace('.', '-')}-proposed"
    number = 1
    while (key := f"{stem}-{number}") in taken:
        number += 1
    taken.add(key)
    return replace(fact, fields={**fact.fields, "key": key})


def _twin(pair: _Pair, others: Sequence[_Pair]) -> int | None:
    """The place of the fact that tells of the same; None where none does."""
    return next((at for at, other in enumerate(others) if _are_one(pair, other)), None)


def _are_one(one: _Pair, other: _Pair) -> bool:
    """Whether both tell of the same: of one kind and company, and of one figure, one occurrence, or one place."""
    mine, yours = one.report, other.report
    if mine is None or yours is None or (mine.kind, mine.company) != (yours.kind, yours.company):
        return False
    has_same = any(name in other.figures and _same(figure, other.figures[name]) for name, figure in one.figures.items())
    if has_same or not (one.figures or other.figures):
        return _share_quote(one.fact, other.fact)
    return one.identity is not None and one.identity == other.identity


def _share_quote(one: Drafted, other: Drafted) -> bool:
    """Whether a quote of the one is one of the other, or a part of it."""
    return any(
        mine.paragraph == yours.paragraph and (mine.quote in yours.quote or yours.quote in mine.quote)
        for mine in one.at
        for yours in other.at
    )


def _identity(report: Report) -> Any:  # noqa: ANN401  compared only
    found = report.payload.identity(report.occurred or When.parse("../9999"))
    if found is None or None in found.dims:
        return None
    return found.dims, found.when and (found.when.first, found.when.last)


def _told_again(standing: _Pair, pair: _Pair, question: Question) -> Drafted:
    """The fact that stands, with what the model says beside it and otherwise."""
    fact = standing.fact
    if others := tuple(_differences(standing, pair)):
        confidence = max(fact.confidence - _DIFFERS, _LEAST)
        return replace(fact, confidence=confidence, doubts=tuple(dict.fromkeys((*fact.doubts, *others))))
    surer = replace(fact, confidence=min(max(fact.confidence, pair.fact.confidence) + _AGREES, _MOST))
    fuller = _filled_up(surer, pair.fact)
    # Fields that each pass may not go together.
    return surer if isinstance(proposed(fuller.fields, question.source_id, question.currency), tuple) else fuller


def _filled_up(fact: Drafted, again: Drafted) -> Drafted:
    more = {name: value for name, value in again.fields.items() if name not in fact.fields}
    told = tuple(f"{name} is the model's" for name in more)
    return replace(
        fact,
        fields={**fact.fields, **more},
        at=tuple(dict.fromkeys((*fact.at, *again.at))) if more else fact.at,
        doubts=tuple(dict.fromkeys((*fact.doubts, *told))),
    )


def _differences(standing: _Pair, pair: _Pair) -> Iterator[str]:
    for name in standing.fact.fields:
        if name in _ASIDE or name not in pair.fact.fields:
            continue
        mine, yours = _value(standing, name), _value(pair, name)
        if not _same(mine, yours):
            yield f"or {name}: {printed(yours)} (the model)"


def _value(pair: _Pair, name: str) -> object:
    report = pair.report
    return getattr(report, name) if hasattr(report, name) else getattr(report and report.payload, name, None)


def _same(one: object, other: object) -> bool:
    match one, other:
        case Quantity(), Quantity():
            return (one.bounds, one.unit) == (other.bounds, other.unit)
        case When(), When():
            return one.same_days(other)
        case str(), str():
            return one.casefold() == other.casefold()
        case _:
            return one == other
