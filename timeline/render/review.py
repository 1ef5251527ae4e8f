"""A draft's facts as text for a terminal: the paragraph with its quotes marked, the fields, the doubts, the effect.

What comes from the text or the draft is laid out here, so that nothing in it moves the cursor or turns the line round.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline.digits import counted
from timeline.render.findings import finding_lines
from timeline.render.ink import Ink
from timeline.render.passages import Passage, passage_lines
from timeline.render.typeset import cells, cut, flowed, left, visible, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.section import Finding

_FIX = "  fix:"
_WIDEST_LABEL = 16
_NARROWEST = 16
"""Cells that a value gets at least beside its label."""

_WIDEST = 100
"""Cells beyond which a line of prose is hard to read."""

_DECIDED = {"keep": "kept", "edit": "edited", "drop": "dropped", "later": "later", "leave out": "left out"}
_COUNTED = {
    "new": "new",
    "corroborates": "backed up by what is recorded",
    "conflicts": "in conflict with what is recorded",
    "apart": "apart, as they could be one of several",
    "recorded": "recorded already",
    "differs": "recorded otherwise",
    "unregistered": "of a company that is not registered",
    "unknown": "unclear",
}


class Card(NamedTuple):
    """An entry of a draft as a person decides about it.

    Attributes:
        number: of the entry, from 1.
        total: how many entries there are.
        what: "fact" or "candidate".
        title: kind and key of the fact; the candidate's quote.
        status: what was decided; empty while it is open.
        passages: where it stands in the text.
        fields: label and text.
        confidence: as in "72 %"; empty where the draft does not say.
        doubts: a line each.
        problems: what is wrong with it, as messages of some lines.
        effect: what recording it would do; empty where that is not asked.
        bad: whether the effect asks for attention.
        told: more of the effect, a line each.
    """

    number: int
    total: int
    what: str
    title: str
    status: str = ""
    passages: tuple[Passage, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    confidence: str = ""
    doubts: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    effect: str = ""
    bad: bool = False
    told: tuple[str, ...] = ()


def card_text(card: Card, width: int, *, color: bool) -> str:
    """All that a person goes by, for a width in cells."""
    ink, width = Ink(color), min(width, _WIDEST)
    return "".join(f"{line}\n" for line in _card_lines(card, width, ink))


def _card_lines(card: Card, width: int, ink: Ink) -> Iterator[str]:
    status = f" · {decided(card.status)}" if card.status else ""
    head = f"{card.what} {card.number:,} of {card.total:,}{status}"
    yield ink.faint(head + " " + "─" * max(width - cells(head) - 1, 0))
    yield from (ink.strong(line) for line in wrapped(visible(card.title), width))
    for passage in card.passages:
        yield ""
        yield from passage_lines(passage, width, ink)
    if card.fields:
        yield ""
        yield from field_lines(card.fields, width)
    yield from _below(card, width, ink)


def _below(card: Card, width: int, ink: Ink) -> Iterator[str]:
    """What bears on the decision."""
    doubts = [f"{card.confidence} sure" if card.confidence else "", *card.doubts]
    lines = [line for doubt in doubts if doubt for line in hanging(doubt, width, "? " if doubt in card.doubts else "")]
    if lines:
        yield ""
        yield from (ink.warning(line) if card.doubts else line for line in lines)
    for problem in card.problems:
        yield ""
        yield from (ink.error(line) for line in problem_lines(problem, width))
    if card.effect:
        yield ""
        mark = ink.error if card.bad else ink.strong
        yield from (mark(line) for line in wrapped(visible(card.effect), width))
        yield from (line for told in card.told for line in hanging(told, width, "  "))


def problem_lines(problem: str, width: int) -> Iterator[str]:
    """A problem as it tells itself; what has a caret below it keeps its columns, so it is cut."""
    for line in problem.split("\n"):
        if line.startswith(_FIX):
            yield from hanging(line.removeprefix(_FIX).lstrip(), width, f"{_FIX} ")
        elif line.startswith("  "):
            yield cut(visible(line), width)
        else:
            yield from wrapped(visible(line), width)


def hanging(text: str, width: int, before: str) -> Iterator[str]:
    """A paragraph whose lines are indented by what stands before its first one."""
    first, *rest = wrapped(visible(text), max(width - cells(before), _NARROWEST))
    yield before + first
    yield from (" " * cells(before) + line for line in rest)


def field_lines(fields: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    """Labels with their values; values below the label where the screen is narrow."""
    labels = min(max(cells(visible(label)) for label, _ in fields), _WIDEST_LABEL)
    for label, text in fields:
        before = f"{left(visible(label), labels)}  "
        room = width - cells(before)
        if room < _NARROWEST or cells(before) > labels + 2:
            yield visible(label)
            yield from hanging(text, width, "  ")
            continue
        first, *rest = wrapped(visible(text), room)
        yield before + first
        yield from (" " * cells(before) + line for line in rest)


def keys_text(keys: Sequence[tuple[str, str]], width: int, *, color: bool) -> str:
    """The keys that do something here, with what they do, in as few lines as they need."""
    ink = Ink(color)
    return "\n".join(ink.faint(line) for line in flowed((f"{key} {what}" for key, what in keys), width, " · ")) + "\n"


def decided(status: str) -> str:
    """A decision as a word that says what became of the entry."""
    return _DECIDED.get(status, status)


def list_text(rows: Sequence[tuple[int, str, str]], at: int, width: int, *, color: bool) -> str:
    """All entries, a line each: number, what became of it, title; the one that is shown now is set off."""
    ink = Ink(color)
    digits = len(f"{max((number for number, _, _ in rows), default=0)}")
    lines = []
    for number, status, title in rows:
        line = cut(f"{number:>{digits}}  {left(decided(status) or '·', 8)}  {visible(title)}", width)
        lines.append(ink.strong(line) if number == at else ink.faint(line) if status else line)
    return "".join(f"{line}\n" for line in lines)


def prose_text(text: str, width: int, before: str = "") -> str:
    """A message in lines, indented by what stands before its first one."""
    return "".join(f"{line}\n" for line in hanging(text, min(width, _WIDEST), before))


def problems_text(problems: str, width: int) -> str:
    """Problems in lines."""
    return "".join(f"{line}\n" for line in problem_lines(problems, min(width, _WIDEST)))


def help_text(keys: Sequence[tuple[str, str]], width: int) -> str:
    """What each key does."""
    return "".join(f"{line}\n" for line in field_lines(keys, min(width, _WIDEST)))


def outlook_text(
    facts: int,
    verdicts: Sequence[tuple[str, int]],
    striking: Sequence[tuple[str, str, Sequence[str]]],
    findings: Sequence[Finding],
    width: int,
    *,
    color: bool,
) -> str:
    """What a load would do.

    Args:
        facts: how many there are.
        verdicts: how many of them would do what.
        striking: key, effect and more of it, of each fact that conflicts or stands apart.
        findings: of the audit of figures, those that the load would bring.
        width: in cells.
        color: whether to colour.
    """
    ink, width = Ink(color), min(width, _WIDEST)
    counts = ", ".join(f"{count:,} {_COUNTED[verdict]}" for verdict, count in verdicts)
    lines = ["", *wrapped(f"A load of {counted(facts, 'fact')}: {counts or 'none'}.", width)]
    for key, effect, told in striking:
        lines += [ink.error(line) for line in wrapped(f"{visible(key)}: {_COUNTED[effect]}", width)]
        lines += [line for each in told for line in hanging(each, width, "  ")]
    if findings:
        lines += ["", *wrapped("The audit of figures would then say in addition:", width)]
        lines += finding_lines(findings, width, ink)
    else:
        lines += wrapped("The audit of figures would say nothing in addition.", width)
    return "".join(f"{line}\n" for line in lines)
