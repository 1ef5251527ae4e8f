"""Why a text is no figure: every refusal of the grammar with its rule, its place and its remedy."""

from __future__ import annotations

from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from timeline.currencies import CODES, CURRENT, SIGNS
from timeline.errors import ParseProblem
from timeline.figures.wording import LONG_SCALES, OPENERS, QUALIFIERS, SCALES, VERBS, is_letter

if TYPE_CHECKING:
    from timeline.figures.tokens import Token

ALONE: Final = "give the figure alone, such as '5 million', 'about HKD 190.6 million' or '> 410,000'"
RANGE: Final = "write both ends: 'between 5 and 7 million', or '5–7 million'"
NUMBER: Final = "put commas between thousands and a point before decimals: '1,071.5'"
ORDER: Final = "put the scale right after the number: '5 million vehicles'"
BRACKETS: Final = "write a conversion as in 'HKD 2.5 billion (USD 321 million)', or leave the brackets out"

_LOOKALIKES: Final = str.maketrans("oOlI", "0011")


def at(rule: str, what: str, fix: str, start: Token, end: Token | None = None) -> ParseProblem:
    """A refusal that points at the tokens from `start` to `end`, inclusive."""
    return ParseProblem(rule, what, fix, start.start, (end or start).end)


def glued(number: Token, word: Token) -> ParseProblem:
    """Letters touch a number and are neither a scale nor a unit that is printed so: `19o million`."""
    text = number.text + word.text
    digits = text.translate(_LOOKALIKES)
    is_number = digits.isascii() and digits[-1].isdigit()
    fix = (
        f"did you mean {digits}?" if is_number else f"write all digits, or a space before {word.text!r} if it is a unit"
    )
    return at("quantity-number", f"letters inside a number: {text!r}", fix, number, word)


def no_number(token: Token, rest: str) -> ParseProblem:
    """Something else stands where a number must; `rest` is the text after it."""
    word = token.text.casefold()
    if token.kind == "end":
        return at("quantity-malformed", "no number where one must stand", ALONE, token)
    if word in VERBS:
        return at("quantity-malformed", f"{token.text!r} is a verb", f"write '> {rest or '410,000'}'", token)
    if token.text.isupper() or word.upper() in CODES:
        return at("currency-unknown", f"{token.text!r} is no currency code", _meant(word.upper(), [*CURRENT]), token)
    fix = _meant(word, [*QUALIFIERS, *OPENERS, *SIGNS])
    return at("quantity-malformed", f"{token.text!r} does not belong to a figure", fix, token)


def misplaced_scale(unit: str, start: Token, end: Token) -> ParseProblem | None:
    """A unit that is a slip for a scale, or holds one: `5 milion`, `5 vehicles million`; None for a sound unit."""
    first, *others = unit.replace("-", " ").split() or [""]
    if is_letter(unit) and unit in SCALES:
        fix = f"write it at the number, as in '5{unit}', or in full"
        return at("quantity-scale", f"{unit!r} apart from its number may be a scale or a unit", fix, start, end)
    if first not in SCALES and (likely := _likely_scale(first)):
        return at("quantity-scale", f"unknown scale {first!r}", f"did you mean {likely!r}?", start)
    if any(word in SCALES and not is_letter(word) for word in (first, *others)):
        return at("quantity-scale", f"a scale out of place in {unit!r}", ORDER, start, end)
    return None


@lru_cache(maxsize=1 << 10)
def _likely_scale(word: str) -> str:
    """The scale that a word is a slip for; "" for a sound word. Remembered: a table has few units in all its rows."""
    return next(iter(get_close_matches(word, LONG_SCALES, n=1, cutoff=0.85)), "")


def _meant(word: str, known: list[str]) -> str:
    likely = get_close_matches(word, sorted(known), n=2, cutoff=0.65)
    return f"did you mean {' or '.join(map(repr, likely))}?" if likely else ALONE
