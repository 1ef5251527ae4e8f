"""Auditing: the histories that checks ran over, and what they found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.app.clocks import basis
from timeline.app.names import companies_asked, company_asked
from timeline.app.show import page, sections
from timeline.page import Basis, Page
from timeline.store.log import Reader

if TYPE_CHECKING:
    from sqlite3 import Connection

    from timeline.section import Finding


class Audit(Struct, frozen=True, kw_only=True):
    """The audited part of each company.

    Attributes:
        schema: name and version of the JSON form.
        basis: what the audit is true of.
        parts: a page for each company that the audit has something to say of, with the audited section only.
    """

    basis: Basis
    parts: tuple[Page, ...]
    schema: str = "timeline.audit/1"

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Of all pages."""
        return tuple(finding for page in self.parts for finding in page.findings)


def audit_targets(connection: Connection, company: str | None, as_of: str | None, as_recorded: str | None) -> Audit:
    """The revision history of every target, of one company or of all.

    Raises:
        NotFound: no such company.
    """
    asked = basis(Reader(connection).head(), as_of, as_recorded)
    slugs = [company_asked(connection, company, asked)] if company else companies_asked(connection, asked)
    pages = [page(slug, asked, sections(connection, slug, asked), "targets") for slug in slugs]
    told = [found for found in pages if company or not all(section.empty for _, section in found.parts)]
    return Audit(basis=asked, parts=tuple(told))
