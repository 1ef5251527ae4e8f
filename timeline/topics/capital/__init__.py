"""Capital: how many shares there are of each class, and what changed their number."""

from timeline.topic import Topic
from timeline.topics.capital.checks import RULES, check, claim
from timeline.topics.capital.classes import project
from timeline.topics.capital.cues import CUES
from timeline.topics.capital.layout import LAYOUT
from timeline.topics.capital.payloads import Changed, Reported
from timeline.topics.capital.section import present

__all__ = ["TOPIC", "Changed", "Reported"]

TOPIC = Topic(
    layout=LAYOUT,
    payloads=(Reported, Changed),
    project=project,
    present=present,
    rules=RULES,
    check=check,
    claim=claim,
    cues=CUES,
)
