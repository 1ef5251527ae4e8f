"""What a check is made of: its rule, the figures that it sets beside each other, and what came of it.

A check compares intervals, never points, so that a correctly rounded figure never alarms. It says of every comparison
how it went: a rule that found nothing is worth as much as the number of comparisons behind it.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

from msgspec import Struct

from timeline.section import Compared, Finding, Severity
from timeline.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from timeline.values import Bounds, Quantity


class Involved(Protocol):
    """What a comparison is about; an occurrence is one."""

    @property
    def id(self) -> str:
        """Id of the event that stands for it."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources behind it."""


class Rule(Struct, frozen=True, kw_only=True, dict=True):
    """What a check compares; its name is stable.

    Attributes:
        name: in findings and in the list of rules.
        severity: of what it finds. An error cannot be true as printed; a warning is unlikely to be; a note is true and
            worth knowing.
        compares: what with what, in one sentence without a full stop.
        assumes: what it takes for granted, in one sentence without a full stop; empty for nothing.
    """

    name: str
    severity: Severity
    compares: str
    assumes: str = ""

    def passed(self) -> Passed:
        """One comparison that found nothing."""
        return self._passed

    @cached_property
    def _passed(self) -> Passed:
        """The same for all of them, as they are many."""
        return Passed(self)

    def found(
        self,
        what: str,
        *involved: Involved,
        topic: str,
        figures: Iterable[Compared] = (),
        events: Iterable[str] = (),
        sources: Iterable[str] = (),
        assumed: str = "",
    ) -> Finding:
        """One comparison that found something.

        Args:
            what: in words, with the figures.
            involved: the occurrences that were compared; their accepted events and all their sources are named.
            topic: whose section tells of it.
            figures: those that were compared.
            events: ids of further events involved.
            sources: ids of further sources involved.
            assumed: what was taken for granted here, beside what the rule always assumes.
        """
        return Finding(
            rule=self.name,
            severity=self.severity,
            what=what,
            events=_each((*(item.id for item in involved), *events)),
            sources=_each((*(source for item in involved for source in item.sources), *sources)),
            topic=topic,
            figures=tuple(figures),
            assumed=tuple(text for text in (self.assumes, assumed) if text),
        )


class Passed(NamedTuple):
    """A comparison that found nothing.

    Attributes:
        rule: what was compared.
    """

    rule: Rule


Verdict: TypeAlias = Finding | Passed
"""What came of one comparison."""


def stated(name: str, quantity: Quantity, event: str = "") -> Compared:
    """A figure as a report prints it; `event` is the report's id."""
    low, high = quantity.bounds
    return Compared(
        name=name, printed=quantity.printed, low=_text(low), high=_text(high), unit=quantity.unit, event=event
    )


def worked_out(name: str, bounds: Bounds, unit: str = "") -> Compared:
    """A figure that follows from others; `name` says how, such as "shares × price"."""
    low, high = map(_text, bounds)
    return Compared(name=name, low=low, high=high, unit=unit)


def apart(one: Bounds, other: Bounds) -> bool:
    """Whether two intervals have no value in common, so that both cannot be of one figure."""
    return below(one, other) or below(other, one)


def below(one: Bounds, other: Bounds) -> bool:
    """Whether the first is surely less than the second."""
    (_, high), (low, _) = one, other
    return high is not None and low is not None and high < low


def findings(verdicts: Iterable[Verdict]) -> tuple[Finding, ...]:
    """What was found, in the order given."""
    return tuple(verdict for verdict in verdicts if isinstance(verdict, Finding))


def _text(bound: Decimal | None) -> str | None:
    return None if bound is None else plain(bound)


def _each(ids: Iterable[str]) -> tuple[str, ...]:
    """Every id once, in the order given."""
    return tuple(dict.fromkeys(ids))
