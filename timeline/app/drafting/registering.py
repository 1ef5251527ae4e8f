"""Registrations of the companies that a draft's facts speak of and nobody has registered yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timeline.app.drafting.drafted import Drafted
from timeline.event import Locator
from timeline.intake.form import slug

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.app.drafting.companies import NewCompany
    from timeline.prose.text import Text

_CONFIDENCE: Final = 60
_UNKNOWN: Final = "nobody has registered this company; where it is known by another name, register this as its alias"


def registrations(
    new: Iterable[NewCompany], facts: Sequence[Drafted], about: str, day: dt.date, text: Text
) -> Iterator[Drafted]:
    """A registration, with other names and tickers, of each new company that a fact needs.

    Args:
        new: companies that the text names and nobody registered.
        facts: that are proposed.
        about: slug of the company that the text is about.
        day: of publication.
        text: that names them.
    """
    needed = {
        about,
        *(fact.fields["company"] for fact in facts),
        *(each for fact in facts for each in fact.fields.get("parties", ())),
    }
    for company in new:
        if company.slug in needed:
            quote = text.paragraphs[company.span.paragraph - 1][company.span.start : company.span.end]
            for kind, fields in _told(company):
                key = slug(f"{company.slug} {fields.get('value', 'name')}")
                yield Drafted(
                    fields={"key": key, "kind": kind, "company": company.slug, "occurred": day.isoformat(), **fields},
                    at=(Locator(quote=quote, paragraph=company.span.paragraph),),
                    sentence=company.span,
                    confidence=_CONFIDENCE,
                    doubts=(_UNKNOWN,),
                )


def _told(company: NewCompany) -> Iterator[tuple[str, dict[str, str]]]:
    """Kind and fields of each fact that registers it."""
    yield "company.registered", {"name": company.name}
    for alias in company.aliases:
        yield "company.identified", {"scheme": "alias", "value": alias}
    for ticker in company.tickers:
        yield "company.identified", {"scheme": "ticker", "value": ticker.value, "mic": ticker.mic}
