"""Grounds: the reports behind the sums of a channel, beside its latest session."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.topic import Grounds, Occurrences
    from timeline.topics.market.projection import Market

_REPORTED = ("sum", "sum_sessions", "sum_as_of", "sum_event")
_ITEMISED = ("itemised", "itemised_sessions")


def grounds(state: Market) -> Grounds:
    """Of each channel the report of its latest sum, and the sessions that are added up."""
    found: dict[str, Occurrences] = {}
    for number, channel in enumerate(state.channels):
        stated = (channel.cumulative,) if channel.cumulative else ()
        found |= {f"flows[{number}].{column}": stated for column in _REPORTED}
        found |= {f"flows[{number}].{column}": channel.sessions for column in _ITEMISED}
    return found
