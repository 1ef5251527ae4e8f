"""The list of screens: which topic each reads, what it shows and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline.app.screen import buybacks, charges, promises, results, targets
from timeline.app.screen.order import falling, rising

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from timeline.app.screen.order import Order
    from timeline.app.screen.question import Question
    from timeline.page import Basis
    from timeline.section import Row, Section, Table


class Screen(NamedTuple):
    """A question that can be asked of all companies.

    Attributes:
        table: of the answer.
        topic: whose sections it reads; empty for the promises of all.
        reads: names of the tables that it reads.
        rows: the answer's rows that a company's section has.
        order: of the answer's rows.
        empty: what to say where there are none.
    """

    table: Table
    topic: str
    reads: tuple[str, ...]
    rows: Callable[[str, Section, Question, Basis], Iterator[Row]]
    order: Callable[[Question], Order]
    empty: str


SCREENS = {
    "targets": Screen(
        targets.REVISED, "targets", ("targets",), targets.revised, lambda _: targets.newest, "no such revision is known"
    ),
    "guidance": Screen(
        targets.GUIDANCE, "targets", ("targets",), targets.guidance, lambda _: targets.newest, "no such target is known"
    ),
    "misses": Screen(
        targets.OUTCOMES,
        "targets",
        ("targets",),
        targets.outcomes,
        lambda question: (falling if question.beats else rising)("change_percent"),
        "no such outcome is known",
    ),
    "buybacks": Screen(
        buybacks.BUYBACKS, "buybacks", ("executions",), buybacks.bought, buybacks.order, "no such buyback is known"
    ),
    "overdue": Screen(promises.OVERDUE, "", (), promises.overdue, lambda _: promises.oldest, "nothing is overdue"),
    "firsts": Screen(
        results.FIRSTS, "results", ("results",), results.firsts, lambda _: results.newest, "no such result is known"
    ),
    "charges": Screen(
        charges.CHARGES,
        "charges",
        ("charges",),
        charges.announced,
        lambda _: charges.largest,
        "no such charge is known",
    ),
}
