"""What stands around the payloads in a fixture: the head that tells of the source, the defaults, each fact's frame."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.currencies import CODES
from timeline.event import Locator, Report
from timeline.intake import form
from timeline.intake.shape import Choice, Field, Group, Many, Text, Time, Whole, fields_of
from timeline.record import PAYLOADS, Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.event import Payload

SCHEMA = "timeline/source/1"
"""The first line of a fixture says which format it is in."""

PARTS: Mapping[str, str] = MappingProxyType(
    {
        "schema": f"always {SCHEMA}",
        "source": "the document that reports the facts",
        "defaults": "fields that all facts have, unless a fact says otherwise; may be left out",
        "facts": "what the source reports, one entry a fact",
        "candidates": "figures and dates that a draft found no fact for, each with the reason; may be left out",
        "left_out": "printed figures and dates that no fact is made of, each with the reason; may be left out",
    }
)
"""What a fixture consists of, with the meaning of each part."""

OPTIONAL = ("defaults", "candidates", "left_out")
"""Parts that a fixture need not have."""

RESERVED = tuple(payload.KIND for payload in PAYLOADS)
"""Kinds of events about the log itself, which no fact can have."""

SHARED = ("company", "occurred", "at", "said_by", "confirmed", "parties")
"""Fields that the facts of a file often have in common, so that `defaults` can give them."""


@cache
def head_fields() -> Mapping[str, Field]:
    """Fields of `source`: its id, and those of `record.Source`."""
    head = dict(fields_of(Source))
    narrowed = {
        "url": Text(form.URL),
        "language": Text(form.LANGUAGE),
        "sha256": Text(form.SHA256),
        "derives_from": Text(form.SOURCE_ID),
        "currency": Choice(tuple(sorted(CODES))),
    }
    head |= {name: replace(head[name], shape=shape) for name, shape in narrowed.items()}
    return {
        "id": Field(
            Text(form.SOURCE_ID), required=True, meaning="the source's own name in this database, never changed"
        ),
        **head,
    }


@cache
def frame_fields() -> Mapping[str, Field]:
    """Fields that every fact has; the defaults may give some of those that it needs."""
    report = fields_of(Report)
    own = {name: report[name] for name in ("key", *SHARED, "note", "share_basis")}
    own["key"] = replace(own["key"], shape=Text(form.KEY))
    own["company"] = Field(Text(form.SLUG), required=True, meaning="slug of the company that the fact is about")
    own["occurred"] = Field(Time(), required=True, meaning="when it was so or was said, as precise as the source is")
    own["at"] = replace(own["at"], shape=Many(_locator()))
    return {"kind": Field(Text(), required=True, meaning="what sort of fact it is"), **own}


@cache
def default_fields() -> Mapping[str, Field]:
    """Fields of `defaults`."""
    return {name: replace(frame_fields()[name], required=False) for name in SHARED}


@cache
def fact_fields(payload: type[Payload]) -> Mapping[str, Field]:
    """Fields of a fact: its frame's and, flat beside them, its payload's.

    Raises:
        TypeError: the payload has a field that the frame has.
    """
    own = fields_of(payload)
    if taken := own.keys() & frame_fields().keys():
        raise TypeError(f"{payload.__name__} cannot have the fields of every fact: {', '.join(sorted(taken))}")
    return {**frame_fields(), **own}


def _locator() -> Group:
    narrowed = {
        "quote": Text(form.QUOTE),
        "paragraph": Whole(least=1),
        "prefix": Text(form.CONTEXT),
        "suffix": Text(form.CONTEXT),
    }
    known = fields_of(Locator)
    return Group(Locator, {name: replace(known[name], shape=shape) for name, shape in narrowed.items()})
