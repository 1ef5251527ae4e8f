"""Investments: what a company plans to spend on a purpose over years, and what it did spend in the years before."""

from timeline.topic import Topic
from timeline.topics.investments.claims import claim
from timeline.topics.investments.cues import CUES
from timeline.topics.investments.grounds import grounds
from timeline.topics.investments.payloads import Made, Planned
from timeline.topics.investments.plans import project
from timeline.topics.investments.section import LAYOUT, present

__all__ = ["TOPIC", "Made", "Planned"]

TOPIC = Topic(
    layout=LAYOUT,
    payloads=(Planned, Made),
    project=project,
    present=present,
    claim=claim,
    grounds=grounds,
    cues=CUES,
)
