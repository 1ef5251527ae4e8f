"""Screens: questions asked of all companies at once, answered from the read models.

They know what the sections hold by the names of tables and columns only, so that asking needs no topic.
"""

from timeline.app.screen.ask import screen
from timeline.app.screen.question import TAKES, Question

__all__ = ["TAKES", "Question", "screen"]
