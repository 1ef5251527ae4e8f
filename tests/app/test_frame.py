"""Tables as data frames: exact numbers, real dates, and the same rows as the page has."""

from __future__ import annotations

import sys
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd
import polars as pl
import pytest

from tests.laws import bases
from timeline import Timeline
from timeline.errors import InvalidInput, NotFound, TimelineError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FORTY = "1234567890123456789012345678901234567890"


def test_purchases_come_with_exact_numbers_and_real_dates_in_pandas(shipped: Timeline) -> None:
    frame = shipped.frame("xiaomi", "executions")
    assert frame["occurred_date"].dtype == "datetime64[s]"
    assert list(frame["occurred_date"]) == [pd.Timestamp("2025-11-20"), pd.Timestamp("2026-01-08")]
    assert list(frame["shares"]) == [Decimal(13_500_000), Decimal(5_000_000)]
    assert list(frame["price_low"]) == [Decimal("37.38"), Decimal("38.04")]
    assert frame["shares"].sum() == Decimal(18_500_000)


def test_purchases_come_with_exact_numbers_and_real_dates_in_polars(shipped: Timeline) -> None:
    frame = shipped.frame("xiaomi", "executions", library="polars")
    assert frame.schema["occurred_date"] == pl.Date()
    assert frame.schema["price_low"] == pl.Decimal(38, 2)
    assert frame["occurred_date"].to_list() == [date(2025, 11, 20), date(2026, 1, 8)]
    assert frame["price_low"].to_list() == [Decimal("37.38"), Decimal("38.04")]
    assert frame["sources"].to_list() == [["ttmgoal-2025-11-20-next-day-disclosure"], ["xiaomi-2026-strategy"]]


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_table_inside_rows_has_what_is_around_it_first(shipped: Timeline, library: Any) -> None:  # noqa: ANN401
    frame = shipped.frame("1810.HK", "targets.revisions", library=library)
    assert list(frame.columns)[:4] == ["metric", "segment", "basis", "period"]
    assert list(frame["printed"]) == ["300,000", "350,000", "over 400,000", "550,000"]
    assert list(frame["metric"]) == ["EV deliveries"] * 4


def test_a_frame_holds_what_was_known_on_the_day(shipped: Timeline) -> None:
    assert len(shipped.frame("xiaomi", "targets.revisions", as_of="2025-03-31")) == 2
    assert len(shipped.frame("xiaomi", "executions", as_of="2025-12-31")) == 1


def test_a_table_without_rows_keeps_its_columns(shipped: Timeline) -> None:
    frame = shipped.frame("ford", "executions")
    assert len(frame) == 0
    assert {"occurred", "occurred_date", "shares"} <= set(frame.columns)


@pytest.mark.parametrize(("library", "digits"), [("pandas", Decimal(FORTY)), ("polars", FORTY)])
def test_a_number_of_forty_digits_survives(
    path: Path,
    fixture_file: Callable[[str], str],
    library: Any,  # noqa: ANN401
    digits: Decimal | str,
) -> None:
    text = f"""
schema: timeline/source/1
source: {{id: huge, kind: news, title: Huge, published: "2026-02-01", zone: UTC}}
defaults: {{company: ford}}
facts:
  - {{key: a, kind: buyback.executed, occurred: 2026-01-08, shares: "{FORTY}"}}
"""
    Timeline.open(path).load([fixture_file(text)])
    assert list(Timeline.open(path).frame("ford", "executions", library=library)["shares"]) == [digits]


def test_an_unknown_table_is_named_with_those_that_there_are(shipped: Timeline) -> None:
    with pytest.raises(NotFound) as error:
        shipped.frame("xiaomi", "target.revisions")
    assert error.value.message == "no table called 'target.revisions'"
    assert "targets.revisions" in error.value.fix
    with pytest.raises(NotFound, match="no topic called 'target'"):
        shipped.frame("xiaomi", "targets", topic="target")
    with pytest.raises(NotFound, match="no table called 'targets'"):
        shipped.frame("xiaomi", "targets", topic="buybacks")


def test_a_library_that_is_missing_or_not_known_is_said(shipped: Timeline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(TimelineError) as error:
        shipped.frame("xiaomi", "executions", library="polars")
    assert error.value.fix == "pip install 'corporate-timeline[polars]'"
    with pytest.raises(InvalidInput, match="no frames of 'numpy' are made"):
        shipped.frame("xiaomi", "executions", library="numpy")  # type: ignore[arg-type]


def test_a_stopped_topic_gives_no_frame(path: Path) -> None:
    with bases.opened(path) as connection:
        for trigger in ("body_update", "event_update"):
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute(
            "UPDATE body SET body = '{}' WHERE position IN"
            " (SELECT position FROM event WHERE kind = 'buyback.executed' AND company = 'xiaomi')"
        )
    with pytest.raises(TimelineError, match="the topic buybacks is stopped"):
        Timeline.open(path).frame("xiaomi", "executions", as_recorded="100")
