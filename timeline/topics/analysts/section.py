"""The section: ratings in force with their history, forecasts with their changes, opinions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.section import Column, Headline, Layout, Row, Section, Table
from timeline.topic import EVIDENCE, change, change_columns, evidence, figure, figure_columns
from timeline.topics.analysts.views import line
from timeline.values import Bounds, change_percent, short

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.occurrence import Occurrence
    from timeline.topics.analysts.payloads import Forecast, Opinion, Rating
    from timeline.topics.analysts.views import House, Views
    from timeline.values import Quantity


def present(state: Views) -> Section:
    """Houses with their ratings in force and the earlier ones below, forecasts with their changes, opinions."""
    latest = sorted((house for house in state.houses if house.rating or house.target_price), key=_latest_first)
    return Section(
        topic="analysts",
        tables={
            "ratings": tuple(_house_row(house) for house in state.houses),
            "forecasts": tuple(_forecasts(state.forecasts)),
            "opinions": tuple(_opinion_row(item) for item in state.opinions),
        },
        headlines=(Headline("Analysts", tuple(_cell(house) for house in latest[:3])),) if latest else (),
    )


def _latest_first(house: House) -> tuple[int, str]:
    day = house.last.day
    return (-day.toordinal() if day else 0, house.by)


def _cell(house: House) -> str:
    price = f"target {short(house.target_price)}" if house.target_price else ""
    return f"{house.by} {', '.join(part for part in (house.rating, price) if part)}"


def _house_row(house: House) -> Row:
    return {
        "by": house.by,
        "rating": house.rating,
        **figure("target_price", house.target_price),
        "currency": house.target_price and house.target_price.unit,
        "occurred": house.last.occurred.edtf,
        "history": list(_history(house.ratings)),
        **evidence(house.last),
    }


def _history(ratings: Sequence[Occurrence[Rating]]) -> Iterator[Row]:
    """The ratings in order of day, each target price against the one before it."""
    before: Quantity | None = None
    for item in ratings:
        payload = item.payload
        yield {
            "occurred": item.occurred.edtf,
            "action": payload.action,
            "rating": payload.rating,
            "previous": payload.previous,
            **figure("target_price", payload.target_price),
            **change("change_percent", _growth(payload.target_price, before or payload.previous_target)),
            "analyst": payload.analyst,
            "horizon": payload.horizon,
            "disputed": ", ".join(item.disputed) or None,
            **evidence(item),
        }
        before = payload.target_price or before


def _forecasts(forecasts: Sequence[Occurrence[Forecast]]) -> Iterator[Row]:
    """The forecasts, each against the same house's before it."""
    before: Occurrence[Forecast] | None = None
    for item in forecasts:
        payload = item.payload
        earlier = before.payload.value if before and line(before) == line(item) else payload.previous
        yield {
            "metric": payload.metric,
            "segment": payload.segment,
            "basis": payload.basis,
            "period": payload.period.edtf,
            "by": payload.by,
            "consensus": payload.consensus,
            "occurred": item.occurred.edtf,
            **figure("value", payload.value),
            "unit": payload.value.unit,
            **change("change_percent", _growth(payload.value, earlier)),
            "disputed": ", ".join(item.disputed) or None,
            **evidence(item),
        }
        before = item


def _growth(new: Quantity | None, old: Quantity | None) -> Bounds:
    """The change from one figure to another of the same unit; without bounds where there is none."""
    return (None, None) if new is None or old is None or new.unit != old.unit else change_percent(new, old)


def _opinion_row(item: Occurrence[Opinion]) -> Row:
    payload = item.payload
    return {
        "occurred": item.occurred.edtf,
        "by": payload.by,
        "analysts": ", ".join(payload.analysts) or None,
        "subject": payload.subject,
        "expectation": payload.expectation,
        **evidence(item),
    }


_HISTORY = (
    Column("occurred", kind="when"),
    Column("action"),
    Column("rating"),
    Column("previous"),
    *figure_columns("target_price"),
    *change_columns("change_percent", "on the last"),
    Column("analyst"),
    Column("horizon"),
    Column("disputed"),
    *EVIDENCE,
)
_RATING = (
    Column("by"),
    Column("rating"),
    *figure_columns("target_price"),
    Column("currency", shown=False),
    Column("occurred", "since", kind="when"),
    Column("history", kind="rows", columns=_HISTORY, view="rating_history"),
    *EVIDENCE,
)
_FORECAST = (
    Column("metric"),
    Column("segment"),
    Column("basis"),
    Column("period", kind="when"),
    Column("by"),
    Column("consensus", kind="flag"),
    Column("occurred", kind="when"),
    *figure_columns("value", "forecast"),
    Column("unit", shown=False),
    *change_columns("change_percent", "on the last"),
    Column("disputed"),
    *EVIDENCE,
)
_OPINION = (
    Column("occurred", kind="when"),
    Column("by"),
    Column("analysts"),
    Column("subject"),
    Column("expectation"),
    *EVIDENCE,
)

LAYOUT = Layout(
    topic="analysts",
    title="Analysts",
    rank=70,
    tables=(
        Table("ratings", "Ratings", _RATING, view="ratings"),
        Table("forecasts", "Forecasts", _FORECAST, view="forecasts"),
        Table("opinions", "Opinions", _OPINION, view="opinions"),
    ),
)
