"""What checks found, as text: in words, with the figures and their intervals below, and how much was compared."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from timeline.digits import counted
from timeline.render.table import table_lines
from timeline.render.typeset import cells, left, visible, wrapped
from timeline.render.words import id_words, number_words
from timeline.section import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.page import Checked
    from timeline.render.ink import Ink
    from timeline.section import Compared, Finding

RULES = (
    Column("rule"),
    Column("severity"),
    Column("compared", kind="number"),
    Column("found", kind="number"),
    Column("compares"),
    Column("assumes"),
)
"""The columns of a list of rules."""

_INDENT = "    "
_SHOWN = 6
"""Events that a finding names on a page; data formats hold all."""

_NAMES = 24
"""Cells that the names of figures may take before their values stand below them."""


def finding_lines(findings: Iterable[Finding], width: int, ink: Ink) -> Iterator[str]:
    """A finding a paragraph, in words, with its events and sources."""
    marks = {"error": ink.error, "warning": ink.warning, "note": ink.faint}
    for finding in findings:
        evidence = ", ".join([*_some(finding.events), *map(visible, finding.sources)])
        head = f"{finding.severity}[{visible(finding.rule)}]:"
        first, *rest = wrapped(f"{head} {visible(finding.what)}" + (f" ({evidence})" if evidence else ""), width - 2)
        yield marks[finding.severity](head) + first[len(head) :] if first.startswith(head) else first
        yield from (f"  {line}" for line in rest)


def _some(events: Sequence[str]) -> Iterator[str]:
    """The first ids, and how many more there are."""
    shown, more = events[:_SHOWN], len(events) - _SHOWN
    yield from (id_words(event) + (f" +{more}" if more > 0 and event is shown[-1] else "") for event in shown)


def detailed_lines(finding: Finding, width: int, ink: Ink) -> Iterator[str]:
    """A finding with the figures that were compared and what was taken for granted."""
    yield from finding_lines([finding], width, ink)
    names = max((cells(visible(figure.name)) for figure in finding.figures), default=0)
    for figure in finding.figures:
        label = left(visible(figure.name), min(names, _NAMES))
        yield from _indented(f"{label}  {_value(figure)}", width)
    for text in finding.assumed:
        yield from map(ink.faint, _indented(f"assumed: {visible(text)}", width))


def count_line(checked: Sequence[Checked], findings: Sequence[Finding]) -> str:
    """How much was compared, and what came of it: "41 comparisons under 14 of 40 rules: 1 error, 2 notes"."""
    applied = sum(rule.compared > 0 for rule in checked)
    compared = sum(rule.compared for rule in checked)
    counts = Counter(finding.severity for finding in findings)
    told = [counted(counts[severity], severity) for severity in ("error", "warning", "note") if counts[severity]]
    return f"{counted(compared, 'comparison')} under {applied} of {len(checked)} rules: {', '.join(told) or 'all well'}"


def rule_lines(checked: Sequence[Checked], width: int, ink: Ink) -> Iterator[str]:
    """Every rule with what it compares, how often it did, and what it takes for granted."""
    rows = [{column.name: str(getattr(rule, column.name)) for column in RULES} for rule in checked]
    return table_lines(RULES, rows, width, ink)


def _indented(text: str, width: int) -> Iterator[str]:
    return (f"{_INDENT}{line}" for line in wrapped(text, max(width - len(_INDENT), len(_INDENT))))


def _value(figure: Compared) -> str:
    """As printed, and the interval that the print leaves, where that is more than one number."""
    printed = f"“{visible(figure.printed)}”" if figure.printed else ""
    return "  ".join(text for text in (printed, _interval(figure)) if text)


def _interval(figure: Compared) -> str:
    low, high = (bound and number_words(bound) for bound in (figure.low, figure.high))
    unit = f" {visible(figure.unit)}" if figure.unit else ""
    match low, high:
        case None, None:
            return ""
        case None, _:
            return f"at most {high}{unit}"
        case _, None:
            return f"at least {low}{unit}"
        case _:
            return f"{low}{unit}" if low == high else f"{low} to {high}{unit}"
