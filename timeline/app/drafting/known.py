"""The names of the registered companies, as texts may write them.

What is called so on the day of publication comes before what was so called before or since, as registered before what
merely leaves the legal form away; a name that still may mean two companies means none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import Struct

from timeline.app.drafting.legal_forms import short_forms
from timeline.app.drafting.venues import country_of
from timeline.naming import folded
from timeline.store import names

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from sqlite3 import Connection

    from timeline.prose.text import Text
    from timeline.store.names import Name

WORD: Final = re.compile(r"[^\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")
"""A word of a language that sets spaces between them, or a part of one on either side of a hyphen or apostrophe."""

CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
"""A sign of a language that sets none."""

_MIC: Final = re.compile(r"([x][a-z0-9]{3}|bvmf) ")
_IGNORED: Final = re.compile(r"[\s.,]+")
_NAMES: Final = frozenset({"name", "former name", "alias"})
_CODES: Final = frozenset({"ticker", "ISIN", "LEI"})


class Entry(NamedTuple):
    """A name as it is looked for.

    Attributes:
        slug: of the company.
        scheme: as in the index of names.
        text: as written.
        words: of it, in order.
        joints: what stands between the words, without spaces, commas and full stops.
    """

    slug: str
    scheme: str
    text: str
    words: tuple[str, ...]
    joints: tuple[str, ...]


class Known(Struct, frozen=True):
    """Names by which companies are recognised.

    Attributes:
        words: names by their first word, folded, longest first.
        signs: names in signs without spaces by their first two, longest first.
        codes: slug and scheme by spelling of a ticker, ISIN or LEI, folded.
        titles: registered name by slug, of all companies.
        exchanges: MIC of the first ticker by slug, of those that have one.
    """

    words: Mapping[str, tuple[Entry, ...]] = {}
    signs: Mapping[str, tuple[Entry, ...]] = {}
    codes: Mapping[str, tuple[str, str]] = {}
    titles: Mapping[str, str] = {}
    exchanges: Mapping[str, str] = {}

    @classmethod
    def of(cls, connection: Connection | None, day: date | None, text: Text | None = None) -> Known:
        """The names of a database's companies, as `made` takes them; none without a database."""
        return cls.made(names.all_names(connection) if connection is not None else (), day, text)

    @classmethod
    def made(cls, called: Iterable[Name], day: date | None, text: Text | None = None) -> Known:
        """The names that are told.

        Args:
            called: the names.
            day: on which they are to be valid, if a name is of several companies; None for any.
            text: in which they will be looked for: of thousands of companies it names a few. None for any.
        """
        found = _meant(called, day.isoformat() if day else "", _Words(text) if text else None)
        words, signs = defaultdict[str, list[Entry]](list), defaultdict[str, list[Entry]](list)
        for value, (slug, scheme) in found.names.items():
            if CJK.search(value):
                signs[value[:2]].append(Entry(slug, scheme, value, (), ()))
            elif (entry := _entry(slug, scheme, value)).words:
                words[entry.words[0].casefold()].append(entry)
        return cls(_longest_first(words), _longest_first(signs), found.codes, found.titles, found.exchanges)

    def country(self, slug: str) -> str:
        """Where its shares are traded, as ISO 3166-1 has it; empty where that is not known."""
        return country_of(self.exchanges.get(slug, ""))


class _Found(NamedTuple):
    names: dict[str, tuple[str, str]]
    codes: dict[str, tuple[str, str]]
    titles: dict[str, str]
    exchanges: dict[str, str]


class _Words:
    """The words of a text, to leave aside the names that it cannot have."""

    def __init__(self, text: Text) -> None:
        self._body = "\n".join(text.paragraphs)
        self._words = {word.casefold() for word in WORD.findall(self._body)}

    def may_have(self, name: Name) -> bool:
        """Whether it has the first word of a name, or a part of a code."""
        first, _, others = name.folded.partition(" ")
        if first in self._words or (first == "the" and others.partition(" ")[0] in self._words):
            return True
        if name.scheme in _CODES:
            return others.rpartition(" ")[2] in self._words
        return bool(CJK.search(name.value)) and name.value[:2] in self._body


def _meant(called: Iterable[Name], day: str, text: _Words | None) -> _Found:
    """Slug and scheme by name and by code, each of one company."""
    spelled: dict[tuple[bool, str], list[tuple[int, Name, str]]] = defaultdict(list)
    titles, exchanges = dict[str, str](), dict[str, str]()
    for name in called:
        titles.setdefault(name.company, name.company)
        if name.scheme == "name":
            titles[name.company] = name.value
        elif name.scheme == "ticker" and (mic := _MIC.match(name.folded)):
            exchanges.setdefault(name.company, mic[1].upper())
        if text and not text.may_have(name):
            continue
        off = 2 * (bool(day) and not name.first <= day <= (name.last or day))
        if name.scheme in _NAMES:
            spelled[False, folded(name.value)].append((off, name, name.value))
            for form in short_forms(name.value):
                spelled[False, folded(form)].append((off + 1, name, form))
        elif name.scheme in _CODES:
            spelled[True, name.folded].append((off, name, name.folded))
    found = _Found({}, {}, titles, exchanges)
    for (is_code, _), candidates in spelled.items():
        best = min(rank for rank, _, _ in candidates)
        nearest = [(name, value) for rank, name, value in candidates if rank == best]
        if len({name.company for name, _ in nearest}) == 1:
            into = found.codes if is_code else found.names
            into.update({value: (name.company, name.scheme) for name, value in nearest})
    return found


def _entry(slug: str, scheme: str, value: str) -> Entry:
    found = list(WORD.finditer(value))
    joints = tuple(joint(value[one.end() : other.start()]) for one, other in pairwise(found))
    return Entry(slug, scheme, value, tuple(word[0] for word in found), joints)


def joint(between: str) -> str:
    """What stands between two words of a name, without what is often left away or added."""
    return _IGNORED.sub("", between).replace("’", "'")


def _longest_first(entries: Mapping[str, list[Entry]]) -> dict[str, tuple[Entry, ...]]:
    return {key: tuple(sorted(found, key=lambda each: (-len(each.text), each.text))) for key, found in entries.items()}
