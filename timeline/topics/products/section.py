"""The section: a row for each product, its milestones and what is told of it below."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from timeline.section import Column, Headline, Layout, Promise, Row, Section, Table
from timeline.topic import EVIDENCE, evidence, figure, figure_columns, promise
from timeline.values import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from timeline.dates import When
    from timeline.occurrence import Occurrence
    from timeline.topics.products.milestones import Milestone, Product
    from timeline.topics.products.payloads import Described, Stage, Staged

HEADLINES: Final = 3
"""Products in the head of the page at most."""

_DONE: Final[Mapping[Stage, str]] = {
    "announced": "announced",
    "preorders": "pre-orders since",
    "launch": "launched",
    "deliveries": "deliveries since",
    "paused": "paused since",
    "ended": "ended",
}
_PLANNED: Final[Mapping[Stage, str]] = {
    "announced": "announcement",
    "preorders": "pre-orders",
    "launch": "launch",
    "deliveries": "deliveries",
    "paused": "pause",
    "ended": "end",
}


def present(state: Sequence[Product]) -> Section:
    """Products, and a promise for each stage that is still planned."""
    return Section(
        topic="products",
        tables={"products": tuple(_row(product) for product in state)},
        headlines=tuple(_headline(product) for product in _in_the_news(state)),
        promises=tuple(made for product in state for made in _promises(product)),
    )


def _in_the_news(state: Sequence[Product]) -> Sequence[Product]:
    """The products of which something is still expected, else the one of which something was reported last."""
    latest = sorted(state, key=lambda product: product.day or date.min, reverse=True)
    return [product for product in latest if product.ahead][:HEADLINES] or latest[:1]


def _row(product: Product) -> Row:
    price = product.priced.payload.price if product.priced else None
    last = product.milestones[-1].current if product.milestones else product.descriptions[-1]
    return {
        "product": product.name,
        "milestones": [_milestone_row(milestone) for milestone in product.milestones],
        **figure("price", price),
        "currency": price and price.unit,
        "price_basis": product.priced and product.priced.payload.price_basis,
        "features": list(product.features),
        "specifications": [{"name": each.name, "value": each.value} for each in product.specifications],
        "rivals": list(product.rivals),
        "descriptions": [_description_row(item) for item in product.descriptions],
        **evidence(product.priced or last),
    }


def _milestone_row(milestone: Milestone) -> Row:
    return {
        "stage": milestone.stage,
        "region": milestone.region or None,
        "when": milestone.when and milestone.when.edtf,
        **_days(milestone.when),
        "certainty": milestone.certainty,
        "first_planned": milestone.first_planned and milestone.first_planned.edtf,
        "slipped": milestone.slipped,
        "statements": [_statement_row(item) for item in milestone.statements],
        **evidence(milestone.current),
    }


def _days(when: When | None) -> Row:
    first, last = (when.first, when.last) if when else (None, None)
    return {"when_first": first and first.isoformat(), "when_last": last and last.isoformat()}


def _statement_row(item: Occurrence[Staged]) -> Row:
    due = item.payload.due
    return {
        "occurred": item.occurred.edtf,
        "certainty": item.payload.certainty,
        "due": due and due.edtf,
        "said_by": item.said_by,
        **evidence(item),
    }


def _description_row(item: Occurrence[Described]) -> Row:
    told = item.payload
    return {
        "occurred": item.occurred.edtf,
        **figure("price", told.price),
        "price_basis": told.price_basis,
        "features": list(told.features),
        "specifications": [f"{each.name}: {each.value}" for each in told.specifications],
        "rivals": list(told.rivals),
        **evidence(item),
    }


def _headline(product: Product) -> Headline:
    told = (*product.reached[-1:], *product.ahead[:1])
    price = product.priced.payload.price if product.priced else None
    cells = (*map(_cell, told), *((short(price),) if price else ()))
    return Headline(product.name, cells, min((milestone.current.independent for milestone in told), default=0))


def _cell(milestone: Milestone) -> str:
    when = f" {milestone.when.label()}" if milestone.when else ""
    place = _place(milestone)
    if milestone.done:
        return f"{_DONE[milestone.stage]}{when}{place}"
    return f"{_PLANNED[milestone.stage]} planned{when}{place}{', slipped' if milestone.slipped else ''}"


def _promises(product: Product) -> Iterator[Promise]:
    for milestone in product.ahead:
        if milestone.when:
            what = f"{product.name} {_PLANNED[milestone.stage]}{_place(milestone)}"
            yield promise(what, milestone.when, milestone.current)


def _place(milestone: Milestone) -> str:
    return f" ({milestone.region})" if milestone.region else ""


_STATEMENT = (
    Column("occurred", kind="when"),
    Column("certainty"),
    Column("due", kind="when"),
    Column("said_by"),
    *EVIDENCE,
)
_MILESTONE = (
    Column("stage"),
    Column("region"),
    Column("when", kind="when"),
    Column("when_first", kind="when", shown=False),
    Column("when_last", kind="when", shown=False),
    Column("certainty"),
    Column("first_planned", "first planned", kind="when", unlike="when"),
    Column("slipped", kind="flag"),
    Column("statements", kind="rows", columns=_STATEMENT, view="product_statements", several=True),
    *EVIDENCE,
)
_SPECIFICATION = (Column("name"), Column("value"))
_DESCRIPTION = (
    Column("occurred", kind="when"),
    *figure_columns("price"),
    Column("price_basis"),
    Column("features"),
    Column("specifications"),
    Column("rivals"),
    *EVIDENCE,
)
_PRODUCT = (
    Column("product"),
    Column("milestones", kind="rows", columns=_MILESTONE, view="product_milestones"),
    *figure_columns("price"),
    Column("currency", shown=False),
    Column("price_basis"),
    Column("features"),
    Column("specifications", kind="rows", columns=_SPECIFICATION, view="product_specifications"),
    Column("rivals"),
    Column("descriptions", kind="rows", columns=_DESCRIPTION, shown=False, view="product_descriptions"),
    *EVIDENCE,
)

LAYOUT = Layout(
    topic="products",
    title="Products",
    rank=50,
    tables=(Table("products", "Products", _PRODUCT, view="products"),),
)
