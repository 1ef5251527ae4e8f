"""What the cues of some kinds propose for a sentence, for tests: the sentence stands beside the fields expected."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from timeline.app.drafting.facts import draft_facts
from timeline.app.drafting.ground import Ground
from timeline.app.drafting.passages import passages
from timeline.prose.finder import found
from timeline.prose.text import plain_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.cue import Cue

PUBLISHED: Final = dt.date(2026, 1, 9)
_ASIDE: Final = ("key", "kind", "company", "said_by", "confirmed")


def drafted(cues: Sequence[Cue], *paragraphs: str, kind: str = "news", currency: str = "USD") -> list[dict[str, Any]]:
    """The fields of the facts in the order of the text, those aside that are no matter of a kind.

    Args:
        cues: of one kind or several.
        paragraphs: of a text published on Friday, 9 January 2026.
        kind: of the source.
        currency: what it means by a bare "$".
    """
    text = plain_text("\n".join(paragraphs).encode(), "text")
    printed = found(text.paragraphs, PUBLISHED, currency)
    ground = Ground("source", kind, currency, PUBLISHED, "acme")
    facts = draft_facts(tuple(passages(text, printed, ())), cues, ground).facts
    return [{name: value for name, value in fact.fields.items() if name not in _ASIDE} for fact in facts]


def of_kind(cues: Sequence[Cue], name: str) -> list[Cue]:
    """The cues of a kind."""
    return [cue for cue in cues if name == cue.payload.KIND]
