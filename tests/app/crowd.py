"""A database of several small companies, and an event that a projection of this program cannot cope with."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from timeline import Timeline
from timeline.event import event_id
from timeline.store.log import Entry
from timeline.store.opening import open_writer

if TYPE_CHECKING:
    from pathlib import Path

COMPANIES = ("acme", "bolt", "core", "dyno", "echo", "flux")

_SOURCE = """\
schema: timeline/source/1
source: {{id: {slug}-news, kind: news, title: News of {slug}, published: "2026-01-09T09:46:04+01:00"}}
defaults: {{company: {slug}}}
facts:
  - {{key: registered, kind: company.registered, occurred: 2026-01-01, name: {name}}}
  - {{key: bought, kind: buyback.executed, occurred: 2026-01-08, shares: 5 million, price: HKD 38.04–38.16}}
  - {{key: aimed, kind: target.set, occurred: 2026-01-08, metric: EV deliveries, period: 2026, value: "350,000",
     action: initial}}
"""

_UNCOUNTABLE = b"""\
{"occurred":{"edtf":"2026-01-10","first":"2026-01-10","last":"2026-01-10"},"payload":{"shares":{"high":"NaN","low":"NaN","printed":"many"}},"v":1}"""


def crowd(folder: Path, path: Path) -> Path:
    """Load the companies, each from a fixture of its own."""
    folder.mkdir(exist_ok=True)
    for slug in COMPANIES:
        (folder / f"{slug}.yaml").write_text(_SOURCE.format(slug=slug, name=slug.title()), encoding="utf-8")
    Timeline.open(path).load([str(folder)])
    return path


def add_uncountable(path: Path, company: str) -> str:
    """Append an event with a figure that is no number, past all that refuses such; its id."""
    source, key = f"{company}-news", "uncountable"
    entry = Entry(
        id=event_id(source, key),
        company=company,
        kind="buyback.executed",
        source=source,
        key=key,
        target=None,
        published="2026-01-09T09:46:04+01:00",
        body=_UNCOUNTABLE,
    )
    with closing(open_writer(path)) as writer, writer.transaction():
        writer.append([entry], datetime.now(UTC), "tester")
    return entry.id
