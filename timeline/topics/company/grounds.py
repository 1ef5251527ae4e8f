"""Grounds: the reports behind the fields of a profile, and behind the days of a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.topics.company.section import REGISTERED

if TYPE_CHECKING:
    from timeline.topic import Grounds, Occurrences
    from timeline.topics.company.profile import Profile


def grounds(state: Profile) -> Grounds:
    """The name, the properties of the registration, the companies that are one; the names, which end one another."""
    found: dict[str, Occurrences] = {
        "name": (*(state.names[-1].item,), *state.mergers) if state.names else (),
        "merged_into": state.mergers,
        **{field: _stating(state, field) for field in REGISTERED},
    }
    every = (*(name.item for name in state.names), *state.registered, *state.mergers)
    return found | {f"names[{number}].{column}": every for number in range(len(state.names)) for column in _RELATIVE}


_RELATIVE = ("first", "last", "current")
"""What one name owes to the others."""


def _stating(state: Profile, field: str) -> Occurrences:
    """The registration that a property comes from, and the mergers that set it before others."""
    stated = (
        item for item in reversed(state.registered) if any(getattr(report.payload, field) for report in item.reports)
    )
    return (*tuple(stated)[:1], *state.mergers)
