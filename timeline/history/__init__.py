"""From reports to occurrences: everything that happens to events before a topic sees them. Pure.

The one place that knows clocks, corrections, identity, rank and independence, so that topics stay simple.
"""

from timeline.history.clock import Clock
from timeline.history.stream import stream
from timeline.history.visible import recorded_sources, visible

__all__ = ["Clock", "recorded_sources", "stream", "visible"]
