"""The log and what guards it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from timeline.app.auditing.log import audit_log
from timeline.app.keeping.doctor.line import Line
from timeline.check import findings
from timeline.digits import counted
from timeline.errors import Unverified
from timeline.store import schema
from timeline.store.dialect import dialect_of
from timeline.store.tail import verify_tail
from timeline.store.tree import kept_checkpoint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.app.keeping.doctor.line import Patient
    from timeline.section import Finding

_LEAST = 10_000
"""Events at the log's end that a quick look hashes again."""

_SHOWN = 5
_AHEAD_SECONDS = 120


def guards(patient: Patient) -> Iterator[Line]:
    """The triggers that keep the log append-only."""
    fallen = schema.fallen_triggers(patient.connection)
    if fallen:
        what = f"missing or changed: {', '.join(fallen)}; the log may have been rewritten"
        fix = patient.place.command("audit", "log")
        yield Line(check="guards", status="error", what=what, fix=fix, unverified=True)
    else:
        yield Line(check="guards", status="ok", what=_standing(patient))


def _standing(patient: Patient) -> str:
    number = len(dialect_of(patient.connection).GUARDS)
    return f"all {number} triggers and constraints stand" if patient.place.server else f"all {number} triggers stand"


def log(patient: Patient) -> Iterator[Line]:
    """The log by itself: its end, or all of it with what is stored beside it."""
    yield from _all(patient) if patient.full else _end(patient)


def _end(patient: Patient) -> Iterator[Line]:
    try:
        tail = verify_tail(patient.connection, _LEAST)
    except Unverified as error:
        fix = patient.place.command("audit", "log")
        yield Line(check="log", status="error", what=error.message, fix=fix, unverified=True)
        return
    if tail.verified == tail.size:
        what = f"{counted(tail.size, 'event')}, all hashed again; --full checks the file and what follows from them"
    else:
        what = f"{tail.size:,} events, the last {tail.verified:,} hashed again; --full verifies all"
    yield Line(check="log", status="ok", what=what)


def _all(patient: Patient) -> Iterator[Line]:
    found = sorted(findings(audit_log(patient.connection, progress=patient.progress)), key=_severity)
    yield from (_finding(patient, each) for each in found[:_SHOWN])
    if rest := found[_SHOWN:]:
        fix = patient.place.command("audit", "log")
        yield Line(check="log", status=rest[0].severity, what=f"and {len(rest):,} more", fix=fix)
    if not found or found[0].severity != "error":
        (size, *_) = kept_checkpoint(patient.connection, None) or (0,)
        what = f"{counted(size, 'event')}, the file and what is stored beside them, all verified"
        yield Line(check="log", status="ok", what=what)


def _severity(found: Finding) -> int:
    return ("error", "warning", "note").index(found.severity)


def _finding(patient: Patient, found: Finding) -> Line:
    wrong = found.severity == "error"
    fix = patient.place.command("audit", "log") if found.severity != "note" else ""
    return Line(check="log", status=found.severity, what=f"[{found.rule}] {found.what}", fix=fix, unverified=wrong)


def checkpoints(patient: Patient) -> Iterator[Line]:
    """How many there are; one kept elsewhere is what shows that a log was rewritten as a whole."""
    (count,) = patient.connection.execute("SELECT count(*) FROM checkpoint").fetchone()
    last = kept_checkpoint(patient.connection, None)
    if last is None:
        yield Line(check="checkpoints", status="ok", what="none yet: the log is empty")
        return
    size, _, _, recorded = last
    what = f"{count:,}, the last of {counted(size, 'event')} at {recorded}; one kept elsewhere shows a rewritten log"
    yield Line(check="checkpoints", status="ok", what=what)


def clock(patient: Patient) -> Iterator[Line]:
    """Whether the last event was recorded in the past; later ones take its time until the clock has caught up."""
    row = patient.connection.execute("SELECT recorded FROM event ORDER BY position DESC LIMIT 1").fetchone()
    if row is None:
        return
    ahead = (datetime.fromisoformat(row[0]) - patient.place.now).total_seconds()
    if ahead > _AHEAD_SECONDS:
        what = f"the last event was recorded at {row[0]}, ahead of this machine's clock; new ones get the same time"
        yield Line(check="clock", status="warning", what=f"{what} until it has caught up", fix="date -u")
    else:
        yield Line(check="clock", status="ok", what=f"the last event was recorded at {row[0]}, which is past")
