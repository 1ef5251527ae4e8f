"""The section: the latest count of each class with the earlier ones, and the changes, as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.digits import plain, short_number
from timeline.section import Headline, Row, Section, Series
from timeline.topic import SPLIT_ADJUSTED, adjusted, evidence, figure

if TYPE_CHECKING:
    from timeline.occurrence import Occurrence
    from timeline.topics.capital.classes import Capital, Counts
    from timeline.topics.capital.payloads import Changed, Reported


def present(state: Capital) -> Section:
    """The latest number of each class with the earlier ones below it, and the changes."""
    return Section(
        topic="capital",
        tables={
            "classes": tuple(_class_row(items) for items in state.counts.values()),
            "changes": tuple(_change_row(item) for item in state.changes),
        },
        headlines=(_headline(state),) if state.counts else (),
        series=tuple(line for share_class, items in state.counts.items() if (line := _series(share_class, items))),
    )


def _headline(state: Capital) -> Headline:
    latest = [_latest(items) for items in state.counts.values()]
    return Headline("Shares", tuple(_cell(item) for item in latest), min(item.independent for item in latest))


def _cell(item: Occurrence[Reported]) -> str:
    shares = short_number(item.adjusted.shares.anchor, digits=3)
    said = f", {SPLIT_ADJUSTED}" if item.split else ""
    return f"{shares} of class {item.payload.share_class} on {item.occurred.label()}{said}"


def _latest(items: Counts) -> Occurrence[Reported]:
    """The number that stands: the last that is not merely a vague repetition of another."""
    return next((item for item in reversed(items) if not item.fits), items[-1])


def _series(share_class: str, items: Counts) -> Series | None:
    """The numbers by day; nothing to draw before there are two."""
    points = {item.day.isoformat(): plain(item.adjusted.shares.anchor) for item in items if item.day and item.counts}
    return Series(f"{share_class} shares outstanding", tuple(points.items())) if len(points) > 1 else None


def _class_row(items: Counts) -> Row:
    latest = _latest(items)
    return {
        "share_class": latest.payload.share_class,
        "as_of": latest.occurred.edtf,
        **figure("shares", latest.payload.shares),
        **adjusted("shares", latest.adjusted.shares),
        **figure("treasury", latest.payload.treasury),
        **adjusted("treasury", latest.adjusted.treasury),
        "history": [_count_row(item) for item in items],
        **evidence(latest),
    }


def _count_row(item: Occurrence[Reported]) -> Row:
    return {
        "occurred": item.occurred.edtf,
        **figure("shares", item.payload.shares),
        **adjusted("shares", item.adjusted.shares),
        **figure("treasury", item.payload.treasury),
        **adjusted("treasury", item.adjusted.treasury),
        **evidence(item),
    }


def _change_row(item: Occurrence[Changed]) -> Row:
    changed = item.payload
    return {
        "occurred": item.occurred.edtf,
        "change": changed.change,
        "share_class": changed.share_class,
        **figure("shares", changed.shares),
        **adjusted("shares", item.adjusted.shares),
        "ratio": changed.ratio,
        **figure("price", changed.price),
        **adjusted("price", item.adjusted.price),
        "currency": changed.price and changed.price.unit,
        "ex_day": changed.ex_day and changed.ex_day.edtf,
        **evidence(item),
    }
