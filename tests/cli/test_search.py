"""`timeline search`: what is asked, and the answer for people and programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from timeline.app.searching.search import FOUND
from timeline.page import Basis, Listing
from timeline.render.search import search_text
from timeline.section import Finding

if TYPE_CHECKING:
    from tests.cli.fake import FakeTimeline, Run

ROW = {
    "position": "7",
    "id": "a" * 32,
    "published": "2026-01-09",
    "company": "acme",
    "kind": "buyback.executed",
    "occurred": "2026-01-08",
    "summary": "price HKD 38.04–38.16, shares 5 million",
    "standing": "corrected",
    "source": "wire-1",
    "matched": ["38", "04"],
}
LISTING = Listing(
    schema="timeline.search/1", table=FOUND, rows=(ROW,), basis=Basis(position=9, today="2026-01-09"), empty="nothing"
)


@pytest.fixture(autouse=True)
def answer(fake: FakeTimeline) -> None:
    fake.answers["search"] = LISTING


def test_words_and_what_narrows_them_are_asked_for(fake: FakeTimeline, run: Run) -> None:
    options = ("--company", "acme", "--kind", "target.set", "--source", "s", "--limit", "5", "--as-of", "2025-06-30")
    assert run("search", "buyb*", '"3 million"', *options).code == 0
    narrowed = {"company": "acme", "kind": "target.set", "source": "s", "limit": 5}
    clocks = {"as_of": "2025-06-30", "as_recorded": None}
    assert fake.asked == [("search", ('buyb* "3 million"',), {**narrowed, **clocks})]


def test_without_words_nothing_is_searched(run: Run) -> None:
    assert run("search").code == 2
    assert run("search", "x", "--limit", "0").code == 2


def test_a_person_sees_a_paragraph_an_event(run: Run) -> None:
    assert run("search", "38.04", "--width", "60").out.splitlines() == [
        "2026-01-08 · acme · buyback.executed · event aaaaaaaa",
        "  [corrected] price HKD 38.04–38.16, shares 5 million",
        "  wire-1",
        "",
        "Found: 1 · log to position 9",
    ]


def test_the_words_that_were_looked_for_are_marked_in_colour_only() -> None:
    assert "HKD \x1b[1m38\x1b[0m.\x1b[1m04\x1b[0m–\x1b[1m38\x1b[0m.16" in search_text(LISTING, 80, color=True)
    assert "\x1b" not in search_text(LISTING, 80)


def test_a_part_of_another_word_is_not_marked() -> None:
    listing = replace(LISTING, rows=({**ROW, "summary": "sum 138 of 38", "matched": ["38"]},))
    assert "sum 138 of \x1b[1m38\x1b[0m" in search_text(listing, 80, color=True)


def test_that_not_all_were_ranked_is_said(fake: FakeTimeline, run: Run) -> None:
    fake.answers["search"] = replace(LISTING, findings=(Finding("search-cut", "note", "more than 1,000 events"),))
    ended = run("search", "x")
    assert (ended.code, "note[search-cut]: more than 1,000 events" in ended.out) == (0, True)


def test_that_nothing_was_found_is_said(fake: FakeTimeline, run: Run) -> None:
    fake.answers["search"] = replace(LISTING, rows=())
    assert run("search", "x").out == "nothing\n\nFound: 0 · log to position 9\n"


def test_a_program_gets_every_column(run: Run) -> None:
    document = json.loads(run("search", "x", "--json").out)
    assert document["schema"] == "timeline.search/1"
    assert document["found"] == [ROW]
    header, row = run("search", "x", "--format", "csv").out.splitlines()
    assert header == "position,id,published,company,kind,occurred,summary,standing,source,matched"
    assert row.startswith("7,aaaaaaaa")
