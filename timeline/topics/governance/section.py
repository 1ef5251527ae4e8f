"""Governance as it is shown: a table of each kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from timeline.occurrence import Occurrence
from timeline.section import Column, Headline, Layout, Row, Section, Table
from timeline.topic import EVIDENCE, evidence, figure, figure_columns
from timeline.topics.governance.payloads import Awarded, Changed, Held

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.occurrence import Stream


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

LAYOUT: Final = Layout(
    topic="governance",
    title="Governance",
    rank=120,
    tables=(
        Table("officers", "Officers", _OFFICER, view="officer_changes"),
        Table("pay", "Pay", _AWARD, view="pay_awards"),
        Table("votes", "Votes", _VOTE, view="votes"),
    ),
)
