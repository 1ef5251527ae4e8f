"""Of which company a sentence speaks, and who has to say it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from timeline.app.drafting.facts import draft_facts
from timeline.app.drafting.ground import Ground
from timeline.app.drafting.mentioned import Mention
from timeline.app.drafting.passages import passages
from timeline.catalog import catalog
from timeline.paragraphs import Span
from timeline.prose.finder import found
from timeline.prose.text import plain_text

PUBLISHED = dt.date(2026, 1, 9)


def _drafted(sentence: str, *names: str, kind: str = "news") -> list[dict[str, Any]]:
    """The facts of a sentence of a text about Acme that names these companies."""
    text = plain_text(sentence.encode(), "text")
    places = [(name, sentence.index(name)) for name in names]
    named = tuple(Mention(name.casefold(), Span(1, at, at + len(name)), name, "name") for name, at in places)
    printed = found(text.paragraphs, PUBLISHED, "USD")
    cues = [cue for topic in catalog().topics for cue in topic.cues]
    ground = Ground("source", kind, "USD", PUBLISHED, "acme")
    return [dict(fact.fields) for fact in draft_facts(tuple(passages(text, printed, named)), cues, ground).facts]


def test_what_is_done_to_a_company_concerns_it_though_it_is_named_behind() -> None:
    sentence = "China’s market regulator launched an antitrust investigation into Globex last week."

    assert [fact["company"] for fact in _drafted(sentence, "Globex")] == ["globex"]


def test_the_company_of_the_text_goes_first_among_those_concerned() -> None:
    sentence = "The European Commission fined Globex and Acme 100 million euros for breaking antitrust rules."

    assert [fact["company"] for fact in _drafted(sentence, "Globex", "Acme")] == ["acme"]


def test_nobody_has_to_say_what_an_exchange_shows() -> None:
    sentence = "Shares of Acme closed at $25 on January 8 after the company raised its forecast."

    assert ["confirmed" in fact for fact in _drafted(sentence, "Acme")] == [False]
    assert [fact["confirmed"] for fact in _drafted(sentence, "Acme", kind="statement")] == ["company"]
