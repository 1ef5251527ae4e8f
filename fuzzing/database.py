"""A small database, its export and its proofs, made once a process."""

from __future__ import annotations

import subprocess
import sys
from functools import cache

from fuzzing.harness import scratch
from timeline import Timeline
from timeline.errors import TimelineError

FIXTURE = """\
schema: timeline/source/1
source: {id: acme-news, kind: news, publisher: Wire, title: Acme buys back, published: "2026-01-09T09:46:04+01:00"}
defaults: {company: acme}
facts:
  - {key: name, kind: company.registered, occurred: 2026-01-08, name: Acme Motors, country: CN}
  - {key: ticker, kind: company.identified, occurred: 2026-01-08, scheme: ticker, value: "9999", mic: XHKG}
  - {key: bought, kind: buyback.executed, occurred: 2026-01-08, shares: 5 million, value: about HKD 190.6 million}
  - {key: target, kind: target.set, occurred: 2026-01-08, metric: deliveries, period: 2026, value: "550,000", action: initial}
  - {key: said, kind: statement.made, occurred: 2026-01-08, category: strategy, text: Deliveries come first}
  - {key: staged, kind: product.staged, occurred: 2026-01-08, product: A7, stage: launch, certainty: planned, due: 2026-04}
"""


@cache
def prepared() -> str:
    """Path of the database."""
    path, fixture = scratch() / "prepared.db", scratch() / "acme.yaml"
    fixture.write_text(FIXTURE)
    try:
        Timeline.open(path).load([str(fixture)])
    except TimelineError as error:
        # Not to be taken for what an input may bring about.
        raise RuntimeError(str(error)) from error
    return str(path)


@cache
def exported() -> bytes:
    """Its export."""
    return _printed("export")


@cache
def proved() -> tuple[bytes, ...]:
    """A proof that an event is in it, and one that it grew; then its checkpoint."""
    (scratch() / "kept").write_bytes(kept := _printed("checkpoint"))
    event = Timeline.open(prepared()).events("acme").rows[0]["id"]
    return _printed("prove", event), _printed("prove", "--from", str(scratch() / "kept")), kept


def _printed(*words: str) -> bytes:
    command = [sys.executable, "-m", "timeline.cli", "--db", prepared(), *words]
    return subprocess.run(command, capture_output=True, check=True).stdout  # noqa: S603  this very program
