"""Fills the fields of a kind that words tell: those that the trigger takes, and those that stand near it.

What its own sentence does not tell, a sentence behind may that goes on about it, and, for the fields of which a cue
says so, one before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, get_args, get_origin

from timeline.app.drafting.anchors import pattern
from timeline.app.drafting.declared import declared
from timeline.metrics import MetricName, canonical

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from timeline.app.drafting.anchors import Region
    from timeline.app.drafting.filling import Filled
    from timeline.app.drafting.passages import Passage

_BETWEEN: Final = re.compile(r",\s(?:and\s|or\s)?|\s(?:and|or)\s")
_ANYHOW: Final = "."
"""The pattern of a value that holds where no other is told, in a sentence before neither."""

_POSSESSIVE: Final = re.compile(r"\w+[’']s\s")
"""Of whom something is: a name, such as a country's."""

_ARTICLE: Final = re.compile(r"(?:an?|the|its|their)\s", re.IGNORECASE)


def settle_words(
    region: Region, filled: Filled, later: Sequence[Passage] = (), earlier: Sequence[Passage] = ()
) -> None:
    """Fill the fields that words tell.

    Args:
        region: what the sentence tells.
        filled: to be added to.
        later: sentences that go on about it.
        earlier: the sentences before it, nearest first.
    """
    cue = region.cue
    printed = {name: " ".join(words.split()) for name, words in region.match.groupdict().items() if words}
    names = {*cue.names, *cue.others}
    taken = {name: words if name in names else _uncapped(words, region, name) for name, words in printed.items()}
    filled.fields |= {name: words for name, words in taken.items() if name in cue.payload.__struct_fields__}
    filled.fields |= cue.fixed
    for name in cue.words:
        if name not in filled.fields:
            _tell(name, region, filled, later, earlier)
    for name, spelled in cue.spelled.items():
        for spelling, others in spelled.items():
            filled.fields |= {name: pattern(others).sub(spelling, filled.fields[name])} if name in filled.fields else {}
    for field in declared(cue.payload):
        if field.name in filled.fields:
            filled.fields[field.name] = _formed(filled.fields[field.name], field.type)


def _tell(field: str, region: Region, filled: Filled, later: Sequence[Passage], earlier: Sequence[Passage]) -> None:
    """Fill a field from the first of the sentences that tells it."""
    cue = region.cue
    before = earlier if field in cue.earlier else ()
    places = [(region.passage, region.match.start()), *((passage, 0) for passage in later)]
    words = cue.words[field]
    last = {value: told for value, told in words.items() if told == _ANYHOW and before}
    words = {value: told for value, told in words.items() if value not in last}
    tried = [(passage, anchor, words) for passage, anchor in places]
    tried += [(passage, len(passage.text), words) for passage in before]
    for passage, anchor, values in (*tried, (*places[0], last)):
        for value, start, end in _told(values, passage.text, anchor):
            filled.fields[field] = value or " ".join(passage.text[start:end].split())
            if not value:
                filled.quoted.append((passage, start, end))
            if passage in before:
                filled.doubts.append(f"the {field} is “{filled.fields[field]}”, told in a sentence before")
            return


def _told(values: Mapping[str, str], text: str, anchor: int) -> Iterator[tuple[str, int, int]]:
    """The values whose words stand in the sentence, in their order, and where those nearest to the trigger stand."""
    for value, words in values.items():
        found = sorted(pattern(words).finditer(text), key=lambda match: abs(match.start() - anchor))
        if found:
            yield (value, *found[0].span("value" if found[0].groupdict().get("value") else 0))


def _uncapped(words: str, region: Region, group: str) -> str:
    """Without the capital that begins a sentence, where it is no name by its other letters."""
    first = region.match.start(group) == 0 and not _POSSESSIVE.match(words)
    return f"{words[0].lower()}{words[1:]}" if first and words[1:].islower() else words


def _formed(value: Any, kind: object) -> Any:  # noqa: ANN401  a field's value
    """As the field has it: a metric by its canonical name, a list item by item."""
    if not isinstance(value, str):
        return value
    if any(isinstance(part, MetricName) for part in get_args(kind)):
        return _metric(value)
    if get_origin(kind) is tuple:
        return [_ARTICLE.sub("", item, count=1).strip() for item in _BETWEEN.split(value) if item.strip()]
    return value


def _metric(words: str) -> str:
    """The canonical name; one that is not known without the capital that begins a sentence."""
    known = canonical(words)
    return known if known != words or words[1:2].isupper() else f"{known[:1].lower()}{known[1:]}"
