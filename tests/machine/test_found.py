"""What the machine found once, in its smallest form."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.machine.database import Database
from tests.machine.oracle import identity_of
from timeline.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = {"id": "wire", "kind": "news", "title": "Wire", "published": "2025-03-19+08:00"}
FACTS = [
    {"key": "acme", "kind": "company.registered", "company": "acme", "occurred": "2024-01-01", "name": "Acme"},
    {"key": "globex", "kind": "company.registered", "company": "globex", "occurred": "2024-01-01", "name": "Globex"},
    {"key": "bought", "kind": "buyback.executed", "company": "globex", "occurred": "2025-03-18", "shares": "5 million"},
]
MERGED = {"key": "merged", "kind": "company.merged", "company": "globex", "into": "acme", "occurred": "2025-03-18"}
BOUGHT = identity_of("wire", "bought")


@pytest.fixture
def database() -> Iterator[Database]:
    with closing(Database()) as database:
        load(database)
        yield database


def load(database: Database, *more: dict[str, str]) -> None:
    database.timeline.load(
        database.written([{"schema": "timeline/source/1", "source": SOURCE, "facts": [*FACTS, *more]}])
    )


def test_a_correction_that_was_taken_back_cannot_be_taken_back_once_more(database: Database) -> None:
    database.timeline.correct(BOUGHT, ["shares=6 million"], reason="we erred")
    database.timeline.retract(BOUGHT, reason="we erred", correction_only=True)
    with pytest.raises(InvalidInput, match="was not corrected"):
        database.timeline.retract(BOUGHT, reason="we erred", correction_only=True)


def test_the_events_of_a_merged_company_are_those_of_all_its_slugs(database: Database) -> None:
    load(database, MERGED)
    assert BOUGHT in database.ids("acme")
    assert database.ids("acme") == database.ids("globex")
    assert BOUGHT not in database.ids("acme", as_recorded="4")


def test_a_merger_that_was_taken_back_is_taken_back_on_the_published_clock_too(database: Database) -> None:
    load(database, MERGED)
    database.timeline.retract(identity_of("wire", "merged"), reason="source erred")
    assert len(database.ids("globex", as_of="2025-03-20")) == len(FACTS[1:]) + len([MERGED, "its retraction"])
