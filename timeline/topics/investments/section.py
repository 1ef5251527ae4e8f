"""The section: plans with their yearly rates and statements, and what was spent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.dates import When
from timeline.section import Column, Headline, Layout, Promise, Row, Section, Table
from timeline.topic import EVIDENCE, change, change_columns, evidence, figure, figure_columns, promise
from timeline.topics.investments.plans import growth, yearly
from timeline.values import plain, short, short_number

if TYPE_CHECKING:
    from timeline.occurrence import Occurrence
    from timeline.topics.investments.payloads import Made, Planned
    from timeline.topics.investments.plans import Investments, Plan
    from timeline.values import Bounds, Quantity


def present(state: Investments) -> Section:
    """A row for each plan with its statements below it, and a row for each amount that was spent."""
    last = {plan.current.payload.subject: plan for plan in state.plans}
    return Section(
        topic="investments",
        tables={
            "plans": tuple(_plan_row(plan) for plan in state.plans),
            "made": tuple(_made_row(item) for item in state.made),
        },
        headlines=tuple(_headline(plan) for plan in last.values()),
        promises=tuple(_promise(plan) for plan in state.plans if plan.made is None),
    )


def _plan_row(plan: Plan) -> Row:
    before, made = plan.before and plan.before.payload, plan.made and plan.made.payload
    return {
        **_spending(plan.current.payload),
        "said_by": plan.current.said_by,
        "before_period": before and before.period.edtf,
        "before_printed": before and before.amount.printed,
        **change("change_percent", plan.change),
        "made_printed": made and made.amount.printed,
        "statements": [_statement(item) for item in plan.statements],
        **evidence(plan.current),
    }


def _made_row(item: Occurrence[Made]) -> Row:
    return {**_spending(item.payload), "disputed": ", ".join(item.disputed) or None, **evidence(item)}


def _spending(payload: Planned | Made) -> Row:
    rate = yearly(payload)
    return {
        "purpose": payload.purpose,
        "segment": payload.segment,
        "period": payload.period.edtf,
        "period_first": payload.period.first and payload.period.first.isoformat(),
        "period_last": payload.period.last and payload.period.last.isoformat(),
        **figure("amount", payload.amount),
        "currency": payload.amount.unit,
        "per_year": None if rate is None else plain(rate),
        "focus": "; ".join(payload.focus) or None,
    }


def _statement(item: Occurrence[Planned]) -> Row:
    return {
        "occurred": item.occurred.edtf,
        **figure("amount", item.payload.amount),
        "said_by": item.said_by,
        **evidence(item),
    }


def _headline(plan: Plan) -> Headline:
    payload = plan.current.payload
    rate = yearly(payload)
    cells = [f"{short(payload.amount)} {payload.period.label()}"]
    if rate is not None:
        cells.append(f"{short_number(rate)} a year")
    if plan.before and (step := _step(payload, plan.before.payload)):
        cells.append(f"{step} on {plan.before.payload.period.label()}")
    return Headline(_label(payload), tuple(cells), plan.current.independent)


def _step(plan: Planned, before: Made) -> str:
    """The growth in two digits: the head of a page has no room for its bounds, which the table gives."""
    percent, _ = growth(plan, before, _point(plan.amount), _point(before.amount))
    if percent is None:
        return ""
    exactly = plan.amount.width == before.amount.width == 0
    return f"{'' if exactly else '~'}{'+' if percent > 0 else ''}{short_number(percent, 2)} %"


def _point(amount: Quantity) -> Bounds:
    return amount.anchor, amount.anchor


def _label(payload: Planned) -> str:
    return " ".join(part for part in (payload.segment, payload.purpose) if part)


def _promise(plan: Plan) -> Promise:
    payload = plan.current.payload
    due = When.parse(f"../{payload.period.last}") if payload.period.last else payload.period
    return promise(f"{_label(payload)}: {short(payload.amount)} invested", due, plan.current)


_SPENDING = (
    Column("purpose"),
    Column("segment"),
    Column("period", kind="when"),
    Column("period_first", kind="when", shown=False),
    Column("period_last", kind="when", shown=False),
    *figure_columns("amount"),
    Column("currency", shown=False),
    Column("per_year", "a year", kind="number"),
)
_FOCUS = Column("focus")
_STATEMENT = (
    Column("occurred", "said", kind="when"),
    *figure_columns("amount"),
    Column("said_by", "said by"),
    *EVIDENCE,
)
_PLAN = (
    *_SPENDING,
    *change_columns("change_percent", "on the period before"),
    Column("said_by", "said by"),
    Column("before_period", "period before", kind="when"),
    Column("before_printed", "spent before", kind="figure"),
    Column("made_printed", "spent", kind="figure"),
    _FOCUS,
    Column("statements", kind="rows", columns=_STATEMENT, shown=False, view="investment_statements"),
    *EVIDENCE,
)

LAYOUT = Layout(
    topic="investments",
    title="Investments",
    rank=40,
    tables=(
        Table("plans", "Planned", _PLAN, view="investment_plans"),
        Table("made", "Made", (*_SPENDING, _FOCUS, Column("disputed"), *EVIDENCE), view="investments_made"),
    ),
)
