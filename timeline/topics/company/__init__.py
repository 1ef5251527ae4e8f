"""The company itself: its names, identifiers and registration, and what sources state of it."""

from timeline.topic import Topic
from timeline.topics.company.claims import claim
from timeline.topics.company.grounds import grounds
from timeline.topics.company.payloads import Identified, Merged, Registered, Renamed, Stated
from timeline.topics.company.profile import IndexEntry, index_names, project
from timeline.topics.company.section import LAYOUT, present
from timeline.topics.company.tickers import displayed, spellings

__all__ = [
    "TOPIC",
    "Identified",
    "IndexEntry",
    "Merged",
    "Registered",
    "Renamed",
    "Stated",
    "displayed",
    "index_names",
    "spellings",
]

TOPIC = Topic(
    layout=LAYOUT,
    payloads=(Registered, Identified, Renamed, Merged, Stated),
    project=project,
    present=present,
    grounds=grounds,
    claim=claim,
)
