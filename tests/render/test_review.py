"""A fact under review on a screen: golden pages, marks of quotes, and texts that are not to be trusted."""

from __future__ import annotations

from pathlib import Path

import pytest

from timeline.render.ink import Ink
from timeline.render.passages import Passage, passage_lines
from timeline.render.review import Card, card_text, keys_text, list_text, outlook_text, problems_text
from timeline.render.typeset import cells
from timeline.section import Finding

GOLDEN = Path(__file__).parent / "golden"
TEXT = "On January 8, Acme (火箭) bought back 1.25 million shares for about HKD 52.5 million, at HKD 41.80 a share."
CARD = Card(
    number=2,
    total=12,
    what="fact",
    title="buyback.executed  bought-2026-01-08",
    status="later",
    passages=(
        Passage(2, TEXT, ((3, 12), (36, 48), (66, 82)), ("January 7",)),
        Passage(7, "It holds 3 million of its own.", ((9, 18),)),
    ),
    fields=(
        ("company", "acme"),
        ("occurred", "2026-01-08  (8 Jan 2026)"),
        ("value", "about HKD 52.5 million  (52,400,000 to 52,600,000 HKD)"),
    ),
    confidence="72 %",
    doubts=("the day is that of the title", "or occurred: 2026-01-07"),
    problems=(
        "a.yaml:3:5: error[field-unknown]: no field 'shars'\n      shars: 5\n      ^^^^^\n  fix: did you mean shares?",
    ),
    effect="conflicts with what is recorded",
    bad=True,
    told=("value: here HKD 52.5 million, recorded HKD 50 million (wire)",),
)


@pytest.mark.parametrize("width", [40, 80])
def test_a_card_is_as_it_was_looked_over(width: int) -> None:
    text = card_text(CARD, width, color=False)
    assert text == (GOLDEN / f"review-{width}.txt").read_text("utf-8")
    assert max(map(cells, text.splitlines())) <= width


@pytest.mark.parametrize("width", range(20, 90, 3))
def test_colour_changes_no_sign_beside_the_marks_and_stands_for_them(width: int) -> None:
    passage = CARD.passages[0]
    plain = " ".join(passage_lines(passage, width, Ink()))
    coloured = " ".join(passage_lines(passage, width, Ink(color=True)))
    assert ">>" not in coloured
    for quote in ("January 8", "1.25 million", "HKD 52.5 million"):
        assert f">>{quote}<<" in " ".join(plain.split())
    marked = coloured.split("\x1b[1;7m")[1:]
    assert "".join(part.split("\x1b[0m")[0] for part in marked).replace(" ", "") == "January81.25millionHKD52.5million"


def test_what_would_act_on_a_terminal_is_a_sign_within_quotes_and_beside_them() -> None:
    text = "a\x1b[2J \u202e5 mil\u2066lion\x07 end"
    (line,) = passage_lines(Passage(1, text, ((7, 16),)), 80, Ink())
    assert line == "¶1 a␛[2J \\u202e>>5 mil\\u2066lio<<n␇ end"
    bad = "\x1b]0;x\x07\u202e"
    card = CARD._replace(title=bad, fields=((bad, bad),), doubts=(bad,), problems=(bad,), effect=bad, told=(bad,))
    shown = card_text(card, 80, color=False) + list_text([(1, "", bad)], 1, 80, color=False)
    assert not set("\x1b\x07\u202e") & set(shown)


def test_of_a_long_paragraph_what_stands_round_the_quotes_is_shown() -> None:
    text = f"{'begin ' * 200}has 5 million pumps {'middle ' * 200}and 6 million pipes {'end ' * 200}"
    spans = tuple((at, at + 9) for at in (text.index("5 million"), text.index("6 million")))
    shown = " ".join(line.strip() for line in passage_lines(Passage(None, text, spans), 80, Ink()))
    assert shown.startswith("… begin begin")
    assert "begin has >>5 million<< pumps middle" in shown
    assert "middle … middle" in shown
    assert "and >>6 million<< pipes end" in shown
    assert shown.endswith("end …")
    assert len(shown) < 1000


def test_quotes_that_overlap_are_marked_as_one_and_a_text_without_any_is_shown() -> None:
    (line,) = passage_lines(Passage(3, "about 5 million", ((6, 15), (0, 7))), 80, Ink())
    assert line == "¶3 >>about 5 million<<"
    assert list(passage_lines(Passage(3, "about 5 million"), 80, Ink())) == ["¶3 about 5 million"]
    assert list(passage_lines(Passage(9, "", (), ("x",)), 80, Ink())) == ["“x” does not stand in paragraph 9"]


def test_spaces_of_all_sorts_keep_the_marks_in_their_places() -> None:
    text = "paid  HKD\u00a05\u2003million   today and then some more words to fill the line"
    lines = list(passage_lines(Passage(1, text, ((6, 19),)), 24, Ink(color=True)))
    marked = "".join(lines).split("\x1b[1;7m")[1].split("\x1b[0m")[0]
    assert marked.split() == ["HKD", "5", "million"]


def test_a_caret_stays_below_what_it_points_at_and_a_remedy_is_wrapped() -> None:
    text = problems_text(
        "a.yaml:3:5: error[r]: wrong\n      shars: 5\n      ^^^^^\n  fix: did you mean shares or pairs?", 24
    )
    assert text.splitlines() == [
        "a.yaml:3:5: error[r]:",
        "wrong",
        "      shars: 5",
        "      ^^^^^",
        "  fix: did you mean",
        "       shares or pairs?",
    ]


def test_a_long_line_with_a_caret_is_cut_so_that_the_columns_hold() -> None:
    text = problems_text("wrong\n  shars: 5 and more than fits\n  ^^^^^", 20)
    assert text.splitlines() == ["wrong", "  shars: 5 and more…", "  ^^^^^"]


def test_keys_are_told_in_as_few_lines_as_they_need() -> None:
    keys = (("k", "keep"), ("e", "edit"), ("?", "help"))
    assert keys_text(keys, 40, color=False) == "k keep · e edit · ? help\n"
    assert keys_text(keys, 20, color=False) == "k keep · e edit\n? help\n"


def test_the_list_says_what_became_of_each() -> None:
    rows = [(9, "leave out", "“9%”"), (10, "", "target.set  goal-of-a-very-long-name")]
    assert list_text(rows, 10, 36, color=False).splitlines() == [
        " 9  left out  “9%”",
        "10  ·         target.set  goal-of-a…",
    ]


def test_the_outlook_counts_and_names_what_is_striking() -> None:
    finding = Finding("reports-disagree", "note", "revenue: 1 here, 2 there")
    verdicts = (("new", 2), ("conflicts", 1))
    text = outlook_text(3, verdicts, [("sales", "conflicts", ("value: 1, 2",))], [finding], 60, color=False)
    assert text.splitlines() == [
        "",
        "A load of 3 facts: 2 new, 1 in conflict with what is",
        "recorded.",
        "sales: in conflict with what is recorded",
        "  value: 1, 2",
        "",
        "The audit of figures would then say in addition:",
        "note[reports-disagree]: revenue: 1 here, 2 there",
    ]
    assert outlook_text(0, (), (), (), 60, color=False).splitlines()[1] == "A load of 0 facts: none."
