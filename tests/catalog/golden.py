"""The golden facts: one of each kind with every field that it has, as a fixture tells it, and what is stored of it.

`golden/<topic>.json` holds the facts of a topic, `golden/log.json` the events about the log itself. A body or an id in
them never changes: databases hold these very bytes. What a kind stores after its meaning changed is added beside them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from timeline.catalog import catalog
from timeline.event import Envelope, Event, Report
from timeline.intake import fixture
from timeline.publication import Published

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDER = Path(__file__).parent / "golden"
LOG = "log"
HEAD = {"id": "golden", "kind": "news", "title": "Golden", "published": "2026-01-09", "zone": "UTC", "currency": "USD"}
COMPANY = "acme"


class Golden(NamedTuple):
    """One stored report.

    Attributes:
        topic: name of the file.
        kind: of the event.
        told: fields of the fact in the fixture; for an event about the log, of its payload.
        id: of the event.
        body: as stored.
        source: that it has.
        key: that it has, which for a correction or the like is also the id that it speaks of.
    """

    topic: str
    kind: str
    told: dict[str, Any]
    id: str
    body: str
    source: str | None
    key: str


def every() -> list[Golden]:
    """All golden facts and events, by file."""
    return [_golden(path.stem, entry) for path in sorted(FOLDER.glob("*.json")) for entry in _entries(path)]


def _entries(path: Path) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return entries


def _golden(topic: str, entry: dict[str, Any]) -> Golden:
    fact = entry.get("fact")
    if fact:
        return Golden(topic, fact["kind"], fact, entry["id"], entry["body"], HEAD["id"], fact["key"])
    return Golden(topic, entry["kind"], entry["payload"], entry["id"], entry["body"], entry["source"], entry["key"])


def written(golden: Iterable[Golden], folder: Path) -> str:
    """A fixture of these facts; JSON is YAML."""
    path = folder / "golden.yaml"
    facts = [each.told for each in golden if each.topic != LOG]
    path.write_text(
        json.dumps({"schema": "timeline/source/1", "source": HEAD, "facts": facts}, ensure_ascii=False),
        encoding="utf-8",
    )
    return str(path)


def globex(folder: Path) -> str:
    """A fixture of the company that the made-up one is merged into."""
    head = {"id": "globex", "kind": "reference", "title": "Globex", "published": "2024-01-01", "zone": "UTC"}
    fact = {"kind": "company.registered", "company": "globex", "occurred": "2024-01-01", "name": "Globex"}
    path = folder / "globex.yaml"
    path.write_text(json.dumps({"schema": "timeline/source/1", "source": head, "facts": [{"key": "globex", **fact}]}))
    return str(path)


def report(golden: Golden, folder: Path) -> Report:
    """The report that is stored."""
    if golden.topic == LOG:
        target = golden.key if golden.kind.startswith("event.") else None
        told = json.dumps(golden.told, ensure_ascii=False, separators=(",", ":"))
        payload = msgspec.json.decode(told, type=catalog().payloads[golden.kind])
        return Report(payload=payload, source=golden.source, key=golden.key, target=target)
    batch = fixture.read([written([golden], folder)])
    assert batch.problems == ()
    (only,) = batch.reports
    return only


def envelope(report: Report) -> Envelope:
    """An envelope for it, as a log would make it."""
    return Envelope(
        position=1,
        id=report.id,
        company=report.company,
        kind=report.kind,
        source=report.source,
        key=report.key,
        target=report.target,
        published=Published.parse(HEAD["published"], HEAD["zone"]).text,
        recorded="2026-02-01T00:00:00.000000Z",
        actor="golden",
        commitment="",
    )


def content(each: Report | Event) -> dict[str, Any]:
    """What a report says, however it came to be one."""
    return {name: getattr(each, name) for name in Report.__struct_fields__}
