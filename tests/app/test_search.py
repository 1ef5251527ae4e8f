"""Searching: what words find on both clocks, and an index of words that always equals one made anew."""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.laws import bases
from tests.laws.bases import opened
from tests.laws.worlds import REGISTER, worlds
from tests.laws.worlds import loads as loadings
from timeline import Timeline
from timeline.app.importing import bulk
from timeline.app.searching import indexing, query, search, words
from timeline.dates import When
from timeline.errors import DatabaseUnusable, InvalidInput, NotFound
from timeline.event import Report
from timeline.intake.taken import Place, Taken
from timeline.record import Source, source_report
from timeline.store import sqlite_dialect
from timeline.store import words as store
from timeline.store.opening import open_reader, open_writer, snapshot
from timeline.store.words import Term
from timeline.topics.company import Registered
from timeline.topics.results import Reported
from timeline.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import DataObject

    from tests.laws.worlds import Loads
    from timeline.page import Listing

FIXTURE = """\
schema: timeline/source/1
source:
  id: {source}
  kind: news
  publisher: Wire
  title: {title}
  published: "{published}"
facts:
  - {{key: one, kind: statement.made, company: acme, occurred: 2025-03-01, category: strategy, text: "{text}"}}
"""
ACME = """\
schema: timeline/source/1
source: {id: register, kind: reference, publisher: Register, title: List, published: "2024-01-01Z"}
facts:
  - {key: acme, kind: company.registered, company: acme, occurred: 2024-01-01, name: Acme Anvils, type: company}
"""


@pytest.fixture
def load(tmp_path: Path) -> Callable[..., Path]:
    """Load a statement into a database that knows one company, and give the database's path."""
    path = tmp_path / "facts.db"

    def load(text: str = "", *, source: str = "s1", title: str = "Report", published: str = "2025-03-02Z") -> Path:
        file = tmp_path / "told.yaml"
        told = FIXTURE.format(text=text, source=source, title=title, published=published) if text else ACME
        file.write_text(told, encoding="utf-8")
        Timeline.open(path).load([str(file)])
        return path

    load()
    return load


def found(path: Path, text: str, **asked: Any) -> Listing:  # noqa: ANN401
    with open_reader(path) as connection, snapshot(connection):
        return search.search(connection, text, **asked)


def summaries(path: Path, text: str, **asked: Any) -> list[tuple[str, str | None]]:  # noqa: ANN401
    return [(row["summary"], row["standing"]) for row in found(path, text, **asked).rows]


def keys(path: Path, text: str, **asked: Any) -> set[str]:  # noqa: ANN401
    """Kinds that are found."""
    return {row["kind"] for row in found(path, text, **asked).rows}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("38.04", {"buyback.executed"}),
        ('"HKD 38.04"', {"buyback.executed"}),
        ('"38.04 hkd"', set()),
        ("xiaomi BUYBACK executed hkd", {"buyback.executed"}),
        ("buyb* executed -162", {"buyback.executed"}),
        ("0.63%", {"buyback.totalled"}),
        ('"0.63 %"', {"buyback.totalled"}),
        ("小米集團", {"company.identified"}),
    ],
)
def test_figures_phrases_beginnings_and_names_are_found(shipped_path: Path, text: str, kinds: set[str]) -> None:
    assert keys(shipped_path, text, limit=1) == kinds


def test_a_chinese_name_finds_the_events_of_its_company_by_any_part_of_it(shipped_path: Path) -> None:
    whole, part = found(shipped_path, "小米集團", limit=500), found(shipped_path, "小米", limit=500)
    assert {row["company"] for row in whole.rows} == {"xiaomi"}
    assert len(whole.rows) == len(part.rows) > 50
    assert found(shipped_path, "小集").rows == ()


def test_rows_tell_the_event_and_the_words_that_were_found(shipped_path: Path) -> None:
    (row,) = found(shipped_path, '"38.04"').rows
    assert row["summary"].startswith("price HKD 38.04–38.16, share class B, shares 5 million")
    assert (row["kind"], row["company"], row["occurred"]) == ("buyback.executed", "xiaomi", "2026-01-08")
    assert (row["matched"], row["standing"], row["source"]) == (["04", "38"], None, "xiaomi-2026-strategy")
    assert Timeline.open(shipped_path).event(row["id"]).envelope["position"] == int(row["position"])


def test_a_search_is_narrowed_to_company_kind_and_source(shipped_path: Path) -> None:
    assert keys(shipped_path, "xiaomi", kind="target.set", limit=500) == {"target.set"}
    assert {row["company"] for row in found(shipped_path, "alias", company="1810.HK").rows} == {"xiaomi"}
    rows = found(shipped_path, "deliveries", source="xiaomi-2026-strategy", limit=500).rows
    assert {row["source"] for row in rows} == {"xiaomi-2026-strategy"}


def test_what_it_is_narrowed_to_has_to_be_there(shipped_path: Path) -> None:
    for asked in ({"company": "nobody"}, {"kind": "buyback.exected"}, {"source": "xiaomi-2026-strateg"}):
        with pytest.raises(NotFound):
            found(shipped_path, "x", **asked)


@pytest.mark.parametrize("text", ["", "  ", '"', "-", "*", "…", "-xiaomi", "\0"])
def test_a_search_for_no_word_is_refused(shipped_path: Path, text: str) -> None:
    with pytest.raises(InvalidInput) as error:
        found(shipped_path, text)
    assert error.value.problems[0].rule == "search-empty"


def test_a_search_for_too_many_words_is_refused(shipped_path: Path) -> None:
    with pytest.raises(InvalidInput, match="more than 32 words"):
        found(shipped_path, "x " * 33)


@given(st.text(max_size=40) | st.text('a"*-+^:(){}NEAR AND%小\0 ', max_size=20))
def test_whatever_is_typed_finds_or_is_refused(shipped_path: Path, text: str) -> None:
    try:
        listing = found(shipped_path, text)
    except InvalidInput:
        return
    assert len(listing.rows) <= search.LIMIT


def test_titles_and_publishers_find_what_the_source_reports(load: Callable[..., Path]) -> None:
    path = load("Grows.", title="Quarterly outlook")
    assert ("category strategy, text Grows.", None) in summaries(path, "quarterly wire")


def test_a_source_that_is_corrected_is_found_by_its_new_title_too(load: Callable[..., Path], tmp_path: Path) -> None:
    path = load("Grows.", title="Quarterly outlook")
    told = FIXTURE.format(text="Grows.", source="s1", title="Yearly outlook", published="2025-03-02Z")
    (tmp_path / "told.yaml").write_text(told, encoding="utf-8")
    Timeline.open(path).load([str(tmp_path / "told.yaml")], correct="we erred")
    assert ("category strategy, text Grows.", None) in summaries(path, "yearly")
    assert_true(path)


def test_what_was_not_public_or_not_recorded_then_is_not_found(load: Callable[..., Path]) -> None:
    early = load("Grows fast.")
    path = load("Grows slowly.", source="s2", published="2025-06-01Z")
    assert [text for text, _ in summaries(early, "grows")] == [
        "text Grows slowly., category strategy",
        "text Grows fast., category strategy",
    ]
    assert summaries(path, "grows", as_of="2025-05-31") == [("text Grows fast., category strategy", None)]
    assert summaries(path, "grows", as_recorded="4") == [("text Grows fast., category strategy", None)]
    assert summaries(path, "grows", as_recorded="3") == []


def test_a_source_that_prints_only_its_day_is_found_from_the_end_of_that_day(load: Callable[..., Path]) -> None:
    path = load("Grows fast.", published="2025-03-02Z")
    assert summaries(path, "grows", as_of="2025-03-02T23:00:00Z") == []
    assert len(summaries(path, "grows", as_of="2025-03-03T00:00:00Z")) == 1


def test_a_name_of_two_letters_is_one_word_that_may_go_on() -> None:
    assert [part.term for part in query.parsed("小米 小米集")] == [
        Term(("小米",), prefix=True),
        Term(("小米", "米集"), prefix=True),
    ]


def test_a_corrected_event_is_found_as_it_stands_and_marked_by_what_it_said_before(load: Callable[..., Path]) -> None:
    path = load("Grows fast.")
    position = int(found(path, "fast").basis.position)
    (row,) = found(path, "fast").rows
    Timeline.open(path).correct(row["id"], ["text=Shrinks."], reason="source erred", note="mistyped")
    assert [(each["id"], each["summary"]) for each in found(path, "shrinks").rows] == [
        (row["id"], "text Shrinks., category strategy")
    ]
    assert summaries(path, "fast") == [("text Grows fast., category strategy", "corrected")]
    assert summaries(path, "fast", as_recorded=str(position)) == [("text Grows fast., category strategy", None)]
    assert summaries(path, "shrinks", as_recorded=str(position)) == []
    assert summaries(path, "shrinks", kind="statement.made") == [("text Shrinks., category strategy", None)]


def test_a_retracted_event_is_found_and_marked(load: Callable[..., Path]) -> None:
    path = load("Grows fast.")
    (row,) = found(path, "fast").rows
    Timeline.open(path).retract(row["id"], reason="source erred")
    assert summaries(path, "fast") == [("text Grows fast., category strategy", "retracted")]
    assert summaries(path, "fast", as_recorded=row["position"]) == [("text Grows fast., category strategy", None)]


def test_no_byte_of_an_erased_word_is_left(load: Callable[..., Path]) -> None:
    path = load("Qqmarker9876 grows.")
    (row,) = found(path, "qqmarker9876").rows
    assert b"qqmarker9876" in path.read_bytes()
    Timeline.open(path).erase(row["id"], reason="legal")
    assert found(path, "qqmarker9876").rows == ()
    assert not [file for file in path.parent.glob("facts.db*") if b"qqmarker9876" in file.read_bytes().lower()]
    assert_true(path)


def test_the_title_of_an_erased_source_is_gone_from_its_facts(load: Callable[..., Path]) -> None:
    path = load("Grows.", title="Qqmarker9876 report")
    source = next(row for row in found(path, "qqmarker9876").rows if row["kind"] == Source.KIND)
    Timeline.open(path).erase(source["id"], reason="legal")
    assert found(path, "qqmarker9876").rows == ()
    assert summaries(path, "grows") == [("text Grows., category strategy", None)]
    assert b"qqmarker9876" not in path.read_bytes()
    assert_true(path)


def test_a_correction_that_repeats_what_is_erased_leaves_no_word_either(load: Callable[..., Path]) -> None:
    path = load("Grows.")
    (row,) = found(path, "grows").rows
    Timeline.open(path).correct(row["id"], ["text=Qqmarker9876 grows."], reason="source erred")
    Timeline.open(path).erase(row["id"], reason="legal")
    assert found(path, "qqmarker9876").rows == ()
    assert b"qqmarker9876" not in path.read_bytes()
    assert_true(path)


def test_content_is_not_erased_where_its_words_cannot_be(
    load: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = load("Grows fast.")
    (row,) = found(path, "fast").rows
    with monkeypatch.context() as patched:
        patched.setattr(sqlite_dialect, "has_words", lambda _connection: False)
        with pytest.raises(DatabaseUnusable, match="full-text search"):
            Timeline.open(path).erase(row["id"], reason="legal")
    assert summaries(path, "fast") == [("text Grows fast., category strategy", None)]


def test_without_full_text_search_events_are_still_recorded_and_indexed_later(
    load: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(sqlite_dialect, "has_words", lambda _connection: False)
        path = load("Grows fast.")
    with pytest.raises(DatabaseUnusable, match="the words of 2 events are not indexed yet"):
        found(path, "fast")
    load("Grows slowly.", source="s2")
    assert len(found(path, "grows").rows) == 2
    assert_true(path)


def test_an_index_by_other_rules_is_made_anew_by_the_next_writing_command(load: Callable[..., Path]) -> None:
    path = load("Grows fast.")
    with opened(path) as connection:
        connection.execute("UPDATE word_index SET version = 'other'")
        connection.execute("INSERT INTO words (rowid, text) VALUES (3, 'made by other rules')")
    with pytest.raises(DatabaseUnusable, match="the words of 4 events are not indexed yet"):
        found(path, "fast")
    load("Grows slowly.", source="s2")
    assert_true(path)


def test_of_very_many_events_the_best_of_those_recorded_last_are_shown_and_that_is_said(
    shipped_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "RANKED", 3)
    listing = found(shipped_path, "xiaomi", limit=2)
    assert len(listing.rows) == 2
    assert [finding.rule for finding in listing.findings] == ["search-cut"]
    monkeypatch.setattr(search, "RANKED", 1000)
    assert found(shipped_path, "xiaomi", limit=2).findings == ()


def test_no_topic_is_loaded_where_no_clock_is_set_and_nothing_was_corrected(shipped_path: Path) -> None:
    code = (
        "import sys; from timeline.store.opening import open_reader; from timeline.app.searching.search import search;"
        f"assert search(open_reader({str(shipped_path)!r}), 'buyback').rows;"
        "print([name for name in sys.modules if name in ('timeline.topics', 'timeline.event', 'sqlalchemy')])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=bases.ROOT)
    assert told.stdout == "[]\n"


def test_an_audit_tells_where_the_index_is_not_what_the_log_gives(path: Path) -> None:
    assert_true(path)
    with opened(path) as connection:
        connection.execute("INSERT INTO words (rowid, text) VALUES (500, 'stray')")
    (finding,) = searching(path)
    assert (finding.severity, finding.what) == (
        "error",
        "events at positions 257 to 100 are found by other words than they have; timeline rebuild makes it anew",
    )
    Timeline.open(path).rebuild()
    assert_true(path)


def test_an_audit_tells_of_a_word_that_is_missing(path: Path) -> None:
    with open_writer(path) as writer, writer.transaction():
        titles = indexing.Titles(writer.log, 100)
        (text,) = indexing.texts(writer.log.rows(after=50, upto=51), titles)
        store.remove(writer.connection, [text])
        store.add(writer.connection, [(text[0], text[1].rpartition(" ")[0])])
    assert len(searching(path)) == 1


def test_an_audit_tells_how_far_the_index_reaches(path: Path) -> None:
    with opened(path) as connection:
        connection.execute("UPDATE word_index SET position = 90")
    (finding,) = searching(path, "search-behind")
    assert finding.severity == "note"
    assert finding.what.startswith("the index of words reaches to position 90, the log to 100")


def test_an_index_that_reaches_beyond_the_log_is_an_error(path: Path) -> None:
    with opened(path) as connection:
        connection.execute("UPDATE word_index SET position = 101")
    (finding,) = searching(path)
    assert finding.what.startswith("the index of words reaches to position 101, the log to 100")


@settings(max_examples=max(settings().max_examples // 16, 1))
@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1990, 2025)), max_size=9), st.integers(1, 4))
def test_an_import_indexes_in_batches_what_one_made_anew_would_hold(told: list[tuple[str, int]], batch: int) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        path = Path(folder) / "facts.db"
        patch.setattr(bulk, "BATCH", batch)
        patch.setattr(indexing, "_SPAN", batch)
        bulk.take_in(path, _rows(told[:4]))
        assert_true(path)
        bulk.take_in(path, _rows(told))
        assert_true(path)


def _rows(told: list[tuple[str, int]]) -> list[Taken]:
    """A fact each, whose source may be new or known already."""
    rows = [Taken((_source("a"), COMPANY), Place("f.csv", 0))]
    for number, (source, year) in enumerate(told, 1):
        payload = Reported(metric="revenue", period=When.parse(str(year)), value=Quantity.parse("USD 5"))
        fact = Report(payload=payload, key=str(year), company="acme", source=source, occurred=When.parse(str(year)))
        rows.append(Taken((_source(source), fact), Place("f.csv", number)))
    return rows


def _source(name: str) -> Report:
    return source_report(name, Source(kind="filing", title=f"Report {name}", published="2025-04-30", zone="UTC"))


COMPANY = Report(
    payload=Registered(name="Acme"), key="company", company="acme", source="a", occurred=When.parse("2025")
)


def test_a_rebuild_makes_the_index_in_steps_and_goes_on_where_it_was_interrupted(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "_SPAN", 10)
    interrupt_after(monkeypatch, 3)
    with pytest.raises(KeyboardInterrupt):
        Timeline.open(path).rebuild()
    monkeypatch.setattr(store, "cover", COVER)
    assert (reached(path), reached(path, store.ANEW)) == (100, 30)
    interrupt_after(monkeypatch, 2)
    with pytest.raises(KeyboardInterrupt):
        Timeline.open(path).rebuild()
    assert (reached(path), reached(path, store.ANEW)) == (100, 50)
    monkeypatch.setattr(store, "cover", COVER)
    Timeline.open(path).rebuild()
    assert_true(path)
    assert reached(path, store.ANEW) == 0


def test_while_a_rebuild_makes_the_index_searches_find_what_they_found_before(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Timeline.open(path).search("revenue").rows
    assert before
    monkeypatch.setattr(indexing, "_SPAN", 10)
    interrupt_after(monkeypatch, 3)
    with pytest.raises(KeyboardInterrupt):
        Timeline.open(path).rebuild()
    assert Timeline.open(path).search("revenue").rows == before
    monkeypatch.setattr(store, "cover", COVER)
    event = str(Timeline.open(path).events().rows[0]["id"])
    Timeline.open(path).retract(event, reason="source erred", note="as told")
    assert_true(path)
    assert Timeline.open(path).search('"as told"').rows != ()
    Timeline.open(path).rebuild(anew=True)
    assert_true(path)
    assert Timeline.open(path).search('"as told"').rows != ()


def test_whoever_writes_during_a_rebuild_indexes_no_more_than_a_stretch(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "_SPAN", 10)
    interrupt_after(monkeypatch, 3)
    with pytest.raises(KeyboardInterrupt):
        Timeline.open(path).rebuild()
    monkeypatch.setattr(store, "cover", COVER)
    with open_writer(path) as writer, writer.transaction():
        store.clear(writer.connection)  # as in a database that was just upgraded
    with pytest.raises(DatabaseUnusable, match="the words of 100 events are not indexed yet"):
        Timeline.open(path).search("revenue")
    Timeline.open(path).retract(str(Timeline.open(path).events().rows[0]["id"]), reason="source erred", note="as told")
    assert reached(path) == 10
    Timeline.open(path).rebuild()
    assert_true(path)


def test_erasing_during_a_rebuild_leaves_no_word_behind(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "_SPAN", 10)
    interrupt_after(monkeypatch, 3)
    with pytest.raises(KeyboardInterrupt):
        Timeline.open(path).rebuild()
    monkeypatch.setattr(store, "cover", COVER)
    Timeline.open(path).erase(str(Timeline.open(path).events().rows[-1]["id"]), reason="legal")
    assert reached(path, store.ANEW) == 0
    assert_true(path)


COVER = store.cover


def interrupt_after(monkeypatch: pytest.MonkeyPatch, steps: int) -> None:
    """End what makes the index after so many of its transactions."""
    left = iter(range(steps))

    def cover(*args: Any) -> None:  # noqa: ANN401
        if next(left, None) is None:
            raise KeyboardInterrupt
        COVER(*args)

    monkeypatch.setattr(store, "cover", cover)


def reached(path: Path, index: store.Index = store.CURRENT) -> int:
    with opened(path) as connection:
        return store.covered(connection, words.VERSION, index)


@settings(max_examples=max(settings().max_examples // 16, 1))
@given(worlds().flatmap(loadings), st.data())
def test_the_index_is_always_what_one_made_anew_would_be(batches: Loads, data: DataObject) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "facts.db"
        bases.load(path, [REGISTER])
        for batch in batches:
            bases.load(path, batch)
            assert_true(path)
        for _ in range(4):
            data.draw(st.sampled_from([_retract, _correct, _erase, _rebuild]))(path, data)
            assert_true(path)
        (lines := Path(folder) / "log.jsonl").write_text("".join(Timeline.open(path).export()), encoding="utf-8")
        bases.load(
            other := Path(folder) / "other.db", data.draw(st.sampled_from([[REGISTER], [REGISTER, *batches[0]]]))
        )
        Timeline.open(other).import_([str(lines)])
        assert_true(other)


def _any_event(path: Path, data: DataObject) -> str:
    return str(data.draw(st.sampled_from(Timeline.open(path).events().rows))["id"])


def _retract(path: Path, data: DataObject) -> None:
    with suppress(InvalidInput):
        Timeline.open(path).retract(_any_event(path, data), reason="source erred", note="as told")


def _correct(path: Path, data: DataObject) -> None:
    with suppress(InvalidInput):
        Timeline.open(path).correct(_any_event(path, data), ["note=Mended."], reason="we erred")


def _erase(path: Path, data: DataObject) -> None:
    with suppress(InvalidInput):
        Timeline.open(path).erase(_any_event(path, data), reason="legal")


def _rebuild(path: Path, data: DataObject) -> None:
    del data
    Timeline.open(path).rebuild()


def searching(path: Path, rule: str = "search-differs") -> list[Any]:
    return [each for each in Timeline.open(path).audit(only=["log"]).findings if each.rule == rule]


def entries(path: Path) -> list[tuple[str, int, int]]:
    with opened(path) as connection:
        return sorted(connection.execute("SELECT term, doc, offset FROM word_entry"))


def assert_true(path: Path) -> None:
    """The index is what one made anew would be, and reaches to the log's end."""
    before = entries(path)
    copy = path.with_name("anew.db")
    shutil.copy(path, copy)
    with open_writer(copy) as writer:
        indexing.index_in_steps(writer, anew=True)
        assert store.covered(writer.connection, words.VERSION) == writer.log.head()
    assert entries(copy) == before
    copy.unlink()
    assert searching(path) == []
    with opened(path) as connection:
        assert (
            store.covered(connection, words.VERSION)
            == connection.execute("SELECT max(position) FROM event").fetchone()[0]
        )
