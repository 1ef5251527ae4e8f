"""What a language model answers about a text; it is believed in nothing."""

import datetime as dt
import json

from timeline.app.drafting.drafted import Candidate
from timeline.app.drafting.facts import located
from timeline.app.drafting.model.answer import facts_of
from timeline.app.drafting.model.gate import checked
from timeline.app.drafting.model.material import Material
from timeline.app.drafting.model.question import Known, Question
from timeline.intake.proposed import proposed
from timeline.prose.finder import found
from timeline.prose.text import text_of

_TEXT = """\
Acme lifts its 2026 goal
On January 8, Acme bought back 1.25 million shares for about HKD 52.5 million. Berg Motors sold 300 cars.
Chief executive Ada Lund now targets 90,000 deliveries in 2026, more than 80,000 having been delivered in 2025.
Costs fell 5% and prices rose 5%. The “Fjord” van costs HKD 210,000 and comes by the end of 2026.
"""
_DAY = dt.date(2026, 1, 9)
_READ = text_of(_TEXT.encode(), "text")
_QUESTION = Question(
    text=_READ,
    printed=found(_READ.paragraphs, _DAY, ""),
    published=_DAY,
    companies=(Known("acme", ("Acme",)), Known("berg", ("Berg Motors", "Berg"))),
    source_id="acme-goal",
)
_BOUGHT = {
    "kind": "buyback.executed",
    "company": "acme",
    "occurred": "2026-01-08",
    "shares": "1.25 million",
    "value": "about HKD 52.5 million",
    "at": [{"paragraph": 2, "quote": "January 8"}, {"paragraph": 2, "quote": "1.25 million shares"}, {"figure": "#3"}],
}
_TARGET = {
    "kind": "target.set",
    "company": "acme",
    "occurred": "2026-01-09",
    "metric": "EV deliveries",
    "period": "2026",
    "action": "raised",
    "value": "90,000",
    "said_by": "Ada Lund",
    "parties": ["berg"],
    "at": {"paragraph": 3, "quote": "90,000"},
}
SEEDS = (
    json.dumps({"facts": [_BOUGHT]}),
    json.dumps({"facts": [_TARGET, {**_BOUGHT, "kind": "company.registered"}]}),
    f"<think>so</think>```json\n{json.dumps([_BOUGHT])}\n```",
    (
        '{"facts": [{"kind": "statement.made", "company": "acme", "category": "outlook", "text": "Ada Lund targets deliveries", '
        '"occurred": {"when": "2026", "wording": "in 2026"}, "at": [{"paragraph": 3, "quote": "2026", "prefix": "in "}]}]}'
    ),
)
WORDS = (
    '"kind":',
    '"at":',
    '"paragraph":',
    '"quote":',
    '"figure": "#',
    '"prefix":',
    '"occurred":',
    '"value":',
    '"confidence": 100',
    '"key":',
    '"target":',
    "null",
    "true",
    "1e999999999",
    "-0.0",
    "NaN",
    "\\ud800",
    "\\u202e",
    "[[[[",
    '{"a":',
    "<think>",
    "```",
    "event.retracted",
    "result.reported",
    "product.described",
    "99999999999999999999",
)


def run(data: bytes) -> None:
    """A fact that passes has quotes that stand in the text and can be loaded; all else is a candidate with a reason."""
    material = Material(_QUESTION)
    for written in facts_of(data.decode("utf-8", "replace")):
        told = checked(written, material)
        if isinstance(told, Candidate):
            assert told.reason
            continue
        for at in told.at:
            assert at.paragraph is not None
            assert at.quote in _READ.paragraphs[at.paragraph - 1], at
        report = proposed({**told.fields, "at": [located(at) for at in told.at]}, "acme-goal", "")
        assert not isinstance(report, tuple), report
