"""Of which company a sentence speaks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from timeline.app.drafting.anchors import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.app.drafting.anchors import Region
    from timeline.app.drafting.passages import Passage

_ANAPHORA: Final = re.compile(
    r"(?:it|its|the\s(?:company|firm|group|carmaker|automaker|unit|deal|transaction|programme))\b", re.IGNORECASE
)


def whose(region: Region, before: Iterable[Passage], own: str) -> str:
    """Of whom the sentence speaks: who is named before the trigger, the text's own company first, else by "it"."""
    passage = region.passage
    concerned = _concerned(region)
    if concerned:
        return own if own in concerned else concerned[0]
    taken = bool(region.cue.others)
    named = [each.slug for each in passage.mentions if passage.place(each)[1] <= region.match.start()]
    if named and not taken:
        return own if own in named else named[0]
    if _ANAPHORA.match(passage.text):
        told = [each.slug for earlier in before for each in earlier.mentions[:1]]
        return told[0] if told else own
    return own


def _concerned(region: Region) -> list[str]:
    """The companies that what the trigger tells is done to."""
    passage, words = region.passage, region.cue.concerns
    told = pattern(rf"(?:{words})\W*$")
    named = passage.mentions if words else ()
    return [
        each.slug
        for each in named
        if passage.place(each)[0] > region.match.start() and told.search(passage.before(each))
    ]
