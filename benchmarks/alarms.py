"""How often the checks alarm on real figures: `python -m benchmarks.alarms FILE…` on files of the SEC's company facts.

A regulator's figures are mostly right, so what is found in them is a false alarm, restatements (`reports-disagree`)
aside. What they leave out, the precision of a figure, is taken from its trailing zeros: 215,639,000,000 is printed as
215,639 million.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from timeline.app.auditing.calendars import calendars
from timeline.app.auditing.figures import figure_rules
from timeline.app.fold import tell
from timeline.checks import at_reading
from timeline.dates import When
from timeline.digits import plain
from timeline.event import Event
from timeline.history import stream
from timeline.metrics import canonical
from timeline.publication import Published
from timeline.record import SOURCE_KEY, Source
from timeline.section import Finding
from timeline.topics.buybacks import Executed
from timeline.topics.results import Reported
from timeline.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.event import Payload

BOUGHT, PAID = "StockRepurchasedAndRetiredDuringPeriodShares", "StockRepurchasedAndRetiredDuringPeriodValue"
SCALES = ((Decimal(10**6), " million"), (Decimal(10**3), " thousand"))
_LINE = "{:<26} {:>10} {:>8} {:>9}"


def events(path: Path) -> Iterator[Event]:
    """Every fact of a file, a source for each accession; purchases of own shares with the amount paid for them."""
    document = json.loads(path.read_text(), parse_float=Decimal)
    facts = list(_facts(document))
    sources = {fact["accn"]: fact["filed"] for fact in facts}
    for accession, filed in sources.items():
        day = f"{filed}-05:00"
        source = Source(kind="filing", title=accession, published=day, publisher=document["entityName"])
        yield _event(source, accession, SOURCE_KEY, None, filed)
    paid = {_place(fact): fact for fact in facts if fact["concept"] == PAID}
    for fact in facts:
        period = _period(fact)
        key = " ".join((fact["concept"], fact["unit"], period.edtf, str(fact["val"])))
        yield _event(_payload(fact, paid), fact["accn"], key, period, fact["filed"])


def _facts(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for concepts in document["facts"].values():
        for concept, told in concepts.items():
            for unit, facts in told["units"].items():
                yield from ({**fact, "concept": concept, "unit": unit} for fact in facts)


def _payload(fact: dict[str, Any], paid: dict[tuple[str, ...], dict[str, Any]]) -> Payload:
    if fact["concept"] == BOUGHT:
        amount = paid.get(_place(fact))
        return Executed(shares=_figure(fact), value=_figure(amount) if amount else None)
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", fact["concept"])
    name = f"{words} per share" if fact["unit"].endswith("/shares") else words
    return Reported(metric=canonical(name), period=_period(fact), value=_figure(fact))


def _place(fact: dict[str, Any]) -> tuple[str, ...]:
    return (fact["accn"], fact.get("start", ""), fact["end"])


def _period(fact: dict[str, Any]) -> When:
    start, end = fact.get("start", fact["end"]), fact["end"]
    return When.parse(end if start == end else f"{start}/{end}")


def _figure(fact: dict[str, Any]) -> Quantity:
    value = Decimal(fact["val"])
    unit = {"pure": ""}.get(fact["unit"], fact["unit"].partition("/")[0])
    scale, word = next(((scale, word) for scale, word in SCALES if value and value % scale == 0), (Decimal(1), ""))
    step = scale if word else Decimal(1).scaleb(min(int(value.as_tuple().exponent), 0))
    half = step / 2 if word else Decimal(0)
    printed = f"{unit} {plain(value / scale)}{word}".strip()
    return Quantity(printed, value - half, value + half, unit, step=step)


def _event(payload: Payload, source: str, key: str, occurred: When | None, filed: str) -> Event:
    return Event(
        payload=payload,
        key=key,
        company=None if key == SOURCE_KEY else "company",
        source=source,
        occurred=occurred,
        published=Published(f"{filed}-05:00"),
        position=1,
        recorded="2026-01-01T00:00:00.000000Z",
        actor="benchmark",
    )


def main(paths: list[str]) -> None:
    """Print each rule that compared anything, and the rate of what it found."""
    for path in map(Path, paths):
        start, reports = time.perf_counter(), list(events(path))
        told = tell(stream("company", reports))
        today = max(event.published.day for event in reports if event.published)
        verdicts = list(chain(told.verdicts, at_reading(told.sections, told.claims, today, calendars)))
        found = Counter(verdict.rule for verdict in verdicts if isinstance(verdict, Finding))
        passed = Counter(verdict.rule.name for verdict in verdicts if not isinstance(verdict, Finding))
        print(f"\n{path.name}: {len(reports):,} events, {time.perf_counter() - start:.1f} s")
        print(_LINE.format("rule", "compared", "found", "per 1,000"))
        for name in [*(rule.name for rule in figure_rules()), "all"]:
            alarms = found.total() if name == "all" else found[name]
            compared = alarms + (passed.total() if name == "all" else passed[name])
            if compared:
                print(_LINE.format(name, f"{compared:,}", f"{alarms:,}", f"{1000 * alarms / compared:.2f}"))
        for verdict in [each for each in verdicts if isinstance(each, Finding)][:: max(1, found.total() // 20)]:
            print(f"{verdict.severity}[{verdict.rule}]: {verdict.what}")


if __name__ == "__main__":
    main(sys.argv[1:])
