"""Products: what is planned, launched and sold, when, at what price, and against whom."""

from timeline.topic import Topic
from timeline.topics.products.cues import CUES
from timeline.topics.products.grounds import grounds
from timeline.topics.products.milestones import project
from timeline.topics.products.payloads import Described, Specification, Staged
from timeline.topics.products.section import LAYOUT, present

__all__ = ["TOPIC", "Described", "Specification", "Staged"]

TOPIC = Topic(layout=LAYOUT, payloads=(Staged, Described), project=project, present=present, grounds=grounds, cues=CUES)
