"""The words by which a text reports who takes or leaves an office, what people are paid, and how shareholders vote."""

from __future__ import annotations

from typing import Final

from timeline.topics.governance.awards import AWARDS
from timeline.topics.governance.ballots import BALLOTS
from timeline.topics.governance.officers import OFFICERS

CUES: Final = (*OFFICERS, *AWARDS, *BALLOTS)
