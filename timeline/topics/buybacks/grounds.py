"""Grounds: the reports behind the totals of buybacks, which stand in no single row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.topics.buybacks.section import by_currency, by_month

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    from timeline.dates import When
    from timeline.occurrence import Occurrence
    from timeline.topic import Grounds, Occurrences
    from timeline.topics.buybacks.payloads import Executed, Totalled
    from timeline.topics.buybacks.programmes import Buybacks, Programme

    _Report: TypeAlias = Occurrence[Executed] | Occurrence[Totalled]


def grounds(state: Buybacks) -> Grounds:
    """The fields of the current programme, the figures of each, and the sums over purchases."""
    found: dict[str, Occurrences] = {}
    for number, programme in enumerate(state.programmes):
        found |= _programme(f"programmes[{number}]", programme, _mandate(programme, state.programmes))
    if state.programmes:
        current = f"programmes[{len(state.programmes) - 1}]"
        found |= {field: found[f"{current}.{column}"] for field, column in _FIELDS.items()}
    found |= {f"months[{number}]": tuple(bought) for number, bought in enumerate(by_month(state.executions).values())}
    found |= {f"spend[{number}]": tuple(bought) for number, bought in enumerate(by_currency(state.executions).values())}
    return found


_FIELDS = {
    "cumulative_shares": "shares",
    "cumulative_low": "shares_low",
    "cumulative_high": "shares_high",
    "cumulative_as_of": "as_of",
    "percent_of_capital": "percent",
    "itemised_shares": "itemised",
    "unitemised_shares": "unitemised",
    "programme": "mandate",
    "programme_inferred": "inferred",
}
"""Fields, and the columns of the current programme that they repeat."""


def _programme(place: str, programme: Programme, mandate: Occurrences) -> dict[str, Occurrences]:
    """Each figure of a programme, and its totals, which count or not by the day of its mandate."""
    figures = {f"{place}.{name}": items for name, items in _figures(programme, mandate).items()}
    totals = {
        f"{place}.totals[{number}]": _placed(programme, mandate, item) for number, item in enumerate(programme.totals)
    }
    every = (*mandate, *programme.approvals, *programme.totals, *programme.executions)
    return {place: every, **figures, **totals}


def _figures(programme: Programme, mandate: Occurrences) -> dict[str, Occurrences]:
    """What each figure of a programme rests on, by column."""
    checkpoint = (programme.checkpoint,) if programme.checkpoint else ()
    itemised = _placed(programme, mandate, *checkpoint, *programme.included)
    approval = programme.approvals[-1:]
    return {
        "mandate": mandate,
        "inferred": (*mandate, *(checkpoint or programme.executions)),
        "as_of": _placed(programme, mandate, *_latest(programme)),
        "shares": _placed(programme, mandate, *checkpoint, *programme.later),
        "shares_low": _placed(programme, mandate, *checkpoint, *programme.later),
        "shares_high": _placed(programme, mandate, *checkpoint, *programme.possibly_later),
        "percent": _placed(programme, mandate, *checkpoint),
        "itemised": itemised,
        "unitemised": itemised,
        "form": approval,
        "cap": approval,
    }


def _latest(programme: Programme) -> Occurrences:
    """What happened on the last day that is known."""
    happened: tuple[_Report, ...] = (*programme.checkpoints, *programme.executions)
    return tuple(item for item in happened if item.day == programme.as_of)


def _placed(programme: Programme, mandate: Occurrences, *items: _Report) -> Occurrences:
    """The reports, and where one of them leaves its programme to be inferred, what tells the mandate.

    That nothing is bought yet is told by whatever tells of the programme.
    """
    if not items:
        return mandate or programme.approvals or programme.totals
    named = all(_names(item.payload.programme, programme.mandate) for item in items)
    return items if named else (*mandate, *items)


def _mandate(programme: Programme, programmes: Sequence[Programme]) -> Occurrences:
    """What tells the mandate's date; that a vague one is none of the days that it could be is told by these."""
    date = programme.mandate
    if date is None:
        return ()
    others = (other for other in programmes if other.mandate and other.mandate.overlaps(date))
    same = (programme,) if date.is_day else tuple(others)
    return tuple(item for one in same for item in _telling(one))


def _telling(programme: Programme) -> Occurrences:
    """What tells the date of its mandate: the approval, else the first report that names it."""
    approved = tuple(item for item in programme.approvals if _names(item.occurred, programme.mandate))
    reports: tuple[_Report, ...] = (*programme.totals, *programme.executions)
    return approved or tuple(item for item in reports if _names(item.payload.programme, programme.mandate))[:1]


def _names(named: When | None, mandate: When | None) -> bool:
    return named is not None and mandate is not None and named.same_days(mandate)
