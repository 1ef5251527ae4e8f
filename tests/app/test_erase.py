"""Erasing: what loses its content, that nothing of it is left in any file, and that everything else goes on."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, cast

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.app.transfer.logs import append, load, log, pages, part
from tests.laws import bases
from tests.laws.bases import copied, few
from tests.laws.memory import histories
from timeline import Timeline
from timeline.app.erased import GAP
from timeline.app.transfer.soundness import fault
from timeline.errors import DatabaseUnusable, InvalidInput, NotFound
from timeline.event import Envelope, event_id
from timeline.occurrence import Unreadable
from timeline.proof.merkle import leaf_hash, root_of
from timeline.render.data import detail_json, page_json
from timeline.store import driver
from timeline.store import erase as store
from timeline.store.log import Reader, Row
from timeline.store.opening import open_reader, open_writer
from timeline.store.schema import APPLICATION_ID, fallen_triggers

if TYPE_CHECKING:
    from pathlib import Path
    from sqlite3 import Connection

    from hypothesis.strategies import DrawFn

    from timeline.event import Event

FIXTURE = """\
schema: timeline/source/1
source:
  id: wire
  kind: agency
  title: Acme buys on the Zanzibar exchange
  publisher: Wire
  published: 2026-01-09T09:46:04+01:00
  url: https://example.com/zanzibar
facts:
  - {key: acme, kind: company.registered, company: acme, occurred: 2020-01-01, name: Zanzibar Acme}
  - {key: first, kind: buyback.executed, company: acme, occurred: 2026-01-08, shares: "7,654,321", note: in Zanzibar}
  - {key: second, kind: buyback.executed, company: acme, occurred: 2026-01-07, shares: "2,000,000"}
"""
ACME, FIRST, SECOND = (event_id("wire", key) for key in ("acme", "first", "second"))
WIRE = event_id("wire", "@source")
MARKER = b"Zanzibar"
FIGURES = ("7,654,321", "7654321", "8,765,432", "8765432")
MODES = pytest.mark.parametrize("mode", ["wal", "delete"])


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed database without an event."""
    path = tmp_path_factory.mktemp("empty") / "facts.db"
    open_writer(path).close()
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "wire.yaml"
    path.write_text(FIXTURE, "utf-8")
    return path


@pytest.fixture
def path(tmp_path: Path, file: Path) -> Path:
    """A database of three facts of one source, alone in its folder."""
    folder = tmp_path / "base"
    folder.mkdir()
    Timeline.open(folder / "facts.db").load([str(file)])
    return folder / "facts.db"


@pytest.fixture
def timeline(path: Path) -> Timeline:
    return Timeline.open(path)


def correct(timeline: Timeline, event: str = FIRST, shares: str = "8,765,432") -> str:
    """Correct the shares; the id of the correction."""
    return timeline.correct(event, [f"shares={shares}"], reason="we erred", note="as in Zanzibar").link.id


def bodies(path: Path) -> dict[str, bytes | None]:
    """Content by id."""
    with closing(open_reader(path)) as connection:
        return {row.envelope.id: row.body for row in Reader(connection).rows()}


def salts(path: Path, *ids: str) -> list[bytes]:
    with closing(open_reader(path)) as connection:
        return [row.salt for row in Reader(connection).rows_by_ids(ids) if row.salt is not None]


def found(path: Path, *sought: bytes) -> list[tuple[str, bytes]]:
    """Which of these bytes stand in which of the database's files."""
    files = [(file.name, file.read_bytes()) for file in path.parent.glob(f"{path.name}*")]
    return [(name, each) for name, data in files for each in sought if each in data]


def executed(timeline: Timeline, **clocks: str) -> list[str]:
    """The shares of the executions that `show` tells."""
    page = bases.plain(page_json(timeline.show("acme", **clocks)))
    return [row["shares"] for row in page["sections"].get("buybacks", {}).get("executions", [])]


def verified(path: Path) -> bool:
    """Whether every checkpoint is the root over the envelopes that stand."""
    with closing(open_reader(path)) as connection:
        reader = Reader(connection)
        leaves = [leaf_hash(row.envelope.canonical()) for row in reader.rows()]
        checkpoints = list(reader.checkpoints())
    assert checkpoints[-1][0] == len(leaves)
    return all(root_of(leaves[:size]).hex() == root for size, root, *_ in checkpoints)


def test_a_fact_goes_with_its_corrections_and_noted_retractions_each_by_an_erasure_of_its_own(
    path: Path, timeline: Timeline
) -> None:
    corrections = [correct(timeline), correct(timeline, shares="9 million")]
    noted = timeline.retract(FIRST, reason="we erred", note="Zanzibar said so").link.id
    plain = timeline.reinstate(FIRST, reason="we erred").link.id
    done = timeline.erase(FIRST, reason="legal", note="by order")
    gone = [FIRST, *corrections, noted]
    assert [row["id"] for row in done.rows] == gone
    assert [(report.key, report.target, report.company) for report in done.reports] == [
        (f"erased:{identity}", identity, "acme") for identity in gone
    ]
    kept = bodies(path)
    assert [identity for identity, body in kept.items() if body is None] == gone
    assert plain in kept
    assert verified(path)


def test_a_figure_that_was_erased_stands_in_no_read_model_and_in_no_view(path: Path, timeline: Timeline) -> None:
    correct(timeline)
    assert any(figure in str(bases.content(path, bases.DERIVED)) for figure in FIGURES)
    timeline.erase(FIRST, reason="legal")
    assert [figure for figure in FIGURES if figure in str(bases.content(path))] == []
    assert executed(timeline) == ["2000000"]
    assert timeline.rebuild().changed == 0


@MODES
def test_neither_salt_nor_content_is_left_in_any_file_of_the_database(
    path: Path, timeline: Timeline, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "journal_mode", lambda: mode)
    with closing(open_writer(path)):  # so that a write-ahead log is there to be emptied
        retracted = timeline.retract(FIRST, reason="we erred").link.id
        timeline.reinstate(FIRST, reason="we erred")
        secrets = [b"7654321", b"7654321", b"in Zanzibar", *salts(path, FIRST)]
        kept = salts(path, retracted)
        assert {each for _, each in found(path, *secrets, *kept)} == {*secrets, *kept}
        done = timeline.erase(FIRST, reason="legal")
        assert (done.unfinished, found(path, *secrets)) == ("", [])
    assert found(path, *secrets) == []
    assert {each for _, each in found(path, *kept)} == set(kept)


@MODES
def test_the_file_that_is_written_anew_keeps_its_guards_its_mark_and_every_other_row(
    path: Path, timeline: Timeline, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "journal_mode", lambda: mode)
    before = bases.content(path)
    timeline.erase(SECOND, reason="legal")
    after = bases.content(path)
    with bases.opened(path) as connection:
        assert fallen_triggers(connection) == []
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA journal_mode").fetchone() == (mode,)
        assert connection.execute("SELECT count(*) FROM buyback_executions").fetchone() == (1,)
    assert [row for row in after["event"] if row in before["event"]] == before["event"]
    assert len(after["body"]) == len(before["body"])  # one less, and that of the erasure
    timeline.load(["fixtures"])
    assert verified(path)


@pytest.mark.usefixtures("impatient")
def test_while_another_reads_it_says_that_the_bytes_are_still_there_and_finishes_when_run_again(
    path: Path, timeline: Timeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "journal_mode", lambda: "wal")
    timeline.rebuild()
    secrets = salts(path, FIRST)
    with closing(open_reader(path)) as connection:
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM event").fetchone()
        done = timeline.erase(FIRST, reason="legal")
        assert "another program has it open" in done.unfinished
        assert found(path, *secrets) != []
        assert executed(timeline) == ["2000000"]
    again = timeline.erase(FIRST, reason="legal")
    assert (again.rows, again.reports, again.unfinished) == ((), (), "")
    assert found(path, MARKER + b" exchange", *secrets) != []  # the source's title
    assert found(path, *secrets) == []


@pytest.mark.usefixtures("impatient")
def test_without_a_write_ahead_log_nothing_is_written_while_another_reads(
    path: Path, timeline: Timeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "journal_mode", lambda: "delete")
    timeline.rebuild()
    before = bases.content(path)
    with closing(open_reader(path)) as connection:
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM event").fetchone()
        with pytest.raises(DatabaseUnusable, match="locked"):
            timeline.erase(FIRST, reason="legal")
    assert bases.content(path) == before
    assert timeline.erase(FIRST, reason="legal").unfinished == ""


@MODES
def test_after_a_crash_behind_the_commit_erasing_again_finishes(
    path: Path, timeline: Timeline, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "journal_mode", lambda: mode)
    timeline.retract(FIRST, reason="we erred")  # leaves its figures in the free space of the read models
    (salt,) = salts(path, FIRST)
    secrets = [b"7654321", salt]

    def crash(*_: object) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(store, "scour", crash)
        with pytest.raises(KeyboardInterrupt):
            timeline.erase(FIRST, reason="legal")
    head = len(bodies(path))
    assert bodies(path)[FIRST] is None
    assert found(path, *secrets) != []
    assert mode == "wal" or found(path, salt) == []  # what is deleted is overwritten at once
    done = timeline.erase(FIRST[:8], reason="legal")
    assert (done.event, done.rows, done.unfinished) == (FIRST, (), "")
    assert found(path, *secrets) == []
    assert len(bodies(path)) == head


class Full:
    """A connection to a database on a disk that is full."""

    def execute(self, _: str) -> None:
        error = driver.sqlite.OperationalError("database or disk is full")
        error.sqlite_errorcode = 13
        raise error


def test_a_full_disk_behind_the_commit_is_told_as_the_reason(path: Path) -> None:
    assert "the disk is full" in store.scour(cast("Connection", Full()), path)


def test_it_names_the_copies_that_were_kept_before_upgrades_and_no_other_file(path: Path, timeline: Timeline) -> None:
    names = ("facts.db.before-0001", "facts.db.before-0001.unfinished")
    for name in (*names, "facts.db.other", "other.db.before-0001"):
        path.with_name(name).touch()
    assert timeline.erase(FIRST, reason="legal").copies == tuple(str(path.with_name(name)) for name in names)


def test_only_tried_it_tells_the_same_and_writes_nothing(path: Path, timeline: Timeline) -> None:
    correct(timeline)
    before = bases.content(path)
    tried = timeline.erase(FIRST, reason="legal", dry_run=True)
    assert bases.content(path) == before
    done = timeline.erase(FIRST, reason="legal")
    assert (tried.rows, tried.reports, tried.effects) == (done.rows, done.reports, done.effects)


def test_an_erasure_is_not_erased_and_what_is_not_there_is_not_found(timeline: Timeline) -> None:
    (erasure,) = timeline.erase(FIRST, reason="legal").reports
    with pytest.raises(InvalidInput, match="is an erasure"):
        timeline.erase(erasure.id, reason="legal")
    with pytest.raises(NotFound):
        timeline.erase("0" * 32, reason="legal")


def test_an_erased_event_says_when_why_and_by_whom_on_every_clock(
    timeline: Timeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIMELINE_ACTOR", "officer")
    (erasure,) = timeline.erase(FIRST, reason="legal", note="by order").reports
    recorded = timeline.event(erasure.id).envelope["recorded"]
    for clocks in ({}, {"as_recorded": "4"}, {"as_of": "2026-01-10"}):
        told = bases.plain(detail_json(timeline.event(FIRST, **clocks)))
        assert (told["body"], told["salt"], told["problem"]) == (None, None, "its body was erased")
        assert dict(timeline.event(FIRST, **clocks).fields)["erased"] == f"{recorded} by officer: legal; by order"
    assert [row["id"] for row in timeline.event(FIRST).chain] == [erasure.id]


def test_every_reading_command_goes_on_and_answers_about_the_past_say_what_they_lack(timeline: Timeline) -> None:
    timeline.erase(FIRST, reason="legal")
    by_id = {row["id"]: row for row in timeline.events("acme").rows}
    assert (by_id[FIRST]["summary"], by_id[FIRST]["kind"]) == ("its body was erased", "buyback.executed")
    assert [row["id"] for row in timeline.events("acme", as_recorded="4").rows] == [ACME, FIRST, SECOND]
    assert timeline.conflicts().findings == ()
    assert timeline.companies().rows[0]["name"] == "Zanzibar Acme"
    changes = timeline.diff("acme", "4", "5", recorded=True).parts[1][1]
    assert [(row["change"], row["id"], row["of"]) for row in changes] == [
        ("erased", timeline.event(FIRST).chain[0]["id"], FIRST)
    ]
    for clocks in ({"as_recorded": "4"}, {"as_of": "2026-01-10"}):
        assert executed(timeline, **clocks) == ["2000000"]
        (told,) = [each for _, part in timeline.show("acme", **clocks).parts for each in part.findings]
        assert (told.rule, told.severity, told.events) == (GAP, "note", (FIRST,))
    assert [each for _, part in timeline.show("acme").parts for each in part.findings] == []


def test_a_reload_of_the_fixture_leaves_erased_what_is_erased(path: Path, timeline: Timeline, file: Path) -> None:
    file.write_text(FIXTURE.replace("7,654,321", "8,765,432"), "utf-8")
    timeline.load([str(file)], correct="source erred")
    for event in (FIRST, WIRE, ACME):
        timeline.erase(event, reason="legal")
        before = log(path)
        report = timeline.load([str(file)])
        assert (report.events_new, report.sources_new, report.unchanged, report.missing) == (0, 0, 4, ())
        assert log(path) == before


def test_a_reload_does_not_bring_back_a_correction_that_was_erased_by_itself(
    path: Path, timeline: Timeline, file: Path
) -> None:
    file.write_text(FIXTURE.replace("7,654,321", "8,765,432"), "utf-8")
    timeline.load([str(file)], correct="source erred")
    timeline.erase(timeline.events(kind="event.corrected").rows[0]["id"], reason="legal")
    before = log(path)
    assert timeline.load([str(file)], correct="source erred").changed == ()
    assert log(path) == before
    assert executed(timeline) == ["2000000", "7654321"]


def test_a_correction_erased_by_itself_leaves_what_stood_before_and_its_place_is_not_taken(
    path: Path, timeline: Timeline
) -> None:
    correction = correct(timeline)
    done = timeline.erase(correction, reason="legal")
    assert [row["id"] for row in done.rows] == [correction]
    assert done.effects[0] == f"{FIRST[:8]} says again: shares 7,654,321"
    assert executed(timeline) == ["2000000", "7654321"]
    assert found(path, b"8765432", b"as in Zanzibar") == []
    again = correct(timeline, shares="9,000,000")
    assert timeline.event(again).envelope["target"] == correction
    assert executed(timeline) == ["2000000", "9000000"]
    timeline.retract(FIRST, reason="we erred", correction_only=True)
    assert executed(timeline) == ["2000000", "7654321"]
    timeline.retract(FIRST, reason="we erred")
    assert executed(timeline) == ["2000000"]


def test_an_erased_retraction_still_takes_back(timeline: Timeline) -> None:
    retraction = timeline.retract(FIRST, reason="we erred", note="Zanzibar").link.id
    assert timeline.erase(retraction, reason="legal").effects[0].startswith(f"{FIRST[:8]} and what else")
    assert executed(timeline) == ["2000000"]
    timeline.reinstate(FIRST, reason="we erred")
    assert executed(timeline) == ["2000000", "7654321"]


def test_nothing_more_is_recorded_about_an_erased_fact(timeline: Timeline) -> None:
    timeline.erase(FIRST, reason="legal")
    with pytest.raises(InvalidInput, match="was erased"):
        correct(timeline)
    with pytest.raises(InvalidInput, match="was erased"):
        timeline.retract(FIRST, reason="we erred")
    with pytest.raises(InvalidInput, match="was erased"):
        timeline.reinstate(FIRST, reason="we erred")


def test_a_source_without_content_keeps_its_facts_and_their_publication(
    path: Path, timeline: Timeline, file: Path, tmp_path: Path
) -> None:
    done = timeline.erase(WIRE, reason="legal")
    assert done.effects == (
        "3 facts of the source keep their content, and weigh as those of a source that nobody knows",
    )
    assert executed(timeline) == ["2000000", "7654321"]
    assert executed(timeline, as_of="2026-01-09") == ["2000000", "7654321"]
    assert executed(timeline, as_of="2026-01-08") == []
    (row,) = timeline.sources().rows
    assert {name: value for name, value in row.items() if value} == {
        "source": "wire",
        "published": "2026-01-09T09:46:04+01:00",
        "events": "3",
    }
    assert timeline.sources(as_of="2026-01-08").rows == ()
    assert found(path, b"example.com/zanzibar", b"on the Zanzibar exchange") == []
    file.write_text(
        FIXTURE + '  - {key: third, kind: buyback.executed, company: acme, occurred: 2026-01-06, shares: "1,000,000"}\n'
    )
    assert timeline.load([str(file)]).events_new == 1
    other = tmp_path / "post.yaml"
    other.write_text(FIXTURE.replace("id: wire", "id: post").replace("key: acme", "key: acme-again"))
    timeline.load([str(other)])  # of what the address was, nobody knows any more
    assert executed(timeline) == ["1000000", "2000000", "7654321"]
    assert timeline.rebuild().changed == 0
    assert verified(path)


def test_the_address_of_an_erased_source_is_still_that_of_another_source_that_has_it(
    path: Path, timeline: Timeline, file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.db"
    file.write_text(FIXTURE.replace("id: wire", "id: post"), "utf-8")
    Timeline.open(other).load([str(file)])
    load(path, Timeline.open(other).export())
    timeline.erase(WIRE, reason="legal")
    assert bases.content(path, ["source_mark"])["source_mark"] == [("https://example.com/zanzibar", "post")]


def test_a_correction_of_a_source_erased_by_itself_leaves_the_source_as_first_recorded(
    path: Path, timeline: Timeline, file: Path
) -> None:
    file.write_text(FIXTURE.replace("example.com/zanzibar", "example.com/tabora"), "utf-8")
    timeline.load([str(file)], correct="source erred")
    timeline.erase(timeline.events(kind="event.corrected").rows[0]["id"], reason="legal")
    assert [row["url"] for row in timeline.sources().rows] == ["https://example.com/zanzibar"]
    assert bases.content(path, ["source_mark"])["source_mark"] == [("https://example.com/zanzibar", "wire")]
    assert found(path, b"tabora") == []


def test_a_company_without_its_registration_is_still_found_by_its_slug_and_by_no_erased_name(
    path: Path, timeline: Timeline, file: Path
) -> None:
    assert timeline.show("Zanzibar Acme").slug == "acme"
    timeline.erase(ACME, reason="legal")
    assert (timeline.show("acme").name, executed(timeline)) == ("acme", ["2000000", "7654321"])
    assert [row["company"] for row in timeline.companies().rows] == ["acme"]
    with pytest.raises(NotFound):
        timeline.show("Zanzibar Acme")
    for clocks in ({"as_recorded": "4"}, {"as_of": "2026-01-10"}):
        assert timeline.show("acme", **clocks).name == "acme"
    assert found(path, b"Zanzibar Acme", b"zanzibar acme", b"zanzibaracme") == []
    assert timeline.load([str(file)]).events_new == 0
    assert timeline.rebuild().changed == 0


def test_a_merger_that_was_erased_parts_the_companies(timeline: Timeline, file: Path) -> None:
    more = (
        "  - {key: zed, kind: company.registered, company: zed, occurred: 2020-01-01, name: Zed}\n"
        "  - {key: merger, kind: company.merged, company: zed, occurred: 2025-01-01, into: acme}\n"
        '  - {key: third, kind: buyback.executed, company: zed, occurred: 2026-01-06, shares: "1,000,000"}\n'
    )
    file.write_text(FIXTURE + more, "utf-8")
    timeline.load([str(file)])
    assert timeline.show("zed").slug == "acme"
    timeline.erase(event_id("wire", "merger"), reason="legal")
    assert timeline.show("zed").slug == "zed"
    assert executed(timeline) == ["2000000", "7654321"]
    assert timeline.rebuild().changed == 0


def test_an_export_holds_nothing_of_it_and_gives_the_same_log_again(
    path: Path, timeline: Timeline, tmp_path: Path
) -> None:
    correct(timeline)
    timeline.erase(FIRST, reason="legal")
    lines = list(timeline.export())
    assert [figure for figure in FIGURES if figure in "".join(lines)] == []
    gone = [line for line in map(msgspec.json.decode, lines[1:]) if line["body"] is None]
    assert [(line["key"], line["salt"]) for line in gone] == [("first", None), (FIRST, None)]
    other = tmp_path / "other.db"
    report = load(other, lines)
    assert (report.restored, report.unerased) == (True, ())
    assert log(other) == log(path)
    assert executed(Timeline.open(other)) == ["2000000"]


def test_an_import_says_what_was_erased_elsewhere_and_is_here_still_and_erasing_it_records_nothing(
    timeline: Timeline, file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.db"
    load(other, timeline.export())
    timeline.erase(FIRST, reason="legal")
    exported = list(timeline.export())
    for dry_run in (True, False):
        assert load(other, exported, dry_run=dry_run).unerased == (FIRST,)
    there = Timeline.open(other)
    file.write_text(FIXTURE.replace("7,654,321", "8,765,432"), "utf-8")
    assert there.load([str(file)], correct="source erred").changed == ()
    assert "timeline erase deletes it" in dict(there.event(FIRST).fields)["erased"]
    head, secrets = len(bodies(other)), salts(other, FIRST)
    done = there.erase(FIRST, reason="duplicate")
    assert ([row["id"] for row in done.rows], done.reports) == ([FIRST], ())
    assert bodies(other)[FIRST] is None
    assert len(bodies(other)) == head
    assert secrets[0] not in other.read_bytes()
    assert load(other, exported).unerased == ()
    assert there.rebuild().changed == 0


def test_an_import_that_brings_a_correction_of_what_was_erased_here_says_so(
    path: Path, timeline: Timeline, tmp_path: Path
) -> None:
    other = tmp_path / "other.db"
    load(other, timeline.export())
    correction = correct(Timeline.open(other))
    timeline.erase(FIRST, reason="legal")
    theirs = list(Timeline.open(other).export())
    report = load(path, part(theirs, slice(4, None)))
    assert (report.new, report.unerased) == ((("event.corrected", 1),), (FIRST,))
    done = timeline.erase(FIRST, reason="legal")
    assert [report.target for report in done.reports] == [correction]
    assert found(path, b"8,765,432") == []


@pytest.mark.parametrize(
    ("kind", "key", "sound"),
    [
        ("event.erased", f"erased:{FIRST}", True),
        ("event.erased", FIRST, True),
        ("event.erased", f"erased:{SECOND}", False),
        ("event.corrected", f"erased:{FIRST}", False),
    ],
)
def test_only_an_erasure_has_the_key_of_one(kind: str, key: str, *, sound: bool) -> None:
    made = Envelope(
        9, event_id(None, key), "acme", kind, None, key, FIRST, None, "2026-01-10T10:00:00.000000Z", "me", "0" * 64
    )
    assert (fault(Row(made, None, None), Unreadable(made, "", erased=True)) is None) == sound


@st.composite
def erasures(draw: DrawFn) -> tuple[list[Event], Event]:
    """A history, and an event of it."""
    events = draw(histories())
    return events, draw(st.sampled_from(events))


@few
@given(erasures())
def test_whatever_is_erased_the_stored_is_the_replayed_and_every_checkpoint_holds(
    empty: Path, drawn: tuple[list[Event], Event]
) -> None:
    events, chosen = drawn
    with copied(empty) as path, copied(empty) as second:
        append(path, events)
        timeline = Timeline.open(path)
        (*_, secret) = [*salts(path, chosen.id)]
        done = timeline.erase(chosen.id, reason="legal")
        assert (done.unfinished, found(path, secret)) == ("", [])
        assert verified(path)
        assert timeline.rebuild().changed == 0
        load(second, timeline.export())
        assert log(second) == log(path)
        assert pages(second) == pages(path)
        assert pages(second, as_recorded=str(len(events))) == pages(path, as_recorded=str(len(events)))
