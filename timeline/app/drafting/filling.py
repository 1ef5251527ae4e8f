"""Puts the figures of a sentence into the fields of a kind: by the words beside them, else by what a field measures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, get_args

from timeline.app.drafting.anchors import pattern
from timeline.app.drafting.compared import are_alike, is_of_year_before
from timeline.app.drafting.declared import declared
from timeline.dates import When
from timeline.topic import measured
from timeline.values import Measure, Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from timeline.app.drafting.anchors import Region
    from timeline.app.drafting.passages import Passage
    from timeline.cue import Cue, Slot
    from timeline.prose.spans import Printed

_YEAR_ONLY: Final = "the year is not printed: the nearest"
"""Of a day or month beside a day of publication this is what every reader takes for granted."""

_ALTERNATIVES: Final = 3
_NEAR: Final = 60
_PART: Final = re.compile(r"\s*(?:of|margin)\b", re.IGNORECASE)
_EACH: Final = re.compile(r"\s(?:per\s[\w\s]+|each|apiece)$", re.IGNORECASE)
_GAIN: Final = re.compile(r"\b(?:profit|income|earnings|earned)\b", re.IGNORECASE)
_REACH: Final = 120
_RATIOS: Final = re.compile(
    r"margin|ratio|occupancy|rate|share of|market share|utilisation|utilization|growth|return on", re.IGNORECASE
)
_DOWN: Final = re.compile(
    r"\b(?:f[ae]ll(?:en|s|ing)?|declin\w*|dropp?\w*|decreas\w*|down|lower|slid\w*|slump\w*|shr[aiu]nk\w*|plung\w*|contract\w*|los[et]\w*)\b",
    re.IGNORECASE,
)
_UP: Final = re.compile(
    r"\b(?:r[io]se\w*|increas\w*|grew|grow\w*|up|higher|jump\w*|surg\w*|climb\w*|gain\w*|improv\w*)\b", re.IGNORECASE
)
_DOWN_BEHIND: Final = re.compile(r"\s(?:lower|down|weaker|drop|fall|decline|decrease|loss)\b", re.IGNORECASE)
_ENDS: Final = re.compile(r"^(\d[\d.,]*)\sto\s(\d[\d.,]*)")
_FIRST_DIGIT: Final = re.compile(r"\d")
_WANTED: Final = {
    "money": ("money", "price"),
    "price": ("price",),
    "shares": ("count",),
    "percent": ("percent",),
    "count": ("count",),
    "figure": ("money", "count", "quantity", "price"),
}


class Filled:
    """The fields of a fact so far.

    Attributes:
        fields: as a fixture writes them.
        used: what was printed of them, by field.
        quoted: the words that were taken verbatim, each with its sentence and its place in there.
        doubts: what was taken for granted.
    """

    def __init__(self) -> None:
        self.fields: dict[str, Any] = {}
        self.used: dict[str, Printed] = {}
        self.quoted: list[tuple[Passage, int, int]] = []
        self.doubts: list[str] = []

    def is_free(self, each: Printed) -> bool:
        """Whether no field has it yet."""
        return all(other is not each for other in self.used.values())

    def put(self, field: str, each: Printed, *, negative: bool = False) -> None:
        """Let a field have what is printed."""
        self.fields[field] = written(each, negative=negative)
        self.used[field] = each
        if each.assumed and isinstance(each.value, When) and not each.assumed.startswith(_YEAR_ONLY):
            self.doubts.append(f"“{each.quote}” is {each.value.edtf}: {each.assumed}")
        others = dict.fromkeys(_plainly(other) for other in each.alternatives)
        if each.value is not None and not isinstance(each.value, int):
            others.pop(_plainly(each.value), None)  # of a bare sign, another currency: the source block says which
        if others and not each.assumed.startswith(_YEAR_ONLY):
            self.doubts.append(f"or {field}: {', '.join(list(others)[:_ALTERNATIVES])}")

    def extend(self, field: str, each: Printed, *, negative: bool = False) -> None:
        """Let a field that has the lower end of a range have the upper one as well."""
        self.fields[field] = f"{self.fields[field]} – {written(each, negative=negative)}"
        self.used[f"{field}, its end"] = each


def written(each: Printed, *, negative: bool = False) -> Any:  # noqa: ANN401  a text, or a mapping for a worded date
    """What is printed as a fixture writes it."""
    match each.value:
        case When() as when if each.assumed and not each.assumed.startswith(_YEAR_ONLY):
            return {"when": when.edtf, "wording": each.quote}
        case When() as when:
            return when.edtf
        case Quantity() as quantity:
            text = (
                f"{quantity.printed} ({each.conversion.strip('()')})"
                if each.conversion and "(" not in quantity.printed
                else quantity.printed
            )
            return negated(text) if negative else text
        case value:
            return str(value)


def _plainly(value: Quantity | When) -> str:
    return value.edtf if isinstance(value, When) else value.printed


def negated(text: str) -> str:
    """With a minus before the number, behind its currency and the words that qualify it; the ends of a range change."""
    digit = _FIRST_DIGIT.search(text)
    if digit is None or "-" in text[: digit.start()]:
        return text
    return text[: digit.start()] + "-" + _ENDS.sub(r"\2 to -\1", text[digit.start() :])


def fill(
    region: Region,
    filled: Filled,
    more: Sequence[Passage] = (),
    earlier: Sequence[Passage] = (),
) -> None:
    """Fill the fields of a region's kind that hold figures, once its words are settled.

    Args:
        region: what the sentence tells.
        filled: to be added to.
        more: later sentences that tell of the same fact.
        earlier: the sentences before it, nearest first.
    """
    cue = region.cue
    kinds = {field.name: field.type for field in declared(cue.payload)}
    printed = [(region.passage, each) for each in region.own]
    printed += [(passage, each) for passage in more for each in passage.printed]
    near = [(passage, each) for passage, each in printed if passage.paragraph == region.passage.paragraph]
    for slot in cue.slots:
        if slot.ends == (slot.field in filled.fields) and slot.field != cue.compared:
            _slot(slot, printed if slot.before else near, kinds, region, filled)  # a line of a form has a label
    for name, kind in kinds.items():
        if name in filled.fields or name in cue.never or name == cue.compared or not measured(kind):
            continue
        free = [
            each
            for passage, each in near
            if filled.is_free(each) and _admits(kind, each, filled.fields) and not _is_part(name, each, passage)
        ]
        if free:
            _put(name, free[0], region, filled)
    if cue.compared and cue.compared not in filled.fields:
        _put_compared(printed, kinds, region, filled)
    for passage in earlier if cue.earlier else ():
        _fill_from(passage, kinds, region, filled)


def _fill_from(passage: Passage, kinds: Mapping[str, Any], region: Region, filled: Filled) -> None:
    """Fill what only a sentence before tells in figures."""
    for slot in region.cue.slots:
        if slot.field in region.cue.earlier and slot.field not in filled.fields:
            _slot(slot, [(passage, each) for each in passage.printed], kinds, region, filled)


def _slot(
    slot: Slot, printed: Sequence[tuple[Passage, Printed]], kinds: Mapping[str, Any], region: Region, filled: Filled
) -> None:
    for passage, each in printed:
        if _fits(kinds.get(slot.field, When), each) and filled.is_free(each) and _stands(slot, passage, each):
            if slot.ends:
                filled.extend(slot.field, each, negative=_is_negative(slot.field, each, region))
            else:
                _put(slot.field, each, region, filled)
            if slot.begins and isinstance(each.value, When):
                filled.fields[slot.field] = each.value.edtf.removesuffix("/..")
            if slot.closes and isinstance(each.value, When) and each.value.last:
                filled.fields[slot.field] = each.value.last.isoformat()
            return


def _fits(kind: object, each: Printed) -> bool:
    return _holds_when(kind) if isinstance(each.value, When) else _measures(kind, each)


def _stands(slot: Slot, passage: Passage, each: Printed) -> bool:
    """Whether it has the words that the slot asks for; those before it may be part of what is printed."""
    before, after = passage.before(each)[-_REACH:], passage.after(each)[:_REACH]
    leads = rf"(?:{slot.before})\W*"
    return (
        (not slot.before or bool(pattern(f"{leads}$").search(before)) or bool(pattern(leads).match(each.quote)))
        and (not slot.after or pattern(rf"\W*(?:{slot.after})").match(after) is not None)
        and (not slot.inside or pattern(slot.inside).search(each.quote) is not None)
    )


def _put(field: str, each: Printed, region: Region, filled: Filled) -> None:
    filled.put(field, each, negative=_is_negative(field, each, region))


def _is_negative(field: str, each: Printed, region: Region) -> bool:
    """Whether the words make a loss or a fall of a figure that is printed without a sign."""
    cue, text = region.cue, region.passage.text
    start, end = region.passage.place(each)
    if field in cue.negated and each.negative:
        return True
    if field in cue.negated and cue.loss:
        told = text[: max(start, region.match.end())]
        return _last(pattern(cue.loss), told) > _last(_GAIN, told)
    if field != "change" or each.what != "percent":
        return False
    if each.trend:
        return each.trend == "down"
    if _DOWN_BEHIND.match(text, max(end, 0)):
        return True
    before = text[max(start - _NEAR, 0) : max(start, 0)]
    return _last(_DOWN, before) > _last(_UP, before)


def _last(words: re.Pattern[str], text: str) -> int:
    """Where such words stand last; -1 where they do not."""
    return max((match.start() for match in words.finditer(text)), default=-1)


def _is_part(field: str, each: Printed, passage: Passage) -> bool:
    """Whether a percentage is no change but what one figure is of another."""
    return field == "change" and _PART.match(passage.after(each)) is not None


def _admits(kind: object, each: Printed, fields: Mapping[str, Any]) -> bool:
    """Whether a field without a slot takes it: what it measures has to be plain."""
    measure = measured(kind)
    if not isinstance(each.value, Quantity) or each.what == "period" or not _measures(kind, each):
        return False
    if measure == "figure":
        ratio = bool(_RATIOS.search(str(fields.get("metric", ""))))
        per_share = str(fields.get("metric", "")).endswith("per share")
        if ratio or each.what == "percent":
            return ratio and each.what == "percent"
        return (each.what == "price") == per_share or (per_share and each.what == "money")
    if measure == "shares":
        return each.value.unit == "shares"
    if measure == "count":
        return each.what == "count" and each.value.unit != "shares"
    return each.what in _WANTED[measure] and not (measure == "money" and _EACH.search(each.quote))


def _measures(kind: object, each: Printed) -> bool:
    measure = measured(kind)
    if measure and isinstance(each.value, Quantity):
        return Measure(measure).refuses(each.value) is None  # type: ignore[arg-type]  # one of the known names
    return not measure and isinstance(each.value, int) and any(part is int for part in _parts(kind))


def _holds_when(kind: object) -> bool:
    return any(part is When for part in _parts(kind))


def _parts(kind: object) -> Iterator[object]:
    yield kind
    for part in get_args(kind):
        yield from _parts(part)


def _put_compared(
    printed: Sequence[tuple[Passage, Printed]], kinds: Mapping[str, Any], region: Region, filled: Filled
) -> None:
    """The figure compared with that is like the one that stands; by its own words, else where it stands."""
    field = region.cue.compared
    like = filled.used.get("value")
    aside = [(region.passage, each) for each in region.compared]
    told = [
        (passage, each)
        for slot in region.cue.slots
        for passage, each in (*printed, *aside)
        if slot.field == field and _stands(slot, passage, each)
    ]
    for _, each in (*told, *aside):
        fits = _measures(kinds[field], each) if like else _admits(kinds[field], each, filled.fields)
        fits = fits and not (region.cue.tense == "future" and is_of_year_before(region.passage, each))
        if fits and filled.is_free(each) and each.what != "period" and (like is None or are_alike(like, each)):
            _put(field, each, region, filled)
            return


def fills_all(cue: Cue, fields: Mapping[str, Any]) -> bool:
    """Whether all is there that the kind and the cue need, times aside."""
    kinds = {field.name: field.type for field in declared(cue.payload)}
    required = [field for field in declared(cue.payload) if field.required and not _holds_when(field.type)]
    one_of = cue.payload.ONE_OF
    return (
        all(field.name in fields for field in required)
        and all(name in fields for name in cue.needs if not _holds_when(kinds[name]))
        and (not one_of or any(name in fields for name in one_of))
    )
