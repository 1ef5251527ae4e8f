"""The projection: what a company is called, by which identifiers it is known, and what is stated of it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias, TypeVar, get_args

from msgspec import Struct
from msgspec.structs import replace

from timeline.dates import When
from timeline.event import Payload
from timeline.naming import folded
from timeline.occurrence import Occurrence
from timeline.topics.company.identifiers import Scheme
from timeline.topics.company.payloads import Identified, Merged, Registered, Renamed, Stated
from timeline.topics.company.tickers import displayed, spellings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from timeline.occurrence import Stream

    _Naming: TypeAlias = Occurrence[Registered] | Occurrence[Renamed]

P = TypeVar("P", bound=Payload)
T = TypeVar("T", bound=Occurrence[Any])

_SCHEMES = get_args(Scheme)


class Name(Struct, frozen=True, kw_only=True):
    """A name that the company bears or bore.

    Attributes:
        name: as it writes itself.
        first: first day; None when not known.
        last: last day; None for one that it still bears.
        sort: the current one, one before it, or another that a company bears which became one with this.
        item: where it is stated.
    """

    name: str
    first: date | None
    last: date | None
    sort: Literal["name", "former name", "alias"]
    item: Occurrence[Any]


class Profile(Struct, frozen=True, kw_only=True):
    """What a company is.

    Attributes:
        company: its slug.
        registered: its registrations, the one that counts before others last; several where a source registers it twice
            or it is one with others.
        names: all names, the current one last.
        identifiers: by scheme, then by day, exchange and value.
        mergers: by which it is one with others, each as one of them reports it, by its slug and the other's.
        attributes: by attribute, then by the day of the statement.
    """

    company: str
    registered: tuple[Occurrence[Registered], ...]
    names: tuple[Name, ...]
    identifiers: tuple[Occurrence[Identified], ...]
    mergers: tuple[Occurrence[Merged], ...]
    attributes: tuple[Occurrence[Stated], ...]

    @property
    def name(self) -> str | None:
        """The current name."""
        return self.names[-1].name if self.names else None

    @property
    def others(self) -> tuple[str, ...]:
        """The other slugs that are this company, in order."""
        named = {slug for item in self.mergers for slug in (_slug(item), item.payload.into)}
        return tuple(sorted(named - {self.company}))

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
    mergers = sorted(_by_company(stream.every(Merged)), key=lambda item: (_slug(item), item.payload.into, item.id))
    gone = {_slug(item) for item in mergers}
    return Profile(
        company=stream.company,
        registered=tuple(_first_last(_by_company(stream.every(Registered)), gone)),
        names=tuple(_names(stream, gone)),
        identifiers=tuple(sorted(stream.every(Identified), key=_by_scheme)),
        mergers=tuple(mergers),
        attributes=tuple(sorted(stream.every(Stated), key=lambda item: folded(item.payload.attribute))),
    )


def index_names(stream: Stream, slugs: Iterable[str] = ()) -> tuple[IndexEntry, ...]:
    """Every spelling by which the company is found, in an order that depends on content alone.

    Args:
        stream: of the company.
        slugs: all that are this company.
    """
    own = (IndexEntry(stream.company, "slug", slug, folded(slug), "", "") for slug in (stream.company, *slugs))
    return tuple(sorted({*own, *_entries(project(stream))}))


def _entries(profile: Profile) -> Iterator[IndexEntry]:
    company = profile.company
    for name in profile.names:
        yield IndexEntry(company, name.sort, name.name, folded(name.name), _iso(name.first), _iso(name.last))
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


def _by_company(items: Iterable[Occurrence[P]]) -> Iterator[Occurrence[P]]:
    """Each occurrence as the reports about one slug tell it.

    Registrations of two companies that are one look like reports of one registration, and are not.
    """
    for item in items:
        for slug in sorted({report.company or "" for report in item.reports}):
            reports = tuple(report for report in item.reports if report.company == slug)
            sources = tuple(dict.fromkeys(report.source for report in reports if report.source))
            yield replace(item, accepted=reports[0], reports=reports, sources=sources)


def _slug(item: Occurrence[Any]) -> str:
    """Which slug it is told about, where an occurrence was split by them."""
    return item.accepted.company or ""


def _first_last(items: Iterable[T], gone: Collection[str]) -> list[T]:
    """What is told of the slugs that were merged into others, then of those that were not; else the smallest last."""
    return sorted(items, key=lambda item: (_slug(item) in gone, _slug(item)), reverse=True)


def _names(stream: Stream, gone: Collection[str]) -> Iterator[Name]:
    """The names of each slug by day, those of the one whose name the company bears last."""
    by_slug = {slug: list(items) for slug, items in groupby(_first_last(_told(stream), gone), key=_slug)}
    for slug, told in by_slug.items():
        yield from _succession(told, "name" if slug == [*by_slug][-1] else "alias")


def _succession(told: Iterable[_Naming], current: Literal["name", "alias"]) -> Iterator[Name]:
    """Each name from its own day to the day before the next one's."""
    ordered = sorted(told, key=lambda item: (str(_validity(item).first), item.accepted.kind, item.id))
    for item, following in pairwise((*ordered, None)):
        assert item is not None  # noqa: S101 - only the last of the sequence is
        valid = _validity(item)
        next_first = _validity(following).first if following else None
        yield Name(
            name=item.payload.name,
            first=valid.first if isinstance(item.payload, Renamed) else None,
            last=valid.last or (next_first - timedelta(days=1) if next_first else None),
            sort="former name" if following else current,
            item=item,
        )


def _told(stream: Stream) -> Iterator[_Naming]:
    """The renamings, and the registrations under a name that none of them explains."""
    renamed = list(_by_company(item for item in stream.every(Renamed) if not item.fits))
    explained = {(_slug(item), folded(item.payload.name)) for item in renamed}
    yield from renamed
    latest = {(_slug(item), folded(item.payload.name)): item for item in _by_company(stream.every(Registered))}
    yield from (item for name, item in latest.items() if name not in explained)


def _validity(item: _Naming) -> When:
    """The days of a name: as stated, else from the day it occurred on."""
    stated = item.payload.valid if isinstance(item.payload, Renamed) else None
    return stated or When(f"{item.occurred.first}/..", item.occurred.first, None)
