"""Statements: what companies and sources say that is no figure and no date of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, get_args

from timeline.dates import When
from timeline.event import Identity, Payload
from timeline.naming import folded
from timeline.section import Column, Layout, Row, Section, Table
from timeline.topic import EVIDENCE, Topic, evidence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.occurrence import Occurrence, Stream

Category = Literal["strategy", "guidance", "outlook", "competition", "market commentary", "to watch", "other"]
CATEGORIES: tuple[Category, ...] = get_args(Category)
"""In the order in which they are shown."""


class Made(Payload, frozen=True, kw_only=True):
    """Somebody stated something of the company on the day it occurred.

    Attributes:
        category: what it is about; "to watch" is what the source tells its readers to look out for.
        text: in our own words.
        due: the days that it is about; None when not stated.
    """

    KIND: ClassVar[str] = "statement.made"

    category: Category
    text: str
    due: When | None = None

    def identity(self, occurred: When) -> Identity:
        """Category, words and day."""
        return Identity((self.category, folded(self.text)), occurred)


def project(stream: Stream) -> tuple[Occurrence[Made], ...]:
    """The statements in the order of the categories, then of their day."""
    return tuple(sorted(stream.every(Made), key=lambda item: CATEGORIES.index(item.payload.category)))


def present(state: Iterable[Occurrence[Made]]) -> Section:
    """A row for each statement. What is to be watched is nobody's promise."""
    return Section(topic="statements", tables={"statements": tuple(_row(item) for item in state)})


def _row(item: Occurrence[Made]) -> Row:
    due = item.payload.due
    return {
        "category": item.payload.category,
        "occurred": item.occurred.edtf,
        "text": item.payload.text,
        "due": due and due.edtf,
        "said_by": item.said_by,
        **evidence(item),
    }


_STATEMENT = (
    Column("category", grouped=True),
    Column("occurred", kind="when"),
    Column("text"),
    Column("due", "about", kind="when"),
    Column("said_by"),
    *EVIDENCE,
)

TOPIC = Topic(
    layout=Layout(
        topic="statements",
        title="Statements",
        rank=150,
        tables=(Table("statements", "Statements", _STATEMENT, view="statements"),),
    ),
    payloads=(Made,),
    project=project,
    present=present,
)
