"""Where a sentence begins to tell a fact, which of its figures it tells of it, and which it only compares with.

A figure belongs to the last trigger before it, or to the one that it stands right before ("5 million deliveries"). What
follows "compared with", "from" and the like is compared with, up to the end of that clause; a trigger that comes again
in there tells nothing new.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline.metrics import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.app.drafting.passages import Passage
    from timeline.cue import Cue
    from timeline.prose.spans import Printed

_CHANGED: Final = (
    r"up|down|rose|fell|increased?|decreased?|declined?|raised|cut|lowered|revised|improved|rising|falling|higher|lower|grew"
    r"|dropped|jumped|slid|slipped|narrowed|widened|%|percent|points?"
)
COMPARED: Final = re.compile(
    r"(?:\b(?:as\s)?compared\s(?:to|with)\b|\bversus\b|(?<!votes\s)(?<!voted\s)(?<!cast\s)(?<!\d\s)\bagainst\b(?!:)|\bvs\b\.?"
    rf"|\b(?:{_CHANGED})\sfrom\b"
    r"|(?<!effective\s)(?<!executive\s)(?<!officer\s)(?<!CEO\s)(?<!role\s)\bfrom(?!\s(?:continuing\s)?operations\b)(?=\s(?:[\w’'-]+\s){0,6}?[\d$€£¥₹])"
    r"|\bthan(?=\s(?:in\s|for\s|that\sof\s)?(?:the\s(?:same|prior|previous|year)|a\syear|last\syear)\b)"
    r"|\bfrom(?=.{0,60}\b(?:prior|previous|last|year|same)\b)"
    r"|\b(?:over|on)(?=\sthe\s(?:same|prior|previous)\b))",
    re.IGNORECASE,
)
"""Words behind which stands what a figure is compared with."""

_ENDS: Final = re.compile(
    r";|,\s(?:while|whereas|but)\b|\bto(?=\s(?:about\s|around\s|approximately\s|over\s|nearly\s)?(?:[A-Z]{2,3}\s?)?[$€£¥₹]?\s?\d)",
    re.IGNORECASE,
)
_PARTS: Final = re.compile(
    r";|,?\s(?:while|whereas|but|although|though|after|before|even\sas|beating|missing|topping|exceeding|surpassing"
    r"|ahead\sof)\b|\s[—–]\s|\sand\s(?=(?:now\s|also\s)?(?:expects?|aims?|plans?|targets?|forecasts?|sees|raised|cut|lowered"
    r"|lifted|said|confirmed|reaffirmed|reiterated)\b)",
    re.IGNORECASE,
)
_VIEW: Final = re.compile(
    r"\banalysts?\b|\bconsensus\b|\bwall\sstreet\b|\b(?:market|street)[’']?s?\s(?:expectations|estimates|forecasts)\b",
    re.IGNORECASE,
)
"""What a figure is compared with that is neither of another time nor of the company's own saying."""

_MAY: Final = re.compile(r"\bMay(?=,?\s\d)|(?<=\d\s)May\b|(?<=\b(?:in|of|by|on)\s)May\b")
"""The month, which is no verb."""

_PROFIT: Final = re.compile(r"^(?:net\s)?(?:profit|loss|earnings|income)$", re.IGNORECASE)
"""Names that texts use for one figure as it turns from a loss to a profit."""

_BEHIND: Final = 60
_NEXT_TO: Final = re.compile(
    r"\s*(?:of|in|for|worth of|as|units of)?\s*(?:the\s|its\s|an?\s)?"
    r"(?!(?:and|or|on|with|from|by|at|to|as)\b)[\w-]{0,14}\s?",
    re.IGNORECASE,
)


class Region(NamedTuple):
    """What a sentence tells of one fact.

    Attributes:
        passage: the sentence.
        cue: that found it.
        match: of its trigger.
        own: what is said of it, in order.
        compared: what it is compared with, in order.
        aside: what any fact of the sentence is compared with.
    """

    passage: Passage
    cue: Cue
    match: re.Match[str]
    own: tuple[Printed, ...]
    compared: tuple[Printed, ...]
    aside: tuple[Printed, ...] = ()


@lru_cache(maxsize=1 << 12)
def pattern(text: str) -> re.Pattern[str]:
    """A cue's pattern, compiled once."""
    return re.compile(text, re.IGNORECASE)


def regions(passage: Passage, cues: Sequence[Cue]) -> Iterator[Region]:
    """The facts of one kind that a sentence tells, in its order; `cues` are of that kind, those that go first first."""
    anchors = _anchors(passage, cues)
    if not anchors:
        return
    zones = _zones(passage.text, anchors)
    leading = [anchor for anchor in anchors if not _is_repeated(anchor, anchors, zones)]
    own: dict[int, list[Printed]] = {at: [] for at in range(len(leading))}
    compared: dict[int, list[Printed]] = {at: [] for at in range(len(leading))}
    views: list[Printed] = []
    for each in passage.printed:
        start, end = passage.place(each)
        owner = anchors[_owner(passage.text, start, end, anchors)]
        at = next((at for at, anchor in enumerate(leading) if _told(anchor) == _told(owner)), 0)
        at = leading.index(owner) if owner in leading else at
        zone = next((first for first, last in zones if first <= start < last), None)
        if zone is not None and _VIEW.search(passage.text, zone, start):
            views.append(each)
        else:
            (own if zone is None else compared)[at].append(each)
    aside = (*(each for printed in compared.values() for each in printed), *views)
    for at, (cue, match) in enumerate(leading):
        yield Region(passage, cue, match, tuple(own[at]), tuple(compared[at]), aside)


_Anchor = tuple["Cue", "re.Match[str]"]


def _anchors(passage: Passage, cues: Sequence[Cue]) -> list[_Anchor]:
    """The triggers that match, in the order of the sentence; of overlapping ones that of the earlier cue."""
    found: list[_Anchor] = []
    for cue in cues:
        if not all(pattern(about).search(passage.text) for about in cue.about):
            continue
        for match in pattern(cue.trigger).finditer(passage.text):
            overlaps = any(match.start() < other.end() and other.start() < match.end() for _, other in found)
            if not overlaps and _is_meant(cue, _window(passage.text, match)):
                found.append((cue, match))
    return sorted(found, key=lambda anchor: anchor[1].start())


def _is_meant(cue: Cue, words: str) -> bool:
    return not (cue.unless and pattern(cue.unless).search(words)) and (
        not cue.within or bool(pattern(cue.within).search(words))
    )


def _window(text: str, match: re.Match[str]) -> str:
    """The clause around a trigger: what another conjunction parts from it says nothing of it."""
    before = max((found.end() for found in _PARTS.finditer(text, 0, match.start())), default=0)
    behind = _PARTS.search(text, match.end())
    end = min(behind.start() if behind else len(text), match.end() + _BEHIND)
    return _MAY.sub("…", text[before:end])


def _zones(text: str, anchors: Sequence[_Anchor]) -> list[tuple[int, int]]:
    """The stretches in which the sentence compares; a new trigger, of something not yet spoken of, ends one."""
    found = []
    for marker in COMPARED.finditer(text):
        end = _ENDS.search(text, marker.end())
        last = end.start() if end else len(text)
        told = {_told(anchor) for anchor in anchors if anchor[1].start() < marker.start()}
        fresh = [
            match.start() for cue, match in anchors if match.start() > marker.end() and _told((cue, match)) not in told
        ]
        found.append((marker.start(), min([last, *fresh])))
    return found


def _told(anchor: _Anchor) -> tuple[object, ...]:
    """What an anchor speaks of: its cue's fields and what its trigger takes, of whatever segment and basis."""
    cue, match = anchor
    fields = {**cue.fixed, **{name: words or "" for name, words in match.groupdict().items()}}
    metric = _PROFIT.sub("profit", canonical(fields.pop("metric", "")))
    return (metric.casefold(), *(each for each in sorted(fields.items()) if each[0] not in {"segment", "basis"}))


def _is_repeated(anchor: _Anchor, anchors: Sequence[_Anchor], zones: Sequence[tuple[int, int]]) -> bool:
    start = anchor[1].start()
    before = (other for other in anchors if other[1].start() < start)
    return any(first <= start < last for first, last in zones) and any(
        _told(other) == _told(anchor) for other in before
    )


def _owner(text: str, start: int, end: int, anchors: Sequence[_Anchor]) -> int:
    """The number of the anchor that a figure belongs to."""
    for at, (_, match) in enumerate(anchors):
        touches = match.start() < end and start < match.end()
        if touches or (end <= match.start() and _NEXT_TO.fullmatch(text[end : match.start()])):
            return at
    return max((at for at, (_, match) in enumerate(anchors) if match.start() <= start), default=0)
