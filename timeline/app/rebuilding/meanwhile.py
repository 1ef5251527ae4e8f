"""Whom events concern that were appended while something was under way."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline.app.fold import members

if TYPE_CHECKING:
    from timeline.history.members import Members
    from timeline.store.log import Reader


class Meanwhile(NamedTuple):
    """What was appended past a position.

    Attributes:
        concerned: slugs that the events are about, or that take facts from sources that they are about.
        known: who is one now; None where nothing was appended.
    """

    concerned: frozenset[str]
    known: Members | None

    def concerns(self, slugs: tuple[str, ...]) -> bool:
        """Whether a company is another one since, one event or more of it being new or other slugs being one with it.

        Args:
            slugs: all that were the company.
        """
        if self.known is None:
            return False
        return not self.concerned.isdisjoint(slugs) or self.known.of(slugs[0]) != slugs


def meanwhile(reader: Reader, position: int) -> Meanwhile:
    """What was appended to the log past a position."""
    if reader.head() == position:
        return Meanwhile(frozenset(), None)
    concerned: set[str] = set()
    for row in reader.rows(after=position):
        event = row.envelope
        if event.company:
            concerned.add(event.company)
        elif source := reader.first(event).source:
            concerned |= reader.companies_of_source(source)
    return Meanwhile(frozenset(concerned), members(reader))
