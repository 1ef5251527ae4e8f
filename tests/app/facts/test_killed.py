"""An import that is killed, at the end of a batch or within one, and started again is as one that never was."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.app.facts.conftest import APPLE
from tests.app.transfer.logs import content
from tests.laws import bases
from timeline import Timeline
from timeline.app.importing.bulk import Options
from timeline.app.importing.facts import import_facts
from timeline.render.data import page_json

BATCH = 100

KILLED = """
import os, signal, sys
from timeline.app.importing import bulk
from timeline.app.importing import settling
from timeline.app.importing.facts import import_facts
from timeline.store.writer import Writer

path, file, where = sys.argv[1:]
bulk.BATCH = {batch}
append, steps = Writer.append, iter(range(1, 1000))

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def within(self, *arguments):
    written = append(self, *arguments)
    if next(steps) == 3:
        die()
    return written

def after(what, done, total):
    if next(steps) == 3:
        die()

if where == "within a batch":
    Writer.append = within
if where == "within the last step":
    settling.renew = lambda *_: die()
import_facts(path, [file], bulk.Options(), after if where == "after a batch" else None)
"""


@pytest.mark.parametrize(
    ("where", "left"), [("within a batch", 2 * BATCH), ("after a batch", 3 * BATCH), ("within the last step", None)]
)
def test_a_killed_import_started_again_gives_the_log_of_an_uninterrupted_one(
    path: Path, tmp_path: Path, where: str, left: int | None
) -> None:
    whole = tmp_path / "whole.db"
    expected = import_facts(whole, [APPLE], Options())
    command = [sys.executable, "-c", KILLED.format(batch=BATCH), str(path), APPLE, where]
    ended = subprocess.run(command, cwd=Path(__file__).parents[3], check=False, timeout=60)
    assert ended.returncode == -signal.SIGKILL
    before = content(path)
    # A row may bring several reports, so that a batch is a little longer than asked.
    assert len(before) in range(left, left + 10) if left else before == content(whole)
    assert before <= content(whole)
    again = import_facts(path, [APPLE], Options())
    assert again.events_new + again.sources_new == expected.position - len(before)
    assert content(path) == content(whole)
    assert bases.content(path, ("read_item", "company_name", "source_mark")) == bases.content(
        whole, ("read_item", "company_name", "source_mark")
    )
    assert page_json(Timeline.open(path).show("Apple Inc.")) == page_json(Timeline.open(whole).show("Apple Inc."))
