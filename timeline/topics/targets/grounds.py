"""Grounds: the statements and outcomes behind what is worked out of a target."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.occurrence import Occurrence
    from timeline.topic import Grounds, Occurrences
    from timeline.topics.targets.payloads import Set
    from timeline.topics.targets.revisions import Target


def grounds(state: Sequence[Target]) -> Grounds:
    """The status, the outcome and the changes in percent of each target."""
    found: dict[str, Occurrences] = {}
    for number, target in enumerate(state):
        found |= _target(f"targets[{number}]", target)
    return found


def _target(place: str, target: Target) -> dict[str, Occurrences]:
    outcome = (target.outcome,) if target.outcome else ()
    last, first = _stated(target)[-1:], _stated(target)[:1]
    against = (*(target.revisions[-1:] or target.mentions), *outcome)
    return {
        place: (*target.revisions, *target.mentions, *outcome),
        f"{place}.status": (*last, *against),
        f"{place}.unit": last or against,
        f"{place}.outcome_printed": against,
        f"{place}.outcome_on_last_percent": (*last, *outcome),
        f"{place}.outcome_on_first_percent": (*first, *outcome),
        **_revisions(place, target),
        f"{place}.outcome[0]": against,
        f"{place}.outcome[0].change_percent": (*last, *outcome),
        f"{place}.outcome[0].change_on_first_percent": (*first, *outcome),
        **{f"{place}.mentions[{number}]": target.revisions for number, _ in enumerate(target.mentions)},
    }


def _revisions(place: str, target: Target) -> dict[str, Occurrences]:
    """For each revision the one with a figure before it, and the first one."""
    found: dict[str, Occurrences] = {}
    for number, item in enumerate(target.revisions):
        before = [other for other in _stated(target) if other in target.revisions[:number]]
        if before:
            found[f"{place}.revisions[{number}].change_percent"] = _from(target, before[-1], item)
            found[f"{place}.revisions[{number}].change_on_first_percent"] = _from(target, before[0], item)
    return found


def _from(target: Target, start: Occurrence[Set], end: Occurrence[Set]) -> Occurrences:
    """Two revisions; of unsure days also those between them, which tell that the later one repeats no other."""
    if start.counts or end.counts:
        return start, end
    return target.revisions[target.revisions.index(start) : target.revisions.index(end) + 1]


def _stated(target: Target) -> tuple[Occurrence[Set], ...]:
    """The revisions that state a figure."""
    return tuple(item for item in target.revisions if item.payload.value)
