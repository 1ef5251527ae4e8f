"""Near-duplicates by the runs of words that texts share."""

from __future__ import annotations

import pytest

from tests.prose.article import ARTICLE
from timeline.prose.shingles import CONTAINED, likeness, shingles

LINES = ARTICLE.splitlines()
OTHER = [
    "Rival maker Corvid said on Friday that its own sales fell, as buyers waited for new subsidies in the spring.",
    "It did not say whether it would follow the larger company in buying back its shares on the exchange this year.",
    "Two analysts kept their ratings on the shares and pointed to the price war that has weighed on the whole sector.",
]


def test_a_reprint_with_another_headline_and_frame_is_derived() -> None:
    reprint = ["Carmaker more hopeful", *(line.upper() for line in LINES[1:]), "Subscribe to our letter for more."]
    found = likeness(shingles(LINES), shingles(reprint))
    assert found.derived
    assert found.containment > 0.85


def test_half_of_a_text_within_a_longer_one_is_contained_though_both_are_not_alike() -> None:
    found = likeness(shingles(LINES[1:4]), shingles([*LINES[1:4], *OTHER * 3]))
    assert found.derived
    assert found.containment == 1.0
    assert found.resemblance < CONTAINED


def test_another_report_that_quotes_one_sentence_is_not_derived() -> None:
    found = likeness(shingles(LINES), shingles([LINES[2], *OTHER]))
    assert 0 < found.containment < CONTAINED
    assert not found.derived


def test_texts_of_a_few_words_prove_nothing() -> None:
    one = shingles(["Halden lifts its goal as buybacks go on"])
    assert likeness(one, one) == (1.0, 1.0, False)
    assert likeness(shingles([]), one) == (0.0, 0.0, False)


def test_chinese_is_compared_sign_by_sign() -> None:
    text = "集團上季收入約一百七十一億元,按年升近百分之七,按季則跌百分之十,汽車交付量約五萬部。"
    assert likeness(shingles([text]), shingles([f"最新消息:{text}"])).derived


@pytest.mark.parametrize("spelling", ["The  cat, sat on a mat!", "THE CAT SAT ON A MAT", "the cat\u00a0sat on a mat"])
def test_case_spacing_and_punctuation_do_not_matter(spelling: str) -> None:
    assert shingles([spelling]) == shingles(["The cat sat on a mat."])
