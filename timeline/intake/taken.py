"""What one row of a file brings, as any importer hands it on; nothing here knows what the file looked like."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline.errors import Problem

if TYPE_CHECKING:
    from timeline.event import Report


class Place(NamedTuple):
    """Where something stands in the files of an import.

    Attributes:
        file: path as the user named it, printable.
        row: number of the row or of the value, from 1; 0 where there is none.
    """

    file: str
    row: int

    def problem(self, rule: str, what: str, fix: str = "") -> Problem:
        """A mistake that stands here."""
        return Problem(rule, what, fix, self.file, self.row)


class Taken(NamedTuple):
    """What one row brings. It is recorded as a whole or not at all.

    Attributes:
        reports: those that record its source and register its company may be among them, and may be repeated by every
            row; empty where the row has problems.
        place: of the row.
        problems: why it cannot be read.
        raw: the row's own text, for those who mend it; empty where it is not at hand.
    """

    reports: tuple[Report, ...]
    place: Place
    problems: tuple[Problem, ...] = ()
    raw: str = ""
