"""Sections of all companies: from the read models where they are current, else folded from the log.

What a few companies lack is folded while the answer is made. Where it is more, they are left out and named, as an
answer in a moment is what a screen is for; a rebuild brings them in.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from timeline.app.fingerprint import fingerprint
from timeline.app.names import companies_asked
from timeline.app.show import error_told, sections
from timeline.errors import Unfoldable
from timeline.section import Finding, Row, Section
from timeline.store import items, models
from timeline.store.layouts import read_layouts
from timeline.store.parts import FIELDS, PROBLEM, TABLE, by_part

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from sqlite3 import Connection

    from timeline.app.progress import Progress
    from timeline.page import Basis
    from timeline.store.parts import Items

    Told = tuple[str, Section]

MOST_FOLDED: Final = 20
"""Companies that are folded for an answer from the read models."""
_NAMED: Final = 100
_ROW: Final = msgspec.json.Decoder(Row)
_TEXT: Final = msgspec.json.Decoder(str)


class Reading(NamedTuple):
    """What is read for an answer.

    Attributes:
        connection: to the database.
        asked: what the answer is true of.
        topic: whose sections are read; empty for those of all.
        findings: what is found on the way is added here.
    """

    connection: Connection
    asked: Basis
    topic: str
    findings: list[Finding]


def on_clocks(reading: Reading, progress: Progress | None) -> Iterator[Told]:
    """Every company folded from the log, as nothing is stored of what was known then."""
    yield from _folded(reading, companies_asked(reading.connection, reading.asked), progress)


def stored(reading: Reading, tables: Collection[str], stale: Collection[str]) -> Iterator[Told]:
    """What is stored of the topic, only these tables of it; what is stale is folded, or left out where it is too much.

    Raises:
        Unverified: a read model is not what it was when it was written.
    """
    for company, model in items.models_of_topic(reading.connection, reading.topic):
        if company not in stale:
            yield company, _section(reading.topic, model.items, tables)
    if len(stale) <= MOST_FOLDED:
        yield from _folded(reading, sorted(stale))


def _section(topic: str, held: Items, tables: Collection[str]) -> Section:
    """As `parts.section_of`, without what the screen does not read."""
    parts = by_part(held)
    if PROBLEM in parts:
        return Section(topic=topic, problem=_TEXT.decode(parts[PROBLEM][0]))
    return Section(
        topic=topic,
        fields=next(_rows(parts, FIELDS), {}),
        tables={name: tuple(_rows(parts, f"{TABLE}{name}")) for name in tables},
    )


def _rows(parts: Mapping[str, Sequence[bytes]], part: str) -> Iterator[Row]:
    return (_ROW.decode(data) for data in parts.get(part, ()))


def promised(reading: Reading, stale: Collection[str]) -> Iterator[Told]:
    """What is stored of the promises of all topics, and the stops of those that are stopped; else as `stored`.

    Raises:
        Unverified: a read model with a promise that is overdue is not what it was when it was written.
    """
    for company, topic, problem in items.stops(reading.connection):
        if company not in stale:
            yield company, Section(topic=topic, problem=problem)
    for (company, topic), group in groupby(models.promises(reading.connection), key=itemgetter(0, 1)):
        promises = tuple(promise for _, _, promise in group if promise.state(reading.asked.today) == "overdue")
        if promises and company not in stale:
            models.read(reading.connection, company, topic)  # raises where it was changed
            yield company, Section(topic=topic, promises=promises)
    if len(stale) <= MOST_FOLDED:
        yield from _folded(reading, sorted(stale))


def stale_companies(connection: Connection, topic: str) -> set[str]:
    """Those whose stored section was made by other code, is older than their last event, or is not there.

    Args:
        connection: to the database.
        topic: whose section; empty for those of all topics.
    """
    sections_each = 1 if topic else len(read_layouts(connection))
    covered = items.covered(connection, fingerprint(), topic or None)
    return {
        company
        for company, last in items.heads(connection).items()
        if company not in covered or covered[company][0] != sections_each or covered[company][1] < last
    }


def left_out(stale: Collection[str]) -> Iterator[Finding]:
    """Names the companies that the answer is without."""
    if len(stale) > MOST_FOLDED:
        named = sorted(stale)[:_NAMED]
        more = f" and {len(stale) - len(named):,} more" if len(stale) > len(named) else ""
        what = (
            f"{len(stale):,} companies are left out, as their read models are of another version of this program or do "
            f"not cover their last event; run: timeline rebuild. They are {', '.join(named)}{more}"
        )
        yield Finding("read-model-stale", "error", what)


def _folded(reading: Reading, companies: Collection[str], progress: Progress | None = None) -> Iterator[Told]:
    for number, company in enumerate(companies, 1):
        try:
            parts = sections(reading.connection, company, reading.asked)
        except Unfoldable as error:
            reading.findings.append(error_told(error))
            parts = []
        yield from ((company, section) for _, section in parts if reading.topic in {"", section.topic})
        if progress:
            progress(company, number, len(companies))
