"""Affairs as they are shown: incidents, what authorities do, and deals step by step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from msgspec import Struct

from timeline.naming import folded
from timeline.occurrence import Occurrence
from timeline.section import Column, Headline, Layout, Promise, Row, Section, Table
from timeline.topic import EVIDENCE, evidence, figure, figure_columns, promise
from timeline.topics.affairs.payloads import Acted, Deal, Incident
from timeline.values import short

if TYPE_CHECKING:
    from timeline.occurrence import Stream
    from timeline.topic import Grounds


class Affairs(Struct, frozen=True, kw_only=True):
    """What the company is involved in, each in order of the day.

    Attributes:
        incidents: what went wrong.
        actions: what authorities did.
        deals: by counterparty and type, what became known of the deal.
    """

    incidents: tuple[Occurrence[Incident], ...]
    actions: tuple[Occurrence[Acted], ...]
    deals: tuple[tuple[Occurrence[Deal], ...], ...]


def project(stream: Stream) -> Affairs:
    """Incidents, actions, and the deals by counterparty and type."""
    deals: dict[tuple[str, str], list[Occurrence[Deal]]] = defaultdict(list)
    for item in stream.every(Deal):
        deals[folded(item.payload.counterparty), item.payload.type].append(item)
    return Affairs(
        incidents=stream.every(Incident),
        actions=stream.every(Acted),
        deals=tuple(tuple(steps) for _, steps in sorted(deals.items())),
    )


def present(state: Affairs) -> Section:
    """A table for each kind, and a promise for each deal that is to be completed."""
    return Section(
        topic="affairs",
        tables={
            "incidents": tuple(_incident_row(item) for item in state.incidents),
            "actions": tuple(_action_row(item) for item in state.actions),
            "deals": tuple(_deal_row(steps) for steps in state.deals),
        },
        headlines=tuple(_headline(steps) for steps in state.deals if not _ended(steps)),
        promises=tuple(made for steps in state.deals if (made := _promise(steps))),
    )


Steps: TypeAlias = Sequence[Occurrence[Deal]]
"""What became known of one deal, in order of the day; at least one."""


def grounds(state: Affairs) -> Grounds:
    """Of each deal the step that last stated its stage, its value and its due date."""
    stated = {"stage": "stage", "value": "value", "currency": "value", "due": "due"}
    return {
        f"deals[{number}].{column}": (step,)
        for number, steps in enumerate(state.deals)
        for column, field in stated.items()
        if (step := _stating(steps, field))
    }


def _last(steps: Steps, field: str) -> Any:  # noqa: ANN401 - the type is the field's
    """The latest that is stated of a deal."""
    step = _stating(steps, field)
    return step and getattr(step.payload, field)


def _stating(steps: Steps, field: str) -> Occurrence[Deal] | None:
    """The last step that states it."""
    return next((item for item in reversed(steps) if getattr(item.payload, field) is not None), None)


def _ended(steps: Steps) -> bool:
    return any(item.payload.stage in ("completed", "terminated") for item in steps)


def _headline(steps: Steps) -> Headline:
    deal, value, due = steps[-1].payload, _last(steps, "value"), _last(steps, "due")
    cells = (
        f"{deal.type} with {deal.counterparty}",
        short(value) if value else "",
        _last(steps, "stage") or "",
        f"due {due.label()}" if due else "",
    )
    return Headline("Deal", tuple(cell for cell in cells if cell), steps[-1].independent)


def _promise(steps: Steps) -> Promise | None:
    """The completion of a deal, by the latest step that says when; nothing once it is completed or off."""
    dated = next((item for item in reversed(steps) if item.payload.due), None)
    if dated is None or dated.payload.due is None or _ended(steps):
        return None
    return promise(f"{dated.payload.type} with {dated.payload.counterparty}", dated.payload.due, dated)


def _incident_row(item: Occurrence[Incident]) -> Row:
    incident = item.payload
    return {
        "occurred": item.occurred.edtf,
        "what": incident.what,
        "product": incident.product,
        **figure("units", incident.units),
        "effect": incident.effect,
        **evidence(item),
    }


def _action_row(item: Occurrence[Acted]) -> Row:
    act = item.payload
    return {
        "occurred": item.occurred.edtf,
        "authority": act.authority,
        "action": act.action,
        "subject": act.subject,
        **evidence(item),
    }


def _deal_row(steps: Steps) -> Row:
    value, due = _last(steps, "value"), _last(steps, "due")
    return {
        "counterparty": steps[-1].payload.counterparty,
        "type": steps[-1].payload.type,
        "stage": _last(steps, "stage"),
        **figure("value", value),
        "currency": value and value.unit,
        "due": due and due.edtf,
        "steps": [_step_row(item) for item in steps],
        **evidence(steps[-1]),
    }


def _step_row(item: Occurrence[Deal]) -> Row:
    deal = item.payload
    return {
        "occurred": item.occurred.edtf,
        "stage": deal.stage,
        **figure("value", deal.value),
        "due": deal.due and deal.due.edtf,
        **evidence(item),
    }


_INCIDENT = (
    Column("occurred", kind="when"),
    Column("what"),
    Column("product"),
    *figure_columns("units"),
    Column("effect"),
    *EVIDENCE,
)
_ACTION = (Column("occurred", kind="when"), Column("authority"), Column("action"), Column("subject"), *EVIDENCE)
_STEP = (
    Column("occurred", kind="when"),
    Column("stage"),
    *figure_columns("value"),
    Column("due", kind="when"),
    *EVIDENCE,
)
_DEAL = (
    Column("counterparty"),
    Column("type"),
    Column("stage"),
    *figure_columns("value"),
    Column("currency", shown=False),
    Column("due", kind="when"),
    Column("steps", kind="rows", columns=_STEP, view="deal_steps"),
    *EVIDENCE,
)

LAYOUT: Final = Layout(
    topic="affairs",
    title="Affairs",
    rank=110,
    tables=(
        Table("incidents", "Incidents", _INCIDENT, view="incidents"),
        Table("actions", "Authorities", _ACTION, view="regulator_actions"),
        Table("deals", "Deals", _DEAL, view="deals"),
    ),
)
