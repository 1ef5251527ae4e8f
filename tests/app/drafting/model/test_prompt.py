"""What a model is told: the vocabulary, the numbered paragraphs as data, what they print and the known companies."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema

from timeline.app.drafting.model.chunks import Line, chunks, halves
from timeline.app.drafting.model.prompt import messages
from timeline.app.drafting.model.vocabulary import proposable, vocabulary
from timeline.catalog import catalog

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.app.drafting.model.question import Question

    Ask = Callable[..., Question]


def test_every_kind_of_fact_is_told_as_a_json_schema() -> None:
    for schema in vocabulary().values():
        jsonschema.Draft202012Validator.check_schema(schema)
    bought = vocabulary()["buyback.executed"]
    assert bought["properties"]["price"] == {
        "type": "string",
        "format": "price",
        "description": "lowest to highest price a share",
    }


def test_kinds_about_the_log_and_about_who_is_who_are_kept_back() -> None:
    kept_back = {kind.partition(".")[0] for kind in set(catalog().payloads) - set(proposable())}
    assert kept_back == {"company", "event", "source"}
    assert not kept_back & {kind.partition(".")[0] for kind in proposable()}


def test_the_vocabulary_is_short_enough_to_be_sent_with_a_text() -> None:
    assert len(json.dumps(vocabulary())) < 40_000


def test_the_text_is_numbered_between_fences_with_what_it_prints(ask: Ask) -> None:
    question = ask()
    system, user = messages(question, chunks(question.text.paragraphs, 24_000)[0], "=== fence ===")
    lines = user["content"].splitlines()
    first, last = (at for at, line in enumerate(lines) if line == "=== fence ===")
    inside = lines[first + 1 : last]
    assert inside[0] == "[1] Halden lifts its 2026 goal"
    assert "#3 in [2]: count “1.25 million shares”" in inside
    assert "#2 in [2]: date “January 8” = 2026-01-08" in inside
    assert "halden: Halden" in inside
    assert "=== fence ===" in system["content"]
    assert "Published: 2026-01-09" in lines[:first]


def test_a_later_piece_has_the_title_and_only_its_own_prints(ask: Ask) -> None:
    question = ask()
    _, user = messages(question, (Line(3, question.text.paragraphs[2]),), "=== fence ===")
    assert "[title] Halden lifts its 2026 goal" in user["content"]
    assert "90,000 deliveries" in user["content"]
    assert "1.25 million" not in user["content"]


def test_a_long_text_is_cut_between_paragraphs_which_keep_their_numbers() -> None:
    cut = chunks(["a" * 60, "b" * 30, "c" * 30, "d" * 90], 100)
    assert [[(line.number, len(line.text)) for line in chunk] for chunk in cut] == [
        [(1, 60), (2, 30)],
        [(3, 30)],
        [(4, 90)],
    ]


def test_a_paragraph_that_is_too_long_is_cut_between_words() -> None:
    text = "word " * 50
    pieces = [line for chunk in chunks([text], 60) for line in chunk]
    assert {line.number for line in pieces} == {1}
    assert "".join(line.text for line in pieces) == text
    assert all(text[line.start :].startswith(line.text) and len(line.text) <= 60 for line in pieces)


def test_a_piece_is_halved_as_long_as_it_has_two_lines() -> None:
    lines = tuple(Line(number, "a") for number in (1, 2, 3))
    assert halves(lines) == (lines[:1], lines[1:])
    assert halves(lines[:1]) == ()
