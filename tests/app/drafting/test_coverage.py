"""Coverage: what a text prints against the facts of its fixture."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from timeline.app.drafting.coverage import coverage
from timeline.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from timeline.app.drafting.coverage import Coverage

    Cover = Callable[..., Coverage]

TEXT = """\
Halden lifts its 2026 goal
On January 8, Halden bought back 1.25 million shares for about HKD 52.5 million, at HKD 41.80 to HKD 42.10 a share.
Sales rose 5% and costs 5%, it said. Read the newsletter of January 9.
"""
HEAD = """\
schema: timeline/source/1
source:
  id: halden-goal
  kind: news
  title: Halden lifts its 2026 goal
  published: "2026-01-09T09:30:00+08:00"
  sha256: "{sha256}"
defaults: {{company: halden, occurred: 2026-01-08}}
"""
BOUGHT = """\
  - key: bought
    kind: buyback.executed
    shares: 1.25 million
    value: about HKD 52.5 million
    price: HKD 41.80–42.10
    at:
"""
WHOLE = BOUGHT + (
    '      - {paragraph: 1, quote: "2026"}\n'
    "      - {paragraph: 2, quote: January 8}\n"
    "      - {paragraph: 2, quote: 1.25 million shares}\n"
    "      - {paragraph: 2, quote: HKD 52.5 million}\n"
    "      - {paragraph: 2, quote: HKD 41.80}\n"
    "      - {paragraph: 2, quote: HKD 42.10}\n"
    "      - {paragraph: 3, quote: 5%}\n"
)
LEFT_OUT = "left_out:\n  - {paragraph: 3, quote: January 9, reason: an advertisement}\n"


@pytest.fixture
def cover(tmp_path: Path) -> Cover:
    """The coverage of `TEXT` by facts, written as in a fixture."""

    def covered(facts: str, *, left_out: str = "", sha256: str | None = None, text: str = TEXT) -> Coverage:
        told = hashlib.sha256(text.encode()).hexdigest() if sha256 is None else sha256
        (tmp_path / "a.txt").write_text(text, "utf-8")
        (tmp_path / "a.yaml").write_text(f"{HEAD.format(sha256=told)}facts:\n{facts}{left_out}", "utf-8")
        return coverage(str(tmp_path / "a.yaml"), str(tmp_path / "a.txt"))

    return covered


def missing(found: Coverage) -> list[str]:
    return [line.quote for line in found.lines if line.status == "missing"]


def rules(found: Coverage) -> list[tuple[str, str]]:
    return [(finding.rule, finding.severity) for finding in found.findings]


def status(found: Coverage, quote: str) -> tuple[str, str]:
    return next((line.status, line.by) for line in found.lines if line.quote == quote)


def test_a_fixture_that_quotes_or_leaves_out_everything_covers_all_of_it(cover: Cover) -> None:
    found = cover(WHOLE, left_out=LEFT_OUT)
    assert (found.covered, len(found.lines), found.percent) == (8, 8, "100.0")
    assert (found.source, found.facts) == ("halden-goal", 1)
    assert status(found, "January 9") == ("left out", "an advertisement")
    assert status(found, "HKD 41.80 to HKD 42.10 a share") == ("quoted", "bought")
    # "5%" stands twice in its paragraph: the quote holds both and says not which.
    assert rules(found) == [("quote-ambiguous", "warning")]


def test_a_figure_that_no_fact_has_is_an_error_that_says_how_it_was_read(cover: Cover) -> None:
    found = cover(WHOLE)
    assert missing(found) == ["January 9"]
    (finding,) = [finding for finding in found.findings if finding.rule == "figure-missing"]
    assert finding.severity == "error"
    assert finding.what == "halden-goal: no fact has the date “January 9” in paragraph 3, read as 2026-01-09"
    assert any("the year is not printed" in assumed for assumed in finding.assumed)


def test_the_share_is_rounded_down_so_that_only_all_is_100(cover: Cover) -> None:
    found = cover(WHOLE)
    assert found.percent == "87.5"
    line = found.lines[0]
    nearly = replace(found, lines=(replace(line, status="missing"), *[replace(line, status="quoted")] * 1999))
    assert nearly.percent == "99.9"
    assert replace(found, lines=()).percent == "100.0"


def test_a_quote_of_a_part_does_not_cover_the_whole(cover: Cover) -> None:
    found = cover(WHOLE.replace("      - {paragraph: 2, quote: HKD 42.10}\n", ""), left_out=LEFT_OUT)
    # The other end is no longer quoted, but the fact states the very range and stands in that paragraph.
    assert status(found, "HKD 41.80 to HKD 42.10 a share") == ("stated", "bought")
    other = WHOLE.replace("      - {paragraph: 2, quote: HKD 42.10}\n", "").replace("41.80–42.10", "41.00–42.10")
    assert missing(cover(other, left_out=LEFT_OUT)) == ["HKD 41.80 to HKD 42.10 a share"]


def test_a_date_is_not_covered_by_its_day_alone(cover: Cover) -> None:
    facts = WHOLE.replace("quote: January 8}", 'quote: "8"}').replace("    at:", "    occurred: 2026-01-07\n    at:")
    assert missing(cover(facts, left_out=LEFT_OUT)) == ["January 8"]


def test_a_fact_states_a_figure_only_in_a_paragraph_that_it_is_located_in(cover: Cover) -> None:
    here, elsewhere = (
        BOUGHT + f'      - {{paragraph: {number}, quote: "{quote}"}}\n'
        for number, quote in ((2, "bought"), (1, "2026"))
    )
    assert missing(cover(here)) == ["2026", "5%", "5%", "January 9"]
    assert status(cover(here), "about HKD 52.5 million") == ("stated", "bought")
    assert "about HKD 52.5 million" in missing(cover(elsewhere))


@pytest.mark.parametrize("value", ["about HKD 52.6 million", "HKD 52.5 million", "about USD 52.5 million"])
def test_another_figure_is_not_the_one_that_is_printed(cover: Cover, value: str) -> None:
    facts = BOUGHT.replace("about HKD 52.5 million", value) + '      - {paragraph: 2, quote: "bought"}\n'
    assert "about HKD 52.5 million" in missing(cover(facts))


def test_the_time_of_publication_is_stated_by_the_source(cover: Cover) -> None:
    text = TEXT.replace("On January 8", "9 January 2026 08:00 - On January 8")
    assert status(cover(WHOLE, left_out=LEFT_OUT, text=text), "9 January 2026") == ("stated", "published")
    text = TEXT.replace("On January 8", "7 January 2026 08:00 - On January 8")
    assert missing(cover(WHOLE, left_out=LEFT_OUT, text=text)) == ["7 January 2026"]


def test_a_quote_that_does_not_stand_in_the_text_is_an_error(cover: Cover) -> None:
    found = cover(WHOLE.replace("1.25 million shares}", "2.25 million shares}"), left_out=LEFT_OUT)
    assert ("quote-missing", "error") in rules(found)
    assert status(found, "1.25 million shares") == ("stated", "bought")


def test_what_is_left_out_has_to_stand_in_its_paragraph(cover: Cover) -> None:
    found = cover(WHOLE, left_out=LEFT_OUT.replace("paragraph: 3", "paragraph: 2"))
    assert ("left-out-missing", "error") in rules(found)
    assert missing(found) == ["January 9"]


def test_what_is_left_out_though_a_fact_has_it_is_noted(cover: Cover) -> None:
    found = cover(WHOLE, left_out=LEFT_OUT + "  - {paragraph: 2, quote: HKD 52.5 million, reason: not needed}\n")
    assert status(found, "about HKD 52.5 million") == ("quoted", "bought")
    assert ("left-out-needless", "note") in rules(found)


def test_two_entries_with_one_reason_are_told_apart(cover: Cover) -> None:
    found = cover(WHOLE, left_out=LEFT_OUT + "  - {paragraph: 3, quote: newsletter, reason: an advertisement}\n")
    (finding,) = [finding for finding in found.findings if finding.rule == "left-out-needless"]
    assert finding.what.startswith("halden-goal: “newsletter” in paragraph 3 is left out, though facts quote all")


def test_another_text_than_the_one_recorded_is_an_error(cover: Cover) -> None:
    assert ("text-changed", "error") in rules(cover(WHOLE, left_out=LEFT_OUT, sha256="0" * 64))


def test_a_fixture_with_mistakes_is_refused_with_all_of_them(cover: Cover) -> None:
    with pytest.raises(InvalidInput) as refused:
        cover(WHOLE.replace("buyback.executed", "buyback.done"), left_out=LEFT_OUT.replace("quote", "quotes"))
    assert {problem.rule for problem in refused.value.problems} == {"kind-unknown", "field-unknown"}


def test_of_several_sources_the_one_is_taken_whose_hash_is_the_texts(cover: Cover, tmp_path: Path) -> None:
    cover(WHOLE, left_out=LEFT_OUT)
    twin = (tmp_path / "a.yaml").read_text("utf-8").replace("halden-goal", "other")
    (tmp_path / "b.yaml").write_text(twin.replace(hashlib.sha256(TEXT.encode()).hexdigest(), "1" * 64), "utf-8")
    assert coverage(str(tmp_path), str(tmp_path / "a.txt")).source == "halden-goal"
    (tmp_path / "a.txt").write_text(TEXT + "more\n", "utf-8")
    with pytest.raises(InvalidInput, match="none of its 2 sources has the hash of the text"):
        coverage(str(tmp_path), str(tmp_path / "a.txt"))


def test_the_sources_own_currency_reads_a_bare_sign(cover: Cover) -> None:
    text = TEXT.replace("HKD 52.5 million", "$52.5 million")
    found = cover(WHOLE.replace("quote: HKD 52.5", "quote: $52.5"), left_out=LEFT_OUT, text=text)
    assert next(line.assumed for line in found.lines if "$52.5" in line.quote).startswith("“$” is taken for USD")
