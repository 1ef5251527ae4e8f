"""An append folds only the partitions that it is about, and leaves what a fold of the whole company would."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from tests.laws import bases
from timeline import Timeline
from timeline.app import partly, refresh
from timeline.app.fold import fold
from timeline.catalog import catalog
from timeline.store import models
from timeline.store.log import Reader
from timeline.store.opening import open_reader, open_writer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from timeline.section import Section

Facts = list[dict[str, Any]]

STORED = ("read_item", "partition", "company_name")
DAY = "2026-01-09"


def result(metric: str, value: str, period: str = "2024", **more: str) -> dict[str, str]:
    return {"kind": "result.reported", "metric": metric, "value": value, "period": period, "occurred": DAY, **more}


def target(value: str, action: str, day: str) -> dict[str, str]:
    return {
        "kind": "target.set",
        "metric": "deliveries",
        "value": value,
        "period": "2024",
        "action": action,
        "occurred": day,
    }


REGISTERED = {"kind": "company.registered", "name": "Acme", "occurred": "2020-01-01", "fiscal_year_end": "12-31"}
BOUGHT = {"kind": "buyback.executed", "shares": "1,000 shares", "value": "EUR 5,000", "occurred": "2025-03-04"}
BEGUN: Facts = [
    REGISTERED,
    BOUGHT,
    result("revenue", "EUR 10 million"),
    result("revenue", "EUR 9 million", "2023"),
    result("profit", "EUR 1 million"),
    result("deliveries", "120,000"),
    target("100,000", "initial", "2023-12-01"),
]


def document(source: str, *facts: dict[str, Any], derives_from: str | None = None) -> dict[str, Any]:
    """A fixture about Acme whose facts are keyed by their places, where they name no key."""
    head = {"id": source, "kind": "filing", "title": source, "published": f"{DAY}T09:00:00+00:00"}
    if derives_from:
        head["derives_from"] = derives_from
    keyed = [{"key": str(number), **fact} for number, fact in enumerate(facts)]
    return {"schema": "timeline/source/1", "source": head, "defaults": {"company": "acme"}, "facts": keyed}


def load(path: Path, told: dict[str, Any], **how: Any) -> None:  # noqa: ANN401 - as the facade takes it
    file = path.with_name(f"{told['source']['id']}.yaml")
    file.write_text(json.dumps(told), encoding="utf-8")
    Timeline.open(path).load([str(file)], **how)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Facts of several metrics and others."""
    path = tmp_path / "facts.db"
    load(path, document("begun", *BEGUN))
    return path


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each append since folded the company partly."""
    found: list[bool] = []

    def watched(*arguments: Any) -> int | None:  # noqa: ANN401 - whatever the function takes
        changed = partly.renew_partly(*arguments)
        found.append(changed is not None)
        return changed

    monkeypatch.setattr(refresh, "renew_partly", watched)
    return found


def assert_as_if_whole(path: Path) -> None:
    """What is stored is what a rebuild stores, and the audit of the log finds nothing."""
    before, findings = bases.content(path, STORED), Timeline.open(path).audit(only=["log"]).findings
    assert [finding.what for finding in findings] == []
    assert Timeline.open(path).rebuild().changed == 0
    assert bases.content(path, STORED) == before


PARTLY: dict[str, Facts] = {
    "a result": [result("profit", "EUR 2 million", "2025")],
    "a restated result": [result("revenue", "EUR 11 million")],
    "a result that does not fit its parts": [
        result("revenue", "EUR 4 million", period) for period in ("2024-H1", "2024-H2")
    ],
    "a metric that is new": [result("cash", "EUR 3 million")],
    "a target": [target("110,000", "raised", "2024-06-01")],
    "a target that is missed": [result("margin", "12 %"), {**target("14 %", "initial", DAY), "metric": "margin"}],
    "a forecast": [
        {
            "kind": "forecast.published",
            "by": "A House",
            "metric": "revenue",
            "period": "2025",
            "value": "EUR 90 billion",
            "occurred": DAY,
        }
    ],
    "a buyback": [{**BOUGHT, "occurred": "2025-03-05"}],
    "of two partitions": [{**BOUGHT, "occurred": "2025-03-05"}, result("profit", "EUR 2 million", "2025")],
    "an amount in two currencies": [result("cash", "EUR 3 million (USD 3.5 million)")],
    "amounts that convert unlike": [
        result("cash", "EUR 3 million (USD 3.5 million)"),
        result("debt", "EUR 3 million (USD 35 million)"),
    ],
}


@pytest.mark.parametrize("facts", PARTLY.values(), ids=PARTLY)
def test_what_is_new_is_folded_by_itself_and_stored_as_if_all_had_been(
    path: Path, facts: Facts, ways: list[bool]
) -> None:
    load(path, document("later", *facts))
    assert ways == [True]
    assert_as_if_whole(path)


WHOLLY: dict[str, Facts] = {
    "a name": [{"kind": "company.renamed", "name": "Acme Works", "occurred": DAY}],
    "a split": [{"kind": "capital.changed", "change": "split", "ratio": "2:1", "ex_day": DAY, "occurred": DAY}],
}


@pytest.mark.parametrize("facts", WHOLLY.values(), ids=WHOLLY)
def test_what_others_are_read_in_the_light_of_folds_the_company_whole(
    path: Path, facts: Facts, ways: list[bool]
) -> None:
    load(path, document("later", *facts))
    assert ways == [False]
    assert_as_if_whole(path)


def test_after_a_split_a_partition_knows_the_classes_of_shares(path: Path, ways: list[bool]) -> None:
    split = {"kind": "capital.changed", "change": "split", "ratio": "2:1", "ex_day": "2025-06-02", "share_class": "A"}
    other = {"kind": "capital.reported", "share_class": "B", "shares": "5 million shares"}
    load(path, document("split", {**split, "occurred": "2025-06-02"}, {**other, "occurred": "2025-06-03"}))
    load(path, document("later", result("earnings per share", "EUR 2.50", "2023")))
    assert ways == [False, True]
    assert_as_if_whole(path)


def test_what_is_converted_is_compared_across_partitions_whenever_it_comes(path: Path, ways: list[bool]) -> None:
    load(path, document("one", result("cash", "EUR 3 million (USD 3.5 million)")))
    load(path, document("two", result("debt", "EUR 3 million (USD 35 million)")))
    assert ways == [True, True]
    findings = Timeline.open(path).audit(only=["figures"]).findings
    assert "conversion-differs" in {finding.rule for finding in findings}
    assert_as_if_whole(path)


def test_a_correction_that_moves_a_fact_to_another_metric_changes_both(path: Path, ways: list[bool]) -> None:
    moved = [*BEGUN[:4], result("cash", "EUR 1 million"), *BEGUN[5:]]
    load(path, document("begun", *moved), correct="we erred")
    assert ways == [True]
    assert_as_if_whole(path)
    rows = Timeline.open(path).show("acme").parts
    metrics = {row["metric"] for _, section in rows for row in section.tables.get("results", ())}
    assert metrics == {"revenue", "cash", "deliveries"}


def test_a_fact_that_is_taken_back_and_stands_again(path: Path, ways: list[bool]) -> None:
    timeline = Timeline.open(path)
    (event,) = (row["id"] for row in timeline.events("acme").rows if "profit" in row["summary"])
    timeline.retract(event, reason="we erred")
    assert_as_if_whole(path)
    timeline.reinstate(event, reason="we erred")
    assert ways == [True, True]
    assert_as_if_whole(path)


def test_a_summary_of_what_another_source_reports_is_no_second_witness(path: Path, ways: list[bool]) -> None:
    load(path, document("agency", result("cash", "EUR 3 million"), derives_from="wire"))
    load(path, document("summary", result("cash", "EUR 3 million"), derives_from="agency"))
    assert ways == [True, True]
    assert_as_if_whole(path)
    load(path, document("wire", result("debt", "EUR 3 million")))
    assert ways == [True, True, False], "now it matters what the wire goes back to"
    assert_as_if_whole(path)


def test_a_derivation_leads_through_a_source_that_speaks_of_another_metric(path: Path, ways: list[bool]) -> None:
    load(path, document("wire", result("cash", "EUR 3 million")))
    load(path, document("agency", result("debt", "EUR 4 million"), derives_from="wire"))
    load(path, document("paper", result("cash", "EUR 3 million"), derives_from="agency"))
    assert ways == [True, True, True]
    (row,) = (row for row in rows_of(path, "results") if row["metric"] == "cash")
    assert len(row["sources"]) == 2
    assert_as_if_whole(path)


def test_a_source_that_is_corrected_folds_its_companies_whole(path: Path, ways: list[bool]) -> None:
    told = document("begun", *BEGUN)
    told["source"]["published"] = "2026-01-12T09:00:00+00:00"
    load(path, told, correct="source erred")
    assert ways == []
    assert_as_if_whole(path)


def rows_of(path: Path, topic: str) -> list[dict[str, Any]]:
    return [row for _, section in Timeline.open(path).show("acme", topic).parts for row in section.tables[topic]]


SPOILT: dict[str, Callable[[Any], object]] = {
    "other code": lambda connection: connection.execute("UPDATE read_model SET version = 'x' WHERE topic = 'results'"),
    "not current": lambda connection: connection.execute("UPDATE read_model SET position = 3"),
    "a topic gone": lambda connection: models.remove(connection, "acme", "results"),
    "a partition gone": lambda connection: connection.execute("DELETE FROM partition WHERE name = ''"),
    "the partition gone": lambda connection: connection.execute("DELETE FROM partition WHERE name = 'metric profit'"),
    "the partition edited": lambda connection: connection.execute(
        "UPDATE partition SET data = '{\"events\":[]}' WHERE name = 'metric profit'"
    ),
    "a partition edited": lambda connection: connection.execute("UPDATE partition SET data = '{\"events\":[]}'"),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_what_is_stored_otherwise_than_it_should_be_is_made_anew(
    path: Path, spoil: Callable[[Any], object], ways: list[bool]
) -> None:
    with open_writer(path) as writer, writer.transaction():
        spoil(writer.connection)
    load(path, document("later", result("profit", "EUR 2 million", "2025")))
    assert ways == [False]
    assert_as_if_whole(path)


def test_an_item_that_was_edited_by_hand_stays_found_after_an_append(path: Path, ways: list[bool]) -> None:
    with bases.opened(path) as connection:
        connection.execute("UPDATE read_item SET data = replace(data, '10000000', '20000000') WHERE topic = 'results'")
    load(path, document("later", result("cash", "EUR 2 million", "2025")))
    assert ways == [True]
    assert [finding.rule for finding in Timeline.open(path).audit(only=["log"]).findings] == ["model-differs"]


def test_the_sections_of_partitions_merge_into_those_of_the_whole(tmp_path: Path) -> None:
    path = tmp_path / "facts.db"
    Timeline.open(path).load([str(bases.FIXTURES)])
    with closing(open_reader(path)) as connection:
        stream, told = fold(Reader(connection), "xiaomi")
    assert len(told.parts) > 1
    assert [unchecked(section) for section in told.sections] == [
        unchecked(topic.section(stream)) for topic in catalog().topics
    ]


def unchecked(section: Section) -> Section:
    """The section without its findings, some of which need several topics."""
    return replace(section, findings=(), known_to="")
