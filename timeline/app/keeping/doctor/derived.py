"""What is stored beside the log and follows from it: read models, views, the index of words."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from timeline.app.auditing.declared import compare_declared
from timeline.app.currency import last_positions
from timeline.app.fingerprint import fingerprint
from timeline.app.keeping.doctor.line import Line
from timeline.app.searching import words as rules
from timeline.digits import counted
from timeline.store import models as stored
from timeline.store import unfinished
from timeline.store import words as index
from timeline.store.damage import Damage
from timeline.store.log import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.app.keeping.doctor.line import Patient


def models(patient: Patient) -> Iterator[Line]:
    """Whether each company's read models are of this program and cover its last event."""
    head = Reader(patient.connection).head()
    last, covers, old = last_positions(patient.connection), defaultdict[str, int](lambda: head), set[str]()
    stamps = stored.stamps(patient.connection)
    for stamp in stamps:
        covers[stamp.company] = min(covers[stamp.company], stamp.position)
        if stamp.version != fingerprint():
            old.add(stamp.company)
    fix = patient.place.command("rebuild")
    beyond = sorted({stamp.company for stamp in stamps if stamp.position > head})
    if beyond:
        what = f"those of {_some(beyond)} cover more than the log, which ends at {head:,}"
        yield Line(check="models", status="error", what=what, fix=fix, unverified=True)
    behind = sorted(slug for slug, end in last.items() if slug not in covers or covers[slug] < end)
    if behind:
        what = f"those of {_some(behind)} do not cover the last event: an import or a load that was stopped, or a fault"
        yield Line(check="models", status="warning", what=f"{what}; they are folded anew when asked for", fix=fix)
    if old - set(behind):
        what = f"those of {_some(sorted(old - set(behind)))} are of another version of this program"
        yield Line(check="models", status="note", what=f"{what}; they are folded anew when asked for", fix=fix)
    if not (beyond or behind or old):
        what = f"{counted(len(stamps), 'section')} of {len(last):,} companies, all current"
        yield Line(check="models", status="ok", what=what)


def views(patient: Patient) -> Iterator[Line]:
    """Whether the SQL views are those that the topics declare."""
    found = Damage()
    compare_declared(patient.connection, found)
    if not found.findings:
        yield Line(check="views", status="ok", what="as the topics declare them")
        return
    first = next((each for each in found.findings if each.severity == "error"), found.findings[0])
    wrong, fix = first.severity == "error", patient.place.command("rebuild")
    yield Line(check="views", status=first.severity, what=first.what, fix=fix, unverified=wrong)


def words(patient: Patient) -> Iterator[Line]:
    """Whether the index of words reaches to the log's end."""
    if not index.has_module(patient.connection):
        what = "this SQLite was built without full-text search: timeline search does not work"
        yield Line(check="words", status="warning", what=what, fix="python -m pip install pysqlite3")
        return
    head, covered = Reader(patient.connection).head(), index.covered(patient.connection, rules.VERSION)
    if head == covered:
        yield Line(check="words", status="ok", what=f"the index reaches to the log's end at {head:,}")
    else:
        what = f"the index reaches to position {covered:,}, the log to {head:,}; timeline search needs the rest"
        yield Line(check="words", status="warning", what=what, fix=patient.place.command("rebuild"))


def rebuild(patient: Patient) -> Iterator[Line]:
    """Whether a rebuild was begun and not ended."""
    position = unfinished.begun(patient.connection)
    if position:
        what = f"one that began at position {position:,} has not ended: the next one goes on where it stopped"
        yield Line(check="rebuild", status="warning", what=what, fix=patient.place.command("rebuild"))
    else:
        yield Line(check="rebuild", status="ok", what="none is unfinished")


def _some(companies: list[str]) -> str:
    more = f" and {len(companies) - 3:,} more" if len(companies) > 3 else ""  # noqa: PLR2004 - as many as a line holds
    return f"{', '.join(companies[:3])}{more}"
