"""What a reading command answers: a company's page or a listing, with the basis it was read on.

Like sections, answers know no terminal and no database; `timeline.render` turns them into text, JSON, JSONL or CSV.
"""

from __future__ import annotations

from msgspec import Struct

from timeline.section import Finding, Layout, Row, Section, Table


class Basis(Struct, frozen=True, kw_only=True):
    """What an answer is true of.

    Attributes:
        position: the log's last position that was read; 0 for an empty log.
        as_of: the published clock as asked for; None for all that is known.
        as_recorded: the recorded clock as asked for, a time or a position; None for all that is recorded.
        today: ISO day against which promises are told to be overdue: the day of `as_of` where one is given.
    """

    position: int
    today: str
    as_of: str | None = None
    as_recorded: str | None = None


class Page(Struct, frozen=True, kw_only=True):
    """A company as the events show it.

    Attributes:
        slug: the company's.
        name: its current name.
        identifiers: tickers and the like for the page's head, most useful first.
        fiscal_year_end: month and day "12-31"; empty when unknown.
        known_to: ISO day of the latest publication that the page rests on; empty when there is none.
        basis: what the page is true of.
        parts: layout and section of each topic that has something to say, in the order of the page.
    """

    slug: str
    name: str
    basis: Basis
    identifiers: tuple[str, ...] = ()
    fiscal_year_end: str = ""
    known_to: str = ""
    parts: tuple[tuple[Layout, Section], ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the checks of all its topics found."""
        return tuple(finding for _, section in self.parts for finding in section.findings)

    @property
    def problems(self) -> tuple[str, ...]:
        """Why topics are stopped."""
        return tuple(f"{section.topic}: {section.problem}" for _, section in self.parts if section.problem)


class Listing(Struct, frozen=True, kw_only=True):
    """Rows under one table's declaration.

    Attributes:
        schema: name and version of the JSON form, "timeline.events/1".
        table: columns and title.
        rows: values by column name, in order.
        basis: what the listing is true of.
        findings: what checks found, where the command makes checks.
        empty: what to say to a person when there are no rows.
    """

    schema: str
    table: Table
    rows: tuple[Row, ...]
    basis: Basis
    findings: tuple[Finding, ...] = ()
    empty: str = "nothing to show"


class Listings(Struct, frozen=True, kw_only=True):
    """Several tables that answer one question together.

    Attributes:
        schema: name and version of the JSON form, "timeline.diff/1".
        basis: what the answer is true of.
        since: what that is compared with; None where nothing is compared.
        slug: the company's that was asked about; empty for all.
        name: its current name.
        parts: each table with its rows, in the order shown.
        findings: what checks found.
        empty: what to say to a person when no table has rows.
    """

    schema: str
    basis: Basis
    parts: tuple[tuple[Table, tuple[Row, ...]], ...]
    since: Basis | None = None
    slug: str = ""
    name: str = ""
    findings: tuple[Finding, ...] = ()
    empty: str = "nothing to show"


class Checked(Struct, frozen=True, kw_only=True):
    """A rule of an audit, and how often it was applied.

    Attributes:
        audit: name of the audit.
        rule: stable name.
        severity: of what it finds.
        compares: what with what, in words.
        assumes: what it takes for granted; empty for nothing.
        compared: number of comparisons made.
        found: number of those that found something.
    """

    audit: str
    rule: str
    severity: str
    compares: str
    assumes: str
    compared: int
    found: int


class Audit(Struct, frozen=True, kw_only=True):
    """What checks found.

    Attributes:
        schema: name and version of the JSON form.
        basis: what it is true of.
        audits: names of those made, in order.
        parts: of the audit of targets, the page of each company that has any, with that section only.
        checked: the rules of the other audits, in order.
        findings: of all audits, company by company.
    """

    basis: Basis
    audits: tuple[str, ...]
    parts: tuple[Page, ...] = ()
    checked: tuple[Checked, ...] = ()
    findings: tuple[Finding, ...] = ()
    schema: str = "timeline.audit/1"

    def found_by(self, audit: str) -> tuple[Finding, ...]:
        """What one of the audits found; that of figures also what has no rule, such as a stopped topic."""
        rules = {rule.rule: rule.audit for rule in self.checked}
        return tuple(finding for finding in self.findings if rules.get(finding.rule, "figures") == audit)
