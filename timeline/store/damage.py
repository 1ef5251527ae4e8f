"""What the verification of a log compares, and what it found: damage is a value, never an exception."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

from timeline.check import Rule
from timeline.store import driver

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.check import Verdict
    from timeline.section import Finding

MOST = 20
"""Findings told of one rule; of what goes beyond, only the number."""

TOPIC = "log"
"""Where the findings are told."""

UNREADABLE = Rule(
    name="log-unreadable",
    severity="error",
    compares="every value of the log with the type that its column holds, as far as the database can read it",
)
GAP = Rule(name="position-gap", severity="error", compares="the positions of the events with 1, 2, 3 and so on")
BACKWARDS = Rule(
    name="recorded-backwards", severity="error", compares="each time recorded with that of the event before"
)
ID = Rule(name="id-differs", severity="error", compares="each event's id with the hash over its source and key")
COMMITMENT = Rule(
    name="commitment-differs", severity="error", compares="each commitment with the hash over salt and body"
)
BODY = Rule(
    name="body-missing", severity="error", compares="events without a body with the erasures that speak of them"
)
STRAY = Rule(name="body-stray", severity="error", compares="the bodies with the events that they belong to")
KEPT = Rule(
    name="erased-body-kept", severity="note", compares="erasures with the bodies of the events that they speak of"
)
CHECKPOINT = Rule(
    name="checkpoint-differs",
    severity="error",
    compares="root, frontier, text and time of each checkpoint with those of the log at its size",
)
AHEAD = Rule(name="log-cut", severity="error", compares="the size of the last checkpoint with the end of the log")
BEHIND = Rule(name="log-unsealed", severity="error", compares="the end of the log with the size of the last checkpoint")
LOAD = Rule(
    name="checkpoint-missing",
    severity="note",
    compares="each change of the time recorded with the checkpoint that a load leaves",
    assumes="nothing but a load and an import appended to the log",
)
NODE = Rule(
    name="tree-node-differs", severity="error", compares="the nodes kept of the Merkle tree with those of the log"
)
GUARD = Rule(name="guard-fallen", severity="error", compares="the triggers that guard the log with the program's own")
STRANGER = Rule(
    name="trigger-unknown", severity="warning", compares="the triggers of the database with the program's own"
)
RIGHTS = Rule(
    name="rights-beyond",
    severity="note",
    compares="what the connected user of a server may do to the log with what appending to it takes",
)
STRUCTURE = Rule(
    name="structure-damaged",
    severity="error",
    compares="the pages and indexes with what SQLite or PostgreSQL itself says of their state",
)
AGAINST = Rule(
    name="kept-checkpoint-differs",
    severity="error",
    compares="a checkpoint that was kept elsewhere with the log at its size",
    assumes="the checkpoint kept is of this log",
)
RULES: tuple[Rule, ...] = (
    UNREADABLE,
    GAP,
    BACKWARDS,
    ID,
    COMMITMENT,
    BODY,
    STRAY,
    KEPT,
    CHECKPOINT,
    AHEAD,
    BEHIND,
    LOAD,
    NODE,
    GUARD,
    STRANGER,
    RIGHTS,
    STRUCTURE,
)
"""What is compared in every verification; `AGAINST` only where a checkpoint was kept."""


class Damage:
    """What was found, kept short however much there is.

    Attributes:
        findings: in the order found.
    """

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self._fitting: list[Verdict] = []
        self._counts: Counter[Rule] = Counter()

    def found(self, rule: Rule, what: str, events: Iterable[str] = ()) -> None:
        """Take a finding in."""
        self._counts[rule] += 1
        if self._counts[rule] <= MOST:
            self.findings.append(rule.found(what, topic=TOPIC, events=events))

    def fits(self, rule: Rule) -> None:
        """Take in a comparison that found nothing, for a rule whose comparisons are counted one by one."""
        self._fitting.append(rule.passed())

    @contextmanager
    def reading(self, what: str, rule: Rule = UNREADABLE) -> Iterator[None]:
        """Take what the driver cannot read in as a finding; a lock or missing permission is no damage."""
        try:
            yield
        except UnicodeDecodeError:
            # SQLite's own message quotes what is damaged, and the driver cannot decode it.
            self.found(rule, f"{what}: it is damaged")
        except driver.sqlite.Error as error:
            if driver.is_locked(error) or driver.is_barred(error):
                raise
            self.found(rule, f"{what}: {error}")

    def verdicts(self, rules: Iterable[Rule]) -> list[Verdict]:
        """The findings, how many more there were of a rule, and which of the rules found nothing."""
        left = [
            rule.found(f"and {count - MOST:,} more of these", topic=TOPIC)
            for rule, count in self._counts.items()
            if count > MOST
        ]
        return [*self.findings, *left, *self._fitting, *(rule.passed() for rule in rules if rule not in self._counts)]
