"""The source block of a draft: what a text says of itself, as a fixture writes it, and what had to be assumed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline.app.drafting.dollars import currency_of
from timeline.app.drafting.issued import Issued, issued
from timeline.app.drafting.origin import origin
from timeline.intake import form
from timeline.intake.wording import printable
from timeline.paragraphs import INVISIBLE

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from timeline.prose.text import Text
    from timeline.record import SourceKind

_FIRST_LINES: Final = 40
_ID_WORDS: Final = 5
_LONGEST_ID: Final = 80
_LONGEST_TITLE: Final = 500
_FILLERS: Final = frozenset(
    {
        "a", "an", "and", "as", "at", "by", "for", "from", "in", "is",
        "its", "it", "of", "on", "or", "says", "the", "to", "with", "after",
        "over", "than", "that", "s", "inc", "corp", "ltd", "plc", "reports", "announces",
    }
)  # fmt: skip
"""Words of a title that an id does without."""
_FILING: Final = re.compile(
    r"^\s*FORM\s(?:8-K|10-K|10-Q|6-K|20-F|40-F|S-\d)|Pursuant to Section 1[35]|\(\s*Exact name of registrant"
    r"|Next Day Disclosure Return|翌日披露報表|Hong Kong Exchanges and Clearing Limited and The Stock Exchange"
    r"|^\s*RNS (?:Number|Announcement)|^\s*(?:EQS|DGAP)-(?:Ad-?hoc|CMS|AFR|PVR|DD)\b|^\s*Ad[- ]hoc announcement"
    r"|Regulatory (?:Announcement|filing text)|Transaction in Own Shares",
    re.IGNORECASE,
)
_STATEMENT: Final = re.compile(
    r"\(?\b(?:BUSINESS WIRE|PR ?Newswire|GLOBE ?NEWSWIRE|ACCESSWIRE|Newsfile Corp|EQS-News|DGAP-News)\b"
    r"|^\s*(?:press|media|news) release\b|for immediate release|^\s*Pressemitteilung\b",
    re.IGNORECASE,
)
_AGENCY: Final = re.compile(
    r"\((?:Reuters|AP|AFP|Bloomberg|Xinhua|dpa(?:-AFX)?|RTTNews|Kyodo|PTI|Interfax|Dow Jones)\)"
    r"|^(?:Contributor\s)?.{0,40}\b(?:Reuters|RTTNews|dpa-AFX|Bloomberg News|Associated Press)$"
)
_ANALYSIS: Final = re.compile(r"^\s*(?:analysis|research note|equity research|initiating coverage)\b", re.IGNORECASE)
_AGENCIES: Final = re.compile(
    r"(?i)(?:Reuters|AP|Associated Press|AFP|Bloomberg(?: News)?|Xinhua|dpa(?:-AFX)?(?: ProFeed)?|RTTNews|Kyodo|PTI"
    r"|Interfax|Dow Jones(?: Newswires)?)"
)
_TOLD: Final = re.compile(r"\btold (Reuters|Bloomberg(?: News)?|AFP|the Associated Press|Xinhua)\b")
_OWN: Final = frozenset({"filing", "statement"})
_WIRES: Final = re.compile(r"(?i)(?:BUSINESS WIRE|PR ?Newswire|GLOBE ?NEWSWIRE|ACCESSWIRE|EQS-News|Newsfile Corp)")


class Head(NamedTuple):
    """What is proposed for the source block.

    Attributes:
        fields: as a fixture writes them, in the order in which it has them, the id first.
        remarks: what was taken for granted or could not be told, each a short line that begins with the field's name.
        day: of publication; None where nothing tells it, and then `published` is missing.
        currency: that a bare `$` means; empty where the text does not tell.
    """

    fields: Mapping[str, str]
    remarks: tuple[str, ...]
    day: dt.date | None
    currency: str


def source_head(  # noqa: PLR0913 - what a user may say of a text
    text: Text,
    *,
    published: str | None = None,
    zone: str | None = None,
    currency: str | None = None,
    path: str = "",
    company: str,
    name: str = "",
    country: str = "",
) -> Head:
    """The source block of a text.

    Args:
        text: that it is of.
        published: when, if the user says so; counts before anything that the text says.
        zone: likewise.
        currency: likewise.
        path: of the file, whose name may have a date.
        company: slug of the company that the text is about; empty for none.
        name: of that company, which published its own filings and statements.
        country: of the exchange at which that company is listed, as ISO 3166-1 has it; empty where it is not known.
    """
    kind, kind_remark = _kind(text)
    where = origin(text, country, own=kind in _OWN)
    when = issued(text, published, zone, path, where)
    dollar, why = (currency, "") if currency else currency_of(text, where)
    publisher = _publisher(text, kind, name)
    fields = {
        "id": _id(text, company, when),
        "kind": kind,
        "publisher": publisher,
        "title": _title(text),
        "published": when.published,
        "zone": when.zone,
        "zone_assumed": "yes" if when.assumed else "",
        "url": text.url if form.URL.fits(text.url) else "",
        "language": text.language if form.LANGUAGE.fits(text.language) else "",
        "currency": dollar,
        "sha256": text.sha256,
    }
    remarks = (
        kind_remark,
        *when.remarks,
        "" if publisher else "publisher: the text names none",
        f"currency: {dollar}, as {why}" if dollar and why else why,
        _reprint(text, kind),
    )
    written = {field: printable(value) for field, value in fields.items() if value}
    return Head(written, tuple(filter(None, remarks)), when.day, dollar)


def _kind(text: Text) -> tuple[SourceKind, str]:
    """The sort of document, and a remark where nothing tells it."""
    lines = text.paragraphs[:_FIRST_LINES]
    if any(map(_FILING.search, lines)):
        return "filing", ""
    if any(map(_STATEMENT.search, lines)) or _WIRES.fullmatch(text.publisher):
        return "statement", ""
    if any(map(_AGENCY.search, lines)) or _AGENCIES.fullmatch(text.publisher):
        return "agency", ""
    if _ANALYSIS.match(text.title):
        return "analysis", ""
    return "news", "kind: assumed; nothing tells what sort of document it is"


def _publisher(text: Text, kind: SourceKind, name: str) -> str:
    """Who made it public; a company its own filings and statements, whichever wire carried them."""
    if kind in _OWN:
        return name or ("" if _WIRES.fullmatch(text.publisher) else text.publisher)
    found = next((match for line in text.paragraphs[:_FIRST_LINES] if (match := _AGENCY.search(line))), None)
    agency = found and re.search(_AGENCIES.pattern, found[0])
    if agency and text.publisher and not _AGENCIES.fullmatch(text.publisher):
        return f"{agency[0]}, as reprinted by {text.publisher}"
    return text.publisher or (agency[0] if agency else "")


def _reprint(text: Text, kind: SourceKind) -> str:
    """A remark where words of the text show that an agency wrote it."""
    told = kind == "news" and next((match for line in text.paragraphs if (match := _TOLD.search(line))), None)
    return f"derives_from: it may reprint a report of {told[1]}: “{told[0]}”" if told else ""


def _title(text: Text) -> str:
    """In one line, without signs that nobody sees."""
    title = " ".join(re.sub(f"[{INVISIBLE}]", "", text.title).split())
    return title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1].rstrip() + "…"


def _id(text: Text, company: str, when: Issued) -> str:
    """Company, day and the first words of the title that tell something; the same text always has the same."""
    begun = "-".join(part for part in (company, when.day.isoformat() if when.day else "") if part)
    known = set(company.split("-"))
    words = [word for word in _words(text.title) if word not in known][:_ID_WORDS] or [text.sha256[:8]]
    made = "-".join((begun, *words) if begun else words)
    return made if len(made) <= _LONGEST_ID else made[:_LONGEST_ID].rstrip("-._")


def _words(title: str) -> Iterator[str]:
    """Words of a title as an id can hold them; a number with its decimals is one."""
    for word in title.split():
        if (plain := form.slug(re.sub(r"['’]s?(?=\W|$)", "", word))) and plain not in _FILLERS:
            yield plain
