"""Nothing is lost between an export and an import, and two databases merge to one state, either into the other."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.app.transfer.logs import BOUGHT, append, content, erase, export, load, log, pages, part, states
from tests.laws import bases
from tests.laws.bases import copied, few
from tests.laws.memory import histories
from timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pytest
    from hypothesis.strategies import DrawFn

    from timeline.event import Event

REGISTERED = "company.registered"


def erasable(events: Sequence[Event]) -> list[Event]:
    """Facts that nothing speaks of and without which the companies are still known."""
    kept = {event.target for event in events} | {event.target and event.id for event in events}
    return [event for event in events if event.id not in kept and event.kind not in ("source.recorded", REGISTERED)]


@st.composite
def logs(draw: DrawFn) -> tuple[list[Event], int, list[Event]]:
    """A history, a cut that makes two appends of it, and what of it is erased in the end."""
    events = draw(histories())
    cut = draw(st.integers(0, len(events)))
    return events, cut, draw(st.lists(st.sampled_from(erasable(events) or [events[0]]), max_size=2, unique=True))


@st.composite
def halves(draw: DrawFn) -> tuple[list[Event], list[Event], list[Event]]:
    """A history, and two parts of it that together are all of it."""
    events = draw(histories())
    owners = [draw(st.sampled_from(["first", "second", "both"])) for _ in events]
    owned = list(zip(events, owners, strict=True))
    return (
        events,
        [event for event, owner in owned if owner != "second"],
        [event for event, owner in owned if owner != "first"],
    )


@few
@given(logs())
def test_a_log_restored_into_an_empty_database_is_the_same_log_and_gives_the_same_pages(
    empty: Path, drawn: tuple[list[Event], int, list[Event]]
) -> None:
    events, cut, erased = drawn
    with copied(empty) as first, copied(empty) as second:
        append(first, events[:cut], actor="Ann")
        append(first, events[cut:], hour=1, actor="Bob")
        for fact in erased:
            erase(first, fact.id, fact.company or "acme")
        report = load(second, export(first))
        assert (report.restored, report.unchanged) == (True, 0)
        assert log(second) == log(first)
        assert pages(second) == pages(first)
        assert pages(second, as_recorded=str(cut)) == pages(first, as_recorded=str(cut))
        assert export(second) == export(first)


@few
@given(histories())
def test_a_companys_export_is_enough_for_its_page(empty: Path, events: list[Event]) -> None:
    with copied(empty) as first:
        append(first, events)
        for slug, page in states(first).items():
            if page:
                with copied(empty) as second:
                    load(second, export(first, slug))
                    assert states(second)[slug] == page


@few
@given(halves())
def test_two_databases_merged_either_way_give_the_same_pages_as_one_that_had_it_all(
    empty: Path, drawn: tuple[list[Event], list[Event], list[Event]]
) -> None:
    events, mine, theirs = drawn
    with copied(empty) as everything, copied(empty) as first, copied(empty) as second:
        append(everything, events)
        append(first, mine)
        append(second, theirs[::-1])
        ours = export(first)
        load(first, export(second))
        load(second, ours)
        assert content(first) == content(second) == content(everything)
        assert states(first) == states(second) == states(everything)
        assert [Timeline.open(path).rebuild().changed for path in (first, second)] == [0, 0]


@few
@given(histories().flatmap(lambda events: st.tuples(st.just(events), st.integers(0, len(events)))))
def test_half_of_the_lines_and_then_all_of_them_add_the_rest_and_a_third_time_adds_nothing(
    empty: Path, drawn: tuple[list[Event], int]
) -> None:
    events, cut = drawn
    with copied(empty) as first, copied(empty) as second:
        append(first, events)
        lines = export(first)
        half = load(second, part(lines, slice(cut)))
        assert (half.restored, half.events_new + half.sources_new) == (False, cut)
        rest = load(second, lines)
        assert (rest.unchanged, rest.events_new + rest.sources_new) == (cut, len(events) - cut)
        assert states(second) == states(first)
        before = log(second)
        again = load(second, lines)
        assert (again.written, again.unchanged, again.position) == (False, len(events), len(events))
        assert log(second) == before


def test_the_shipped_facts_come_back_as_they_were_from_a_file_and_from_one_company_of_it(tmp_path: Path) -> None:
    first, second, third = (tmp_path / f"{name}.db" for name in "abc")
    Timeline.open(first).load(["fixtures"])
    told: list[tuple[str, int, int]] = []
    report = load(second, export(first), progress=lambda *step: told.append(step))
    assert (report.restored, report.sources_new, report.unreadable, report.warnings) == (True, 5, 0, ())
    assert log(second) == log(first)
    assert Timeline.open(second).rebuild().changed == 0
    size = (tmp_path / "0.jsonl").stat().st_size
    assert told[-1] == (str(tmp_path / "0.jsonl"), size, size)
    load(third, export(first, "1810.HK"))
    assert Timeline.open(third).show("xiaomi").parts == Timeline.open(first).show("xiaomi").parts


def test_standard_input_is_read_where_a_line_stands_for_the_file(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, int, int]] = []
    data = "".join(export(small)).encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    path = tmp_path / "facts.db"
    assert Timeline.open(path).import_(["-"], progress=lambda *step: told.append(step)).restored
    assert log(path) == log(small)
    # Copied, then checked.
    assert told == [("standard input", len(data), 0), ("standard input", len(data), len(data))]


def test_the_log_of_an_empty_database_is_exported_and_restored(empty: Path) -> None:
    with copied(empty) as first, copied(empty) as second:
        lines = export(first)
        report = load(second, lines)
        assert (len(lines), report.restored, report.written, report.position) == (1, True, False, 0)


def test_a_log_that_holds_an_erasure_and_still_the_content_is_restored_as_it_is(small: Path, empty: Path) -> None:
    with copied(small) as first, copied(small) as second, copied(empty) as third:
        erase(first, BOUGHT)
        load(second, export(first))
        load(third, export(second))
        assert log(third) == log(second)


def test_only_tried_an_import_reports_the_same_and_writes_nothing(small: Path, empty: Path, tmp_path: Path) -> None:
    lines = export(small)
    with copied(empty) as path:
        before = bases.content(path)
        tried = load(path, lines, dry_run=True)
        assert bases.content(path) == before
        done = load(path, lines)
        assert (tried.new, tried.sources_new, tried.position, tried.written) == (
            done.new,
            done.sources_new,
            done.position,
            False,
        )
    assert load(tmp_path / "none.db", lines, dry_run=True).position == 6
    assert not (tmp_path / "none.db").exists()
