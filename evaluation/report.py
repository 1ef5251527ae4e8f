"""The figures of a measurement as text and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from evaluation.measuring import Tally, faults, in_all, tally
from timeline.event import printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from evaluation.comparing import Field
    from evaluation.measuring import Matched, Measured
    from timeline.event import Report

SCHEMA: Final = "timeline.evaluation/1"
_FAULTS: Final = 10
_NAME: Final = 42
_COLUMNS: Final = ("printed", "found", "of all", "right", "unattributed", "figures", "seconds")
_GOALS: Final = ("90 %", "60 %", "", "80 %")
"""For texts that nothing was tuned by."""

_LEGEND: Final = """\
printed       figures and dates that the annotation quotes: those that a fact or a candidate of the draft has
found         annotated facts of kinds that have cues: those that the draft has in the right kind
of all        the same of all kinds
right         drafted facts of kinds that have cues: those that are right in every field
unattributed  the same, who said it and who confirmed it aside
figures       the same, figures and dates alone"""


def as_text(found: Sequence[Measured], kinds: frozenset[str], *, blind: bool, verbose: bool) -> str:
    """A table of the texts, one of the fields that are wrong, and what is wrong in each text where that is wanted."""
    told = "nothing" if blind else "the day of publication, its zone and the currency of a bare $"
    lines = [*_details(found, kinds)] if verbose else []
    lines += [_line("text", _COLUMNS), *(_row(each.name, tally(each, kinds)) for each in found)]
    lines += [_row("in all", in_all(tally(each, kinds) for each in found)), _line("goal", _GOALS), ""]
    lines += [*(f"{each.name}: not drafted: {each.problem}" for each in found if each.problem), _LEGEND]
    lines += ["", f"kinds that have cues: {', '.join(sorted(kinds)) or 'none'}"]
    lines += [f"told of a text beside the companies: {told}"]
    return "\n".join([*lines, *_faults(found, kinds)])


def _line(name: str, cells: Iterable[str]) -> str:
    return f"{name[:_NAME]:<{_NAME}}" + "".join(f"{cell:>14}" for cell in cells)


def _row(name: str, row: Tally) -> str:
    counts = (
        (row.placed, row.figures),
        (row.cued_found, row.cued_facts),
        (row.found, row.facts),
        (row.right, row.drafted),
        (row.right_content, row.drafted),
        (row.right_figures, row.drafted),
    )
    return _line(name, [*(_share(*count) for count in counts), f"{row.seconds:.2f}"])


def _share(part: int, whole: int) -> str:
    return f"{part:,}/{whole:,} {percent(part, whole) or '–'}"


def percent(part: int, whole: int) -> str:
    """A share in whole percent, rounded down, so that 100 % is all of it; empty where there is nothing."""
    return f"{100 * part // whole} %" if whole else ""


def _faults(found: Sequence[Measured], kinds: frozenset[str]) -> list[str]:
    wrong = faults(found, kinds)
    rows = [f"{count:>5}  {kind:<22} {field}" for kind, field, count in wrong[:_FAULTS]]
    return ["", "fields that are wrong most often", *rows] if rows else []


def _details(found: Iterable[Measured], kinds: frozenset[str]) -> Iterator[str]:
    for each in found:
        yield f"== {each.name}"
        yield from (
            f"nowhere  “{figure.quote}” in paragraph {figure.span.paragraph}"
            for figure in each.figures
            if figure.place == "nowhere"
        )
        for pair in (pair for pair in each.matched if pair.wrong):
            yield f"wrong    {_told(pair.annotated, kinds)} | {pair.drafted.key}"
            yield from map(_side_by_side, pair.wrong)
        yield from (f"missed   {_whole(report, kinds)}" for report in _cued_first(each.missed, kinds))
        yield from (f"surplus  {_whole(report, kinds)}" for report in _cued_first(each.surplus, kinds))
        yield from (f"refused  {fact.kind} {fact.fields.get('key', '')}" for fact in each.unread)
        yield ""


def _told(report: Report, kinds: frozenset[str]) -> str:
    return f"{report.kind}{'' if report.kind in kinds else ' (no cues)'} {report.company} {report.key}"


def _whole(report: Report, kinds: frozenset[str]) -> str:
    """A fact with all that it says, and where."""
    said = [report.payload.summary(), *([f"said by {report.said_by}"] if report.said_by else [])]
    where = "".join(f"; {at.shown}" for at in report.at)
    return f"{_told(report, kinds)}: {printed(report.occurred)}, {', '.join(said)}{where}"


def _cued_first(reports: Sequence[Report], kinds: frozenset[str]) -> list[Report]:
    return sorted(reports, key=lambda report: report.kind not in kinds)


def _side_by_side(field: Field) -> str:
    return f"           {field.name:<14} {field.annotated or '–'}  |  {field.drafted or '–'}"


def as_json(found: Sequence[Measured], kinds: frozenset[str], *, blind: bool) -> dict[str, Any]:
    """All counts, the texts' and those in all, and what is wrong in each text."""
    return {
        "schema": SCHEMA,
        "blind": blind,
        "cued": sorted(kinds),
        "texts": [{"text": each.name, **_counts(tally(each, kinds)), **_listed(each)} for each in found],
        "in_all": _counts(in_all(tally(each, kinds) for each in found)),
        "faults": [{"kind": kind, "field": field, "facts": count} for kind, field, count in faults(found, kinds)],
    }


def _counts(row: Tally) -> dict[str, int | float]:
    return {name: getattr(row, name) for name in Tally.__struct_fields__}


def _listed(found: Measured) -> dict[str, Any]:
    return {
        "problem": found.problem,
        "nowhere": [
            {"paragraph": each.span.paragraph, "quote": each.quote} for each in found.figures if each.place == "nowhere"
        ],
        "wrong": [_wrong(pair) for pair in found.matched if pair.wrong],
        "missed": [{"kind": report.kind, "key": report.key} for report in found.missed],
        "surplus": [{"kind": report.kind, "key": report.key} for report in found.surplus],
        "refused": [{"kind": fact.kind, "key": fact.fields.get("key")} for fact in found.unread],
    }


def _wrong(pair: Matched) -> dict[str, Any]:
    fields = [{"field": each.name, "annotated": each.annotated, "drafted": each.drafted} for each in pair.wrong]
    return {"kind": pair.annotated.kind, "annotated": pair.annotated.key, "drafted": pair.drafted.key, "fields": fields}
