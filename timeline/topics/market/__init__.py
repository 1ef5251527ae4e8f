"""The market in a company's shares: prices, flows of money, large trades, and the exchange rates that sources use."""

from timeline.topic import Topic
from timeline.topics.market.checks import RULES, check
from timeline.topics.market.claims import claim
from timeline.topics.market.cues import CUES
from timeline.topics.market.grounds import grounds
from timeline.topics.market.payloads import Flow, Observed, Rate, Trade
from timeline.topics.market.projection import project
from timeline.topics.market.section import LAYOUT, present

__all__ = ["TOPIC", "Flow", "Observed", "Rate", "Trade"]

TOPIC = Topic(
    layout=LAYOUT,
    payloads=(Observed, Flow, Trade, Rate),
    project=project,
    present=present,
    grounds=grounds,
    rules=RULES,
    check=check,
    claim=claim,
    cues=CUES,
)
