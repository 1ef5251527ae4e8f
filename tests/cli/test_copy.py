"""`timeline copy`: what it says, to which stream, and exit codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from timeline.app.keeping.copy import CopyReport

if TYPE_CHECKING:
    from tests.cli.fake import FakeTimeline, Run

MADE = CopyReport(
    source="a.db",
    target="b.db",
    events=100,
    events_new=60,
    root="ab" * 32,
    recorded="2026-01-09T09:46:04.000000Z",
    compared=8,
)


def test_a_copy_says_what_is_new_and_that_both_sides_are_the_same(fake: FakeTimeline, run: Run) -> None:
    fake.answers["copy"] = MADE
    code, out, err = run("copy", "a.db", "b.db", "--jobs", "1")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "60 events copied from a.db to b.db",
        f"100 events on both sides, verified; root {'ab' * 32}",
        "8 read models the same on both sides",
    ]


@pytest.mark.parametrize(("erased", "named"), [(("3b7c" * 8,), "3b7c3b7c3b7c"), ((), "EVENT")])
def test_bytes_that_are_left_are_told_whichever_copy_deleted_the_content(
    fake: FakeTimeline, run: Run, erased: tuple[str, ...], named: str
) -> None:
    fake.answers["copy"] = replace(MADE, erased=erased, unfinished="another program has it open")
    code, _, err = run("copy", "a.db", "b.db")
    assert code == 1
    assert err.splitlines() == [
        "error: bytes of what was erased may still be in b.db: another program has it open",
        f"fix: mend that, then: timeline --db b.db erase {named} --reason legal",
    ]
