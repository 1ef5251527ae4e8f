"""Every place where a text names a company that is known.

A name is matched as whole words, the longest first. A short one is matched in its own case only; a longer one also in
capitals, as headlines print it.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline.app.drafting.known import CJK, WORD, joint
from timeline.app.drafting.legal_forms import STRONG, WEAK
from timeline.app.drafting.venues import tickers
from timeline.naming import folded
from timeline.paragraphs import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.app.drafting.known import Entry, Known
    from timeline.prose.text import Text

_CODE: Final = re.compile(r"(?<!\w)(?:[A-Z]{2}[A-Z0-9]{9}\d|[A-Z0-9]{18}\d{2})(?!\w)")
_BETWEEN: Final = re.compile(r"[\s.,&'’+/·-]{0,3}")
_LONG: Final = 5
"""Letters from which a name of one word is also matched in capitals."""

_OTHER_THING: Final = re.compile(
    r"\s(?:Foundation|University|College|Street|Avenue|Road|Park|County|Stadium|Arena|Museum|Award|River|Bay|Island"
    r"|Hills|Field|School|Cup|Prize)s?\b"
)
_PERSON: Final = re.compile(
    r"(?:\b(?:Mr|Ms|Mrs|Dr|Sir|Professor|Prof)\.?|\b[A-Z]\.|\b(?:Harrison|Gerald|Henry|John|James|Robert|William|David"
    r"|Richard|Thomas|Tom|Michael|Mary|Betty|Edsel|Bill|George|Charles|Peter|Paul|Mark|Elizabeth|Anna|Susan|Nikola))\s$"
)
_LONGER_NAME: Final = re.compile(rf"(?:\s[A-Z][\w&-]+){{1,3}},?\s(?:{STRONG.pattern})")


class Mention(NamedTuple):
    """A place where a text names a company.

    Attributes:
        slug: of the company.
        span: where.
        quote: the characters there.
        scheme: what sort of name it is, as in the index of names.
    """

    slug: str
    span: Span
    quote: str
    scheme: str


def mentions(known: Known, text: Text) -> tuple[Mention, ...]:
    """Every place where a registered company is named, in the order of the text; none lies within another."""
    lower = {word for line in text.paragraphs for word in WORD.findall(line) if word.islower()}
    return tuple(
        mention
        for number, line in enumerate(text.paragraphs, 1)
        for mention in sorted(_apart(_of(known, number, line, lower)), key=lambda each: each.span)
    )


def _of(known: Known, number: int, line: str, lower: set[str]) -> Iterator[Mention]:
    for slug, scheme, start, end in (*_coded(known, line), *_worded(known, line, lower), *_signed(known, line)):
        yield Mention(slug, Span(number, start, end), line[start:end], scheme)


def _apart(found: Iterable[Mention]) -> Iterator[Mention]:
    """Longest first, and none that shares characters with one before."""
    taken = set[int]()
    for each in sorted(found, key=lambda each: (each.span.start - each.span.end, each.span.start)):
        places = range(each.span.start, each.span.end)
        if taken.isdisjoint(places):
            taken.update(places)
            yield each


def _coded(known: Known, line: str) -> Iterator[tuple[str, str, int, int]]:
    for ticker in tickers(line):
        spellings = (folded(f"{ticker.mic} {value}") for value in _padded(ticker.value))
        if hit := next((known.codes[each] for each in spellings if each in known.codes), None):
            yield *hit, ticker.start, ticker.end
    for match in _CODE.finditer(line):
        if hit := known.codes.get(match[0].casefold()):
            yield *hit, *match.span()


def _padded(value: str) -> tuple[str, ...]:
    """A number as exchanges, agencies and portals write it; any other ticker as it is."""
    return (value, value.zfill(4), value.zfill(5)) if value.isdigit() else (value,)


def _worded(known: Known, line: str, lower: set[str]) -> Iterator[tuple[str, str, int, int]]:
    if not known.words:
        return
    found = list(WORD.finditer(line))
    for at, first in enumerate(found):
        for entry in known.words.get(first[0].casefold(), ()):
            words = found[at : at + len(entry.words)]
            if _stands(entry, words, line):
                end = _with_form(line, words[-1].end() + _full_stop(entry, line, words[-1].end()))
                if _is_meant(entry, line, first.start(), end, lower):
                    yield entry.slug, entry.scheme, first.start(), end
                    break


def _stands(entry: Entry, words: list[re.Match[str]], line: str) -> bool:
    """Whether these words of a line are the name."""
    if len(words) < len(entry.words):
        return False
    loose = len(entry.words) > 1 or len(entry.words[0]) >= _LONG
    if not all(_same(name, word[0], loose=loose) for name, word in zip(entry.words, words, strict=True)):
        return False
    between = [line[one.end() : other.start()] for one, other in pairwise(words)]
    return all(map(_BETWEEN.fullmatch, between)) and tuple(map(joint, between)) == entry.joints


def _same(name: str, word: str, *, loose: bool) -> bool:
    return word == name or (loose and (word == name.upper() or (name[:1].islower() and word == name.capitalize())))


def _full_stop(entry: Entry, line: str, end: int) -> bool:
    """Whether the full stop at the end of a name ("Inc.") stands there too."""
    return entry.text.endswith(".") and line[end : end + 1] == "."


def _with_form(line: str, end: int) -> int:
    """The end of a name, with the legal form that follows it."""
    match = re.match(r",?\s", line[end:])
    form = match and (STRONG.match(line, end + match.end()) or WEAK.match(line, end + match.end()))
    return form.end() if form else end


def _is_meant(entry: Entry, line: str, start: int, end: int, lower: set[str]) -> bool:
    """Whether it is the company, and neither a person, a place, another company nor a common word."""
    if len(entry.words) > 1:
        return not _LONGER_NAME.match(line, end)
    if (
        _OTHER_THING.match(line, end)
        or _LONGER_NAME.match(line, end)
        or _PERSON.search(line[max(0, start - 20) : start])
    ):
        return False
    is_word = entry.text.lower() in lower and not entry.text.islower()
    return not is_word or not _begins(line, start) or line[end : end + 2] in {"'s", "’s"}


def _begins(line: str, start: int) -> bool:
    """Whether a sentence begins there, so that any word is written with a capital."""
    at = start
    while at and line[at - 1] in " \"“‘'(":
        at -= 1
    return not at or line[at - 1] in ".!?:;—–-"


def _signed(known: Known, line: str) -> Iterator[tuple[str, str, int, int]]:
    if not known.signs or not CJK.search(line):
        return
    for at in range(len(line) - 1):
        for entry in known.signs.get(line[at : at + 2], ()):
            if line.startswith(entry.text, at):
                yield entry.slug, entry.scheme, at, at + len(entry.text)
                break
