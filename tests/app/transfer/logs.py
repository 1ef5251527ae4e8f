"""Databases made without commands, their exports, and what there is to compare in them."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from tests.laws import bases
from tests.laws.memory import events_of
from tests.laws.worlds import COMPANIES, File
from timeline import Timeline
from timeline.app.refresh import refresh
from timeline.catalog import encode
from timeline.errors import NotFound
from timeline.event import Report, event_id
from timeline.record import Erased
from timeline.render.data import page_json
from timeline.store.log import Entry
from timeline.store.opening import open_writer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from timeline.app.transfer.imports import ImportReport
    from timeline.event import Event

Json = dict[str, Any]

START = datetime(2026, 1, 9, 9, 46, 4, tzinfo=UTC)
WORLD = (
    File(
        {"id": "wire", "kind": "news", "title": "Wire", "published": "2025-03-19T09:00:00+08:00"},
        (
            {
                "key": "bought",
                "kind": "buyback.executed",
                "company": "acme",
                "occurred": "2025-03-18",
                "shares": "5 million",
            },
            {
                "key": "planned",
                "kind": "product.staged",
                "company": "globex",
                "occurred": "2025-03-18",
                "product": "Anvil",
                "stage": "launch",
                "certainty": "planned",
                "due": "2025-04",
            },
        ),
    ),
)
BOUGHT = event_id("wire", "bought")


def append(path: Path, events: Sequence[Event], hour: int = 0, actor: str = "law") -> None:
    """Record events as no command would, in one append."""
    entries = [
        Entry(
            id=event.id,
            company=event.company,
            kind=event.kind,
            source=event.source,
            key=event.key,
            target=event.target,
            published=event.published.text if event.published else None,
            body=encode(event),
        )
        for event in events
    ]
    with closing(open_writer(path)) as writer, writer.transaction():
        writer.append(entries, START + timedelta(hours=hour), actor)
        refresh(writer, events)


def erase(path: Path, identity: str, company: str = "acme") -> None:
    """Record the erasure of a company's fact, then delete the content."""
    report = Report(payload=Erased(reason="legal"), key=identity, target=identity)
    entry = Entry(report.id, company, report.kind, None, identity, identity, None, encode(report))
    with closing(open_writer(path)) as writer, writer.transaction():
        writer.append([entry], START + timedelta(days=9), "officer")
        named = "DELETE FROM body WHERE position = (SELECT position FROM event WHERE id = ?)"
        writer.connection.execute(named, (identity,))
        refresh(writer, events_of(WORLD))


def export(path: Path, company: str | None = None) -> list[str]:
    return list(Timeline.open(path).export(company))


def load(path: Path, *exports: Iterable[str], **options: Any) -> ImportReport:  # noqa: ANN401
    """Import exports from files beside the database."""
    files = []
    for number, lines in enumerate(exports):
        file = path.with_name(f"{number}.jsonl")
        file.write_text("".join(lines), encoding="utf-8")
        files.append(str(file))
    return Timeline.open(path).import_(files, **options)


def head(lines: Sequence[str], **changed: object) -> str:
    """The first line, changed."""
    return msgspec.json.encode(msgspec.json.decode(lines[0]) | changed).decode() + "\n"


def part(lines: Sequence[str], chosen: slice) -> list[str]:
    """Some of an export's events, as an export of their own."""
    kept = lines[1:][chosen]
    return [head(lines, size=len(kept), root=None), *kept]


def pages(path: Path, **clocks: str) -> dict[str, Json | None]:
    """What `show --json` says of each company; None where it is not registered."""
    timeline, found = Timeline.open(path), dict[str, Json | None]()
    for slug in COMPANIES:
        try:
            found[slug] = bases.plain(page_json(timeline.show(slug, **clocks)))
        except NotFound:
            found[slug] = None
    return found


def states(path: Path) -> dict[str, Json | None]:
    """The pages without what tells the log's length."""
    return {slug: page and {**page, "position": None} for slug, page in pages(path).items()}


def log(path: Path) -> dict[str, list[Any]]:
    """Every event and content, and the root of the last checkpoint."""
    tables = bases.content(path, bases.LOG)
    size, root, *_ = max(tables["checkpoint"], default=(0, ""))
    return {"event": tables["event"], "body": tables["body"], "end": [size, root]}


def content(path: Path) -> set[tuple[object, ...]]:
    """What the log holds, wherever it stands: ids, companies, kinds, sources, keys, targets, publications, bodies."""
    with bases.opened(path) as connection:
        return set(
            connection.execute(
                """SELECT id, company, kind, source, key, target, published, body
                   FROM event LEFT JOIN body USING (position)"""
            )
        )
