"""An entry of a draft as a person decides about it: where it stands in the text, what it says, how sure it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline.app.drafting.reviewing.cut import comments
from timeline.app.drafting.reviewing.sheet import candidate
from timeline.app.told import told
from timeline.checks.evidence import standing
from timeline.event import Locator
from timeline.paragraphs import Paragraph, paragraphs
from timeline.render.passages import Passage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.app.drafting.reviewing.cut import Block, Cut
    from timeline.app.drafting.reviewing.effects import Effect
    from timeline.event import Report
    from timeline.prose.text import Text
    from timeline.render.review import Card

_CONFIDENCE = re.compile(r"#\s*(\d{1,3} ?%)(?::\s*(.*))?")
_UNTOLD = ("kind", "key", "at")
_BAD = ("conflicts", "differs", "unregistered", "unknown")
_EFFECTS = {
    "new": "new",
    "corroborates": "corroborates what is recorded",
    "conflicts": "conflicts with what is recorded",
    "apart": "would stand apart",
    "recorded": "recorded already",
    "differs": "recorded otherwise under this key: a load would be refused",
    "unregistered": "its company is not registered: a load would be refused",
    "unknown": "cannot be told what it would do",
}


def doubts(block: Block) -> tuple[str, tuple[str, ...]]:
    """How sure the draft says it is, and what it took for granted; both empty where it does not say."""
    found = [*_drafted(block)]
    if not found or not (first := _CONFIDENCE.match(found[0])):
        return "", ()
    rest = (line.lstrip("# ") for line in found[1:])
    return first[1], tuple(line for line in (first[2] or "", *rest) if line)


def _drafted(block: Block) -> Iterator[str]:
    """The comment lines above an entry from the one on that tells how sure the draft is."""
    lines = list(comments(block))
    start = next((at for at, line in enumerate(lines) if _CONFIDENCE.match(line)), len(lines))
    yield from lines[start:]


def own_comments(block: Block) -> str:
    """The lines above an entry without those of the draft: what a person wrote before them."""
    lines = block.above.splitlines(keepends=True)
    start = next((at for at, line in enumerate(lines) if _CONFIDENCE.match(line.strip())), len(lines))
    kept = (line for line in lines[start:] if not line.strip().startswith("#"))
    return "".join((*lines[:start], *kept))


def remarks(cut: Cut) -> tuple[str, ...]:
    """What a draft took for granted about its source: the comments in its block."""
    found = cut.piece("source")
    lines = (line.strip() for line in found.head.splitlines()) if found else ()
    return tuple(line.lstrip("# ") for line in lines if line.startswith("#"))


def candidate_card(head: Card, block: Block, text: Text | None) -> Card:
    """The rest of the card of a candidate."""
    said = candidate(block)
    at = (Locator(quote=said.quote, paragraph=said.paragraph),) if said.quote else ()
    return head._replace(passages=passages(at, text), fields=(("why", said.reason),) if said.reason else ())


def fact_card(head: Card, report: Report, effect: Effect, text: Text | None) -> Card:
    """The rest of the card of a fact that can be read."""
    return head._replace(
        passages=passages(report.at, text),
        fields=fields_told(report),
        effect=_EFFECTS[effect.verdict],
        bad=effect.verdict in _BAD,
        told=effect.told,
    )


def fields_told(report: Report) -> tuple[tuple[str, str], ...]:
    """What a fact says, as it is understood."""
    return tuple((name.replace("_", " "), text) for name, text in told(report) if name not in _UNTOLD)


def passages(at: Sequence[Locator], text: Text | None) -> tuple[Passage, ...]:
    """The paragraphs in which quotes stand, each once, in the order of the text; without a text the quotes alone."""
    if text is None:
        return tuple(Passage(each.paragraph, each.quote, ((0, len(each.quote)),), whole=False) for each in at)
    lines = paragraphs("\n".join(text.paragraphs))
    found: dict[int | None, tuple[list[tuple[int, int]], list[str]]] = {}
    for each in at:
        where = standing(each, lines)
        if where.verdict in ("found", "ambiguous"):
            for span in where.spans:
                found.setdefault(span.paragraph, ([], []))[0].append((span.start, span.end))
        else:
            found.setdefault(each.paragraph, ([], []))[1].append(each.quote)
    order = sorted(found, key=lambda number: (number is None, number or 0))
    return tuple(_passage(number, *found[number], lines) for number in order)


def _passage(
    number: int | None, spans: list[tuple[int, int]], missing: list[str], lines: Iterable[Paragraph]
) -> Passage:
    text = next((line.text for line in lines if line.number == number), "")
    return Passage(number, text, tuple(spans), tuple(missing))
