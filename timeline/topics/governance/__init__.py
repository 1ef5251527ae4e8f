"""Governance: who runs the company, what they are paid, and how its shareholders vote."""

from timeline.topic import Topic
from timeline.topics.governance.checks import VOTE_OUTCOME, check
from timeline.topics.governance.cues import CUES
from timeline.topics.governance.payloads import Awarded, Changed, Held
from timeline.topics.governance.section import LAYOUT, present, project

__all__ = ["TOPIC", "Awarded", "Changed", "Held"]

TOPIC = Topic(
    layout=LAYOUT,
    payloads=(Changed, Awarded, Held),
    project=project,
    present=present,
    rules=(VOTE_OUTCOME,),
    check=check,
    cues=CUES,
)
