"""A fact that was not typed by a person, checked as one of a fixture is: what a draft or a language model proposes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from timeline.catalog import catalog
from timeline.intake.document import Document
from timeline.intake.fact import Defaults, read_fact
from timeline.intake.json_nodes import compose_json
from timeline.intake.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.errors import Problem
    from timeline.event import Report


def proposed(fact: Mapping[str, Any], source_id: str, currency: str = "") -> Report | tuple[Problem, ...]:
    """The report that a fact amounts to, or everything that is wrong with it.

    Args:
        fact: its fields as a fixture writes them, texts, and lists and mappings of them.
        source_id: id of its source.
        currency: what the source means by a bare `$`.
    """
    document = Document.of("", msgspec.json.encode(fact).decode())
    reading = Reading(document)
    reading.currency = currency
    node = compose_json(reading, 0, len(document.text))
    found = read_fact(node, source_id, Defaults(), catalog().payloads, reading) if node is not None else None
    return found.report if found and not reading.problems else tuple(reading.problems)
