"""One process that forks the others, and one folder of input, for all tests of a worker."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.crash.judgement import Court
from tests.crash.nursery import Nursery
from tests.crash.trials import TRIALS, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Try = Callable[[str], Court]


@pytest.fixture(scope="package")
def attempt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Try]:
    """Call the court of a command, by the name of its trial."""
    if not hasattr(os, "pidfd_open"):
        pytest.skip("needs Linux: children are waited for by pidfd_open")
    folder = tmp_path_factory.mktemp("crash")
    with Nursery(folder) as nursery:
        place = Place(folder, nursery)
        trials = {trial.name: trial for trial in TRIALS}
        yield lambda name: Court(place, nursery, trials[name], folder / "tried")
