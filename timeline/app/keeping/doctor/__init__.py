"""A check-up of a database and what it lives in: nothing is written, and what is wrong is a line, no exception."""

from __future__ import annotations

from timeline.app.keeping.doctor.checkup import checkup
from timeline.app.keeping.doctor.line import Checkup, Line

__all__ = ["Checkup", "Line", "checkup"]
