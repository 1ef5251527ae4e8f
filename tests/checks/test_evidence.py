"""Evidence: what counts as a paragraph, and where a quote stands."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.checks.evidence import Standing, standing
from timeline.event import Locator
from timeline.paragraphs import Paragraph, Span, decoded, paragraphs

few = settings(max_examples=60)

LINES = st.text("ab5., -’\u00a0\u2028\f\u200b\ufeffé", max_size=30)
TEXTS = st.lists(st.tuples(LINES, st.sampled_from(("\n", "\r\n", "\r", "\n\n")))).map(
    lambda lines: "".join(line + end for line, end in lines)
)
WORDS = st.text("abc, \u00a0", max_size=20)
"""Text without any sign of a mark."""
MARKS = st.text("xyzß", min_size=1, max_size=6)


def at(quote: str, *lines: str, paragraph: int | None = 1, prefix: str = "", suffix: str = "") -> Standing:
    """Where a quote stands in a text of these lines."""
    return standing(Locator(quote, paragraph, prefix, suffix), paragraphs("\n".join(lines)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Title\nFirst\n", ["Title", "First"]),
        ("\n\n  \t\nTitle\n \u00a0\u3000\nFirst", ["Title", "First"]),
        ("Title\r\nFirst\r\rSecond\n", ["Title", "First", "Second"]),
        ("Title\n\u200b\u2060\ufeff\u00ad\nFirst", ["Title", "First"]),
        ("Title\f\vof\u2028two\u2029pages\x85on\nFirst", ["Title\f\vof\u2028two\u2029pages\x85on", "First"]),
        ("Title\n\f\n\u2028\n\fFirst", ["Title", "\fFirst"]),
        ("  Title \n", ["  Title "]),
        ("", []),
    ],
)
def test_a_paragraph_is_a_line_with_anything_to_be_seen_and_keeps_what_stands_in_it(
    text: str, expected: list[str]
) -> None:
    found = paragraphs(text)
    assert [line.text for line in found] == expected
    assert [line.number for line in found] == list(range(1, len(expected) + 1))


@given(TEXTS)
@few
def test_paragraphs_with_what_lies_between_them_are_the_text(text: str) -> None:
    rest = text
    for line in reversed(paragraphs(text)):
        assert rest[line.start :].startswith(line.text)
        assert not rest[line.start + len(line.text) :].strip("\r\n \u00a0\u2028\f\u200b\ufeff")
        rest = rest[: line.start]
    assert not rest.strip("\r\n \u00a0\u2028\f\u200b\ufeff")


def test_bytes_are_read_without_byte_order_mark_and_in_one_form_of_their_letters() -> None:
    assert decoded(b"\xef\xbb\xbfCafe\xcc\x81\r\n") == "Café\r\n"
    with pytest.raises(UnicodeDecodeError):
        decoded("Café".encode("latin-1"))


@given(TEXTS, st.data())
@few
def test_what_is_cut_from_a_paragraph_is_found_there_or_stands_there_several_times(
    text: str, data: st.DataObject
) -> None:
    text = unicodedata.normalize("NFC", text).replace("5", "V")
    lines = [line for line in paragraphs(text) if line.text.strip("\u200b\ufeff \u00a0\u2028\f")]
    if not lines:
        return
    line = data.draw(st.sampled_from(lines))
    start = data.draw(st.integers(0, len(line.text) - 1))
    end = data.draw(st.integers(start + 1, len(line.text)))
    quote = line.text[start:end]
    if not quote.strip("\u200b\ufeff \u00a0\u2028\f"):
        return
    places = [at for at in range(len(line.text)) if line.text.startswith(quote, at)]
    found = standing(Locator(quote, line.number), paragraphs(text))
    assert found == Standing(
        "found" if len(places) == 1 else "ambiguous",
        tuple(Span(line.number, place, place + len(quote)) for place in places),
    )
    framed = Locator(quote, line.number, line.text[:start], line.text[end:])
    assert standing(framed, paragraphs(text)) == Standing("found", (Span(line.number, start, end),))


@given(WORDS, MARKS, WORDS, WORDS)
@few
def test_a_quote_that_is_printed_twice_is_ambiguous_unless_something_beside_it_tells(
    before: str, mark: str, between: str, after: str
) -> None:
    line = f"{before}{mark}.{between}{mark}!{after}"
    first = Span(1, len(before), len(before) + len(mark))
    second = Span(1, len(before + mark + between) + 1, len(before + mark + between + mark) + 1)
    assert at(mark, line) == Standing("ambiguous", (first, second))
    assert at(mark, line, suffix=".") == Standing("found", (first,))
    assert at(mark, line, suffix="!") == Standing("found", (second,))
    assert at(mark, line, suffix="?") == Standing("ambiguous", (first, second), surrounded=False)


@given(st.lists(WORDS.map("Aa{}".format), min_size=1, max_size=4), MARKS, st.data())
@few
def test_a_quote_that_stands_in_another_paragraph_is_moved_there(
    lines: list[str], mark: str, data: st.DataObject
) -> None:
    number = data.draw(st.integers(1, len(lines)))
    named = data.draw(st.integers(1, len(lines) + 2).filter(lambda each: each != number))
    lines[number - 1] += f" {mark}"
    start = len(lines[number - 1]) - len(mark)
    assert at(mark, *lines, paragraph=named) == Standing("moved", (Span(number, start, start + len(mark)),))
    assert at(mark, *lines, paragraph=None).verdict == "found"
    assert at(mark + mark, *lines, paragraph=number) == Standing("missing")


@pytest.mark.parametrize(
    ("quote", "line"),
    [
        ("Xiaomi's plan", "of Xiaomi’s plan"),
        ('"to beat"', "is “to beat”"),
        ("38.04-38.16", "at 38.04–38.16"),
        ("HKD 190.6 million", "some HKD\u00a0190.6  million"),
        ("RMB 200 billion", "A Five-Year, RMB 200 Billion Commitment"),
        ("buyback", "the buy\u00adback"),
        ("5\u200b million", "the 5 million"),
        ("Élan", "its ÉLAN"),
    ],
)
def test_what_is_only_alike_is_found_and_told_with_what_stands_there(quote: str, line: str) -> None:
    found = at(quote, "title", line, paragraph=2)
    (span,) = found.spans
    assert (found.verdict, found.spelled) == ("found", line[span.start : span.end])
    assert found.spelled.replace("\u00ad", "").startswith(line.replace("\u00ad", "")[span.start : span.start + 2])
    assert at(found.spelled, "title", line, paragraph=2) == Standing("found", found.spans)


@pytest.mark.parametrize(
    ("quote", "line", "within"),
    [
        ("5 million", "bought 15 million", "15 million"),
        ("HKD 38.0", "at HKD 38.04", "HKD 38.04"),
        ("38", "at HKD 38.04", "38.04"),
        ("410,000", "some 1,410,000 units", "1,410,000"),
        ("550", "550,000 cars", "550,000"),
        ("38.", "at 38.04", "38.04"),
    ],
)
def test_a_figure_that_is_cut_from_a_longer_number_does_not_stand_there(quote: str, line: str, within: str) -> None:
    assert at(quote, line) == Standing("missing", within=within)
    assert at(quote, line, "or", f"else {quote}", paragraph=1).verdict == "moved"


@pytest.mark.parametrize(
    ("quote", "line"),
    [
        ("300,000", "of 300,000, and 410,000."),
        ("2026", "09.01.2026"),
        ("38.00", "HKD 38.00."),
        ("5", "RMB5m"),
        ("2", "Q2"),
        ("550,000", "550,000-vehicle"),
        ("2026", "于2026年"),
    ],
)
def test_what_stands_beside_letters_signs_or_parts_of_a_date_is_a_number_of_its_own(quote: str, line: str) -> None:
    assert at(quote, line).verdict == "found"


def test_the_named_paragraph_comes_first_even_where_another_has_the_very_characters() -> None:
    assert at("200 billion", "200 Billion", "200 billion") == Standing(
        "found", (Span(1, 0, 11),), spelled="200 Billion"
    )
    assert at("200 billion", "title", "a 200 Billion", paragraph=1) == Standing(
        "moved", (Span(2, 2, 13),), spelled="200 Billion"
    )


def test_a_prefix_that_is_only_alike_decides_and_is_told() -> None:
    found = at("2026", "in 2026, the course\u00a0for 2026", prefix="course for ")
    assert found == Standing("found", (Span(1, 24, 28),), spelled="course\u00a0for 2026")


def test_without_a_paragraph_several_paragraphs_are_as_ambiguous_as_one() -> None:
    assert at("GM", "GM", "title", "of GM", paragraph=None) == Standing("ambiguous", (Span(1, 0, 2), Span(3, 3, 5)))
    assert at("GM", "GM", "title", "of GM", paragraph=None, prefix="of ") == Standing("found", (Span(3, 3, 5),))


def test_places_that_overlap_are_several() -> None:
    assert at("aa", "aaa").spans == (Span(1, 0, 2), Span(1, 1, 3))
    assert at("AA", "aaa").spans == (Span(1, 0, 2), Span(1, 1, 3))


@pytest.mark.parametrize("quote", ["", " ", "\u200b"])
def test_a_quote_of_nothing_to_be_seen_is_missing(quote: str) -> None:
    assert at(quote, "a b \u200b") == Standing("missing")


def test_a_text_of_nothing_has_no_quotes() -> None:
    assert standing(Locator("a", 1), ()) == Standing("missing")
    assert standing(Locator("a", None), [Paragraph(1, "b", 0)]) == Standing("missing")
