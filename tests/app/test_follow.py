"""Following the log while another process appends to it."""

from __future__ import annotations

import subprocess
import sys
from itertools import islice
from typing import TYPE_CHECKING

import pytest

from tests.laws import bases
from tests.laws.worlds import REGISTER, File, write
from timeline.app import follow as followed
from timeline.app.follow import follow
from timeline.errors import DatabaseUnusable, NotFound
from timeline.store.log import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from timeline.section import Row

SOON = 0.01
LOAD = """
import sys, time
from timeline import Timeline
for path in sys.argv[2:]:
    Timeline.open(sys.argv[1]).load([path])
    time.sleep(0.05)
"""


def wire(number: int, company: str = "acme") -> File:
    """A source that reports three closing prices."""
    head = {"id": f"wire-{number}", "kind": "news", "title": "Wire", "published": f"2025-03-{number:02}", "zone": "UTC"}
    fact = {"kind": "price.observed", "company": company, "occurred": "2025-03-01", "what": "close", "price": "HKD 38"}
    return File(head, tuple({"key": f"k{each}", **fact} for each in range(3)))


def paths(folder: Path, *files: File) -> list[str]:
    """Each file in a folder of its own, to be loaded one after the other."""
    folder.mkdir()
    return [write([file], folder / str(number))[0] for number, file in enumerate(files)]


def appending(path: Path, fixtures: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", LOAD, str(path), *fixtures])


def taken(rows: Iterator[Row], count: int) -> list[int]:
    return [int(row["position"]) for row in islice(rows, count)]


def patience(looks: int) -> Any:  # noqa: ANN401 - a callable
    """Stops after so many looks."""
    left = iter(range(looks))
    return lambda: next(left, None) is None


def test_what_another_process_appends_comes_once_and_in_order(tmp_path: Path) -> None:
    path = tmp_path / "facts.db"
    bases.load(path, [REGISTER])
    fixtures = paths(tmp_path / "new", *(wire(number) for number in range(1, 4)))
    with appending(path, fixtures) as other:
        rows = follow(path, 3, pause=SOON, stop=patience(3000))
        assert taken(rows, 12) == list(range(4, 16))
        assert other.wait() == 0
    assert list(follow(path, 15, stop=patience(3), pause=SOON)) == []


def test_a_database_that_another_process_makes_later_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "later" / "facts.db"
    rows = follow(path, 0, pause=SOON, stop=patience(3))
    assert list(rows) == []
    assert not path.parent.exists()
    fixtures = paths(tmp_path / "new", REGISTER, wire(1))
    with appending(path, fixtures) as other:
        assert taken(follow(path, 0, pause=SOON, stop=patience(3000)), 7) == list(range(1, 8))
        assert other.wait() == 0


def test_a_database_in_the_place_of_another_is_followed_from_the_same_position(tmp_path: Path) -> None:
    path, other = tmp_path / "facts.db", tmp_path / "other.db"
    bases.load(path, [REGISTER])
    bases.load(other, [REGISTER, wire(1)])
    rows = follow(path, 0, pause=SOON, stop=patience(100))
    assert taken(rows, 3) == [1, 2, 3]
    path.unlink()
    other.rename(path)
    assert taken(rows, 4) == [4, 5, 6, 7]


def test_a_reader_that_is_slower_than_one_reading_gets_the_rest_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(followed, "_MANY", 2)
    path = tmp_path / "facts.db"
    bases.load(path, [REGISTER, wire(1), wire(2)])
    rows = list(follow(path, 1, stop=patience(0), pause=SOON))
    assert [row["position"] for row in rows] == [str(position) for position in range(2, 12)]
    assert rows[0].keys() >= {"id", "kind", "summary", "source"}


def test_while_nothing_is_committed_no_event_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "facts.db"
    bases.load(path, [REGISTER])
    read: list[int] = []
    real = Reader.rows

    def counted(self: Reader, company: str | None = None, after: int = 0, upto: int | None = None) -> Any:  # noqa: ANN401
        read.append(after)
        return real(self, company, after, upto)

    monkeypatch.setattr(Reader, "rows", counted)
    assert len(list(follow(path, 0, stop=patience(20), pause=0))) == 3
    assert read == [0, 3]


@pytest.mark.parametrize(
    ("wanted", "positions"),
    [
        ({"company": "Globex"}, [3, 9, 10, 11]),
        ({"kind": "price.observed"}, [5, 6, 7, 9, 10, 11]),
        ({"source": "wire-2"}, [8, 9, 10, 11]),
        ({"company": "acme", "source": "wire-2"}, []),
        ({"source": "not-yet"}, []),
    ],
)
def test_of_one_company_kind_or_source(tmp_path: Path, wanted: dict[str, str], positions: list[int]) -> None:
    path = tmp_path / "facts.db"
    bases.load(path, [REGISTER])
    bases.load(path, [wire(1)])
    bases.load(path, [wire(2, "globex")])
    rows = follow(path, 0, stop=patience(0), pause=SOON, **wanted)
    assert [int(row["position"]) for row in rows] == positions


def test_what_cannot_be_followed_is_told(tmp_path: Path) -> None:
    path = tmp_path / "facts.db"
    bases.load(path, [REGISTER])
    with pytest.raises(NotFound, match="acne"):
        next(follow(path, 0, company="acne"))
    with pytest.raises(NotFound, match=r"price\.seen"):
        next(follow(path, 0, kind="price.seen"))
    path.write_text("no database, but long enough to look like one" * 50)
    with pytest.raises(DatabaseUnusable, match="is not a database"):
        next(follow(path, 0))
