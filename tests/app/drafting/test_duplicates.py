"""Texts that were seen before: the same, reprints, and sources that claim to be the same."""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from timeline import Timeline
from timeline.app.drafting.duplicates import recorded, relatives
from timeline.app.drafting.texts import keep
from timeline.prose.shingles import CONTAINED, likeness, sketch
from timeline.prose.text import text_of
from timeline.record import Source
from timeline.store.opening import open_reader

if TYPE_CHECKING:
    from pathlib import Path

    from timeline.prose.text import Text

WORDS = random.Random(7).sample([f"{a}{b}n" for a in "bcdfghklmnprst" for b in ("ala", "eri", "ilo", "onu")] * 40, 900)  # noqa: S311
BODY = [" ".join(WORDS[at : at + 60]) for at in range(0, 900, 60)]


def text(*lines: str, **said: str) -> Text:
    return replace(text_of("\n".join(lines).encode(), "made-up.txt"), **said)


def source(told: Text, day: str = "2026-01-09", url: str | None = None, publisher: str | None = None) -> Source:
    published = f"{day}T09:00:00+00:00"
    return Source(kind="news", title=told.title, published=published, sha256=told.sha256, url=url, publisher=publisher)


ORIGINAL = text("Orlo lifts its goal", *BODY)
REPRINT = text("Orlo is lifting goals, report says", "By a newspaper", *BODY[:9], "More in the newspaper.")
OTHER = text("Fjord lifts its goal", *[" ".join(reversed(line.split())) for line in BODY])
DAY = dt.date(2026, 1, 10)


def test_the_same_text_is_told_with_its_source(tmp_path: Path) -> None:
    keep(tmp_path, ORIGINAL)
    (found,) = relatives(ORIGINAL, tmp_path, {"orlo-goal": source(ORIGINAL)}, DAY)
    assert (found.source, found.how, found.derives_from) == ("orlo-goal", "same text", "")
    assert found.remark == (
        f"sha256: orlo-goal is recorded of the very same text ({ORIGINAL.sha256[:12]}…); a second draft adds nothing"
    )


def test_a_reprint_derives_from_the_source_before_it(tmp_path: Path) -> None:
    keep(tmp_path, ORIGINAL)
    keep(tmp_path, OTHER)
    (found,) = relatives(REPRINT, tmp_path, {"orlo-goal": source(ORIGINAL), "fjord": source(OTHER)}, DAY)
    assert (found.source, found.how, found.derives_from) == ("orlo-goal", "reprint", "orlo-goal")
    assert found.remark == (
        "derives_from: taken for a reprint of orlo-goal: shared are 97 % of the shorter text's words, 58 % of both"
    )


def test_of_a_reprint_that_was_recorded_first_the_later_source_is_the_one_that_derives(tmp_path: Path) -> None:
    keep(tmp_path, REPRINT)
    (found,) = relatives(ORIGINAL, tmp_path, {"paper": source(REPRINT, "2026-01-11")}, DAY)
    assert (found.source, found.derives_from) == ("paper", "")
    assert found.remark.startswith("derives_from: paper, which is later, may derive from it")


def test_a_kept_text_that_no_source_has_is_told_and_proposed_to_nobody(tmp_path: Path) -> None:
    keep(tmp_path, ORIGINAL)
    (found,) = relatives(REPRINT, tmp_path, {}, DAY)
    assert (found.source, found.derives_from) == ("", "")
    assert ORIGINAL.sha256[:12] in found.remark


def test_of_several_reprints_the_likest_comes_first(tmp_path: Path) -> None:
    keep(tmp_path, ORIGINAL)
    closer = text("Orlo lifts its goal again", *BODY)
    keep(tmp_path, closer)
    sources = {"a": source(ORIGINAL), "b": source(closer)}
    assert [
        each.source for each in relatives(text("Orlo lifts its goal again", *BODY, "."), tmp_path, sources, DAY)
    ] == ["b", "a"]


def test_another_text_is_no_relative(tmp_path: Path) -> None:
    keep(tmp_path, ORIGINAL)
    assert relatives(OTHER, tmp_path, {"orlo-goal": source(ORIGINAL)}, DAY) == ()
    assert relatives(REPRINT, None, {"orlo-goal": source(ORIGINAL)}, DAY) == ()


def test_the_same_address_or_title_and_publisher_is_told(tmp_path: Path) -> None:
    address = "https://news.example/orlo"
    told = text("Orlo: results", "Sales rose.", url=address, publisher="The Paper")
    older = text("Orlo results", "Sales fell.")
    sources = {
        "same-address": source(older, url=address),
        "same-title": source(older, publisher="THE PAPER"),
        "other-publisher": source(older, publisher="Another Paper"),
        "no-publisher": source(older),
    }
    assert [(each.source, each.how) for each in relatives(told, tmp_path, sources, DAY)] == [
        ("same-address", "same address"),
        ("same-title", "same title"),
    ]
    assert relatives(replace(told, url="", publisher=""), tmp_path, sources, DAY) == ()


def test_a_reprint_under_the_same_title_is_told_once(tmp_path: Path) -> None:
    keep(tmp_path, ORIGINAL)
    again = text(ORIGINAL.title, *BODY, "More in the paper.", publisher="The Paper")
    (found,) = relatives(again, tmp_path, {"orlo-goal": source(ORIGINAL, publisher="The Paper")}, DAY)
    assert found.how == "reprint"


def test_a_kept_text_that_was_changed_is_left_aside(tmp_path: Path) -> None:
    keep(tmp_path, ORIGINAL).write_text("Something else", encoding="utf-8")
    assert relatives(REPRINT, tmp_path, {"orlo-goal": source(ORIGINAL)}, DAY) == ()


def test_the_sources_of_a_database_are_those_that_are_compared(path: Path) -> None:
    with open_reader(path) as connection:
        found = recorded(connection)
    assert {row["source"] for row in Timeline.open(path).sources().rows} == set(found)
    assert recorded(None) == {}


@given(st.sets(st.integers(0, 2**64 - 1), max_size=900), st.sets(st.integers(0, 2**64 - 1), max_size=900), st.data())
def test_a_sample_never_hides_a_derived_text(one: set[int], rest: set[int], data: st.DataObject) -> None:
    """Of texts that share nearly all of the smaller one, whatever their sizes, so that chance plays no part."""
    shared = data.draw(st.sampled_from([0.0, 1.0]))
    other = frozenset(rest | (one if shared else set()))
    exact = likeness(frozenset(one), other)
    sampled = sketch(frozenset(one)).may_derive(sketch(other))
    assert sampled or not (exact.derived and exact.containment > CONTAINED and len(one) < 512)
