"""A database copied into another one, of each kind into each: the same log, and what is erased stays so."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from tests.contract.conftest import served
from tests.contract.stores import FIXTURES, Store, findings, lines, lite, loaded, roots
from tests.contract.test_log import ERASABLE, id_at, pages
from tests.served import fresh_schema
from timeline.app.keeping import copy as copying
from timeline.app.keeping.copy import copy
from timeline.errors import DatabaseUnusable, TimelineError, Unverified
from timeline.store import replica
from timeline.store.opening import open_reader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from timeline.store.writer import Writer

KINDS = [("sqlite", "sqlite"), ("sqlite", "postgres"), ("postgres", "sqlite"), ("postgres", "postgres")]
ACROSS = pytest.mark.parametrize("pair", [("postgres", "sqlite")], indirect=True)
"""Where it is all the same which way it goes."""


@pytest.fixture(params=KINDS, ids="-".join)
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """Two databases that are not made yet."""
    with ExitStack() as stack:
        made = [
            lite(tmp_path / f"{number}.db")
            if kind == "sqlite"
            else served(stack.enter_context(fresh_schema(request.getfixturevalue("postgres_server"))))
            for number, kind in enumerate(request.param)
        ]
        yield made[0], made[1]


def content(store: Store) -> list[object]:
    """Every row of the log, with salts and bodies, and every checkpoint but for the frontier."""
    rows = store.outside(
        "SELECT event.*, salt, body FROM event LEFT JOIN body ON body.position = event.position ORDER BY event.position"
    )
    return [*rows, *store.outside("SELECT size, root, text, recorded FROM checkpoint ORDER BY size")]


def erased(store: Store, position: int) -> str:
    """Erase an event; its id."""
    identity = id_at(store, position)
    store.timeline().erase(identity, reason="legal")
    return identity


def test_the_log_arrives_as_it_stands_and_all_that_follows_from_it(pair: tuple[Store, Store]) -> None:
    source, target = pair
    lived(source)
    report = copy(source.target, target.target)
    assert content(target) == content(source)
    assert lines(target.timeline().export()) == lines(source.timeline().export())
    assert (pages(target), findings(target)) == (pages(source), {})
    assert (report.events, report.events_new, report.checkpoints_new) == (102, 102, 6)
    assert (report.root, report.differing, report.failed) == (roots(source)[-1][1], (), ())
    assert report.compared > 20
    assert report.companies == 6


def lived(store: Store) -> None:
    """Loaded in four steps, with a correction and an erasure."""
    files = sorted(map(str, FIXTURES.rglob("*.yaml")), key=lambda path: (not path.endswith("companies.yaml"), path))
    for part in (files[:1], files[1:2], files[2:4], files[4:]):
        store.timeline().load(part)
    store.timeline().correct(id_at(store, 60), ["note=seen twice"], reason="source erred")
    erased(store, ERASABLE)


def test_a_second_copy_brings_only_what_is_new_and_a_third_nothing(pair: tuple[Store, Store]) -> None:
    source, target = pair
    source.timeline().load([str(FIXTURES / "companies.yaml")])
    first = copy(source.target, target.target)
    lived(source)
    second = copy(source.target, target.target)
    third = copy(source.target, target.target)
    assert first.events_new + second.events_new == second.events == 102
    assert (third.events_new, third.checkpoints_new, third.companies) == (0, 0, 0)
    assert content(target) == content(source)
    assert (pages(target), findings(target)) == (pages(source), {})


def test_what_is_erased_after_a_copy_is_erased_by_the_next(pair: tuple[Store, Store]) -> None:
    source, target = pair
    loaded(source)
    copy(source.target, target.target)
    identity = erased(source, ERASABLE)
    report = copy(source.target, target.target)
    assert (report.erased, report.unfinished, report.events_new) == ((identity,), "", 1)
    assert report.copies if target.name == "postgres" else not report.copies
    assert target.outside(f"SELECT count(*) FROM body WHERE position = {ERASABLE}") == [(0,)]  # noqa: S608
    assert (content(target), pages(target), findings(target)) == (content(source), pages(source), {})


@ACROSS
def test_nothing_erased_is_left_in_the_bytes_of_a_file(pair: tuple[Store, Store], tmp_path: Path) -> None:
    source, target = pair
    loaded(source)
    copy(source.target, target.target)
    ((salt,),) = source.outside(f"SELECT salt FROM body WHERE position = {ERASABLE}")  # noqa: S608
    assert salt in (tmp_path / "1.db").read_bytes()
    erased(source, ERASABLE)
    copy(source.target, target.target)
    assert not any(salt in path.read_bytes() for path in tmp_path.glob("1.db*"))


@ACROSS
def test_content_that_an_erasure_left_is_not_left_by_a_copy(pair: tuple[Store, Store]) -> None:
    source, target = pair
    loaded(source)
    source.outside("CREATE TABLE kept AS SELECT * FROM body WHERE position = 50")
    erased(source, ERASABLE)
    source.forge("body", "INSERT INTO body SELECT * FROM kept", "ALTER TABLE body ENABLE TRIGGER ALL")
    report = copy(source.target, target.target)
    assert report.erased == (id_at(source, ERASABLE),)
    assert target.outside(f"SELECT count(*) FROM body WHERE position = {ERASABLE}") == [(0,)]  # noqa: S608


@ACROSS
def test_content_that_a_stopped_erasure_left_in_the_target_goes(pair: tuple[Store, Store]) -> None:
    source, target = pair
    loaded(source)
    copy(source.target, target.target)
    target.outside("CREATE TABLE kept AS SELECT * FROM body WHERE position = 50")
    identity = erased(source, ERASABLE)
    copy(source.target, target.target)
    guard = target.outside("SELECT sql FROM sqlite_master WHERE name = 'body_insert'")[0][0]
    target.outside("DROP TRIGGER body_insert", "INSERT INTO body SELECT * FROM kept", guard, "DROP TABLE kept")
    assert copy(source.target, target.target).erased == (identity,)
    assert target.outside(f"SELECT count(*) FROM body WHERE position = {ERASABLE}") == [(0,)]  # noqa: S608


@ACROSS
def test_a_copy_that_is_stopped_leaves_a_beginning_and_the_next_one_goes_on(
    pair: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = pair
    lived(source)
    monkeypatch.setattr(replica, "MANY_EVENTS", 1)

    def stop(what: str, done: int, total: int) -> None:
        if what == "copying" and done > total / 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy(source.target, target.target, progress=stop)
    (begun,) = target.outside("SELECT max(position) FROM event")[0]
    assert 0 < begun < 102
    assert content(target) == [row for row in content(source) if row[0] <= begun]  # type: ignore[index]
    assert copy(source.target, target.target).events_new == 102 - begun
    assert (content(target), findings(target)) == (content(source), {})


@ACROSS
def test_a_copy_that_is_stopped_before_the_read_models_makes_them_next_time(
    pair: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = pair
    loaded(source)
    with monkeypatch.context() as patched:
        patched.setattr(copying, "rebuild", interrupted)
        with pytest.raises(KeyboardInterrupt):
            copy(source.target, target.target)
    report = copy(source.target, target.target)
    assert (report.events_new, report.companies) == (0, 6)
    assert findings(target) == {}


def interrupted(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@ACROSS
def test_a_log_of_its_own_is_not_copied_over(pair: tuple[Store, Store]) -> None:
    source, target = pair
    loaded(source)
    target.timeline().load([str(FIXTURES / "companies.yaml")])
    before = content(target)
    with pytest.raises(TimelineError, match="part after position 0") as caught:
        copy(source.target, target.target)
    assert "empty database" in caught.value.fix
    assert content(target) == before


@ACROSS
def test_a_database_that_has_more_is_not_copied_over(pair: tuple[Store, Store]) -> None:
    source, target = pair
    loaded(source)
    copy(source.target, target.target)
    erased(target, ERASABLE)
    with pytest.raises(TimelineError, match="has 1 event that"):
        copy(source.target, target.target)


@ACROSS
def test_a_beginning_that_another_program_made_is_gone_on_from(pair: tuple[Store, Store], tmp_path: Path) -> None:
    source, target = pair
    loaded(source)
    file = tmp_path / "log.jsonl"
    file.write_text("".join(source.timeline().export()), encoding="utf-8")
    target.timeline().import_([str(file)])
    erased(source, ERASABLE)
    assert copy(source.target, target.target).events_new == 1
    assert (pages(target), findings(target)) == (pages(source), {})


@pytest.mark.parametrize(
    ("table", "forgery"),
    [
        ("event", "UPDATE event SET actor = 'x' WHERE position = 7"),
        ("checkpoint", "UPDATE checkpoint SET text = 'x'"),
        ("checkpoint", "DELETE FROM checkpoint WHERE size = 100"),
        ("body", "UPDATE body SET body = '{}' WHERE position = 7"),
        ("body", "DELETE FROM body WHERE position = 7"),
    ],
)
@ACROSS
def test_a_log_that_was_changed_is_not_taken_for_sound(
    pair: tuple[Store, Store], table: str, forgery: str, tmp_path: Path
) -> None:
    source, target = pair
    loaded(source)
    source.forge(table, forgery)
    with pytest.raises(Unverified):
        copy(source.target, target.target)
    if forgery != "DELETE FROM body WHERE position = 7":  # it may have been erased: that shows at the end
        assert not (tmp_path / "1.db").exists() or target.outside("SELECT count(*) FROM event") == [(0,)]


@ACROSS
def test_read_models_that_were_forged_are_told_and_not_copied(pair: tuple[Store, Store]) -> None:
    source, target = pair
    loaded(source)
    source.outside("UPDATE read_model SET digest = 'x' WHERE company = 'xiaomi' AND topic = 'capital'")
    assert copy(source.target, target.target).differing == ("xiaomi capital",)
    assert findings(target) == {}


@ACROSS
def test_who_writes_in_between_is_noticed(pair: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = pair
    lived(source)
    monkeypatch.setattr(replica, "MANY_EVENTS", 1)
    real = copying._require_end

    def late(writer: Writer, last: int, report: copying.CopyReport) -> None:
        real(writer, last - bool(last), report)

    monkeypatch.setattr(copying, "_require_end", late)
    with pytest.raises(TimelineError, match="somebody else wrote to"):
        copy(source.target, target.target)


@ACROSS
def test_nothing_is_made_where_there_is_nothing_to_copy(pair: tuple[Store, Store], tmp_path: Path) -> None:
    source, target = pair
    with pytest.raises(DatabaseUnusable):
        copy(source.target, target.target)
    assert not (tmp_path / "1.db").exists()
    with pytest.raises(DatabaseUnusable):
        open_reader(target.target)
