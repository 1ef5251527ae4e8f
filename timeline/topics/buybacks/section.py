"""The section: the programmes and what was bought, as rows."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from timeline.dates import When
from timeline.section import Headline, Row, Section, Series
from timeline.topic import SPLIT_ADJUSTED, adjusted, brief, evidence, figure, rounded
from timeline.values import plain, short, short_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TypeAlias

    from timeline.occurrence import Occurrence
    from timeline.topics.buybacks.payloads import Authorised, Executed, Totalled
    from timeline.topics.buybacks.programmes import Buybacks, Programme
    from timeline.values import Bounds, Quantity

    Purchases: TypeAlias = Sequence[Occurrence[Executed]]

_CENT: Final = Decimal("0.01")
_MONTH: Final = len("2026-01")


def present(state: Buybacks) -> Section:
    """Fields of the current programme, and the tables."""
    if not (state.programmes or state.apart):
        return Section(topic="buybacks")
    current = state.programmes[-1] if state.programmes else None
    return Section(
        topic="buybacks",
        fields=_fields(current) if current else {},
        tables={
            "programmes": tuple(_programme_row(programme) for programme in state.programmes),
            "executions": tuple(_execution_row(item) for item in state.executions),
            "months": tuple(_months(state.executions)),
            "spend": tuple(_spend(state.executions)),
            "apart": tuple({**_execution_row(item), "fits": str(item.fits)} for item in state.apart),
        },
        headlines=_headlines(current) if current else (),
        series=_series(state.programmes),
    )


def _fields(current: Programme) -> Row:
    low, high = current.cumulative
    return {
        "cumulative_shares": plain(current.anchor),
        "cumulative_low": _digits(low),
        "cumulative_high": _digits(high),
        "cumulative_as_of": current.as_of and current.as_of.isoformat(),
        "percent_of_capital": _percent(current),
        "itemised_shares": plain(_middle(current.itemised)),
        "unitemised_shares": _unitemised(current),
        "programme": current.mandate and current.mandate.edtf,
        "programme_inferred": current.inferred,
    }


def _digits(end: Decimal | None) -> str | None:
    return None if end is None else plain(end)


def _percent(programme: Programme) -> str | None:
    """The share of capital reported with the checkpoint; it says nothing of what was bought later."""
    percent = programme.checkpoint and programme.checkpoint.payload.percent
    return plain(percent.anchor) if percent else None


def _unitemised(programme: Programme) -> str | None:
    shares = programme.checkpoint and programme.checkpoint.adjusted.shares
    return plain(shares.anchor - _middle(programme.itemised)) if shares else None


def _middle(bounds: Bounds) -> Decimal:
    known = [bound for bound in bounds if bound is not None]
    return sum(known, Decimal(0)) / len(known) if known else Decimal(0)


def _programme_row(programme: Programme) -> Row:
    proof = next(
        item for items in (programme.approvals, programme.totals[::-1], programme.executions) for item in items
    )
    approval = programme.approvals[-1] if programme.approvals else None
    low, high = programme.cumulative
    return {
        "mandate": programme.mandate and programme.mandate.edtf,
        "inferred": programme.inferred,
        "form": approval and approval.payload.form,
        **figure("cap", approval.payload.cap if approval else None),
        **adjusted("cap", approval.adjusted.cap if approval else None),
        "as_of": programme.as_of and programme.as_of.isoformat(),
        "shares": plain(programme.anchor),
        "shares_low": _digits(low),
        "shares_high": _digits(high),
        "percent": _percent(programme),
        "itemised": plain(_middle(programme.itemised)),
        "unitemised": _unitemised(programme),
        "approvals": [_approval_row(item) for item in programme.approvals],
        "totals": [_total_row(item, programme) for item in programme.totals],
        **evidence(proof),
    }


def _approval_row(item: Occurrence[Authorised]) -> Row:
    payload = item.payload
    return {
        "occurred": item.occurred.edtf,
        "form": payload.form,
        **figure("cap", payload.cap),
        **adjusted("cap", item.adjusted.cap),
        "base": payload.base,
        "end": payload.end.edtf if payload.end else payload.end_condition,
        **evidence(item),
    }


def _total_row(item: Occurrence[Totalled], programme: Programme) -> Row:
    payload = item.payload
    return {
        "occurred": item.occurred.edtf,
        "since": payload.since.edtf,
        **figure("shares", payload.shares),
        **adjusted("shares", item.adjusted.shares),
        **figure("value", payload.value),
        "percent_printed": payload.percent and payload.percent.printed,
        "base": payload.base,
        "checkpoint": item in programme.checkpoints,
        "counts": item.counts,
        **evidence(item),
    }


def _execution_row(item: Occurrence[Executed]) -> Row:
    payload = item.payload
    value = payload.value
    return {
        "occurred": item.occurred.edtf,
        **figure("shares", payload.shares),
        **adjusted("shares", item.adjusted.shares),
        **figure("value", value),
        "currency": _currency(payload),
        **figure("price", payload.price),
        **adjusted("price", item.adjusted.price),
        "average": _average(payload),
        "average_adjusted": _average(item.adjusted) if item.split else None,
        "share_class": payload.share_class,
        "venue": payload.venue,
        "disputed": ", ".join(item.disputed) or None,
        **evidence(item),
    }


def _currency(payload: Executed) -> str | None:
    paid = payload.value or payload.price or payload.average
    return paid.unit if paid else None


def _average(payload: Executed) -> str | None:
    """The average price as reported, else amount by shares to the cent."""
    if payload.average:
        return plain(rounded(payload.average).anchor)
    if payload.value is None or not payload.shares.anchor:
        return None
    return plain(_price(payload.value.anchor, payload.shares.anchor))


def _price(value: Decimal, shares: Decimal) -> Decimal:
    return (value / shares).quantize(_CENT)


def by_currency(executions: Iterable[Occurrence[Executed]]) -> dict[str, Purchases]:
    """The purchases that state an amount, by its currency, in its order."""
    found: dict[str, list[Occurrence[Executed]]] = defaultdict(list)
    for item, value in _priced(executions):
        found[value.unit].append(item)
    return dict(sorted(found.items()))


def by_month(executions: Iterable[Occurrence[Executed]]) -> dict[tuple[str, str], Purchases]:
    """Likewise by month and currency; a purchase over a period counts in the month in which it ends."""
    found: dict[tuple[str, str], list[Occurrence[Executed]]] = defaultdict(list)
    for item, value in _priced(executions):
        if item.occurred.last:
            found[item.occurred.last.isoformat()[:_MONTH], value.unit].append(item)
    return dict(sorted(found.items()))


def _priced(executions: Iterable[Occurrence[Executed]]) -> Iterator[tuple[Occurrence[Executed], Quantity]]:
    return ((item, item.payload.value) for item in executions if item.payload.value)


def _spend(executions: Sequence[Occurrence[Executed]]) -> list[Row]:
    return [{"currency": currency, **_amounts(items)} for currency, items in by_currency(executions).items()]


def _months(executions: Sequence[Occurrence[Executed]]) -> list[Row]:
    return [
        {"month": month, "currency": currency, **_amounts(items)}
        for (month, currency), items in by_month(executions).items()
    ]


def _amounts(items: Purchases) -> Row:
    """What was bought and paid, over purchases that state an amount in one currency."""
    shares = sum((item.adjusted.shares.anchor for item in items), Decimal(0))
    value = sum((value.anchor for _, value in _priced(items)), Decimal(0))
    return {
        "purchases": str(len(items)),
        "shares": plain(shares),
        "value": plain(value),
        "average": plain(_price(value, shares)) if shares else None,
    }


def _headlines(current: Programme) -> tuple[Headline, ...]:
    cells = (_bought_cell(current), _percent_cell(current), _mandate_cell(current))
    lines = [Headline("Buybacks", tuple(cell for cell in cells if cell), _sources(current))]
    if items := _itemised_cells(current):
        lines.append(Headline("", items))
    return tuple(lines)


def _bought_cell(current: Programme) -> str:
    if current.as_of is None:
        cap = f"up to {brief(current.approvals[-1].adjusted.cap)}, " if current.approvals else ""
        return f"{cap}none reported yet"
    said = f", {SPLIT_ADJUSTED}" if current.split else ""
    return f"{short_number(current.anchor)} shares to {When.of_days(current.as_of, current.as_of).label()}{said}"


def _percent_cell(current: Programme) -> str:
    percent = current.checkpoint and current.checkpoint.payload.percent
    return f"{'~' if percent.qualifier == 'about' else ''}{plain(percent.anchor)} % of capital" if percent else ""


def _mandate_cell(current: Programme) -> str:
    if current.mandate:
        return f"mandate of {current.mandate.edtf}{'?' if current.inferred else ''}"
    since = current.checkpoint.payload.since if current.checkpoint else None
    return f"since {since.label()}" if since and since.is_day else "programme not stated"


def _itemised_cells(current: Programme) -> tuple[str, ...]:
    last = current.executions[-1].adjusted if current.executions else None
    cells = []
    if current.checkpoint and current.checkpoint.adjusted.shares:
        rest = current.checkpoint.adjusted.shares.anchor - _middle(current.itemised)
        cells.append(f"{short_number(_middle(current.itemised))} itemised, {short_number(rest)} not")
    if last:
        at = f" at {_currency(last)} {average}" if (average := _average(last)) else ""
        cells.append(f"last {short(rounded(last.shares)).removesuffix(' shares')}{at}")
    return tuple(cells)


def _sources(current: Programme) -> int:
    return current.checkpoint.independent if current.checkpoint else 0


def _series(programmes: Sequence[Programme]) -> tuple[Series, ...]:
    """Cumulative shares of the current programme, at its checkpoints and after each later purchase."""
    if not programmes:
        return ()
    current = programmes[-1]
    points = {
        item.day.isoformat(): shares.anchor
        for item in current.checkpoints
        if item.day and (shares := item.adjusted.shares)
    }
    running = points[max(points)] if points else Decimal(0)
    for execution in current.later:
        running += execution.adjusted.shares.anchor
        if execution.day:
            points[execution.day.isoformat()] = running
    drawn = tuple((day, plain(value)) for day, value in sorted(points.items()))
    return (Series("Shares bought back", drawn, style="total"),) if drawn else ()
