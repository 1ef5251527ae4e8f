"""Stock Connect, the link between the exchanges of Hong Kong and of the mainland, and the direction of its money.

Directions are told from the mainland: its money runs southbound into listings of Hong Kong, foreign money runs
northbound into listings of Shanghai and Shenzhen, whether shares are bought or sold.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from timeline.check import Rule
from timeline.claim import Flowed, Listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.check import Verdict
    from timeline.claim import Claim
    from timeline.dates import When

Direction: TypeAlias = Literal["Northbound", "Southbound"]

RULE: Final = Rule(
    name="connect-direction",
    severity="error",
    compares="the direction of a Stock Connect channel with the exchanges that the company is listed on",
    assumes="all its listings in Hong Kong, Shanghai and Shenzhen are on record",
)
RULES: Final = (RULE,)

LINKED: Final = ("XHKG", "XSHG")
"""The exchanges that must both be open; Shenzhen keeps the days of Shanghai."""

LINKED_SINCE: Final = date(2023, 4, 24)
"""From this day on the link trades on all days on which both sides do; before, it also paused where money could not be
settled."""

_PLACES: Final = {"XHKG": "Hong Kong", "XSHG": "Shanghai", "XSHE": "Shenzhen"}
_WORDS: Final[dict[Direction, str]] = {
    "Northbound": "north-?bound|北向|[沪滬深]股通",
    "Southbound": "south-?bound|南向|港股通",
}
# 沪港通, 深港通: Shanghai and Shenzhen with Hong Kong; 互联互通: the link as a whole.
_LINK: Final = re.compile("stock[ -]connect|[沪滬深]港通|互[联聯]互通|[沪滬深港]股通", re.IGNORECASE)
# Without the link's name the direction must stand alone: there are Bond, Swap and Wealth Management Connects too.
_ALONE: Final = re.compile(
    f"(?:net )?(?:{'|'.join(_WORDS.values())})"
    "(?: ?(?:net|buying|capital|channel|flows?|funds?|inflows?|investors?|money|outflows?|trading|trades?|资金|資金))*",
    re.IGNORECASE,
)


def is_linked(channel: str) -> bool:
    """Whether a channel, as printed, is Stock Connect."""
    return bool(_LINK.search(channel) or _ALONE.fullmatch(channel.strip()))


def direction(channel: str) -> Direction | None:
    """Which way a channel of Stock Connect runs; None where it does not say, says both, or is none."""
    told = [way for way, words in _WORDS.items() if re.search(words, channel, re.IGNORECASE)]
    return told[0] if len(told) == 1 and is_linked(channel) else None


def check_connect(claims: Sequence[Claim]) -> Iterator[Verdict]:
    """A verdict for each channel that names a direction, of a company that is listed on one side only."""
    listings = [claim for claim in claims if isinstance(claim, Listed) and claim.venue in _PLACES]
    channels: dict[tuple[str, str], list[Flowed]] = defaultdict(list)
    for claim in claims:
        if isinstance(claim, Flowed) and direction(claim.channel) and (place := _one_side(listings, claim)):
            channels[claim.channel.casefold(), place].append(claim)
    for (_, place), flows in sorted(channels.items()):
        right: Direction = "Southbound" if place == _PLACES["XHKG"] else "Northbound"
        yield RULE.passed() if direction(flows[0].channel) == right else _found(flows, place, right)


def _one_side(listings: Iterable[Listed], flow: Flowed) -> str:
    """The place that a company may have been listed at when money flowed; empty for both sides, or for neither."""
    venues = {listing.venue for listing in listings if _may_overlap(listing.valid, flow.occurrence.occurred)}
    if "XHKG" in venues:
        return _PLACES["XHKG"] if len(venues) == 1 else ""
    return " and ".join(_PLACES[venue] for venue in sorted(venues, reverse=True))


def _may_overlap(valid: When | None, occurred: When) -> bool:
    return valid is None or valid.overlaps(occurred)


def _found(flows: Sequence[Flowed], place: str, right: Direction) -> Verdict:
    money = "mainland" if right == "Southbound" else "foreign"
    return RULE.found(
        f"prints {flows[0].channel} for a share listed in {place} only; {money} money into {place} runs {right}",
        *(flow.occurrence for flow in flows),
        topic=flows[0].topic,
        events=(report.id for flow in flows for report in flow.occurrence.reports),
    )
