"""The projection: programmes with their checkpoints and purchases.

A reported total is a checkpoint: it includes what happened up to its day, whatever is itemised, and only later
executions add to it. A programme is identified by its mandate's date; a report that names none belongs, by inference,
to the one in force on its day. A total that counts from another day than the mandate's, such as one since the start of
the year, is shown with its programme and is no checkpoint of it.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from timeline.dates import When
from timeline.occurrence import Occurrence
from timeline.topics.buybacks.payloads import Authorised, Executed, Totalled
from timeline.values import total

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from timeline.occurrence import Stream
    from timeline.values import Bounds


class Programme(Struct, frozen=True, kw_only=True, dict=True):
    """What is known of one programme.

    Attributes:
        mandate: its mandate's date; None for purchases that belong to no known mandate.
        approvals: reports of the approval and others of its day, in order.
        totals: reported totals in order of day.
        executions: purchases in order of day.
        inferred: whether the checkpoint, or else some purchase, was put here by inference.
    """

    mandate: When | None
    approvals: tuple[Occurrence[Authorised], ...]
    totals: tuple[Occurrence[Totalled], ...]
    executions: tuple[Occurrence[Executed], ...]
    inferred: bool

    @cached_property
    def checkpoints(self) -> tuple[Occurrence[Totalled], ...]:
        """The reported totals of shares that count from the mandate on."""
        return tuple(item for item in self.totals if item.payload.shares and _counts_from(item.payload, self.mandate))

    @cached_property
    def checkpoint(self) -> Occurrence[Totalled] | None:
        """The latest of them."""
        return self.checkpoints[-1] if self.checkpoints else None

    @cached_property
    def later(self) -> tuple[Occurrence[Executed], ...]:
        """The purchases that surely come after the checkpoint; all where there is none."""
        return tuple(item for item in self.executions if _after(item, self.checkpoint, surely=True))

    @cached_property
    def possibly_later(self) -> tuple[Occurrence[Executed], ...]:
        """The purchases that may come after the checkpoint: a day may be imprecise; all where there is none."""
        return tuple(item for item in self.executions if _after(item, self.checkpoint, surely=False))

    @cached_property
    def included(self) -> tuple[Occurrence[Executed], ...]:
        """The single purchases known that the checkpoint surely includes; all where there is none."""
        inside = (item for item in self.executions if not _after(item, self.checkpoint, surely=False))
        return tuple(inside) if self.checkpoint else self.executions

    @cached_property
    def as_of(self) -> date | None:
        """The day up to which the programme is known; never beyond what was published."""
        days = (item.day for items in (self.checkpoints, self.executions) for item in items)
        return max((day for day in days if day), default=None)

    @cached_property
    def itemised(self) -> Bounds:
        """Shares of the purchases that are included."""
        return total(item.adjusted.shares for item in self.included)

    @cached_property
    def cumulative(self) -> Bounds:
        """Bounds of the shares bought: the checkpoint and what was bought after its day.

        An imprecise day leaves open whether a purchase is included: the lower bound leaves it in, the upper adds it.
        """
        shares = self.checkpoint.adjusted.shares if self.checkpoint else None
        reported = [shares] if shares else []
        low, _ = total([*reported, *(item.adjusted.shares for item in self.later)])
        _, high = total([*reported, *(item.adjusted.shares for item in self.possibly_later)])
        return low, high

    @cached_property
    def anchor(self) -> Decimal:
        """The single figure to show for `cumulative`."""
        reported = self.checkpoint.adjusted.shares if self.checkpoint else None
        base = reported.anchor if reported else Decimal(0)
        return sum((item.adjusted.shares.anchor for item in self.later), base)

    @cached_property
    def split(self) -> bool:
        """Whether its totals stand in other shares than some report prints."""
        return any(item.split for items in (self.checkpoints, self.executions) for item in items)


class Buybacks(Struct, frozen=True):
    """The state of the topic.

    Attributes:
        programmes: in order of mandate, what belongs to no known one first; the last one is current.
        executions: all purchases that count, in order of day.
        apart: purchases that may repeat others and stay outside totals.
    """

    programmes: tuple[Programme, ...]
    executions: tuple[Occurrence[Executed], ...]
    apart: tuple[Occurrence[Executed], ...]


def project(stream: Stream) -> Buybacks:
    """Programmes with their checkpoints and purchases."""
    approvals, totals, executions = stream.every(Authorised), stream.every(Totalled), stream.of(Executed)
    stated = (item.payload.programme for items in (totals, executions) for item in items)
    mandates = _mandates([item.occurred for item in approvals], [named for named in stated if named])
    programmes = (_programme(mandate, approvals, totals, executions, mandates) for mandate in (None, *mandates))
    held = tuple(one for one in programmes if one.approvals or one.totals or one.executions)
    return Buybacks(held, executions, stream.apart(Executed))


def _mandates(approved: Iterable[When], named: Iterable[When]) -> list[When]:
    """The dates that identify programmes, in order: days, and imprecise ones of approvals that fit none of them."""
    dates = {date.first: date for date in (*approved, *named) if date.is_day}
    days = [When.of_days(day, day) for day in dates]
    vague = {date.edtf: date for date in approved if not date.is_day and _only(date, days) is None}
    return sorted((*days, *vague.values()), key=lambda date: (str(date.last), date.edtf))


def _only(named: When, mandates: Iterable[When]) -> When | None:
    """The one mandate that a date can mean: the same date, else the only one that it leaves possible."""
    fitting = [mandate for mandate in mandates if mandate.overlaps(named)]
    same = [mandate for mandate in fitting if mandate.same_days(named)] or fitting
    return same[0] if len(same) == 1 else None


def _programme(
    mandate: When | None,
    approvals: Sequence[Occurrence[Authorised]],
    totals: Sequence[Occurrence[Totalled]],
    executions: Sequence[Occurrence[Executed]],
    mandates: Sequence[When],
) -> Programme:
    programme = Programme(
        mandate=mandate,
        approvals=tuple(item for item in approvals if mandate and _only(item.occurred, mandates) == mandate),
        totals=tuple(item for item in totals if _mandate_of(item, mandates) == mandate),
        executions=tuple(item for item in executions if _mandate_of(item, mandates) == mandate),
        inferred=False,
    )
    deciding = (programme.checkpoint,) if programme.checkpoint else programme.executions
    inferred = mandate is not None and any(_stated_mandate(item.payload, mandates) is None for item in deciding)
    return replace(programme, inferred=inferred)


def _stated_mandate(payload: Executed | Totalled, mandates: Iterable[When]) -> When | None:
    """The mandate that a report names, by its date or by the day from which a total counts."""
    named = payload.programme
    if named is None and isinstance(payload, Totalled) and payload.since.is_day:
        named = payload.since
    return _only(named, mandates) if named else None


def _mandate_of(item: Occurrence[Executed] | Occurrence[Totalled], mandates: Sequence[When]) -> When | None:
    """The mandate that is named, else the last one given by the report's day; None before the first."""
    day = item.occurred.last or item.day
    in_force = [mandate for mandate in mandates if day and mandate.last and mandate.last <= day]
    return _stated_mandate(item.payload, mandates) or (in_force[-1] if in_force else None)


def _counts_from(payload: Totalled, mandate: When | None) -> bool:
    """Whether a total is one of the programme: it names it, or it can count from the mandate's day."""
    return mandate is None or payload.programme is not None or payload.since.overlaps(mandate)


def _after(item: Occurrence[Executed], checkpoint: Occurrence[Totalled] | None, *, surely: bool) -> bool:
    """Whether a purchase comes after the checkpoint's day: surely, or possibly where a date is imprecise or open."""
    if checkpoint is None:
        return True
    mine, its = (
        (item.occurred.first, checkpoint.occurred.last) if surely else (item.occurred.last, checkpoint.occurred.first)
    )
    return not surely if mine is None or its is None else mine > its
