"""The Python API as somebody would use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import timeline
from tests.app.conftest import FIXTURES
from timeline import Timeline
from timeline.app.place import default
from timeline.errors import NotFound, TimelineError

if TYPE_CHECKING:
    from pathlib import Path


def test_an_example(tmp_path: Path) -> None:
    db = Timeline.open(tmp_path / "facts.db")
    report = db.load([str(FIXTURES)])
    assert f"{report.events_new} events from {report.sources_new} sources" == "95 events from 5 sources"

    page = db.show("1810.HK")
    buybacks = next(section for layout, section in page.parts if layout.topic == "buybacks")
    assert (page.name, page.known_to) == ("Xiaomi Corporation", "2026-01-09")
    assert buybacks.fields["cumulative_shares"] == "162000000"

    (targets,) = db.audit("xiaomi", only=["targets"], as_of="2025-06-30").parts
    ((_, section),) = targets.parts
    assert [row["printed"] for row in section.tables["targets"][0]["revisions"]] == ["300,000", "350,000"]

    bought = db.events("xiaomi", kind="buyback.executed").rows
    assert [row["occurred"] for row in bought] == ["2025-11-20", "2026-01-08"]

    with pytest.raises(TimelineError) as error:
        db.show("xiaomy")
    assert f"{error.value.message}; {error.value.fix}" == "no company called 'xiaomy'; did you mean xiaomi?"


def test_one_topic_alone(shipped: Timeline) -> None:
    page = shipped.show("xiaomi", "buybacks")
    assert [layout.topic for layout, _ in page.parts] == ["buybacks"]
    assert (page.name, page.identifiers, page.fiscal_year_end) == ("Xiaomi Corporation", ("1810.HK",), "12-31")
    ((_, section),) = shipped.show("ford", "buybacks").parts
    assert section.empty


def test_events_are_listed_in_the_order_of_the_log_and_chosen_by_company_kind_and_source(shipped: Timeline) -> None:
    every = shipped.events().rows
    assert [int(row["position"]) for row in every] == list(range(1, 101))
    targets = shipped.events("xiaomi", kind="target.set", source="xiaomi-2026-strategy").rows
    assert [row["key"] for row in targets] == ["target-2026", "target-2025-initial", "target-2025-raised"]
    assert {row["company"] for row in shipped.events("gm").rows} == {"general-motors"}
    assert shipped.events("tesla", kind="target.set").rows == ()


def test_an_event_is_shown_with_all_that_is_known_of_it(shipped: Timeline) -> None:
    detail = shipped.event("3994a9cd")
    told = dict(detail.fields)
    assert told["kind"] == "buyback.executed"
    assert told["occurred"] == "2026-01-08  (8 Jan 2026)"
    assert told["shares"] == "5 million"
    assert told["source"] == "xiaomi-2026-strategy"
    assert "“HKD 38.04 and HKD 38.16” in paragraph 3" in told["stands at"]
    assert detail.envelope["id"] == "3994a9cd870b15bf9c606f17504e81e6"
    assert detail.salt is not None
    assert len(detail.salt) == 64
    assert detail.body is not None
    assert detail.body["payload"]["shares"]["low"] == "4500000"
    assert (detail.chain, detail.problem) == ((), "")


def test_the_schema_knows_every_kind_of_fact(shipped: Timeline) -> None:
    schema = shipped.schema()
    kinds = schema["$defs"]["fact"]["properties"]["kind"]["enum"]
    assert {"buyback.executed", "target.set", "distribution.declared"} <= set(kinds)
    assert not {"source.recorded", "event.corrected"} & set(kinds)


def test_opening_touches_nothing_and_where_no_database_is_named_it_is_the_environment_s_or_the_user_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TIMELINE_DB", raising=False)
    assert Timeline.open().database == default()
    monkeypatch.setenv("TIMELINE_DB", str(tmp_path / "mine.db"))
    assert Timeline.open().database == str(tmp_path / "mine.db")
    assert Timeline.open(f"sqlite:///{tmp_path}/theirs.db").database == f"sqlite:///{tmp_path}/theirs.db"
    assert list(tmp_path.iterdir()) == []


def test_a_url_names_the_same_file(shipped_path: Path, shipped: Timeline) -> None:
    assert Timeline.open(f"sqlite:///{shipped_path}").show("xiaomi") == shipped.show("xiaomi")


def test_the_package_offers_its_facade_and_nothing_else() -> None:
    assert set(timeline.__all__) == {"Timeline", "__version__"}
    with pytest.raises(AttributeError, match="has no attribute 'Timelime'"):
        _ = timeline.Timelime


def test_an_event_is_known_from_its_publication_on(shipped: Timeline) -> None:
    known = shipped.event("3994a9cd", as_of="2026-01-09")
    assert (known.basis.as_of, known.envelope["kind"]) == ("2026-01-09", "buyback.executed")
    assert ("used in", "buybacks") in known.fields
    with pytest.raises(NotFound):
        shipped.event("3994a9cd", as_of="2026-01-08")
