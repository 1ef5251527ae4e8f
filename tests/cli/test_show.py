"""How much of a long page `timeline show` shows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.render.acme import BASIS
from timeline.page import Page
from timeline.section import Column, Layout, Section, Table

if TYPE_CHECKING:
    from tests.cli.fake import FakeTimeline, Run

DAYS = 28
LAYOUT = Layout(
    topic="trades",
    title="Trades",
    rank=1,
    tables=(Table("trades", "Trades", (Column("occurred", kind="when"), Column("shares", kind="number"))),),
)


@pytest.fixture
def long(fake: FakeTimeline) -> None:
    """A company that traded on the first days of each month for a year: 336 days."""
    days = [f"2025-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, DAYS + 1)]
    rows = tuple({"occurred": day, "shares": "1"} for day in days)
    section = Section(topic="trades", tables={"trades": rows})
    fake.answers["show"] = Page(slug="acme", name="Acme", basis=BASIS, parts=((LAYOUT, section),))


def shown(out: str) -> list[str]:
    return [line.split()[0] for line in out.splitlines() if line.startswith("2025-")]


@pytest.mark.usefixtures("long")
def test_a_page_shows_the_latest_and_says_how_to_see_the_rest(run: Run) -> None:
    out = run("show", "Acme Corporation").out
    assert (len(shown(out)), shown(out)[-1]) == (24, "2025-12-28")
    assert out.endswith("\n… 312 more: timeline show acme trades --all\n")


@pytest.mark.usefixtures("long")
def test_a_topic_that_is_asked_for_shows_more(run: Run) -> None:
    out = run("show", "acme", "trades").out
    assert len(shown(out)) == 120
    assert out.endswith("\n… 216 more: timeline show acme trades --all\n")


@pytest.mark.usefixtures("long")
def test_all_shows_all(run: Run) -> None:
    for arguments in (("show", "acme", "--all"), ("show", "acme", "trades", "--all")):
        out = run(*arguments).out
        assert len(shown(out)) == 12 * DAYS
        assert "more" not in out


@pytest.mark.usefixtures("long")
def test_the_rest_is_asked_for_on_the_same_clocks_and_of_the_same_database(run: Run) -> None:
    out = run("--db", "my log.db", "show", "acme", "--as-of", "2025-12-31", "--as-recorded", "40").out
    command = "timeline --db 'my log.db' show acme trades --all --as-of=2025-12-31 --as-recorded=40"
    assert " ".join(out.split()).endswith(f"… 312 more: {command}")


@pytest.mark.usefixtures("long")
@pytest.mark.parametrize("arguments", [(), ("--all",)])
def test_data_formats_hold_everything(run: Run, arguments: tuple[str, ...]) -> None:
    document = json.loads(run("show", "acme", "--json", *arguments).out)
    assert len(document["sections"]["trades"]["trades"]) == 12 * DAYS
    assert (
        len(run("show", "acme", "trades", "--table", "trades", "--format", "csv", *arguments).out.splitlines()) == 337
    )
    assert run("show", "acme", "--jsonl", *arguments).out.count('"occurred"') == 12 * DAYS
