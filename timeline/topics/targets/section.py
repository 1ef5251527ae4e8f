"""The section: targets with their revisions, outcomes and what the sources get wrong about them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from timeline.dates import When
from timeline.occurrence import in_one_basis
from timeline.section import Column, Headline, Layout, Promise, Row, Section, Series, Table
from timeline.topic import EVIDENCE, adjusted, adjusted_column, brief, change, change_columns, evidence, promise
from timeline.values import Bounds, change_percent, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.occurrence import Occurrence
    from timeline.topics.results import Reported
    from timeline.topics.targets.payloads import Set
    from timeline.topics.targets.revisions import Target
    from timeline.values import Quantity


def present(state: Sequence[Target]) -> Section:
    """A row for each target with its revisions below it."""
    return Section(
        topic="targets",
        tables={"targets": tuple(_row(target) for target in state)},
        headlines=tuple(line for _, group in groupby(state, _subject) for line in _headlines(list(group))),
        series=tuple(series for target in state if (series := _series(target))),
        promises=tuple(
            _promise(target)
            for target in state
            if target.status == "open" and target.result is None and target.revisions
        ),
    )


def _subject(target: Target) -> tuple[str, str, str]:
    return (target.metric, target.segment, target.basis)


def _row(target: Target) -> Row:
    return {
        "metric": target.metric,
        "segment": target.segment or None,
        "basis": target.basis or None,
        "period": target.period.edtf,
        "period_first": target.period.first and target.period.first.isoformat(),
        "period_last": target.period.last and target.period.last.isoformat(),
        "unit": next((value.unit for value in (target.last, target.result) if value), "") or None,
        "status": target.status,
        "revisions": list(_revisions(target)),
        "outcome": _outcome(target, target.outcome) if target.outcome else None,
        "outcome_printed": target.result and target.result.printed,
        **change("outcome_on_last_percent", _growth(target.result, target.last)),
        **change("outcome_on_first_percent", _growth(target.result, target.first)),
        "mentions": [_mention(item) for item in target.mentions],
    }


def _revisions(target: Target) -> Iterator[Row]:
    before: Quantity | None = None
    for item in target.revisions:
        yield {
            **_statement(item),
            **change("change_percent", _growth(item.adjusted.value, before)),
            **_on_first(item, target),
            **evidence(item),
        }
        before = item.adjusted.value or before


def _statement(item: Occurrence[Set]) -> Row:
    value = item.payload.value
    return {
        "occurred": item.occurred.edtf,
        "day": item.day and item.day.isoformat(),
        "action": item.payload.action,
        "printed": value and value.printed,
        **_ends(value),
        **adjusted("value", item.adjusted.value),
        "said_by": item.said_by,
        "condition": item.payload.condition,
        "published": _published(item),
    }


def _published(item: Occurrence[Any]) -> str | None:
    """When the first of the reports was published."""
    dates = [report.published for report in item.reports if report.published]
    return min(dates, key=lambda date: date.sort_key).text if dates else None


def _on_first(item: Occurrence[Set], target: Target) -> Row:
    first = item is target.revisions[0]
    return change("change_on_first_percent", _growth(None if first else item.adjusted.value, target.first))


def _mention(item: Occurrence[Set]) -> Row:
    return {**_statement(item), **evidence(item)}


def _outcome(target: Target, item: Occurrence[Reported]) -> Row:
    """The result under the names of a revision's columns, so that a page sets it below them."""
    value = target.result
    return {
        "action": "outcome",
        "printed": value and value.printed,
        **_ends(item.payload.value),
        **adjusted("value", value),
        **change("change_percent", _growth(value, target.last)),
        **change("change_on_first_percent", _growth(value, target.first)),
        "said_by": item.said_by,
        "published": _published(item),
        **evidence(item),
    }


def _ends(value: Quantity | None) -> Row:
    low, high = value.bounds if value else (None, None)
    return {"low": None if low is None else plain(low), "high": None if high is None else plain(high)}


def _growth(new: Quantity | None, old: Quantity | None) -> Bounds:
    """The change from one figure to another, in one share basis; without bounds where either is not known."""
    return (None, None) if new is None or old is None else change_percent(*in_one_basis(new, old))


def _headlines(targets: Sequence[Target]) -> Iterator[Headline]:
    """Two lines a subject: the last period with an outcome and the next one without, then what lies behind each."""
    done = next((target for target in reversed(targets) if target.result), None)
    later = targets[targets.index(done) + 1 :] if done else targets
    ahead = next((target for target in later if target.result is None and target.last), None)
    label = " ".join(part for part in (targets[0].segment, targets[0].metric) if part)
    state = [_done_cell(done)] if done else []
    behind = [_behind(done)] if done else []
    if ahead and ahead.last:
        state.append(f"{ahead.period.label()} target {brief(ahead.last)}  {ahead.status}")
        step = change("step", _growth(ahead.last, done.result))["step_printed"] if done else None
        behind.append(f"{step} on {done.period.label()}" if done and step else _behind(ahead))
    if state:
        yield Headline(label, tuple(state))
        yield Headline("", tuple(behind))


def _done_cell(target: Target) -> str:
    assert target.result is not None  # noqa: S101 - chosen for its outcome
    last = f"  {target.status.replace('_', ' ')} {brief(target.last)}" if target.last else ""
    return f"{target.period.label()}  {brief(target.result)}{last}"


def _behind(target: Target) -> str:
    times = {0: "", 1: ", raised once", 2: ", raised twice"}.get(target.raises, f", raised {target.raises} times")
    return f"first target {brief(target.first)}{times}" if target.first else "no figure stated"


def _series(target: Target) -> Series | None:
    """The target as it was revised, and the outcome where it came later; nothing to draw before there are two."""
    stated = [(item.day, item.adjusted.value) for item in target.revisions]
    if target.outcome:
        stated.append((target.outcome.day, target.result))
    points: dict[str, str] = {}
    for day, value in stated:
        if day and value and day.isoformat() > max(points, default=""):
            points[day.isoformat()] = plain(value.anchor)
    label = " ".join(part for part in (target.segment, target.metric) if part)
    title = f"{label}: target for {target.period.label()}{', then the outcome' if target.result else ''}"
    return Series(title, tuple(points.items())) if len(points) > 1 else None


def _promise(target: Target) -> Promise:
    last = target.revisions[-1]
    due = When.parse(f"../{target.period.last}") if target.period.last else target.period
    value = f" {brief(target.last)}" if target.last else ""
    return promise(f"{target.metric}{value}", due, last)


_REVISION = (
    Column("occurred", "said", kind="when"),
    Column("day", kind="when", shown=False),
    Column("action"),
    Column("printed", "target", kind="figure"),
    Column("low", kind="number", shown=False),
    Column("high", kind="number", shown=False),
    adjusted_column("value"),
    *change_columns("change_percent", "on the last"),
    *change_columns("change_on_first_percent", "on the first"),
    Column("said_by", "said by"),
    Column("condition"),
    Column("published", kind="when"),
    *EVIDENCE,
)


def _without(columns: Iterable[Column], *names: str) -> tuple[Column, ...]:
    return tuple(column for column in columns if column.name not in names)


_OUTCOME = _without(_REVISION, "occurred", "day", "condition")
_MENTION = tuple(column for column in _REVISION if not column.name.startswith("change_"))


def _hidden(columns: Iterable[Column]) -> tuple[Column, ...]:
    return tuple(replace(column, shown=False) for column in columns)


_TARGET = (
    Column("metric"),
    Column("segment"),
    Column("basis"),
    Column("period", kind="when"),
    Column("period_first", kind="when", shown=False),
    Column("period_last", kind="when", shown=False),
    Column("unit", shown=False),
    Column("status"),
    Column("outcome_printed", "outcome", kind="figure", shown=False),
    *_hidden(change_columns("outcome_on_last_percent", "on the last target")),
    *_hidden(change_columns("outcome_on_first_percent", "on the first target")),
    Column("revisions", kind="rows", columns=_REVISION, view="target_revisions"),
    Column("outcome", kind="rows", columns=_OUTCOME, view="target_outcomes", joins="revisions"),
    Column("mentions", kind="rows", columns=_MENTION),
)

LAYOUT = Layout(
    topic="targets", title="Targets", rank=10, tables=(Table("targets", "Targets", _TARGET, view="targets"),)
)
