"""Capital: how many shares there are of each class, and what changed their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, TypeAlias

from msgspec import Meta, Struct

from timeline.dates import When
from timeline.digits import plain, short_number
from timeline.event import Identity, Payload
from timeline.occurrence import Occurrence
from timeline.section import Column, Headline, Layout, Row, Section, Series, Table
from timeline.topic import (
    EVIDENCE,
    SPLIT_ADJUSTED,
    Topic,
    adjusted,
    adjusted_column,
    evidence,
    figure,
    figure_columns,
)
from timeline.values import Price, Shares

if TYPE_CHECKING:
    from timeline.occurrence import Stream

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

    def identity(self, occurred: When) -> Identity:
        """Share class, change and day or period."""
        return Identity((self.share_class, self.change), occurred)


Counts: TypeAlias = Sequence[Occurrence[Reported]]
"""The reported numbers of one class, in order of the day; at least one."""


class Capital(Struct, frozen=True, kw_only=True):
    """The shares of a company.

    Attributes:
        counts: by share class, in order of the day.
        changes: in order of the day.
    """

    counts: Mapping[str, tuple[Occurrence[Reported], ...]]
    changes: tuple[Occurrence[Changed], ...]


def project(stream: Stream) -> Capital:
    """How many shares there were when, by class, and the changes."""
    counts: dict[str, list[Occurrence[Reported]]] = defaultdict(list)
    for item in stream.every(Reported):
        counts[item.payload.share_class].append(item)
    return Capital(
        counts={share_class: tuple(items) for share_class, items in sorted(counts.items())},
        changes=stream.every(Changed),
    )


def present(state: Capital) -> Section:
    """The latest number of each class with the earlier ones below it, and the changes."""
    return Section(
        topic="capital",
        tables={
            "classes": tuple(_class_row(items) for items in state.counts.values()),
            "changes": tuple(_change_row(item) for item in state.changes),
        },
        headlines=(_headline(state),) if state.counts else (),
        series=tuple(line for share_class, items in state.counts.items() if (line := _series(share_class, items))),
    )


def _headline(state: Capital) -> Headline:
    latest = [_latest(items) for items in state.counts.values()]
    return Headline("Shares", tuple(_cell(item) for item in latest), min(item.independent for item in latest))


def _cell(item: Occurrence[Reported]) -> str:
    shares = short_number(item.adjusted.shares.anchor, digits=3)
    said = f", {SPLIT_ADJUSTED}" if item.split else ""
    return f"{shares} of class {item.payload.share_class} on {item.occurred.label()}{said}"


def _latest(items: Counts) -> Occurrence[Reported]:
    """The number that stands: the last that is not merely a vague repetition of another."""
    return next((item for item in reversed(items) if not item.fits), items[-1])


def _series(share_class: str, items: Counts) -> Series | None:
    """The numbers by day; nothing to draw before there are two."""
    points = {item.day.isoformat(): plain(item.adjusted.shares.anchor) for item in items if item.day and item.counts}
    return Series(f"{share_class} shares outstanding", tuple(points.items())) if len(points) > 1 else None


def _class_row(items: Counts) -> Row:
    latest = _latest(items)
    return {
        "share_class": latest.payload.share_class,
        "as_of": latest.occurred.edtf,
        **figure("shares", latest.payload.shares),
        **adjusted("shares", latest.adjusted.shares),
        **figure("treasury", latest.payload.treasury),
        **adjusted("treasury", latest.adjusted.treasury),
        "history": [_count_row(item) for item in items],
        **evidence(latest),
    }


def _count_row(item: Occurrence[Reported]) -> Row:
    return {
        "occurred": item.occurred.edtf,
        **figure("shares", item.payload.shares),
        **adjusted("shares", item.adjusted.shares),
        **figure("treasury", item.payload.treasury),
        **adjusted("treasury", item.adjusted.treasury),
        **evidence(item),
    }


def _change_row(item: Occurrence[Changed]) -> Row:
    changed = item.payload
    return {
        "occurred": item.occurred.edtf,
        "change": changed.change,
        "share_class": changed.share_class,
        **figure("shares", changed.shares),
        **adjusted("shares", item.adjusted.shares),
        "ratio": changed.ratio,
        **figure("price", changed.price),
        **adjusted("price", item.adjusted.price),
        "currency": changed.price and changed.price.unit,
        "ex_day": changed.ex_day and changed.ex_day.edtf,
        **evidence(item),
    }


_HELD = (
    *figure_columns("shares"),
    adjusted_column("shares"),
    *figure_columns("treasury"),
    adjusted_column("treasury"),
)
_COUNT = (Column("occurred", kind="when"), *_HELD, *EVIDENCE)
_CLASS = (
    Column("share_class", "class"),
    Column("as_of", kind="when"),
    *_HELD,
    Column("history", kind="rows", columns=_COUNT, view="share_counts", several=True),
    *EVIDENCE,
)
_CHANGE = (
    Column("occurred", kind="when"),
    Column("change"),
    Column("share_class", "class"),
    *figure_columns("shares"),
    adjusted_column("shares"),
    Column("ratio"),
    *figure_columns("price"),
    adjusted_column("price"),
    Column("currency", shown=False),
    Column("ex_day", kind="when"),
    *EVIDENCE,
)

TOPIC = Topic(
    layout=Layout(
        topic="capital",
        title="Share capital",
        rank=90,
        tables=(
            Table("classes", "Shares outstanding", _CLASS, view="share_classes"),
            Table("changes", "Changes", _CHANGE, view="share_changes"),
        ),
    ),
    payloads=(Reported, Changed),
    project=project,
    present=present,
)
