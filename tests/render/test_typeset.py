import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.render.typeset import cells, cut, flowed, visible, wrapped


@pytest.mark.parametrize(("text", "room"), [("abc", 3), ("小米", 4), ("e\u0301", 1), ("ｱ", 1), ("\uff21", 2), ("", 0)])
def test_wide_characters_take_two_cells_and_combining_ones_none(text: str, room: int) -> None:
    assert cells(text) == room


@pytest.mark.parametrize(
    ("text", "short"), [("abcdef", "abc…"), ("abcd", "abcd"), ("小米集团", "小…"), ("小米", "小米")]
)
def test_what_is_cut_to_fit_ends_with_an_ellipsis(text: str, short: str) -> None:
    assert cut(text, 4) == short


def test_words_wider_than_a_line_are_broken_and_short_ones_are_not() -> None:
    assert wrapped("to incomprehensibilities go", 10) == ["to", "incomprehe", "nsibilitie", "s go"]


def test_items_flow_with_separators_only_between_them() -> None:
    assert flowed(["one", "two", "three"], 10, " · ") == ["one · two", "three"]


@given(st.text(), st.integers(2, 40))
def test_wrapping_loses_nothing_but_spaces(text: str, width: int) -> None:
    text = visible(text)
    lines = wrapped(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert max(map(cells, lines)) <= width


@given(st.text(), st.integers(1, 40))
def test_cut_text_fits(text: str, width: int) -> None:
    assert cells(cut(text, width)) <= width


@given(st.text())
def test_visible_text_holds_nothing_that_moves_the_cursor_or_turns_the_line(text: str) -> None:
    held = {unicodedata.category(character) for character in visible(text).replace("\u200c", "").replace("\u200d", "")}
    assert held.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Xiao\u200dmi", "Xiao\\u200dmi"),
        ("\u200c小米\u200d", "\\u200c小米\\u200d"),
        ("小\u200d\u200d米", "小\\u200d\\u200d米"),
        ("a\u3164b\u034f\ufe0f\U000e0041", "a\\u3164b\\u034f\\ufe0f\\ue0041"),
        ("\x1b[31m\u202e\x9b", "␛[31m\\u202e\\u009b"),
    ],
)
def test_what_cannot_be_seen_is_shown_so_that_two_names_that_differ_look_so(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("\u200c\u200d\u3164\u202e")))
def test_visible_text_stays_as_it_is(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize("text", ["小米 é", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"])
def test_visible_text_keeps_what_scripts_are_written_with(text: str) -> None:
    assert visible(text) == text
