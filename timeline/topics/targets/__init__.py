"""Targets: what a company wants to reach in a period, how it was revised, and what came of it."""

from timeline.topic import Topic
from timeline.topics.results import Reported
from timeline.topics.targets.checks import RULES, check, claim
from timeline.topics.targets.cues import CUES
from timeline.topics.targets.grounds import grounds
from timeline.topics.targets.payloads import Set
from timeline.topics.targets.revisions import project
from timeline.topics.targets.section import LAYOUT, present

__all__ = ["TOPIC", "Set"]

TOPIC = Topic(
    layout=LAYOUT,
    payloads=(Set,),
    uses=(Reported,),
    project=project,
    present=present,
    rules=RULES,
    check=check,
    claim=claim,
    grounds=grounds,
    cues=CUES,
)
