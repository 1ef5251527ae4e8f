"""The JSON Schema takes what `read` takes, and refuses what an editor can know to be wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from tests.intake.kinds import PAYLOADS
from tests.intake.test_fixture import WHOLE
from tests.intake.texts import HEAD, bought, described, fixture
from timeline.intake.fixture import read
from timeline.intake.schema import json_schema

FIXTURES = Path(__file__).parents[2] / "fixtures"
SCHEMA = json_schema(PAYLOADS)
VALIDATOR = Draft202012Validator(SCHEMA)


def plain(text: str, loader: Any = yaml.SafeLoader) -> Any:  # noqa: ANN401
    """The file as an editor reads it: without dates, which JSON does not have."""
    loader = type("Loader", (loader,), {})
    loader.yaml_implicit_resolvers = {
        sign: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
        for sign, resolvers in loader.yaml_implicit_resolvers.items()
    }
    return yaml.load(text, loader)  # noqa: S506  derived from the safe loader


def test_it_is_a_valid_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        HEAD + "facts: []\n",
        bought("first: yes, sessions: 6, settled: 2026-01-08, weight: 0.5, value: 5, fate: cancelled"),
        bought("confirmed: no, occurred: 2026, note: 12, parties: [Beta, 7]"),
        described("specifications: {height: 1 m, doors: 5}"),
        described("specifications: [{name: height, value: 1 m}], due: {when: 2026, wording: soon}"),
        described("parts: {what: a, value: USD 1}"),
    ],
)
def test_it_takes_unquoted_scalars_as_an_editor_reads_them(text: str) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(plain(text))] == []
    assert [error.message for error in VALIDATOR.iter_errors(plain(text, yaml.BaseLoader))] == []


@pytest.mark.parametrize(
    "text",
    [
        HEAD,
        HEAD.replace("kind: news", "kind: blog") + "facts: []\n",
        HEAD.replace("acme-news", "Acme News") + "facts: []\n",
        fixture("kind: nothing"),
        fixture("kind: source.recorded, title: x"),
        fixture("kind: share.bought"),
        fixture("kind: product.described, product: Anvil"),
        bought("colour: red"),
        bought("fate: sold"),
        bought("sessions: 0"),
        bought("at: {paragraph: 3}"),
        bought("at: {quote: x, paragraph: 0}"),
        described("features: []"),
        described("features: a, code: abc"),
    ],
)
def test_it_refuses_what_is_wrong_in_form(text: str) -> None:
    assert not VALIDATOR.is_valid(plain(text))


def test_it_says_what_a_field_means_in_the_words_of_the_payload() -> None:
    kind = SCHEMA["$defs"]["share.bought"]
    assert kind["description"] == "The company bought its own shares."
    assert kind["properties"]["value"]["description"] == "spent on them, fees excluded; left out when not stated"
    assert kind["required"] == ["kind", "key", "shares"]


def test_it_describes_the_kinds_of_the_catalog_and_none_of_the_log() -> None:
    kinds = json_schema()["$defs"]["fact"]["properties"]["kind"]["enum"]
    assert "source.recorded" not in kinds
    assert "event.corrected" not in kinds


@pytest.mark.parametrize("path", sorted(FIXTURES.rglob("*.yaml")), ids=lambda path: path.name)
def test_it_takes_every_shipped_fixture(path: Path) -> None:
    validator = Draft202012Validator(json_schema())
    assert [error.message for error in validator.iter_errors(plain(path.read_text("utf-8")))] == []


def test_every_shipped_fixture_can_be_read() -> None:
    batch = read([str(FIXTURES)])
    assert [str(problem) for problem in batch.problems] == []
    assert len(batch.sources) == len(batch.files)
