"""The projection: what a company is called, by which identifiers it is known, and what is stated of it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from msgspec import Struct

from timeline.dates import When
from timeline.naming import folded
from timeline.occurrence import Occurrence
from timeline.topics.company.identifiers import Scheme
from timeline.topics.company.payloads import Identified, Merged, Registered, Renamed, Stated
from timeline.topics.company.tickers import displayed, spellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.occurrence import Stream

_SCHEMES = get_args(Scheme)


class Name(Struct, frozen=True, kw_only=True):
    """A name that the company bears or bore.

    Attributes:
        name: as it writes itself.
        first: first day; None when not known.
        last: last day; None for the current one.
        item: where it is stated.
    """

    name: str
    first: date | None
    last: date | None
    item: Occurrence[Any]


class Profile(Struct, frozen=True, kw_only=True):
    """What a company is.

    Attributes:
        registered: its registrations, the latest last; more than one only where a source registers it twice.
        names: all names, the current one last.
        identifiers: by scheme, then by day, exchange and value.
        mergers: the companies that it became one with.
        attributes: by attribute, then by the day of the statement.
    """

    registered: tuple[Occurrence[Registered], ...]
    names: tuple[Name, ...]
    identifiers: tuple[Occurrence[Identified], ...]
    mergers: tuple[Occurrence[Merged], ...]
    attributes: tuple[Occurrence[Stated], ...]

    @property
    def name(self) -> str | None:
        """The current name."""
        return self.names[-1].name if self.names else None

    def stated(self, field: str) -> str | None:
        """A property of the registration, from the latest report that states it."""
        reports = (report for item in reversed(self.registered) for report in item.reports)
        return next((value for report in reports if (value := getattr(report.payload, field))), None)


class IndexEntry(NamedTuple):
    """One spelling by which a company is found.

    Attributes:
        company: slug.
        scheme: "slug", "name" for the current name, "former name", or as in `company.identified`.
        value: the spelling that is shown, the same for all spellings of one identifier.
        folded: this spelling, in the form in which names are compared.
        first: first day of its validity, ISO; "" when open.
        last: last day of its validity, ISO; "" when open.
    """

    company: str
    scheme: str
    value: str
    folded: str
    first: str
    last: str


def project(stream: Stream) -> Profile:
    """The company's names, identifiers and attributes."""
    return Profile(
        registered=stream.every(Registered),
        names=tuple(_names(stream)),
        identifiers=tuple(sorted(stream.every(Identified), key=_by_scheme)),
        mergers=stream.every(Merged),
        attributes=tuple(sorted(stream.every(Stated), key=lambda item: folded(item.payload.attribute))),
    )


def index_names(company: str, stream: Stream) -> tuple[IndexEntry, ...]:
    """Every spelling by which the company is found, in an order that depends on content alone."""
    return tuple(sorted(set(_entries(company, project(stream)))))


def _entries(company: str, profile: Profile) -> Iterator[IndexEntry]:
    yield IndexEntry(company, "slug", company, folded(company), "", "")
    for name in profile.names:
        scheme = "name" if name is profile.names[-1] else "former name"
        yield IndexEntry(company, scheme, name.name, folded(name.name), _iso(name.first), _iso(name.last))
    for item in profile.identifiers:
        held, valid = item.payload, item.payload.valid
        days = (_iso(valid.first), _iso(valid.last)) if valid else ("", "")
        shown = displayed(held.scheme, held.value, held.mic)
        for spelling in spellings(held.scheme, held.value, held.mic):
            yield IndexEntry(company, held.scheme, shown, folded(spelling), *days)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _by_scheme(item: Occurrence[Identified]) -> tuple[int, str, str, str]:
    payload = item.payload
    first = _iso(payload.valid.first) if payload.valid else ""
    return (_SCHEMES.index(payload.scheme), first or "9999", payload.mic or "", payload.value)


def _names(stream: Stream) -> Iterator[Name]:
    """Each name from its own day to the day before the next one's."""
    told = sorted(_told(stream), key=lambda item: (str(_validity(item).first), item.accepted.kind, item.id))
    for item, following in pairwise((*told, None)):
        assert item is not None  # noqa: S101 - only the last of the sequence is
        valid = _validity(item)
        next_first = _validity(following).first if following else None
        yield Name(
            name=item.payload.name,
            first=valid.first if isinstance(item.payload, Renamed) else None,
            last=valid.last or (next_first - timedelta(days=1) if next_first else None),
            item=item,
        )


def _told(stream: Stream) -> Iterator[Occurrence[Registered] | Occurrence[Renamed]]:
    """The renamings, and the registrations under a name that none of them explains."""
    renamed = [item for item in stream.every(Renamed) if not item.fits]
    explained = {folded(item.payload.name) for item in renamed}
    yield from renamed
    yield from _last_of_each(item for item in stream.every(Registered) if folded(item.payload.name) not in explained)


def _last_of_each(items: Iterable[Occurrence[Registered]]) -> Iterable[Occurrence[Registered]]:
    return {folded(item.payload.name): item for item in items}.values()


def _validity(item: Occurrence[Registered] | Occurrence[Renamed]) -> When:
    """The days of a name: as stated, else from the day it occurred on."""
    stated = item.payload.valid if isinstance(item.payload, Renamed) else None
    return stated or When(f"{item.occurred.first}/..", item.occurred.first, None)
