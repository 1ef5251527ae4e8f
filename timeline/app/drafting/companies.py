"""Which companies a text names, which of them nobody has registered yet, and which one it is about."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from timeline.app.drafting.known import Known
from timeline.app.drafting.mentioned import Mention, mentions
from timeline.app.drafting.newcomers import Listing, NewCompany, proposed_companies
from timeline.naming import folded
from timeline.store.names import Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.prose.text import Text

__all__ = [
    "Known",
    "Listing",
    "Mention",
    "NewCompany",
    "main_company",
    "mentions",
    "new_mentions",
    "proposed_companies",
]

_LEAD: Final = 4
"""Paragraphs in which a text says of whom it tells, the title among them; a dateline may stand between."""

_FILED: Final = re.compile(r"[^:]{2,60}\s:\s")
"""A name set before a title by a page of quotes, with a space before its colon ("Other Inc : Acme buys")."""

_MOST: Final = 8
"""Mentions that count; a text that is long is not more about a company for it."""


def new_mentions(new: Iterable[NewCompany], text: Text) -> tuple[Mention, ...]:
    """Every place where a text names companies that are only proposed."""
    return mentions(Known.made([name for each in new for name in _names(each)], None), text)


def _names(new: NewCompany) -> Iterable[Name]:
    for scheme, values in (("name", (new.name,)), ("alias", new.aliases)):
        yield from (Name(new.slug, scheme, value, folded(value)) for value in values)
    for ticker in new.tickers:
        for value in (f"{ticker.mic}:{ticker.value}", ticker.value):
            yield Name(new.slug, "ticker", value, folded(value))


def main_company(text: Text, mentions: Sequence[Mention], new: Sequence[NewCompany] = ()) -> str | None:
    """Slug of the company that a text is about; None where none stands out.

    The title counts most, first who it begins with; then a ticker in the first paragraphs, a registrant's name on the
    cover, and how often it is named.
    """
    named = defaultdict[str, list[Mention]](list)
    every = (*mentions, *new_mentions(new, text))
    for each in every:
        named[each.slug].append(each)
    points = {slug: _points(own, text, every) for slug, own in named.items()}
    ranked = sorted(points, key=lambda slug: (-points[slug], slug))
    if not ranked or (len(ranked) > 1 and points[ranked[0]] == points[ranked[1]]):
        return None
    return ranked[0]


def _points(own: Sequence[Mention], text: Text, named: Sequence[Mention]) -> float:
    title = [each for each in own if each.span.paragraph == 1]
    begins = _begins(text, named)
    lead = [each for each in own if 1 < each.span.paragraph <= _LEAD]
    first = min(each.span for each in own)
    return (
        6 * bool(title)
        + 8 * any(begins <= each.span.start <= begins + len("The ") for each in title)
        + 3 * bool(lead)
        + 5 * any(_has_ticker(each, text) for each in (*title, *lead))
        + 10 * _is_registrant(own, text)
        + min(len(own), _MOST) / 2
        - min(first.paragraph, 50) / 100
        - min(first.start, 900) / 100_000
    )


def _begins(text: Text, named: Sequence[Mention]) -> int:
    """Where the title begins: behind the name that a page of quotes files it under, where another follows."""
    filed = _FILED.match(text.paragraphs[0]) if text.paragraphs else None
    behind = filed.end() if filed else 0
    starts = {each.span.start for each in named if each.span.paragraph == 1}
    return behind if behind in starts else 0


def _has_ticker(mention: Mention, text: Text) -> bool:
    """Whether it is one, or has one right behind it."""
    behind = text.paragraphs[mention.span.paragraph - 1][mention.span.end : mention.span.end + 20]
    return mention.scheme in {"ticker", "ISIN"} or bool(re.match(r"\s\(?[A-Z]+(?::\s?|\.)[A-Z0-9]+", behind))


def _is_registrant(own: Sequence[Mention], text: Text) -> bool:
    lines = text.paragraphs
    below = {lines[each.span.paragraph] for each in own if each.span.paragraph < len(lines)}
    return any(re.match(r"\(\s*exact name of", line, re.IGNORECASE) for line in below)
