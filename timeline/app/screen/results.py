"""The screen of results that were a first or a record, such as a first profit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timeline.app.screen.order import may_be_since
from timeline.metrics import canonical
from timeline.section import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.app.screen.question import Question
    from timeline.page import Basis
    from timeline.section import Row, Section

FIRSTS: Final = Table(
    "firsts",
    "Firsts and records",
    (
        Column("company"),
        Column("first", "first or record"),
        Column("metric"),
        Column("segment"),
        Column("basis"),
        Column("period", kind="when"),
        Column("period_last", kind="when", shown=False),
        Column("value_printed", "value", kind="figure"),
        Column("value", kind="number", shown=False),
        Column("unit", shown=False),
        Column("disputed"),
        Column("event", kind="id"),
        Column("sources", kind="ids", shown=False),
    ),
)


def firsts(company: str, section: Section, question: Question, asked: Basis) -> Iterator[Row]:
    """The results that are told to be a first or a record, of periods that may have ended since the day."""
    del asked
    wanted = canonical(question.metric).casefold() if question.metric else None
    for row in section.tables.get("results", ()):
        told = row["first"] and row["counts"] and wanted in {None, row["metric"].casefold()}
        if told and may_be_since(row["period_last"], question.since):
            yield {column.name: {**row, "company": company}[column.name] for column in FIRSTS.columns}


def newest(row: Row) -> tuple[object, ...]:
    """Latest period first, those of unknown end before all."""
    return (tuple(-ord(sign) for sign in row["period_last"] or ":"), row["company"], row["metric"], row["event"])
