"""The words by which a text reports how shareholders vote."""

from __future__ import annotations

from typing import Final

from timeline.cue import Cue, Slot
from timeline.topics.governance.payloads import Held

_OUTCOME: Final = {
    "failed": r"\b(?:rejected|defeated|fail(?:ed|s)|not\s(?:approved|passed|carried|adopted))\b",
    "passed": r"\b(?:approved|passed|carried|adopted|ratified|elected|re-elected)\b",
}
_ITEM: Final = (
    r"(?:re-?election|election|ratification|approval|adoption|appointment|re-?appointment|amendment"
    r"|proposal|resolution)"
)


def _counted(field: str, words: str, lead: str) -> tuple[Slot, ...]:
    """Where the votes of one sort stand: before their name or behind it."""
    return (
        Slot(field=field, inside=rf"\b(?:{words})$"),
        Slot(field=field, after=rf"(?:(?:votes?|shares)\s)?(?:were\s|was\s)?(?:cast\s|voted\s)?[“\"]?(?:{words})\b"),
        Slot(field=field, before=rf"\b(?:{lead})(?:\s(?:votes|was|were))?"),
    )


_VOTES: Final = (
    *_counted("broker_non_votes", r"broker\snon-?votes?", r"broker\snon-?votes?"),
    *_counted("abstained", r"abst(?:entions?|ain(?:ed|ing)?)", r"abst(?:entions?|ain(?:ed|ing)?)"),
    *_counted("withheld", r"withheld", r"withheld"),
    *_counted("votes_against", r"against", r"(?:votes?\s(?:cast\s)?)?against"),
    *_counted(
        "votes_for", r"(?:in\s(?:its\s)?favou?r|for)", r"(?:votes?\s(?:cast\s)?)(?:in\sfavou?r|for)|^for|[;:,]\sfor"
    ),
)
BALLOTS: Final = tuple(
    Cue(
        payload=Held,
        trigger=trigger,
        within=r"\bvot(?:es?|ed|ing)\b",
        words={"outcome": _OUTCOME},
        slots=_VOTES,
        never=("votes_for", "votes_against", "withheld", "abstained", "broker_non_votes"),
        confidence=70,
    )
    for trigger in (
        (
            rf"\b(?P<item>{_ITEM}\s(?:of|to|on|for)\s[^.;:()]{{3,140}}?)(?=,?\s(?:was|were|has\sbeen|received"
            r"|with|by|passed|failed)\b|\s?[(:])"
        ),
        (
            r"\b(?:share|stock)holders\s(?:also\s|have\s|had\s)?(?:approved|rejected|ratified|adopted|elected"
            r"|re-elected)\s(?P<item>[^.;:()]{3,140}?)(?=,?\s(?:with|by)\s\d|\s?[(:])"
        ),
    )
)
