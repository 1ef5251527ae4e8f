"""The names and identifiers by which companies are found."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from sqlite3 import Connection


class Name(NamedTuple):
    """One name of one company.

    Attributes:
        company: slug.
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
    """Slugs of the companies that are registered; of those only that are asked about, where some are."""
    if among is None:
        return {slug for (slug,) in connection.execute("SELECT DISTINCT company FROM company_name")}
    known = "SELECT 1 FROM company_name WHERE company = ? LIMIT 1"
    return {slug for slug in among if connection.execute(known, (slug,)).fetchone()}
