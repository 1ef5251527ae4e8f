"""A made-up text, its annotation, and a draft of it with one fact right, one wrong, two missed and one too many."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from timeline.app.drafting.drafted import Candidate, Draft, Drafted
from timeline.event import Locator
from timeline.paragraphs import Span
from timeline.prose.text import text_of

if TYPE_CHECKING:
    from pathlib import Path

TEXT: Final = """\
Halden lifts its 2026 goal
On January 8, Halden bought back 1.25 million shares for about HKD 52.5 million.
Profit rose 5% to HKD 80 million in 2025, Mira Holt said.
The shares closed at HKD 42.00 on January 9. The Aster 3 will cost HKD 900.
"""
SHA256: Final = hashlib.sha256(TEXT.encode()).hexdigest()
ANNOTATION: Final = f"""\
schema: timeline/source/1
source:
  id: halden-goal
  kind: news
  title: Halden lifts its 2026 goal
  published: 2026-01-10
  zone: Asia/Hong_Kong
  currency: HKD
  sha256: {SHA256}
defaults: {{company: halden, occurred: 2026-01-10}}
facts:
  - key: bought
    kind: buyback.executed
    occurred: 2026-01-08
    shares: 1.25 million
    value: about HKD 52.5 million
    at:
      - {{paragraph: 2, quote: January 8}}
      - {{paragraph: 2, quote: 1.25 million shares}}
      - {{paragraph: 2, quote: HKD 52.5 million}}
  - key: profit
    kind: result.reported
    occurred: 2025
    said_by: Mira Holt
    metric: net profit
    period: 2025
    value: HKD 80 million
    change: 5 %
    at:
      - {{paragraph: 3, quote: 5%}}
      - {{paragraph: 3, quote: HKD 80 million in 2025}}
  - key: close
    kind: price.observed
    occurred: 2026-01-09
    what: close
    price: HKD 42.00
    at:
      - {{paragraph: 4, quote: HKD 42.00}}
      - {{paragraph: 4, quote: January 9}}
  - key: aster
    kind: product.described
    product: Aster 3
    price: HKD 900
    at:
      - {{paragraph: 4, quote: Aster 3}}
      - {{paragraph: 4, quote: HKD 900}}
left_out:
  - {{paragraph: 1, quote: "2026", reason: the headline}}
"""
KINDS: Final = frozenset({"buyback.executed", "result.reported", "price.observed", "target.set"})
"""Kinds that have cues, as far as these tests are concerned: all of the annotation but that of the product."""

BOUGHT: Final = {
    "key": "drafted-bought",
    "kind": "buyback.executed",
    "company": "halden",
    "occurred": "2026-01-08",
    "shares": "1.25 million shares",
    "value": "about HKD 52.5 million",
}
PROFIT: Final = {
    "key": "drafted-profit",
    "kind": "result.reported",
    "company": "halden",
    "occurred": "2025",
    "metric": "net income",
    "period": "2025",
    "value": "HKD 80 million",
    "change": "-5 %",
}
GOAL: Final = {
    "key": "drafted-goal",
    "kind": "target.set",
    "company": "halden",
    "occurred": "2026-01-10",
    "metric": "revenue",
    "period": "2026",
    "action": "raised",
}
REGISTERED: Final = {
    "key": "halden",
    "kind": "company.registered",
    "company": "halden",
    "occurred": "2026-01-10",
    "name": "Halden",
}


def fact(fields: dict[str, Any], *quotes: tuple[int, str]) -> Drafted:
    """A drafted fact that quotes what stands in paragraphs."""
    at = tuple(Locator(quote=quote, paragraph=paragraph) for paragraph, quote in quotes)
    return Drafted(fields=fields, at=at, sentence=Span(quotes[0][0], 0, 1) if quotes else Span(1, 0, 1), confidence=70)


def drafted(*facts: Drafted, candidates: tuple[Candidate, ...] = ()) -> Draft:
    """A draft of the text with these facts."""
    text = text_of(TEXT.encode(), "halden.txt")
    return Draft(
        source={"id": "draft", "currency": "HKD"},
        remarks=(),
        company="halden",
        facts=facts,
        candidates=candidates,
        text=text,
    )


def draft() -> Draft:
    """A draft that is partly right."""
    return drafted(
        fact(REGISTERED),
        fact(BOUGHT, (2, "January 8"), (2, "1.25 million shares"), (2, "about HKD 52.5 million")),
        fact(PROFIT, (3, "5%"), (3, "HKD 80 million")),
        fact(GOAL, (1, "2026")),
        candidates=(Candidate(quote="HKD 42.00", paragraph=4, reason="no fact"),),
    )


def written(folder: Path) -> tuple[str, str]:
    """The paths of the annotation and of a folder with the text in it."""
    texts = folder / "texts"
    texts.mkdir()
    (texts / "any-name.txt").write_text(TEXT, "utf-8")
    (folder / "halden.yaml").write_text(ANNOTATION, "utf-8")
    return str(folder / "halden.yaml"), str(texts)
