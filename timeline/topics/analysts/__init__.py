"""Analysts: what houses rate, forecast and expect; never what the company itself says."""

from timeline.topic import Topic
from timeline.topics.analysts.checks import RULES, check, claim
from timeline.topics.analysts.cues import CUES
from timeline.topics.analysts.grounds import grounds
from timeline.topics.analysts.payloads import Forecast, Opinion, Rating
from timeline.topics.analysts.section import LAYOUT, present
from timeline.topics.analysts.views import project

__all__ = ["TOPIC", "Forecast", "Opinion", "Rating"]

TOPIC = Topic(
    layout=LAYOUT,
    payloads=(Rating, Forecast, Opinion),
    project=project,
    present=present,
    rules=RULES,
    check=check,
    claim=claim,
    grounds=grounds,
    cues=CUES,
)
