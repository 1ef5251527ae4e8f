"""The words of an event, taken from its stored bytes: what a search finds it by.

Nothing here knows a payload: the stored JSON tells a figure (it is `printed`), a date (`edtf`) and a quote by itself.
So the words follow from the bytes alone, whatever version of the program reads them, and a search needs no topic.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from timeline.store.terms import split

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION = "1"
"""Of the rules below; an index that other rules made is made anew."""

SOURCE = "source.recorded"
CORRECTION = "event.corrected"

COMPANY, KIND, REPORTED_BY = "\ue000", "\ue001", "\ue002"
"""Begin a word that no text holds: the company's slug, the kind, the source's id."""

BESIDE = frozenset(("occurred", "said by", "parties", "note", "quote"))
"""Names of what stands beside a payload."""

_UNTOLD = frozenset(("sha256", "url"))
_BESIDE = ("occurred", "said_by", "parties", "note")
_SOURCE_FIELDS = ("title", "publisher")
_HEX = "\ue003"
_UNSAFE = re.compile(r"[^0-9a-z\u0080-\ud7ff\uf900-\U0010ffff]")
_RUN = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
"""Scripts that set no spaces between words."""


def text(kind: str, company: str | None, source: str | None, body: bytes | None, titles: str = "") -> str:
    """All words of an event, folded; "" where it was erased.

    Args:
        kind: of the event.
        company: slug, or None.
        source: id, or None.
        body: as stored; None where it was erased.
        titles: title and publisher of its source, see `titles_of`.
    """
    if body is None:
        return ""
    marks = [tag(KIND, kind)]
    if company:
        marks.append(tag(COMPANY, company))
    if source:
        marks.append(tag(REPORTED_BY, source))
    said = "\n".join([kind, *(text for _, text in _said(kind, body)), titles])
    return f"{' '.join(marks)} {folded(said)}"


def told(kind: str, body: bytes) -> list[tuple[str, str]]:
    """What an event says, as printed, by name: the payload's fields, then what stands beside it (`BESIDE`).

    Of a correction, why, and what it puts in the event's place.
    """
    return [(name.replace("_", " "), text) for name, text in _said(kind, body)]


def _said(kind: str, body: bytes) -> list[tuple[str, str]]:
    content = _content(body)
    fields = _dict(content.get("payload"))
    if kind == SOURCE:
        fields = {name: fields.get(name) for name in _SOURCE_FIELDS}
    elif kind == CORRECTION:
        content = _dict(fields.pop("replacement", None))
        fields |= {name: value for name, value in _dict(content.get("payload")).items() if name not in _UNTOLD}
    # Most fields are texts or figures: asking for a text here spares a call.
    pairs = [
        (name, text) for name, value in fields.items() if (text := value if type(value) is str else printed(value))
    ]
    pairs += [(name, text) for name in _BESIDE if name in content and (text := printed(content[name]))]
    if quotes := _quotes(content.get("at"), {text for _, text in pairs}):
        pairs.append(("quote", quotes))
    return pairs


def _quotes(at: object, said: set[str]) -> str:
    """The quotes that say more than the fields do: most are the very print of a figure."""
    quotes = map(printed, at) if isinstance(at, list) else ()
    return "; ".join(quote for quote in quotes if quote and quote not in said)


def occurred(kind: str, body: bytes) -> str | None:
    """EDTF text of when it occurred; None where it does not say."""
    content = _content(body)
    if kind == CORRECTION:
        content = _dict(_dict(content.get("payload")).get("replacement"))
    return _dict(content.get("occurred")).get("edtf")


def _content(body: bytes) -> dict[str, Any]:
    """The body as plain JSON; nothing where it is none, as then nobody can read the event either."""
    try:
        return _dict(msgspec.json.decode(body))
    except (msgspec.DecodeError, RecursionError):
        return {}


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def titles_of(body: bytes | None) -> str:
    """Title and publisher of a source, from its record or a correction of it; "" where it was erased."""
    if body is None:
        return ""
    payload = _dict(_content(body).get("payload"))
    payload = _dict(_dict(payload.get("replacement")).get("payload")) or payload
    return "\n".join(printed(payload.get(name)) for name in _SOURCE_FIELDS)


def printed(value: object) -> str:
    """A stored value as a person reads it; as `timeline.event.printed`, for plain JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return _one(value) or " ".join(filter(None, map(printed, value.values())))
    if isinstance(value, list):
        return "; ".join(filter(None, map(printed, value)))
    return "" if value is None or isinstance(value, bool) else str(value)


def _one(value: dict[str, Any]) -> str:
    """A figure, a quote or a date, which has words of its own; "" for anything else."""
    said = value.get("printed") or value.get("quote")
    if said is None and (said := value.get("edtf")) and (wording := value.get("wording")):
        return f"{said} {wording}"
    return said if isinstance(said, str) else ""


@lru_cache(maxsize=10_000)
def tag(mark: str, name: str) -> str:
    """A company, kind or source as one word."""
    return mark + _UNSAFE.sub(lambda found: f"{_HEX}{ord(found[0]):x}{_HEX}", name)


def folded(text: str) -> str:
    """The text in the form in which words are compared: no case, no accents, no widths; "%" is a word by itself.

    A run of Chinese or Japanese becomes its pairs of letters and its last letter, as in "小米 米集 集團 團": so a
    name of two letters is found inside a longer one, which the trigrams of FTS5 cannot do.
    """
    if text.isascii():
        return text.lower().replace("%", " % ")
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    bare = unicodedata.normalize("NFC", "".join(sign for sign in plain if not unicodedata.combining(sign)))
    spaced = "".join(sign if sign.isalnum() else " % " if sign == "%" else " " for sign in bare)
    return _RUN.sub(lambda run: f" {' '.join(_pairs(run[0]))} ", spaced)


def _pairs(run: str) -> Iterator[str]:
    return (run[start : start + 2] for start in range(len(run)))


def words(folded_text: str) -> list[str]:
    """The words of a folded text, split as the index splits them."""
    return split(folded_text)


def ends_in_run(text: str) -> bool:
    """Whether the last letter is one of a script without spaces."""
    return bool(text) and _RUN.fullmatch(text[-1]) is not None
