"""Whether what was traded on an exchange was traded at prices that were quoted there that day."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from timeline.check import Rule, below, stated
from timeline.claim import Quoted, Traded
from timeline.intervals import opened, widened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from timeline.check import Verdict
    from timeline.claim import Claim
    from timeline.values import Bounds, Quantity

OUTSIDE = Rule(
    name="traded-outside-range",
    severity="warning",
    compares="the prices of a trade with the day's low and high on that exchange, or with its open, close or average",
    assumes="within a session a share trades less than 20 % from its open, close and average",
)
RULES = (OUTSIDE,)

_MOST_MOVE: Final = Decimal("0.2")


def prices(claims: Iterable[Claim]) -> Iterator[Verdict]:
    """What came of comparing each trade's prices with each price of its day, in one currency."""
    claims = tuple(claims)
    quotes: dict[date, list[Quoted]] = defaultdict(list)
    for quoted in (claim for claim in claims if isinstance(claim, Quoted)):
        quotes[quoted.day].append(quoted)
    for trade in (claim for claim in claims if isinstance(claim, Traded) and claim.price):
        yield from _of_trade(trade, [quoted for quoted in quotes[trade.day] if _of_market(quoted, trade)])


def _of_market(quoted: Quoted, trade: Traded) -> bool:
    """Whether the price is of the exchange where the trade was; one that names none is taken by its currency."""
    same = quoted.venue == trade.venue or quoted.venue is None or trade.venue is None
    return same and trade.price is not None and quoted.price.unit == trade.price.unit


def _of_trade(trade: Traded, quotes: Sequence[Quoted]) -> Iterator[Verdict]:
    """One finding at most, by the first price that does not fit: they are of one session, so that others go with it."""
    for quoted in sorted(quotes, key=lambda quoted: quoted.what not in ("low", "high")):
        if wrong := _wrong(trade, quoted):
            yield _found(trade, quoted, wrong)
            return
        yield OUTSIDE.passed()


def _wrong(trade: Traded, quoted: Quoted) -> str:
    """How the trade's prices contradict a price of the day; empty where they do not."""
    assert trade.price is not None  # noqa: S101 - of others is not asked
    (lowest, highest), quote = _ends(trade.price), opened(quoted.price)
    if quoted.what == "low":
        return "below" if below(lowest, quote) else ""
    if quoted.what == "high":
        return "above" if below(quote, highest) else ""
    around = widened(quote, _MOST_MOVE)
    return "far below" if below(lowest, around) else "far above" if below(around, highest) else ""


def _ends(price: Quantity) -> tuple[Bounds, Bounds]:
    """What the lowest and the highest price may have been before rounding; of a single figure both are that one."""
    low, high = opened(price)
    if price.qualifier not in ("range", "plus-minus") or price.low is None or price.high is None:
        return (low, high), (low, high)
    return (low, None if low is None else 2 * price.low - low), (None if high is None else 2 * price.high - high, high)


def _found(trade: Traded, quoted: Quoted, how: str) -> Verdict:
    assert trade.price is not None  # noqa: S101 - of others is not asked
    where = f" on {trade.venue}" if trade.venue else ""
    unnamed = trade.venue is None or quoted.venue is None
    return OUTSIDE.found(
        f"{trade.what} of {trade.day}{where}: {trade.price.printed} is {how} the {quoted.what} of"
        f" {quoted.price.printed} that day",
        trade.occurrence,
        quoted.occurrence,
        topic=trade.topic,
        figures=(
            stated("price", trade.price, trade.occurrence.id),
            stated(quoted.what, quoted.price, quoted.occurrence.id),
        ),
        assumed="both are of one exchange, as they are in one currency" if unnamed else "",
    )
