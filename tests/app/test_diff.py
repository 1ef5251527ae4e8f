"""What changed between two moments: the events that came, and the headlines and figures that they changed."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.laws import bases
from tests.laws.memory import histories, some
from tests.laws.worlds import DAYS, REGISTER, File
from timeline.app.comparing.diff import State, diff, state
from timeline.app.comparing.diff import compared as difference
from timeline.app.links import correction, reinstatement, retraction
from timeline.app.load import record
from timeline.catalog import decode
from timeline.errors import InvalidInput, NotFound
from timeline.event import Event, event_id
from timeline.history import Clock
from timeline.page import Basis
from timeline.publication import parse_moment
from timeline.record import Source
from timeline.store.log import Reader
from timeline.store.opening import open_reader, open_writer, snapshot
from timeline.topics.buybacks import Executed
from timeline.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from timeline.event import Report
    from timeline.page import Listings
    from timeline.record import Reason
    from timeline.section import Row, Section


def compared(path: Path, start: str, end: str, company: str = "acme", **options: Any) -> Listings:  # noqa: ANN401
    with closing(open_reader(path)) as connection, snapshot(connection):
        return diff(connection, company, start, end, **options)


def changed(found: Listings) -> dict[str, tuple[Any, Any]]:
    """Before and after by what changed."""
    return {row["what"]: (row["before"], row["after"]) for row in found.parts[0][1]}


def came(found: Listings) -> list[tuple[str, str]]:
    """What each event did, and the event's key."""
    return [(row["change"], row["key"]) for row in found.parts[1][1]]


def row(found: Listings, what: str) -> Row:
    return next(row for row in found.parts[0][1] if row["what"] == what)


RAISED = event_id("mitrade-2025-11-20-ev-target", "target-2025-raised")


def test_the_raise_of_xiaomis_target_is_told_with_the_target_before_and_the_event(shipped_path: Path) -> None:
    found = compared(shipped_path, "2025-06-30", "2025-12-31", "1810.HK")
    assert changed(found)["EV deliveries"] == (
        "2025 target 350,000 open · first target 300,000, raised once",
        "2025 target >400,000 open · first target 300,000, raised twice",
    )
    raised = row(found, "EV deliveries 2025, revisions 2025-11-20 raised")
    assert raised["before"].startswith("target 350,000 · on the last +16.7 %")
    assert raised["after"].startswith("target over 400,000 · on the last > +14.3 %")
    assert raised["events"] == [RAISED]
    assert [key for change, key in came(found) if change == "revised"] == ["target-2025-raised"]
    assert (found.slug, found.name) == ("xiaomi", "Xiaomi Corporation")


def test_the_outcome_and_the_second_report_of_a_profit_come_with_the_article_of_january(shipped_path: Path) -> None:
    found = compared(shipped_path, "2025-12-31", "2026-01-09", "xiaomi")
    assert changed(found)["EV deliveries 2025, status"] == ("open", "met")
    assert changed(found)["EV deliveries 2025, outcome"] == (None, "over 410,000")
    assert changed(found)["Programmes 2025-06-05, shares"] == ("40795400", "162000000")
    assert ("corroborated", "ev-division-first-profit") in came(found)
    assert not any(what.startswith("profit EV division") for what in changed(found))


def test_a_page_that_names_the_basis_of_both_ends(shipped_path: Path) -> None:
    found = compared(shipped_path, "2025-06-30", "2025-12-31", "xiaomi", fixed="60")
    assert found.since is not None
    assert (found.since.as_of, found.since.as_recorded) == ("2025-06-30", "60")
    assert (found.basis.as_of, found.basis.as_recorded) == ("2025-12-31", "60")


def bought(key: str, occurred: str = "2025-03-18", **fields: Any) -> dict[str, Any]:  # noqa: ANN401
    told = {"shares": "5,000,000", "share_class": "B", "venue": "XHKG", **fields}
    return {"key": key, "kind": "buyback.executed", "company": "acme", "occurred": occurred, **told}


def report(name: str, day: str, *facts: dict[str, Any], **head: str) -> File:
    return File(
        {"id": name, "kind": "news", "title": name, "published": f"{day}T09:00:00Z", "publisher": name} | head, facts
    )


def loaded(path: Path, *batches: File) -> Path:
    """A database into which each file was loaded by itself, after the companies: the first of them at position 4."""
    bases.load(path, [REGISTER])
    for file in batches:
        bases.load(path, [file])
    return path


def stored(path: Path, identity: str) -> Event:
    """A fact as recorded."""
    with closing(open_reader(path)) as connection:
        ((envelope, _, body),) = Reader(connection).rows_by_ids([identity])
    found = decode(envelope, body)
    assert isinstance(found, Event)
    return found


def recorded(path: Path, *reports: Report) -> None:
    with closing(open_writer(path)) as writer, writer.transaction():
        record(writer, reports, {})


def five_million_corrected_to_six(path: Path, reason: Reason = "source erred") -> Report:
    fact = stored(path, event_id("wire", "k"))
    assert isinstance(fact.payload, Executed)
    six = Executed(shares=Quantity.parse("6,000,000"), share_class="B", venue="XHKG")
    return correction(fact, replace(fact, payload=six), reason)


def test_a_correction_between_two_positions_is_told_with_the_figure_before_and_after(tmp_path: Path) -> None:
    path = loaded(tmp_path / "facts.db", report("wire", "2025-03-19", bought("k")))
    mended = five_million_corrected_to_six(path)
    recorded(path, mended)
    found = compared(path, "5", "6", recorded=True)
    assert changed(found)["Executions 2025-03-18, shares"] == ("5,000,000", "6,000,000")
    assert row(found, "Executions 2025-03-18, shares")["events"] == [mended.id]
    assert came(found) == [("corrected", mended.key)]
    assert found.parts[1][1][0]["of"] == event_id("wire", "k")


def test_on_the_published_clock_our_own_error_is_no_change_and_anothers_is(tmp_path: Path) -> None:
    for reason, changes in (("we erred", False), ("source erred", True)):
        path = loaded(tmp_path / f"{reason}.db", report("wire", "2025-03-19", bought("k")))
        recorded(path, five_million_corrected_to_six(path, reason))  # type: ignore[arg-type]  # one of the reasons
        found = compared(path, "2025-03-19", "2100-01-01")
        assert bool(changed(found)) is changes
        assert bool(came(found)) is changes


def test_a_fact_that_is_retracted_and_reinstated_goes_and_comes_back(tmp_path: Path) -> None:
    path = loaded(tmp_path / "facts.db", report("wire", "2025-03-19", bought("k")))
    gone = retraction(stored(path, event_id("wire", "k")), "source erred")
    recorded(path, gone)
    back = reinstatement(replace(stored(path, event_id("wire", "k")), chain=(gone.id,)), "we erred")
    recorded(path, back)
    away, again = compared(path, "5", "6", recorded=True), compared(path, "6", "7", recorded=True)
    assert [change for change, _ in came(away)] == ["retracted"]
    assert [change for change, _ in came(again)] == ["reinstated"]
    assert changed(away)["Executions 2025-03-18"][1] is None
    assert changed(away)["Executions 2025-03-18"][::-1] == changed(again)["Executions 2025-03-18"]
    both = compared(path, "5", "7", recorded=True)
    assert changed(both) == {}
    assert sorted(change for change, _ in came(both)) == ["reinstated", "retracted"]


def test_a_fact_that_is_retracted_before_the_end_is_taken_back(tmp_path: Path) -> None:
    path = loaded(tmp_path / "facts.db", report("wire", "2025-03-19", bought("k")))
    recorded(path, retraction(stored(path, event_id("wire", "k")), "source erred"))
    assert [change for change, _ in came(compared(path, "3", "6", recorded=True))] == ["retracted", "taken back"]


MORE = [
    (report("post", "2025-03-20", bought("k")), "corroborated"),
    (report("post", "2025-03-20", bought("k"), derives_from="wire"), "repeated"),
    (report("post", "2025-03-20", bought("k", shares="7,000,000")), "disputed"),
    (report("post", "2025-03-20", bought("k", shares="7,000,000"), publisher="wire"), "superseded"),
    (report("post", "2025-03-20", bought("k", "2025-03", shares="7,000,000")), "apart"),
    (report("post", "2025-03-20", bought("k", "2025-03-19")), "new"),
]


@pytest.mark.parametrize(("more", "change"), MORE, ids=[change for _, change in MORE])
def test_what_one_more_report_does(tmp_path: Path, more: File, change: str) -> None:
    path = loaded(tmp_path / "facts.db", report("wire", "2025-03-19", bought("k")), more)
    assert came(compared(path, "2025-03-19", "2025-03-20")) == [(change, "k")]
    assert came(compared(path, "5", "7", recorded=True)) == [(change, "k")]


def test_of_a_new_occurrence_one_report_is_new_and_the_others_are_further_ones(tmp_path: Path) -> None:
    path = loaded(
        tmp_path / "facts.db",
        report("wire", "2025-03-19", bought("k")),
        report("post", "2025-03-20", bought("k")),
        report("times", "2025-03-21", bought("k", shares="about 5 million")),
    )
    changes = [change for change, _ in came(compared(path, "2025-01-01", "2025-12-31"))]
    assert changes == ["new", "corroborated", "corroborated"]


def test_a_row_is_found_again_when_a_better_report_is_accepted_and_others_come_before_it(tmp_path: Path) -> None:
    path = loaded(
        tmp_path / "facts.db",
        report("wire", "2025-03-19", bought("k", shares="about 5 million", value="HKD 38 million")),
        report(
            "filing",
            "2025-03-20",
            bought("k", shares="5,012,400", value="HKD 38 million"),
            bought("a", "2025-03-01"),
            kind="filing",
        ),
    )
    found = changed(compared(path, "2025-03-19", "2025-03-20"))
    assert found["Executions 2025-03-18, shares"] == ("about 5 million", "5,012,400")
    assert found["Executions 2025-03-01"][0] is None
    assert "Executions 2025-03-18" not in found


def aimed(key: str, occurred: str, value: str, action: str) -> dict[str, Any]:
    told = {"metric": "EV deliveries", "period": "2025", "value": value, "action": action}
    return {"key": key, "kind": "target.set", "company": "acme", "occurred": occurred, **told}


def test_each_of_two_raises_is_told_against_what_was_known_at_the_start(tmp_path: Path) -> None:
    path = loaded(
        tmp_path / "facts.db",
        report("wire", "2025-01-10", aimed("first", "2025-01-10", "300,000", "initial")),
        report("post", "2025-06-10", aimed("up", "2025-06-10", "350,000", "raised")),
        report("times", "2025-09-10", aimed("again", "2025-09-10", "400,000", "raised")),
    )
    found = compared(path, "2025-01-31", "2025-12-31")
    assert [change for change, _ in came(found)] == ["revised", "revised"]
    before = [changed(found)[f"EV deliveries 2025, revisions {day} raised"][0] for day in ("2025-06-10", "2025-09-10")]
    assert [text.partition(" · ")[0] for text in before] == ["target 300,000", "target 300,000"]
    assert [change for change, _ in came(compared(path, "2024-12-31", "2025-12-31"))] == ["new", "new", "new"]


def planned(key: str, occurred: str, due: str) -> dict[str, Any]:
    told = {"product": "Anvil", "stage": "launch", "certainty": "planned", "due": due}
    return {"key": key, "kind": "product.staged", "company": "acme", "occurred": occurred, **told}


def test_a_launch_that_moves_is_a_revision_and_one_that_happens_is_none(tmp_path: Path) -> None:
    done = {**planned("done", "2025-04-02", ""), "certainty": "done"}
    del done["due"]
    path = loaded(
        tmp_path / "facts.db",
        report("wire", "2025-01-10", planned("june", "2025-01-10", "2025-06")),
        report("post", "2025-02-10", planned("april", "2025-02-10", "2025-04")),
        report("times", "2025-04-03", done),
    )
    moved = compared(path, "2025-01-31", "2025-03-31")
    assert came(moved) == [("revised", "april")]
    assert changed(moved)["Anvil, milestones launch, when"] == ("2025-06", "2025-04")
    happened = compared(path, "2025-03-31", "2025-04-30")
    assert came(happened) == [("new", "done")]
    assert changed(happened)["Anvil, milestones launch, certainty"] == ("planned", "done")


def test_a_statement_beside_others_revises_none_of_them(tmp_path: Path) -> None:
    def said(key: str, day: str) -> dict[str, Any]:
        told = {"category": "outlook", "text": f"Grows by {key}."}
        return {"key": key, "kind": "statement.made", "company": "acme", "occurred": day, **told}

    path = loaded(
        tmp_path / "facts.db",
        report("wire", "2025-01-10", said("one", "2025-01-10")),
        report("post", "2025-02-10", said("two", "2025-02-10")),
    )
    assert came(compared(path, "2025-01-31", "2025-03-31")) == [("new", "two")]


@pytest.mark.parametrize(
    ("published", "corrected", "changes"),
    [
        ("2025-03-19", "2025-05-01", ["no longer public"]),
        ("2025-05-01", "2025-03-19", ["new", "corrected"]),
    ],
)
def test_a_source_whose_publication_is_corrected_is_told_with_what_that_changes(
    tmp_path: Path, published: str, corrected: str, changes: list[str]
) -> None:
    path = loaded(tmp_path / "facts.db", report("wire", published, bought("k")))
    source = stored(path, event_id("wire", "@source"))
    assert isinstance(source.payload, Source)
    redated = replace(source, payload=replace(source.payload, published=f"{corrected}T09:00:00Z"))
    recorded(path, correction(source, redated, "we erred"))
    found = compared(path, "5", "6", recorded=True, fixed="2025-04-01")
    assert [change for change, _ in came(found)] == changes
    assert row(found, "Executions 2025-03-18")["events"] == [row["id"] for row in found.parts[1][1]]


def test_equal_moments_change_nothing(shipped_path: Path) -> None:
    found = compared(shipped_path, "2025-12-31", "2025-12-31", "xiaomi")
    assert [rows for _, rows in found.parts] == [(), ()]


@pytest.mark.parametrize(
    ("start", "end", "recorded"),
    [
        ("2025-12-31", "2025-06-30", False),
        ("2025-12-31T12:00Z", "2025-12-31T11:00Z", False),
        ("2025-12-31", "2025-12-31T11:00Z", False),
        ("60", "59", True),
        ("2100-01-01", "59", True),
        ("59", "2000-01-01", True),
    ],
)
def test_a_start_after_the_end_is_refused_with_the_remedy(
    shipped_path: Path, start: str, end: str, *, recorded: bool
) -> None:
    with pytest.raises(InvalidInput) as refused:
        compared(shipped_path, start, end, "xiaomi", recorded=recorded)
    (problem,) = refused.value.problems
    assert (problem.rule, problem.what) == ("moments-reversed", f"FROM {start} is after TO {end}")
    assert f"timeline diff xiaomi {end} {start}" in problem.fix


@pytest.mark.parametrize(("start", "end", "named"), [("june", "2025-06-30", "FROM"), ("2025-06-30", "june", "TO")])
def test_a_text_that_is_no_moment_is_named_by_its_place(shipped_path: Path, start: str, end: str, named: str) -> None:
    with pytest.raises(InvalidInput, match=f"{named} 'june'"):
        compared(shipped_path, start, end, "xiaomi")


def test_a_position_belongs_to_the_recorded_clock(shipped_path: Path) -> None:
    with pytest.raises(InvalidInput, match="FROM '5'"):
        compared(shipped_path, "5", "2025-06-30", "xiaomi")
    with pytest.raises(NotFound, match="xaiomi"):
        compared(shipped_path, "2025-06-30", "2025-06-30", "xaiomi")


# By brute force: what is public by a day, worked out from the texts alone.


REFERENCE = {"company.registered", "company.renamed", "company.identified"}


def public(event: Event, day: str, events: Sequence[Event]) -> bool:
    by_id = {other.id: other for other in events}
    fact = event
    while fact.target:
        fact = by_id[fact.target]
    if fact.kind in REFERENCE:
        return True
    if event.target and getattr(event.payload, "reason", "") == "we erred":
        return public(by_id[event.target], day, events)
    return (event.published.text if event.published else event.recorded)[:10] <= day


def told(events: Sequence[Event], start: Clock, end: Clock) -> tuple[Listings, State, State]:
    """What changed of acme, and how it was and is."""
    own = [event for event in events if event.company in ("acme", None)]
    before, after = state("acme", own, start), state("acme", own, end)
    basis = Basis(position=len(events), today="2026-01-01")
    return difference("acme", basis, basis, before, after), before, after


@some
@given(histories(), st.lists(st.sampled_from([*DAYS, "2026-12-31"]), min_size=2, max_size=2).map(sorted))
def test_between_two_days_exactly_the_events_come_that_became_public(events: list[Event], days: list[str]) -> None:
    start, end = days
    expected = {
        event.id
        for event in events
        if event.company == "acme" and public(event, end, events) and not public(event, start, events)
    }
    found, *_ = told(events, *(Clock(as_of=parse_moment(day)) for day in days))
    assert {row["id"] for row in found.parts[1][1]} == expected


@some
@given(histories(), st.lists(st.integers(0, 30), min_size=3, max_size=3).map(sorted))
def test_between_two_positions_exactly_the_events_come_that_were_recorded_and_steps_add_up(
    events: list[Event], positions: list[int]
) -> None:
    start, middle, end = (Clock(as_recorded=position) for position in positions)
    expected = {
        event.id for event in events if event.company == "acme" and positions[0] < event.position <= positions[2]
    }
    assert {row["id"] for row in told(events, start, end)[0].parts[1][1]} == expected
    steps = [told(events, *step)[0] for step in ((start, middle), (middle, end))]
    assert {row["id"] for step in steps for row in step.parts[1][1]} == expected


@some
@given(histories(), st.lists(st.integers(3, 25), min_size=2, max_size=2).map(sorted))
def test_every_headline_and_field_that_differs_is_told_as_it_was_and_is(
    events: list[Event], positions: list[int]
) -> None:
    found, before, after = told(events, *(Clock(as_recorded=position) for position in positions))
    rows = found.parts[0][1]
    fields = {(row["topic"], row["column"]): (row["before"], row["after"]) for row in rows if row["part"] == "field"}
    lines = {row["topic"] for row in rows if row["part"] == "headline"}
    for old, new in zip(before.sections, after.sections, strict=True):
        for name in old.fields.keys() | new.fields.keys():
            was, is_ = old.fields.get(name), new.fields.get(name)
            if (was or None) != (is_ or None) and not name.endswith(("_low", "_high")):
                assert fields.pop((old.topic, name)) == (was, is_)
        assert (old.topic in lines) == (cells(old) != cells(new))
    assert all(column.endswith(("_low", "_high")) for _, column in fields)


@some
@given(histories(), st.lists(st.integers(3, 25), min_size=2, max_size=2).map(sorted))
def test_a_row_of_an_occurrence_comes_exactly_where_none_of_its_reports_had_one(
    events: list[Event], positions: list[int]
) -> None:
    found, before, after = told(events, *(Clock(as_recorded=position) for position in positions))
    parts = ("executions", "opinions", "statements", "dividends")
    # One that stood apart and now counts was known, and yet its row is new.
    known = {report for event in events_of(before, parts) for ids in reported(before) if event in ids for report in ids}
    expected = {
        event for event in events_of(after, parts) if not known & next(ids for ids in reported(after) if event in ids)
    }
    came_new = [row for row in found.parts[0][1] if row["part"] in parts and row["kind"] == "row" and row["after"]]
    assert {event for row in came_new for event in row["events"]} >= expected
    assert len(came_new) == len(expected)


def events_of(at: State, parts: Iterable[str]) -> set[str]:
    """The accepted events of the rows of these tables."""
    return {row["event"] for section in at.sections for name in parts for row in section.tables.get(name, ())}


def reported(at: State) -> list[set[str]]:
    """The ids of the reports of each occurrence."""
    return [{report.id for report in item.reports} for item in at.stream.occurrences]


def cells(section: Section) -> dict[str, list[str]]:
    """The headlines' cells by the label above them, whatever the number of sources."""
    found: dict[str, list[str]] = {}
    label = ""
    for line in section.headlines:
        label = line.label or label
        found.setdefault(label, []).extend(line.cells)
    return found
