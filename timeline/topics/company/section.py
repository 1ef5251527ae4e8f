"""The section: name and registration as fields; names, identifiers and attributes as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.section import Column, Layout, Row, Section, Table
from timeline.topic import EVIDENCE, evidence
from timeline.topics.company.tickers import displayed

if TYPE_CHECKING:
    from timeline.dates import When
    from timeline.occurrence import Occurrence
    from timeline.topics.company.payloads import Identified, Merged, Stated
    from timeline.topics.company.profile import Name, Profile

REGISTERED = ("type", "legal_form", "country", "fiscal_year_end")
"""Fields that a registration states."""


def present(state: Profile) -> Section:
    """Nothing for a company of which only facts are known."""
    known = {
        "name": state.name,
        **{field: state.stated(field) for field in REGISTERED},
        "merged_into": ", ".join(state.others),
    }
    return Section(
        topic="profile",
        fields={field: value for field, value in known.items() if value},
        tables={
            "names": tuple(_name_row(name) for name in state.names),
            "identifiers": tuple(_identifier_row(item) for item in state.identifiers),
            "attributes": tuple(_attribute_row(item) for item in state.attributes),
            "mergers": tuple(_merger_row(item) for item in state.mergers),
        },
    )


def _name_row(name: Name) -> Row:
    return {
        "name": name.name,
        "current": name.sort == "name",
        "first": name.first and name.first.isoformat(),
        "last": name.last and name.last.isoformat(),
        **evidence(name.item),
    }


def _identifier_row(item: Occurrence[Identified]) -> Row:
    held = item.payload
    return {
        "scheme": held.scheme,
        "value": held.value,
        "mic": held.mic,
        "shown": displayed(held.scheme, held.value, held.mic),
        **_days(held.valid),
        **evidence(item),
    }


def _attribute_row(item: Occurrence[Stated]) -> Row:
    stated = item.payload
    return {
        "attribute": stated.attribute,
        "value": stated.value,
        "occurred": item.occurred.edtf,
        **_days(stated.valid),
        **evidence(item),
    }


def _merger_row(item: Occurrence[Merged]) -> Row:
    return {
        "slug": item.accepted.company,
        "into": item.payload.into,
        "occurred": item.occurred.edtf,
        **_days(item.payload.valid),
        **evidence(item),
    }


def _days(valid: When | None) -> Row:
    first, last = (valid.first, valid.last) if valid else (None, None)
    return {"first": first and first.isoformat(), "last": last and last.isoformat()}


_VALID = (Column("first", "from", kind="when"), Column("last", "until", kind="when"))

LAYOUT = Layout(
    topic="profile",
    title="Profile",
    rank=200,
    fields=(
        Column("name", shown=False),
        Column("type"),
        Column("legal_form"),
        Column("country"),
        Column("fiscal_year_end", shown=False),
        Column("merged_into", "also"),
    ),
    tables=(
        Table(
            "names",
            "Names",
            (Column("name"), Column("current", kind="flag"), *_VALID, *EVIDENCE),
            view="company_names",
            several=True,
        ),
        Table(
            "identifiers",
            "Identifiers",
            (
                Column("scheme"),
                Column("value"),
                Column("mic"),
                Column("shown", "written", unlike="value"),
                *_VALID,
                *EVIDENCE,
            ),
            view="company_identifiers",
        ),
        Table(
            "attributes",
            "Stated",
            (Column("attribute"), Column("value"), Column("occurred", kind="when"), *_VALID, *EVIDENCE),
            view="company_attributes",
        ),
        Table(
            "mergers",
            "Mergers",
            (Column("slug", "company"), Column("into"), Column("occurred", kind="when"), *_VALID, *EVIDENCE),
            view="company_mergers",
        ),
    ),
)
