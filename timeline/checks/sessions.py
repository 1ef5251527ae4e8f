"""What happened in sessions, beside the exchanges' calendars: open on the day, and the close of the session before."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from timeline.check import Rule, apart, stated, worked_out
from timeline.checks import flows
from timeline.checks.venues import OfSession, Venues
from timeline.claim import Flowed, Moved, Quoted, Traded
from timeline.dates import When
from timeline.values import change_percent, percent_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from typing import TypeAlias

    from timeline.check import Verdict
    from timeline.checks.calendars import Calendars
    from timeline.claim import Claim

    Closes: TypeAlias = Mapping[tuple[tuple[str, ...], str], Mapping[date, Quoted]]

CLOSED: Final = Rule(
    name="closed-day",
    severity="error",
    compares="the day of a trade, a price or a flow with the sessions of the exchange",
    assumes="where no exchange is stated, any that the company is listed on; Stock Connect trades while both Hong Kong"
    " and Shanghai do",
)
CHANGE: Final = Rule(
    name="change-differs",
    severity="warning",
    compares="a close's change in percent with the close of the session before it",
    assumes="nothing went ex dividend that day; prices may be rounded in their last printed place",
)
MISSING: Final = Rule(
    name="calendar-missing",
    severity="note",
    compares="the exchanges and days that facts name with the trading calendars at hand",
)
RULES: Final = (CLOSED, CHANGE, *flows.RULES, MISSING)

_REMEDY: Final = "pip install 'corporate-timeline[calendars]'"


def check_sessions(claims: Sequence[Claim], calendars: Calendars) -> Iterator[Verdict]:
    """What came of each comparison with sessions, and for which exchanges there could be none.

    Args:
        claims: of one company.
        calendars: by MIC.
    """
    venues = Venues.of(claims, calendars)
    told = [claim for claim in claims if isinstance(claim, Traded | Quoted | Moved | Flowed) and claim.day]
    yield from _open_days(told, venues)
    yield from _changes(told, venues)
    yield from flows.check_flows([claim for claim in told if isinstance(claim, Flowed)], venues)
    yield from _missing(told, venues)


def _open_days(claims: Sequence[OfSession], venues: Venues) -> Iterator[Verdict]:
    for claim, day in _of_one_day(claims):
        possible = venues.possible(claim, day)
        closed = [trading.closed(day) for trading in possible]
        if closed and all(closed):
            yield _closed(claim, day, sorted({mic for each in closed for mic in each}))
        elif any(not shut and not trading.unknown(day) for shut, trading in zip(closed, possible, strict=True)):
            yield CLOSED.passed()


def _of_one_day(claims: Sequence[OfSession]) -> Iterator[tuple[OfSession, date]]:
    """Each fact of a session once: a close with its change makes two claims. A sum's last day need be no session."""
    found: dict[tuple[str, date], OfSession] = {}
    for claim in claims:
        if claim.day and not (isinstance(claim, Flowed) and claim.is_sum):
            found.setdefault((claim.occurrence.id, claim.day), claim)
    return ((claim, day) for (_, day), claim in found.items())


def _closed(claim: OfSession, day: date, exchanges: Sequence[str]) -> Verdict:
    return CLOSED.found(
        f"tells of a {_what(claim)} on {day:%A} {_label(day)}, when {' and '.join(exchanges)}"
        f" {'was' if len(exchanges) == 1 else 'were'} closed",
        claim.occurrence,
        topic=claim.topic,
    )


def _what(claim: OfSession) -> str:
    match claim:
        case Traded() | Quoted():
            return claim.what
        case Moved():
            return "close"
        case Flowed():
            return f"flow through {claim.channel}"


def _changes(claims: Sequence[OfSession], venues: Venues) -> Iterator[Verdict]:
    closes = _closes(claims, venues)
    for claim in claims:
        if isinstance(claim, Moved) and claim.price and claim.change.unit == "%":
            before = _before(closes.get((venues.exchanges(claim, claim.day), claim.price.unit), {}), claim.day)
            if before and venues.meant(claim, claim.day).between(before.day, claim.day)[1] == 1:
                yield _change(claim, before)


def _closes(claims: Sequence[OfSession], venues: Venues) -> Closes:
    """The closes by exchange and currency, then by day, which rises; those of any of several exchanges tell nothing."""
    found: dict[tuple[tuple[str, ...], str], dict[date, Quoted]] = defaultdict(dict)
    quoted = [claim for claim in claims if isinstance(claim, Quoted) and claim.what == "close"]
    for claim in sorted(quoted, key=lambda claim: (claim.day, claim.occurrence.id)):
        exchanges = venues.exchanges(claim, claim.day)
        if len(exchanges) <= 1:
            found[exchanges, claim.price.unit][claim.day] = claim
    return found


def _before(closes: Mapping[date, Quoted], day: date) -> Quoted | None:
    days = list(closes)
    place = bisect_left(days, day)
    return closes[days[place - 1]] if place else None


def _change(claim: Moved, before: Quoted) -> Verdict:
    if claim.price is None or not apart(change := change_percent(claim.price, before.price), claim.change.bounds):
        return CHANGE.passed()
    return CHANGE.found(
        f"prints a change of {claim.change.printed} to {claim.price.printed} on {_label(claim.day)}; from"
        f" {before.price.printed} the session before it is {percent_text(*change)}",
        claim.occurrence,
        before.occurrence,
        topic=claim.topic,
        figures=(
            stated("change", claim.change, claim.occurrence.id),
            stated("close", claim.price, claim.occurrence.id),
            stated("close before", before.price, before.occurrence.id),
            worked_out("close ÷ close before − 1", change, "%"),
        ),
    )


def _missing(claims: Sequence[OfSession], venues: Venues) -> Iterator[Verdict]:
    """One note for each exchange without a calendar for all its facts; those that another calendar settles aside."""
    lacking: dict[str, dict[str, OfSession]] = defaultdict(dict)
    named: dict[str, None] = {}
    for claim in claims:
        day = claim.day
        possible = venues.possible(claim, day) if day else ()
        named |= dict.fromkeys(mic for trading in possible for mic in trading.exchanges)
        unknown = [trading.unknown(day) for trading in possible] if day else []
        if all(unknown):
            for mic in {mic for each in unknown for mic in each}:
                lacking[mic].setdefault(claim.occurrence.id, claim)
    for mic in sorted(named):
        yield _note(mic, list(lacking[mic].values()), venues) if mic in lacking else MISSING.passed()


def _note(mic: str, claims: Sequence[OfSession], venues: Venues) -> Verdict:
    days = sorted(claim.day for claim in claims if claim.day)
    facts = "1 fact was" if len(claims) == 1 else f"{len(claims)} facts were"
    if venues.calendars(mic) is None:
        why = f"no trading calendar of {mic} is at hand; {_REMEDY} brings those of most exchanges"
    else:
        why = f"its trading calendar does not cover {_label(days[0], days[-1])}"
    return MISSING.found(
        f"{facts} not compared with the sessions of {mic}: {why}",
        *(claim.occurrence for claim in claims),
        topic=claims[0].topic,
    )


def _label(first: date, last: date | None = None) -> str:
    return When.of_days(first, last or first).label()
