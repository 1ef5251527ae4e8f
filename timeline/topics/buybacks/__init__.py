"""Buybacks: what may be bought back, what was, and what a company says it has bought in all."""

from timeline.topic import Topic
from timeline.topics.buybacks.checks import RULES, check, claim
from timeline.topics.buybacks.cues import CUES
from timeline.topics.buybacks.grounds import grounds
from timeline.topics.buybacks.layout import LAYOUT
from timeline.topics.buybacks.payloads import Authorised, Executed, Totalled
from timeline.topics.buybacks.programmes import project
from timeline.topics.buybacks.section import present

__all__ = ["TOPIC", "Authorised", "Executed", "Totalled"]

TOPIC = Topic(
    layout=LAYOUT,
    payloads=(Authorised, Executed, Totalled),
    project=project,
    present=present,
    rules=RULES,
    check=check,
    claim=claim,
    grounds=grounds,
    cues=CUES,
)
