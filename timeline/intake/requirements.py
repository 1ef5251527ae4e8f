"""What a report must be that a program has made: what the reader of fixtures makes sure of, asked afterwards."""

from __future__ import annotations

import re
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from timeline.catalog import catalog, decode
from timeline.errors import ParseProblem
from timeline.event import Envelope, Payload, Report
from timeline.intake.form import KEY, SLUG, SOURCE_ID, Form
from timeline.intake.frame import RESERVED
from timeline.intake.shape import Figure, Text, fields_of
from timeline.intake.wording import shown
from timeline.metrics import canonical
from timeline.occurrence import Unreadable
from timeline.record import SOURCE_KEY, Source, source_published
from timeline.values import Measure, Quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_REMEMBERED = 1 << 12
"""Texts a shape."""

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class Fault(NamedTuple):
    """What is wrong with a report.

    Attributes:
        rule: as in `timeline.errors.Problem`, and so the rest.
        what: what is wrong.
        fix: what to do about it.
    """

    rule: str
    what: str
    fix: str = ""


def faults(report: Report, body: bytes) -> Iterator[Fault]:
    """What is wrong with a report in itself; nothing where it may be recorded.

    Args:
        report: a fact, or the report that records a source.
        body: that would be stored.
    """
    if report.kind not in catalog().payloads or (report.kind in RESERVED and not _records_source(report)):
        yield Fault("kind-unknown", f"{shown(report.kind)} is no kind of fact", "see: timeline schema")
        return
    yield from _misaddressed(report)
    yield from _misfilled(report.payload)
    if isinstance(report.payload, Source):
        yield from _misdated(report.payload)
    # What is written to the log must be readable again, whatever a payload's annotations demand.
    read = decode(_envelope(report), body)
    if isinstance(read, Unreadable):
        yield Fault("fact-refused", f"{report.kind} cannot be so: {read.why}", "compare it with the source")


def _records_source(report: Report) -> bool:
    return report.kind == Source.KIND and report.key == SOURCE_KEY and report.company is None


def _misaddressed(report: Report) -> Iterator[Fault]:
    for name, text, malformed in _addressed(report):
        if text is None:
            yield Fault("field-missing", f"{report.kind} needs its {name}")
        elif fault := malformed(text):
            yield fault._replace(what=f"{name}: {fault.what}")


def _addressed(report: Report) -> Iterator[tuple[str, str | None, Callable[[str], Fault | None]]]:
    """The parts of an address, with what tells what is wrong with each."""
    yield "source", report.source, _malformed_source
    if report.kind != Source.KIND:
        yield "company", report.company, _malformed_slug
        yield "key", report.key, _malformed_key


def _misdated(source: Source) -> Iterator[Fault]:
    try:
        source_published(source)
    except ParseProblem as problem:
        yield Fault(problem.rule, problem.what, problem.fix)


def _misfilled(payload: Payload) -> Iterator[Fault]:
    """Figures in units that their field does not take, and names that are not the canonical ones."""
    for name, unfit in _checked(type(payload)):
        value = getattr(payload, name)
        # A value of another type than its field's is found when the body is decoded.
        if value is not None and (fault := unfit(value)):
            yield fault._replace(what=f"{name}: {fault.what}")
    if payload.ONE_OF and not any(getattr(payload, name) is not None for name in payload.ONE_OF):
        yield Fault("field-missing", f"{payload.KIND} needs {' or '.join(payload.ONE_OF)}")


@cache
def _checked(payload: type[Payload]) -> tuple[tuple[str, Callable[[object], Fault | None]], ...]:
    """The fields of which more is asked than their type, with what tells why a value does not answer it."""
    shapes = ((name, field.shape) for name, field in fields_of(payload).items())
    asked = ((name, shape.measure if isinstance(shape, Figure) else shape) for name, shape in shapes)
    return tuple((name, _unfit(shape)) for name, shape in asked if isinstance(shape, Measure | Text))


@cache
def _unfit(shape: Measure | Text) -> Callable[[object], Fault | None]:
    """Of all fields of a shape. What is found of texts is remembered: a file has the same names in row after row."""
    if isinstance(shape, Measure):
        return partial(_mismeasured, shape)
    miswritten = lru_cache(maxsize=_REMEMBERED)(partial(_miswritten, shape))
    return lambda value: miswritten(value) if isinstance(value, str) else None


def _mismeasured(measure: Measure, value: object) -> Fault | None:
    refusal = measure.refuses(value) if isinstance(value, Quantity) else None
    return Fault(refusal.rule, refusal.what, refusal.fix) if refusal else None


def _miswritten(shape: Text, text: str) -> Fault | None:
    if fault := _malformed(text, shape.form):
        return fault
    if shape.metric and (name := canonical(text)) != text:
        return Fault("metric-alias", f"{shown(text)} has another name here", f"write {name}")
    return None


def _malformed(text: str, form: Form) -> Fault | None:
    if len(text) > form.longest:
        return Fault("text-too-long", f"{len(text):,} characters, where {form.longest:,} are the most")
    if odd := _UNPRINTABLE.search(text):
        return Fault("text-control-character", f"the character U+{ord(odd[0]):04X} cannot stand in a text")
    if not form.fits(text):
        return Fault(form.rule, f"{shown(text)} has not the form wanted here", form.remedy(text))
    return None


@lru_cache(maxsize=_REMEMBERED)
def _malformed_slug(text: str) -> Fault | None:
    return _malformed(text, SLUG)


@lru_cache(maxsize=_REMEMBERED)
def _malformed_source(text: str) -> Fault | None:
    return _malformed(text, SOURCE_ID)


def _malformed_key(text: str) -> Fault | None:
    """Not remembered: each fact has its own."""
    return _malformed(text, KEY)


def _envelope(report: Report) -> Envelope:
    """As far as decoding asks for it; the id, which nobody reads here, would take as long to make as all the rest."""
    return Envelope(0, "-", report.company, report.kind, report.source, report.key, report.target, None, "", "", "")
