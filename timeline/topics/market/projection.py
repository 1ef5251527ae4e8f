"""The projection: what the share last stood at, what flowed into it, who traded it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from timeline.event import Payload
from timeline.occurrence import Occurrence
from timeline.topics.market.payloads import Flow, Observed, Rate, Trade
from timeline.values import difference, total

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from timeline.occurrence import Stream
    from timeline.values import Bounds

P = TypeVar("P", bound=Payload)


class Quote(Struct, frozen=True):
    """One price of the share on one venue, such as its closes or its support levels.

    Attributes:
        observations: in order of day.
    """

    observations: tuple[Occurrence[Observed], ...]

    @property
    def last(self) -> Occurrence[Observed]:
        """The latest one that cannot repeat another."""
        return _last(self.observations)


class Channel(Struct, frozen=True, kw_only=True):
    """What flowed through one channel, in one currency.

    A reported sum contains single sessions, recorded here or not; the two are shown side by side and never added.

    Attributes:
        sessions: single sessions in order of day.
        sums: reports that are nothing but a sum, in order of their last day.
    """

    sessions: tuple[Occurrence[Flow], ...]
    sums: tuple[Occurrence[Flow], ...]

    @property
    def last(self) -> Occurrence[Flow]:
        """The latest session; where none is recorded, the latest sum."""
        return _last(self.sessions or self.sums)

    @property
    def cumulative(self) -> Occurrence[Flow] | None:
        """The report of the latest sum, on its own or beside a session's figure."""
        stated = (*self.sums, *(item for item in self.sessions if item.payload.cumulative))
        return max(stated, key=lambda item: (str(item.day), item.payload.is_sum, item.id), default=None)

    @property
    def itemised(self) -> Bounds:
        """Net inflow of the single sessions on record."""
        flows = [item.payload for item in self.sessions if item.counts]
        inflow, outflow = (
            total(flow.value for flow in flows if flow.direction == way) for way in ("inflow", "outflow")
        )
        return difference(inflow, outflow)


class Market(Struct, frozen=True):
    """The state of the topic.

    Attributes:
        quotes: by which price it is, venue and currency.
        channels: by name and currency.
        trades: in order of day.
        rates: in order of day.
    """

    quotes: tuple[Quote, ...]
    channels: tuple[Channel, ...]
    trades: tuple[Occurrence[Trade], ...]
    rates: tuple[Occurrence[Rate], ...]


def project(stream: Stream) -> Market:
    """Prices and flows by what they are of, trades and rates by day."""
    quotes = _grouped(stream.every(Observed), _price)
    channels = _grouped(stream.every(Flow), _channel)
    return Market(
        quotes=tuple(Quote(items) for items in quotes),
        channels=tuple(
            Channel(
                sessions=tuple(item for item in items if not item.payload.is_sum),
                sums=tuple(item for item in items if item.payload.is_sum),
            )
            for items in channels
        ),
        trades=stream.every(Trade),
        rates=stream.every(Rate),
    )


def _price(payload: Observed) -> tuple[str, ...]:
    return (payload.what, payload.venue or "", payload.price.unit if payload.price else "")


def _channel(payload: Flow) -> tuple[str, ...]:
    return (payload.channel.casefold(), payload.value.unit)


def _grouped(items: Iterable[Occurrence[P]], group: Callable[[P], tuple[str, ...]]) -> list[tuple[Occurrence[P], ...]]:
    """The occurrences by group, groups in their own order, each in the order given."""
    found: dict[tuple[str, ...], list[Occurrence[P]]] = defaultdict(list)
    for item in items:
        found[group(item.payload)].append(item)
    return [tuple(members) for _, members in sorted(found.items())]


def _last(items: tuple[Occurrence[P], ...]) -> Occurrence[P]:
    return next((item for item in reversed(items) if not item.fits), items[-1])
