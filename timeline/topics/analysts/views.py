"""The projection: what each house rates the share, and what is forecast and expected."""

from __future__ import annotations

from collections import defaultdict
from itertools import takewhile
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.occurrence import Occurrence
from timeline.topics.analysts.payloads import Forecast, Opinion, Rating

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.occurrence import Stream
    from timeline.values import Quantity


class House(Struct, frozen=True, kw_only=True):
    """What one house has said of the share.

    Attributes:
        by: its name, as the latest report writes it.
        ratings: in order of day.
    """

    by: str
    ratings: tuple[Occurrence[Rating], ...]

    @property
    def last(self) -> Occurrence[Rating]:
        """The latest one that cannot repeat another."""
        return next((item for item in reversed(self.ratings) if not item.fits), self.ratings[-1])

    @property
    def rating(self) -> str | None:
        """The rating in force: the last one stated, since a new price leaves it as it is; none once coverage ends."""
        return next((item.payload.rating for item in self._in_force() if item.payload.rating), None)

    @property
    def target_price(self) -> Quantity | None:
        """The target price in force, likewise."""
        return next((item.payload.target_price for item in self._in_force() if item.payload.target_price), None)

    def _in_force(self) -> Iterator[Occurrence[Rating]]:
        """What was said since coverage last ended, the latest first."""
        told = (item for item in reversed(self.ratings) if not item.fits)
        return takewhile(lambda item: item.payload.action not in ("suspended", "dropped"), told)


class Views(Struct, frozen=True):
    """The state of the topic.

    Attributes:
        houses: by name, those that rate the share.
        forecasts: by metric, segment and basis, period, house and day.
        opinions: in order of day.
    """

    houses: tuple[House, ...]
    forecasts: tuple[Occurrence[Forecast], ...]
    opinions: tuple[Occurrence[Opinion], ...]


def project(stream: Stream) -> Views:
    """Ratings by house, forecasts by what they are for, opinions by day."""
    ratings: dict[str, list[Occurrence[Rating]]] = defaultdict(list)
    for item in stream.every(Rating):
        ratings[item.payload.by.casefold()].append(item)
    return Views(
        houses=tuple(House(by=items[-1].payload.by, ratings=tuple(items)) for _, items in sorted(ratings.items())),
        forecasts=tuple(sorted(stream.every(Forecast), key=_by_metric)),
        opinions=stream.every(Opinion),
    )


def line(item: Occurrence[Forecast]) -> tuple[str, ...]:
    """What a forecast revises: the same house's for the same figure."""
    payload = item.payload
    return (*payload.subject, str(payload.period.last), str(payload.period.first), payload.by.casefold())


def _by_metric(item: Occurrence[Forecast]) -> tuple[str, ...]:
    return (*line(item), str(item.day), item.id)
