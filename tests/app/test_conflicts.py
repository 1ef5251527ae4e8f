"""Conflicts: every figure on which reports disagree, and what could not be placed."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from tests.laws import bases
from tests.laws.worlds import REGISTER, File
from timeline.app.conflicts import conflicts
from timeline.errors import NotFound
from timeline.store.opening import open_reader, snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from timeline.page import Listings
    from timeline.section import Row


def found(path: Path, company: str | None = None, as_of: str | None = None, as_recorded: str | None = None) -> Listings:
    with closing(open_reader(path)) as connection, snapshot(connection):
        return conflicts(connection, company, as_of, as_recorded)


def rows(listings: Listings, table: str = "conflicts") -> tuple[Row, ...]:
    return next(rows for declared, rows in listings.parts if declared.name == table)


def bought(name: str, day: str, kind: str = "news", company: str = "acme", **fields: Any) -> File:  # noqa: ANN401
    """A source that reports a purchase of 18 March."""
    head = {"id": name, "kind": kind, "title": name, "published": f"{day}T09:00:00Z", "publisher": name}
    told = {"occurred": "2025-03-18", "share_class": "B", "venue": "XHKG", **fields}
    return File(head, ({"key": "k", "kind": "buyback.executed", "company": company, **told},))


@pytest.fixture(scope="module")
def disputed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a filing settles of acme and nothing settles of globex, and a report that could be of two purchases."""
    path = tmp_path_factory.mktemp("disputed") / "facts.db"
    bases.load(path, [REGISTER])
    for file in (
        bought("wire", "2025-03-19", shares="7,000,000", value="HKD 38 million"),
        bought("filing", "2025-03-20", "filing", shares="5,012,400", value="HKD 38.1 million"),
        bought("post", "2025-03-21", company="globex", shares="1,000,000", price="HKD 38.00"),
        bought("times", "2025-03-22", company="globex", shares="2,000,000", price="HKD 39.00"),
        bought("late", "2025-03-23", shares="5,012,400", occurred="2025-03-19"),
        bought("later", "2025-03-23", shares="5,012,400", occurred="2025-03-20"),
        bought("vague", "2025-03-24", shares="5 million", occurred="2025-03"),
    ):
        bases.load(path, [file])
    return path


def test_a_conflict_tells_every_printed_figure_which_stands_and_why(disputed: Path) -> None:
    (conflict,) = rows(found(disputed, "Acme"))
    assert {
        name: conflict[name] for name in ("company", "kind", "occurred", "figure", "accepted", "why", "settled")
    } == {
        "company": "acme",
        "kind": "buyback.executed",
        "occurred": "2025-03-18",
        "figure": "shares",
        "accepted": "5,012,400",
        "why": "highest rank: filing",
        "settled": True,
    }
    assert [(each["printed"], each["source"], each["accepted"]) for each in conflict["reports"]] == [
        ("5,012,400", "filing", True),
        ("7,000,000", "wire", False),
    ]
    assert conflict["sources"] == ["filing", "wire"]


def test_without_a_company_those_of_all_are_listed_a_row_for_each_figure(disputed: Path) -> None:
    told = [(row["company"], row["figure"], row["settled"]) for row in rows(found(disputed))]
    assert told == [("acme", "shares", True), ("globex", "price", False), ("globex", "shares", False)]
    assert {row["why"] for row in rows(found(disputed, "globex"))} == {"undecided: first among equals"}


def test_what_could_be_one_of_several_stands_apart(disputed: Path) -> None:
    (apart,) = rows(found(disputed), "apart")
    assert (apart["company"], apart["sources"], apart["fits"]) == ("acme", ["vague"], "2")


def test_a_vague_report_of_something_that_nobody_else_reports_is_no_conflict(tmp_path: Path) -> None:
    bases.load(tmp_path / "facts.db", [REGISTER, bought("vague", "2025-03-24", shares="5 million", occurred="2025-03")])
    assert [rows for _, rows in found(tmp_path / "facts.db").parts] == [(), ()]


def test_both_clocks_are_asked(disputed: Path) -> None:
    assert rows(found(disputed, as_of="2025-03-19")) == ()
    assert [row["company"] for row in rows(found(disputed, as_of="2025-03-21"))] == ["acme"]
    assert [row["company"] for row in rows(found(disputed, as_recorded="7"))] == ["acme"]
    assert found(disputed, as_of="2025-03-19").basis.as_of == "2025-03-19"


def test_a_report_that_its_publisher_revised_is_marked(tmp_path: Path) -> None:
    path = tmp_path / "facts.db"
    first, second = (
        bought(name, day, shares=shares)
        for name, day, shares in (("wire", "2025-03-19", "7,000,000"), ("wire-2", "2025-03-20", "5,000,000"))
    )
    bases.load(path, [REGISTER, first, second._replace(head={**second.head, "publisher": "wire"})])
    (conflict,) = rows(found(path))
    assert conflict["why"] == "latest of one publisher"
    assert [(each["source"], each["superseded"]) for each in conflict["reports"]] == [("wire-2", False), ("wire", True)]


def test_of_a_company_that_is_not_known_nothing_is_told(disputed: Path) -> None:
    with pytest.raises(NotFound, match="acne"):
        found(disputed, "acne")
