"""Commands that are killed, at a few commits each; `python -m tests.crash` does it thousands of times.

Nothing that was acknowledged is lost, nothing is half there, and the next command works without repair.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.crash.deaths import COMMIT, FILE, OUTPUT, Death
from tests.crash.trials import SLOW, TRIALS

if TYPE_CHECKING:
    from tests.crash.conftest import Try

QUICK = [trial.name for trial in TRIALS if trial.name not in SLOW]


@pytest.mark.parametrize("name", QUICK)
def test_a_killed_command_leaves_all_or_nothing_and_is_done_by_repeating_it(attempt: Try, name: str) -> None:
    court = attempt(name)
    steps = court.undisturbed.steps
    seam = next(seam for seam in (COMMIT, FILE, OUTPUT) if seam in steps)  # a backup writes a file and commits nothing
    assert court.judge(Death(seam, steps[seam]), looking=True)
    assert court.judge(Death(seam, steps[seam] // 2 + 1), looking=False)


def test_what_was_about_to_be_acknowledged_is_there(attempt: Try) -> None:
    court = attempt("load")
    assert court.judge(Death(OUTPUT, 1), looking=True)
    assert court.judge(Death(OUTPUT, court.undisturbed.steps[OUTPUT]), looking=True)
