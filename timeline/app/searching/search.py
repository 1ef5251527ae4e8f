"""Finding events by the words in them, as they stand on both clocks.

Of very many events that hold the words only those recorded last are ranked, so that a common word costs no more than a
rare one; the answer says so. Nothing is decoded but the events that are shown, and no topic is needed unless a clock is
set or something speaks of one of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline.app.clocks import basis
from timeline.app.searching import words as rules
from timeline.app.searching.query import Part, marker, parsed, with_companies
from timeline.errors import DatabaseUnusable, NotFound
from timeline.page import Listing
from timeline.section import Column, Finding, Table
from timeline.store import words
from timeline.store.log import Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from sqlite3 import Connection

    from timeline.page import Basis
    from timeline.section import Row
    from timeline.store.words import Found

FOUND = Table(
    "found",
    "Found",
    (
        Column("position", kind="number", shown=False),
        Column("id", kind="id"),
        Column("published", kind="when"),
        Column("company"),
        Column("kind"),
        Column("occurred", kind="when"),
        Column("summary"),
        Column("standing"),
        Column("source", kind="id"),
        Column("matched", kind="ids", shown=False),
    ),
)
"""`summary` begins with the fields that hold the words, `matched` are those words as they stand in it; `standing` says
"corrected" where it is what an event said before it was corrected, and "retracted" where it no longer holds."""

LIMIT = 20
RANKED = 1000
"""So many events are ranked, those recorded last."""

_LETTERS = re.compile(r"[^\W_]+")


def search(  # noqa: PLR0913 - every choice of the command
    connection: Connection,
    text: str,
    *,
    company: str | None = None,
    kind: str | None = None,
    source: str | None = None,
    as_of: str | None = None,
    as_recorded: str | None = None,
    limit: int = LIMIT,
    today: str | None = None,
) -> Listing:
    """The events that hold all words, best first, and of equally good ones the last recorded first.

    Args:
        connection: that may read.
        text: words, "phrases", beginnings* and -exclusions; a company's name stands for its events.
        company: only its events, by any name.
        kind: only events of this kind.
        source: only what this source reports.
        as_of: only what was public by then, as it stood then.
        as_recorded: likewise, of what was recorded by then.
        limit: events at most.
        today: ISO day on which a company is called by its name; None for that of `as_of`, else today.

    Raises:
        NotFound: no such company, kind or source.
        InvalidInput: there is no word in the text, or a clock's text is no moment.
        DatabaseUnusable: this SQLite cannot search, or the index does not reach to the log's end.
    """
    reader = Reader(connection)
    asked = basis(reader.head(), as_of, as_recorded, today)
    parts = parsed(text)
    _require_index(connection, asked.position)
    filters = tuple(_filters(connection, asked, company, kind, source))
    parts = tuple(with_companies(connection, parts))
    wanted = words.Wanted(
        all_of=(*(part.term for part in parts if not part.excluded), *map(_or_a_correction, filters)),
        none_of=tuple(part.term for part in parts if part.excluded),
    )
    hits = _hits(connection, wanted, asked)
    sought = (*parts, *(Part("", term) for term in filters))
    rows = _rows(connection, [position for position, _ in hits[:RANKED]], sought, asked, limit)
    return Listing(
        schema="timeline.search/1",
        table=FOUND,
        rows=tuple(rows),
        basis=asked,
        findings=tuple(_cut(hits)),
        empty="no event holds these words",
    )


def _require_index(connection: Connection, head: int) -> None:
    words.require(connection)
    there = words.covered(connection, rules.VERSION) if words.is_there(connection) else 0
    if there < head:
        what = f"the words of {head - there:,} events are not indexed yet"
        raise DatabaseUnusable(what, "writing commands do it bit by bit, or run: timeline rebuild")


def _filters(
    connection: Connection, asked: Basis, company: str | None, kind: str | None, source: str | None
) -> Iterator[words.Term]:
    """Company, kind and source as words that their events hold."""
    if company:
        from timeline.app.names import company_asked
        from timeline.store.names import members

        slug = company_asked(connection, company, asked)
        first, *others = (rules.tag(rules.COMPANY, member) for member in members(connection, slug))
        yield words.Term((first,), others=tuple(others))
    if kind:
        from timeline.app.events import known_kind

        known_kind(kind)
        yield words.Term((rules.tag(rules.KIND, kind),))
    if source:
        _require_source(connection, source)
        yield words.Term((rules.tag(rules.REPORTED_BY, source),))


def _or_a_correction(filtered: words.Term) -> words.Term:
    """The filter, past which corrections are let: what they correct may pass it."""
    return filtered._replace(others=(*filtered.others, rules.tag(rules.KIND, rules.CORRECTION)))


def _require_source(connection: Connection, source: str) -> None:
    reader = Reader(connection)
    if next(reader.rows_of_source(source), None) is None:
        from timeline.app.names import nearest

        raise NotFound("source", source, nearest(source, list(reader.sources())), "timeline sources lists them")


def _hits(connection: Connection, wanted: words.Wanted, asked: Basis) -> list[tuple[int, float]]:
    """Positions and ranks, best first, and one more than are ranked where there are more."""
    upto, public = asked.position, None
    if asked.as_of or asked.as_recorded:
        from timeline.app.searching.standing import bounds

        upto, public = bounds(connection, asked)
    found = words.find(connection, wanted, RANKED + 1, upto, public)
    return sorted(found[:RANKED], key=lambda hit: (hit[1], -hit[0])) + found[RANKED:]


def _cut(hits: Sequence[object]) -> Iterator[Finding]:
    if len(hits) > RANKED:
        what = f"more than {RANKED:,} events hold these words: the best of the {RANKED:,} recorded last are shown"
        yield Finding("search-cut", "note", f"{what}; more words narrow it")


def _rows(
    connection: Connection, positions: Sequence[int], parts: Sequence[Part], asked: Basis, limit: int
) -> list[Row]:
    """So many rows; what a clock hides, or what stands otherwise, is told by the chains of the events."""
    rows: dict[str, Row] = {}
    for start in range(0, len(positions), limit):
        found = list(words.at(connection, positions[start : start + limit]))
        for event, standing in _standing(connection, found, parts, asked):
            rows.setdefault(event.id, _row(event, standing, parts))
        if len(rows) >= limit:
            break
    return list(rows.values())[:limit]


def _standing(
    connection: Connection, found: Sequence[Found], parts: Sequence[Part], asked: Basis
) -> Iterable[tuple[Found, str]]:
    """The events as they stand; as they are where nothing speaks of any of them and no clock is set."""
    plain = not (asked.as_of or asked.as_recorded or any(event.target for event in found))
    if plain and not words.spoken_of(connection, [event.id for event in found]):
        return [(event, "") for event in found]
    from timeline.app.searching.standing import standing

    return standing(connection, found, parts, asked)


def _row(event: Found, standing: str, parts: Sequence[Part]) -> Row:
    told = rules.told(event.kind, event.body or b"{}")
    summary, matched = _summary(told, marker(parts))
    return {
        "position": str(event.position),
        "id": event.id,
        "published": event.published,
        "company": event.company,
        "kind": event.kind,
        "occurred": rules.occurred(event.kind, event.body or b"{}"),
        "summary": summary,
        "standing": standing or None,
        "source": event.source,
        "matched": matched,
    }


def _summary(told: Sequence[tuple[str, str]], is_marked: Callable[[str], bool]) -> tuple[str, list[str]]:
    """What an event says in a line, and the words in it that were looked for.

    Fields that hold any come first; what stands beside the payload is told only where it holds one that no field has.
    """
    found = {name: {each for each in _LETTERS.findall(text) if is_marked(each)} for name, text in told}
    fields = [pair for pair in told if pair[0] not in rules.BESIDE]
    held = {word for name, _ in fields for word in found[name]}
    beside = [pair for pair in told if pair[0] in rules.BESIDE and found[pair[0]] - held]
    shown = [*(pair for pair in fields if found[pair[0]]), *beside, *(pair for pair in fields if not found[pair[0]])]
    words_of = (found[name] for name, _ in shown)
    return ", ".join(f"{name} {text}" for name, text in shown), sorted(set().union(*words_of))
