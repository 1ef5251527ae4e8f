"""What is exported: one moment of a log that holds what was committed to, or nothing that could be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.app.transfer.logs import BOUGHT, erase, export
from tests.laws import bases
from tests.laws.bases import copied
from timeline import Timeline
from timeline.errors import NotFound, Unverified

if TYPE_CHECKING:
    from pathlib import Path


def test_an_export_is_of_one_moment_whatever_is_written_meanwhile(small: Path) -> None:
    with copied(small) as path:
        told: list[tuple[str, int, int]] = []
        lines = Timeline.open(path).export(progress=lambda *step: told.append(step))
        first = next(lines)
        erase(path, BOUGHT)
        assert [first, *lines] == export(small)
        assert told == [("events", 6, 6)]
        assert len(export(path)) == 8


def test_a_company_that_is_not_known_cannot_be_exported(small: Path) -> None:
    with pytest.raises(NotFound, match="acne"):
        export(small, "acne")


@pytest.mark.parametrize(
    ("tampering", "told"),
    [
        ("UPDATE body SET body = replace(body, '5 million', '9 million')", "position 5 is not what was committed to"),
        ("UPDATE event SET actor = 'nobody' WHERE position = 2", "not what its checkpoint of size 6 says"),
        ("DELETE FROM checkpoint", "the log ends at position 6, its last checkpoint at 0"),
    ],
)
def test_a_log_that_was_tampered_with_is_not_exported(small: Path, tampering: str, told: str) -> None:
    with copied(small) as path:
        with bases.opened(path) as connection:
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                connection.execute(f"DROP TRIGGER {name}")
            connection.execute(tampering)
        with pytest.raises(Unverified, match=told):
            export(path)
