"""Whether a percentage of the capital agrees with the number of shares there are."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from timeline.check import Rule, apart, stated, worked_out
from timeline.claim import Counted, Stake
from timeline.digits import exact
from timeline.intervals import POWERS, in_words, quotient, shifted, widened
from timeline.naming import folded
from timeline.values import Bounds, Quantity, product, short

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.check import Verdict
    from timeline.claim import Claim
    from timeline.occurrence import Occurrence

PERCENT = Rule(
    name="stake-percent",
    severity="warning",
    compares="a percentage of the capital with the shares it is told of and the last count of all shares before",
    assumes="the capital is less than 5 % off that count, and classes not counted have no more shares than those that"
    " are; shares held by the company itself may be in it or not",
)
RULES = (PERCENT,)

_DRIFT: Final = Decimal("0.05")
_HUNDRED: Final = (Decimal(100), Decimal(100))
_OLDEST: Final = timedelta(days=400)  # a yearly count that came out late
_LETTER: Final = re.compile(r"(class |series )?[a-z]([ -](class|ordinary|common))?( shares?)?")


class Capital(NamedTuple):
    """A number of shares that a percentage may refer to.

    Attributes:
        words: what it is.
        shares: how many.
        counts: that state it.
    """

    words: str
    shares: Bounds
    counts: tuple[Counted, ...]


def stakes(claims: Iterable[Claim]) -> Iterator[Verdict]:
    """What came of comparing each percentage with what its shares are of any capital that it may refer to."""
    claims = tuple(claims)
    counted = [claim for claim in claims if isinstance(claim, Counted) and claim.occurrence.counts]
    for stake in (claim for claim in claims if isinstance(claim, Stake)):
        if capitals := _capitals(stake, counted):
            yield PERCENT.passed() if _fits(stake, capitals) else _found(stake, capitals)


def _capitals(stake: Stake, counted: Sequence[Counted]) -> list[Capital]:
    """Each class by its last count, and all of them together; only the class that the base names, if it does."""
    last = _last(stake, counted)
    own = [count for count in last if _named(count, stake)]
    single = [_capital((count,)) for count in own or last]
    return single if own or len(last) < 2 else [*single, _capital(last)]  # noqa: PLR2004 - two are a sum


def _last(stake: Stake, counted: Sequence[Counted]) -> tuple[Counted, ...]:
    """The last count of each class on or before the day, unless it is too old to tell; classes by name."""
    latest: dict[str, Counted] = {}
    for count in sorted(counted, key=lambda count: (str(count.occurrence.day), count.occurrence.id)):
        if _is_recent(count.occurrence, stake.occurrence):
            latest[folded(count.share_class)] = count
    return tuple(count for _, count in sorted(latest.items()))


def _is_recent(count: Occurrence[Any], stake: Occurrence[Any]) -> bool:
    return count.day is not None and stake.day is not None and timedelta(0) <= stake.day - count.day <= _OLDEST


def _named(count: Counted, stake: Stake) -> bool:
    """Whether the base's words name a class: "B" in "issued Class B shares"."""
    name = re.sub(r"\b(class|series|shares?)\b", " ", folded(count.share_class)).strip()
    words = rf"\b(class|series) {re.escape(name)}\b|\b{re.escape(name)}[ -]((ordinary|common) )?shares\b"
    return bool(name and re.search(words, folded(stake.base or "")))


def _capital(counts: Sequence[Counted]) -> Capital:
    """The shares of some classes, from those outstanding to all issued."""
    low, high = Decimal(0), Decimal(0)
    ends = [(count.shares.low, count.shares.high, count.treasury and count.treasury.high) for count in counts]
    open_above = any(end is None for _, end, _ in ends)
    with exact():
        for least, most, treasury in ends:
            low += least or 0
            high += (most or 0) + (treasury or 0)
    words = " and ".join(f"{count.shares.printed} of class {count.share_class}" for count in counts)
    return Capital(words, widened((low, None if open_above else high), _DRIFT), tuple(counts))


def _fits(stake: Stake, capitals: Sequence[Capital], power: int = 0) -> bool:
    """Whether the percentage can be of one of them, or of more shares than are counted."""
    percent = shifted(stake.percent, power).bounds
    bounds = [each.shares for each in capitals]
    if _is_partial(stake, capitals):
        low, high = bounds[-1]
        bounds.append((low, None if high is None else high * 2))
    return any(not apart(percent, _percentage(stake, shares)) for shares in bounds)


def _is_partial(stake: Stake, capitals: Sequence[Capital]) -> bool:
    """Whether there must be a class that is not counted: nobody calls a class "B" that is the only one."""
    (*_, last) = capitals
    counts = last.counts
    return len(counts) == 1 and not _named(counts[0], stake) and bool(_LETTER.fullmatch(folded(counts[0].share_class)))


def _percentage(stake: Stake, capital: Bounds) -> Bounds:
    return product(quotient(stake.shares.bounds, capital), _HUNDRED)


def _found(stake: Stake, capitals: Sequence[Capital]) -> Verdict:
    expected = [(each, _percentage(stake, each.shares)) for each in capitals]
    counts = {count.occurrence.id: count.occurrence for each in capitals for count in each.counts}
    against = "; ".join(f"{in_words(_shown(percent), '%')} of {each.words}" for each, percent in expected)
    base = f' of "{stake.base}"' if stake.base else ""
    what = (
        f"{_shares(stake)} are not {stake.percent.printed}{base} ({stake.occurrence.occurred.label()}), but {against}"
    )
    return PERCENT.found(
        f"{what}{_slip(stake, capitals)}",
        stake.occurrence,
        *counts.values(),
        topic=stake.topic,
        figures=(
            stated("shares", stake.shares, stake.occurrence.id),
            stated("percent of capital", stake.percent, stake.occurrence.id),
            *(stated("shares in all", count.shares, count.occurrence.id) for each in capitals for count in each.counts),
            *(worked_out("shares ÷ shares in all", percent, "%") for _, percent in expected),
        ),
    )


def _shown(percent: Bounds) -> Bounds:
    """To four decimals, for people."""
    place = Decimal("0.0001")
    low, high = (end if end is None else end.quantize(place) for end in percent)
    return low, high


def _shares(stake: Stake) -> str:
    printed = stake.shares.printed
    return printed if "share" in printed.casefold() else f"{printed} shares"


def _slip(stake: Stake, capitals: Sequence[Capital]) -> str:
    """By which power of ten it is off, if that is all."""
    power = next((power for power in POWERS if _fits(stake, capitals, power)), None)
    if power is None:
        return ""
    if power == -1:
        return f"; it fits as {_per_thousand(stake.percent)} ‰, per thousand"
    return f"; it fits as {short(shifted(stake.percent, power))}"


def _per_thousand(percent: Quantity) -> str:
    return short(percent).removesuffix(" %")
