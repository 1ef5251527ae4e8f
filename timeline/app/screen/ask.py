"""Asking a screen: choices in, rows of all companies out."""

from __future__ import annotations

from heapq import nsmallest
from typing import TYPE_CHECKING

from timeline.app.clocks import basis, day_of
from timeline.app.names import nearest
from timeline.app.screen import reading
from timeline.app.screen.order import sorted_by
from timeline.app.screen.question import TAKES
from timeline.app.screen.screens import SCREENS
from timeline.app.show import stopped
from timeline.errors import InvalidInput, NotFound, Problem
from timeline.page import Listing
from timeline.store.log import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from sqlite3 import Connection

    from timeline.app.progress import Progress
    from timeline.app.screen.question import Question
    from timeline.app.screen.screens import Screen
    from timeline.page import Basis
    from timeline.section import Finding, Row, Section


def screen(
    connection: Connection,
    name: str,
    question: Question,
    as_of: str | None,
    as_recorded: str | None,
    progress: Progress | None = None,
) -> Listing:
    """The rows of all companies that answer a question, in the screen's order or the one that is asked for.

    A company that cannot be told of, or that is left out, is a finding.

    Raises:
        NotFound: no such screen, or no such column to sort by.
        InvalidInput: a choice that the screen does not go by, or a text that is no moment.
        Unverified: a read model is not what it was when it was written.
    """
    asked = basis(Reader(connection).head(), as_of, as_recorded, question.today)
    chosen, question = _chosen(name, question)
    findings: list[Finding] = []
    told = _told(connection, asked, chosen, findings, progress)
    rows = (row for company, section in told for row in chosen.rows(company, section, question, asked))
    return Listing(
        schema="timeline.screen/1",
        table=chosen.table,
        rows=tuple(_ordered(chosen, question, rows)),
        basis=asked,
        findings=tuple(findings),
        empty=chosen.empty,
    )


def _chosen(name: str, question: Question) -> tuple[Screen, Question]:
    """The screen, and the question with its day as ISO has it."""
    from msgspec.structs import replace

    if name not in SCREENS:
        raise NotFound("screen", name, nearest(name, list(SCREENS)), f"there are: {', '.join(SCREENS)}")
    if strangers := [each for each in question.made if each not in TAKES[name]]:
        what = f"the screen {name} does not go by {', '.join(strangers)}"
        raise InvalidInput([Problem("screen-choice", what, f"it goes by: {', '.join(TAKES[name])}")])
    columns = [column.name for column in SCREENS[name].table.columns]
    if question.sort and question.sort.removeprefix("-") not in columns:
        raise NotFound("column", question.sort.removeprefix("-"), (), f"there are: {', '.join(columns)}")
    currency = question.currency and question.currency.upper()
    return SCREENS[name], replace(
        question, since=question.since and day_of("--since", question.since), currency=currency
    )


def _told(
    connection: Connection, asked: Basis, chosen: Screen, findings: list[Finding], progress: Progress | None
) -> Iterator[tuple[str, Section]]:
    """The sections to answer from; what is found on the way is added to the findings."""
    place = reading.Reading(connection, asked, chosen.topic, findings)
    if asked.as_of is not None or asked.as_recorded is not None:
        told = reading.on_clocks(place, progress)
    else:
        stale = reading.stale_companies(connection, chosen.topic)
        findings.extend(reading.left_out(stale))
        told = reading.stored(place, chosen.reads, stale) if chosen.topic else reading.promised(place, stale)
    for company, section in told:
        if section.problem:
            findings.append(stopped(section, company))
        yield company, section


def _ordered(chosen: Screen, question: Question, rows: Iterable[Row]) -> list[Row]:
    order = chosen.order(question)
    if question.sort is None and question.limit is not None:
        return nsmallest(question.limit, rows, key=order)
    found = sorted(rows, key=order)
    if question.sort is not None:
        name = question.sort.removeprefix("-")
        column = next(column for column in chosen.table.columns if column.name == name)
        found = sorted_by(column, found, largest_first=question.sort != name)
    return found[: question.limit]
