"""Whether the outcome of a vote can be that of its votes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timeline.check import Rule, below, stated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.check import Verdict
    from timeline.occurrence import Occurrence
    from timeline.topics.governance.payloads import Held
    from timeline.topics.governance.section import Governance
    from timeline.values import Quantity

VOTE_OUTCOME: Final = Rule(
    name="vote-outcome",
    severity="warning",
    compares="the outcome of a vote with the votes for and against",
    assumes="what passes has no fewer votes for than against; how many more it needs is not known",
)


def check(state: Governance) -> Iterator[Verdict]:
    """Each outcome of a vote against the votes."""
    for item in state.votes:
        vote = item.payload
        if vote.outcome and vote.votes_against:
            yield _outcome(item, vote.votes_against)


def _outcome(item: Occurrence[Held], against: Quantity) -> Verdict:
    vote = item.payload
    if vote.outcome != "passed" or not below(vote.votes_for.bounds, against.bounds):
        return VOTE_OUTCOME.passed()
    what = f"{vote.item} passed with {vote.votes_for.printed} votes for and {against.printed} against"
    figures = (stated("votes for", vote.votes_for, item.id), stated("votes against", against, item.id))
    return VOTE_OUTCOME.found(what, item, topic="governance", figures=figures)
