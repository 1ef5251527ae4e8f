"""Sentences that set a date, and what is drafted from them."""

from __future__ import annotations

import pytest

from tests.topics.drafts import drafted
from timeline.topics.agenda import TOPIC

TODAY = "2026-01-09"


@pytest.mark.parametrize(
    ("sentence", "what", "due"),
    [
        ("Acme will hold its annual general meeting on 5 June 2026.", "annual general meeting", "2026-06-05"),
        ("The company will report first-quarter results on May 20.", "first-quarter results", "2026-05-20"),
        (
            "Acme said on Tuesday it will publish its full-year results on 12 March 2026.",
            "full-year results",
            "2026-03-12",
        ),
        (
            "Management will host a live webcast at 10:00 a.m. EST today.",
            "live webcast",
            {"when": TODAY, "wording": "today"},
        ),
        (
            "Management will hold a live webcast at 10:00 a.m. EST today to discuss results for the quarter.",
            "live webcast",
            {"when": TODAY, "wording": "today"},
        ),
        ("A conference call is scheduled for January 28, 2026 at 5 p.m. ET.", "conference call", "2026-01-28"),
        (
            "The Annual Meeting of Stockholders will be held on May 14, 2026.",
            "Annual Meeting of Stockholders",
            "2026-05-14",
        ),
        (
            "The company will publish its fiscal year 2025 result on March 17, 2026.",
            "fiscal year 2025 result",
            "2026-03-17",
        ),
        ("Acme will publish its result for fiscal 2025 on May 7.", "result for fiscal 2025", "2026-05-07"),
        ("The interim report will be published on 24 April 2026.", "interim report", "2026-04-24"),
        ("Its next earnings report is due on February 3, 2026.", "earnings report", "2026-02-03"),
    ],
)
def test_a_date_that_is_set_is_drafted(sentence: str, what: str, due: object) -> None:
    assert drafted(TOPIC.cues, sentence) == [{"what": what, "due": due, "occurred": TODAY}]


@pytest.mark.parametrize(
    "sentence",
    [
        "Acme held its annual general meeting on 5 June 2025.",
        "First-quarter results beat expectations.",
        "Acme may hold an extraordinary general meeting in May 2026.",
        "A replay of the webcast will be available until February 3, 2026.",
        "Acme will report its results.",
    ],
)
def test_what_is_past_or_undated_sets_no_date(sentence: str) -> None:
    assert drafted(TOPIC.cues, sentence) == []
