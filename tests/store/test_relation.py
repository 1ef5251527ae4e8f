"""How two logs lie to each other is told exactly, whatever checkpoints they keep."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from timeline.store.opening import open_reader, open_writer
from timeline.store.relation import Relation, erased_here, relation

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from timeline.store.log import Entry

    Make = Callable[..., Entry]
    Logged = Callable[..., Path]


@pytest.fixture
def logged(tmp_path: Path, entry: Make, morning: datetime) -> Logged:
    """Make a log of events with these keys, a transaction for each word."""

    def make(*words: str) -> Path:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.db"
        with open_writer(path) as writer:
            for word in words:
                with writer.transaction():
                    # Salts are given, so that two logs of the same events are the same log.
                    writer.append([entry(key) for key in word], morning, "tester", lambda count: [bytes(32)] * count)
        return path

    return make


@pytest.mark.parametrize(
    ("here", "there", "expected", "told"),
    [
        (["ab"], ["ab"], Relation(2, 2, 2), (0, False)),
        (["ab", "c"], ["ab"], Relation(3, 2, 2), (1, False)),
        (["ab"], ["ab", "c"], Relation(2, 3, 2), (0, False)),
        (["ab", "c"], ["a", "bcd"], Relation(3, 4, 3), (0, False)),
        (["ab", "cd"], ["ab", "ce"], Relation(4, 4, 3), (1, True)),
        (["abc"], ["xyz"], Relation(3, 3, 0), (3, True)),
        ([], ["ab"], Relation(0, 2, 0), (0, False)),
        (["ab"], [], Relation(2, 0, 0), (2, False)),
    ],
)
def test_two_logs_have_a_beginning_in_common(
    logged: Logged, here: list[str], there: list[str], expected: Relation, told: tuple[int, bool]
) -> None:
    with closing(open_reader(logged(*here))) as one, closing(open_reader(logged(*there))) as other:
        found = relation(one, other)
    assert found == expected
    assert (found.lost, found.forks) == told


def test_what_one_log_has_erased_is_found_where_the_other_holds_its_content(
    logged: Logged, entry: Make, morning: datetime
) -> None:
    here, there = logged("ab"), logged("ab")
    erased = entry("a").id
    with open_writer(here) as writer, writer.transaction():
        erasure = entry("erased", body='{"v":1}', kind="event.erased", target=erased)
        writer.append([erasure], morning, "tester")
        writer.connection.execute("DELETE FROM body WHERE position = 1")
    with closing(open_reader(here)) as one, closing(open_reader(there)) as other:
        assert list(erased_here(one, other)) == [(erased, b'{"v":1}')]
        assert list(erased_here(other, one)) == []
        assert list(erased_here(one, one)) == []
