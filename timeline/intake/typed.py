"""One fact in words typed on a command line: what `add` records, and what `correct` puts in the place of what stood."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from timeline.catalog import catalog
from timeline.errors import Problem
from timeline.event import Report
from timeline.intake.document import Place
from timeline.intake.fact import Defaults, read_fact
from timeline.intake.frame import RESERVED, fact_fields, frame_fields
from timeline.intake.words import SETTLED, Sheet, WordReading, Words
from timeline.intake.yaml_nodes import Entry, MappingNode, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.event import Payload
    from timeline.intake.shape import Field
    from timeline.intake.yaml_nodes import Node


class Typed(Struct, frozen=True):
    """What the words amount to.

    Attributes:
        report: None where they cannot be read.
        problems: everything that is wrong, in the order of the words; each shows its word, and no file or line.
        key: where the key is named.
        company: where the company is named.
    """

    report: Report | None
    problems: tuple[Problem, ...]
    key: Place
    company: Place


def typed_fact(  # noqa: PLR0913  what a command line tells of a fact
    kind: str,
    company: str,
    words: Sequence[str],
    *,
    source_id: str | None,
    key: str,
    currency: str = "",
    base: Mapping[str, object] | None = None,
    payloads: Mapping[str, type[Payload]] | None = None,
) -> Typed:
    """The report of one fact.

    Args:
        kind: its kind.
        company: slug of its company.
        words: FIELD=VALUE each, see `timeline.intake.words`.
        source_id: id of its source.
        key: its key within the source.
        currency: what the source means by a bare `$`.
        base: the fact as it stands, as `written.fixture_form` gives it; the words change it. A field that is typed
            replaces the one that stands, a part only that part where one item of them stands, and an empty value takes
            the field or the part away. None for a new fact.
        payloads: classes by kind; those of the catalog by default.
    """
    known = catalog().payloads if payloads is None else payloads
    sheet = Sheet()
    settled = [sheet.word(text) for text in (kind, company, key)]
    typed = [(word, sheet.line(word)) for word in words]
    standing = _standing({name: value for name, value in (base or {}).items() if name not in SETTLED}, "", sheet)
    reading = WordReading(sheet.document())
    reading.currency = currency
    stated = Words(reading, correcting=base is not None).fields(typed, _fields(kind.strip(), known))
    entries = {name: Entry(node, node) for name, node in zip(SETTLED, settled, strict=True)}
    fact = MappingNode(entries | _merged(stated, standing), settled[0].start, settled[0].end)
    found = read_fact(fact, source_id, Defaults(), known, reading)
    problems = sorted(reading.problems, key=lambda problem: (problem.line, problem.column))
    return Typed(
        report=found.report if found and not problems else None,
        problems=tuple(problem._replace(line=0) for problem in problems),
        key=replace(reading.place(settled[2]), line=0),
        company=replace(reading.place(settled[1]), line=0),
    )


def _fields(kind: str, known: Mapping[str, type[Payload]]) -> Mapping[str, Field]:
    """The fields of a kind; of one that no fact can have, those that every fact has."""
    return fact_fields(known[kind]) if kind in known and kind not in RESERVED else frame_fields()


def _standing(values: Mapping[str, object], before: str, sheet: Sheet) -> dict[str, Entry]:
    """The fields of a fact that stands, or the parts of one of them, as if they were typed behind the words."""
    entries = {}
    for name, value in values.items():
        node = _standing_value(value, f"{before}{name}", sheet)
        entries[name] = Entry(ScalarNode(name, node.start - len(name) - 1, node.start - 1, "="), node)
    return entries


def _standing_value(value: object, name: str, sheet: Sheet) -> Node:
    match value:
        case Mapping() | list() | tuple() if not value:
            empty = sheet.word("", f"{name}=")
            node = MappingNode({}, empty.start, empty.end) if isinstance(value, Mapping) else None
            return node or SequenceNode((), empty.start, empty.end)
        case Mapping():
            entries = _standing(value, f"{name}.", sheet)
            nodes = [entry.value for entry in entries.values()]
            return MappingNode(entries, nodes[0].start, nodes[-1].end)
        case list() | tuple():
            nodes = [_standing_value(item, name, sheet) for item in value]
            return SequenceNode(tuple(nodes), nodes[0].start, nodes[-1].end)
        case _:
            return sheet.word(str(value), f"{name}=")


def _merged(typed: Mapping[str, Entry], standing: Mapping[str, Entry]) -> dict[str, Entry]:
    """The fields that stand, with those that are typed in their places."""
    found = dict(standing)
    for name, entry in typed.items():
        before = standing.get(name)
        node = _in_place_of(before.value if before else None, entry.value)
        if node is None:
            found.pop(name, None)
        else:
            found[name] = Entry(entry.key, node)
    return found


def _in_place_of(standing: Node | None, typed: Node) -> Node | None:
    """What is to stand; None where nothing is, as an empty value asks."""
    match standing, typed:
        case _, ScalarNode(text=""):
            return None
        case MappingNode(), MappingNode():
            entries = _merged(typed.entries, standing.entries)
            return replace(typed, entries=entries) if entries else None
        case ScalarNode(), MappingNode():  # a date that had no wording
            when = Entry(replace(standing, text="when"), standing)
            return replace(typed, entries=_merged(typed.entries, {"when": when}))
        case SequenceNode(items=(single,)), SequenceNode(items=(other,)):
            item = _in_place_of(single, other)
            return None if item is None else replace(typed, items=(item,))
        case _:
            return typed
