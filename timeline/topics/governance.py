"""Governance: who runs the company, what they are paid, and how its shareholders vote."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Literal

from msgspec import Struct

from timeline.check import Rule, below, stated
from timeline.dates import When
from timeline.event import Identity, Payload
from timeline.naming import folded
from timeline.occurrence import Occurrence
from timeline.section import Column, Headline, Layout, Row, Section, Table
from timeline.topic import EVIDENCE, Topic, evidence, figure, figure_columns
from timeline.values import Count, Figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from timeline.check import Verdict
    from timeline.occurrence import Stream
    from timeline.values import Quantity


VOTE_OUTCOME: Final = Rule(
    name="vote-outcome",
    severity="warning",
    compares="the outcome of a vote with the votes for and against",
    assumes="what passes has no fewer votes for than against; how many more it needs is not known",
)


class Changed(Payload, frozen=True, kw_only=True):
    """On the day it occurred it became known that a person takes or leaves a role.

    Attributes:
        person: name.
        role: in words ("chief financial officer", "director").
        change: what happens.
        effective: from when; None when not stated.
    """

    KIND: ClassVar[str] = "officer.changed"

    person: str
    role: str
    change: Literal["appointed", "elected", "re-elected", "promoted", "resigned", "retired", "removed", "died"]
    effective: When | None = None

    def identity(self, occurred: When) -> Identity:
        """Person, role, change and day."""
        return Identity((folded(self.person), folded(self.role), self.change), occurred)


class Awarded(Payload, frozen=True, kw_only=True):
    """A person was awarded pay on the day it occurred.

    Attributes:
        person: name.
        item: sort of pay, in words ("base salary", "restricted stock units").
        value: amount or number of shares; None when not stated.
        period: the days that it is for; None when not stated.
    """

    KIND: ClassVar[str] = "pay.awarded"

    person: str
    item: str
    value: Figure | None = None
    period: When | None = None

    def identity(self, occurred: When) -> Identity:
        """Person, sort of pay, period and day."""
        period = f"{self.period.first}/{self.period.last}" if self.period else None
        return Identity((folded(self.person), folded(self.item), period), occurred)


class Held(Payload, frozen=True, kw_only=True):
    """The shareholders voted on an item on the day it occurred.

    Attributes:
        item: what they voted on, in words; the person for the election of one.
        votes_for: votes in favour.
        votes_against: votes against.
        withheld: votes withheld, where that stands in the place of votes against.
        abstained: votes cast as abstentions.
        broker_non_votes: votes that brokers held and could not cast on this item.
        outcome: None when not stated.
    """

    KIND: ClassVar[str] = "vote.held"

    item: str
    votes_for: Count
    votes_against: Count | None = None
    withheld: Count | None = None
    abstained: Count | None = None
    broker_non_votes: Count | None = None
    outcome: Literal["passed", "failed"] | None = None

    def identity(self, occurred: When) -> Identity:
        """Item and day."""
        return Identity((folded(self.item),), occurred)


class Governance(Struct, frozen=True, kw_only=True):
    """What happened in the company's government, each in order of the day.

    Attributes:
        officers: who took or left a role.
        awards: what people were awarded.
        votes: how shareholders voted.
    """

    officers: tuple[Occurrence[Changed], ...]
    awards: tuple[Occurrence[Awarded], ...]
    votes: tuple[Occurrence[Held], ...]


def project(stream: Stream) -> Governance:
    """All of it."""
    return Governance(officers=stream.every(Changed), awards=stream.every(Awarded), votes=stream.every(Held))


def present(state: Governance) -> Section:
    """A table for each kind, and the last change of an officer for the head of the page."""
    return Section(
        topic="governance",
        tables={
            "officers": tuple(_officer_row(item) for item in state.officers),
            "pay": tuple(_award_row(item) for item in state.awards),
            "votes": tuple(_vote_row(item) for item in state.votes),
        },
        headlines=tuple(_headline(item) for item in state.officers[-1:]),
    )


def check(state: Governance) -> Iterator[Verdict]:
    """Each outcome of a vote against the votes."""
    for item in state.votes:
        vote = item.payload
        if vote.outcome and vote.votes_against:
            yield _outcome(item, vote.votes_against)


def _outcome(item: Occurrence[Held], against: Quantity) -> Verdict:
    vote = item.payload
    if vote.outcome != "passed" or not below(vote.votes_for.bounds, against.bounds):
        return VOTE_OUTCOME.passed()
    what = f"{vote.item} passed with {vote.votes_for.printed} votes for and {against.printed} against"
    figures = (stated("votes for", vote.votes_for, item.id), stated("votes against", against, item.id))
    return VOTE_OUTCOME.found(what, item, topic="governance", figures=figures)


def _headline(item: Occurrence[Changed]) -> Headline:
    change = item.payload
    day = (change.effective or item.occurred).label()
    return Headline("Officers", (f"{change.person} {change.change}, {change.role}", day), item.independent)


def _officer_row(item: Occurrence[Changed]) -> Row:
    change = item.payload
    return {
        "occurred": item.occurred.edtf,
        "person": change.person,
        "role": change.role,
        "change": change.change,
        "effective": change.effective and change.effective.edtf,
        **evidence(item),
    }


def _award_row(item: Occurrence[Awarded]) -> Row:
    award = item.payload
    return {
        "occurred": item.occurred.edtf,
        "person": award.person,
        "item": award.item,
        **figure("value", award.value),
        "unit": award.value and award.value.unit,
        "period": award.period and award.period.edtf,
        **evidence(item),
    }


def _vote_row(item: Occurrence[Held]) -> Row:
    vote = item.payload
    figures = {name: value for field in _VOTES for name, value in figure(field, getattr(vote, field)).items()}
    return {
        "occurred": item.occurred.edtf,
        "item": vote.item,
        **figures,
        "outcome": vote.outcome,
        **evidence(item),
    }


_VOTES: Final[Mapping[str, str]] = {
    "votes_for": "for",
    "votes_against": "against",
    "withheld": "withheld",
    "abstained": "abstained",
    "broker_non_votes": "broker non-votes",
}
_OFFICER = (
    Column("occurred", kind="when"),
    Column("person"),
    Column("role"),
    Column("change"),
    Column("effective", kind="when"),
    *EVIDENCE,
)
_AWARD = (
    Column("occurred", kind="when"),
    Column("person"),
    Column("item"),
    *figure_columns("value"),
    Column("unit", shown=False),
    Column("period", kind="when"),
    *EVIDENCE,
)
_VOTE = (
    Column("occurred", kind="when"),
    Column("item"),
    *(column for field, label in _VOTES.items() for column in figure_columns(field, label)),
    Column("outcome"),
    *EVIDENCE,
)

TOPIC = Topic(
    layout=Layout(
        topic="governance",
        title="Governance",
        rank=120,
        tables=(
            Table("officers", "Officers", _OFFICER, view="officer_changes"),
            Table("pay", "Pay", _AWARD, view="pay_awards"),
            Table("votes", "Votes", _VOTE, view="votes"),
        ),
    ),
    payloads=(Changed, Awarded, Held),
    project=project,
    present=present,
    rules=(VOTE_OUTCOME,),
    check=check,
)
