"""Finding what a person names: a company by any name it goes by, from the index of names, and an event by its id.

Names obey their own validity and the recorded clock: a ticker that moved from one company to another finds the one that
had it on the day asked about, and a name is not found before it was recorded.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from timeline.errors import NotFound
from timeline.naming import folded
from timeline.store import names
from timeline.store.log import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable
    from sqlite3 import Connection

    from timeline.page import Basis
    from timeline.store.names import Name

_NEAREST = 3
_ALIKE = 60.0
_DIGITS = 12
"""Of the ids that are suggested."""


def company_asked(connection: Connection, text: str, asked: Basis) -> str:
    """The company that is called so on the day, and by the record, that an answer is about.

    Raises:
        NotFound: as `find_company`.
    """
    return find_company(connection, text, date.fromisoformat(asked.today), asked.as_recorded)


def companies_asked(connection: Connection, asked: Basis) -> list[str]:
    """The slugs that stand for all companies by the record that an answer is about, in order."""
    if asked.as_recorded is None:
        return sorted(names.companies(connection))
    from timeline.app.clocks import clock
    from timeline.app.fold import members

    reader = Reader(connection)
    known = members(reader, clock(None, asked.as_recorded))
    return sorted({known.representative(slug) for slug in reader.companies()})


def find_company(connection: Connection, text: str, on: date | None = None, as_recorded: str | None = None) -> str:
    """The slug of the company that goes by this slug, name, alias, ticker, ISIN or other identifier.

    A slug means its company, whoever else is called so. Otherwise one that is called so on the day comes before one
    that was so called before or since. Of slugs that are one company, the one that stands for it is told.

    Args:
        connection: to the database.
        text: as typed.
        on: the day asked about; None for today.
        as_recorded: by what was recorded then; None for all.

    Raises:
        NotFound: none does, or several do; the slugs of the nearest, or of all of these, are suggested.
        InvalidInput: `as_recorded` is no moment.
    """
    day = (on or date.today()).isoformat()  # noqa: DTZ011 - the user's own day
    wanted = folded(text)
    if as_recorded is None:
        called = names.find_names(connection, wanted)
    else:
        called = [name for name in _names_then(connection, as_recorded, text) if name.folded == wanted]
    found = _meant(called, text, day)
    if len(found) == 1:
        return found[0]
    known = names.all_names(connection) if as_recorded is None else _names_then(connection, as_recorded)
    companies = {name.value: name.company for name in known}
    near = found or tuple(dict.fromkeys(companies[name] for name in nearest(text, list(companies))))
    raise NotFound("company", text, near, "timeline companies lists them")


def _meant(called: Iterable[Name], text: str, day: str) -> list[str]:
    """The companies that a text can mean on an ISO day."""
    called = list(called)
    by_slug = [name for name in called if (name.scheme, name.value) == (names.SLUG, text)]
    on_day = [name for name in called if name.first <= day <= (name.last or day)]
    return sorted({name.company for name in by_slug or on_day or called})


def _names_then(connection: Connection, as_recorded: str, slug: str | None = None) -> list[Name]:
    """The names by what was recorded then, of all companies; where a slug was known, of its own, which reads less."""
    from timeline.app.clocks import clock
    from timeline.app.fold import names_recorded

    then, reader = clock(None, as_recorded), Reader(connection)
    own = list(names_recorded(reader, then, slug)) if slug else []
    return own or list(names_recorded(reader, then))


def event_asked(reader: Reader, id_prefix: str) -> str:
    """The id of the one event whose id begins so.

    Raises:
        NotFound: none does, or several do; the beginnings of these are suggested.
    """
    ids = reader.ids_with_prefix(id_prefix.lower()) if id_prefix else []
    if len(ids) != 1:
        what = "single event" if ids else "event"
        raise NotFound(what, id_prefix, [found[:_DIGITS] for found in ids], "timeline events lists them")
    return ids[0]


def nearest(text: str, known: list[str]) -> tuple[str, ...]:
    """The known names most like the text, best first; to be suggested, never used."""
    from rapidfuzz import process, utils

    ranked = process.extract(text, known, processor=utils.default_process, limit=_NEAREST, score_cutoff=_ALIKE)
    return tuple(dict.fromkeys(name for name, _, _ in ranked))
