"""What the first lines of a text say of it: when and by whom it was published, and its language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline.dates import When
from timeline.prose.days import FORMS, MONTH
from timeline.prose.reference import Basis

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

_FIRST_LINES: Final = 8
_CHARACTERS: Final = 200
_SHORT: Final = 90
_YEAR: Final = r"(?:19|20)\d\d"
_DATE: Final = (
    rf"(?:{_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}\.\s?\d{{1,2}}\.\s?{_YEAR}|{_YEAR}年\d{{1,2}}月\d{{1,2}}日"
    rf"|{MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s{_YEAR}|\d{{1,2}}(?:st|nd|rd|th)?\s{MONTH},?\s{_YEAR})"
)
_TIME: Final = (
    r"(?:[T,]?\s?(?:[-–|·]\s|at\s)?\d{1,2}:\d{2}(?::\d{2})?(?:\s?(?:[ap]\.?m\.?|[AP]\.?M\b\.?))?(?:\s?\(?(?:Z|UTC|GMT"
    r"|[+-]\d{2}:?\d{2}|[A-Z]{1,4}T|MES?Z|MSK)\b)?)?"
)
_LED: Final = re.compile(
    rf"^\s*(?:(?:[Pp]ublished|PUBLISHED|[Pp]osted|[Dd]ate|[Rr]eleased|[Ii]ssued"
    rf"|[Uu]pdated)(?:\s+on)?\s*:?\s*)?(?P<published>{_DATE}{_TIME})"
)
_STAMP: Final = re.compile(rf"(?:^|[\s|·,;:(–—-])(?P<published>{_DATE}{_TIME.removesuffix('?')})")
"""A day with its time, which is the reason of a line that says little else: "1 min read 01 Aug 2023, 06:54 PM"."""

_DATELINE: Final = re.compile(
    rf"^\s*(?P<place>[A-Z][^\d\n]{{0,80}}?[,\s–—-]\s?)(?P<published>{_DATE}{_TIME})\s?"
    r"(?:\((?P<wire>[^()\d]{2,40})\)|/(?P<agency>[\w ]{2,30})/)?\s?(?:-{1,3}|–|—|/)"
)
_WIRE: Final = re.compile(r"^\s*[^()\n]{0,80}\((?P<wire>[A-Z][^()\d]{1,40})\)\s?(?:-{1,3}|–|—)")
_CJK: Final = re.compile(r"[\u3400-\u9fff]")
_WORDS: Final = {
    "en": frozenset("the of and to in for with on that its was has by from".split()),  # noqa: SIM905 - a list of words reads best as words
    "de": frozenset("der die das und den von mit auf ist im des ein eine für".split()),  # noqa: SIM905 - a list of words reads best as words
    "fr": frozenset("le la les des et du une pour dans est sur par au que".split()),  # noqa: SIM905 - a list of words reads best as words
    "es": frozenset("el la los las de y del en por con para una que se".split()),  # noqa: SIM905 - a list of words reads best as words
}
_ENOUGH: Final = 0.08


class Heading(NamedTuple):
    """What a text says of itself.

    Attributes:
        published: in its own words; empty for nothing.
        publisher: likewise.
        language: as ISO 639 has it; empty where it is not told.
        url: its address; empty where it is not told.
    """

    published: str = ""
    publisher: str = ""
    language: str = ""
    url: str = ""


def heading(lines: Sequence[str]) -> Heading:
    """When and by whom, from a line that begins with a date or from a dateline; a date within a sentence is neither."""
    published = publisher = ""
    for line in (line[:_CHARACTERS] for line in lines[:_FIRST_LINES]):
        found = _LED.match(line) or _DATELINE.match(line) or (_STAMP.search(line) if len(line) <= _SHORT else None)
        published = published or (found["published"].strip() if found else "")
        wire = _WIRE.match(line)
        named = (found.groupdict().get("wire") or found.groupdict().get("agency") if found else None) or (
            wire and wire["wire"]
        )
        publisher = publisher or (named or "").strip()
    return Heading(published, publisher)


def day_of(published: str | None) -> dt.date | None:
    """The day that a time of publication names, whatever form it is in; None where it names none."""
    for form in FORMS if published else ():
        if found := form.pattern.search((published or "")[:_CHARACTERS]):
            value = form.read(found, Basis()).value
            if isinstance(value, When) and value.is_day:
                return value.first
    return None


def language_of(lines: Sequence[str]) -> str:
    """Chinese by its signs, a few European languages by their commonest words; empty for any other."""
    text = " ".join(lines)[:20_000]
    letters = sum(map(str.isalpha, text)) or 1
    if len(_CJK.findall(text)) > letters / 4:
        return "zh"
    words = re.findall(r"[a-zäöüßéèà]+", text.casefold())
    shares = {name: sum(word in known for word in words) / (len(words) or 1) for name, known in _WORDS.items()}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] > _ENOUGH else ""
