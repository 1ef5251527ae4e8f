"""What is told of the company itself, and of its filings as sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from timeline.dates import When
from timeline.event import Report
from timeline.intake.form import slug
from timeline.intake.wording import normal
from timeline.record import Source, source_report
from timeline.topics.company import Identified, Registered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.intake.sec.calendar import YearEnd

ZONE: Final = "America/New_York"
"""The SEC's own days."""

REGISTRATION: Final = "company"
"""Key of the report that registers the company."""

_DIGITS: Final = 10
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Issuer(NamedTuple):
    """A company that files.

    Attributes:
        cik: without leading zeros.
        slug: under which its facts are recorded.
        name: under which it is registered, and which all its filings have as their publisher: a later filing revises an
            earlier one of the same publisher only, and a company may be called otherwise by then.
    """

    cik: str
    slug: str
    name: str

    @classmethod
    def of(cls, cik: str, name: str) -> Issuer:
        """A company of which nothing is known yet."""
        name = normal(name) or f"CIK {cik}"
        return cls(cik, slug(name) or f"cik-{cik}", name)


def issuer_source(cik: str) -> str:
    """Id of the source that tells of the company itself."""
    return f"sec-cik-{cik.zfill(_DIGITS)}"


def filing_source(accession: str) -> str:
    """Id of a filing."""
    return f"sec-{accession}"


def filing(issuer: Issuer, accession: str, form: str, day: str) -> Report:
    """The report that records a filing as a source; its address is that of its index page."""
    folder = f"https://www.sec.gov/Archives/edgar/data/{issuer.cik}/{accession.replace('-', '')}"
    source = Source(
        kind="filing",
        title=f"{form} filed {day}",
        published=day,
        zone=ZONE,
        publisher=issuer.name,
        url=f"{folder}/{accession}-index.htm",
    )
    return source_report(filing_source(accession), source)


def registration(issuer: Issuer, name: str, since: str, ends: YearEnd | None) -> Iterator[tuple[Report, ...]]:
    """The rows that tell of the company: what it is, and its present name where it was registered under another.

    Args:
        issuer: the company.
        name: as the file has it.
        since: the day of its first filing here, which stays the same as the file grows.
        ends: when its fiscal years end; None where the data do not tell.
    """
    yield (
        _source(issuer, since),
        _registered(issuer, since, ends),
        _report(issuer, "cik", since, Identified(scheme="CIK", value=issuer.cik)),
    )
    if (present := normal(name)) and present != issuer.name:
        yield (_report(issuer, f"name {present}", since, Identified(scheme="alias", value=present)),)


def _source(issuer: Issuer, since: str) -> Report:
    number = issuer.cik.zfill(_DIGITS)
    source = Source(
        kind="reference",
        title=f"EDGAR company facts of CIK {number}",
        published=since,
        zone=ZONE,
        publisher="U.S. Securities and Exchange Commission",
        url=f"https://data.sec.gov/api/xbrl/companyfacts/CIK{number}.json",
    )
    return source_report(issuer_source(issuer.cik), source)


def _registered(issuer: Issuer, since: str, ends: YearEnd | None) -> Report:
    payload = Registered(name=issuer.name, type="company", fiscal_year_end=ends.month_day if ends else None)
    if ends is None or ends.weekday is None:
        return _report(issuer, REGISTRATION, since, payload)
    note = f"fiscal years of whole weeks: each ends on a {_DAYS[ends.weekday]} near this day"
    return _report(issuer, REGISTRATION, since, payload, note)


def _report(issuer: Issuer, key: str, since: str, payload: Registered | Identified, note: str | None = None) -> Report:
    return Report(
        payload=payload,
        key=key,
        company=issuer.slug,
        source=issuer_source(issuer.cik),
        occurred=When.parse(since),
        note=note,
    )
