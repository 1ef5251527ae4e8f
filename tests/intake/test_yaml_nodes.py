"""YAML as nodes with their places, in the small part of YAML that fixtures need."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from timeline.intake.document import Document
from timeline.intake.position import file_span
from timeline.intake.yaml_nodes import DEEPEST, MappingNode, ScalarNode, SequenceNode, compose

if TYPE_CHECKING:
    from timeline.intake.yaml_nodes import Node


def value(text: str) -> ScalarNode:
    """The value of the only key."""
    node, problems = compose(Document.of("a.yaml", text))
    assert problems == ()
    assert isinstance(node, MappingNode)
    (entry,) = node.entries.values()
    assert isinstance(entry.value, ScalarNode)
    return entry.value


def rules(text: str) -> list[tuple[str, int, int]]:
    return [(problem.rule, problem.line, problem.column) for problem in compose(Document.of("a.yaml", text))[1]]


@pytest.mark.parametrize("written", ["NO", "12:30", "0123", "2026-01-08", "1e5", "5_000", "true", "0x1F", "<<", "="])
def test_a_scalar_is_the_text_that_is_written(written: str) -> None:
    assert value(f"a: {written}\n").text == written


@pytest.mark.parametrize("written", ["", "~", "null", "''", '" "', "# comment"])
def test_nothing_is_written_in_many_ways(written: str) -> None:
    assert value(f"a: {written}\n").empty


def test_the_word_null_in_quotes_is_a_text() -> None:
    assert not value("a: 'null'").empty


@pytest.mark.parametrize("text", ["é: [ü, 😀, *x]\n", "\ufeffé: [ü, 😀, *x]\r\n", "é: [ü, 😀, *x]\r"])
def test_columns_count_characters(text: str) -> None:
    assert rules(text) == [("yaml-alias", 1, 11)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_an_editor_ends_them(end: str) -> None:
    assert rules(f"a: 1{end}{end}b: one\u2028b: 1{end}b: 2{end}") == [
        ("yaml-duplicate-key", 3, 8),
        ("yaml-duplicate-key", 4, 1),
    ]


def test_a_nest_is_refused_one_deeper_than_the_limit() -> None:
    assert rules("[" * DEEPEST + "]" * DEEPEST) == []
    assert rules("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1)) == [("yaml-depth", 1, DEEPEST + 1)]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "{[{["])
def test_a_nest_a_hundred_thousand_deep_is_refused_without_recursion(opening: str) -> None:
    assert [rule for rule, *_ in rules(opening * 100_000)] == ["yaml-depth"]


def test_an_alias_bomb_is_not_unfolded() -> None:
    lines = ["a0: &a0 [x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40))]
    assert [rule for rule, *_ in rules("\n".join(lines))] == ["yaml-alias"] * 40


def test_what_comes_before_a_syntax_error_is_reported_too() -> None:
    assert rules("a: 1\na: 2\nb: 'open\n") == [("yaml-duplicate-key", 2, 1), ("yaml-syntax", 3, 4)]


def test_the_first_of_two_documents_is_read() -> None:
    node, problems = compose(Document.of("a.yaml", "a: 1\n--- \nb: [\n"))
    assert isinstance(node, MappingNode)
    assert list(node.entries) == ["a"]
    assert [problem.rule for problem in problems] == ["yaml-documents"]


TRICKY = """\
é: {plain: "a\\u00e9\\tb", 'it''s': 'x''y'}
list: [a, 'b', "c"]
block: |
  one
  two
folded: >-
  one
  two
empty:
"""


def test_the_parser_in_python_gives_the_same_nodes(monkeypatch: pytest.MonkeyPatch) -> None:
    assert yaml.__with_libyaml__
    fast: tuple[Node | None, object] = compose(Document.of("a.yaml", TRICKY))
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    slow: tuple[Node | None, object] = compose(Document.of("a.yaml", TRICKY))
    assert fast[0] is not None
    assert _texts(fast[0]) == _texts(slow[0])


def _texts(node: object) -> object:
    if isinstance(node, MappingNode):
        return {name: (entry.key.start, _texts(entry.value)) for name, entry in node.entries.items()}
    if isinstance(node, SequenceNode):
        return [_texts(each) for each in node.items]
    return (node.text, node.start, node.style) if isinstance(node, ScalarNode) else node


def pointed(text: str, character: str) -> str:
    """The text from where the first such character of the value stands in the file."""
    node = value(text)
    start = node.text.index(character)
    first, last = file_span(text, node, start, start + 1)
    return text[first:last]


@pytest.mark.parametrize(
    ("text", "character", "found"),
    [
        ("a: abXc", "X", "X"),
        ("a: 'it''s aXb'", "X", "X"),
        ("a: 'it''s'", "'", "''"),
        ('a: "\\u00e9\\tX"', "X", "X"),
        ('a: "\\u00e9X"', "é", "\\u00e9"),
        ('a: "\\U0001F600X"', "X", "X"),
        ('a: "one \\\n   twoX"', "X", "X"),
        ("a: one\n  two\n\n  X", "X", "X"),
        ("a: |\n  one\n  X\n", "X", "X"),
        ("a: >- # X\n  one\n  twoX\n", "X", "X"),
    ],
)
def test_a_character_of_a_value_is_found_in_the_file(text: str, character: str, found: str) -> None:
    assert pointed(text, character) == found


def test_an_empty_text_stands_where_its_quotes_stand() -> None:
    assert file_span("a: ''", value("a: ''"), 0, None) == (3, 5)


@given(st.text(st.characters(codec="utf-8"), min_size=1), st.data())
def test_every_character_of_a_quoted_text_is_found_as_it_is_written(text: str, data: st.DataObject) -> None:
    """JSON's quoted texts are YAML's, but for the surrogates that it writes characters beyond U+FFFF with."""
    pieces = [json.dumps(char)[1:-1] if ord(char) <= 0xFFFF else char for char in text]
    written = f'a: "{"".join(pieces)}"'
    place = data.draw(st.integers(0, len(text) - 1))
    node = ScalarNode(text, 3, len(written), '"')
    first, last = file_span(written, node, place, place + 1)
    assert written[first:last] == pieces[place]


@given(st.text())
def test_no_text_breaks_the_composer(text: str) -> None:
    document = Document.of("a.yaml", text)
    for problem in compose(document)[1]:
        assert 1 <= problem.line <= len(document.starts)
        assert problem.column >= 1


SIGNS = [": ", "- ", "? ", *"{}[],'\"|>#%:-é", "&a", "*a", "!t", "---", "...", "\n", "  ", "\t"]


@given(st.lists(st.sampled_from(SIGNS)))
def test_no_mix_of_signs_breaks_the_composer(signs: list[str]) -> None:
    node, problems = compose(Document.of("a.yaml", "".join(signs)))
    assert {problem.rule.partition("-")[0] for problem in problems} <= {"yaml"}
    assert node is None or node.start <= node.end <= len("".join(signs))
