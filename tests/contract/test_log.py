"""What the log of every store keeps: order, exactness, corrections, erasure, export, and proof of all that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.contract.stores import FIXTURES, findings, lines, loaded, roots
from timeline.errors import DatabaseUnusable, InvalidInput, Unverified
from timeline.render.data import listing_json, page_json
from timeline.store.opening import open_reader

if TYPE_CHECKING:
    from pathlib import Path

    from tests.contract.stores import Store
    from timeline.store.writer import Writer

ERASABLE = 50
"""Position of a fact about Xiaomi."""


def id_at(store: Store, position: int) -> str:
    ((identity,),) = store.outside(f"SELECT id FROM event WHERE position = {position}")  # noqa: S608 - a number
    return str(identity)


def test_a_database_without_anything_says_how_to_load_something(store: Store) -> None:
    with pytest.raises(DatabaseUnusable) as caught:
        open_reader(store.target)
    assert "timeline load" in caught.value.fix


def test_loading_twice_is_loading_once(store: Store) -> None:
    first = store.timeline().load([str(FIXTURES)])
    second = store.timeline().load([str(FIXTURES)])
    assert (first.events_new, first.sources_new, first.position) == (95, 5, 100)
    assert (second.events_new, second.sources_new, second.unchanged, second.position) == (0, 0, 100, 100)


def test_a_load_that_fails_leaves_nothing(store: Store, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("schema: timeline/source/1\nsource: {id: x, kind: news}\nfacts: []\n", encoding="utf-8")
    loaded(store)
    with pytest.raises(InvalidInput):
        store.timeline().load([str(wrong)])
    assert store.outside("SELECT count(*) FROM event") == [(100,)]


def _forget_names(writer: Writer) -> None:
    with writer.transaction():
        writer.connection.execute("DELETE FROM company_name")
        raise RuntimeError


def test_what_an_exception_interrupts_is_undone(store: Store) -> None:
    loaded(store)
    with store.writer() as writer:
        with pytest.raises(RuntimeError):
            _forget_names(writer)
        assert not writer.connection.in_transaction
    assert store.timeline().show("1810.HK").basis.position == 100


def test_the_log_is_clean_and_proves_itself(store: Store) -> None:
    timeline = loaded(store)
    assert findings(store) == {}
    assert timeline.prove(id_at(store, ERASABLE)).startswith("c2sp.org/tlog-proof@v1")


@pytest.mark.parametrize(
    ("table", "forgery", "rule"),
    [
        ("event", "UPDATE event SET actor = 'somebody else' WHERE position = 7", "checkpoint-differs"),
        ("event", "UPDATE event SET key = 'x' WHERE position = 7", "id-differs"),
        ("event", "DELETE FROM event WHERE position = 100", "log-cut"),
        ("body", "UPDATE body SET body = '{}' WHERE position = 7", "commitment-differs"),
        ("body", "DELETE FROM body WHERE position = 7", "body-missing"),
        ("checkpoint", "UPDATE checkpoint SET text = ''", "checkpoint-differs"),
        ("checkpoint", "DELETE FROM checkpoint", "log-unsealed"),
    ],
)
def test_tampering_is_found_and_that_guards_are_gone(store: Store, table: str, forgery: str, rule: str) -> None:
    loaded(store)
    if "DELETE FROM event" in forgery:
        store.forge("body", "DELETE FROM body WHERE position = 100")
    store.forge(table, forgery)
    assert {rule, "guard-fallen"} <= findings(store).keys()


def test_a_log_that_was_cut_takes_no_more(store: Store) -> None:
    timeline = loaded(store)
    store.forge("checkpoint", "DELETE FROM checkpoint")
    with pytest.raises(Unverified):
        timeline.retract(id_at(store, ERASABLE), reason="source erred")


def test_a_forged_read_model_is_found_and_mended(store: Store) -> None:
    timeline = loaded(store)
    store.outside(
        """UPDATE read_item SET data = '{"a": 1}'
           WHERE company = 'xiaomi' AND topic = 'capital' AND part LIKE 'table:%' AND seq = 0"""
    )
    assert "model-differs" in findings(store)
    with pytest.raises(Unverified):
        timeline.show("xiaomi")
    assert timeline.rebuild().changed == 1
    assert findings(store) == {}


def revised(store: Store) -> Any:  # noqa: ANN401 - any JSON
    """A history of corrections, retractions and a reinstatement, and what is shown after it."""
    timeline = loaded(store)
    held = {str(row["key"]): str(row["id"]) for row in timeline.events("xiaomi", kind="buyback.executed").rows}
    one, other = sorted(held.items())
    timeline.correct(one[1], ["shares=7 million"], reason="source erred")
    timeline.retract(other[1], reason="we erred")
    timeline.reinstate(other[1], reason="we erred")
    return page_json(timeline.show("xiaomi"))["sections"]


def test_corrections_and_retractions_are_shown_alike(store: Store, other: Store) -> None:
    assert revised(store) == revised(other)
    assert findings(store) == {}


def test_what_is_erased_is_gone_and_proved_to_have_been(store: Store) -> None:
    timeline = loaded(store)
    done = timeline.erase(id_at(store, ERASABLE), reason="legal")
    assert done.unfinished == ""
    assert store.outside(f"SELECT count(*) FROM body WHERE position = {ERASABLE}") == [(0,)]  # noqa: S608
    assert findings(store) == {}


def test_files_in_any_order_and_split_give_the_same_pages(store: Store, other: Store) -> None:
    files = sorted(map(str, FIXTURES.rglob("*.yaml")))
    register = [path for path in files if path.endswith("companies.yaml")]
    loaded(other)
    for path in [*register, *reversed([path for path in files if path not in register])]:
        store.timeline().load([path])
    assert pages(store) == pages(other)


def pages(store: Store) -> dict[str, Any]:
    timeline = store.timeline()
    slugs = [str(row["company"]) for row in timeline.companies().rows]
    return {slug: page_json(timeline.show(slug))["sections"] for slug in slugs}


def test_both_clocks_and_the_names_answer_alike(store: Store, other: Store) -> None:
    loaded(store), loaded(other)
    asked: list[dict[str, str]] = [
        {"as_of": "2025-03-20"}, {"as_of": "2025-11-20T12:00:00+00:00"}, {"as_recorded": "40"}, {"as_recorded": "99"}
    ]  # fmt: skip
    for clock in asked:
        for name in ("xiaomi", "1810.HK", "KYG9830T1067"):
            here, there = (each.timeline().show(name, **clock) for each in (store, other))
            assert here.basis == there.basis
            assert page_json(here) == page_json(there)


def test_every_listing_is_alike(store: Store, other: Store) -> None:
    def told(timeline: Any) -> list[Any]:  # noqa: ANN401
        listings = (timeline.companies(), timeline.sources(), timeline.upcoming(today="2026-01-01"), timeline.events())
        rows = [listing_json(listing) for listing in listings]
        for event in rows[-1]["events"]:
            del event["recorded"]
        return [*rows, timeline.screen("buybacks").rows, timeline.screen("targets", since="2025-01-01").rows]

    assert told(loaded(store)) == told(loaded(other))


def test_an_export_restores_the_same_log_in_an_empty_database(store: Store, other: Store, tmp_path: Path) -> None:
    timeline = loaded(store)
    timeline.erase(id_at(store, ERASABLE), reason="legal")
    timeline.correct(id_at(store, 60), ["note=seen twice"], reason="source erred")
    file = tmp_path / "log.jsonl"
    file.write_text("".join(timeline.export()), encoding="utf-8")
    other.timeline().import_([str(file)])
    assert lines(other.timeline().export()) == lines(timeline.export())
    assert roots(other)[-1] == roots(store)[-1]
    assert pages(other) == pages(store)


def test_an_export_of_a_file_restores_the_same_log(store: Store, other: Store, tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    file.write_text("".join(loaded(other).export()), encoding="utf-8")
    store.timeline().import_([str(file)])
    assert lines(other.timeline().export()) == lines(store.timeline().export())
    assert (roots(store), findings(store)) == (roots(other), {})


def test_an_export_merges_into_a_log_of_its_own(store: Store, other: Store, tmp_path: Path) -> None:
    loaded(other)
    file = tmp_path / "log.jsonl"
    file.write_text("".join(other.timeline().export()), encoding="utf-8")
    store.timeline().load([str(FIXTURES / "companies.yaml")])
    store.timeline().import_([str(file)])
    assert pages(store) == pages(other)
    assert findings(store) == {}


def test_one_document_is_not_recorded_under_two_ids(store: Store, tmp_path: Path) -> None:
    loaded(store)
    head = """\
schema: timeline/source/1
source: {{id: {id}, kind: news, title: T, published: '2026-01-09', zone: UTC, url: 'https://a.example/x'}}
facts: []
"""
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text(head.format(id=name), encoding="utf-8")
    store.timeline().load([str(tmp_path / "one.yaml")])
    with pytest.raises(InvalidInput, match="one"):
        store.timeline().load([str(tmp_path / "two.yaml")])


def test_a_trial_writes_nothing(store: Store) -> None:
    report = store.timeline().load([str(FIXTURES)], dry_run=True)
    assert report.events_new == 95
    with pytest.raises(DatabaseUnusable):
        open_reader(store.target)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_rebuild_changes_nothing_and_goes_on_where_it_was_interrupted(
    store: Store, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from timeline.app.rebuilding import rebuild

    monkeypatch.setattr(rebuild, "MANY_COMPANIES", 1)
    timeline = loaded(store)

    def stop(company: str, done: int, total: int) -> None:
        del company, total
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        timeline.rebuild(jobs=jobs, progress=stop)
    report = timeline.rebuild(jobs=jobs)
    # The company of the log's last event is always made again.
    assert report.resumed in {2, 3}
    assert (report.companies, report.changed, report.failed) == (6, 0, ())
    assert findings(store) == {}
