"""Screens of targets: revisions, new guidance, and outcomes against the last target."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from timeline.app.screen.order import may_be_since
from timeline.metrics import canonical
from timeline.section import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.app.screen.question import Question
    from timeline.page import Basis
    from timeline.section import Row, Section

_SUBJECT = ("metric", "segment", "basis", "period")
_ABOUT = (
    Column("company"),
    Column("metric"),
    Column("segment"),
    Column("basis"),
    Column("period", kind="when"),
)
_FIGURE = (
    Column("printed", "target", kind="figure"),
    Column("low", kind="number", shown=False),
    Column("high", kind="number", shown=False),
    Column("unit", shown=False),
)
_CHANGE = (
    Column("change_percent_printed", "on the last", kind="figure"),
    Column("change_percent", kind="number", shown=False),
    Column("change_percent_low", kind="number", shown=False),
    Column("change_percent_high", kind="number", shown=False),
)
_EVIDENCE = (Column("event", kind="id"), Column("sources", kind="ids", shown=False))
_SAID = (Column("day", "said", kind="when"), Column("occurred", kind="when", shown=False))
_TOLD = (Column("said_by", "by", shown=False), Column("published", kind="when"), *_EVIDENCE)

REVISED: Final = Table(
    "targets",
    "Revisions of targets",
    (*_SAID, *_ABOUT, Column("action"), Column("previous", kind="figure"), *_FIGURE, *_CHANGE, *_TOLD),
)
GUIDANCE: Final = Table("guidance", "New guidance", (*_SAID, *_ABOUT, *_FIGURE, *_TOLD))
OUTCOMES: Final = Table(
    "misses",
    "Outcomes against the last target",
    (
        *_ABOUT,
        Column("status"),
        Column("target", "last target", kind="figure"),
        Column("first_target", "first target", kind="figure", shown=False),
        Column("outcome", kind="figure"),
        Column("unit", shown=False),
        *_CHANGE,
        Column("change_on_first_percent_printed", "on the first", kind="figure"),
        Column("change_on_first_percent", kind="number", shown=False),
        Column("revisions", kind="number"),
        Column("published", kind="when"),
        *_EVIDENCE,
    ),
)
_ACTIONS = ("raised", "cut")


def revised(company: str, section: Section, question: Question, asked: Basis) -> Iterator[Row]:
    """Each revision of the actions that are asked for, of all where none is, with the figure before it."""
    del asked
    actions = {name for name in _ACTIONS if getattr(question, name)}
    for target in _targets(section, question):
        previous = None
        for revision in target["revisions"]:
            if (not actions or revision["action"] in actions) and may_be_since(revision["day"], question.since):
                yield {**_row(REVISED, company, target, revision), "previous": previous}
            previous = revision["printed"] or previous


def guidance(company: str, section: Section, question: Question, asked: Basis) -> Iterator[Row]:
    """The first statement of each target."""
    del asked
    for target in _targets(section, question):
        for revision in target["revisions"][:1]:
            if may_be_since(revision["day"], question.since):
                yield _row(GUIDANCE, company, target, revision)


def outcomes(company: str, section: Section, question: Question, asked: Basis) -> Iterator[Row]:
    """The outcomes that missed the last target, or that beat it: above the figure, or above where it was a floor."""
    del asked
    for target in _targets(section, question):
        outcome = target["outcome"]
        if outcome is None or not _wanted(target, question):
            continue
        if may_be_since((outcome["published"] or "")[:10] or None, question.since):
            stated = [revision["printed"] for revision in target["revisions"] if revision["printed"]]
            yield {
                **_row(OUTCOMES, company, target, outcome),
                "status": target["status"],
                "target": stated[-1] if stated else None,
                "first_target": stated[0] if stated else None,
                "outcome": target["outcome_printed"],
                "revisions": str(len(target["revisions"])),
            }


def _wanted(target: Row, question: Question) -> bool:
    if not question.beats:
        return bool(target["status"] == "missed")
    return target["status"] == "beat" or (target["status"] == "met" and _passed(target))


def _passed(target: Row) -> bool:
    """Whether an outcome that met a floor is more than it, in the shares in which both are told."""
    last = next(row for row in reversed(target["revisions"]) if row["printed"])
    floors = [row.get("value_adjusted") or row["low"] for row in (target["outcome"], last)]
    return None not in floors and Decimal(floors[0]) > Decimal(floors[1])


def _targets(section: Section, question: Question) -> Iterable[Row]:
    """Those of the metric that is asked for."""
    wanted = canonical(question.metric).casefold() if question.metric else None
    return (row for row in section.tables.get("targets", ()) if wanted in {None, row["metric"].casefold()})


def _row(table: Table, company: str, target: Row, statement: Row) -> Row:
    """Values of a table's columns, from a target and a statement about it."""
    about = {"company": company, "unit": target["unit"], **{name: target[name] for name in _SUBJECT}}
    return {column.name: about.get(column.name, statement.get(column.name)) for column in table.columns}


def newest(row: Row) -> tuple[object, ...]:
    """Latest day first, those of unknown day before all."""
    return (tuple(-ord(sign) for sign in row["day"] or ":"), row["company"], row["metric"], row["period"], row["event"])
