"""Sentences, with abbreviations, decimals and Chinese full stops."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.errors import TimelineError
from timeline.prose.sentences import sentences


@pytest.mark.parametrize(
    ("paragraph", "language", "expected"),
    [
        ("It rose 3.5%. Then it fell.", "en", ["It rose 3.5%.", "Then it fell."]),
        ("On Jan. 8, Halden Inc. bought 5 shares.", "en", ["On Jan. 8, Halden Inc. bought 5 shares."]),
        (
            "It paid approx. HKD 38.04 per share. More follows.",
            "en",
            ["It paid approx. HKD 38.04 per share.", "More follows."],
        ),
        ("It cost U.S. $3.5 bn. He left.", "en", ["It cost U.S. $3.5 bn.", "He left."]),
        ("See No. 2 for it. Ford vs. GM is next.", "en", ["See No. 2 for it.", "Ford vs. GM is next."]),
        ("公司公布业绩。收入为13.7亿元!其后上升3.5%。", "zh", ["公司公布业绩。", "收入为13.7亿元!", "其后上升3.5%。"]),
        ("  One only  ", "en", ["One only"]),
        ("", "en", []),
    ],
)
def test_a_paragraph_is_split_where_sentences_end(paragraph: str, language: str, expected: list[str]) -> None:
    assert [sentence.text for sentence in sentences(paragraph, language)] == expected


@settings(max_examples=100, deadline=None)
@given(st.text("aB1 .!?。$%,\u00a0\n", max_size=60), st.sampled_from(["en", "zh", "", "xx"]))
def test_sentences_stand_where_they_say_and_leave_nothing_out(paragraph: str, language: str) -> None:
    found = sentences(paragraph, language)
    assert [paragraph[each.start : each.end] for each in found] == [each.text for each in found]
    assert "".join("".join(each.text.split()) for each in found) == "".join(paragraph.split())


def test_without_the_library_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentencex", None)
    with pytest.raises(TimelineError, match="needs sentencex"):
        sentences("It rose. It fell.")
