"""Equal parts of a company's events in memory once.

Years of filings say the same few metrics, days and units in fact after fact. Decoded each by itself, they take twice
the memory of events that share them, and a company of tens of thousands of facts is held as a whole to be folded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import force_setattr

from timeline.dates import When
from timeline.values import Quantity

if TYPE_CHECKING:
    from decimal import Decimal

    from msgspec import Struct

    from timeline.event import Event
    from timeline.publication import Published

_FIELDS_OF_ENVELOPE = ("company", "source", "recorded", "actor")


class Sharing:
    """The parts of the events that were met, for as long as a company is read.

    Nothing is changed by it but which of two equal objects an event holds: no value, and so no hash.
    """

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._dates: dict[When, When] = {}
        self._publications: dict[str, Published] = {}
        self._numbers: dict[str, Decimal] = {}

    def shared(self, event: Event) -> Event:
        """The event, with the parts of earlier ones in the place of its own."""
        self._share(event, _FIELDS_OF_ENVELOPE)
        if event.occurred is not None:
            force_setattr(event, "occurred", self._dates.setdefault(event.occurred, event.occurred))
        if event.published is not None:
            force_setattr(event, "published", self._publications.setdefault(event.published.text, event.published))
        self._share(event.payload, event.payload.__struct_fields__)
        return event

    def _share(self, part: Struct, fields: tuple[str, ...]) -> None:
        texts, dates = self._texts, self._dates
        for name in fields:
            value = getattr(part, name)
            if value is None:  # most of what could be said is not
                continue
            kind = type(value)
            if kind is str:
                force_setattr(part, name, texts.setdefault(value, value))
            elif kind is When:
                force_setattr(part, name, dates.setdefault(value, value))
            elif kind is Quantity:
                self._share_ends(value)

    def _share_ends(self, figure: Quantity) -> None:
        """What is exact has one number at both ends; each unit and each step is that of thousands of figures."""
        force_setattr(figure, "unit", self._texts.setdefault(figure.unit, figure.unit))
        if figure.step is not None:
            force_setattr(figure, "step", self._numbers.setdefault(str(figure.step), figure.step))
        # By total order, as 1.0 and 1.00 are equal and yet not printed alike.
        if figure.low is not None and figure.high is not None and not figure.low.compare_total(figure.high):
            force_setattr(figure, "high", figure.low)
