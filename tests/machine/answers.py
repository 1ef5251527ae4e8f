"""What the oracle expects of a company's page: targets, buybacks, products and results, from the list of records."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING, Any

from tests.machine.oracle import (
    Asked,
    Occurrence,
    Record,
    in_todays_shares,
    known,
    occurrences,
    overlap,
    reports,
    shares,
    sources,
    total,
)
from tests.machine.wording import FIGURES, SPANS, Interval, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Json = dict[str, Any]


def expected(records: Sequence[Record], companies: Iterable[str], asked: Asked) -> Json:
    """All that is compared of a page."""
    heads = sources(known(records, asked.as_recorded))
    told = [each for each in reports(records, companies, asked) if not each["kind"].startswith("company.")]
    found = occurrences(in_todays_shares(told, heads), heads)
    return {
        "buybacks": _buybacks(found),
        "splits": [_split(item) for item in _of(found, "capital.changed")],
        "targets": _targets(found),
        "products": _products(found),
        "results": sorted((_result(item) for item in _of(found, "result.reported")), key=str),
    }


def _of(found: Iterable[Occurrence], kind: str, *, counting: bool = False) -> list[Occurrence]:
    return [item for item in found if item.accepted["kind"] == kind and (item.fits is None or not counting)]


def _evidence(item: Occurrence) -> Json:
    return {
        "event": item.accepted["id"],
        "sources": list(dict.fromkeys(report["source"] for report in item.reports)),
    }


def _ends(figure: Interval | None) -> list[str | None]:
    return [None if end is None else f"{end:f}" for end in figure or (None, None)]


# --- buybacks ---------------------------------------------------------------------------------------------------------


def _buybacks(found: Sequence[Occurrence]) -> Json:
    executions = _of(found, "buyback.executed", counting=True)
    apart = [item for item in _of(found, "buyback.executed") if item.fits is not None]
    approvals, totals = _of(found, "buyback.authorised"), _of(found, "buyback.totalled")
    mandates = _mandates(approvals, [*totals, *executions])
    programmes = []
    for mandate in (None, *mandates):
        mine = [item for item in totals if _mandate_of(item, mandates) == mandate]
        bought = [item for item in executions if _mandate_of(item, mandates) == mandate]
        approved = [item for item in approvals if mandate and _only(item.span, mandates) == mandate]
        if mine or bought or approved:
            programmes.append(_programme(mandate, mine, bought))
    return {
        "programmes": programmes,
        "cumulative": programmes[-1]["shares"] if programmes else [None, None],
        "executions": [_bought(item) for item in executions],
        "apart": [{"fits": str(item.fits), **_evidence(item)} for item in apart],
    }


def _split(item: Occurrence) -> Json:
    stated = {name: item.said.get(name) for name in ("ratio", "share_class", "ex_day")}
    return {**stated, **_evidence(item)}


def _bought(item: Occurrence) -> Json:
    """Shares as printed, and the one number that they are in today's, where that is another."""
    ends = [end for end in _shares(item) if end is not None]
    same = item.accepted["factor"] in (None, 1)
    today = None if same else sum(ends, Decimal(0)) / len(ends)
    return {"shares": _ends(FIGURES[item.said["shares"]]), "today": [today], **_evidence(item)}


def _shares(item: Occurrence) -> Interval:
    return shares(item.accepted)


def _mandates(approvals: Sequence[Occurrence], others: Sequence[Occurrence]) -> list[Span]:
    spans = [item.span for item in approvals]
    spans += [SPANS[item.said["programme"]] for item in others if "programme" in item.said]
    days = {Span(span.first, span.last, exact=True) for span in spans if span.is_day}
    vague = {item.span for item in approvals if not item.span.is_day and _only(item.span, days) is None}
    texts = {SPANS[item.said["occurred"]]: item.said["occurred"] for item in approvals}
    return sorted({*days, *vague}, key=lambda span: (str(span.last), texts.get(span, str(span.first))))


def _only(span: Span, mandates: Iterable[Span]) -> Span | None:
    fitting = [mandate for mandate in mandates if overlap(mandate, span)]
    same = [mandate for mandate in fitting if mandate[:2] == span[:2]] or fitting
    return same[0] if len(same) == 1 else None


def _stated(item: Occurrence, mandates: Sequence[Span]) -> Span | None:
    named = item.said.get("programme")
    if named is None and "since" in item.said and SPANS[item.said["since"]].is_day:
        named = item.said["since"]
    return _only(SPANS[named], mandates) if named else None


def _mandate_of(item: Occurrence, mandates: Sequence[Span]) -> Span | None:
    day = item.span.last or item.day
    before = [mandate for mandate in mandates if day and mandate.last and mandate.last <= day]
    return _stated(item, mandates) or (before[-1] if before else None)


def _programme(mandate: Span | None, totals: Sequence[Occurrence], executions: Sequence[Occurrence]) -> Json:
    """A total includes what was bought up to its day; only what may come later adds to it."""
    counting = [item for item in totals if _counts_from(item, mandate)]
    last = counting[-1] if counting else None
    surely = [_shares(item) for item in executions if _surely_after(item, last)]
    possibly = [_shares(item) for item in executions if _possibly_after(item, last)]
    reported = [_shares(last)] if last else []
    bounds = Interval(total([*reported, *surely]).low, total([*reported, *possibly]).high)
    return {"mandate": mandate and _edtf(mandate), "shares": [*bounds], "totals": [_bought(item) for item in totals]}


def _edtf(span: Span) -> str:
    """The shortest text: a day, else as it stands in the table."""
    return str(span.first) if span.is_day else next(text for text, other in SPANS.items() if other == span)


def _counts_from(item: Occurrence, mandate: Span | None) -> bool:
    return mandate is None or "programme" in item.said or overlap(SPANS[item.said["since"]], mandate)


def _surely_after(item: Occurrence, checkpoint: Occurrence | None) -> bool:
    if checkpoint is None:
        return True
    first, last = item.span.first, checkpoint.span.last
    return first is not None and last is not None and first > last


def _possibly_after(item: Occurrence, checkpoint: Occurrence | None) -> bool:
    if checkpoint is None:
        return True
    last, first = item.span.last, checkpoint.span.first
    return last is None or first is None or last > first


# --- targets ----------------------------------------------------------------------------------------------------------


def _targets(found: Sequence[Occurrence]) -> list[Json]:
    statements = _of(found, "target.set")
    outcomes = {_subject(item): item for item in _of(found, "result.reported", counting=True)}
    return [
        _target([item for item in statements if _subject(item) == subject], outcomes.get(subject))
        for subject in sorted({_subject(item) for item in statements})
    ]


def _subject(item: Occurrence) -> tuple[str, str, str]:
    period = SPANS[item.said["period"]]
    return item.said["metric"], str(period.last), str(period.first)


def _target(statements: Sequence[Occurrence], outcome: Occurrence | None) -> Json:
    ordered = sorted(
        statements, key=lambda item: (item.said["action"] != "initial", str(item.day), item.accepted["id"])
    )
    revisions: list[Occurrence] = []
    for item in ordered:
        says = "value" in item.said or item.said["action"] == "withdrawn"
        if says and not item.fits and not (revisions and _may_repeat(item, revisions[-1])):
            revisions.append(item)
    return {
        "subject": list(_subject(ordered[0])),
        "revisions": [{"value": _ends(_value(item)), **_evidence(item)} for item in revisions],
        "mentions": [_evidence(item) for item in ordered if item not in revisions],
        "outcome": outcome and {"value": _ends(_value(outcome)), **_evidence(outcome)},
    }


def _value(item: Occurrence) -> Interval | None:
    return FIGURES[item.said["value"]] if "value" in item.said else None


def _may_repeat(item: Occurrence, before: Occurrence) -> bool:
    if (item.fits is None and before.fits is None) or not overlap(item.span, before.span):
        return False
    new, old = _value(item), _value(before)
    return overlap(new, old) if new and old else new is old


# --- products and results ---------------------------------------------------------------------------------------------


def _products(found: Sequence[Occurrence]) -> list[Json]:
    staged = _of(found, "product.staged")
    stages = ("announced", "preorders", "launch", "deliveries", "paused", "ended")
    return [
        {
            "product": product,
            "milestones": [
                _milestone(stage, mine)
                for stage in stages
                if (mine := [item for item in staged if (item.said["product"], item.said["stage"]) == (product, stage)])
            ],
        }
        for product in sorted({item.said["product"] for item in staged})
    ]


def _milestone(stage: str, statements: Sequence[Occurrence]) -> Json:
    done = [item for item in statements if item.said["certainty"] == "done"]
    planned = [item for item in statements if item.said["certainty"] == "planned"]
    plans = [item for item in planned if "due" in item.said and not item.fits]
    current = done[0] if done else (plans or statements)[-1]
    when = current.said["occurred"] if done else current.said.get("due")
    dates = [SPANS[item.said["due"]] for item in plans] + [item.span for item in done[:1]]
    return {
        "stage": stage,
        "when": when,
        "certainty": "done" if done else "planned",
        "first_planned": plans[0].said["due"] if plans else None,
        "slipped": any(_later(after, before) for before, after in combinations(dates, 2)),
        "statements": len(statements),
        **_evidence(current),
    }


def _later(after: Span, before: Span) -> bool:
    ends_later = before.last is not None and (after.last is None or after.last > before.last)
    begins_later = before.first is None or (after.first is not None and after.first >= before.first)
    return ends_later and begins_later


def _result(item: Occurrence) -> Json:
    return {"value": _ends(_value(item)), "counts": item.fits is None, "reports": len(item.reports), **_evidence(item)}
