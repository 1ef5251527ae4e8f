"""A rebuild: the same with any number of processes, whatever ends it early, and whatever others write meanwhile."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import subprocess
import sys
from contextlib import closing
from multiprocessing import active_children
from typing import TYPE_CHECKING, Any

import pytest

from tests.app.crowd import COMPANIES, add_uncountable, crowd
from tests.laws import bases
from timeline import Timeline
from timeline.app import fold as folding
from timeline.app import refresh
from timeline.app.fingerprint import fingerprint
from timeline.app.rebuilding import rebuild as rebuilding
from timeline.app.rebuilding import workers
from timeline.app.rebuilding.rebuild import batches, rebuild
from timeline.errors import Unfoldable, WorkerLost
from timeline.occurrence import Stream
from timeline.store import models, unfinished
from timeline.store.opening import open_writer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from timeline.app.rebuilding.rebuild import RebuildReport

STORED = ("read_model", "read_item", "company_name", "source_mark", "layout")
LOST = ("read_model", "read_item", "company_name", "source_mark")

ONE_A_BATCH = """
import os, signal, sys
from multiprocessing import active_children
from timeline.app import refresh
from timeline.app.rebuilding import rebuild as rebuilding
from timeline.store.opening import open_writer
rebuilding.MANY_COMPANIES = 1
"""

BETWEEN = (
    ONE_A_BATCH
    + """
def die(name, done, total):
    if done == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
if __name__ == "__main__":
    with open_writer(sys.argv[1]) as writer:
        print(rebuilding.rebuild(writer, die, jobs=2))
"""
)

WITHIN = (
    ONE_A_BATCH
    + """
left, keep = [int(sys.argv[2])], rebuilding.keep
def die(writer, made):
    changed = keep(writer, made)
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    return changed
rebuilding.keep = die
if __name__ == "__main__":
    with open_writer(sys.argv[1]) as writer:
        print(rebuilding.rebuild(writer, jobs=2))
"""
)


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("crowd")
    return crowd(folder / "fixtures", folder / "facts.db")


@pytest.fixture
def path(crowded: Path, tmp_path: Path) -> Path:
    """A copy of the crowd's database that may be written."""
    copy = tmp_path / "facts.db"
    shutil.copy(crowded, copy)
    return copy


@pytest.fixture(autouse=True)
def one_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of one company, so that few companies are many batches."""
    monkeypatch.setattr(rebuilding, "MANY_COMPANIES", 1)


def rebuilt(path: Path, progress: Callable[[str, int, int], None] | None = None, **how: Any) -> RebuildReport:  # noqa: ANN401
    with closing(open_writer(path)) as writer:
        return rebuild(writer, progress, **how)


def lose(path: Path) -> None:
    """Lose all that is made from the log."""
    with bases.opened(path) as connection:
        for table in LOST:
            connection.execute(f"DELETE FROM {table}")  # noqa: S608


def test_any_number_of_processes_makes_the_same(path: Path) -> None:
    made = {}
    for jobs in (1, 3):
        lose(path)
        assert rebuilt(path, jobs=jobs).companies == len(COMPANIES)
        made[jobs] = bases.content(path, STORED)
    assert made[1] == made[3]
    assert {row[0] for row in made[1]["read_model"]} == set(COMPANIES)
    assert active_children() == []


def test_each_company_is_told_once_with_how_many_are_done(path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    rebuilt(path, lambda *step: told.append(step), jobs=2)
    assert sorted(name for name, _, _ in told) == list(COMPANIES)
    assert [step[1:] for step in told] == [(number, len(COMPANIES)) for number in range(1, len(COMPANIES) + 1)]


@pytest.mark.parametrize(
    ("script", "after", "stored"),
    [(BETWEEN, 1, 1), (BETWEEN, 4, 4), (WITHIN, 1, 0), (WITHIN, 3, 2)],
    ids=["after one", "after four", "within the first", "within the third"],
)
def test_a_rebuild_that_was_killed_is_finished_by_the_next_one(
    path: Path, script: str, after: int, stored: int
) -> None:
    expected = bases.content(path, STORED)
    lose(path)
    killed = killed_rebuild(path, script, after)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    with bases.opened(path) as connection:
        assert len({stamp.company for stamp in models.stamps(connection)}) == stored
    report = rebuilt(path, jobs=2)
    assert (report.companies, report.failed) == (len(COMPANIES), ())
    # Of the company of the log's last event nobody can tell whether it was done, so that it is done again.
    assert stored - 1 <= report.resumed <= stored
    assert same(bases.content(path, STORED), expected)
    assert rebuilt(path).resumed == 0


def killed_rebuild(path: Path, script: str, after: int) -> subprocess.CompletedProcess[str]:
    """Run it in a process that is killed. Its workers have its output open: it ends only once all of them ended."""
    return subprocess.run(
        [sys.executable, "-c", script, str(path), str(after)],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        cwd=bases.ROOT,
        env={**os.environ, "PYTHONPATH": str(bases.ROOT)},
    )


def same(one: dict[str, list[Any]], other: dict[str, list[Any]]) -> bool:
    """Whether the same is stored, of whichever positions it is said to be."""
    return positionless(one) == positionless(other)


def positionless(stored: dict[str, list[Any]]) -> dict[str, list[Any]]:
    return {**stored, "read_model": [(*row[:3], row[4]) for row in stored["read_model"]]}


def test_a_worker_that_was_killed_is_told_of_and_what_is_done_stays(path: Path) -> None:
    expected = bases.content(path, STORED)
    lose(path)

    def kill_one(_name: str, done: int, _total: int) -> None:
        if done == 1:
            os.kill(active_children()[0].pid or 0, signal.SIGKILL)

    with pytest.raises(WorkerLost, match="ended early") as lost:
        rebuilt(path, kill_one, jobs=2)
    assert lost.value.exit_code == 1
    assert active_children() == []
    with bases.opened(path) as connection:
        assert models.stamps(connection)
    assert rebuilt(path, jobs=2).companies == len(COMPANIES)
    assert same(bases.content(path, STORED), expected)


def interrupted(path: Path, after: int) -> None:
    """Interrupt a rebuild from the keyboard after so many companies."""

    def interrupt(_name: str, done: int, _total: int) -> None:
        if done == after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuilt(path, interrupt, jobs=1)


@pytest.fixture
def folded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The companies that a rebuild in this process folds."""
    found: list[str] = []
    outcome = workers._Folder.outcome

    def spied(self: workers._Folder, company: str) -> workers.Outcome:
        found.append(company)
        return outcome(self, company)

    monkeypatch.setattr(workers._Folder, "outcome", spied)
    return found


def test_a_rebuild_goes_on_where_one_was_interrupted(path: Path, folded: list[str]) -> None:
    interrupted(path, after=2)
    folded.clear()
    assert rebuilt(path).resumed == 2
    assert folded == ["core", "dyno", "echo", "flux"]


def test_a_rebuild_that_was_not_interrupted_makes_all_anew(path: Path, folded: list[str]) -> None:
    rebuilt(path)
    rebuilt(path)
    assert folded == [*COMPANIES, *COMPANIES]


def test_a_rebuild_that_begins_anew_leaves_nothing_as_it_was(path: Path, folded: list[str]) -> None:
    interrupted(path, after=2)
    folded.clear()
    assert rebuilt(path, anew=True).resumed == 0
    assert folded == list(COMPANIES)


def test_what_other_code_did_before_it_was_interrupted_is_done_again(
    path: Path, folded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupted(path, after=2)
    folded.clear()
    monkeypatch.setattr(rebuilding, "fingerprint", lambda: "other code")
    assert rebuilt(path).resumed == 0
    assert folded == list(COMPANIES)


def test_what_got_an_event_since_it_was_done_is_done_again(path: Path, folded: list[str]) -> None:
    interrupted(path, after=2)
    add_uncountable(path, "bolt")
    folded.clear()
    rebuilt(path)
    assert folded == ["bolt", "core", "dyno", "echo", "flux"]


def test_nothing_that_is_current_is_folded_for_readers_while_a_rebuild_is_unfinished(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupted(path, after=2)
    monkeypatch.setattr("timeline.app.fold.fold", None)
    assert [Timeline.open(path).show(slug).slug for slug in COMPANIES] == list(COMPANIES)


FACT = """\
schema: timeline/source/1
source: {id: late, kind: news, title: Late news, published: "2026-02-01T09:00:00+01:00"}
defaults: {company: dyno}
facts:
  - {key: more, kind: buyback.executed, occurred: 2026-01-30, shares: 7 million}
"""
MERGER = """\
schema: timeline/source/1
source: {id: late, kind: news, title: Late news, published: "2026-02-01T09:00:00+01:00"}
defaults: {company: dyno}
facts:
  - {key: one, kind: company.merged, occurred: 2026-01-30, into: acme}
"""


MERGED = MERGER.replace("company: dyno", "company: acme").replace("into: acme", "into: dyno")


def later(path: Path, text: str) -> None:
    """Load a fixture."""
    file = path.with_name("late.yaml")
    file.write_text(text, encoding="utf-8")
    Timeline.open(path).load([str(file)])


def publish_otherwise(path: Path) -> None:
    """Correct when a source of dyno's was published; the event is about no company."""
    fixture = path.with_name("fixtures") / "dyno.yaml"
    told = fixture.read_text(encoding="utf-8").replace("2026-01-09T09", "2026-01-10T09")
    corrected = path.with_name("dyno.yaml")
    corrected.write_text(told, encoding="utf-8")
    Timeline.open(path).load([str(corrected)], correct="source erred")


MEANWHILE: dict[str, Callable[[Path], None]] = {
    "a fact": lambda path: later(path, FACT),
    "a merger": lambda path: later(path, MERGER),
    "a merger told of the other": lambda path: later(path, MERGED),
    "a source corrected": publish_otherwise,
}


@pytest.mark.parametrize("write", MEANWHILE.values(), ids=MEANWHILE)
def test_what_is_appended_between_folding_and_storing_is_not_lost(
    crowded: Path, path: Path, write: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(crowded.parent / "fixtures", path.parent / "fixtures")
    monkeypatch.setattr(rebuilding, "MANY_COMPANIES", len(COMPANIES))
    outcome = workers._Folder.outcome

    def meanwhile(self: workers._Folder, company: str) -> workers.Outcome:
        made = outcome(self, company)
        if company == "dyno":
            write(path)
        return made

    before = Timeline.open(path).show("dyno")
    with monkeypatch.context() as patch:
        patch.setattr(workers._Folder, "outcome", meanwhile)
        rebuilt(path)
    after = bases.content(path, STORED)
    position = bases.head(path)
    assert Timeline.open(path).show("dyno").parts != before.parts
    assert Timeline.open(path).show("dyno").parts == Timeline.open(path).show("dyno", as_recorded=str(position)).parts
    assert rebuilt(path).changed == 0
    assert same(bases.content(path, STORED), after)


def test_readers_see_of_a_company_all_that_was_stored_or_all_that_is_new(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = {slug: Timeline.open(path).show(slug).parts for slug in COMPANIES}
    with closing(open_writer(path)) as writer:
        for slug in COMPANIES:
            for topic in ("buybacks", "targets"):
                models.write(writer.connection, slug, topic, fingerprint(), bases.head(path), {})
    old = {slug: Timeline.open(path).show(slug).parts for slug in COMPANIES}
    seen: list[tuple[bool, bool]] = []

    def look(*_: object) -> None:
        pages = {slug: Timeline.open(path).show(slug).parts for slug in COMPANIES}
        assert all(pages[slug] in (old[slug], new[slug]) for slug in COMPANIES)
        seen.append((pages == old, pages == new))

    for name in ("_write_items", "_write_stamps"):
        monkeypatch.setattr(models, name, watched(getattr(models, name), look))
    rebuilt(path, look)
    assert seen[0] == (True, False)
    assert seen[-1] == (False, True)
    assert (False, False) in seen


def watched(original: Callable[..., Any], look: Callable[..., None]) -> Callable[..., Any]:
    def call(*arguments: Any) -> Any:  # noqa: ANN401 - whatever the function takes and gives
        look()
        found = original(*arguments)
        look()
        return found

    return call


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_event_that_a_projection_cannot_cope_with_stops_only_its_company(path: Path, jobs: int) -> None:
    others = {slug: Timeline.open(path).show(slug).parts for slug in COMPANIES if slug != "dyno"}
    event = add_uncountable(path, "dyno")
    lose(path)
    report = rebuilt(path, jobs=jobs)
    (failed,) = report.failed
    assert (failed.company, failed.topic, failed.event) == ("dyno", "buybacks", event)
    assert failed.what.startswith(f"buybacks of dyno cannot be worked out since event {event[:8]} at position 25: ")
    assert report.companies == len(COMPANIES)
    assert {slug: Timeline.open(path).show(slug).parts for slug in others} == others
    with pytest.raises(Unfoldable) as error:
        Timeline.open(path).show("dyno")
    assert error.value.message == failed.what
    with bases.opened(path) as connection:
        assert {stamp.position for stamp in models.stamps(connection, "dyno")} == {0}


def test_what_was_stored_of_a_company_is_shown_no_more_once_it_cannot_be_rebuilt(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Unfoldable("dyno", "targets", "ZeroDivisionError: division by zero")
    outcome = workers._Folder.outcome

    def fail(self: workers._Folder, company: str) -> workers.Outcome:
        made = outcome(self, company)
        return made._replace(made=told) if company == "dyno" else made

    monkeypatch.setattr(workers._Folder, "outcome", fail)
    assert [failed.company for failed in rebuilt(path).failed] == ["dyno"]
    folded: list[str] = []

    def fold(_reader: object, company: str, _clock: object) -> tuple[None, folding.Telling]:
        folded.append(company)
        return None, folding.Telling((folding.tell_part(Stream(company=company)),))

    monkeypatch.setattr("timeline.app.fold.fold", fold)
    for slug in COMPANIES:
        Timeline.open(path).show(slug)
    assert folded == ["dyno"]


def test_a_company_whose_event_was_taken_back_is_rebuilt(path: Path) -> None:
    event = add_uncountable(path, "dyno")
    assert rebuilt(path).failed
    Timeline.open(path).retract(event, reason="we erred")
    assert rebuilt(path).failed == ()
    assert Timeline.open(path).show("dyno").slug == "dyno"


def test_names_and_sections_of_no_company_are_forgotten(path: Path) -> None:
    expected = bases.content(path, STORED)
    with bases.opened(path) as connection:
        connection.execute("INSERT INTO read_item VALUES ('initech', 'buybacks', '', 'fields', 0, '{}')")
        connection.execute("INSERT INTO read_item VALUES ('acme', 'weather', '', 'fields', 0, '{}')")
        connection.execute("INSERT INTO read_model VALUES ('hooli', 'buybacks', '1', 1, '')")
        connection.execute("INSERT INTO company_name VALUES ('pied', 'slug', 'pied', 'pied', '', '')")
    assert rebuilt(path).changed == 0
    assert same(bases.content(path, STORED), expected)


def test_batches_are_bounded_by_events_and_companies_and_the_largest_comes_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rebuilding, "MANY_COMPANIES", 3)
    monkeypatch.setattr(rebuilding, "MANY_EVENTS", 10)
    events = {"a": 1, "b": 1, "c": 1, "d": 1, "e": 90, "f": 6, "g": 5, "h": 2}
    assert batches(events) == [("e",), ("g", "h"), ("f",), ("a", "b", "c"), ("d",)]
    assert batches({}) == []


def test_what_cannot_be_folded_is_told_alike_in_another_process() -> None:
    error = Unfoldable("dyno", "targets", "ValueError: no", "0123456789abcdef", 25)
    other = pickle.loads(pickle.dumps(error))  # noqa: S301 - of this test's own
    assert (other.message, other.fix, other.company, other.topic, other.event) == (
        "targets of dyno cannot be worked out since event 01234567 at position 25: ValueError: no",
        "this is a defect of the program, please report it; --as-recorded 24 shows what was known before",
        "dyno",
        "targets",
        "0123456789abcdef",
    )


def test_without_a_safe_write_ahead_log_all_is_folded_in_this_process(
    path: Path, folded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "journal_mode", lambda: "delete")
    rebuilt(path, jobs=3)
    assert folded == list(COMPANIES)


def test_the_mark_of_an_unfinished_rebuild_goes_with_its_end(path: Path) -> None:
    interrupted(path, after=1)
    with closing(open_writer(path)) as writer:
        assert unfinished.begun(writer.connection) == bases.head(path)
    rebuilt(path)
    with closing(open_writer(path)) as writer:
        assert unfinished.begun(writer.connection) == 0


def test_a_load_that_would_make_a_company_unfoldable_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    position = bases.head(path)
    monkeypatch.setattr(refresh, "fold_events", fails_for("dyno"))
    monkeypatch.setattr(refresh, "renew_partly", lambda *_: None)
    with pytest.raises(Unfoldable):
        later(path, FACT)
    assert bases.head(path) == position


def test_a_company_that_cannot_be_folded_still_takes_events(path: Path) -> None:
    add_uncountable(path, "dyno")
    rebuilt(path)
    later(path, FACT)
    assert bases.head(path) == 27
    with pytest.raises(Unfoldable):
        Timeline.open(path).show("dyno")


def fails_for(slug: str) -> Callable[..., Any]:
    original = folding.fold_events

    def fold_events(company: str, *rest: Any) -> Any:  # noqa: ANN401 - as the original
        if company == slug:
            raise Unfoldable(company, "targets", "ZeroDivisionError: division by zero")
        return original(company, *rest)

    return fold_events


def test_an_answer_about_all_companies_names_the_one_that_it_lacks(path: Path) -> None:
    event = add_uncountable(path, "dyno")
    rebuilt(path)
    timeline = Timeline.open(path)
    (found,) = timeline.upcoming(today="2026-01-09").findings
    assert (found.rule, found.severity, found.company) == ("company-stopped", "error", "dyno")
    assert event[:8] in found.what
    assert {row["company"] for row in timeline.upcoming(today="2026-01-09").rows} == set(COMPANIES) - {"dyno"}
    for only in ("targets", "figures"):
        findings = timeline.audit(only=[only]).findings
        assert [found.company for found in findings if found.rule == "company-stopped"] == ["dyno"]
    with pytest.raises(Unfoldable):
        timeline.upcoming("dyno", today="2026-01-09")
