"""On whose trading days a claim is: those of a stated exchange, of a listing, or of Stock Connect."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from timeline.checks.calendars import TradingDays
from timeline.checks.connect import LINKED, LINKED_SINCE, is_linked
from timeline.claim import Flowed, Listed, Moved, Quoted, Traded

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from timeline.checks.calendars import Calendars
    from timeline.claim import Claim

OfSession: TypeAlias = Traded | Quoted | Moved | Flowed
"""Claims of what happened in a session."""


class Venues(NamedTuple):
    """Where a company's shares are traded, with the calendars at hand.

    Attributes:
        listings: of the company.
        calendars: by MIC.
    """

    listings: tuple[Listed, ...]
    calendars: Calendars

    @classmethod
    def of(cls, claims: Iterable[Claim], calendars: Calendars) -> Venues:
        """The listings among a company's claims."""
        return cls(tuple(claim for claim in claims if isinstance(claim, Listed)), calendars)

    def possible(self, claim: OfSession, day: date) -> tuple[TradingDays, ...]:
        """What may be meant: one where it is stated, else every listing of that day; none where none is on record."""
        if isinstance(claim, Flowed) and is_linked(claim.channel):
            return (TradingDays(LINKED, tuple(map(self.calendars, LINKED)), LINKED_SINCE),)
        return tuple(TradingDays((mic,), (self.calendars(mic),)) for mic in self.exchanges(claim, day))

    def meant(self, claim: OfSession, day: date) -> TradingDays:
        """The trading days of what is meant; of no known exchange where several may be, or none is on record."""
        possible = self.possible(claim, day)
        return possible[0] if len(possible) == 1 else TradingDays((), ())

    def exchanges(self, claim: OfSession, day: date) -> tuple[str, ...]:
        """The MIC that is stated, else those of all listings of that day."""
        stated = None if isinstance(claim, Flowed) else claim.venue
        return (stated,) if stated else tuple(sorted({each.venue for each in self.listings if _listed(each, day)}))


def _listed(listing: Listed, day: date) -> bool:
    valid = listing.valid
    return valid is None or ((valid.first is None or valid.first <= day) and (valid.last is None or day <= valid.last))
