"""A text of a made-up company, and a model to ask about it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from timeline.app.drafting.model.address import endpoint
from timeline.app.drafting.model.question import Known, Question
from timeline.app.drafting.model.settings import Secret, Settings
from timeline.prose.finder import found
from timeline.prose.text import text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    Ask = Callable[..., Question]
    Set = Callable[..., Settings]

KEY = "a-key-that-nobody-may-see"

TEXT = """\
Halden lifts its 2026 goal
On January 8, Halden bought back 1.25 million shares for about HKD 52.5 million. Berg Motors sold 300 cars.
Chief executive Ada Lund now targets 90,000 deliveries in 2026, more than 80,000 having been delivered in 2025.
Costs fell 5% and prices rose 5%. The “Fjord” van costs HKD 210,000 and comes by the end of 2026.
"""
PUBLISHED = dt.date(2026, 1, 9)

BOUGHT: dict[str, Any] = {
    "kind": "buyback.executed",
    "company": "halden",
    "occurred": "2026-01-08",
    "shares": "1.25 million",
    "value": "about HKD 52.5 million",
    "at": [
        {"paragraph": 2, "quote": "January 8"},
        {"paragraph": 2, "quote": "1.25 million shares"},
        {"paragraph": 2, "quote": "HKD 52.5 million"},
    ],
}
TARGET: dict[str, Any] = {
    "kind": "target.set",
    "company": "halden",
    "occurred": "2026-01-09",
    "metric": "EV deliveries",
    "period": "2026",
    "action": "raised",
    "value": "90,000",
    "at": {"paragraph": 3, "quote": "90,000"},
}


@pytest.fixture
def ask() -> Ask:
    """A question about a text, that of `TEXT` unless another is given."""

    def asked(text: str = TEXT, **more: Any) -> Question:  # noqa: ANN401  as Question takes them
        read = text_of(text.encode(), "text")
        companies = (Known("halden", ("Halden",)), Known("ulven", ("Ulven Group", "Ulven")))
        known = {"published": PUBLISHED, "companies": companies, "source_id": "halden-goal", **more}
        return Question(text=read, printed=found(read.paragraphs, PUBLISHED, ""), **known)

    return asked


@pytest.fixture
def settings() -> Set:
    """The settings for a server."""

    def made(url: str, **more: Any) -> Settings:  # noqa: ANN401  as Settings takes them
        told = {"seconds": 10.0, "key": Secret(KEY), "model": "small", **more}
        return Settings(url=endpoint(url), **told)

    return made
