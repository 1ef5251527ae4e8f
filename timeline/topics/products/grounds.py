"""Grounds: the reports behind what is gathered of a product from several of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.naming import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.topic import Grounds, Occurrences
    from timeline.topics.products.milestones import Milestone, Product


def grounds(state: Sequence[Product]) -> Grounds:
    """The features, rivals, specifications and milestones of each product."""
    found: dict[str, Occurrences] = {}
    for number, product in enumerate(state):
        found |= _product(f"products[{number}]", product)
    return found


def _product(place: str, product: Product) -> dict[str, Occurrences]:
    told = product.descriptions
    found: dict[str, Occurrences] = {
        f"{place}.product": _first(product),
        f"{place}.features": tuple(item for item in told if item.payload.features),
        f"{place}.rivals": tuple(item for item in told if item.payload.rivals),
    }
    for number, each in enumerate(product.specifications):
        name = folded(each.name)
        found[f"{place}.specifications[{number}]"] = tuple(
            item for item in told if any(folded(other.name) == name for other in item.payload.specifications)
        )[-1:]
    for number, milestone in enumerate(product.milestones):
        found |= _milestone(f"{place}.milestones[{number}]", milestone)
    return found


def _first(product: Product) -> Occurrences:
    """What names it: all that tells of it, since the first such report does."""
    return (*(item for milestone in product.milestones for item in milestone.statements), *product.descriptions)


def _milestone(place: str, milestone: Milestone) -> dict[str, Occurrences]:
    """The first plan, whether the date moved, and the region, whose first spelling counts."""
    return {
        f"{place}.region": milestone.statements[:1],
        f"{place}.first_planned": milestone.plans[:1],
        f"{place}.slipped": milestone.plans,
    }
