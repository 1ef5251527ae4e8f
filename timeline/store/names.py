"""The names and identifiers by which companies are found.

Slugs are among them, under the scheme `SLUG`: a company has several where mergers made it one with others, and all of
its names are stored under the one that stands for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline.naming import folded as fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from sqlite3 import Connection

SLUG = "slug"


class Name(NamedTuple):
    """One name of one company.

    Attributes:
        company: slug that stands for it.
        scheme: sort of name.
        value: as registered.
        folded: as compared with what a person types; folding is the caller's.
        first: first day of its validity, ISO; "" when open.
        last: last day of its validity, ISO; "" when open.
    """

    company: str
    scheme: str
    value: str
    folded: str
    first: str = ""
    last: str = ""


_SELECT = "SELECT company, scheme, value, folded, first, last FROM company_name"
_ORDER = "ORDER BY company, scheme, value, first"


def write_names(connection: Connection, company: str, names: Iterable[Name]) -> None:
    """Store these as the company's only names.

    Raises:
        ValueError: one belongs to another company.
    """
    rows = list(names)
    if strangers := {name.company for name in rows} - {company}:
        raise ValueError(f"names of {', '.join(sorted(strangers))} are none of {company}'s")
    connection.execute("DELETE FROM company_name WHERE company = ?", (company,))
    connection.executemany(
        "INSERT INTO company_name (company, scheme, value, folded, first, last) VALUES (?, ?, ?, ?, ?, ?)", rows
    )


def find_names(connection: Connection, folded: str) -> list[Name]:
    """The names that are written so, of whichever companies."""
    return [Name(*row) for row in connection.execute(f"{_SELECT} WHERE folded = ? {_ORDER}", (folded,))]


def all_names(connection: Connection) -> list[Name]:
    """All names of all companies, by company."""
    return [Name(*row) for row in connection.execute(f"{_SELECT} {_ORDER}")]


def companies(connection: Connection, among: Iterable[str] | None = None) -> set[str]:
    """Slugs that stand for the registered companies; of those asked about, all that are a company's.

    Args:
        connection: to the database.
        among: slugs asked about; None for all companies.
    """
    if among is None:
        return {slug for (slug,) in connection.execute("SELECT DISTINCT company FROM company_name")}
    known = "SELECT 1 FROM company_name WHERE company = ? LIMIT 1"
    return {
        slug
        for slug in among
        if connection.execute(known, (slug,)).fetchone() or representative(connection, slug) != slug
    }


def representative(connection: Connection, slug: str) -> str:
    """The slug that stands for the company which this one is of; itself where nothing is known of it."""
    found = "SELECT company FROM company_name WHERE folded = ? AND scheme = ? AND value = ?"
    row = connection.execute(found, (fold(slug), SLUG, slug)).fetchone()
    return row[0] if row else slug


def members(connection: Connection, slug: str) -> list[str]:
    """All slugs of the company that a slug stands for, in order; itself alone where nothing is known of it."""
    found = "SELECT value FROM company_name WHERE company = ? AND scheme = ? ORDER BY value"
    return [value for (value,) in connection.execute(found, (slug, SLUG))] or [slug]
