"""The kinds of facts about share capital."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from timeline.dates import When
from timeline.event import Identity, Payload
from timeline.values import Price, Shares

Ratio = Annotated[str, Meta(pattern="^[1-9][0-9]*:[1-9][0-9]*$")]


class Reported(Payload, frozen=True, kw_only=True):
    """A source states how many shares of a class were outstanding at the end of the day it occurred.

    Attributes:
        share_class: class as named by the company ("B", "ordinary").
        shares: number issued less those in treasury, where the source tells them apart.
        treasury: number held by the company itself; None when not stated.
    """

    KIND: ClassVar[str] = "capital.reported"

    share_class: str
    shares: Shares
    treasury: Shares | None = None

    def identity(self, occurred: When) -> Identity:
        """Share class and day."""
        return Identity((self.share_class,), occurred)


class Changed(Payload, frozen=True, kw_only=True):
    """The number of shares changed on the day it occurred, or over a period of days.

    Attributes:
        change: what happened to the shares.
        shares: number issued or cancelled.
        ratio: of a split or consolidation, new to old: "20:1" makes twenty out of one.
        price: paid for one new share.
        ex_day: first day on which the share trades after a split or consolidation.
        share_class: class as named by the company; None when not stated.
    """

    KIND: ClassVar[str] = "capital.changed"
    ONE_OF: ClassVar[tuple[str, ...]] = ("shares", "ratio")

    change: Literal["issue", "cancellation", "split", "consolidation"]
    shares: Shares | None = None
    ratio: Ratio | None = None
    price: Price | None = None
    ex_day: When | None = None
    share_class: str | None = None

    def __post_init__(self) -> None:
        """Refuse a ratio that does not do what the change says.

        Raises:
            ValueError: a split leaves fewer shares, a consolidation more, or an issue or cancellation has a ratio.
        """
        if self.ratio is None:
            return
        if self.change in ("issue", "cancellation"):
            raise ValueError(f"an {self.change} has a number of shares, not the ratio {self.ratio}")
        new, old = map(int, self.ratio.split(":"))
        if (new > old) != (self.change == "split") or new == old:
            fix = "write new shares to old, such as 20:1 for a split and 1:10 for a consolidation"
            raise ValueError(f"a {self.change} of {self.ratio}: {fix}")

    def is_context(self) -> bool:
        """A split changes the share basis of every other figure."""
        return self.ratio is not None

    def identity(self, occurred: When) -> Identity:
        """Share class, change and day or period."""
        return Identity((self.share_class, self.change), occurred)
