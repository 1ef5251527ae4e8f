"""The audit of sources: what is recorded of them, and whether their texts have what the facts are said to stand on."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from timeline.app.auditing.texts import Texts
from timeline.app.clocks import clock
from timeline.app.fold import decoded, members, visible_stream
from timeline.app.names import companies_asked
from timeline.check import Rule
from timeline.checks import provenance, quotes
from timeline.checks.provenance import Provenance, Recorded
from timeline.checks.quotes import TOPIC, Fact
from timeline.event import Event
from timeline.history import recorded_sources
from timeline.occurrence import Unreadable
from timeline.paragraphs import decoded as text_of
from timeline.paragraphs import paragraphs
from timeline.record import Source, source_published
from timeline.store.log import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from sqlite3 import Connection

    from timeline.app.auditing.texts import Text
    from timeline.check import Verdict
    from timeline.history import Clock
    from timeline.page import Basis
    from timeline.paragraphs import Paragraph

EVIDENCE_UNREADABLE = Rule(
    name="evidence-unreadable", severity="error", compares="the events of the log with the kinds that can be read"
)
SOURCE_UNHASHED = Rule(
    name="source-unhashed", severity="note", compares="a source with the hash by which its text can be known again"
)
TEXT_UNHASHED = Rule(
    name="text-unhashed", severity="note", compares="the text named after a source with the hash recorded of it"
)
TEXT_MISSING = Rule(
    name="text-missing", severity="warning", compares="the hash recorded of a source with those of the files"
)
TEXT_CHANGED = Rule(
    name="text-changed", severity="error", compares="the hash of a source's text with the one that is recorded"
)
TEXT_UNREADABLE = Rule(name="text-unreadable", severity="warning", compares="the bytes of a source's text with UTF-8")
RULES: tuple[Rule, ...] = (
    EVIDENCE_UNREADABLE,
    *provenance.RULES,
    SOURCE_UNHASHED,
    TEXT_UNHASHED,
    TEXT_MISSING,
    TEXT_CHANGED,
    TEXT_UNREADABLE,
    *quotes.RULES,
)
"""All rules of this audit."""


class _Told(NamedTuple):
    """What the log says.

    Attributes:
        sources: that are recorded and public, by id.
        facts: by id of their source.
        asked: ids of the sources to judge, in order.
        unreadable: events that may tell of a source and cannot be read, in the order of their ids.
    """

    sources: Mapping[str, Recorded]
    facts: Mapping[str, Sequence[Fact]]
    asked: Sequence[str]
    unreadable: Sequence[Unreadable]


def audit_sources(connection: Connection, slugs: Sequence[str], texts: str | None, asked: Basis) -> Iterator[Verdict]:
    """What came of each comparison, by source and, within a source, by paragraph.

    Facts count as corrected, with every report of an occurrence. Where the slugs are those of all companies, the
    sources that report nothing are judged too.

    Args:
        connection: to the database.
        slugs: of the companies whose facts are checked.
        texts: a folder with the sources' texts, or one such file; None to tell only what can be told without.
        asked: the clocks.

    Raises:
        InvalidInput: there is no such folder or file.
    """
    files = None if texts is None else Texts(texts)
    told = _told(
        Reader(connection), slugs, clock(asked.as_of, asked.as_recorded), whole=_is_all(connection, slugs, asked)
    )
    yield from (EVIDENCE_UNREADABLE.passed() for facts in told.facts.values() for _ in facts)
    yield from _unreadable(told.unreadable)
    judged = Provenance(told.sources, told.asked)
    for name in told.asked:
        yield from judged.verdicts(name)
        known = told.sources.get(name)
        lines: Sequence[Paragraph] | None = None
        if files is None:
            yield from _hashed(name, known)
        else:
            text = files.of(name, known.source.sha256 if known else None)
            yield from _matched(name, known, text, files.passed_over)
            if text is not None:
                lines = _lines(text)
                yield _legible(name, text, lines)
        yield from quotes.quotes(name, told.facts.get(name, ()), lines)


def _is_all(connection: Connection, slugs: Sequence[str], asked: Basis) -> bool:
    return set(slugs) >= set(companies_asked(connection, asked))


def _told(reader: Reader, slugs: Sequence[str], then: Clock, *, whole: bool) -> _Told:
    known, facts = members(reader, then), defaultdict[str, list[Fact]](list)
    unreadable: dict[str, Unreadable] = {}
    for slug in dict.fromkeys(known.representative(slug) for slug in slugs):
        seen = visible_stream(reader, slug, then, known)
        for report in (report for item in seen.occurrences for report in item.reports):
            facts[report.source or ""].append(Fact(report.id, report.at))
        unreadable.update((event.id, event) for event in seen.unreadable if not event.erased)
    recorded, unread = _recorded(reader, then)
    if whole:
        unreadable.update((event.id, event) for event in unread)
    asked = sorted({*facts, *(recorded if whole else ())})
    return _Told(recorded, facts, asked, [unreadable[each] for each in sorted(unreadable)])


def _recorded(reader: Reader, then: Clock) -> tuple[dict[str, Recorded], list[Unreadable]]:
    """The sources that are recorded and public by then, and what cannot be read of any."""
    events = list(decoded(reader.rows_of_no_company()))
    since = {event.source or "": event.recorded for event in events if isinstance(event, Event) and _is_source(event)}
    found = recorded_sources(events, then)
    public = {name: Recorded(source, since[name]) for name, source in found.items() if _is_public(source, then)}
    unread = [event for event in events if isinstance(event, Unreadable) and not event.erased]
    return public, [event for event in unread if then.recorded(event.envelope) and then.published_text(event.envelope)]


def _is_source(event: Event) -> bool:
    return isinstance(event.payload, Source)


def _is_public(source: Source, then: Clock) -> bool:
    """Reference data is valid whenever it was published."""
    return then.as_of is None or source.kind == "reference" or then.as_of.admits(source_published(source))


def _unreadable(events: Iterable[Unreadable]) -> Iterator[Verdict]:
    for event in events:
        source = event.envelope.source
        what = f"{source or 'no source'}: event {event.id[:8]} ({event.kind}) cannot be read: {event.why}"
        yield EVIDENCE_UNREADABLE.found(what, topic=TOPIC, events=[event.id], sources=[source] if source else [])


def _hashed(name: str, known: Recorded | None) -> Iterator[Verdict]:
    if known is None:
        return
    if known.source.sha256 is not None:
        yield SOURCE_UNHASHED.passed()
        return
    what = f"{name}: no hash of its text is recorded, so that nobody can tell whether a text is the one"
    yield SOURCE_UNHASHED.found(what, topic=TOPIC, sources=[name])


def _matched(name: str, known: Recorded | None, text: Text | None, passed_over: int) -> Iterator[Verdict]:
    """Whether the text is the one that is recorded."""
    recorded = known.source.sha256 if known else None
    if recorded is None:
        what = f"{name}: no hash of its text is recorded{_checked_all_the_same(text)}"
        yield TEXT_UNHASHED.found(what, topic=TOPIC, sources=[name])
        return
    yield TEXT_UNHASHED.passed()
    if text is None:
        unread = f"; too large to be read, or unreadable: {passed_over:,}" if passed_over else ""
        what = f"{name}: no file has the hash that is recorded, {recorded}, or is named after it{unread}"
        yield TEXT_MISSING.found(what, topic=TOPIC, sources=[name])
    else:
        yield TEXT_MISSING.passed()
        if not text.problem:
            yield _unchanged(name, recorded, text)


def _checked_all_the_same(text: Text | None) -> str:
    if text is None:
        return ", and no file is named after it"
    return f"; checked all the same: {text.path}, whose hash is {text.sha256}" if not text.problem else ""


def _unchanged(name: str, recorded: str, text: Text) -> Verdict:
    if text.sha256 == recorded:
        return TEXT_CHANGED.passed()
    what = f"{name}: {text.path} is not the text that was recorded: its hash is {text.sha256}, recorded is {recorded}"
    return TEXT_CHANGED.found(what, topic=TOPIC, sources=[name])


def _lines(text: Text) -> Sequence[Paragraph] | None:
    """The paragraphs; None where they cannot be read."""
    try:
        return None if text.problem else paragraphs(text_of(text.data))
    except UnicodeDecodeError:
        return None


def _legible(name: str, text: Text, lines: Sequence[Paragraph] | None) -> Verdict:
    if lines is not None:
        return TEXT_UNREADABLE.passed()
    what = f"{name}: {text.path} {_why(text)}, so that no quote in it is checked"
    return TEXT_UNREADABLE.found(what, topic=TOPIC, sources=[name])


def _why(text: Text) -> str:
    return f"cannot be read: {text.problem}" if text.problem else "is not UTF-8"
