"""Values as the fields of a payload want them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from msgspec import Struct

from tests.intake.kinds import Bought, Described, Part, Specification
from tests.intake.texts import bought, described, fixture
from timeline.dates import When
from timeline.intake.shape import fields_of
from timeline.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.event import Payload
    from timeline.intake.fixture import Batch

    Reader = Callable[..., Batch]


def only(batch: Batch) -> Payload:
    assert batch.problems == ()
    (report,) = batch.reports
    return report.payload


@pytest.mark.parametrize(
    ("field", "name", "value"),
    [
        ("value: about HKD 190.6 million", "value", Quantity.parse("about HKD 190.6 million")),
        ("value: $8bn-plus", "value", Quantity.parse("$8bn-plus", "HKD")),
        ("price: HKD 38.04–38.16", "price", Quantity.parse("HKD 38.04–38.16")),
        ("share_of_capital: 0.63 %", "share_of_capital", Quantity.parse("0.63 %")),
        ('anything: "> 410,000"', "anything", Quantity.parse("> 410,000")),
        ("unmeasured: 5 apples", "unmeasured", Quantity.parse("5 apples")),
        ("fate: cancelled", "fate", "cancelled"),
        ("first: yes", "first", True),
        ("first: true", "first", True),
        ("first: no", "first", False),
        ("first: 'false'", "first", False),
        ("sessions: 6", "sessions", 6),
        ("settled: 2026-01-08", "settled", dt.date(2026, 1, 8)),
        ("weight: -0.630", "weight", Decimal("-0.630")),
    ],
)
def test_a_scalar_is_read_as_its_field_wants_it(batch: Reader, field: str, name: str, value: object) -> None:
    assert getattr(only(batch(bought(field))), name) == value


def test_a_bare_number_in_a_field_of_shares_is_shares(batch: Reader) -> None:
    payload = only(batch(fixture("kind: share.bought, shares: 5 million")))
    assert isinstance(payload, Bought)
    assert payload.shares.unit == "shares"


@pytest.mark.parametrize("written", ["2026-01", "{when: 2026-01}"])
def test_a_date_may_be_written_with_or_without_a_mapping(batch: Reader, written: str) -> None:
    payload = only(batch(described(f"due: {written}, features: heavy")))
    assert isinstance(payload, Described)
    assert payload.due == When.parse("2026-01")


def test_a_date_keeps_the_words_of_the_source(batch: Reader) -> None:
    payload = only(batch(described("due: {wording: soon, when: 2026-01/..}, features: heavy")))
    assert isinstance(payload, Described)
    assert payload.due == When.parse("2026-01/..", "soon")


@pytest.mark.parametrize(
    ("written", "features"), [("heavy", ("heavy",)), ("[heavy, black]", ("heavy", "black")), ("[1, no]", ("1", "no"))]
)
def test_one_item_may_stand_for_a_list(batch: Reader, written: str, features: tuple[str, ...]) -> None:
    payload = only(batch(described(f"features: {written}")))
    assert isinstance(payload, Described)
    assert payload.features == features


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{height: 1 m, weight: 9 kg}", (("height", "1 m"), ("weight", "9 kg"))),
        ("{name: height, value: 1 m}", (("height", "1 m"),)),
        ("[{name: height, value: 1 m}, {name: weight, value: 9 kg}]", (("height", "1 m"), ("weight", "9 kg"))),
    ],
)
def test_names_with_values_may_be_one_mapping(
    batch: Reader, written: str, expected: tuple[tuple[str, str], ...]
) -> None:
    payload = only(batch(described(f"specifications: {written}")))
    assert isinstance(payload, Described)
    assert payload.specifications == tuple(Specification(*pair) for pair in expected)


def test_a_list_of_mappings_becomes_structures(batch: Reader) -> None:
    payload = only(batch(described("parts: [{what: tools, value: USD 1bn}, {value: USD 2bn, what: staff}]")))
    assert isinstance(payload, Described)
    assert payload.parts == (
        Part("tools", Quantity.parse("USD 1bn")),
        Part("staff", Quantity.parse("USD 2bn")),
    )


def test_a_text_is_kept_in_its_composed_form_without_white_space_around_it(batch: Reader) -> None:
    payload = only(batch(described('features: "  Cafe\\u0301 "')))
    assert isinstance(payload, Described)
    assert payload.features == ("Caf\u00e9",)


def test_a_folded_block_is_one_line(batch: Reader) -> None:
    text = fixture("kind: share.bought, shares: 5 million").replace("{key: 1, kind", "key: 1\n    kind")
    text = text.replace(", shares: 5 million}", "\n    shares: 5 million\n    note: >-\n      one\n      two")
    (report,) = batch(text).reports
    assert report.note == "one two"


@pytest.mark.parametrize(
    ("field", "rule", "pointed_at"),
    [
        ("value: HKD 19o million", "quantity-number", "19o"),
        ('value: "HKD 19o million"', "quantity-number", "19o"),
        ('value: "HKD\\u00a019o million"', "quantity-number", "19o"),
        ('value: "  HKD 19o million"', "quantity-number", "19o"),
        ("value: Gr\u00f6\u00dfe 5", "quantity-malformed", "Gr\u00f6\u00dfe"),
        ("value: Gro\u0308\u00dfe 5", "quantity-malformed", "Gro\u0308\u00dfe"),
        ('value: "HKD Gr\\u00f6\u00dfe 5"', "quantity-malformed", "Gr\\u00f6\u00dfe"),
        ("value: 5 million shares", "currency-missing", "5 million shares"),
        ("settled: 2026-13-01", "day-malformed", "2026-13-01"),
        ("first: y", "yes-no-malformed", "y"),
        ("first: True", "yes-no-malformed", "True"),
        ("weight: 1_000", "number-malformed", "1_000"),
        ("weight: nan", "number-malformed", "nan"),
        ("weight: ٣", "number-malformed", "٣"),
        ("sessions: 0", "number-out-of-range", "0"),
        ("sessions: +6", "number-malformed", "+6"),
        ("sessions: 9007199254740993000", "number-malformed", "9007199254740993000"),
        ('note: "all \\u202Ereversed"', "text-control-character", "\\u202E"),
        ("note: [one, two]", "shape-unexpected", "[one, two]"),
    ],
)
def test_a_mistake_is_pointed_at_where_it_stands(batch: Reader, field: str, rule: str, pointed_at: str) -> None:
    (problem,) = batch(bought(field)).problems
    assert (problem.rule, problem.line) == (rule, 10)
    assert problem.excerpt[problem.column - 1 :][: problem.width] == pointed_at


def test_all_mistakes_of_a_list_are_found(batch: Reader) -> None:
    problems = batch(
        described("parts: [{what: a, value: 1}, {what: b}, c, {what: d, value: USD 1, extra: e}]")
    ).problems
    assert [problem.rule for problem in problems] == [
        "currency-missing",
        "field-missing",
        "shape-unexpected",
        "field-unknown",
    ]


@pytest.mark.parametrize("field", ["features: []", "specifications: {}", "parts: {}"])
def test_an_empty_list_or_mapping_says_nothing(batch: Reader, field: str) -> None:
    (problem,) = batch(described(field)).problems
    assert problem.rule == "value-empty"


def test_a_payload_may_name_the_rule_and_the_remedy_itself(batch: Reader) -> None:
    (problem,) = batch(bought("first: yes, sessions: 6")).problems
    assert (problem.rule, problem.fix) == ("sessions-of-first", "leave the sessions out")


@pytest.mark.parametrize("written", ["{wording: soon}", "{when: [2026], wording: soon}", "{when: 2026, wording: }"])
def test_a_date_in_a_mapping_needs_both_parts_sound(batch: Reader, written: str) -> None:
    found = batch(described(f"features: heavy, due: {written}"))
    assert len(found.problems) == 1
    assert found.reports == ()


def test_what_an_alias_stands_for_is_not_complained_about_again(batch: Reader) -> None:
    problems = batch(bought("note: &n [one], said_by: *n, parties: *n, at: *n, value: *n")).problems
    assert [problem.rule for problem in problems] == ["yaml-alias", "shape-unexpected"]


def test_a_type_that_no_fixture_can_be_written_in_names_its_class() -> None:
    class Floating(Struct):
        number: float

    with pytest.raises(TypeError, match="float") as caught:
        fields_of(Floating)
    assert caught.value.__notes__ == ["in Floating"]
