"""Backups of a database on a server are files, verified as any other, and are restored into either."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.contract.conftest import served
from tests.contract.stores import FIXTURES, Store, findings, lines, lite, roots
from tests.contract.test_log import ERASABLE, id_at, pages
from tests.served import SECRET, Schema, fresh_schema
from timeline.app.keeping.backup import backup
from timeline.app.keeping.restore import Consent, restore
from timeline.errors import TimelineError
from timeline.store import server_keeper as keeper

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORCE = Consent(force=True)


@pytest.fixture
def here(schema: Schema, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Loaded in two steps, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    store = served(schema)
    store.timeline().load([str(FIXTURES / "companies.yaml")])
    store.timeline().load([str(FIXTURES)])
    return store


@pytest.fixture
def there(postgres_server: str) -> Iterator[Store]:
    """Another schema, not made yet."""
    with fresh_schema(postgres_server) as made:
        yield served(made)


def models(store: Store) -> list[tuple[object, ...]]:
    return store.outside("SELECT company, topic, version, position, digest FROM read_model ORDER BY 1, 2")


def same(one: Store, other: Store) -> bool:
    told = [lines(each.timeline().export()) for each in (one, other)]
    return (
        told[0] == told[1]
        and roots(one) == roots(other)
        and models(one) == models(other)
        and pages(one) == pages(other)
    )


def test_a_backup_is_a_file_that_holds_all_of_it(here: Store, tmp_path: Path) -> None:
    report = backup(here.target, "kept.db")
    file = lite(tmp_path / "kept.db")
    assert same(file, here)
    assert findings(file) == {}
    assert (report.events, report.root) == (100, roots(here)[-1][1])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept.db"]
    assert (tmp_path / "kept.db").stat().st_mode & 0o077 == 0
    assert SECRET not in str(report)


def test_without_a_name_it_is_called_by_the_schema_and_the_time(here: Store, schema: Schema) -> None:
    assert backup(here.target).file.startswith(f"{schema.name}.backup-2")


def test_a_backup_is_restored_into_an_empty_schema(here: Store, there: Store) -> None:
    backup(here.target, "kept.db")
    report = restore(there.target, "kept.db", Consent())
    assert (report.compared, report.replaced) == ("new", "")
    assert same(there, here)
    assert findings(there) == {}
    assert there.timeline().load([str(FIXTURES)]).unchanged == 100


def test_what_is_there_is_not_replaced_unasked_and_kept_where_it_is(here: Store, tmp_path: Path) -> None:
    backup(here.target, "kept.db")
    with pytest.raises(TimelineError, match="exists already") as caught:
        restore(here.target, "kept.db", Consent())
    assert SECRET not in str(caught.value)
    identity = id_at(here, 60)
    here.timeline().retract(identity, reason="we erred")
    with pytest.raises(TimelineError, match="1 event that the backup does not hold"):
        restore(here.target, "kept.db", FORCE)
    report = restore(here.target, "kept.db", Consent(force=True, discard=True))
    assert (report.compared, report.lost) == ("shortens", 1)
    assert same(here, lite(tmp_path / "kept.db"))
    assert findings(here) == {}
    assert len(lite(tmp_path / report.replaced).timeline().events().rows) == 101
    here.timeline().rebuild()
    assert here.timeline().search("Xiaomi").rows


def test_what_was_erased_since_does_not_come_back(here: Store) -> None:
    backup(here.target, "kept.db")
    identity = id_at(here, ERASABLE)
    here.timeline().erase(identity, reason="legal")
    report = restore(here.target, "kept.db", Consent(force=True, discard=True))
    assert report.erased == (identity,)
    assert here.outside(f"SELECT count(*) FROM body WHERE position = {ERASABLE}") == [(0,)]  # noqa: S608
    assert findings(here) == {}


def test_a_restore_that_is_stopped_leaves_what_was_there(here: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    backup(here.target, "kept.db")
    here.timeline().retract(id_at(here, 60), reason="we erred")
    before = lines(here.timeline().export())
    monkeypatch.setattr(keeper, "_take", stopped)
    with pytest.raises(KeyboardInterrupt):
        restore(here.target, "kept.db", Consent(force=True, discard=True))
    assert lines(here.timeline().export()) == before
    assert findings(here) == {}


def stopped(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_dry_run_tells_and_writes_nothing(here: Store, tmp_path: Path) -> None:
    backup(here.target, "kept.db")
    here.timeline().retract(id_at(here, 60), reason="we erred")
    report = restore(here.target, "kept.db", Consent(dry_run=True))
    assert (report.compared, report.lost, report.replaced) == ("shortens", 1, "")
    assert [path.name for path in tmp_path.iterdir()] == ["kept.db"]
    assert here.outside("SELECT count(*) FROM event") == [(101,)]
