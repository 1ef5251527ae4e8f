"""The section: latest prices, flows by channel with their streaks and sums, trades, exchange rates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.section import Column, Headline, Layout, Row, Section, Series, Table
from timeline.topic import (
    EVIDENCE,
    SPLIT_ADJUSTED,
    adjusted,
    adjusted_column,
    brief,
    evidence,
    figure,
    figure_columns,
    rounded,
)
from timeline.topics.market.payloads import LEVELS
from timeline.values import plain, short

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.occurrence import Occurrence
    from timeline.topics.market.payloads import Flow, Observed, Rate, Trade
    from timeline.topics.market.projection import Channel, Market, Quote
    from timeline.values import Quantity


def present(state: Market) -> Section:
    """A row for each price and channel with what led to it below, and a row for each trade and rate."""
    return Section(
        topic="market",
        tables={
            "prices": tuple(_quote_row(quote) for quote in state.quotes),
            "flows": tuple(_channel_row(channel) for channel in state.channels),
            "trades": tuple(_trade_row(item) for item in state.trades),
            "rates": tuple(_rate_row(item) for item in state.rates),
        },
        headlines=(
            *_price_line(state.quotes),
            *(_flow_line(channel) for channel in state.channels),
            *(_trade_line(item) for item in state.trades[-1:]),
        ),
        series=tuple(series for quote in state.quotes if (series := _series(quote))),
    )


def _quote_row(quote: Quote) -> Row:
    return {**_observation_row(quote.last), "observations": [_observation_row(item) for item in quote.observations]}


def _observation_row(item: Occurrence[Observed]) -> Row:
    payload = item.payload
    return {
        "what": payload.what,
        "occurred": item.occurred.edtf,
        **figure("price", payload.price),
        **adjusted("price", item.adjusted.price),
        "currency": payload.price and payload.price.unit,
        **figure("change", payload.change),
        "venue": payload.venue,
        "disputed": _disputed(item),
        **evidence(item),
    }


def _channel_row(channel: Channel) -> Row:
    last = channel.last.payload
    low, high = channel.itemised
    return {
        "channel": last.channel,
        "occurred": channel.last.occurred.edtf,
        "direction": last.direction,
        **figure("value", last.value),
        "currency": last.value.unit,
        "streak": _count(last.streak),
        **_sum_cells(channel.cumulative),
        "itemised_sessions": str(len(channel.sessions)),
        "itemised_low": None if low is None else plain(low),
        "itemised_high": None if high is None else plain(high),
        "sessions": [_flow_row(item) for item in channel.sessions],
        "sums": [_flow_row(item) for item in channel.sums],
        **evidence(channel.last),
    }


def _sum_cells(item: Occurrence[Flow] | None) -> Row:
    """The latest reported sum: over how many sessions, up to when, and who reports it."""
    return {
        **figure("sum", (item.payload.cumulative or item.payload.value) if item else None),
        "sum_sessions": item and _count(item.payload.sessions or item.payload.streak),
        "sum_as_of": item and item.occurred.last and item.occurred.last.isoformat(),
        "sum_event": item and item.id,
    }


def _flow_row(item: Occurrence[Flow]) -> Row:
    payload = item.payload
    return {
        "occurred": item.occurred.edtf,
        "direction": payload.direction,
        **figure("value", payload.value),
        "streak": _count(payload.streak),
        **figure("cumulative", payload.cumulative),
        "sessions": _count(payload.sessions),
        "disputed": _disputed(item),
        **evidence(item),
    }


def _trade_row(item: Occurrence[Trade]) -> Row:
    payload = item.payload
    return {
        "occurred": item.occurred.edtf,
        "form": payload.form,
        "side": payload.side,
        **figure("shares", payload.shares),
        **adjusted("shares", item.adjusted.shares),
        **figure("price", payload.price),
        **adjusted("price", item.adjusted.price),
        **figure("value", payload.value),
        "currency": _currency(payload.value or payload.price),
        "disputed": _disputed(item),
        **evidence(item),
    }


def _rate_row(item: Occurrence[Rate]) -> Row:
    payload = item.payload
    return {"pair": payload.pair, "occurred": item.occurred.edtf, **figure("rate", payload.rate), **evidence(item)}


def _count(number: int | None) -> str | None:
    return None if number is None else str(number)


def _disputed(item: Occurrence[Observed] | Occurrence[Flow] | Occurrence[Trade]) -> str | None:
    return ", ".join(item.disputed) or None


def _currency(figure: Quantity | None) -> str | None:
    return figure.unit if figure else None


def _price_line(quotes: Sequence[Quote]) -> Iterator[Headline]:
    """The latest close, or else the latest other price, with its change, and the levels seen in the chart."""
    prices = [quote.last for quote in quotes if quote.last.payload.what not in LEVELS]
    levels = [quote.last for quote in quotes if quote.last.payload.what in LEVELS]
    if not prices and not levels:
        return
    shown = max(prices, key=lambda item: (item.payload.what == "close", str(item.day), item.id), default=None)
    cells = [*(_price_cells(shown) if shown else ()), *(_level_cell(item) for item in levels)]
    yield Headline("Share price", tuple(cells), shown.independent if shown else levels[0].independent)


def _price_cells(item: Occurrence[Observed]) -> Iterator[str]:
    price, change = item.adjusted.price, item.payload.change
    head = f"{brief(price)} {item.payload.what}" if price else item.payload.what
    yield f"{head} {item.occurred.label()}"
    if change:
        yield f"{'+' if change.anchor > 0 else ''}{short(change)}"


def _level_cell(item: Occurrence[Observed]) -> str:
    price = item.adjusted.price
    return f"{item.payload.what} {brief(price)}" if price else item.payload.what


def _flow_line(channel: Channel) -> Headline:
    last = channel.last.payload
    cells = [f"{short(last.value)} {channel.last.occurred.label()}", last.channel]
    if last.streak and last.streak > 1:
        cells.append(f"{_ordinal(last.streak)} session in a row")
    if (item := channel.cumulative) and not last.is_sum:
        cells.append(_sum_cell(item))
    return Headline(f"Net {last.direction}", tuple(cells), channel.last.independent)


def _sum_cell(item: Occurrence[Flow]) -> str:
    payload = item.payload
    sessions = payload.sessions or payload.streak
    return f"{short(payload.cumulative or payload.value)} in {f'{sessions} sessions' if sessions else 'all'}"


def _ordinal(number: int) -> str:
    teens = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _trade_line(item: Occurrence[Trade]) -> Headline:
    payload = item.adjusted
    kind = {"buy": "purchase", "sell": "sale"}.get(payload.side or "", "trade")
    at = f" at {short(rounded(payload.price))}" if payload.price else ""
    said = SPLIT_ADJUSTED if item.split else ""
    cells = (f"{short(rounded(payload.shares))} shares{at}", said, short(payload.value) if payload.value else "")
    label = f"{payload.form or ''} {kind}".strip()
    return Headline(label[:1].upper() + label[1:], tuple(cell for cell in cells if cell), item.independent)


def _series(quote: Quote) -> Series | None:
    """The closes that have a day and a price, once there are two."""
    points = {
        item.occurred.last.isoformat(): plain(price.anchor)
        for item in quote.observations
        if item.counts and item.occurred.is_day and item.occurred.last and (price := item.adjusted.price)
    }
    unit = _currency(quote.last.payload.price)
    if quote.last.payload.what != "close" or len(points) < 2:  # noqa: PLR2004 - a line needs two points
        return None
    return Series(f"close in {unit}", tuple(sorted(points.items())))


_OBSERVATION = (
    Column("what"),
    Column("occurred", kind="when"),
    *figure_columns("price"),
    adjusted_column("price"),
    Column("currency", shown=False),
    *figure_columns("change"),
    Column("venue"),
    Column("disputed"),
    *EVIDENCE,
)
_QUOTE = (
    *_OBSERVATION[: -len(EVIDENCE)],
    Column("observations", kind="rows", columns=_OBSERVATION, shown=False, view="price_observations"),
    *EVIDENCE,
)
_FLOW = (
    Column("occurred", kind="when"),
    Column("direction"),
    *figure_columns("value"),
    Column("streak", kind="number"),
    *figure_columns("cumulative"),
    Column("sessions", kind="number"),
    Column("disputed"),
    *EVIDENCE,
)
_CHANNEL = (
    Column("channel"),
    Column("occurred", kind="when"),
    Column("direction"),
    *figure_columns("value"),
    Column("currency", shown=False),
    Column("streak", "in a row", kind="number"),
    *figure_columns("sum"),
    Column("sum_sessions", "of sessions", kind="number"),
    Column("sum_as_of", "up to", kind="when", unlike="occurred"),
    Column("sum_event", kind="id", shown=False),
    Column("itemised_sessions", "sessions on record", kind="number", shown=False),
    Column("itemised_low", kind="number", shown=False),
    Column("itemised_high", kind="number", shown=False),
    Column("sessions", kind="rows", columns=_FLOW, shown=False, view="flow_sessions"),
    Column("sums", kind="rows", columns=_FLOW, shown=False, view="flow_sums"),
    *EVIDENCE,
)
_TRADE = (
    Column("occurred", kind="when"),
    Column("form"),
    Column("side"),
    *figure_columns("shares"),
    adjusted_column("shares"),
    *figure_columns("price"),
    adjusted_column("price"),
    *figure_columns("value"),
    Column("currency", shown=False),
    Column("disputed"),
    *EVIDENCE,
)
_RATE = (Column("pair"), Column("occurred", kind="when"), *figure_columns("rate"), *EVIDENCE)

LAYOUT = Layout(
    topic="market",
    title="Market",
    rank=60,
    tables=(
        Table("prices", "Prices", _QUOTE, view="prices"),
        Table("flows", "Flows", _CHANNEL, view="flows"),
        Table("trades", "Large trades", _TRADE, view="trades"),
        Table("rates", "Exchange rates", _RATE, view="exchange_rates"),
    ),
)
