"""The JSON of an answer: strict, but for the habits of models."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.app.drafting.model.answer import DEEPEST, facts_of
from timeline.app.drafting.model.failures import ModelUnusable

FACT = '{"facts": [{"kind": "a", "value": 190.60}]}'
READ = ({"kind": "a", "value": "190.60"},)


def why(content: str) -> str:
    with pytest.raises(ModelUnusable) as caught:
        facts_of(content)
    return caught.value.message.partition(": ")[2]


@pytest.mark.parametrize(
    "content",
    [
        FACT,
        f"```json\n{FACT}\n```",
        f"```\n{FACT}\n```\n",
        f"Here are the facts:\n\n{FACT}\n\nTell me if you need more.",
        f"<think>Is {{this}} [one]?</think>\n{FACT}",
        '[{"kind": "a", "value": 190.60}]',
    ],
)
def test_what_stands_round_the_json_is_taken_away(content: str) -> None:
    assert facts_of(content) == READ


def test_a_number_keeps_its_digits() -> None:
    numbers = [1, 0.10, 1e999]
    assert numbers[2] == float("inf")
    assert facts_of('{"facts": [1, 0.10, 1e999, -0, 123456789012345678901234567890]}') == (
        "1",
        "0.10",
        "1e999",
        "-0",
        "123456789012345678901234567890",
    )


def test_a_number_of_many_digits_is_no_work() -> None:
    assert facts_of('{"facts": [%s]}' % ("9" * 100_000)) == ("9" * 100_000,)


def test_null_is_left_out_and_truth_is_written_as_in_a_fixture() -> None:
    assert facts_of('{"facts": [{"a": null, "b": true, "c": [null, false]}]}') == ({"b": "yes", "c": ["no"]},)


def test_half_a_character_is_replaced() -> None:
    assert facts_of('{"facts": ["a\\ud800"]}') == ("a\ufffd",)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("I cannot do that.", "there is no bracket in it"),
        ('{"facts": [{"kind": "a"}', "it is broken, or cut off"),
        ('{"facts": [{"kind": "a",', "it is broken, or cut off"),
        ('{"facts": []} and {"facts": []}', "it is broken, or cut off"),
        ("{facts: []}", "it is broken, or cut off"),
        ('{"facts": [], "facts": []}', "it says a name twice"),
        ('{"facts": [{"kind": "a", "kind": "b"}]}', "it says a name twice"),
        ('{"facts": [NaN]}', "it has a number that is none"),
        ('{"facts": [-Infinity]}', "it has a number that is none"),
        ('{"facts": {"kind": "a"}}', 'there is no list "facts" in it'),
        ('{"events": []}', 'there is no list "facts" in it'),
        ("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1), f"it is nested more than {DEEPEST} deep"),
        ('{"facts": ' + "[" * 1_000_000, f"it is nested more than {DEEPEST} deep"),
    ],
)
def test_what_is_no_strict_json_is_refused_with_the_reason(content: str, reason: str) -> None:
    assert why(content) == reason


def test_quotation_marks_that_never_close_are_read_once() -> None:
    assert why("{" + '\\"' * 500_000) == "it is broken, or cut off"


def test_brackets_within_texts_nest_nothing() -> None:
    assert facts_of(json.dumps({"facts": ["[" * 100, '"]{' * 100]})) == ("[" * 100, '"]{' * 100)


@given(st.text(alphabet=st.sampled_from('{}[]",:\\facts 0-.eENa\n`<>u8d')))
def test_no_text_brings_it_down(content: str) -> None:
    with suppress(ModelUnusable):
        assert isinstance(facts_of(content), tuple)
