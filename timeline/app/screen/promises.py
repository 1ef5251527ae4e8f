"""The screen of promises whose window is over."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from timeline.section import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.app.screen.question import Question
    from timeline.page import Basis
    from timeline.section import Row, Section

OVERDUE: Final = Table(
    "overdue",
    "Overdue",
    (
        Column("due", kind="when"),
        Column("last", kind="when", shown=False),
        Column("days", "days late", kind="number"),
        Column("company"),
        Column("what"),
        Column("topic"),
        Column("event", kind="id"),
    ),
)


def overdue(company: str, section: Section, question: Question, asked: Basis) -> Iterator[Row]:
    """The promises of a section that are past their window on the day asked about, with the days since."""
    del question
    today = date.fromisoformat(asked.today)
    for promise in section.promises:
        if promise.last and promise.state(asked.today) == "overdue":
            yield {
                "due": promise.due,
                "last": promise.last,
                "days": str((today - date.fromisoformat(promise.last)).days),
                "company": company,
                "what": promise.what,
                "topic": section.topic,
                "event": promise.event,
            }


def oldest(row: Row) -> tuple[str, ...]:
    """Longest overdue first."""
    return (row["last"], row["company"], row["topic"], row["what"], row["event"])
