"""A brute-force oracle: a list of everything recorded, filtered and folded anew for each question.

It shares no code with the program, only DESIGN.md's rules, in their most naive form. A record is a plain dictionary:

    position, recorded, id, source, key, company, kind, target
    logged: its source's publication as known when it was recorded, by which forks are decided
    said: of a fact or a correction, each field's text, as in a fixture
    reason, scope: of a link, as its command takes them
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.machine.wording import FIGURES, RATIOS, SPANS, Interval, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Record = dict[str, Any]
Said = dict[str, str]

RANKS = {"filing": 5, "statement": 4, "reference": 4, "agency": 3, "news": 2, "analysis": 2, "unconfirmed": 1}
FIGURE_FIELDS = {"shares", "value", "cap"}
DATE_FIELDS = {"period", "since", "programme", "due", "ex_day"}


class Asked(NamedTuple):
    """A question's two clocks, as texts or a position; None asks of today."""

    as_of: str | None = None
    as_recorded: str | int | None = None


class Chain(NamedTuple):
    """What stands of a fact.

    Attributes:
        said: its content as corrected.
        holds: whether it does.
        corrections: how many corrections are in force, one upon the other.
        links: all links that were followed, first to last.
    """

    said: Said
    holds: bool
    corrections: int
    links: tuple[Record, ...]

    @property
    def retracted_last(self) -> bool:
        """Whether the last link takes something back."""
        return bool(self.links) and self.links[-1]["kind"] == "event.retracted"


class Split(NamedTuple):
    """A split or consolidation; without a class it is one of all shares."""

    ratio: Fraction
    ex_day: date
    share_class: str | None


class Occurrence(NamedTuple):
    """Reports of one thing; the first is accepted. `fits` is None where it counts."""

    reports: tuple[Record, ...]
    fits: int | None

    @property
    def accepted(self) -> Record:
        """The report that stands for it."""
        return self.reports[0]

    @property
    def said(self) -> Said:
        """The accepted report's content."""
        said: Said = self.accepted["said"]
        return said

    @property
    def span(self) -> Span:
        """The accepted report's date."""
        return SPANS[self.said["occurred"]]

    @property
    def day(self) -> date | None:
        """The last day that it can have occurred, never after its publication."""
        return min(day for day in (self.span.last, local_day(self.accepted["published"])) if day)


def identity_of(source: str | None, key: str) -> str:
    """The id of an address."""
    return hashlib.sha256(json.dumps([source, key], separators=(",", ":")).encode()).hexdigest()[:32]


# --- the clocks -------------------------------------------------------------------------------------------------------


def local_day(text: str) -> date:
    """The day of a publication in its own zone."""
    return date.fromisoformat(text[:10])


def instant(text: str) -> datetime:
    """From when on it was surely public; a bare day counts from its end."""
    if "T" in text:
        return datetime.fromisoformat(text)
    return datetime.fromisoformat(f"{text[:10]}T00:00:00{text[10:]}") + timedelta(days=1)


def admits(moment: str, text: str) -> bool:
    """Whether what is dated so counts by a moment that is asked for."""
    if "T" in moment:
        return instant(text) <= datetime.fromisoformat(moment)
    return local_day(text) <= date.fromisoformat(moment)


def known(records: Iterable[Record], as_recorded: str | int | None) -> list[Record]:
    """What was recorded by then."""
    if as_recorded is None:
        return list(records)
    if isinstance(as_recorded, int):
        return [record for record in records if record["position"] <= as_recorded]
    return [record for record in records if admits(as_recorded, record["recorded"])]


def sources(records: Sequence[Record]) -> dict[str, Said]:
    """What stands of each source."""
    heads = (record for record in records if record["kind"] == "source.recorded")
    return {record["source"]: chain(record, records).said for record in heads}


def published(record: Record, records: Sequence[Record]) -> str:
    """When it counts as public: with its source, else from its recording; our own error with what it speaks of."""
    by_id = {each["id"]: each for each in records}
    while record.get("reason") == "we erred" and record["target"] in by_id:
        record = by_id[record["target"]]
    heads = sources(records)
    if record["source"] in heads:
        return heads[record["source"]]["published"]
    told: str = record["recorded"]
    return told


def visible(records: Iterable[Record], asked: Asked) -> list[Record]:
    """What both clocks let through."""
    found = known(records, asked.as_recorded)
    if asked.as_of is None:
        return found
    return [record for record in found if _of_register(record, found) or admits(asked.as_of, published(record, found))]


def _of_register(record: Record, records: Sequence[Record]) -> bool:
    """Whether it is, or speaks of, what a company is called and whom it is one with: no published clock hides that."""
    by_id = {each["id"]: each for each in records}
    while record["target"] in by_id:
        record = by_id[record["target"]]
    kind: str = record["kind"]
    return kind.startswith("company.")


def one_with(company: str, records: Iterable[Record], asked: Asked) -> set[str]:
    """The companies that mergers make one with it, whenever these were published."""
    found = known(records, asked.as_recorded)
    mergers = [each for each in found if each["kind"] == "company.merged" and chain(each, found).holds]
    edges = [{each["company"], chain(each, found).said["into"]} for each in mergers]
    one = {company}
    for _ in edges:
        one |= {slug for edge in edges if edge & one for slug in edge}
    return one


# --- links ------------------------------------------------------------------------------------------------------------


def chain(fact: Record, records: Sequence[Record]) -> Chain:
    """What stands of a fact, its links followed one by one."""
    links: list[Record] = []
    states: list[tuple[tuple[Said, ...], bool]] = [((fact["said"],), True)]
    head = fact
    while speaking := [record for record in records if record["target"] == head["id"]]:
        head = min(speaking, key=_first_of_fork)
        links.append(head)
        contents, holds = states[-1]
        if head["kind"] == "event.corrected":
            contents = (*contents, head["said"])
        elif head["kind"] == "event.reinstated":
            contents, holds = states[-2]
        elif head["scope"] == "correction":
            contents = contents[:-1] or contents
        else:
            holds = False
        states.append((contents, holds))
    contents, holds = states[-1]
    return Chain(contents[-1], holds, len(contents) - 1, tuple(links))


def _first_of_fork(link: Record) -> tuple[float, str]:
    """The link published last is followed, by what was logged of it; one without a source comes after all others."""
    return (-instant(link["logged"]).timestamp() if link["logged"] else 0.0, link["id"])


def reports(records: Iterable[Record], companies: Iterable[str], asked: Asked) -> list[Record]:
    """What holds of the facts about some companies, as corrected, with the publication of their sources."""
    records, companies = list(records), set(companies)
    recorded = known(records, asked.as_recorded)
    seen = visible(records, asked)
    heads = sources(recorded)
    found = []
    for fact in seen:
        if fact["company"] in companies and fact["target"] is None:
            stands = chain(fact, seen)
            if stands.holds:
                found.append({**fact, "said": stands.said, "published": heads[fact["source"]]["published"]})
    return found


# --- splits -----------------------------------------------------------------------------------------------------------


def in_todays_shares(found: Sequence[Record], heads: Mapping[str, Said]) -> list[Record]:
    """The reports, each with what its shares are multiplied by; None before there is a split."""
    known_splits = splits(found, heads)
    classes = {report["said"].get("share_class") for report in found} - {None}
    return [{**report, "factor": _factor(report, known_splits, classes)} for report in found]


def splits(found: Iterable[Record], heads: Mapping[str, Said]) -> set[Split]:
    """Each once; one that names no class may be that of a class told again."""
    told = [report for report in found if report["kind"] == "capital.changed"]
    said = [item.said for item in occurrences(told, heads) if not item.fits]
    each = {Split(RATIOS[one["ratio"]], date.fromisoformat(one["ex_day"]), one.get("share_class")) for one in said}
    named = {split[:2] for split in each if split.share_class}
    return {split for split in each if split.share_class or split[:2] not in named}


def _factor(report: Record, known_splits: Iterable[Split], classes: Iterable[str | None]) -> Fraction | None:
    """Whoever names no class speaks of any of them, and so of none unless all were split alike."""
    if not known_splits:
        return None
    own = report["said"].get("share_class")
    possible = {
        _product(report, [split for split in known_splits if None in (name, split.share_class) or name == split[2]])
        for name in ([own] if own else classes or [None])
    }
    return possible.pop() if len(possible) == 1 else Fraction(1)


def _product(report: Record, known_splits: Iterable[Split]) -> Fraction:
    """What was published after the next split may already be in new shares."""
    public = local_day(report["published"])
    day = min(public, SPANS[report["said"]["occurred"]].last or public)
    later = [split for split in known_splits if split.ex_day > day]
    if any(split.ex_day <= public for split in later):
        return Fraction(1)
    return prod((split.ratio for split in later), start=Fraction(1))


def shares(report: Record) -> Interval:
    """The shares that it tells of, in today's."""
    return _scaled(FIGURES[report["said"]["shares"]], report["factor"])


def _opened(report: Record, name: str) -> Interval:
    """A figure before it was rounded; none is thought to be before there is a split."""
    figure = FIGURES[report["said"][name]]
    if name != "shares" or report["factor"] is None:
        return figure
    if figure.low is not None and figure.low == figure.high:
        figure = Interval(figure.low - Decimal("0.5"), figure.low + Decimal("0.5"))
    return _scaled(figure, report["factor"])


def _scaled(figure: Interval, factor: Fraction | None) -> Interval:
    if factor is None:
        return figure
    low, high = (None if end is None else end * factor.numerator / factor.denominator for end in figure)
    return Interval(low, high)


# --- occurrences ------------------------------------------------------------------------------------------------------


def overlap(left: Span | Interval, right: Span | Interval) -> bool:
    """Whether both may be one: a value in common; figures that are open on the same side only where their ends are."""
    if isinstance(left, Interval) and None in left:
        sides = [tuple(end is None for end in one) for one in (left, right)]
        if sides[0] == sides[1]:
            return left[:2] == right[:2]
    below = left[0] is None or right[1] is None or left[0] <= right[1]  # type: ignore[operator]  # alike by field
    above = right[0] is None or left[1] is None or right[0] <= left[1]  # type: ignore[operator]  # likewise
    return below and above


def disputed(left: Record, right: Record) -> bool:
    """Whether a figure or a date that both state does not overlap."""
    both = left["said"].keys() & right["said"].keys()
    return any(
        not overlap(SPANS[left["said"][name]], SPANS[right["said"][name]]) for name in DATE_FIELDS & both
    ) or any(not overlap(*_comparable(left, right, name)) for name in FIGURE_FIELDS & both)


def _comparable(left: Record, right: Record, name: str) -> tuple[Interval, Interval]:
    """As printed where both are in the same shares, else in today's, each as wide as its rounding leaves it."""
    if left["factor"] == right["factor"]:
        return FIGURES[left["said"][name]], FIGURES[right["said"][name]]
    return _opened(left, name), _opened(right, name)


def identity(report: Record) -> tuple[tuple[str | None, ...], Span | None]:
    """What tells an occurrence of its kind from another; None is left unsaid."""
    said, when = report["said"], SPANS[report["said"]["occurred"]]
    match report["kind"]:
        case "buyback.executed":
            return (said.get("share_class"),), when
        case "buyback.authorised":
            return (said["form"],), when
        case "buyback.totalled" if "programme" not in said and SPANS[said["since"]].is_day:
            return ("since", said["since"]), when
        case "buyback.totalled":
            return ("programme", said.get("programme")), when
        case "capital.changed":
            return (said.get("share_class"), said["change"]), when
        case "target.set":
            initial = said["action"] == "initial"
            return (said["metric"], *_days(said["period"]), "initial" if initial else ""), None if initial else when
        case "result.reported":
            return (said["metric"], *_days(said["period"])), None
        case "product.staged":
            planned = said["certainty"] == "planned"
            return (said["product"], said["stage"], said["certainty"]), when if planned else None
        case other:
            raise AssertionError(other)


def _days(period: str) -> tuple[str, str]:
    span = SPANS[period]
    return str(span.first), str(span.last)


def _exact(report: Record) -> bool:
    when = identity(report)[1]
    return when is None or when.exact


def _same_parts(left: Record, right: Record) -> bool:
    pairs = zip(identity(left)[0], identity(right)[0], strict=True)
    return all(None in pair or pair[0] == pair[1] for pair in pairs)


def _leads(other: Record, report: Record) -> bool:
    """Whether a report of the very same time states what this one leaves unsaid."""
    unsaid = [its for mine, its in zip(identity(report)[0], identity(other)[0], strict=True) if mine is None]
    return identity(other)[1] == identity(report)[1] and _same_parts(other, report) and any(unsaid)


def occurrences(found: Sequence[Record], heads: Mapping[str, Said]) -> list[Occurrence]:
    """The reports brought together kind by kind, in order of day and then by content."""
    groups = [group for kind in {each["kind"] for each in found} for group in _grouped(kind, found)]
    settled = [Occurrence(tuple(_accepted_first(members, heads)), fits) for members, fits in groups]
    return sorted(settled, key=_by_day)


def _by_day(item: Occurrence) -> tuple[str, str, str, str]:
    return str(item.day), str(item.span.first or "0000"), item.accepted["kind"], item.accepted["id"]


def _grouped(kind: str, found: Sequence[Record]) -> Iterator[tuple[list[Record], int | None]]:
    """Complete reports begin occurrences; each of the others joins the one that fits it, or stands apart."""
    mine = [report for report in found if report["kind"] == kind]
    begun = list(_begun(mine))
    beginning = {report["id"] for seed in begun for report in seed}
    wishes: list[list[Record]] = [[] for _ in begun]
    for report in mine:
        if report["id"] in beginning:
            continue
        fitting = [number for number, seed in enumerate(begun) if _can_be(report, seed[0])]
        if len(fitting) != 1 or not _exact(report):
            fitting = [number for number in fitting if not any(disputed(report, other) for other in begun[number])]
        if len(fitting) == 1:
            wishes[fitting[0]].append(report)
        else:
            yield [report], len(fitting)
    for seed, wishing in zip(begun, wishes, strict=True):
        joining = [report for report in wishing if _may_join(report, seed, wishing)]
        yield [*seed, *joining], None
        yield from (([report], 1) for report in wishing if report not in joining)


def _begun(mine: Sequence[Record]) -> Iterator[list[Record]]:
    complete = [
        report
        for report in mine
        if _exact(report)
        and not (None in identity(report)[0] and any(_exact(other) and _leads(other, report) for other in mine))
    ]
    for one in {identity(report) for report in complete}:
        members = [report for report in complete if identity(report) == one]
        counts = Counter(report["source"] for report in members)
        most = max(counts.values())
        twice = min(source for source, count in counts.items() if count == most)
        if most == 1:
            yield members
        else:
            yield from ([report] for report in members if report["source"] == twice)


def _can_be(report: Record, seed: Record) -> bool:
    mine, its = identity(report)[1], identity(seed)[1]
    return _same_parts(report, seed) and (mine is None or its is None or overlap(mine, its))


def _may_join(report: Record, seed: Sequence[Record], wishing: Sequence[Record]) -> bool:
    sources_here = [other["source"] for other in (*seed, *wishing) if other is not report]
    return report["source"] not in sources_here and all(_same_parts(report, other) for other in wishing)


def _accepted_first(members: Sequence[Record], heads: Mapping[str, Said]) -> list[Record]:
    """By rank, then narrowest; a report that its own publisher revised later does not stand first."""
    ranked = sorted(members, key=lambda report: (-_rank(report, heads), _narrowest(report)))
    best = [report for report in ranked if _rank(report, heads) == _rank(ranked[0], heads)]
    first = next(report for report in best if not any(_revises(other, report, heads) for other in best))
    return [first, *(report for report in ranked if report is not first)]


def _revises(new: Record, old: Record, heads: Mapping[str, Said]) -> bool:
    later = instant(new["published"]) > instant(old["published"])
    return later and _publisher(new, heads) == _publisher(old, heads) and disputed(new, old)


def _rank(report: Record, heads: Mapping[str, Said]) -> int:
    return RANKS[heads[report["source"]]["kind"]]


def _publisher(report: Record, heads: Mapping[str, Said]) -> str:
    source: str = report["source"]
    return heads[source].get("publisher") or source


def _narrowest(report: Record) -> tuple[int, Fraction, int, str]:
    figures = [_opened(report, name) for name in report["said"] if name in FIGURE_FIELDS]
    bounded = [(low, high) for low, high in figures if low is not None and high is not None]
    widths = [2 * Fraction(high - low) / Fraction(high + low) for low, high in bounded]
    span = SPANS[report["said"]["occurred"]]
    days = (span.last - span.first).days if span.first and span.last else 10**6
    return -len(bounded), sum(widths, Fraction(0)), days, report["id"]


def total(figures: Iterable[Interval]) -> Interval:
    """Both ends added up; no end where one of them has none."""
    low: Decimal | None = Decimal(0)
    high: Decimal | None = Decimal(0)
    for figure in figures:
        low = None if low is None or figure.low is None else low + figure.low
        high = None if high is None or figure.high is None else high + figure.high
    return Interval(low, high)
