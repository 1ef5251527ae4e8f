"""Words typed on a command line as a fact, and what is said of those that are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.intake.kinds import PAYLOADS, Bought, Described, Part, Specification
from tests.intake.test_written import FACTS, HEAD, KINDS, facts, fixture
from timeline.dates import When
from timeline.event import Locator, Report
from timeline.intake.content import content
from timeline.intake.document import Document
from timeline.intake.frame import fact_fields
from timeline.intake.typed import typed_fact
from timeline.intake.written import fixture_form
from timeline.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import DataObject

    from timeline.errors import Problem
    from timeline.intake.typed import Typed

ANVIL = {
    "product": "Anvil",
    "occurred": {"when": "2026-01", "wording": "recently"},
    "due": "2026-04",
    "features": ["light", "strong"],
    "specifications": {"height": "1 m", "weight": "2.5 kg"},
    "at": [{"quote": "Anvil", "paragraph": "3"}],
    "note": "on the fair",
}


def typed(kind: str, *words: str, base: dict[str, Any] | None = None, key: str = "1", company: str = "acme") -> Typed:
    """What these words amount to as a fact of a source that means Hong Kong dollars."""
    return typed_fact(
        kind, company, words, source_id="acme-news", key=key, currency="HKD", base=base, payloads=PAYLOADS
    )


def only(found: Typed) -> Report:
    assert found.problems == ()
    assert found.report
    return found.report


def test_words_are_a_fact() -> None:
    words = ("shares=5 million", "value=$190.6 million", "first=yes", "occurred=2026-01-08", "said_by=Ann = Bob")
    quotes = ("at.paragraph=3", "at.quote=5 million", "at.quote=$190.6 million")
    found = typed("share.bought", *words, *quotes)
    assert only(found) == Report(
        payload=Bought(
            shares=Quantity(**{**fields(Quantity.parse("5 million")), "unit": "shares"}),
            value=Quantity.parse("$190.6 million", "HKD"),
            first=True,
        ),
        key="1",
        company="acme",
        source="acme-news",
        occurred=When.parse("2026-01-08"),
        said_by="Ann = Bob",
        at=(Locator("5 million", 3), Locator("$190.6 million")),
    )


def fields(quantity: Quantity) -> dict[str, Any]:
    return {name: getattr(quantity, name) for name in quantity.__struct_fields__}


def test_lists_parts_and_names_have_words_of_their_own() -> None:
    found = typed(
        "product.described",
        "product=null",
        "occurred=2026-01",
        "occurred.wording=recently",
        "due.when=2026-04",
        "features=light",
        "specifications.0–100 km/h in 3.2 s=yes",
        "features=strong: very",
        "parts.what=plant",
        "parts.value=USD 5",
        "parts.what=people",
        "parts.value=USD 6",
        "specifications.height=1 m",
    )
    report = only(found)
    assert report.occurred == When.parse("2026-01", "recently")
    assert report.payload == Described(
        product="null",
        due=When.parse("2026-04"),
        features=("light", "strong: very"),
        specifications=(Specification("0–100 km/h in 3.2 s", "yes"), Specification("height", "1 m")),
        parts=(Part("plant", Quantity.parse("USD 5")), Part("people", Quantity.parse("USD 6"))),
    )


@pytest.mark.parametrize(
    ("words", "rule", "marked", "fix"),
    [
        (["bla"], "word-malformed", "[bla]", "write FIELD=VALUE, such as occurred=2026-01-08"),
        (["=5"], "word-malformed", "[=5]", "write FIELD=VALUE, such as occurred=2026-01-08"),
        (["company=beta"], "word-settled", "[company]=beta", "name it before the fields"),
        (["key=2"], "word-settled", "[key]=2", "name it with --key"),
        (["value=HKD 1", "value=HKD 2"], "word-repeated", "[value]=HKD 2", "keep one of the two"),
        (["occurred=2026", "occurred.when=2025"], "word-repeated", "[occurred]=2026", "keep one of the two"),
        (["at=5"], "word-parts", "[at]=5", "write at.quote=…, at.paragraph=…, at.prefix=… or at.suffix=…"),
        (["value.low=5"], "word-parts", "[value.low]=5", "write value=…"),
        (["parties.first=beta"], "word-parts", "[parties.first]=beta", "write parties=…"),
        (["note="], "value-empty", "note=[]", "leave the field out where the source does not say"),
        (["note=  "], "value-empty", "note=[  ]", "leave the field out where the source does not say"),
        (["fated=sold"], "field-unknown", "[fated]=sold", "did you mean fate?"),
        (["at.quot=5"], "field-unknown", "at.[quot]=5", "did you mean quote?"),
        (["value=190.6 million"], "currency-missing", "value=[190.6 million]", "put the currency before the number"),
        (["occurred= 2026-13-08"], "date-impossible", "occurred= 2026-[13]-08", "write a month from 01 to 12"),
        (["at.paragraph=0", "at.quote=5"], "number-out-of-range", "at.paragraph=[0]", "write 1 or more"),
        (["at.paragraph=3"], "field-missing", "at.[paragraph]=3", "add `at.quote=…` (the printed figure"),
        (["note=one\ntwo\x07"], "text-control-character", "note=one[]", "write the text in one line"),
        (["value=\nHKD 5 m5"], "quantity-scale", "HKD 5 [m]5", ""),
        (["note=one\x1b[31m"], "text-control-character", "note=one[\N{REPLACEMENT CHARACTER}][31m", "write the text"),
    ],
)
def test_a_word_that_is_wrong_is_shown_with_a_remedy(words: list[str], rule: str, marked: str, fix: str) -> None:
    occurred = [] if any(word.startswith("occurred") for word in words) else ["occurred=2026-01-08"]
    found = typed("share.bought", "shares=5 million", *occurred, *words)
    (problem,) = found.problems
    assert found.report is None
    assert (problem.rule, mark(problem)) == (rule, marked)
    assert problem.fix.startswith(fix)
    assert (problem.file, problem.line) == ("", 0)


def mark(problem: Problem) -> str:
    """The word that a problem shows, what it points at in brackets."""
    start = problem.column - 1
    end = min(start + problem.width, len(problem.excerpt))
    return f"{problem.excerpt[:start]}[{problem.excerpt[start:end]}]{problem.excerpt[end:]}"


def test_a_name_given_twice_is_told_as_a_field_is() -> None:
    words = ("product=Anvil", "occurred=2026", "specifications.a.b=1", "specifications.a.b=2", "specifications=3")
    assert [(problem.rule, mark(problem)) for problem in typed("product.described", *words).problems] == [
        ("word-parts", "[specifications]=3")
    ]
    assert [(problem.rule, mark(problem)) for problem in typed("product.described", *words[:-1]).problems] == [
        ("word-repeated", "[specifications.a.b]=2")
    ]


def test_all_that_is_wrong_is_told_at_once_in_the_order_of_the_words() -> None:
    found = typed("share.bought", "fated=x", "what", "first=maybe", key="@1", company="Acme Inc")
    assert [(problem.rule, mark(problem)) for problem in found.problems] == [
        ("field-missing", "[share.bought]"),
        ("company-malformed", "[Acme Inc]"),
        ("key-malformed", "[@1]"),
        ("field-unknown", "[fated]=x"),
        ("word-malformed", "[what]"),
        ("yes-no-malformed", "first=[maybe]"),
    ]
    assert "add `occurred=…` (when it was so" in found.problems[0].fix
    assert (found.company.excerpt, found.key.excerpt) == ("Acme Inc", "@1")


@pytest.mark.parametrize(
    ("kind", "rule", "fix"),
    [
        ("share.bougt", "kind-unknown", "did you mean share.bought?"),
        ("event.corrected", "kind-reserved", "a fixture holds what a source says"),
        ("source.recorded", "kind-reserved", "describe the source"),
    ],
)
def test_a_kind_that_no_fact_has_is_told_with_what_every_fact_needs(kind: str, rule: str, fix: str) -> None:
    reserved, late = typed(kind, "shares=5", "occurred=soon").problems
    assert (reserved.rule, mark(reserved)) == (rule, f"[{kind}]")
    assert reserved.fix.startswith(fix)
    assert (late.rule, mark(late)) == ("date-malformed", "occurred=[soon]")


@pytest.mark.parametrize(
    ("words", "changed"),
    [
        ([], {}),
        (["product=Hammer"], {"product": "Hammer"}),
        (["note="], {"note": None}),
        (["due="], {"due": None}),
        # A date that is typed brings no wording along, and a wording alone leaves the date.
        (["occurred=2026-02"], {"occurred": "2026-02"}),
        (["occurred.wording="], {"occurred": "2026-01"}),
        (["due.wording=in spring"], {"due": {"when": "2026-04", "wording": "in spring"}}),
        (["due=2026-05", "due.wording=in spring"], {"due": {"when": "2026-05", "wording": "in spring"}}),
        (["features=heavy"], {"features": ["heavy"]}),
        (["features="], {"features": None}),
        (["specifications.height=2 m"], {"specifications": {"height": "2 m", "weight": "2.5 kg"}}),
        (["specifications.weight="], {"specifications": {"height": "1 m"}}),
        (["specifications.weight=", "specifications.height="], {"specifications": None}),
        (["specifications="], {"specifications": None}),
        (["at.paragraph=4"], {"at": [{"quote": "Anvil", "paragraph": "4"}]}),
        (["at.paragraph="], {"at": [{"quote": "Anvil"}]}),
        (["at="], {"at": None}),
        (["at.quote=a", "at.quote=b"], {"at": [{"quote": "a"}, {"quote": "b"}]}),
        (["said_by=Ann"], {"said_by": "Ann"}),
        (["said_by="], {}),
    ],
)
def test_words_change_what_stands_and_nothing_else(words: list[str], changed: dict[str, Any]) -> None:
    report = only(typed("product.described", *words, base=ANVIL))
    expected = {name: each for name, each in {**ANVIL, **changed}.items() if each is not None}
    written = fixture_form(report)
    assert {name: each for name, each in written.items() if name not in ("key", "kind", "company")} == expected


@pytest.mark.parametrize(
    ("words", "rule", "marked"),
    [
        (["product="], "field-missing", "[product.described]"),
        (["nte="], "field-unknown", "[nte]="),
        (["at.quote="], "field-missing", "at.[paragraph]=3"),
        (["kind=share.bought"], "word-settled", "[kind]=share.bought"),
        (["features=", "features=light"], "value-empty", "features=[]"),
    ],
)
def test_a_change_that_cannot_be_is_refused(words: list[str], rule: str, marked: str) -> None:
    (problem,) = typed("product.described", *words, base=ANVIL).problems
    assert (problem.rule, mark(problem)) == (rule, marked)


def test_what_is_wrong_with_the_fact_that_stands_is_shown_as_a_word_as_well() -> None:
    (problem,) = typed(
        "product.described", "note=new", base={**ANVIL, "at": [{"quote": "x", "paragraph": "0"}]}
    ).problems
    assert (problem.rule, mark(problem)) == ("number-out-of-range", "at.paragraph=[0]")


def test_the_last_of_several_items_is_not_changed_by_a_part() -> None:
    base = {**ANVIL, "at": [{"quote": "a"}, {"quote": "b"}]}
    (problem,) = typed("product.described", "at.paragraph=4", base=base).problems
    assert (problem.rule, mark(problem)) == ("field-missing", "at.[paragraph]=4")
    assert only(typed("product.described", "at.paragraph=4", "at.quote=c", base=base)).at == (Locator("c", 4),)


@pytest.mark.parametrize("kind", FACTS)
@settings(max_examples=10, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(st.data())
def test_words_say_what_a_fixture_says(kind: str, data: DataObject) -> None:
    fact = {"occurred": "2026-01-08", **data.draw(facts(kind))}
    found = content(Document.of("a.yaml", fixture(fact)), KINDS)
    assume(not found.problems and all(map(has_words, fact.values())))
    words = [
        word for name, value in fact.items() if name not in ("key", "kind", "company") for word in spoken(name, value)
    ]
    said = typed_fact(
        kind, "acme", words, source_id=HEAD["id"], key=fact["key"], currency=HEAD["currency"], payloads=KINDS
    )
    assert said.problems == ()
    assert said.report == found.facts[0].report


def has_words(value: Any) -> bool:  # noqa: ANN401 - a text, a list or a mapping
    """Whether words can say it: a name ends at its first sign, and two of one name are one that is given twice."""
    names = [part["name"] for part in value if isinstance(part, dict) and part.keys() == {"name", "value"}]
    return "=" not in "".join(names) and len(set(names)) == len(names) and set(names) != {"name", "value"}


def spoken(name: str, value: Any) -> Iterator[str]:  # noqa: ANN401 - a text, a list or a mapping
    match value:
        case {"name": part, "value": each}:
            yield f"{name}.{part}={each}"
        case dict():
            yield from (word for part, each in value.items() for word in spoken(f"{name}.{part}", each))
        case list():
            yield from (word for each in value for word in spoken(name, each))
        case _:
            yield f"{name}={value}"


WORDS = st.sampled_from(sorted(fact_fields(Described))).flatmap(
    lambda name: st.tuples(st.sampled_from((name, f"{name}.when", f"{name}.quote", f"{name}.a.b")), st.text(max_size=5))
)


@given(st.lists(WORDS.map("=".join) | st.text(), max_size=6), st.sampled_from((None, ANVIL)), st.text(), st.text())
def test_no_words_raise_and_every_problem_shows_its_word(
    words: list[str], base: dict[str, Any] | None, company: str, key: str
) -> None:
    found = typed("product.described", *words, base=base, company=company, key=key)
    assert bool(found.problems) is (found.report is None)
    for problem in found.problems:
        assert problem.what
        assert (problem.file, problem.line) == ("", 0)
        assert problem.column <= len(problem.excerpt) + 1
