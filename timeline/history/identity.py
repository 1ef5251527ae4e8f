"""Identity: which reports are of one occurrence.

Reports of complete and equal identity are of one occurrence. One that leaves a part unsaid, or has an imprecise date,
joins the one occurrence that fits it, if there is exactly one; else it stands apart. An imprecise date fits only where
the figures agree, since "in January" alone says little. Two reports of one source never merge: where a source reports
twice under one identity, each of its reports is an occurrence, and the others join by their figures. Nothing here looks
at the order of arrival.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from timeline.dates import When
from timeline.history.acceptance import agree

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from timeline.event import Event, Identity


class Group(NamedTuple):
    """Reports of one occurrence.

    Attributes:
        reports: at least one, in no particular order.
        fits: None for an occurrence that counts; for a report that stands apart, how many occurrences it could belong
            to.
    """

    reports: Sequence[Event]
    fits: int | None = None


class _Seed(NamedTuple):
    """An occurrence begun by reports of one complete identity; others may join it."""

    identity: Identity
    reports: list[Event]


def groups(reports: Iterable[Event]) -> Iterator[Group]:
    """The groups that the reports of one kind and one company fall into."""
    by_identity: dict[Identity, list[Event]] = defaultdict(list)
    for report in reports:
        identity = report.payload.identity(report.occurred) if report.occurred else None
        if identity is None:
            yield Group((report,))
        else:
            by_identity[_comparable(identity)].append(report)
    by_time: dict[When | None, list[Identity]] = defaultdict(list)
    for identity in by_identity:
        by_time[identity.when].append(identity)
    seeds: list[_Seed] = []
    joiners: list[tuple[Identity, Event]] = []
    for identity, members in by_identity.items():
        begun, rest = _begun(identity, members, by_time[identity.when])
        seeds += begun
        joiners += [(identity, report) for report in rest]
    yield from _joined(seeds, joiners)


def _begun(identity: Identity, members: list[Event], others: Iterable[Identity]) -> tuple[list[_Seed], list[Event]]:
    """The occurrences that an identity's reports begin, and the reports that have to join one."""
    if not _exact(identity) or (
        None in identity.dims and any(_leads(other, identity) for other in others if other is not identity)
    ):
        return [], members
    if len(members) == 1:
        return [_Seed(identity, members)], []
    source, count = min(
        Counter(report.source for report in members).items(), key=lambda item: (-item[1], item[0] or "")
    )
    if count == 1:
        return [_Seed(identity, members)], []
    own = [report for report in members if report.source == source]
    return [_Seed(identity, [report]) for report in own], [report for report in members if report.source != source]


def _joined(seeds: Sequence[_Seed], joiners: Iterable[tuple[Identity, Event]]) -> Iterator[Group]:
    wished: dict[int, list[tuple[Identity, Event]]] = defaultdict(list)
    for identity, report in joiners:
        fitting = _fitting(identity, report, seeds)
        if len(fitting) == 1:
            wished[fitting[0]].append((identity, report))
        else:
            yield Group((report,), fits=len(fitting))
    for number, seed in enumerate(seeds):
        wishing = wished.get(number, ())
        joining = _admitted(seed, wishing) if wishing else []
        yield Group((*seed.reports, *joining))
        yield from (Group((report,), fits=1) for _, report in wishing if report not in joining)


def _admitted(seed: _Seed, wishing: Sequence[tuple[Identity, Event]]) -> list[Event]:
    """Those that may join: alone of their source, and contradicting no other that would."""
    taken = {report.source for report in seed.reports}
    counts = Counter(report.source for _, report in wishing)
    return [
        report
        for identity, report in wishing
        if report.source not in taken
        and counts[report.source] == 1
        and all(_same_parts(identity.dims, other.dims) for other, _ in wishing)
    ]


def _fitting(identity: Identity, report: Event, seeds: Sequence[_Seed]) -> list[int]:
    fitting = [number for number, seed in enumerate(seeds) if compatible(identity, seed.identity)]
    if len(fitting) > 1 or not _exact(identity):
        return [
            number for number in fitting if all(agree(report.payload, other.payload) for other in seeds[number].reports)
        ]
    return fitting


def _comparable(identity: Identity) -> Identity:
    """The identity with an exact date freed of wording and notation, so that equal days are equal."""
    when = identity.when
    if when is None or not when.is_exact:
        return identity
    edtf = str(when.first) if when.first == when.last else f"{when.first}/{when.last}"
    if edtf == when.edtf and not when.wording:
        return identity
    return identity._replace(when=When(edtf, when.first, when.last))


def _exact(identity: Identity) -> bool:
    return identity.when is None or identity.when.is_exact


def compatible(one: Identity, other: Identity) -> bool:
    """Whether both can be of one occurrence: no part contradicts, and the dates can be the same."""
    return _same_parts(one.dims, other.dims) and (
        one.when is None or other.when is None or one.when.overlaps(other.when)
    )


def _same_parts(one: Collection[str | None], other: Collection[str | None]) -> bool:
    return all(left == right or left is None or right is None for left, right in zip(one, other, strict=True))


def _leads(other: Identity, identity: Identity) -> bool:
    """Whether reports of `identity` look for `other`, of the same time, since it states what they leave unsaid.

    Where each states what the other does not, as "class B" and "in Hong Kong" do, the first by content leads.
    """
    pairs = list(zip(identity.dims, other.dims, strict=True))
    if not _same_parts(identity.dims, other.dims) or not any(mine is None and its is not None for mine, its in pairs):
        return False
    says_less = any(mine is not None and its is None for mine, its in pairs)
    return not says_less or [its or "" for _, its in pairs] < [mine or "" for mine, _ in pairs]
