"""Results: what a company achieved in a period, as reported, restated figures beside the first ones."""

from timeline.topic import Topic
from timeline.topics.results.checks import RULES, check, claim
from timeline.topics.results.cues import CUES
from timeline.topics.results.payloads import Reported
from timeline.topics.results.section import LAYOUT, present, project

__all__ = ["TOPIC", "Reported"]

TOPIC = Topic(
    layout=LAYOUT,
    payloads=(Reported,),
    project=project,
    present=present,
    rules=RULES,
    check=check,
    claim=claim,
    cues=CUES,
)
