"""A report written as a fixture and read again is the same report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.intake.kinds import PAYLOADS, Bought, Described, Part
from timeline.catalog import catalog
from timeline.dates import When
from timeline.event import Locator, Report
from timeline.intake.content import content
from timeline.intake.document import Document
from timeline.intake.fixture import read
from timeline.intake.frame import RESERVED, fact_fields
from timeline.intake.shape import Choice, Day, Figure, Group, Many, Number, Text, Time, Whole, YesNo
from timeline.intake.typed import typed_fact
from timeline.intake.wording import normal
from timeline.intake.written import fixture_form
from timeline.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hypothesis.strategies import DataObject, SearchStrategy

    from timeline.event import Payload
    from timeline.intake.shape import Field, Shape

FIXTURES = Path(__file__).parents[2] / "fixtures"
HEAD = {"id": "acme-news", "kind": "news", "title": "Acme", "published": "2026-01-09T09:46:04+01:00", "currency": "HKD"}
KINDS = {**catalog().payloads, **PAYLOADS}
FACTS = sorted(KINDS.keys() - set(RESERVED))

# Words that YAML, or a command line, could take for something else.
TEXTS = ("null", "~", "no", "0123", "12:30", "a: b", "- c", "# d", "e = f", "g.h", "'i'", "größer", "name", "value")
FIGURES: Mapping[str, tuple[str, ...]] = {
    "money": ("HKD 190.6 million", "$8bn-plus", "about RMB 1,000", "HKD (5) million"),
    "price": ("HKD 38.04–38.16", "$31.00 ± 1.00"),
    "shares": ("5 million", "550,000 shares", "over 400,000"),
    "percent": ("0.63 %", "+3 %"),
    "count": ("300,000", "> 410,000", "380,000–390,000 vehicles"),
    "figure": ("300,000", "0.63 %", "$8bn-plus", "902 km"),
}


def test_a_fact_is_written_as_a_person_would_write_it() -> None:
    report = Report(
        payload=Bought(shares=Quantity.parse("5 million"), first=True, fate="cancelled"),
        key="bought",
        company="acme",
        source="acme-news",
        occurred=When.parse("2026-01", "recently"),
        at=(Locator("5 million", 3),),
        parties=("beta", "gamma"),
        note="on the exchange",
    )
    assert fixture_form(report) == {
        "key": "bought",
        "kind": "share.bought",
        "company": "acme",
        "occurred": {"when": "2026-01", "wording": "recently"},
        "shares": "5 million",
        "fate": "cancelled",
        "first": "yes",
        "parties": ["beta", "gamma"],
        "at": [{"quote": "5 million", "paragraph": "3"}],
        "note": "on the exchange",
    }


def test_parts_are_written_as_mappings() -> None:
    parts = (Part("plant", Quantity.parse("USD 5")), Part("people", Quantity.parse("USD 6")))
    report = Report(payload=Described(product="Anvil", parts=parts), key="1", company="acme")
    assert fixture_form(report)["parts"] == [{"what": "plant", "value": "USD 5"}, {"what": "people", "value": "USD 6"}]


@pytest.mark.parametrize(
    ("written", "again"),
    [
        ({"height": "1 m", "doors": "5"}, {"height": "1 m", "doors": "5"}),
        ([{"name": "height", "value": "1 m"}], {"height": "1 m"}),
        # Of one mapping one height would be lost, and the other mapping would be read as a single specification.
        ([{"name": "height", "value": "1 m"}, {"name": "height", "value": "2 m"}], None),
        ([{"name": "name", "value": "Anvil"}, {"name": "value", "value": "5"}], None),
    ],
)
def test_names_with_values_are_written_as_one_mapping_where_that_is_read_alike(written: Any, again: Any) -> None:  # noqa: ANN401
    report = read_again({"key": "1", "kind": "product.described", "product": "Anvil", "specifications": written})
    assert fixture_form(report)["specifications"] == (again or written)


def test_every_shipped_fact_is_the_same_when_it_is_written_and_read_again() -> None:
    batch = read([str(FIXTURES)])
    currencies = {source_id: source.currency for source_id, source, _ in batch.sources}
    assert batch.reports
    for report in batch.reports:
        source = {"id": report.source or "", "currency": currencies[report.source or ""]}
        fact = fixture_form(report)
        assert read_again(fact, catalog().payloads, **source) == report
        assert as_base(fact, catalog().payloads, **source) == report


@pytest.mark.parametrize("kind", FACTS)
@settings(max_examples=20, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(st.data())
def test_any_fact_is_the_same_when_it_is_written_and_read_again(kind: str, data: DataObject) -> None:
    fact = data.draw(facts(kind))
    found = content(Document.of("a.yaml", fixture(fact)), KINDS)
    # Some kinds refuse fields that contradict one another, or need one of several.
    assume(not found.problems)
    report = found.facts[0].report
    again = fixture_form(report)
    assert read_again(again) == report
    assert as_base(again) == report
    assert fixture_form(read_again(again)) == again


def read_again(fact: dict[str, Any], payloads: Mapping[str, type[Payload]] = KINDS, **head: str) -> Report:
    """What a fixture with this fact is read as."""
    found = content(Document.of("a.yaml", fixture(fact, **head)), payloads)
    assert [str(problem) for problem in found.problems] == []
    return found.facts[0].report


def as_base(fact: dict[str, Any], payloads: Mapping[str, type[Payload]] = KINDS, **head: str) -> Report | None:
    """What becomes of a fact that is corrected in nothing."""
    source = {**HEAD, **head}
    found = typed_fact(
        fact["kind"],
        fact["company"],
        (),
        source_id=source["id"],
        key=fact["key"],
        currency=source["currency"],
        base=fact,
        payloads=payloads,
    )
    assert found.problems == ()
    return found.report


def fixture(fact: dict[str, Any], **head: str) -> str:
    """A fixture with this one fact."""
    source = {name: each for name, each in {**HEAD, **head}.items() if each}
    defaults = {"company": "acme", "occurred": "2026-01-08"}
    tree = {"schema": "timeline/source/1", "source": source, "defaults": defaults, "facts": [fact]}
    return yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)


def facts(kind: str) -> SearchStrategy[dict[str, Any]]:
    """Facts of a kind as plain texts, lists and mappings, most of which it takes."""
    fields = {name: field for name, field in fact_fields(KINDS[kind]).items() if name not in ("key", "kind", "company")}
    settled = {"key": st.sampled_from(("1", "a b", "~")), "kind": st.just(kind), "company": st.just("acme")}
    return mappings(fields).flatmap(lambda stated: st.fixed_dictionaries(settled).map(lambda fixed: fixed | stated))


def mappings(fields: Mapping[str, Field]) -> SearchStrategy[dict[str, Any]]:
    """Mappings that have all required fields and some of the others, in the order of the fields."""
    by_need = {need: {n: texts(f.shape) for n, f in fields.items() if f.required is need} for need in (True, False)}
    found = st.fixed_dictionaries(by_need[True], optional=by_need[False])
    return found.map(lambda stated: {name: stated[name] for name in fields if name in stated})


def texts(shape: Shape) -> SearchStrategy[Any]:  # noqa: C901 - one case a shape
    """What can be written in a field of a shape."""
    match shape:
        case Text(form) if form.pattern and not form.fits("a"):
            regex = st.from_regex(form.pattern, fullmatch=True)
            return regex.filter(lambda text: text.isprintable() and normal(text) == text and len(text) < form.longest)
        case Text(form):
            return st.sampled_from(TEXTS).filter(form.fits)
        case YesNo():
            return st.sampled_from(("yes", "no"))
        case Whole():
            return st.integers(shape.least or 0, shape.most or 400).map(str)
        case Number():
            return st.decimals(-10, 10, places=3).map(str)
        case Day():
            return st.dates().map(str)
        case Choice():
            return st.sampled_from(shape.options)
        case Figure():
            return st.sampled_from(FIGURES[shape.measure.name if shape.measure else "figure"])
        case Time():
            when = st.sampled_from(("2026-01-08", "2025-Q3", "2025-H2~", "2026/2030", "../2026-12-31"))
            return when | st.fixed_dictionaries({"when": when, "wording": st.sampled_from(TEXTS)})
        case Many(item):
            return st.lists(texts(item), min_size=1, max_size=3)
        case Group():
            return mappings(shape.fields)
