"""Identity over time: who is meant by a name on a day and by a record, and companies that are found to be one."""

from __future__ import annotations

import random
from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.laws import bases
from timeline import Timeline
from timeline.app.fold import decoded, with_links
from timeline.app.links import correction, reinstatement, retraction
from timeline.app.load import record
from timeline.dates import When
from timeline.errors import NotFound
from timeline.event import Event, Payload, Report
from timeline.history.chains import standings
from timeline.record import Source, source_report
from timeline.render.data import page_json
from timeline.store.opening import open_writer
from timeline.topics.buybacks.payloads import Executed
from timeline.topics.company import Identified, Merged, Registered, Renamed
from timeline.topics.targets.payloads import Set
from timeline.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Json = dict[str, Any]
Companies = dict[str, int]
"""Number of events by slug."""

PUBLISHED = "2026-01-09T09:00:00+00:00"
SOURCES = ("register", "wire", "post")
ASKED = ("as_of", "as_recorded", "position", "today")
MADE = ("read_item", "company_name", "source_mark")


class Book(NamedTuple):
    """A database that is written report by report."""

    path: Path

    def record(self, *reports: Report) -> int:
        """Append in one transaction; the log's last position afterwards."""
        with closing(open_writer(self.path)) as writer, writer.transaction():
            record(writer, reports, dict.fromkeys(SOURCES, PUBLISHED))
            return writer.log.head()

    def standing(self, report: Report) -> Event:
        """What stands of a report after all that speaks of it."""
        with closing(open_writer(self.path)) as writer:
            events = list(decoded(with_links(writer.log, [report.id])))
        (found,), _ = standings(event for event in events if isinstance(event, Event))
        return found.event

    def retract(self, report: Report) -> int:
        return self.record(retraction(self.standing(report), "we erred"))

    def reinstate(self, report: Report) -> int:
        return self.record(reinstatement(self.standing(report), "we erred"))

    def page(self, company: str, **clocks: str) -> Json:
        """What `show --json` says, without the question."""
        told = page_json(Timeline.open(self.path).show(company, **clocks))
        page: Json = bases.plain({name: value for name, value in told.items() if name not in ASKED})
        return page

    def slug(self, company: str, **clocks: str) -> str:
        """Of the company that is found."""
        return Timeline.open(self.path).show(company, **clocks).slug

    def companies(self, **clocks: str) -> Companies:
        rows = Timeline.open(self.path).companies(**clocks).rows
        return {row["company"]: int(row["events"]) for row in rows}


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A database that knows the sources and no company."""
    book = Book(tmp_path / "facts.db")
    book.record(*(source_report(name, _source(name)) for name in SOURCES))
    return book


def _source(name: str) -> Source:
    return Source(kind="reference" if name == "register" else "news", title=name, published=PUBLISHED)


def report(company: str, payload: Payload, source: str = "register", occurred: str = "2010-01-01") -> Report:
    key = f"{company} {payload.KIND} {occurred} {payload.summary()}"
    return Report(company=company, source=source, key=key, occurred=When.parse(occurred), payload=payload)


def registered(*companies: str) -> list[Report]:
    return [report(slug, Registered(name=f"{slug.title()} Ltd")) for slug in companies]


def merged(company: str, into: str) -> Report:
    return report(company, Merged(into=into), occurred="2026-01-05")


def bought(company: str, day: str, shares: str, source: str = "wire") -> Report:
    return report(company, Executed(shares=Quantity.parse(shares)), source, day)


def ticker(company: str, value: str, valid: str | None) -> Report:
    days = When.parse(valid) if valid else None
    return report(company, Identified(scheme="ticker", value=value, mic="XNYS", valid=days))


def shares(page: Json) -> list[str]:
    return [row["shares"] for row in page["sections"]["buybacks"]["executions"]]


# --- names by date


def test_a_ticker_that_moved_finds_the_company_that_had_it_on_the_day(book: Book) -> None:
    book.record(*registered("old", "new"), ticker("old", "GM", "2000/2019-12-31"), ticker("new", "GM", "2020-07-01/.."))
    assert book.slug("GM.N", as_of="2015-01-01") == "old"
    assert book.slug("GM.N", as_of="2019-12-31") == "old"
    assert book.slug("GM.N", as_of="2020-07-01") == "new"
    assert book.slug("GM.N") == "new"
    with pytest.raises(NotFound) as between:
        book.slug("GM.N", as_of="2020-03-01")
    assert between.value.suggestions == ("new", "old")


def test_a_ticker_that_was_given_up_still_finds_the_only_company_that_ever_had_it(book: Book) -> None:
    book.record(*registered("old"), ticker("old", "GM", "2000/2019-12-31"))
    assert book.slug("XNYS:GM") == "old"
    assert book.slug("XNYS:GM", as_of="1999-12-31") == "old"


def test_a_ticker_that_two_have_at_once_finds_neither(book: Book) -> None:
    book.record(*registered("old", "new"), ticker("old", "GM", None), ticker("new", "GM", "2020/.."))
    assert book.slug("GM", as_of="2015-01-01") == "old"
    with pytest.raises(NotFound) as both:
        book.slug("GM")
    assert both.value.suggestions == ("new", "old")


def test_of_two_last_days_that_are_told_of_a_ticker_the_later_one_counts(book: Book) -> None:
    told = (ticker("old", "GM", "2010/2015-12-31"), ticker("old", "GM", "2010/.."), ticker("new", "GM", "2000/2009"))
    book.record(*registered("old", "new"), *told)
    assert book.slug("GM", as_of="2020-01-01") == "old"


def test_a_slug_means_its_company_whoever_else_is_called_so(book: Book) -> None:
    book.record(*registered("gm", "general"), report("general", Identified(scheme="alias", value="GM")))
    assert book.slug("gm") == "gm"
    assert book.slug("gm", as_recorded="9999") == "gm"
    with pytest.raises(NotFound):
        book.slug("GM")


def test_a_former_name_finds_the_company_unless_another_bears_it_by_then(book: Book) -> None:
    book.record(*registered("acme"), report("acme", Renamed(name="Apex"), occurred="2015-01-01"))
    assert book.slug("Acme Ltd") == "acme"
    book.record(report("other", Registered(name="Other")), report("other", Renamed(name="ACME LTD"), "wire", "2020"))
    assert book.slug("Acme Ltd") == "other"
    assert book.slug("Acme Ltd", as_of="2014-12-31") == "acme"
    assert book.slug("Apex", as_of="2014-12-31") == "acme"


def test_the_head_of_a_page_has_the_name_and_the_tickers_of_the_day(book: Book) -> None:
    moved = (ticker("acme", "ACM", "2010/2014-12-31"), ticker("acme", "APX", "2015/.."))
    book.record(*registered("acme"), report("acme", Renamed(name="Apex"), occurred="2015-01-01"), *moved)
    now = Timeline.open(book.path).show("acme")
    then = Timeline.open(book.path).show("acme", as_of="2014-06-30")
    assert (now.name, now.identifiers) == ("Apex", ("APX.N",))
    assert (then.name, then.identifiers) == ("Acme Ltd", ("ACM.N",))


def test_a_company_is_not_found_by_any_name_before_it_was_recorded(book: Book) -> None:
    before = str(book.record(*registered("acme")))
    after = str(book.record(*registered("apex"), ticker("apex", "APX", None)))
    for name in ("apex", "Apex Ltd", "APX.N"):
        assert book.slug(name, as_recorded=after) == "apex"
        with pytest.raises(NotFound) as unknown:
            book.slug(name, as_recorded=before)
        assert "apex" not in unknown.value.suggestions
    assert book.companies(as_recorded=before) == {"acme": 1}


def test_a_name_that_was_corrected_is_found_as_it_was_recorded_then(book: Book) -> None:
    wrong = report("acme", Identified(scheme="alias", value="Akme"))
    before = str(book.record(*registered("acme"), wrong))
    right = Report(
        company="acme",
        source=wrong.source,
        key=wrong.key,
        occurred=wrong.occurred,
        payload=Identified(scheme="alias", value="Acme of old"),
    )
    book.record(correction(book.standing(wrong), right, "we erred"))
    assert book.slug("Akme", as_recorded=before) == "acme"
    assert book.slug("Acme of old") == "acme"
    with pytest.raises(NotFound):
        book.slug("Akme")
    with pytest.raises(NotFound):
        book.slug("Acme of old", as_recorded=before)


# --- mergers

ACQUIRED = merged("beta", "alpha")


def test_companies_that_are_one_are_found_by_all_their_names_and_count_once(book: Book) -> None:
    apart = str(
        book.record(
            *registered("alpha", "beta"),
            ticker("beta", "BET", None),
            bought("alpha", "2026-01-08", "5,000,000", "wire"),
            bought("beta", "2026-01-08", "5,000,000", "post"),
            bought("beta", "2026-01-09", "1,000,000", "post"),
        )
    )
    assert [shares(book.page(slug)) for slug in ("alpha", "beta")] == [["5000000"], ["5000000", "1000000"]]
    book.record(ACQUIRED)
    page = book.page("alpha")
    assert page["company"] == {"slug": "alpha", "name": "Alpha Ltd"}
    assert shares(page) == ["5000000", "1000000"]
    assert page["sections"]["buybacks"]["executions"][0]["sources"] == ["post", "wire"]
    for name in ("beta", "Beta Ltd", "Alpha Ltd", "BET.N"):
        assert book.page(name) == page
    assert page["sections"]["profile"]["merged_into"] == "beta"
    (merger,) = page["sections"]["profile"]["mergers"]
    assert (merger["slug"], merger["into"], merger["event"]) == ("beta", "alpha", ACQUIRED.id)
    assert book.companies() == {"alpha": 7}
    assert shares(book.page("beta", as_recorded=apart)) == ["5000000", "1000000"]
    assert book.slug("beta", as_recorded=apart) == "beta"
    assert book.companies(as_recorded=apart) == {"alpha": 2, "beta": 4}


def test_the_smallest_slug_stands_for_the_company_and_it_bears_the_name_of_the_one_merged_into(book: Book) -> None:
    book.record(*registered("alpha", "beta"), merged("alpha", "beta"))
    page = book.page("beta")
    assert page["company"] == {"slug": "alpha", "name": "Beta Ltd"}
    names = page["sections"]["profile"]["names"]
    assert [(row["name"], row["current"], row["last"]) for row in names] == [
        ("Alpha Ltd", False, None),
        ("Beta Ltd", True, None),
    ]


def test_registrations_by_two_sources_of_companies_that_are_one_keep_both_names(book: Book) -> None:
    told = (report("alpha", Registered(name="Alpha Ltd")), report("beta", Registered(name="Beta Ltd"), "wire"))
    book.record(*told, ACQUIRED)
    assert [book.slug(name) for name in ("Alpha Ltd", "Beta Ltd")] == ["alpha", "alpha"]


def test_a_merger_is_undone_and_taken_up_again_by_events(book: Book) -> None:
    apart = book.record(*registered("alpha", "beta"), bought("beta", "2026-01-08", "5,000,000"))
    before = {slug: book.page(slug) for slug in ("alpha", "beta")}
    together = book.record(ACQUIRED)
    one = book.page("beta")
    parted = book.retract(ACQUIRED)
    assert {slug: book.page(slug) for slug in ("alpha", "beta")} == before
    assert book.companies() == {"alpha": 1, "beta": 4}
    book.reinstate(ACQUIRED)
    assert book.page("beta") == one
    assert book.slug("beta", as_recorded=str(apart)) == "beta"
    assert book.slug("beta", as_recorded=str(together)) == "alpha"
    assert book.slug("beta", as_recorded=str(parted)) == "beta"


def test_a_corrected_merger_parts_the_one_and_joins_the_other(book: Book) -> None:
    book.record(*registered("alpha", "beta", "gamma"), merged("gamma", "alpha"))
    wrong = merged("gamma", "alpha")
    right = Report(
        company="gamma", source=wrong.source, key=wrong.key, occurred=wrong.occurred, payload=Merged(into="beta")
    )
    book.record(correction(book.standing(wrong), right, "we erred"))
    assert [book.slug(slug) for slug in ("alpha", "beta", "gamma")] == ["alpha", "beta", "beta"]
    assert_replayed(book)


def test_three_in_a_chain_are_one_and_part_where_the_chain_breaks(book: Book) -> None:
    chain = [merged("d", "c"), merged("b", "c"), merged("b", "a")]
    position = book.record(*registered("a", "b", "c", "d"))
    for merger in chain:
        position = book.record(merger)
        assert_replayed(book)
    assert {book.slug(slug) for slug in "abcd"} == {"a"}
    assert book.page("d")["sections"]["profile"]["merged_into"] == "b, c, d"
    book.retract(merged("b", "c"))
    assert [book.slug(slug) for slug in "abcd"] == ["a", "a", "c", "c"]
    assert {book.slug(slug, as_recorded=str(position)) for slug in "abcd"} == {"a"}
    assert_replayed(book)


def test_a_merger_holds_on_every_published_clock_and_on_the_recorded_one_from_its_recording(book: Book) -> None:
    book.record(*registered("alpha", "beta"))
    apart = str(book.record(bought("beta", "2009-06-30", "5,000,000")))
    together = str(book.record(ACQUIRED))
    assert book.slug("beta", as_of="2000-01-01") == "alpha"
    assert [book.slug("beta", as_of="2000-01-01", as_recorded=at) for at in (apart, together)] == ["beta", "alpha"]


def test_a_merger_that_was_taken_back_for_whatever_reason_is_told_on_no_published_clock(book: Book) -> None:
    book.record(*registered("alpha", "beta"), ACQUIRED)
    book.record(retraction(book.standing(ACQUIRED), "source erred", source="post"))
    for page in (book.page("beta"), book.page("beta", as_of="2026-01-08")):
        assert (page["company"]["slug"], page["sections"]["profile"]["merged_into"]) == ("beta", None)


def test_audit_and_upcoming_speak_of_the_company_once_and_before_the_merger_of_both(book: Book) -> None:
    aim = Set(metric="EV deliveries", period=When.parse("2027"), action="initial", value=Quantity.parse("300,000"))
    apart = str(book.record(*registered("alpha", "beta"), report("beta", aim, "wire", "2026-01-08")))
    book.record(ACQUIRED)
    timeline = Timeline.open(book.path)
    assert [page.slug for page in timeline.audit(only=["targets"]).parts] == ["alpha"]
    assert [page.slug for page in timeline.audit(only=["targets"], as_recorded=apart).parts] == ["beta"]
    assert [row["company"] for row in timeline.upcoming().rows] == ["alpha"]
    assert [row["company"] for row in timeline.upcoming("beta", as_recorded=apart).rows] == ["beta"]
    assert [row["company"] for row in timeline.upcoming(as_recorded=apart).rows] == ["beta"]


def test_events_are_those_of_all_members(book: Book) -> None:
    apart = str(book.record(*registered("alpha", "beta"), bought("beta", "2026-01-08", "5,000,000")))
    book.record(ACQUIRED)
    book.retract(bought("beta", "2026-01-08", "5,000,000"))
    timeline = Timeline.open(book.path)
    told = timeline.events("alpha").rows
    assert [(row["company"], row["kind"]) for row in told] == [
        ("alpha", "company.registered"),
        ("beta", "company.registered"),
        ("beta", "buyback.executed"),
        ("beta", "company.merged"),
        ("beta", "event.retracted"),
    ]
    assert timeline.events("Beta Ltd").rows == told
    (merger,) = timeline.events("alpha", kind="company.merged", source="register").rows
    assert merger["id"] == ACQUIRED.id
    assert [row["company"] for row in timeline.events("alpha", as_recorded=apart).rows] == ["alpha"]


def test_an_event_is_shown_with_the_reports_of_the_same_by_any_member(book: Book) -> None:
    one, other = bought("alpha", "2026-01-08", "5,000,000", "wire"), bought("beta", "2026-01-08", "5,000,000", "post")
    book.record(*registered("alpha", "beta"), one, other, ACQUIRED)
    assert {row["id"] for row in Timeline.open(book.path).event(one.id).reports} == {one.id, other.id}


def test_a_fact_about_a_company_that_was_merged_is_taken_and_shown_with_the_other(book: Book, tmp_path: Path) -> None:
    book.record(*registered("alpha", "beta"), ACQUIRED)
    fixture = tmp_path / "late.yaml"
    fixture.write_text(
        """\
schema: timeline/source/1
source: {id: late, kind: news, title: Late, published: "2026-01-10T00:00:00Z"}
facts:
  - {key: bought, kind: buyback.executed, company: beta, occurred: 2026-01-08, shares: "5,000,000"}
""",
        encoding="utf-8",
    )
    Timeline.open(book.path).load([str(fixture)])
    assert shares(book.page("alpha")) == ["5000000"]
    assert_replayed(book)


@pytest.mark.parametrize(("other", "stands"), [("aaa", "aaa"), ("zzz", "alpha")])
def test_a_merger_with_a_slug_of_which_nothing_is_known_adds_it_to_the_company_while_it_holds(
    book: Book, other: str, stands: str
) -> None:
    """As an import may bring one whose company comes later, or never."""
    book.record(*registered("alpha"), merged("alpha", other))
    assert {book.slug(name) for name in ("alpha", other, "Alpha Ltd")} == {stands}
    assert_replayed(book)
    book.retract(merged("alpha", other))
    assert book.companies() == {"alpha": 3}
    with pytest.raises(NotFound):
        book.slug(other)
    assert_replayed(book)


def test_a_rebuild_makes_one_of_what_was_stored_apart(book: Book) -> None:
    book.record(*registered("alpha", "beta"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("timeline.app.load.refresh", lambda *_, **__: None)
        book.record(ACQUIRED)
    assert Timeline.open(book.path).rebuild().companies == 1
    assert_replayed(book)


def test_a_page_that_misses_an_event_of_any_member_is_not_served_as_current(book: Book) -> None:
    book.record(*registered("alpha", "beta"), ACQUIRED)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("timeline.app.load.refresh", lambda *_, **__: None)
        book.record(bought("beta", "2026-01-08", "5,000,000"))
    assert shares(book.page("alpha")) == ["5000000"]


# --- laws

SLUGS = "abc"
EDGES = [merged(one, other) for one, other in (("b", "a"), ("b", "c"), ("c", "a"))]
FACTS = [
    *(bought(slug, "2026-01-08", "5,000,000", source) for slug, source in zip(SLUGS, SOURCES, strict=True)),
    ticker("a", "AAA", "2010/2015-12-31"),
    ticker("c", "AAA", "2016/.."),
    report("b", Renamed(name="Bee"), occurred="2020-01-01"),
]


@bases.few
@given(st.lists(st.sampled_from(EDGES), min_size=1, max_size=5), st.integers(0, 1000))
def test_after_every_step_what_is_stored_is_what_the_log_gives_and_no_past_changes(
    registered_sources: Path, steps: list[Report], seed: int
) -> None:
    """Each step tells a merger, or takes back one that stands, or lets one stand again."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    with bases.copied(registered_sources) as path:
        book = Book(path)
        position = book.record(*chance.sample(registered(*SLUGS) + FACTS, len(SLUGS) + len(FACTS)))
        told: set[str] = set()
        holding: set[str] = set()
        past: dict[int, dict[str, Json]] = {position: _pages(book)}
        for edge in steps:
            change = Book.record if edge.id not in told else Book.retract if edge.id in holding else Book.reinstate
            position = change(book, edge)
            told.add(edge.id)
            holding ^= {edge.id}
            assert {slug: book.slug(slug) for slug in SLUGS} == _expected(edge for edge in EDGES if edge.id in holding)
            assert_replayed(book)
            past[position] = _pages(book)
        for at, pages in past.items():
            assert _pages(book, as_recorded=str(at)) == pages


@bases.few
@given(st.permutations([*registered(*SLUGS), *FACTS, *EDGES[:2]]), st.integers(1, 6))
def test_any_order_of_loading_gives_the_same_pages(registered_sources: Path, order: list[Report], size: int) -> None:
    with bases.copied(registered_sources) as first, bases.copied(registered_sources) as second:
        one, other = Book(first), Book(second)
        one.record(*sorted(order, key=lambda report: report.id))
        for start in range(0, len(order), size):
            other.record(*order[start : start + size])
        assert _pages(other) == _pages(one)
        assert other.companies() == one.companies()
        assert bases.content(second, ("company_name",)) == bases.content(first, ("company_name",))
        assert shares(one.page("c")) == ["5000000"]


@pytest.fixture(scope="module")
def registered_sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed database that knows the sources and no company; to be copied."""
    path = tmp_path_factory.mktemp("sources") / "facts.db"
    Book(path).record(*(source_report(name, _source(name)) for name in SOURCES))
    return path


def assert_replayed(book: Book) -> None:
    """What is stored is what the log gives, for those companies only that stand for themselves."""
    timeline = Timeline.open(book.path)
    listed = timeline.companies()
    position = str(listed.basis.position)
    assert listed.rows == timeline.companies(as_recorded=position).rows
    for row in listed.rows:
        assert book.page(row["company"]) == book.page(row["company"], as_recorded=position)
    with bases.opened(book.path) as connection:
        stored = {slug for (slug,) in connection.execute("SELECT company FROM read_model")}
        named = {slug for (slug,) in connection.execute("SELECT company FROM company_name")}
    assert stored == named == {row["company"] for row in listed.rows}
    before = bases.content(book.path, MADE)
    assert timeline.rebuild().changed == 0
    assert bases.content(book.path, MADE) == before


def _pages(book: Book, **clocks: str) -> dict[str, Json]:
    return {slug: book.page(slug, **clocks) for slug in SLUGS}


def _expected(edges: Iterable[Report]) -> dict[str, str]:
    """Who stands for whom, found by spreading the smallest slug along the edges until nothing changes."""
    stands = {slug: slug for slug in SLUGS}
    ends = [(edge.company or "", edge.payload.into) for edge in edges if isinstance(edge.payload, Merged)]
    for _ in SLUGS:
        for one, other in ends:
            stands[one] = stands[other] = min(stands[one], stands[other])
    return stands
