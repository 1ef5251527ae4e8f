"""What a figure is said to rest on is enough: without all other events of its company it is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from tests.laws.memory import events_of, histories, recorded, some
from tests.laws.rests import unfounded
from tests.laws.worlds import COMPANIES, File

if TYPE_CHECKING:
    from timeline.event import Event

_FACT = {"key": "k", "kind": "capital.changed", "company": "acme", "change": "split", "ratio": "4:1"}
_HEAD = {"id": "split", "kind": "filing", "title": "Split", "published": "2025-03-01T09:00:00Z"}
SPLIT = File(_HEAD, ({**_FACT, "occurred": "2025-03-04"},))
OF_CLASS_A = File(_HEAD, ({**_FACT, "occurred": "2025-03-04", "share_class": "A"},))


@some
@given(histories())
def test_every_figure_follows_from_the_events_that_are_named_for_it_alone(events: list[Event]) -> None:
    assert missing(events) == []


@pytest.mark.parametrize("split", [SPLIT, OF_CLASS_A], ids=["all shares", "class A"])
@some
@given(events=histories())
def test_so_it_does_across_a_split(split: File, events: list[Event]) -> None:
    told = [event for event in events_of((split,)) if event.source == "split"]
    assert missing(recorded([*events, *told])) == []


def missing(events: list[Event]) -> list[tuple[str, str, object, list[str]]]:
    """The figures for which too few events are named."""
    of_company = {name: [event for event in events if event.company in (name, None)] for name in COMPANIES}
    return [
        (topic, found.key, found.value, sorted(names))
        for company, own in of_company.items()
        for topic, found, names in unfounded(company, own)
    ]
