"""Where the database is when the user names none."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from timeline.store.database import Target

VARIABLE = "TIMELINE_DB"


def database(named: Target | None) -> Target:
    """The database that is named, else that of `TIMELINE_DB`, else the one in the user's data directory."""
    return named or os.environ.get(VARIABLE) or default()


def default() -> Path:
    """`timeline.db` in the platform's directory for the user's data."""
    from platformdirs import user_data_path

    return user_data_path("timeline", appauthor=False) / "timeline.db"
