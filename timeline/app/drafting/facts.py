"""From passages to proposed facts: every topic's cues on every sentence, checked as a fixture's facts are."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct
from msgspec.structs import replace

from timeline.app.drafting.anchors import Region, pattern, regions
from timeline.app.drafting.attribution import attribution
from timeline.app.drafting.declared import declared
from timeline.app.drafting.drafted import Candidate, Drafted
from timeline.app.drafting.filling import Filled, fill, fills_all
from timeline.app.drafting.keys import free
from timeline.app.drafting.merging import Pair, merged
from timeline.app.drafting.people import in_full
from timeline.app.drafting.timing import Setting, leading_period, settle_times, stated_day
from timeline.app.drafting.whose import whose
from timeline.app.drafting.wording import settle_words
from timeline.dates import When
from timeline.event import Locator
from timeline.intake.proposed import proposed
from timeline.paragraphs import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from timeline.app.drafting.ground import Ground
    from timeline.app.drafting.passages import Passage
    from timeline.cue import Cue
    from timeline.event import Payload

_LOWERS: Final = 8
"""Points of confidence that each thing costs that was taken for granted."""

_LEAST: Final = 5
_BEFORE: Final = 6
"""Sentences before one that may tell what it only speaks of."""

_LIST: Final = 30
"""Lines before one of a list that may be its heading."""

_LINE: Final = 160
"""Characters of the longest line of a form."""


class Found(Struct, frozen=True):
    """What came of the cues.

    Attributes:
        facts: in the order of the text.
        refused: figures of facts that would not do, with the reason.
        used: the spans of what is printed that stands in a fact.
    """

    facts: tuple[Drafted, ...]
    refused: tuple[Candidate, ...]
    used: frozenset[Span]


def draft_facts(passages: Sequence[Passage], cues: Sequence[Cue], ground: Ground) -> Found:
    """The facts that cues find in a text."""
    drafted: list[Pair] = []
    refused: list[Candidate] = []
    lines: set[tuple[type[Payload], Passage]] = set()
    kinds: dict[type[Payload], list[Cue]] = {}
    for cue in cues:
        kinds.setdefault(cue.payload, []).append(cue)
    told = Setting(
        ground.published,
        leading_period(passages, ground.published),
        own=ground.kind in ("filing", "statement"),
        year_end=ground.year_end,
        day=stated_day(passages),
        text=tuple(passages),
    )
    for at, passage in enumerate(passages):
        before = tuple(reversed(passages[max(at - _BEFORE, 0) : at]))
        setting = replace(told, paragraph=passage.paragraph, before=before)
        for region in (region for own in kinds.values() for region in regions(passage, own)):
            if (region.cue.payload, passage) in lines:
                continue
            listed = bool(region.cue.lines and region.cue.earlier)
            here = replace(setting, before=tuple(reversed(passages[max(at - _LIST, 0) : at]))) if listed else setting
            more = _going_on(region, passages[at + 1 : at + 1 + max(region.cue.lines, 1)], kinds[region.cue.payload])
            fact = _drafted(region, more, here, ground)
            if isinstance(fact, Pair):
                drafted.append(fact)
                lines |= {(region.cue.payload, each) for each in more if each.paragraph != passage.paragraph}
            elif fact is not None:
                refused.append(fact)
    facts = _keyed(merged(_undoubled(drafted), ground))
    return Found(facts, tuple(refused), frozenset(_used(facts, passages)))


def _going_on(region: Region, following: Iterable[Passage], own: Sequence[Cue]) -> list[Passage]:
    """The next sentences, where they go on about the same fact; none where it tells a fact of that kind by itself."""
    found = []
    for passage in following:
        is_line = passage.paragraph != region.passage.paragraph
        if not _goes_on(region, passage) or (not is_line and any(True for _ in regions(passage, own))):
            break
        found.append(passage)
    return found


def _goes_on(region: Region, passage: Passage) -> bool:
    """Whether a later sentence can tell more of a fact: by its first words, or as a line of a form."""
    if region.cue.goes_on and pattern(region.cue.goes_on).match(passage.text):
        return True
    if passage.paragraph == region.passage.paragraph:
        return False
    return region.cue.lines > 0 and len(passage.text) <= _LINE


def _drafted(region: Region, more: list[Passage], setting: Setting, ground: Ground) -> Pair | Candidate | None:
    """The fact of a region; a candidate where it would be refused, None where too little is told."""
    filled = Filled()
    settle_words(region, filled, more, setting.before)
    fill(region, filled, more, setting.before)
    parties = _name_others(region, filled, ground)
    if not fills_all(region.cue, filled.fields):
        return None
    settle_times(region, filled, setting)
    if any(name not in filled.fields for name in region.cue.needs):
        return None
    company = whose(region, setting.earlier, ground.company)
    filled.fields |= {
        name: in_full(filled.fields[name], setting.text) for name in region.cue.names if name in filled.fields
    }
    fields: dict[str, Any] = {
        "key": "draft",
        "kind": region.cue.payload.KIND,
        "company": company,
        "occurred": filled.fields.pop("occurred"),
        **filled.fields,
        **_attributed(region, company, setting, ground),
    }
    if "said_by" in fields and fields["said_by"] in [filled.fields.get(name) for name in region.cue.names]:
        del fields["said_by"]
    if parties and company not in parties:
        fields["parties"] = list(parties)
    passages = [region.passage, *more, *setting.before]
    at = _locators(region, filled, passages)
    report = proposed({**fields, "at": [located(each) for each in at]}, ground.source, ground.currency)
    if isinstance(report, tuple):
        reason = f"{region.cue.payload.KIND} was tried: {report[0].what}"
        return Candidate(quote=region.match[0], paragraph=region.passage.paragraph, reason=reason)
    fact = Drafted(
        fields=fields,
        at=at,
        sentence=Span(region.passage.paragraph, region.passage.start, region.passage.end),
        confidence=max(region.cue.confidence - _LOWERS * len(filled.doubts), _LEAST),
        doubts=tuple(dict.fromkeys(filled.doubts)),
    )
    return Pair(fact, report)


def _attributed(region: Region, company: str, setting: Setting, ground: Ground) -> Mapping[str, str]:
    """Who said it; nobody what anyone can see, unless the company itself publishes it."""
    if region.cue.observed and not setting.own:
        return {}
    names = {field.name for field in declared(region.cue.payload)}
    own_figures = "metric" in names and "by" not in names
    return attribution(region.passage, ground.kind, company, setting.text, own_figures=own_figures)


def _name_others(region: Region, filled: Filled, ground: Ground) -> tuple[str, ...]:
    """Fill the fields that name another company; their slugs."""
    slugs = []
    for field, words in region.cue.others.items():
        for mention in region.passage.mentions:
            before = region.passage.before(mention)
            if (
                mention.slug != ground.company
                and pattern(rf"(?:{words})\W*$").search(before)
                and field not in filled.fields
            ):
                filled.fields[field] = ground.names.get(mention.slug, mention.quote)
                slugs.append(mention.slug)
    return tuple(slugs)


def _locators(region: Region, filled: Filled, passages: Sequence[Passage]) -> tuple[Locator, ...]:
    """Where each figure stands, and the names that the trigger took."""
    text = {passage: passage.text for passage in passages}
    spans = [
        (passage, *passage.place(each))
        for each in filled.used.values()
        for passage in passages
        if passage.paragraph == each.span.paragraph and passage.start <= each.span.start < passage.end
    ]
    spans += filled.quoted
    groups = [name for name, words in region.match.groupdict().items() if words and name in filled.fields]
    spans += [(region.passage, *region.match.span(name)) for name in groups]
    if all(isinstance(each.value, When) for each in filled.used.values()) and not groups:
        # A day alone, or a name, shows no deed.
        spans += [(region.passage, *region.match.span())]
    ordered = sorted(spans, key=lambda each: (each[0].start, each[1]))
    return tuple(
        dict.fromkeys(_locator(text[passage], passage.paragraph, start, end) for passage, start, end in ordered)
    )


def _locator(text: str, paragraph: int, start: int, end: int) -> Locator:
    """With as much of the words before it as makes it stand once in its sentence."""
    quote = text[start:end].strip()
    if text.count(quote) <= 1:
        return Locator(quote=quote, paragraph=paragraph)
    words = re.findall(r"\S+\s*", text[:start])
    for number in range(1, len(words) + 1):
        prefix = "".join(words[-number:])
        if text.count(prefix + quote) == 1:
            return Locator(quote=quote, paragraph=paragraph, prefix=prefix)
    return Locator(quote=quote, paragraph=paragraph, suffix=text[end : end + 20])


def located(locator: Locator) -> dict[str, Any]:
    """A locator as a fixture writes it."""
    found: dict[str, Any] = {"paragraph": str(locator.paragraph), "quote": locator.quote}
    if locator.prefix:
        found["prefix"] = locator.prefix
    if locator.suffix:
        found["suffix"] = locator.suffix
    return found


def _undoubled(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Of facts of several kinds made of the same figures of a sentence, the surest."""
    of_sentence = defaultdict[Span, list[Drafted]](list)
    for fact, _ in pairs:
        of_sentence[fact.sentence].append(fact)
    for pair in pairs:
        fact, figures = pair.fact, _figures(pair.fact)
        rivals = (each for each in of_sentence[fact.sentence] if each.kind != fact.kind)
        if not figures or not any(figures <= _figures(each) and each.confidence > fact.confidence for each in rivals):
            yield pair


def _figures(fact: Drafted) -> frozenset[Locator]:
    """The quotes of it that hold a digit and are no time that it states."""
    times = {str(fact.fields.get(name)) for name in ("occurred", "period", "due")}
    return frozenset(at for at in fact.at if any(char.isdigit() for char in at.quote) and at.quote not in times)


def _keyed(facts: Iterable[Drafted]) -> tuple[Drafted, ...]:
    """Each with a key that tells what it is about, told apart by a number."""
    taken: set[str] = set()
    found = []
    for fact in facts:
        key = free(_stem(fact), taken)
        taken.add(key)
        found.append(replace(fact, fields={**fact.fields, "key": key}))
    return tuple(found)


def _stem(fact: Drafted) -> str:
    fields = fact.fields
    telling = next(
        (str(fields[name]) for name in ("metric", "product", "person", "what", "item") if fields.get(name)), ""
    )
    when = fields.get("period") or fields["occurred"]
    text = f"{fact.kind} {telling} {when['when'] if isinstance(when, dict) else when}"
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")[:80].strip("-")


def _used(facts: Iterable[Drafted], passages: Sequence[Passage]) -> Iterator[Span]:
    """The spans of what is printed that a quote of a fact holds."""
    quotes = {(at.paragraph, at.quote) for fact in facts for at in fact.at}
    for passage in passages:
        for each in passage.printed:
            if (passage.paragraph, each.quote.strip()) in quotes:
                yield each.span
