"""Coverage: how much of what a text prints the facts of its fixture hold, and whether their quotes stand in it.

A printed figure or date counts as covered where a locator quotes it, where the fixture leaves it out with a reason, or
where a fact that is located in the same paragraph states it without a quote. Nothing else does: a figure that is
quoted in one paragraph and printed in another is printed twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from timeline.app.auditing.sources import SOURCE_UNHASHED, TEXT_CHANGED
from timeline.app.drafting.marked import Marks, Material, left_out_spans
from timeline.app.drafting.stated import states
from timeline.check import Rule, findings
from timeline.checks import quotes
from timeline.checks.quotes import Fact
from timeline.dates import When
from timeline.errors import InvalidInput, Problem
from timeline.event import Locator
from timeline.intake import fixture
from timeline.intake.files import display
from timeline.paragraphs import paragraphs
from timeline.prose.finder import found
from timeline.prose.text import read_text
from timeline.record import source_published
from timeline.section import Finding
from timeline.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from timeline.check import Verdict
    from timeline.intake.fixture import Batch
    from timeline.intake.left_out import LeftOut
    from timeline.prose.spans import Printed
    from timeline.prose.text import Text
    from timeline.record import Source

TOPIC = "coverage"
Status = Literal["quoted", "stated", "left out", "missing"]

FIGURE_MISSING = Rule(
    name="figure-missing",
    severity="error",
    compares="each figure and date that the text prints with the quotes and values of the facts",
    assumes="what the text prints was found rightly",
)
LEFT_OUT_MISSING = Rule(
    name="left-out-missing", severity="error", compares="a quote that is left out with the paragraph that it names"
)
LEFT_OUT_NEEDLESS = Rule(
    name="left-out-needless", severity="note", compares="a quote that is left out with what the facts quote"
)


class Line(Struct, frozen=True, kw_only=True):
    """A printed figure or date, and what became of it.

    Attributes:
        paragraph: where it is printed.
        what: as in `timeline.prose.spans.Printed`.
        quote: verbatim.
        value: as it is read; empty where it has no sense of its own.
        assumed: what was taken for granted to read it.
        status: quoted by a locator, stated by a fact of that paragraph, left out with a reason, or missing.
        by: keys of the facts, or the reason; empty where it is missing.
    """

    paragraph: int
    what: str
    quote: str
    value: str
    assumed: str
    status: Status
    by: str = ""


class Coverage(Struct, frozen=True, kw_only=True):
    """How completely a fixture tells what its text prints.

    Attributes:
        source: id of the source.
        title: of the text.
        sha256: of the text.
        facts: how many the fixture has of this source.
        lines: everything that is printed, in the order of the text.
        findings: what is missing, quotes that do not stand, a text that is another one.
        schema: name and version of the JSON form.
    """

    source: str
    title: str
    sha256: str
    facts: int
    lines: tuple[Line, ...]
    findings: tuple[Finding, ...] = ()
    schema: str = "timeline.coverage/1"

    @property
    def covered(self) -> int:
        """How many of the printed figures and dates are not missing."""
        return sum(line.status != "missing" for line in self.lines)

    @property
    def percent(self) -> str:
        """Their share to a tenth, rounded down, so that 100.0 is all of them."""
        tenths = self.covered * 1000 // len(self.lines) if self.lines else 1000
        return f"{tenths // 10}.{tenths % 10}"


def coverage(fixture_path: str, text_path: str) -> Coverage:
    """How much of a text a fixture covers.

    Args:
        fixture_path: a fixture, or a folder of them; of several sources the one is taken whose hash is the text's.
        text_path: the text, or "-" for standard input.

    Raises:
        InvalidInput: either cannot be read, the fixture has mistakes, or no source of it is the text's.
        TimelineError: the text is in a form that needs a library.
    """
    batch = fixture.read([fixture_path])
    if batch.problems:
        raise InvalidInput(batch.problems)
    material = _material(batch, read_text(text_path), fixture_path)
    printed = found(material.text.paragraphs, source_published(material.recorded).day, material.recorded.currency or "")
    marks = Marks(material)
    lines = tuple(_line(each, marks) for each in printed)
    needed = {entry for each in printed for entry in marks.left_out(each)}
    return Coverage(
        source=material.source,
        title=material.text.title,
        sha256=material.text.sha256,
        facts=len(material.reports),
        lines=lines,
        findings=findings(_verdicts(material, lines, needed)),
    )


def _material(batch: Batch, text: Text, path: str) -> Material:
    name, recorded = _source(batch, text, path)
    return Material(
        name,
        recorded,
        [report for report in batch.reports if report.source == name],
        batch.left_out.get(name, ()),
        text,
        paragraphs("\n".join(text.paragraphs)),
    )


def _source(batch: Batch, text: Text, path: str) -> tuple[str, Source]:
    """The source that the text is of: by its hash, else the only one."""
    known = [(name, source) for name, source, _ in batch.sources]
    matching = [(name, source) for name, source in known if source.sha256 == text.sha256] or known
    if len(matching) == 1:
        return matching[0]
    what = (
        f"none of its {len(known):,} sources has the hash of the text, {text.sha256}" if known else "it has no source"
    )
    raise InvalidInput(
        [Problem("coverage-source", what, "name the one fixture that tells of this text", display(path))]
    )


def _line(printed: Printed, marks: Marks) -> Line:
    status, by = _status(printed, marks)
    return Line(
        paragraph=printed.span.paragraph,
        what=printed.what,
        quote=printed.quote,
        value=value_text(printed.value),
        assumed=printed.assumed,
        status=status,
        by=", ".join(by),
    )


def _status(printed: Printed, marks: Marks) -> tuple[Status, tuple[str, ...]]:
    if keys := marks.quoted(printed):
        return "quoted", keys
    if entries := marks.left_out(printed):
        return "left out", tuple(entry.reason for entry in entries)
    if keys := _stating(printed, marks.material):
        return "stated", keys
    return "missing", ()


def _stating(printed: Printed, material: Material) -> tuple[str, ...]:
    """Keys of the facts of that paragraph that state it; "published" for the source's own time of publication."""
    number = printed.span.paragraph
    if material.text.published and printed.quote in material.text.published and _is_published(printed, material):
        return ("published",)
    near = [report for report in material.reports if number in {at.paragraph for at in report.at}]
    return tuple(report.key for report in near if states(report, printed))


def _is_published(printed: Printed, material: Material) -> bool:
    value = printed.value
    return isinstance(value, When) and value.is_day and value.first == source_published(material.recorded).day


def value_text(value: Quantity | When | int | None) -> str:
    """A value as a fixture writes it; empty for none."""
    match value:
        case None:
            return ""
        case Quantity():
            return value.printed
        case When():
            return value.edtf
        case _:
            return str(value)


def _verdicts(material: Material, lines: Sequence[Line], needed: AbstractSet[LeftOut]) -> Iterator[Verdict]:
    yield from _same_text(material)
    for line in lines:
        yield _covered(material.source, line)
    yield from quotes.quotes(
        material.source, [Fact(report.id, report.at) for report in material.reports], material.paragraphs
    )
    for entry in material.left_out:
        yield _left_out(material, entry, needed)


def _same_text(material: Material) -> Iterator[Verdict]:
    name, recorded = material.source, material.recorded.sha256
    if recorded is None:
        what = f"{name}: no hash of its text is recorded; that of this one is {material.text.sha256}"
        yield SOURCE_UNHASHED.found(what, topic=TOPIC, sources=[name])
    elif recorded != material.text.sha256:
        hashes = f"its hash is {material.text.sha256}, recorded is {recorded}"
        what = f"{name}: this is not the text that was recorded: {hashes}"
        yield TEXT_CHANGED.found(what, topic=TOPIC, sources=[name])


def _covered(source: str, line: Line) -> Verdict:
    if line.status != "missing":
        return FIGURE_MISSING.passed()
    read = f", read as {line.value}" if line.value and line.value != line.quote else ""
    what = f"{source}: no fact has the {line.what} “{line.quote}” in paragraph {line.paragraph}{read}"
    return FIGURE_MISSING.found(what, topic=TOPIC, sources=[source], assumed=line.assumed)


def _left_out(material: Material, entry: LeftOut, needed: AbstractSet[LeftOut]) -> Verdict:
    shown = Locator(quote=entry.quote, paragraph=entry.paragraph).shown
    if not left_out_spans(entry, material):
        what = f"{material.source}: what is left out, {shown}, does not stand there"
        return LEFT_OUT_MISSING.found(what, topic=TOPIC, sources=[material.source])
    if entry in needed:
        return LEFT_OUT_NEEDLESS.passed()
    what = f"{material.source}: {shown} is left out, though facts quote all its figures and dates, or it has none"
    return LEFT_OUT_NEEDLESS.found(what, topic=TOPIC, sources=[material.source])
