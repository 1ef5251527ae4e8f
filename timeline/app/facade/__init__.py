"""The facade: one object, a method a use case. Cheap to make; what a call needs is imported and opened by that call."""

from __future__ import annotations

from timeline.app.facade.asking import Asking
from timeline.app.facade.checking import Checking
from timeline.app.facade.drafting import Drafting
from timeline.app.facade.recording import Recording

__all__ = ["Timeline"]


class Timeline(Recording, Asking, Checking, Drafting):
    """A corporate timeline database.

    Every method opens the database for the length of the call, so an object may be kept and shared. Moments are texts
    as on the command line: a day (`2025-06-30`), a time with its offset, or, for `as_recorded`, a position of the log.

    All methods raise `timeline.errors.TimelineError` and nothing else for what a caller can do something about.
    """
