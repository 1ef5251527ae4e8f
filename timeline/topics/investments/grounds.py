"""Grounds: the amounts that a plan is held against, which other rows report."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.topic import Grounds, Occurrences
    from timeline.topics.investments.plans import Investments


def grounds(state: Investments) -> Grounds:
    """Of each plan what was spent in the period before, and in its own."""
    found: dict[str, Occurrences] = {}
    for number, plan in enumerate(state.plans):
        before = (plan.before,) if plan.before else ()
        for column in ("change_percent", "before_period", "before_printed"):
            found[f"plans[{number}].{column}"] = before
        found[f"plans[{number}].made_printed"] = (plan.made,) if plan.made else ()
    return found
