"""Grounds: the reports behind a rating that later ones left as it was, and behind changes in percent."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from timeline.topics.analysts.views import line

if TYPE_CHECKING:
    from timeline.topic import Grounds, Occurrences
    from timeline.topics.analysts.views import House, Views


def grounds(state: Views) -> Grounds:
    """What is in force of each house, and what each forecast and target price is compared with."""
    found: dict[str, Occurrences] = {}
    for number, house in enumerate(state.houses):
        found |= _house(f"ratings[{number}]", house)
    for number, (before, item) in enumerate(pairwise(state.forecasts), start=1):
        found[f"forecasts[{number}].change_percent"] = (before,) if line(before) == line(item) else ()
    return found


def _house(place: str, house: House) -> dict[str, Occurrences]:
    told = [item for item in house.ratings if not item.fits]
    rated = [item for item in told if item.payload.rating]
    priced = [item for item in house.ratings if item.payload.target_price]
    found: dict[str, Occurrences] = {
        f"{place}.by": house.ratings[-1:],
        f"{place}.rating": tuple(rated[-1:]),
        **dict.fromkeys(
            (f"{place}.target_price", f"{place}.currency"), tuple(item for item in priced if item in told)[-1:]
        ),
    }
    for number, item in enumerate(house.ratings):
        before = [other for other in priced if other in house.ratings[:number]]
        found[f"{place}.history[{number}].change_percent"] = (*before[-1:], item)
    return found
