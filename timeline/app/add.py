"""Adding a single fact in typed words, with the checks of a load."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from msgspec import Struct
from msgspec.structs import replace

from timeline.app.fold import decoded, with_links
from timeline.app.load import record
from timeline.app.names import find_company, nearest
from timeline.app.plan import Plan, differences, make_plan
from timeline.app.told import told
from timeline.catalog import encode
from timeline.errors import InvalidInput, NotFound, Problem
from timeline.event import Event, Report, canonical_json, event_id
from timeline.history import recorded_sources
from timeline.history.chains import standings
from timeline.intake.document import Place
from timeline.intake.files import SUFFIXES
from timeline.intake.fixture import Batch, read
from timeline.intake.form import SOURCE_ID
from timeline.intake.typed import typed_fact
from timeline.record import SOURCE_KEY, TYPED, Source, source_published
from timeline.topics.company import Registered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.history.chains import Standing
    from timeline.store.log import Reader
    from timeline.store.writer import Writer

_UNKEYED = "to be given"
_DIGITS = 8


class Origin(Struct, frozen=True):
    """The source of what is added.

    Attributes:
        id: its id.
        source: what is known of it.
        place: where a file describes it; a place of no file where it is recorded.
    """

    id: str
    source: Source
    place: Place


class Addition(Struct, frozen=True, kw_only=True):
    """What adding a fact does, or would do.

    Attributes:
        event: id of the event; where the source reports the same under another key already, of that one.
        fields: label and text of what is recorded, for a person, in order.
        reports: what is appended, the source first where it is new; none where the fact is recorded already.
        published: publication by source id.
    """

    event: str
    fields: tuple[tuple[str, str], ...]
    reports: tuple[Report, ...]
    published: dict[str, str]

    @property
    def new(self) -> bool:
        """Whether anything is appended."""
        return self.reports != ()


def addition(
    reader: Reader, kind: str, company: str, words: Sequence[str], source: str, key: str | None = None
) -> Addition:
    """The event that words amount to.

    Args:
        reader: of the log.
        kind: of the fact.
        company: any name or identifier of its company; the slug, where it is registered by this.
        words: FIELD=VALUE each, as in a fixture.
        source: id of a recorded source, or a fixture file that describes one and holds no facts.
        key: within the source; None for one made of the content, so that adding twice is adding once.

    Raises:
        NotFound: no such company or source.
        InvalidInput: with every problem of the words, or of the source's file, or what the log has against it.
    """
    origin = _recorded_origin(reader, source) or _described_origin(reader, source)
    slug = company if kind == Registered.KIND else find_company(reader.connection, company)
    typed = typed_fact(kind, slug, words, source_id=origin.id, key=key or _UNKEYED, currency=origin.source.currency)
    if typed.report is None:
        raise InvalidInput(typed.problems)
    report = typed.report if key else replace(typed.report, key=_key(typed.report))
    standing = list(_standing(reader, report))
    if key is None and (twin := _twin(standing, report)):
        report = replace(report, key=twin.key)
    _refuse_retracted(standing, report)
    plan = _sound_plan(reader, _batch(origin, report, typed.key, typed.company))
    known = report.id not in {new.id for new in plan.new}
    return Addition(
        event=report.id,
        fields=tuple(_told(report, origin)),
        reports=() if known else plan.new,
        published=plan.published,
    )


def carry_out(writer: Writer, found: Addition) -> None:
    """Record an addition that was made inside the same transaction."""
    if found.new:
        record(writer, found.reports, found.published)


def _recorded_origin(reader: Reader, source_id: str) -> Origin | None:
    rows = with_links(reader, [event_id(source_id, SOURCE_KEY)])
    source = recorded_sources(decoded(rows)).get(source_id)
    return Origin(source_id, source, Place("")) if source else None


def _described_origin(reader: Reader, file: str) -> Origin:
    """The source that a fixture without facts describes."""
    if not _is_file(file):
        near = () if _names_file(file) else nearest(file, list(reader.sources()))
        raise NotFound("source", file, near, "timeline sources lists them; a new one is described in a file")
    batch = read([file])
    problems = [*batch.problems, *_facts_in(batch)]
    if problems:
        raise InvalidInput(problems)
    ((source_id, source, place),) = batch.sources
    return Origin(source_id, source, place)


def _names_file(text: str) -> bool:
    """Whether a file is meant, be it there or not."""
    return text.endswith(SUFFIXES) or not SOURCE_ID.fits(text)


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except (OSError, ValueError):
        return False


def _facts_in(batch: Batch) -> Iterator[Problem]:
    """A file with facts is refused: of a source that is known, what it reports should be known too."""
    if batch.reports:
        (_, _, place), *_ = batch.sources
        fix = f"load it first (timeline load {batch.files[0]}), then name the source by its id; or write `facts: []`"
        yield place.problem("source-with-facts", "this file holds facts of its own", fix)


def _key(report: Report) -> str:
    """A key that tells the content, so that the same words have the same address."""
    content = canonical_json([report.company, report.kind, encode(report).decode()])
    day = report.occurred.edtf if report.occurred else ""
    return f"{TYPED}{report.kind}-{day}-{hashlib.sha256(content).hexdigest()[:_DIGITS]}"


def _standing(reader: Reader, report: Report) -> Iterator[Standing]:
    """What is recorded of the same source, company and kind, retracted reports among it."""
    wanted = (report.company, report.kind)
    rows = reader.rows_of_source(report.source or "")
    ids = [row.envelope.id for row in rows if (row.envelope.company, row.envelope.kind) == wanted]
    found, _ = standings(decoded(with_links(reader, ids)))
    return found


def _twin(standing: Sequence[Standing], report: Report) -> Event | None:
    """The report that says the same, best one that holds: two of one source would be counted as two facts."""
    same = sorted((each for each in standing if not differences(each.event, report)), key=lambda each: not each.holds)
    return same[0].event if same else None


def _refuse_retracted(standing: Sequence[Standing], report: Report) -> None:
    if any(each.event.id == report.id and not each.holds for each in standing):
        what = f"{report.key!r} of source {report.source!r} is recorded and retracted"
        _refuse("event-retracted", what, f"to let it hold again: timeline retract {report.id[:_DIGITS]} --undo")


def _sound_plan(reader: Reader, batch: Batch) -> Plan:
    plan = make_plan(reader, batch)
    (report,) = batch.reports
    if plan.problems:
        raise InvalidInput(plan.problems)
    for change in plan.changed:
        if change.report.id == report.id:
            fix = f"timeline correct {report.id[:_DIGITS]} FIELD=VALUE changes it; another fact needs another --key"
        else:
            fix = "name the recorded source by its id, or correct it: timeline load FILE --correct REASON"
        raise InvalidInput([change.place.problem("event-differs", change.told, fix)])
    return plan


def _batch(origin: Origin, report: Report, key: Place, company: Place) -> Batch:
    return Batch(
        files=(),
        sources=((origin.id, origin.source, origin.place),),
        reports=(report,),
        places={report.id: key},
        company_places={report.id: company},
        problems=(),
    )


def _refuse(rule: str, what: str, fix: str) -> NoReturn:
    raise InvalidInput([Problem(rule, what, fix)])


def _told(report: Report, origin: Origin) -> Iterator[tuple[str, str]]:
    """What a person looks over before it is recorded: each field as typed, and how it is understood."""
    yield from told(report)
    yield "source", f"{origin.id}  ({origin.source.title}, {source_published(origin.source).text})"
