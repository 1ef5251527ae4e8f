"""Following a log on a server: at once by its notices, in the end without them, and nothing twice or never."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count, islice
from typing import TYPE_CHECKING

import pytest

from tests.app.test_follow import patience, wire
from tests.concurrency.crowd import Crowd, register
from tests.laws import bases
from tests.laws.worlds import REGISTER
from timeline.app.follow import follow
from timeline.errors import DatabaseUnusable
from timeline.store import driver
from timeline.store import server_watch as watched
from timeline.store.postgres import dialect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.served import Schema
    from timeline.section import Row

SOON = 0.01
LONG = 60.0
REGISTERED = 3
LOOKS = 100


def load(schema: Schema, *files: object) -> None:
    bases.load(schema.url, files)  # type: ignore[arg-type]  # it only names the database to the program


def taken(rows: Iterator[Row], count: int) -> list[int]:
    return [int(str(row["position"])) for row in islice(rows, count)]


def test_followers_of_many_writers_get_every_event_once_and_in_order(schema: Schema, tmp_path: Path) -> None:
    crowd = Crowd(tmp_path, ("load",) * 4 + ("correct",) * 2 + ("follow",) * 2, 6)
    crowd.path = schema.url  # type: ignore[assignment]  # as above
    register(crowd.path)
    seen = crowd.run()
    crowd.check()
    assert [told for role, told in seen if role == "follow"] == [list(range(1, crowd.last + 1))] * 2


def test_a_notice_comes_before_the_next_look(schema: Schema, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watched, "LOOK_SECONDS", LONG)
    load(schema, REGISTER)
    rows = follow(schema.url, 0, pause=LONG)
    assert taken(rows, REGISTERED) == [1, 2, 3]
    with ThreadPoolExecutor(1) as pool:
        following = pool.submit(taken, rows, 4)
        time.sleep(0.5)  # so that it waits by then
        begun = time.monotonic()
        load(schema, wire(1))
        assert following.result(LONG) == [4, 5, 6, 7]
    assert time.monotonic() - begun < LONG / 4


def test_what_no_notice_tells_is_found_by_looking(schema: Schema, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialect, "announce", lambda *_: None)
    monkeypatch.setattr(watched, "LOOK_SECONDS", SOON)
    load(schema, REGISTER)
    rows = follow(schema.url, 0, pause=SOON, stop=loading(schema))
    assert taken(rows, REGISTERED + 4) == [1, 2, 3, 4, 5, 6, 7]


def test_where_listening_is_refused_the_log_is_looked_at(schema: Schema, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watched, "_listens", lambda _: False)
    load(schema, REGISTER)
    rows = follow(schema.url, 0, pause=SOON, stop=loading(schema))
    assert taken(rows, REGISTERED + 4) == [1, 2, 3, 4, 5, 6, 7]


def test_a_database_that_is_made_later_is_waited_for(schema: Schema) -> None:
    assert list(follow(schema.url, 0, pause=SOON, stop=patience(2))) == []
    rows = follow(schema.url, 0, pause=SOON, stop=patience(300))
    with ThreadPoolExecutor(1) as pool:
        following = pool.submit(taken, rows, REGISTERED)
        load(schema, REGISTER)
        assert following.result(LONG) == [1, 2, 3]


def test_a_connection_that_is_lost_is_made_again(schema: Schema) -> None:
    load(schema, REGISTER)
    rows = follow(named(schema), 0, pause=SOON, stop=patience(300))
    assert taken(rows, REGISTERED) == [1, 2, 3]
    end_sessions(schema)
    load(schema, wire(1))
    assert taken(rows, 4) == [4, 5, 6, 7]


def test_a_server_that_stays_away_is_told(schema: Schema, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "BUSY_SECONDS", 0.0)
    load(schema, REGISTER)
    rows = follow(named(schema), 0, pause=SOON, stop=patience(300))
    assert taken(rows, REGISTERED) == [1, 2, 3]
    end_sessions(schema)
    with pytest.raises(DatabaseUnusable, match="was stopped"):
        next(rows)


def loading(schema: Schema) -> Callable[[], bool]:
    """Loads something when the follower has looked and found nothing new; stops it after some more looks."""
    looks = count()

    def stop() -> bool:
        look = next(looks)
        if look == 0:
            load(schema, wire(1))
        return look > LOOKS

    return stop


def named(schema: Schema) -> str:
    """A URL whose sessions can be told from all others."""
    return f"{schema.url}&application_name={schema.name}"


def end_sessions(schema: Schema) -> None:
    """As an administrator, or a server that is started anew, does."""
    named = f"FROM pg_stat_activity WHERE application_name = '{schema.name}'"
    assert schema.execute(f"SELECT pg_terminate_backend(pid) {named}") == [(True,)]
