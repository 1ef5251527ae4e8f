"""Affairs: incidents, what authorities do, and deals with others."""

from timeline.topic import Topic
from timeline.topics.affairs.cues import CUES
from timeline.topics.affairs.payloads import Acted, Deal, Incident
from timeline.topics.affairs.section import LAYOUT, grounds, present, project

__all__ = ["TOPIC", "Acted", "Deal", "Incident"]

TOPIC = Topic(
    layout=LAYOUT,
    payloads=(Incident, Acted, Deal),
    project=project,
    present=present,
    grounds=grounds,
    cues=CUES,
)
