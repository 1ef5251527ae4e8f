"""Law 3: what is recorded already is left alone, in whichever files, order and payload version it comes again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from tests.laws import bases
from tests.laws.bases import few
from tests.laws.worlds import REGISTER, File, loads, worlds
from timeline import Timeline
from timeline.topics.dividends import Declared

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.laws.worlds import Loads


@few
@given(worlds().flatmap(lambda world: st.tuples(loads(world), loads(world, growing=False))))
def test_loading_again_in_any_order_adds_nothing(registered: Path, orders: tuple[Loads, Loads]) -> None:
    once, again = orders
    with bases.copied(registered) as path:
        bases.load_all(path, once)
        before, position = bases.content(path), bases.head(path)
        for batch in (*again, *again, (REGISTER,)):
            report = bases.load(path, batch)
            told = sum(len(file.facts) for file in batch) + len({file.head["id"] for file in batch})
            assert (report.new, report.sources_new, report.written, report.position) == ((), 0, False, position)
            assert report.unchanged == told
        assert bases.content(path) == before


def test_a_reload_compares_values_after_upcasting_and_leaves_the_bytes(
    registered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fact = {"key": "k", "kind": Declared.KIND, "company": "acme", "occurred": "2025-03-03", "amount": "HKD 0.25"}
    head = {**REGISTER.head, "id": "s1"}
    with bases.copied(registered) as path:
        bases.load(path, [File(head, (fact,))])
        before = bases.content(path, bases.LOG)
        monkeypatch.setattr(Declared, "VERSION", 2)
        monkeypatch.setattr(Declared, "UPCASTERS", {1: with_class})
        assert bases.load(path, [File(head, ({**fact, "share_class": "ordinary"},))]).unchanged == 2
        assert bases.content(path, bases.LOG) == before
        Timeline.open(path).rebuild()
        (row,) = bases.pages(path)["acme"]["sections"]["dividends"]["dividends"]
        assert (row["share_class"], row["amount_printed"]) == ("ordinary", "HKD 0.25")
        assert Timeline.open(path).event(row["event"]).body == {
            "v": 1,
            "occurred": {"edtf": "2025-03-03", "first": "2025-03-03", "last": "2025-03-03"},
            "payload": {
                "amount": {"high": "0.25", "low": "0.25", "printed": "HKD 0.25", "step": "0.01", "unit": "HKD"}
            },
        }


def with_class(fields: dict[str, Any]) -> dict[str, Any]:
    """Say what an older program could not say: that there was only one class."""
    return {"share_class": "ordinary", **fields}
