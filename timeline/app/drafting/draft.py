"""Drafting: from a text to a fixture that a person confirms.

The machine proposes: figures are found, companies recognised, every topic's cues tried on every sentence, and each fact
is checked as one of a fixture is. Nothing that is printed is dropped: what no fact holds is a candidate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timeline.app.drafting.companies import (
    Known,
    Mention,
    NewCompany,
    main_company,
    mentions,
    new_mentions,
    proposed_companies,
)
from timeline.app.drafting.drafted import Candidate, Draft, Drafted
from timeline.app.drafting.facts import draft_facts
from timeline.app.drafting.ground import Ground
from timeline.app.drafting.head import source_head
from timeline.app.drafting.model.question import Answer, Question
from timeline.app.drafting.model.question import Known as Named
from timeline.app.drafting.passages import passages
from timeline.app.drafting.registering import registrations
from timeline.app.show import show
from timeline.catalog import catalog
from timeline.dates import When
from timeline.errors import InvalidInput, NotFound, Problem
from timeline.prose.finder import found
from timeline.prose.heading import day_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from sqlite3 import Connection

    from timeline.app.drafting.head import Head
    from timeline.paragraphs import Span
    from timeline.prose.spans import Printed
    from timeline.prose.text import Text

_PROFILE: Final = "profile"
_UNPLACED: Final = "no fact was recognised that has it"


def draft(  # noqa: PLR0913  what a command line tells
    connection: Connection | None,
    text: Text,
    *,
    company: str | None = None,
    published: str | None = None,
    zone: str | None = None,
    currency: str | None = None,
    model: bool = False,
    path: str = "",
) -> Draft:
    """What is proposed for a text.

    Args:
        connection: to the database whose companies are known; None for none.
        text: the text.
        company: slug of the company that it is about; None to find it in the text.
        published: when it was published, where the text does not say.
        zone: of that time.
        currency: what a bare "$" means in it, where the text does not say.
        model: whether the user's language model is asked as well.
        path: of its file, for messages.

    Raises:
        InvalidInput: the text does not say when it was published, and nobody else does.
        TimelineError: a library is missing, or the model does not answer.
    """
    day = day_of(published or text.published)
    known = Known.of(connection, day, text)
    named = mentions(known, text)
    new = proposed_companies(text, named, known.titles)
    about = company or main_company(text, named, new)
    if about is None:
        raise _unknown_company(path)
    named = tuple(sorted((*named, *new_mentions(new, text)), key=lambda each: each.span))
    name = known.titles.get(about) or next((each.name for each in new if each.slug == about), "")
    head = source_head(
        text,
        published=published,
        zone=zone,
        currency=currency,
        path=path,
        company=about,
        name=name,
        country=known.country(about),
    )
    if head.day is None:
        raise _undated(path)
    year_end = _year_end(connection, about)
    printed = found(text.paragraphs, head.day, head.currency, year_end)
    ground = Ground(
        source=head.fields["id"],
        kind=head.fields["kind"],
        currency=head.currency,
        published=head.day,
        company=about,
        year_end=year_end,
        names={each.slug: each.quote for each in reversed(named)} | {each.slug: each.name for each in new},
    )
    cues = [cue for topic in catalog().topics for cue in topic.cues]
    made = draft_facts(tuple(passages(text, printed, named)), cues, ground)
    answer = _asked(text, printed, ground, named, made.facts) if model else Answer(facts=made.facts)
    new = (*new, *(NewCompany(each.slug, each.name, (), (), each.span) for each in answer.unregistered))
    return Draft(
        source=head.fields,
        remarks=(*head.remarks, *answer.remarks),
        company=about,
        facts=(*registrations(new, answer.facts, about, head.day, text), *answer.facts),
        candidates=(*_candidates(printed, made.used | answer.used, head, text), *made.refused, *answer.candidates),
        text=text,
    )


def _asked(
    text: Text, printed: Sequence[Printed], ground: Ground, named: Sequence[Mention], offline: tuple[Drafted, ...]
) -> Answer:
    """What the user's language model adds to what was drafted without it."""
    names: dict[str, dict[str, None]] = {ground.company: {}}
    for each in named:
        names.setdefault(each.slug, {})[each.quote] = None
    question = Question(
        text=text,
        printed=tuple(printed),
        companies=tuple(Named(slug, tuple(quotes)) for slug, quotes in names.items()),
        source_id=ground.source,
        published=ground.published,
        currency=ground.currency,
        offline=offline,
    )
    from timeline.app.drafting.model.proposals import answered

    return answered(question, wanted=True)


def _year_end(connection: Connection | None, company: str) -> tuple[int, int] | None:
    """Month and day on which the company's fiscal year ends, as registered; None where that is not known."""
    if connection is None:
        return None
    try:
        told = show(connection, company, _PROFILE, None, None).fiscal_year_end
    except NotFound:
        return None
    month, _, day = told.partition("-")
    return (int(month), int(day)) if day else None


def _undated(path: str) -> InvalidInput:
    what = "the text does not say when it was published, on which all other days rest"
    return InvalidInput([Problem("text-undated", what, "say when: --published 2026-01-09", path)])


def _unknown_company(path: str) -> InvalidInput:
    what = "it is not clear which company the text is about"
    return InvalidInput([Problem("text-company", what, "name it: --company SLUG", path)])


def _candidates(printed: Sequence[Printed], used: AbstractSet[Span], head: Head, text: Text) -> Iterator[Candidate]:
    """Every figure and date without a fact; the source block has the day of publication."""
    for each in printed:
        if each.span not in used and not _is_publication(each, head, text):
            yield Candidate(quote=each.quote.strip(), paragraph=each.span.paragraph, reason=_UNPLACED)


def _is_publication(each: Printed, head: Head, text: Text) -> bool:
    value = each.value
    is_day = isinstance(value, When) and value.is_day and value.first == head.day
    return is_day and text.published is not None and each.quote in text.published
