"""The projection: how far each product is, what is still planned, and how the plans moved."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from timeline.naming import folded
from timeline.occurrence import Occurrence
from timeline.topics.products.payloads import STAGES, Described, Specification, Stage, Staged

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from timeline.dates import When
    from timeline.occurrence import Stream


class Milestone(Struct, frozen=True, kw_only=True):
    """One stage of a product in one region.

    Attributes:
        stage: which.
        region: "" where none is stated.
        statements: all that was said of it, in order of the day that it was said or reached.
    """

    stage: Stage
    region: str
    statements: tuple[Occurrence[Staged], ...]

    @property
    def done(self) -> Occurrence[Staged] | None:
        """Where it is first reported as reached; None as long as it is not."""
        return next((item for item in self.statements if item.payload.certainty == "done"), None)

    @property
    def plans(self) -> tuple[Occurrence[Staged], ...]:
        """The plans that moved it: those that give a date, and cannot be the repetition of another one."""
        planned = (item for item in self.statements if item.payload.certainty == "planned")
        return tuple(item for item in planned if item.payload.due and not item.fits)

    @property
    def certainty(self) -> Literal["planned", "done"]:
        """What is known of it in the end."""
        return "done" if self.done else "planned"

    @property
    def current(self) -> Occurrence[Staged]:
        """The occurrence that stands: it was reached, else the latest plan, with a date where there is one."""
        return self.done or (self.plans or self.statements)[-1]

    @property
    def when(self) -> When | None:
        """When it was reached, or is to be by the latest plan; None where none says."""
        return self.done.occurred if self.done else self.current.payload.due

    @property
    def first_planned(self) -> When | None:
        """The first date that was planned."""
        return self.plans[0].payload.due if self.plans else None

    @property
    def slipped(self) -> bool:
        """Whether it came, or was planned, later than it had been planned before."""
        dates = [due for plan in self.plans if (due := plan.payload.due)]
        dates += [self.done.occurred] if self.done else []
        return any(is_later(after, before) for before, after in combinations(dates, 2))


class Product(Struct, frozen=True, kw_only=True):
    """A product.

    Attributes:
        name: as first reported.
        milestones: in the order of the stages, then by region.
        priced: the latest description that states a price; None where none does.
        descriptions: in order of their day.
    """

    name: str
    milestones: tuple[Milestone, ...]
    priced: Occurrence[Described] | None
    descriptions: tuple[Occurrence[Described], ...]

    @property
    def reached(self) -> tuple[Milestone, ...]:
        """The milestones behind it."""
        return tuple(milestone for milestone in self.milestones if milestone.done)

    @property
    def ahead(self) -> tuple[Milestone, ...]:
        """The milestones before it."""
        return tuple(milestone for milestone in self.milestones if not milestone.done)

    @property
    def features(self) -> tuple[str, ...]:
        """All features, in the order in which they became known."""
        return _each_once(feature for item in self.descriptions for feature in item.payload.features)

    @property
    def rivals(self) -> tuple[str, ...]:
        """All rivals, likewise."""
        return _each_once(rival for item in self.descriptions for rival in item.payload.rivals)

    @property
    def specifications(self) -> tuple[Specification, ...]:
        """The latest value of each property."""
        every = (specification for item in self.descriptions for specification in item.payload.specifications)
        return tuple({folded(specification.name): specification for specification in every}.values())

    @property
    def day(self) -> date | None:
        """The latest day on which something was reported of it."""
        days = [milestone.current.day for milestone in self.milestones] + [item.day for item in self.descriptions]
        return max((day for day in days if day), default=None)


def project(stream: Stream) -> tuple[Product, ...]:
    """The products by name."""
    staged: dict[str, list[Occurrence[Staged]]] = defaultdict(list)
    described: dict[str, list[Occurrence[Described]]] = defaultdict(list)
    for item in stream.every(Staged):
        staged[folded(item.payload.product)].append(item)
    for description in stream.every(Described):
        described[folded(description.payload.product)].append(description)
    return tuple(_product(staged[name], described[name]) for name in sorted({*staged, *described}))


def _product(staged: Sequence[Occurrence[Staged]], described: Sequence[Occurrence[Described]]) -> Product:
    first = (staged or described)[0]
    return Product(
        name=first.payload.product,
        milestones=tuple(_milestones(staged)),
        priced=next((item for item in reversed(described) if item.payload.price), None),
        descriptions=tuple(described),
    )


def _milestones(items: Iterable[Occurrence[Staged]]) -> list[Milestone]:
    by_stage: dict[tuple[int, str], list[Occurrence[Staged]]] = defaultdict(list)
    for item in items:
        by_stage[STAGES.index(item.payload.stage), folded(item.payload.region or "")].append(item)
    return [_milestone(group) for _, group in sorted(by_stage.items())]


def _milestone(items: Sequence[Occurrence[Staged]]) -> Milestone:
    payload = items[0].payload
    return Milestone(stage=payload.stage, region=payload.region or "", statements=tuple(items))


def is_later(after: When, before: When) -> bool:
    """Whether a date was put off: its last day moved back and its first did not move forward.

    A date that merely became vaguer, such as 2026 after April 2026, is not later.
    """
    if before.last is None or (after.last is not None and after.last <= before.last):
        return False
    return before.first is None or (after.first is not None and after.first >= before.first)


def _each_once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple({folded(text): text for text in texts}.values())
