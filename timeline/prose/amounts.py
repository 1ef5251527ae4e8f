"""Amounts in prose: each number with what belongs to it, read by the parser of fixtures.

A number is an island: what stands before it (qualifier, currency, sign) and behind it (scale, currency, unit, the other
end of a range, a conversion) is taken by what it is, and put in the order in which a fixture writes it. So the value's
`printed` is a fixture's spelling, and the quote the source's.

"From 7,000 to 8,000" after a word of change is two figures, what was and what is; after "between", "ranging from", a
dash, or "to" between two alike it is a range.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from timeline.figures.wording import QUALIFIERS
from timeline.paragraphs import Span
from timeline.prose import marks
from timeline.prose.conversions import conversion_after
from timeline.prose.ends import BEFORE, End, alike, read_end
from timeline.prose.losses import is_loss
from timeline.prose.monies import chosen
from timeline.prose.nouns import Noun, noun_after
from timeline.prose.senses import Parts, sense_of
from timeline.prose.spans import Printed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.prose.monies import Money
    from timeline.prose.spans import What
    from timeline.values import Quantity

_CLAUSE: Final = 60
_NEAR: Final = 30
_REACH: Final = 24
"""Characters from the joint of a range within which its other end begins."""
_CLAUSES: Final = re.compile(r"[.;:](?=\s)|, (?:and|but|while)\b")
_PRICED: Final = re.compile(
    r"\b(?:price[ds]?(?: target)?(?: per \w+)?|pric(?:ing|ed at)|(?:clos|trad|open|sett?l"
    r"|chang)\w* (?:hands )?(?:up |down )?at"
    r"|close at|(?:percent|%) (?:to|at))\W*(?:of |at |to |was |is |ranging |between |range |set |from )*$",
    re.IGNORECASE,
)
_PER_SHARE: Final = re.compile(
    r"\bper (?:ordinary |common |diluted |basic )?(?:share|ADS)\b[^.;\d]{0,40}$", re.IGNORECASE
)
_BRACKET_PER_SHARE: Final = re.compile(
    r"\s?\([^()]{1,30}\)\s(?:per|a|for each|on each)\s(?:[a-z-]+\s){0,2}(?:share|ADS|unit)\b", re.IGNORECASE
)
_MEASURES: Final = frozenset("inch mile foot point kilometer kilometre meter metre watt volt cent".split())  # noqa: SIM905 - a list of words reads best as words


class Context(NamedTuple):
    """Where amounts are looked for.

    Attributes:
        paragraph: its number.
        text: of the paragraph.
        taken: a flag for each character: what is a date, a name or the like already.
        money: what tells its currencies.
    """

    paragraph: int
    text: str
    taken: bytearray
    money: Money

    def is_taken(self, start: int, end: int) -> bool:
        """Whether anything in a stretch is something else already."""
        return any(self.taken[start:end])


def amounts(context: Context) -> Iterator[Printed]:
    """Every amount of a paragraph that nothing else has taken, in order."""
    at = 0
    for found in marks.NUMBER.finditer(context.text):
        if found.start() >= at and not context.is_taken(*found.span()):
            amount = _Amount(context, found, at)
            if amount.is_figure:
                yield amount.printed()
                at = amount.end


class _Amount:
    """An amount round the number that was found; what belongs to it is taken from the inside out."""

    def __init__(self, context: Context, found: re.Match[str], floor: int) -> None:
        self._context = context
        self._text = context.text
        self._floor = floor
        self._first = read_end(self._text, found, floor)
        self._last, self._joint, self.end = self._first, "", self._first.end
        self._opener, self._qualifier, self._start = self._before()
        self._join()
        self._currency = self._first.currency or self._last.currency
        self._noun = self._counted()
        self._take_afterword()
        self._each = self._priced() if self._currency else ""
        self._conversion = self._converted() if self._currency else ""
        self._each = self._each or (self._priced() if self._conversion else "")

    @property
    def is_figure(self) -> bool:
        """Whether a number in words counts or measures something; one in digits always does."""
        if not self._first.worded or not self._first.is_bare or self._joint:
            return True
        return self._noun is not None and self._first.number != "1"

    def printed(self) -> Printed:
        """As the text prints it, with its sense."""
        parts = Parts(self._qualifier, self._first, self._joint, self._last, self._conversion, self._units())
        sense = sense_of(parts, self._context.money)
        number = self._context.paragraph
        return Printed(
            what=self._what(sense.value),
            quote=self._text[self._start : self.end],
            span=Span(number, self._start, self.end),
            core=Span(number, self._first.start, self._last.end if self._ends_in_unit() else self._last.last),
            value=sense.value,
            assumed=sense.assumed,
            alternatives=sense.alternatives,
            conversion=self._conversion,
            trend=self._trend(),
            negative=bool(self._currency)
            and not self._first.number.startswith("-")
            and is_loss(self._text, self._start, self.end),
        )

    def _ends_in_unit(self) -> bool:
        """Whether the sign or currency behind the number is a part of the figure itself."""
        return self._last.is_proportion or (bool(self._last.currency) and self._last.end > self._last.last)

    def _before(self) -> tuple[str, str, int]:
        """Opener, qualifier and start of the whole."""
        start = self._first.start
        nearest = max(start - BEFORE, self._floor)
        if found := marks.OPENER.search(self._text, nearest, start):
            return found["opener"].casefold(), "", start
        if found := marks.QUALIFIER.search(self._text, nearest, start):
            words = found["qualifier"] or found["sign"]
            return "", marks.qualifier_of(words), found.start()
        return "", "", start

    def _join(self) -> None:
        """Take the other end of a range, where this is one."""
        joint = marks.JOINT.match(self._text, self._first.end)
        if joint is None or QUALIFIERS.get(self._qualifier, "about") != "about":
            return
        found = marks.NUMBER.search(self._text, joint.end(), joint.end() + _REACH)
        if found is None or self._context.is_taken(*found.span()):
            return
        second, dash = read_end(self._text, found), joint["dash"].casefold()
        around = dash in ("±", "+/-") or dash.startswith("plus")
        if second.start == joint.end() and (around or self._is_range(dash, second)):
            self._last, self._joint, self.end = second, " ± " if around else " to ", second.end

    def _is_range(self, dash: str, second: End) -> bool:
        first = self._first
        if not alike(first, second) or second.number.startswith("-") or first.size(second) > second.size(second):
            return False
        if dash == "and" or self._opener == "between":
            return dash == "and" and self._opener.endswith("between")
        if dash in ("to", "through"):
            return bool(self._opener and self._opener != "from") or (
                not self._opener
                and (second.is_proportion or bool(first.unit) or self._is_level() or self._change() is None)
            )
        return True

    def _is_level(self) -> bool:
        """Whether it is told of something, "earnings of $2 to $3", and not where something went to."""
        return self._text[: self._start].endswith((" of ", " at "))

    def _change(self) -> re.Match[str] | None:
        """The last word of change before the amount, within its clause."""
        clause = _CLAUSES.split(self._text[max(self._start - _CLAUSE, 0) : self._start])[-1]
        return next(reversed([*marks.CHANGED.finditer(clause)]), None)

    def _counted(self) -> Noun | None:
        """The noun that the number counts, taken into the whole."""
        if self._currency or self._last.unit or self._first.unit:
            return None
        noun = noun_after(self._text, self._last.end)
        if noun is None or self._context.is_taken(self._last.end, noun.end):
            return None
        self.end = noun.end
        return noun

    def _take_afterword(self) -> None:
        if self._noun is None and not self._qualifier and (found := marks.AFTERWORD.match(self._text, self.end)):
            self.end = found.end()
            self._qualifier = "at most" if found["way"] in ("less", "fewer") else "at least"

    def _priced(self) -> str:
        """What each of something costs: "per share"."""
        found = marks.EACH.match(self._text, self.end)
        if found is None or self._context.is_taken(self.end, found.end()):
            return ""
        if not found["of"] and found["each"].casefold() not in ("each", "apiece"):
            return ""
        self.end = found.start() + len(found[0].rstrip())
        return f"per {' '.join(found['of'].casefold().split())}" if found["of"] else "each"

    def _converted(self) -> str:
        money = self._context.money
        found = conversion_after(self._text, self.end, chosen(self._currency, money).code, money)
        if found is None:
            return ""
        self.end = found.end
        return found.amount

    def _units(self) -> str:
        """The unit in words, as a fixture writes it."""
        return self._each or (self._noun.unit if self._noun else "")

    def _what(self, value: Quantity | None) -> What:
        if self._currency:
            if value is not None and " per " in value.unit:
                return "quantity"
            return "price" if self._each or self._is_price() else "money"
        if self._last.is_proportion:
            return "percent"
        whole = "." not in self._first.number + self._last.number or bool(self._last.scale)
        measured = self._noun is not None and self._noun.words.casefold().rstrip("s") in _MEASURES
        return "count" if whole and not self._last.unit and not measured else "quantity"

    def _is_price(self) -> bool:
        before = self._text[max(self._start - _CLAUSE, 0) : self._start]
        return not self._first.scale and bool(
            _PRICED.search(before) or _PER_SHARE.search(before) or _BRACKET_PER_SHARE.match(self._text, self.end)
        )

    def _trend(self) -> Literal["", "up", "down"]:
        """Whether a word of change right before it says which way; between them stand no number and no full stop."""
        near = self._text[max(self._start - _NEAR, 0) : self._start]
        found = next(reversed([*marks.CHANGED.finditer(near)]), None)
        if found is None or found["either"] or re.search(r"[.;]\s|\d", near[found.end() :]):
            return ""
        if not self._last.is_proportion and not near.rstrip().endswith(" by"):
            return ""
        return "down" if found["down"] else "up"
