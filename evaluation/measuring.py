"""A draft measured by the annotation of its text."""

from __future__ import annotations

from collections import Counter
from time import perf_counter
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from evaluation.comparing import Field, compared
from evaluation.figures import Figure, figures
from evaluation.matching import pairs
from timeline.app.drafting.drafted import Draft, Drafted
from timeline.catalog import catalog
from timeline.errors import InvalidInput
from timeline.event import Report
from timeline.intake.left_out import LeftOut
from timeline.intake.proposed import proposed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from evaluation.annotations import Annotation
    from timeline.app.drafting.marked import Material
    from timeline.prose.text import Text
    from timeline.record import Source

    Drafter = Callable[[Text, Source], Draft]

REGISTRATIONS: Final = "company."
"""Kinds by which a draft proposes a company; they are no facts of a text and count on neither side."""


class Matched(Struct, frozen=True):
    """An annotated fact and the drafted one that stands for it.

    Attributes:
        annotated: what the text says.
        drafted: what the draft says.
        fields: those that either states.
    """

    annotated: Report
    drafted: Report
    fields: tuple[Field, ...]

    @property
    def wrong(self) -> tuple[Field, ...]:
        """The fields that differ; empty for a fact that is right."""
        return tuple(field for field in self.fields if not field.same)

    def right_in(self, *sorts: str) -> bool:
        """Whether all fields of these sorts say the same."""
        return all(field.same for field in self.fields if field.sort in sorts)


class Measured(Struct, frozen=True, kw_only=True):
    """What a draft has of its text.

    Attributes:
        name: of the annotation.
        figures: that the annotation quotes, each with where the draft has it.
        matched: facts that the draft has.
        missed: annotated facts that it has not.
        surplus: drafted facts that the annotation has not.
        unread: drafted facts that no fixture could hold; there should be none.
        seconds: that drafting took.
        problem: why nothing could be drafted; empty where something was.
    """

    name: str
    figures: tuple[Figure, ...]
    matched: tuple[Matched, ...]
    missed: tuple[Report, ...]
    surplus: tuple[Report, ...]
    unread: tuple[Drafted, ...]
    seconds: float = 0.0
    problem: str = ""

    @property
    def needless(self) -> tuple[str, ...]:
        """Kinds of the drafted facts that stand for no annotated one."""
        return (*(report.kind for report in self.surplus), *(fact.kind for fact in self.unread))


def cued() -> frozenset[str]:
    """The kinds that have cues, and so can be drafted without a language model."""
    return frozenset(cue.payload.KIND for topic in catalog().topics for cue in topic.cues)


def measured(annotation: Annotation, draft: Drafter) -> Measured:
    """Draft an annotation's text and hold the two side by side."""
    material = annotation.material
    started = perf_counter()
    try:
        drafted, problem = draft(material.text, material.recorded), ""
    except InvalidInput as error:
        drafted, problem = _nothing(material.text), "; ".join(problem.what for problem in error.problems)
    seconds = perf_counter() - started
    return replace(compare(annotation, drafted), seconds=seconds, problem=problem)


def _nothing(text: Text) -> Draft:
    """What there is of a text that nothing can be drafted from: all of it counts as missed."""
    return Draft(source={}, remarks=(), company="", facts=(), candidates=(), text=text)


def compare(annotation: Annotation, draft: Draft) -> Measured:
    """A draft by the annotation of its text."""
    material = annotation.material
    currency = draft.source.get("currency", "")
    read = [(fact, proposed(fact.fields, material.source, currency)) for fact in draft.facts]
    reports = [replace(report, at=fact.at) for fact, report in read if isinstance(report, Report)]
    theirs = _drafted(material, reports, draft)
    annotated = material._replace(reports=_facts(material.reports))
    found = pairs(annotated, theirs._replace(reports=_facts(reports)))
    return Measured(
        name=annotation.name,
        figures=figures(annotated, theirs),
        matched=tuple(Matched(one, other, compared(one, other)) for one, other in found),
        missed=_without(annotated.reports, [pair.annotated for pair in found]),
        surplus=_without(_facts(reports), [pair.drafted for pair in found]),
        unread=tuple(fact for fact, report in read if not isinstance(report, Report)),
    )


def _drafted(material: Material, reports: Sequence[Report], draft: Draft) -> Material:
    """The draft as an annotation would be; its candidates are what it leaves out."""
    candidates = [LeftOut(each.quote, each.paragraph, each.reason) for each in draft.candidates if each.paragraph]
    return material._replace(reports=reports, left_out=candidates)


def _facts(reports: Iterable[Report]) -> list[Report]:
    return [report for report in reports if not report.kind.startswith(REGISTRATIONS)]


def _without(reports: Iterable[Report], taken: Sequence[Report]) -> tuple[Report, ...]:
    """Those that are none of the taken ones themselves, so that a fact that is drafted twice is once too many."""
    return tuple(report for report in reports if not any(report is each for each in taken))


class Tally(Struct, frozen=True, kw_only=True):
    """The counts of one text, or of several in all.

    Attributes:
        figures: that the annotation quotes.
        in_facts: of these, those that a fact of the draft quotes.
        in_candidates: of these, those that only a candidate has.
        facts: annotated, of all kinds.
        found: of these, those that the draft has in the right kind.
        cued_facts: annotated, of kinds that have cues.
        cued_found: of these, those that the draft has in the right kind.
        drafted: drafted facts of kinds that have cues.
        right: of these, those that are right in every field, who said it among them.
        right_content: those that are right in every field but, perhaps, who said it.
        right_figures: those whose figures and dates are right.
        seconds: that drafting took.
    """

    figures: int = 0
    in_facts: int = 0
    in_candidates: int = 0
    facts: int = 0
    found: int = 0
    cued_facts: int = 0
    cued_found: int = 0
    drafted: int = 0
    right: int = 0
    right_content: int = 0
    right_figures: int = 0
    seconds: float = 0.0

    @property
    def placed(self) -> int:
        """Figures that stand in a fact or in a candidate."""
        return self.in_facts + self.in_candidates


def tally(found: Measured, kinds: frozenset[str]) -> Tally:
    """The counts of a text; `kinds` are those that have cues."""
    cued_pairs = [pair for pair in found.matched if pair.annotated.kind in kinds]
    places = Counter(figure.place for figure in found.figures)
    return Tally(
        figures=len(found.figures),
        in_facts=places["fact"],
        in_candidates=places["candidate"],
        facts=len(found.matched) + len(found.missed),
        found=len(found.matched),
        cued_facts=len(cued_pairs) + sum(report.kind in kinds for report in found.missed),
        cued_found=len(cued_pairs),
        drafted=len(cued_pairs) + sum(kind in kinds for kind in found.needless),
        right=sum(not pair.wrong for pair in cued_pairs),
        right_content=sum(pair.right_in("figure", "wording") for pair in cued_pairs),
        right_figures=sum(pair.right_in("figure") for pair in cued_pairs),
        seconds=found.seconds,
    )


def in_all(tallies: Iterable[Tally]) -> Tally:
    """The sum: each figure and each fact counts once, so that a long text counts more than a short one."""
    rows = list(tallies)
    return Tally(**{name: sum(getattr(row, name) for row in rows) for name in Tally.__struct_fields__})


def faults(found: Iterable[Measured], kinds: frozenset[str]) -> list[tuple[str, str, int]]:
    """Kind, field and number of pairs of which that field is wrong, the most frequent first."""
    pairs_ = (pair for each in found for pair in each.matched if pair.annotated.kind in kinds)
    counted = Counter((pair.annotated.kind, field.name) for pair in pairs_ for field in pair.wrong)
    return [(*where, count) for where, count in sorted(counted.items(), key=lambda item: (-item[1], item[0]))]
