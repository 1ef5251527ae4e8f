"""What the first lines say: the time of publication, the publisher, the language."""

from __future__ import annotations

import datetime as dt

import pytest

from timeline.prose.heading import day_of, heading, language_of


@pytest.mark.parametrize(
    ("line", "published", "publisher"),
    [
        ("09.01.2026 - 09:46:04Halden is", "09.01.2026 - 09:46:04", ""),
        ("Published: 9 January 2026, 10:30 GMT", "9 January 2026, 10:30 GMT", ""),
        ("2026-01-09T09:46:04Z", "2026-01-09T09:46:04Z", ""),
        ("SHANGHAI, China, March 24, 2022 (GLOBE NEWSWIRE) -- Halden", "March 24, 2022", "GLOBE NEWSWIRE"),
        ("HONG KONG, Jan. 9, 2026 /PRNewswire/ -- Halden", "Jan. 9, 2026", "PRNewswire"),
        ("BEIJING (Reuters) - Halden said", "", "Reuters"),
        ("On September 6, 2023, the directors met", "", ""),
        ("Halden (the group) said on January 9, 2026 that", "", ""),
    ],
)
def test_a_line_that_begins_with_a_date_or_a_place_tells_the_publication(
    line: str, published: str, publisher: str
) -> None:
    told = heading(["A title", line])
    assert (told.published, told.publisher) == (published, publisher)


def test_a_date_far_below_tells_no_publication() -> None:
    assert heading(["A title", *["words"] * 8, "2026-01-09"]).published == ""


@pytest.mark.parametrize(
    "text", ["09.01.2026 - 09:46:04", "January 9, 2026", "2026-01-09T09:46:04+01:00", "2026年1月9日"]
)
def test_the_day_of_a_publication_is_read_in_any_form(text: str) -> None:
    assert day_of(text) == dt.date(2026, 1, 9)


def test_what_names_no_day_has_none() -> None:
    assert [day_of(text) for text in (None, "", "January 2026", "soon")] == [None] * 4


def test_the_language_is_told_by_its_commonest_words() -> None:
    assert language_of(["The shares of the company fell in the afternoon to a new low."]) == "en"
    assert language_of(["Die Aktien der Firma fielen auf ein neues Tief, und das mit einem Verlust."]) == "de"
    assert language_of(["集團上季收入171億元,按年升近7%。"]) == "zh"
    assert language_of(["Xyzzy plugh 5"]) == ""
