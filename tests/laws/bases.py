"""Databases to try laws on: copied from one, loaded through the facade, and read as plain JSON or with plain SQL."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import msgspec
from hypothesis import settings

from tests.databases import copied, opened
from tests.laws.worlds import COMPANIES, write
from timeline import Timeline
from timeline.render.data import audit_json, listing_json, page_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.laws.worlds import File, Loads
    from timeline.app.load import LoadReport

__all__ = ["copied", "opened"]

Json = dict[str, Any]

ROOT = Path(__file__).parents[2]
"""The checkout."""
FIXTURES = ROOT / "fixtures"
TODAY = "2025-07-01"
ASKED = ("as_of", "as_recorded", "position", "today")
"""What an answer says of the question, not of the company."""
LOG = ("event", "body", "checkpoint")
DERIVED = ("read_model", "read_item", "layout", "company_name", "source_mark")

few = settings(max_examples=max(settings().max_examples // 8, 1))
"""For laws whose every example fills databases."""


def load(path: Path, files: Iterable[File]) -> LoadReport:
    """Load fixture files, in this order."""
    with TemporaryDirectory() as folder:
        return Timeline.open(path).load(write(list(files), Path(folder)))


def load_all(path: Path, batches: Loads) -> None:
    for batch in batches:
        load(path, batch)


def pages(path: Path, **clocks: str) -> dict[str, Json]:
    """What `show --json` says of each company, without the question and the log's length."""
    timeline = Timeline.open(path)
    return {slug: _answer(page_json(timeline.show(slug, **clocks))) for slug in COMPANIES}


def answers(path: Path) -> Json:
    """Everything that reading commands say about the state, where they do not speak of positions and times."""
    timeline = Timeline.open(path)
    listings = (timeline.companies(), timeline.sources(), timeline.upcoming(today=TODAY))
    told = {listing.table.name: _answer(listing_json(listing)) for listing in listings}
    events = [
        {name: value for name, value in row.items() if name not in ("position", "recorded")}
        for row in timeline.events().rows
    ]
    events.sort(key=lambda row: row["id"])
    audit = _answer(audit_json(timeline.audit(only=["targets", "figures"])))
    state: Json = plain({**told, "events": events, "audit": audit, "pages": pages(path)})
    return state


def _answer(document: Json) -> Json:
    answer: Json = plain({name: value for name, value in document.items() if name not in ASKED})
    return answer


def plain(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """As it comes back from JSON text, so that a tuple and a list, which print alike, are alike."""
    return msgspec.json.decode(msgspec.json.encode(value))


def content(path: Path, tables: Iterable[str] = (*LOG, *DERIVED)) -> dict[str, list[Any]]:
    """Every row of these tables."""
    with opened(path) as connection:
        return {
            name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr)  # noqa: S608
            for name in tables
        }


def head(path: Path) -> int:
    """The log's last position."""
    return Timeline.open(path).companies().basis.position
