"""When two facts say the same, field by field."""

from __future__ import annotations

from typing import Any

import pytest

from evaluation.comparing import compared, is_free
from evaluation.wording import alike
from timeline.event import Report
from timeline.intake.proposed import proposed
from timeline.metrics import Metric

CHARGE = {"kind": "charge.announced", "company": "halden", "occurred": "2026-01-08", "value": "USD 6 billion"}
PRODUCT = {
    "kind": "product.described",
    "company": "halden",
    "occurred": "2026-01-08",
    "product": "Aster 3",
    "price": "USD 900",
}
GOAL = {
    "kind": "target.set",
    "company": "halden",
    "occurred": "2026-01-08",
    "metric": "EV deliveries",
    "period": "2026",
    "action": "raised",
    "value": "550,000",
}
RESULT = {
    "kind": "result.reported",
    "company": "halden",
    "occurred": "2025",
    "metric": "revenue",
    "period": "2025",
    "value": "USD 1 million",
    "cumulative": "yes",
}


def report(fields: dict[str, Any]) -> Report:
    read = proposed({"key": "k", **fields}, "s", "USD")
    assert isinstance(read, Report), read
    return read


def wrong(fields: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]) -> list[str]:
    """Names of the fields in which two facts differ."""
    return [field.name for field in compared(report(fields | ours), report(fields | theirs)) if not field.same]


@pytest.mark.parametrize(
    ("fields", "ours", "theirs", "expected"),
    [
        (CHARGE, {"value": "$6 billion"}, {"value": "USD 6 billion"}, []),
        (CHARGE, {"value": "about $6 billion"}, {"value": "$6 billion"}, ["value"]),
        (CHARGE, {"value": "EUR 6 billion"}, {}, ["value"]),
        (CHARGE, {"cause": "scaling back of the EV programme"}, {"cause": "EV programmes scaled back"}, []),
        (CHARGE, {"cause": "scaling back of the EV programme"}, {"cause": "tariffs"}, ["cause"]),
        (CHARGE, {"cause": "tariffs"}, {}, ["cause"]),
        (CHARGE, {}, {"booked": "2025-Q4"}, ["booked"]),
        (CHARGE, {"booked": "2025-Q4"}, {"booked": "2025-10-01/2025-12-31"}, []),
        (CHARGE, {"type": "impairment"}, {"type": "restructuring"}, ["type"]),
        (CHARGE, {"occurred": "2026-01"}, {"occurred": "2026-01-08"}, ["occurred"]),
        (CHARGE, {"occurred": {"when": "2026-01-08", "wording": "yesterday"}}, {}, []),
        (CHARGE, {"said_by": "Mira Holt"}, {"said_by": "Holt"}, []),
        (CHARGE, {"confirmed": "company"}, {"confirmed": "no"}, ["confirmed"]),
        (CHARGE, {"note": "a remark", "parties": ["ford"]}, {}, []),
        (GOAL, {}, {"metric": "vehicle deliveries"}, []),
        (GOAL, {}, {"metric": "deliveries"}, ["metric"]),
        (PRODUCT, {"rivals": ["Tesla", "BYD"]}, {"rivals": ["BYD", "Tesla"]}, []),
        (PRODUCT, {"rivals": ["Tesla", "BYD"]}, {"rivals": ["BYD"]}, ["rivals"]),
        (PRODUCT, {"rivals": ["BYD"]}, {"rivals": ["BYD", "BYD"]}, ["rivals"]),
        (PRODUCT, {}, {"product": "Aster 4"}, ["product"]),
        (
            PRODUCT,
            {"specifications": [{"name": "range", "value": "700 km"}]},
            {"specifications": [{"name": "range", "value": "800 km"}]},
            ["specifications"],
        ),
    ],
)
def test_a_field_is_the_same_by_what_it_means(
    fields: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any], expected: list[str]
) -> None:
    assert wrong(fields, ours, theirs) == expected


def test_a_field_that_neither_states_is_none() -> None:
    stated = [field.name for field in compared(report(CHARGE), report(CHARGE))]
    assert stated == ["value", "occurred"]


@pytest.mark.parametrize(
    ("fields", "name", "sort"),
    [
        (CHARGE, "value", "figure"),
        (CHARGE, "occurred", "figure"),
        (CHARGE | {"parts": [{"name": "plants", "value": "USD 1 billion"}]}, "parts", "figure"),
        (CHARGE | {"cause": "tariffs"}, "cause", "wording"),
        (CHARGE | {"said_by": "Mira Holt"}, "said_by", "attribution"),
        (GOAL, "action", "wording"),
        (RESULT, "cumulative", "wording"),
    ],
)
def test_a_field_is_of_a_sort_by_its_values(fields: dict[str, Any], name: str, sort: str) -> None:
    found = {field.name: field.sort for field in compared(report(fields), report(fields))}
    assert found[name] == sort


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("base salary", "severance: base salary", True),  # two words of three
        ("salary", "severance: base salary", False),  # one of three
        ("the EV programmes", "EV programme", True),
        ("subsidies", "subsidy", True),
        ("Model 3", "Model Y", False),
        ("China-made Model 3", "the Model 3", True),
        ("10 stores", "20 stores", False),
        ("of the", "Of the", True),  # no word of content: letter by letter
        ("of the", "in the", False),
        ("loss", "los", False),
    ],
)
def test_wordings_are_alike_where_half_of_the_words_are_shared(one: str, other: str, *, expected: bool) -> None:
    assert alike(one, other) is expected
    assert alike(other, one) is expected


def test_only_plain_text_is_free_wording() -> None:
    assert is_free(str)
    assert is_free(str | None)
    assert is_free(tuple[str, ...])
    assert not is_free(Metric)
    assert not is_free(Metric | None)
