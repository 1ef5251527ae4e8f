"""What is stored beside the log, compared with what follows from the log: nothing is written.

Read models and layouts carry the fingerprint of the code that made them. What other code made, or what does not cover
a company's last event, is folded anew whenever somebody asks: that is a note, and is not compared.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING

from timeline.app.auditing.declared import DECLARED, compare_declared
from timeline.app.auditing.marked import MARKED, compare_marks
from timeline.app.fingerprint import fingerprint
from timeline.app.fold import company_events, members
from timeline.app.refresh import folded
from timeline.app.searching.indexing import INDEXED, compare_words
from timeline.check import Rule
from timeline.errors import Unverified
from timeline.store import driver, models, names, partitions
from timeline.store.damage import Damage
from timeline.store.log import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from sqlite3 import Connection

    from timeline.app.progress import Progress
    from timeline.app.refresh import Folded
    from timeline.check import Verdict
    from timeline.history.members import Members
    from timeline.store.models import Stamp
    from timeline.store.names import Name
    from timeline.store.partitions import Kept
    from timeline.store.parts import Items

UNREADABLE = Rule(
    name="stored-unreadable", severity="error", compares="what is stored beside the log with what can be read of it"
)
FAILED = Rule(name="replay-failed", severity="error", compares="the events of each company with what can be folded")
DIFFERS = Rule(
    name="model-differs", severity="error", compares="each read model with its digest and with a replay of the log"
)
MISSING = Rule(
    name="model-missing", severity="error", compares="the topics of each company with the read models that are stored"
)
UNKNOWN = Rule(
    name="model-unknown", severity="error", compares="the read models with the companies and topics that there are"
)
BEYOND = Rule(
    name="model-beyond-log", severity="error", compares="the position that a read model covers with the log's end"
)
STALE = Rule(
    name="model-outdated",
    severity="note",
    compares="what each read model stands for with this version of the program and with the company's last event",
)
PARTITIONS = Rule(
    name="partitions-differ",
    severity="error",
    compares="the events that an append folds a part of a company from with those in the log",
)
NAMES = Rule(
    name="names-differ", severity="error", compares="the names by which companies are found with those in the log"
)
RULES: tuple[Rule, ...] = (
    UNREADABLE,
    FAILED,
    DIFFERS,
    MISSING,
    UNKNOWN,
    BEYOND,
    STALE,
    PARTITIONS,
    NAMES,
    *MARKED,
    *DECLARED,
    *INDEXED,
)

_MEND = "timeline rebuild makes them anew"
_SHOWN = 3
_ORPHANS = "SELECT company, topic FROM read_item EXCEPT SELECT company, topic FROM read_model ORDER BY company, topic"


def replay(connection: Connection, progress: Progress | None = None) -> list[Verdict]:
    """What came of each comparison.

    Args:
        connection: that may read, of one moment.
        progress: called with a company, the number of events gone through, and of all.
    """
    found = Damage()
    with _telling(found, UNREADABLE, "what is stored beside the log cannot be read"):
        _Replay(connection, found).companies(progress)
    with _telling(found, UNREADABLE, "the marks of sources cannot be read"):
        compare_marks(connection, found)
    with _telling(found, UNREADABLE, "the layouts cannot be read"):
        compare_declared(connection, found)
    with _telling(found, UNREADABLE, "the index of words cannot be read"):
        compare_words(connection, found)
    return found.verdicts(RULES)


@contextmanager
def _telling(found: Damage, rule: Rule, what: str) -> Iterator[None]:
    """Take whatever stops the block in as a finding: what was forged may hold anything, of any type."""
    with found.reading(what, rule):
        try:
            yield
        except driver.sqlite.Error:
            raise
        except Exception as error:  # noqa: BLE001 - see above
            found.found(rule, f"{what}: {type(error).__name__}: {error}")


class _Replay:
    def __init__(self, connection: Connection, found: Damage) -> None:
        self._connection = connection
        self._reader = Reader(connection)
        self._damage = found
        self._end = self._reader.head()
        self._stamps: dict[str, dict[str, Stamp]] = defaultdict(dict)
        for stamp in models.stamps(connection):
            self._stamps[stamp.company][stamp.topic] = stamp

    def companies(self, progress: Progress | None) -> None:
        """Compare company after company, then what is left over."""
        counts, known = self._reader.companies(), members(self._reader)
        standing = sorted({known.representative(slug) for slug in counts})
        done, total = 0, sum(counts.values())
        for company in standing:
            self._company(company, known)
            done += sum(counts.get(slug, 0) for slug in known.of(company))
            if progress:
                progress(company, done, total)
        self._strangers(set(standing))

    def _company(self, company: str, known: Members) -> None:
        with _telling(self._damage, FAILED, f"the events of {company} cannot be folded"):
            events = company_events(self._reader, company, known=known)
            self._compare(known, folded(events, company, known, self._end))

    def _compare(self, known: Members, expected: Folded) -> None:
        company = expected.company
        last = max(self._reader.head(slug) for slug in known.of(company))
        outdated = self._outdated(company, last)
        self._models(company, expected.sections, outdated)
        if not outdated:
            self._names(company, expected.names)
            self._partitions(company, expected.partitions)

    def _outdated(self, company: str, last: int) -> set[str]:
        """Topics whose read model other code made, or made before the company's last event."""
        stamps = self._stamps[company].values()
        old = {stamp.topic for stamp in stamps if stamp.version != fingerprint()}
        behind = {stamp.topic for stamp in stamps if stamp.position < last} - old
        if old:
            what = f"{len(old)} read models of {company} were made by another version of this program"
            self._damage.found(STALE, f"{what}: they are folded anew when asked for")
        if behind:
            what = f"read models of {company} ({_some(behind)}) do not cover its last event at position {last}"
            self._damage.found(STALE, f"{what}: they are folded anew when asked for")
        return old | behind

    def _models(self, company: str, sections: Mapping[str, Items], outdated: set[str]) -> None:
        stamps = self._stamps[company]
        for topic, items in sections.items():
            if topic in stamps:
                self._model(company, topic, items, compare=topic not in outdated)
            elif not outdated:
                self._damage.found(MISSING, f"{topic} of {company} is not stored; {_MEND}")
        for topic in sorted(stamps.keys() - sections.keys() - outdated):
            self._damage.found(UNKNOWN, f"{topic} of {company} is stored, but there is no such topic; {_MEND}")
        beyond = {topic: stamp.position for topic, stamp in stamps.items() if stamp.position > self._end}
        if beyond:
            what = f"read models of {company} ({_some(beyond)}) cover the log up to position {max(beyond.values())}"
            self._damage.found(BEYOND, f"{what}, which ends at {self._end}")

    def _model(self, company: str, topic: str, expected: Items, *, compare: bool) -> None:
        """A read model; one that is outdated still has to be what was stored."""
        try:
            (stored,) = models.read(self._connection, company, topic)
        except Unverified:
            self._damage.found(DIFFERS, f"{topic} of {company} is not what was stored; {_MEND}")
            return
        if compare and stored.items != expected:
            parts = {key[0] for key, _ in stored.items.items() ^ expected.items()}
            what = f"{topic} of {company} does not follow from the log, in {_some(parts)}"
            self._damage.found(DIFFERS, f"{what}; {_MEND}")

    def _partitions(self, company: str, expected: Mapping[str, Kept]) -> None:
        stored = partitions.all_kept(self._connection, company)
        if differing := {name for name in stored.keys() | expected.keys() if stored.get(name) != expected.get(name)}:
            what = f"the events of partitions of {company} ({_some(map(repr, differing))}) are not those in the log"
            self._damage.found(PARTITIONS, f"{what}; {_MEND}")

    def _names(self, company: str, expected: Iterable[Name]) -> None:
        wanted = set(expected)
        stored = {name for name in names.all_names(self._connection) if name.company == company}
        for name in sorted(stored - wanted, key=repr):
            self._damage.found(
                NAMES, f"{company} is found as {name.value!r} ({name.scheme}), unlike in the log; {_MEND}"
            )
        for name in sorted(wanted - stored):
            self._damage.found(NAMES, f"{company} is not found as {name.value!r} ({name.scheme}); {_MEND}")

    def _strangers(self, standing: set[str]) -> None:
        """What is stored of companies that there are none of."""
        for company in sorted(self._stamps.keys() - standing):
            self._damage.found(UNKNOWN, f"{company} has read models, but no events; {_MEND}")
        for company, topic in self._connection.execute(_ORPHANS):
            self._damage.found(UNKNOWN, f"parts of {topic} of {company} are stored without a read model; {_MEND}")
        for company in sorted(names.companies(self._connection) - standing):
            self._damage.found(NAMES, f"{company} has names, but no events; {_MEND}")


def _some(found: Iterable[str]) -> str:
    """A few of these by name."""
    first = sorted(found)
    more = f" and {len(first) - _SHOWN} more" if len(first) > _SHOWN else ""
    return ", ".join(first[:_SHOWN]) + more
