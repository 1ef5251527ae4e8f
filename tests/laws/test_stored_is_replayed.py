"""Law 4: a stored read model is what the log gives when replayed, after any loads, and can be made anew from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given

from tests.laws import bases
from tests.laws.bases import few
from tests.laws.worlds import COMPANIES, loads, worlds
from timeline import Timeline
from timeline.app.fingerprint import fingerprint
from timeline.catalog import catalog

if TYPE_CHECKING:
    from pathlib import Path

    from tests.laws.worlds import Loads

MADE = ("read_item", "company_name", "source_mark")


@few
@given(worlds().flatmap(loads))
def test_what_is_stored_is_what_the_log_gives(registered: Path, batches: Loads) -> None:
    with bases.copied(registered) as path:
        for batch in batches:
            position = bases.load(path, batch).position
            stored = bases.pages(path)
            assert stored == bases.pages(path, as_recorded=str(position))
        assert_is_stored(path)
        before = bases.content(path, MADE)
        rebuilt = Timeline.open(path).rebuild()
        assert (rebuilt.companies, rebuilt.changed) == (len(COMPANIES), 0)
        assert bases.content(path, MADE) == before
        assert bases.pages(path) == stored


@few
@given(worlds().flatmap(loads))
def test_read_models_that_were_lost_are_made_anew(registered: Path, batches: Loads) -> None:
    with bases.copied(registered) as path:
        bases.load_all(path, batches)
        before, pages = bases.content(path, MADE), bases.pages(path)
        with bases.opened(path) as connection:
            for table in ("read_model", *MADE):
                connection.execute(f"DELETE FROM {table}")  # noqa: S608
        Timeline.open(path).rebuild()
        assert bases.content(path, MADE) == before
        assert bases.pages(path) == pages
        assert_is_stored(path)


def assert_is_stored(path: Path) -> None:
    """Every company has a read model of every topic, by this program, that covers its last event."""
    with bases.opened(path) as connection:
        last = dict(connection.execute("SELECT company, max(position) FROM event GROUP BY company"))
        stored = connection.execute("SELECT company, topic, version, position FROM read_model").fetchall()
    assert {(company, topic) for company, topic, _, _ in stored} == {
        (company, topic.name) for company in COMPANIES for topic in catalog().topics
    }
    assert all(version == fingerprint() and position >= last[company] for company, _, version, position in stored)
