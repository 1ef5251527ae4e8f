"""The finder over whole texts, and what holds of whatever it finds."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.prose.article import ARTICLE, PUBLISHED
from tests.prose.reading import told
from timeline.paragraphs import paragraphs
from timeline.prose.finder import found
from timeline.values import Quantity

LINES = [line.text for line in paragraphs(ARTICLE)]


def test_everything_that_an_article_prints_is_found_once() -> None:
    assert [(each.span.paragraph, *told(each)) for each in found(LINES, PUBLISHED)] == [
        (1, "date", "2026", "2026"),
        (2, "date", "January 9, 2026", "2026-01-09"),
        (2, "count", "1.25 million shares", "1.25 million shares"),
        (2, "date", "Thursday", "2026-01-08"),
        (2, "money", "about HKD 52.5 million", "about HKD 52.5 million"),
        (3, "price", "HKD 41.80 and HKD 42.10 a share", "HKD 41.80 to 42.10 per share"),
        (3, "streak", "fourth straight session", "4"),
        (4, "percent", "18.5%", "18.5 %"),
        (4, "count", "96,400 vehicles", "96,400 vehicles"),
        (4, "date", "third quarter of 2025", "2025-35"),
        (4, "money", "RMB 13.7 billion (US$1.9 billion)", "RMB 13.7 billion (US$1.9 billion)"),
        (5, "count", "350,000", "350,000"),
        (5, "count", "400,000 units", "400,000 units"),
        (5, "money", "RMB 40 billion", "RMB 40 billion"),
        (5, "period", "next five years", "2026/2030"),
    ]


PIECES = st.sampled_from(
    [
        *(
            "5",
            "1,071",
            "2026",
            "0.42",
            "January",
            "Q3",
            "8",
            "from",
            "to",
            "between",
            "and",
            "(",
            ")",
            "HKD",
            "$",
            "US$",
            "%",
            "-",
            "–",
        ),
        *(
            "million",
            "bn",
            "percent",
            "five",
            "half a",
            "years",
            "next",
            "last",
            "quarter",
            "about",
            "more than",
            "B-shares",
            "per share",
        ),
        *(
            ".",
            ",",
            "/",
            ":",
            "two-year",
            "Thursday",
            "sixth consecutive",
            "999",
            "decades",
            "ago",
            "third half",
            "H2",
            "of",
            "ended",
            "12",
            "億元",
            "第三季",
            "約",
            "±",
            "+",
            "SU7",
            "\u00a0",
            "fiscal",
            "FY",
            "24",
            "2023-24",
            "13-week",
            "a year ago",
            "the same quarter of",
            "previous quarter",
            "crowns",
            "cents",
            "p",
            "Rs.",
            "/-",
            "loss of",
            "lakh",
            "(12)",
            "price",
        ),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=3), max_size=14).flatmap(
    lambda pieces: st.lists(st.sampled_from(["", " "]), min_size=len(pieces), max_size=len(pieces)).map(
        lambda gaps: "".join(piece + gap for piece, gap in zip(pieces, gaps, strict=True))
    )
)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
@example("55 H3")
@example("$ (5 - $) 2026/2026 of 0 to 0%")
def test_what_is_found_stands_there_verbatim_and_nothing_is_found_twice(text: str) -> None:
    printed = found([text], PUBLISHED)
    for each in printed:
        assert text[each.span.start : each.span.end] == each.quote
        assert each.span.start <= each.core.start < each.core.end <= each.span.end
        assert each.value is not None or each.assumed
    assert all(one.core.end <= other.core.start for one, other in pairwise(printed))


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_every_figure_reads_again_from_the_spelling_of_its_value(text: str) -> None:
    for each in found([text], PUBLISHED, "USD"):
        if isinstance(each.value, Quantity) and each.conversion == "":
            assert Quantity.parse(each.value.printed, "USD") == each.value


NUMBERS = st.decimals(min_value=1, max_value=999_999, places=1, allow_nan=False).map(lambda number: f"{number:,}")


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(["", "about ", "more than ", "nearly ", "at least "]),
    st.sampled_from(["HKD ", "RMB ", "US$", "€", "USD "]),
    NUMBERS,
    st.sampled_from(["", " million", " billion", "bn"]),
)
def test_an_amount_in_a_sentence_is_what_it_is_alone(qualifier: str, currency: str, number: str, scale: str) -> None:
    written = f"{qualifier}{currency}{number}{scale}"
    (printed,) = found([f"The firm paid {written}, it said."], PUBLISHED)
    alone = Quantity.parse(written)
    assert printed.quote == written
    assert isinstance(printed.value, Quantity)
    assert (printed.value.bounds, printed.value.unit) == (alone.bounds, alone.unit)


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1,",
        "$ ",
        "1 to ",
        "a-",
        "a.",
        "twenty ",
        "January ",
        "1.1.",
        "(1) ",
        "next ",
        "five and ",
        "- ",
        "HKD1 ",
        "1 a ",
        "@",
        "from 1 a year ago ",
        "Q2 2023 ",
        "FY24 ",
        "three weeks ended May 1, 2023 ",
        "quarter ended May 1 ",
        "12,34,",
        "a loss of 5 cents ",
        "May-",
        "1 Xa Xb ",
        "\u00a01",
        "A 1",
        "more than ",
    ],
)
def test_the_time_grows_with_the_length_and_not_faster(piece: str) -> None:
    def spent(length: int) -> float:
        text = piece * (length // len(piece))
        start = time.process_time()
        found([text], PUBLISHED)
        return time.process_time() - start

    spent(2_000)
    assert spent(32_000) < 12 * max(spent(8_000), 0.02)
