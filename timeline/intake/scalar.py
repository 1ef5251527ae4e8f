"""Scalars as values: each is typed by the field that it stands in, never by how YAML would guess it."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal
from functools import lru_cache, partial
from typing import TYPE_CHECKING, TypeAlias, TypeVar, assert_never

from timeline.dates import When
from timeline.errors import ParseProblem
from timeline.intake.form import Form
from timeline.intake.reading import BAD, Bad
from timeline.intake.shape import Choice, Day, Figure, Number, Text, Time, Whole, YesNo
from timeline.intake.wording import did_you_mean, nearest, normal, shown
from timeline.intake.yaml_nodes import RefusedNode, ScalarNode, SequenceNode
from timeline.metrics import canonical, known
from timeline.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.intake.reading import Reading
    from timeline.intake.yaml_nodes import Node

ScalarShape: TypeAlias = Text | YesNo | Whole | Number | Day | Choice | Figure | Time

YES_NO = {"yes": True, "true": True, "no": False, "false": False}
# Canonical JSON keeps integers up to 2^53 only; no count of paragraphs or sessions comes near.
WHOLE = "-?(0|[1-9][0-9]{0,14})"
NUMBER = rf"{WHOLE}(\.[0-9]{{1,15}})?"
DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

# Controls, surrogates, and the signs that turn the direction of writing, by which a text can pretend to be another.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

_MOST_LISTED = 20

_ANY = Form()

_T = TypeVar("_T")


def scalar(node: Node, shape: ScalarShape, reading: Reading) -> object | Bad:
    """The value of a node in a field that takes one value."""
    form = shape.form if isinstance(shape, Text) else _ANY
    value = parsed(node, partial(_typed, shape=shape, currency=reading.currency), reading, form)
    if isinstance(shape, Text) and shape.metric and isinstance(value, str):
        _remark_new_metric(node, value, reading)
    return value


def _remark_new_metric(node: Node, name: str, reading: Reading) -> None:
    """A metric that nobody knows is accepted; one that is nearly another's name is probably that one."""
    if name not in known() and (near := nearest(name, known())):
        what = f"{shown(name)} is taken as a new metric"
        reading.remark(node, "metric-new", what, f"{did_you_mean(near)} A metric has one name")


def parsed(node: Node, parse: Callable[[str], _T], reading: Reading, form: Form = _ANY) -> _T | Bad:
    """What a parser makes of a node's text; its complaint is noted at the very characters."""
    plain = _written(node, reading)
    if plain is BAD:
        return BAD
    stored = _stored(plain, form, reading)
    if stored is BAD:
        return BAD
    try:
        return parse(stored)
    except ParseProblem as problem:
        return reading.refuse_part(plain, problem)


def _written(node: Node, reading: Reading) -> ScalarNode | Bad:
    if isinstance(node, RefusedNode):
        return BAD
    if not isinstance(node, ScalarNode):
        form = "a list" if isinstance(node, SequenceNode) else "a mapping"
        return reading.refuse(node, "shape-unexpected", f"{form} stands where one value is wanted", "write one value")
    if node.empty:
        fix = "leave the field out where the source does not say; put the word in quotes where it is meant"
        return reading.refuse(node, "value-empty", "nothing is written here", fix)
    return node


def _stored(node: ScalarNode, form: Form, reading: Reading) -> str | Bad:
    stored = unicodedata.normalize("NFC", node.text) if form.verbatim else normal(node.text)
    if len(stored) > form.longest:
        what = f"{len(stored):,} characters, where {form.longest:,} are the most"
        return reading.refuse(node, "text-too-long", what, f"write {form.must}" if form.must else "shorten it")
    odd = _UNPRINTABLE.search(stored)
    if odd:
        what = f"the character U+{ord(odd[0]):04X} cannot stand in a text"
        fix = "write the text in one line; to wrap a long one, begin it with >- and go on in the next line"
        return reading.refuse_part(node, ParseProblem("text-control-character", what, fix, odd.start(), odd.end()))
    if not form.fits(stored):
        return reading.refuse(node, form.rule, f"{shown(stored)} has not the form wanted here", form.remedy(stored))
    return stored


def _typed(text: str, shape: ScalarShape, currency: str) -> object:
    match shape:
        case Figure():
            return _figure(text, shape, currency)
        case Time():
            return _when(text)
        case Choice():
            return _choice(text, shape.options)
        case YesNo():
            return YES_NO[_choice(text, tuple(YES_NO), "yes-no-malformed")]
        case Whole():
            return _whole(text, shape)
        case Number():
            return Decimal(_matching(NUMBER, text, "number-malformed", "a plain number such as 0.63"))
        case Day():
            return _day(text)
        case Text():
            return canonical(text) if shape.metric else text
        case _:
            assert_never(shape)


@lru_cache(maxsize=1 << 12)
def _when(text: str) -> When:
    """Remembered: a row has its day in several places, and so have the rows around it."""
    return When.parse(text)


def _figure(text: str, shape: Figure, currency: str) -> Quantity:
    quantity = Quantity.parse(text, currency)
    if shape.measure is None:
        return quantity
    refusal = shape.measure.refuses(quantity)
    if refusal:
        raise refusal
    return shape.measure.settle(quantity)


def _choice(text: str, options: tuple[str, ...], rule: str = "choice-unknown") -> str:
    if text in options:
        return text
    listed = ", ".join(options) if len(options) <= _MOST_LISTED else f"the {len(options)} that are known"
    raise ParseProblem(
        rule, f"{shown(text)} is none of {listed}", did_you_mean(nearest(text, options)) or "write one of them"
    )


def _whole(text: str, shape: Whole) -> int:
    number = int(_matching(WHOLE, text, "number-malformed", "a whole number such as 6"))
    if shape.least is not None and number < shape.least:
        raise ParseProblem("number-out-of-range", f"{number} is too small", f"write {shape.least} or more")
    if shape.most is not None and number > shape.most:
        raise ParseProblem("number-out-of-range", f"{number} is too large", f"write {shape.most} or less")
    return number


def _day(text: str) -> dt.date:
    form = "a day such as 2026-01-08"
    day = _matching(DAY, text, "day-malformed", form)
    try:
        return dt.date.fromisoformat(day)
    except ValueError:
        raise ParseProblem("day-malformed", f"there is no day {text}", f"write {form}") from None


def _matching(pattern: str, text: str, rule: str, must: str) -> str:
    if not re.fullmatch(pattern, text, re.ASCII):
        raise ParseProblem(rule, f"{shown(text)} is not {must.partition(' such')[0]}", f"write {must}")
    return text
