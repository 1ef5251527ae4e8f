"""What tests of checks compare: the shipped facts, and what a check makes of a few made-up ones."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tests.topics import build
from timeline import Timeline
from timeline.app.fold import visible_stream
from timeline.catalog import catalog
from timeline.section import Finding
from timeline.store.driver import connect
from timeline.store.log import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.check import Verdict
    from timeline.claim import Claim
    from timeline.event import Event
    from timeline.occurrence import Stream

FIXTURES = Path(__file__).parents[2] / "fixtures"
COMPANIES = ("xiaomi", "general-motors", "ford", "tesla", "byd", "daiwa")
TOPICS = {payload.KIND: topic.name for topic in catalog().topics for payload in topic.payloads}


@cache
def shipped() -> tuple[Stream, ...]:
    """The shipped facts of each company."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "facts.db"
        Timeline.open(path).load([str(FIXTURES)])
        connection = connect(path, "ro")
        streams = tuple(visible_stream(Reader(connection), company) for company in COMPANIES)
        connection.close()
    return streams


def claims(stream: Stream) -> tuple[Claim, ...]:
    """What all topics claim."""
    return tuple(claim for topic in catalog().topics for claim in topic.told(stream).claims)


def stream(*events: Event) -> Stream:
    """The events of the made-up company, each source published with its own."""
    return build.stream(*events)


def found(verdicts: Iterable[Verdict]) -> list[Finding]:
    """The findings among them; that reports disagree, which is told for all topics alike, aside."""
    return [each for each in verdicts if isinstance(each, Finding) and each.rule != "reports-disagree"]


def names(verdicts: Iterable[Verdict]) -> list[str]:
    """The rule of each comparison, those that passed in brackets."""
    return [verdict.rule if isinstance(verdict, Finding) else f"({verdict.rule.name})" for verdict in verdicts]
