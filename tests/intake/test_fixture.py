"""Files as one batch of sources and reports, with every problem of all of them."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.intake.kinds import PAYLOADS, Bought
from tests.intake.texts import HEAD, bought, described, fixture
from timeline.dates import When
from timeline.event import Locator, Payload, Report, event_id
from timeline.intake.content import content
from timeline.intake.document import Document
from timeline.intake.fixture import read
from timeline.intake.frame import fact_fields
from timeline.record import Source
from timeline.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from timeline.intake.fixture import Batch

    Reader = Callable[..., Batch]

WHOLE = """\
schema: timeline/source/1
source:
  id: acme-news
  kind: news
  publisher: Größe & Söhne
  title: "Acme: 5 million shares"
  published: 2026-01-09T09:46:04
  zone: Europe/Berlin
  zone_assumed: yes
  url: https://example.com/1
  language: de
  sha256: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
  derives_from: acme-filing
  currency: HKD
defaults: {company: acme, said_by: Ann Example, parties: Beta}
facts:
  - key: bought on 8 January         # a comment
    kind: share.bought
    occurred: 2026-01-08
    shares: 5 million
    at: {paragraph: 3, quote: " 5 million ", prefix: "bought "}
    confirmed: no
    note: on the exchange
  - key: bought by beta
    kind: share.bought
    company: beta
    occurred: {when: 2026-01, wording: recently}
    shares: 550,000
    said_by: Bob Example
    parties: [Acme, Gamma]
    at:
      - {quote: "550,000"}
      - {quote: recently, paragraph: 4}
"""


def test_a_fixture_becomes_a_source_and_its_reports(batch: Reader) -> None:
    found = batch(WHOLE)
    assert found.problems == ()
    ((name, source, place),) = found.sources
    assert (name, str(place), place.column) == ("acme-news", "a.yaml:3", 7)
    assert source == Source(
        kind="news",
        title="Acme: 5 million shares",
        published="2026-01-09T09:46:04",
        zone="Europe/Berlin",
        zone_assumed=True,
        publisher="Größe & Söhne",
        url="https://example.com/1",
        language="de",
        sha256="0123456789abcdef" * 4,
        derives_from="acme-filing",
        currency="HKD",
    )
    first, second = found.reports
    assert first == Report(
        payload=Bought(shares=shares("5 million")),
        key="bought on 8 January",
        company="acme",
        source="acme-news",
        occurred=When.parse("2026-01-08"),
        at=(Locator("5 million", 3, "bought "),),
        said_by="Ann Example",
        confirmed="no",
        parties=("Beta",),
        note="on the exchange",
    )
    assert second == Report(
        payload=Bought(shares=shares("550,000")),
        key="bought by beta",
        company="beta",
        source="acme-news",
        occurred=When.parse("2026-01", "recently"),
        at=(Locator("550,000"), Locator("recently", 4)),
        said_by="Bob Example",
        parties=("Acme", "Gamma"),
    )


def shares(printed: str) -> Quantity:
    return replace(Quantity.parse(printed), unit="shares")


def test_each_report_has_its_places(batch: Reader) -> None:
    found = batch(WHOLE)
    first, second = (event_id("acme-news", key) for key in ("bought on 8 January", "bought by beta"))
    assert {name: str(place) for name, place in found.places.items()} == {first: "a.yaml:17", second: "a.yaml:24"}
    assert [
        (place.line, place.excerpt[place.column - 1 :][: place.width]) for place in found.company_places.values()
    ] == [
        (15, "acme"),
        (26, "beta"),
    ]


def test_a_file_may_be_saved_by_any_editor(tmp_path: Path) -> None:
    plain, other = tmp_path / "plain.yaml", tmp_path / "other.yaml"
    plain.write_bytes(WHOLE.encode())
    other.write_bytes(("\ufeff" + WHOLE.replace("\n", "\r\n")).encode())
    first, second = (read([str(path)], payloads=PAYLOADS) for path in (plain, other))
    assert first.problems == second.problems == ()
    assert first.reports == second.reports
    assert [place.column for place in first.places.values()] == [place.column for place in second.places.values()]


def test_one_source_may_be_spread_over_files(batch: Reader) -> None:
    found = batch(
        fixture("kind: share.bought, shares: 1"), fixture("kind: share.bought, shares: 2").replace("key: 1", "key: 2")
    )
    assert found.problems == ()
    assert [name for name, *_ in found.sources] == ["acme-news"]
    assert [report.key for report in found.reports] == ["1", "2"]


def test_the_problems_of_all_files_come_at_once_in_their_order(batch: Reader) -> None:
    problems = batch(bought("first: maybe, fate: sold"), b"\xff", fixture("kind: nothing")).problems
    assert [(problem.file, problem.rule) for problem in problems] == [
        ("a.yaml", "yes-no-malformed"),
        ("a.yaml", "choice-unknown"),
        ("b.yaml", "file-not-utf8"),
        ("c.yaml", "kind-unknown"),
    ]


def test_the_sound_facts_of_a_file_are_still_read(batch: Reader) -> None:
    found = batch(fixture("kind: share.bought", "kind: share.bought, shares: 1"))
    assert [report.key for report in found.reports] == ["2"]
    assert [problem.rule for problem in found.problems] == ["field-missing"]


@pytest.mark.parametrize("kind", ["", "kind: [share.bought], ", "kind: , ", "kind: nothing, "])
def test_a_fact_of_no_known_kind_is_checked_in_what_every_fact_has(batch: Reader, kind: str) -> None:
    problems = batch(fixture(f"{kind}shares: 5, occurred: 2026-13")).problems
    assert len(problems) == 2
    assert problems[-1].rule == "date-impossible"


def test_facts_are_checked_although_their_source_has_no_id(batch: Reader) -> None:
    found = batch(
        fixture("kind: share.bought, shares: one", "kind: share.bought, shares: 1").replace("  id: acme-news\n", "")
    )
    assert [(problem.rule, problem.line) for problem in found.problems] == [
        ("field-missing", 3),
        ("quantity-malformed", 9),
    ]
    assert (found.sources, found.reports) == ((), ())


def test_a_mistake_in_the_defaults_is_told_once(batch: Reader) -> None:
    problems = batch(fixture(*["kind: share.bought, shares: 1"] * 3).replace("2026-01-08", "2026-13")).problems
    assert [problem.rule for problem in problems] == ["date-impossible"]


def test_an_alias_in_the_place_of_a_part_is_told_once(batch: Reader) -> None:
    problems = batch("schema: *a\n", HEAD.replace("2026-01-09T09:46:04+01:00", "*a") + "facts: *a\n").problems
    assert [(problem.rule, problem.place) for problem in problems] == [
        ("yaml-alias", "a.yaml:1:9"),
        ("yaml-alias", "b.yaml:6:14"),
        ("yaml-alias", "b.yaml:9:8"),
    ]


def test_an_empty_mapping_is_no_fixture(batch: Reader) -> None:
    (problem,) = batch("{}").problems
    assert (problem.rule, problem.place) == ("field-missing", "a.yaml:1:1")


def test_two_keys_of_one_source_are_two_only_within_it(batch: Reader) -> None:
    other = fixture("kind: share.bought, shares: 1").replace("acme-news", "beta-news")
    assert batch(fixture("kind: share.bought, shares: 1"), other).problems == ()


def test_progress_is_told_after_each_file(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: [", "utf-8")
    (tmp_path / "b.yaml").write_text(HEAD + "facts: []\n", "utf-8")
    told: list[tuple[str, int, int]] = []
    names = [str(tmp_path / name) for name in ("a.yaml", "b.yaml")]
    assert read(names, lambda *progress: told.append(progress), PAYLOADS).files == tuple(names)
    assert told == [(names[0], 1, 2), (names[1], 2, 2)]


def test_a_payload_cannot_have_a_field_that_every_fact_has() -> None:
    class Clash(Payload, frozen=True, kw_only=True):
        key: int

    with pytest.raises(TypeError, match="Clash cannot have the fields of every fact: key"):
        fact_fields(Clash)


def test_a_payload_that_could_not_be_read_back_from_the_log_is_refused(batch: Reader) -> None:
    (problem,) = batch(described("features: heavy, colours: [red, blue, black]")).problems
    assert (problem.rule, problem.line) == ("fact-refused", 10)
    assert problem.what == "product.described cannot be so: Expected `array` of length <= 2 - at `$.colours`"


def test_thirty_facts_are_read_in_well_under_fifty_milliseconds() -> None:
    fact = (
        'kind: share.bought, shares: 5 million, value: about HKD 190.6 million, at: {paragraph: 3, quote: "5 million"}'
    )
    document = Document.of("a.yaml", fixture(*[fact] * 30))
    content(document, PAYLOADS)
    begun = time.process_time()
    assert len(content(document, PAYLOADS).facts) == 30
    assert time.process_time() - begun < 0.05


@given(st.text())
def test_no_text_raises(text: str) -> None:
    document = Document.of("a.yaml", text)
    assert content(document, PAYLOADS).problems


@given(st.binary())
def test_no_file_raises(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(data)
    assert read([str(path)], payloads=PAYLOADS).problems


@given(st.data(), st.text(max_size=6))
def test_no_damage_to_a_fixture_raises_and_every_problem_has_a_place(data: st.DataObject, patch: str) -> None:
    start = data.draw(st.integers(0, len(WHOLE)))
    end = data.draw(st.integers(start, min(start + 30, len(WHOLE))))
    document = Document.of("a.yaml", WHOLE[:start] + patch + WHOLE[end:])
    for problem in content(document, PAYLOADS).problems:
        assert problem.what
        assert 1 <= problem.line <= len(document.starts)
        assert problem.column <= len(problem.excerpt) + 1


@given(st.sampled_from(sorted(fact_fields(Bought))), st.text())
def test_no_value_of_any_field_raises(field: str, text: str) -> None:
    written = json.dumps(text)
    document = Document.of("a.yaml", HEAD + f"facts:\n  - {{key: 1, kind: share.bought, {field}: {written}}}\n")
    content(document, PAYLOADS)
