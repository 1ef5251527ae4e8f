"""Holds each field of a proposed fact against the text: what is not told there does not pass.

A figure, number or time has to be printed; a text in words has to be made of words of the text, for the most part. The
values are walked by the same shapes by which a fixture is read, and what fits no shape does not pass.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from timeline.app.drafting.filling import negated
from timeline.app.drafting.model import figures
from timeline.app.drafting.model.locating import place_of, shows
from timeline.app.drafting.model.material import STEM, UnfitError
from timeline.dates import When
from timeline.errors import ParseProblem
from timeline.intake.convert import WHEN_FIELDS
from timeline.intake.shape import Choice, Day, Figure, Group, Many, Number, Text, Time, Whole, YesNo
from timeline.intake.wording import shown
from timeline.metrics import ALIASES, canonical
from timeline.naming import folded
from timeline.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from timeline.app.drafting.model.locating import Place
    from timeline.app.drafting.model.material import Material
    from timeline.intake.shape import Field, Shape
    from timeline.prose.spans import Printed

_CODE: Final = re.compile("[A-Z0-9]{4}")
_ADDRESS: Final = re.compile(r"://|\bwww\.|@", re.IGNORECASE)
_MOST_VALUES: Final = 60
"""Values of one fact, lists and all; the fullest that is known has some twenty."""

_TELLING: Final = 4
"""Letters from which a word tells something; shorter ones, such as "and", stand in every text."""


class Grounding:
    """One fact as it is held against its places.

    Attributes:
        places: those that it was given, and those of prints that its fields turned out to hold.
        doubts: what was taken for granted, each a short line.
    """

    def __init__(self, places: Sequence[Place], material: Material) -> None:
        self.places = list(places)
        self.doubts = [place.doubt for place in places if place.doubt]
        self._material = material
        self._currency = material.question.currency
        self._values = 0

    def fields(self, written: Mapping[str, Any], known: Mapping[str, Field]) -> dict[str, Any]:
        """The fields as a fixture writes them.

        Raises:
            UnfitError: a field is not one of the kind, or says what the text does not.
        """
        if unknown := sorted(set(written) - set(known)):
            raise UnfitError(f"the kind has no field {shown(unknown[0])}")
        found = {name: self._value(name, value, known[name].shape) for name, value in written.items()}
        return {name: value for name, value in found.items() if value not in ("", [], {})}

    def _value(self, name: str, written: Any, shape: Shape) -> Any:  # noqa: ANN401  what a model wrote
        match shape, written:
            case Many(item), dict() if isinstance(item, Group) and item.is_pair and set(written) != set(item.fields):
                pair = item.fields["value"].shape
                return {self._text(name, key): self._value(name, value, pair) for key, value in written.items()}
            case Many(item), list():
                return [self._value(name, value, item) for value in written]
            case Many(item), _ if not isinstance(written, list):
                return self._value(name, written, item)
            case Group(_, fields), dict():
                return self.fields(written, fields)
            case Time(), dict():
                return self._worded(name, written)
            case _, str():
                return self._scalar(name, written.strip(), shape)
            case _:
                raise UnfitError(f"{name} has not the form that a fixture has")

    def _scalar(self, name: str, text: str, shape: Shape) -> Any:  # noqa: ANN401  a text, or a mapping for a worded date
        self._values += 1
        if self._values > _MOST_VALUES:
            raise UnfitError(f"it has more than {_MOST_VALUES} values")
        match shape:
            case Figure():
                return self._figure(name, text)
            case Time() | Day():
                return self._time(name, text)
            case Whole() | Number():
                return self._number(name, text)
            case Text(_, is_metric):
                return self._metric(name, text) if is_metric else self._text(name, text)
            case Choice() | YesNo():
                return text
            case _:
                raise UnfitError(f"{name} has not the form that a fixture has")

    def _figure(self, name: str, text: str) -> str:
        numbered = self._material.numbered(text)
        if numbered is not None and isinstance(numbered.value, Quantity):
            self._quote(numbered)
            return figures.written(numbered)
        figure = figures.parsed(text, self._currency)
        if figure and (found := self._as_printed(figure)):
            return found
        if figure and self._are_printed(figures.ends(figure)):
            return text
        if self._is_quote(text):
            return text
        raise UnfitError(f"{name} {shown(text)} is printed by none of its quotes")

    def _as_printed(self, figure: Quantity) -> str:
        """The figure as its print has it, with a minus where that tells a fall; empty where it is not printed."""
        if sense := self._sense(figure):
            self._quote(sense.printed)
            return figures.written(sense.printed, sense.value)
        positive = figures.opposite(figure)
        if positive and (sense := self._sense(positive, falling=True)):
            self._quote(sense.printed)
            return negated(figures.written(sense.printed, sense.value))
        return ""

    def _are_printed(self, ends: Sequence[Quantity]) -> bool:
        """Whether each end of a range is a print of its own."""
        senses = [sense for end in ends if (sense := self._sense(end))]
        for sense in senses:
            self._quote(sense.printed)
        return bool(ends) and len(senses) == len(ends)

    def _sense(self, figure: Quantity, *, falling: bool = False) -> figures.Sense | None:
        """What the paragraphs print of a figure, before all what is quoted; None for nothing."""
        key = figures.key(figure)
        found = [sense for number in self._paragraphs for sense in self._material.senses(number).get(key, ())]
        fit = (sense for sense in found if not falling or self._falls(sense.printed))
        return min(fit, key=lambda sense: not self._is_quoted(sense.printed), default=None)

    def _falls(self, each: Printed) -> bool:
        return figures.falls(each, self._material.paragraphs[each.span.paragraph - 1].text)

    def _is_quote(self, text: str) -> bool:
        """Whether it is word for word one of the quotes, of a print that is found by no rule."""
        quotes = {self._material.text(span) for place in self.places for span in place.spans}
        return text in quotes and not any(map(self._is_quoted, self._printed()))

    def _number(self, name: str, text: str) -> str:
        numbered = self._material.numbered(text)
        wanted = figures.number_of(numbered) if numbered else text
        for each in [numbered] if numbered else self._printed():
            if wanted and figures.number_of(each) == wanted:
                self._quote(each)
                return wanted
        raise UnfitError(f"{name} {shown(text)} is printed by none of its quotes")

    def _worded(self, name: str, written: dict[str, Any]) -> Any:  # noqa: ANN401  a text, or a mapping for a worded date
        when = written.get("when")
        if set(written) - set(WHEN_FIELDS) or not isinstance(when, str):
            raise UnfitError(f"{name} has not the form that a fixture has")
        return self._time(name, when)

    def _time(self, name: str, text: str) -> Any:  # noqa: ANN401  a text, or a mapping for a worded date
        numbered = self._material.numbered(text)
        if numbered is not None and isinstance(numbered.value, When):
            text = numbered.value.edtf
        when = _when(name, text)
        if self._is_publication(when):
            return text
        for printed in ((numbered,) if numbered else (), self._printed(), self._material.dates):
            if found := figures.time_of(when, printed):
                self._quote(found[0])
                self.doubts += [found[1]] if found[1] else []
                return {"when": when.edtf, "wording": found[0].quote} if found[0].assumed else when.edtf
        raise UnfitError(f"{name} {shown(text)} is neither printed nor the day of publication")

    def _is_publication(self, when: When) -> bool:
        """Whether it is the day of publication, or that day or any before."""
        day = self._material.question.published
        return day is not None and when.last == day and (when.first == day or when.first is None)

    def _metric(self, name: str, text: str) -> str:
        spellings = (text, canonical(text), *ALIASES.get(canonical(text), ()))
        if max(map(self._told, spellings)) * 2 >= 1:
            return text
        raise UnfitError(f"{name} {shown(text)} is not told in the text")

    def _text(self, name: str, text: str) -> str:
        """A text in words, that the text has for the most part; a code that it does not print is left out."""
        if self._material.names(text):
            return text
        if _ADDRESS.search(text):
            raise UnfitError(f"{name} holds an address that the text does not print")
        if _CODE.fullmatch(text):
            self.doubts.append(f"{name} {text} is not printed and is left out")
            return ""
        share = self._told(text)
        if share * 2 < 1 or not self._has_numbers(text):
            raise UnfitError(f"{name} {shown(text)} is not told in the text")
        if share < 1:
            self.doubts.append(f"{name} {shown(text)} has words that the text has not")
        return text

    def _told(self, text: str) -> float:
        """The share of the telling words that stand in the text, in this form or another."""
        words = folded(text).split()
        telling = [word for word in words if len(word) >= _TELLING or not word.isascii()] or words
        return sum(map(self._has_word, telling)) / len(telling) if telling else 0.0

    def _has_word(self, word: str) -> bool:
        material = self._material
        return word in material.words or word[:STEM] in material.stems or (not word.isascii() and material.names(word))

    def _has_numbers(self, text: str) -> bool:
        numbers = (word for word in folded(text).split() if any(char.isdigit() for char in word))
        return all(word in self._material.words for word in numbers)

    def name(self, field: str, text: str) -> str:
        """A person or a company as it is named in the text.

        Raises:
            UnfitError: not all of its words stand there.
        """
        if not self._material.names(text) and not all(word in self._material.words for word in folded(text).split()):
            raise UnfitError(f"{field} {shown(text)} is not named in the text")
        if not folded(text):
            raise UnfitError(f"{field} has no name in it")
        return text

    @property
    def _paragraphs(self) -> list[int]:
        """The numbers of those that it is quoted from."""
        return sorted({span.paragraph for place in self.places for span in place.spans})

    def _printed(self) -> list[Printed]:
        """What these paragraphs print, what is quoted first."""
        return sorted(self._material.printed_in(self._paragraphs), key=lambda each: not self._is_quoted(each))

    def _is_quoted(self, each: Printed) -> bool:
        return any(shows(span, each, self._material) for place in self.places for span in place.spans)

    def _quote(self, printed: Printed) -> None:
        """See to it that a print is quoted."""
        if not self._is_quoted(printed):
            self.places.append(place_of(printed, self._material))


def _when(name: str, text: str) -> When:
    try:
        return When.parse(text)
    except ParseProblem as problem:
        raise UnfitError(f"{name}: {problem.what}") from None
