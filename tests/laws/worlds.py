"""Made-up worlds: what sources report about two companies, as plain dictionaries that become fixture files.

Nothing here knows the program, so that what a law expects can be worked out from the dictionaries alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from hypothesis.strategies import DrawFn, SearchStrategy

Fact = dict[str, Any]


class File(NamedTuple):
    """One fixture file: a source, and facts that it reports.

    Attributes:
        head: of the source.
        facts: all that it reports, or a part where the source is spread over files.
    """

    head: dict[str, str]
    facts: tuple[Fact, ...]


World = tuple[File, ...]
"""The sources of a world, each with all that it reports."""
Loads = tuple[World, ...]
"""A world's files in the order in which they are loaded: several loads of several files."""

COMPANIES = ("acme", "globex")

REGISTER = File(
    {"id": "register", "kind": "reference", "title": "Register", "published": "2024-01-01", "zone": "UTC"},
    tuple(
        {"key": slug, "kind": "company.registered", "company": slug, "occurred": "2024-01-01", "name": slug.title()}
        for slug in COMPANIES
    ),
)
"""Loaded before all else: a fact about a company that nobody registered is refused."""

DAYS = ("2025-02-27", "2025-03-03", "2025-03-04", "2025-06-30", "2025-11-20")
PUBLISHED = tuple(f"{day}{time}" for day in DAYS for time in ("+08:00", "-05:00", "T09:30:00+08:00", "T21:00:00-05:00"))
OFTEN = PUBLISHED[4:5] * 2 * len(PUBLISHED)
"""So that ties are common."""
SHARES = ("1,000,000 shares", "about 2 million", "3.5 million", "over 4 million", "5,000,000")
MONEY = ("HKD 38 million", "about HKD 190.6 million", "HKD 10–12 million", "USD 3 million (about HKD 23 million)")
COUNTS = ("300,000", "350,000", "over 400,000", "380,000–390,000", "nearly 410,000")
PRICES = ("HKD 38.00", "HKD 38.04–38.16", "HKD 37.5")
PERIODS = ("2025", "2025-H1", "2026", "2025-01-01/2025-12-31")


class _Kind(NamedTuple):
    """The fields of a kind: those that each report has, and those that one may leave out."""

    always: dict[str, Sequence[Any]]
    maybe: dict[str, Sequence[Any]]


_KINDS: tuple[tuple[str, _Kind], ...] = (
    (
        "buyback.executed",
        _Kind(
            {"shares": SHARES},
            {"value": MONEY, "price": PRICES, "share_class": "AB", "venue": ("XHKG", "XNAS"), "programme": DAYS[:2]},
        ),
    ),
    ("buyback.totalled", _Kind({"shares": SHARES, "since": ("../2025-06-30", *DAYS[:2])}, {"programme": DAYS[:2]})),
    ("buyback.authorised", _Kind({"form": ("mandate", "trust"), "cap": (*SHARES, *MONEY)}, {"end": ("2026-06",)})),
    (
        "target.set",
        _Kind(
            {"metric": ("EV deliveries", "units delivered"), "period": PERIODS, "action": ("initial", "raised", "cut")},
            {"value": COUNTS, "segment": ("EV",), "said_by": ("Ann", "Bob")},
        ),
    ),
    ("target.set", _Kind({"metric": ("revenue",), "period": PERIODS, "action": ("withdrawn",)}, {})),
    (
        "result.reported",
        _Kind(
            {"metric": ("EV deliveries", "revenue"), "period": PERIODS, "value": COUNTS},
            {"change": ("+3 %", "about 5 %"), "segment": ("EV",), "against": COUNTS},
        ),
    ),
    (
        "product.staged",
        _Kind(
            {"product": ("Anvil", "anvil 2"), "stage": ("preorders", "launch"), "certainty": ("planned",)},
            {"due": ("2025-04", "2025-06-30", "../2025-12-31"), "region": ("EU",)},
        ),
    ),
    ("product.staged", _Kind({"product": ("Anvil",), "stage": ("launch", "ended"), "certainty": ("done",)}, {})),
    (
        "product.described",
        _Kind({"product": ("Anvil",), "price": PRICES}, {"features": (["light"], ["strong", "light"])}),
    ),
    ("price.observed", _Kind({"what": ("close", "support"), "price": PRICES}, {"change": ("-0.42 %",), "venue": "X"})),
    (
        "flow.reported",
        _Kind(
            {"channel": ("Southbound",), "value": MONEY, "direction": ("inflow", "outflow")},
            {"streak": ("2", "6"), "sessions": ("6",)},
        ),
    ),
    ("capital.reported", _Kind({"share_class": "AB", "shares": SHARES}, {})),
    (
        "investment.planned",
        _Kind({"amount": MONEY, "purpose": ("R&D", "plant"), "period": ("2026/2030", "2025")}, {"focus": (["AI"],)}),
    ),
    ("investment.made", _Kind({"amount": MONEY, "purpose": ("R&D",), "period": ("2021/2025", "2025")}, {})),
    ("charge.announced", _Kind({"value": MONEY}, {"type": ("impairment",), "cause": ("demand",)})),
    ("rating.published", _Kind({"by": ("Daiwa", "UBS"), "rating": ("buy", "hold")}, {"target_price": PRICES})),
    ("date.scheduled", _Kind({"what": ("results", "meeting"), "due": ("2025-12", "2026-01-05/2026-01-09")}, {})),
    ("statement.made", _Kind({"category": ("strategy", "outlook"), "text": ("Grows.", "Shrinks.")}, {})),
    ("distribution.declared", _Kind({"amount": PRICES}, {"form": ("cash",), "pay_day": ("2025-08",)})),
    ("company.renamed", _Kind({"name": ("New Name", "Newer Name")}, {"valid": ("2025-06-30/..",)})),
    ("company.identified", _Kind({"scheme": ("alias",), "value": ("A.", "G.")}, {"valid": ("2025/..",)})),
)
_KEPT = {
    name: {"kind", "company", *(field for other, kind in _KINDS if other == name for field in kind.always)}
    for name, _ in _KINDS
}


def facts() -> SearchStrategy[Fact]:
    """Facts of many kinds, of few values, so that reports of the same and of almost the same are common."""
    return st.sampled_from(_KINDS).flatmap(lambda entry: _facts(*entry))


def _facts(name: str, kind: _Kind) -> SearchStrategy[Fact]:
    always = {"company": COMPANIES[:1] * 3 + COMPANIES[1:], "occurred": DAYS, **kind.always}
    maybe = {"confirmed": ("company", "unnamed"), **kind.maybe}
    return st.fixed_dictionaries(
        {"kind": st.just(name), **{field: st.sampled_from(values) for field, values in always.items()}},
        optional={field: st.sampled_from(values) for field, values in maybe.items()},
    )


@st.composite
def worlds(draw: DrawFn, most_facts: int = 6) -> World:
    """Up to four sources that draw on one pool of facts, each in its own words or vaguely, some from one another."""
    pool = draw(st.lists(facts(), min_size=1, max_size=most_facts))
    ids = [f"s{number}" for number in range(1, draw(st.integers(1, 4)) + 1)]
    return tuple(File(draw(_heads(name, ids)), draw(_reports(pool, most_facts))) for name in ids)


@st.composite
def _heads(draw: DrawFn, name: str, ids: Sequence[str]) -> dict[str, str]:
    head = {
        "id": name,
        "kind": draw(st.sampled_from(("filing", "news", "unconfirmed"))),
        "title": f"Report {name}",
        "published": draw(st.sampled_from(PUBLISHED + OFTEN)),
    }
    origin = draw(st.sampled_from([None, None, "elsewhere", *(other for other in ids if other != name)]))
    publisher = draw(st.sampled_from([None, "Wire", "Post"]))
    return head | {key: each for key, each in (("derives_from", origin), ("publisher", publisher)) if each}


@st.composite
def _reports(draw: DrawFn, pool: Sequence[Fact], most: int) -> tuple[Fact, ...]:
    told = draw(st.lists(st.sampled_from(pool).flatmap(_told), min_size=1, max_size=most))
    return tuple({"key": f"k{number}", **fact} for number, fact in enumerate(told, 1))


@st.composite
def _told(draw: DrawFn, fact: Fact) -> Fact:
    """The fact as one of several reports may tell it: less than all of it, or at an imprecise date."""
    kept = {name: each for name, each in fact.items() if name in _KEPT[fact["kind"]] or draw(st.integers(0, 3))}
    return kept | {"occurred": draw(st.sampled_from(_vaguer(fact["occurred"])))}


def _vaguer(day: str) -> list[str]:
    return [day] * 6 + [day[:7], day[:4], f"{day}?", f"{day}~", f"../{day}", f"2025-01-15/{day}"]


@st.composite
def loads(draw: DrawFn, world: World, *, growing: bool = True) -> Loads:
    """The world's sources in some order and split into some loads, a source in one file or two of one load.

    Args:
        draw: of Hypothesis.
        world: its sources.
        growing: whether a source may be loaded with some of its facts first, and later with all.
    """
    stages = {source.head["id"]: draw(_stages(source, growing=growing)) for source in world}
    batches: list[dict[str, World]] = []
    for name in draw(st.permutations([name for name, each in stages.items() for _ in each])):
        if not batches or name in batches[-1] or draw(st.booleans()):
            batches.append({})
        batches[-1][name] = stages[name].pop(0)
    return tuple(
        tuple(draw(st.permutations([file for files in batch.values() for file in files]))) for batch in batches
    )


@st.composite
def _stages(draw: DrawFn, source: File, *, growing: bool) -> list[World]:
    """The files of a source as it is loaded first, and as it is loaded again when there is more of it."""
    told = draw(st.permutations(source.facts))
    first = draw(st.integers(1, len(told))) if growing and draw(st.booleans()) else len(told)
    return [draw(_files(File(source.head, tuple(told[:count])))) for count in sorted({first, len(told)})]


@st.composite
def _files(draw: DrawFn, source: File) -> World:
    cut = draw(st.integers(0, len(source.facts) - 1))
    return tuple(File(source.head, part) for part in (source.facts[:cut], source.facts[cut:]) if part)


def write(files: Sequence[File], folder: Path) -> list[str]:
    """Write fixture files, and give their paths in this order."""
    folder.mkdir(exist_ok=True)
    paths = [folder / f"{number}.yaml" for number in range(len(files))]
    for path, file in zip(paths, files, strict=True):
        path.write_text(text(file), encoding="utf-8")
    return list(map(str, paths))


def text(file: File) -> str:
    """The fixture as a person would write it."""
    tree = {"schema": "timeline/source/1", "source": file.head, "facts": list(file.facts)}
    return yaml.dump(tree, Dumper=_Plain, allow_unicode=True, sort_keys=False)


class _Plain(yaml.SafeDumper):
    """Writes out what stands twice, as fixtures take no aliases."""

    def ignore_aliases(self, data: object) -> bool:
        del data
        return True
