"""The grammar of printed figures: which words and signs may stand around one or two numbers, and where.

One pass over the tokens, without backtracking. What the phrase means is settled in `timeline.figures`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from timeline.currencies import CODES, SIGNS
from timeline.figures import refusals
from timeline.figures.phrase import Mention, Phrase, Term
from timeline.figures.tokens import GAP, Cursor, Token
from timeline.figures.wording import (
    AFTERWORDS,
    COMPARING_SIGNS,
    EACH,
    JOINTS,
    OPENERS,
    QUALIFIERS,
    SCALES,
    STOPS,
    UNITS,
    is_letter,
)

MOST_DIGITS: Final = 40  # of one number
_MOST_SCALES: Final = 2
_MOST_WORDS: Final = 4  # of a unit

_NUMBER: Final = re.compile(
    r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?"
    rf"|[1-9][0-9]{{0,2}}(?P<gap>[,{GAP}])[0-9]{{3}}(?:(?P=gap)[0-9]{{3}})*(?:\.[0-9]+)?"
)
_NO_UNITS: Final = (STOPS, SIGNS, QUALIFIERS)
_SEPARATORS: Final = re.compile(rf"[,{GAP}]")


def phrase_of(text: str) -> Phrase:
    """The one figure that makes up the text.

    Raises:
        ParseProblem: the text holds no figure, more than one, or words that belong to none.
    """
    cursor = Cursor(text)
    phrase = _phrase(cursor)
    if cursor.here.kind != "end":
        rest = text[cursor.here.start :].strip()
        what = f"{rest!r} does not belong to the figure before it"
        raise refusals.at("quantity-malformed", what, refusals.ALONE, cursor.here, cursor.tokens[-1])
    return phrase


def _phrase(cursor: Cursor, *, inside: bool = False) -> Phrase:
    """One or two terms; `inside` the brackets of a conversion no further brackets open."""
    phrase = Phrase()
    _term(cursor, phrase, inside=inside)
    phrase.joint = _joint(cursor, phrase)
    if phrase.joint:
        _term(cursor, phrase, inside=inside)
    if phrase.opener and phrase.joint != "to":
        what = f"{phrase.opener!r} without a second end"
        raise refusals.at("quantity-malformed", what, refusals.RANGE, cursor.here)
    return phrase


# The functions below that answer a truth take what they are named after, if it stands at the cursor.


def _term(cursor: Cursor, phrase: Phrase, *, inside: bool) -> None:
    term = Term()
    phrase.terms.append(term)
    while _qualifier(cursor, phrase) or _opener(cursor, phrase) or _currency(cursor, term) or _sign(cursor, term):
        pass
    _number(cursor, term)
    while (
        _close(cursor, term)
        or _scale(cursor, term)
        or _afterword(cursor, phrase)
        or _currency(cursor, term)
        or (not inside and _conversion(cursor, phrase, term))
        or _unit(cursor, term)
    ):
        pass
    if term.is_open:
        raise refusals.at("quantity-malformed", "a bracket that is not closed", "add the ')'", cursor.here)


def _joint(cursor: Cursor, phrase: Phrase) -> str:
    if phrase.opener and cursor.here.text.casefold() == OPENERS[phrase.opener]:
        cursor.step()
        return "to"
    return cursor.take(JOINTS) or ""


def _qualifier(cursor: Cursor, phrase: Phrase) -> bool:
    start = cursor.here
    name = cursor.take(QUALIFIERS)
    if name is None:
        return False
    _qualify(cursor, phrase, name, start)
    phrase.compares_by_sign = cursor.words(start, cursor.last) in COMPARING_SIGNS
    return True


def _afterword(cursor: Cursor, phrase: Phrase) -> bool:
    start = cursor.here
    joint = cursor.standing(JOINTS)
    if joint and joint[0] == "±":  # "+/-" and "plus or minus" begin like "+" and "plus"
        return False
    name = cursor.take(AFTERWORDS)
    if name is None:
        return False
    _qualify(cursor, phrase, name, start)
    return True


def _qualify(cursor: Cursor, phrase: Phrase, name: str, start: Token) -> None:
    if phrase.qualifier or len(phrase.terms) > 1:
        what = f"a second qualifier, or one at the end of a range: {cursor.words(start, cursor.last)!r}"
        raise refusals.at("quantity-ambiguous", what, "keep one qualifier, before the figure", start, cursor.last)
    phrase.qualifier = name


def _opener(cursor: Cursor, phrase: Phrase) -> bool:
    name = cursor.here.text.casefold()
    if name not in OPENERS or phrase.opener or len(phrase.terms) > 1:
        return False
    phrase.opener = name
    cursor.step()
    return True


def _sign(cursor: Cursor, term: Term) -> bool:
    sign = cursor.here.text
    if term.sign or sign not in ("-", "–", "+", "("):
        return False
    cursor.step()
    term.sign = "-" if sign == "–" else sign
    term.is_open = sign == "("
    return True


def _close(cursor: Cursor, term: Term) -> bool:
    if not term.is_open or cursor.here.text != ")":
        return False
    cursor.step()
    term.is_open = False
    return True


def _number(cursor: Cursor, term: Term) -> None:
    token = cursor.here
    if token.kind != "number":
        raise refusals.no_number(token, cursor.text[token.end :].strip())
    if sum(letter.isdigit() for letter in token.text) > MOST_DIGITS:
        what = f"a number of more than {MOST_DIGITS} digits"
        raise refusals.at("quantity-too-long", what, "give the digits that the source prints", token)
    if not _NUMBER.fullmatch(token.text):
        raise refusals.at("quantity-number", f"{token.text!r} is not a number", refusals.NUMBER, token)
    after = cursor.after
    if after.kind == "word" and after.start == token.end and not _may_touch(after.text):
        raise refusals.glued(token, after)
    term.number = Decimal(_SEPARATORS.sub("", token.text))
    term.start, term.end = token.start, token.end
    cursor.step()


def _may_touch(word: str) -> bool:
    """Whether a word may follow its number without a space: `4.6m`, `4.5GWh`, `5USD`, and any ideograph."""
    known = word.casefold()
    return word in CODES or known in SCALES or known in UNITS or known in SIGNS or "\u3400" <= word <= "\u9fff"


def _scale(cursor: Cursor, term: Term) -> bool:
    apart = is_letter(cursor.here.text) and cursor.last.end != cursor.here.start
    if apart or term.unit or term.scales == _MOST_SCALES:
        return False
    power = cursor.take(SCALES)
    if power is None:
        return False
    term.scales += 1
    term.power += power
    return True


def _currency(cursor: Cursor, term: Term) -> bool:
    start = cursor.here
    codes = (cursor.step().text,) if start.text in CODES else cursor.take(SIGNS)
    if codes is None:
        return False
    common = tuple(code for code in codes if not term.currencies or code in term.currencies)
    text = cursor.text[start.start : cursor.last.end]
    if not common:
        what = f"one figure in two currencies: {text!r} contradicts {term.mention.text if term.mention else ''!r}"
        fix = "put a conversion in brackets after the figure"
        raise refusals.at("currency-conflict", what, fix, start, cursor.last)
    term.currencies = common
    term.mention = term.mention or Mention(text, codes, start.start, cursor.last.end)
    return True


def _conversion(cursor: Cursor, phrase: Phrase, term: Term) -> bool:
    if cursor.here.text != "(" or term.is_open:
        return False
    start = cursor.step()
    amount = _phrase(cursor, inside=True)
    converted = next((inner.currencies for inner in amount.terms if inner.currencies), ())
    if cursor.here.text != ")" or not converted:
        what = "brackets after a number hold its conversion into another currency, and nothing else"
        raise refusals.at("quantity-conversion", what, refusals.BRACKETS, start, cursor.here)
    text = cursor.text[start.end : cursor.step().start].strip()
    phrase.conversion = f"{phrase.conversion}; {text}" if phrase.conversion else text
    phrase.converted = converted
    return True


def _unit(cursor: Cursor, term: Term) -> bool:
    if term.unit:
        return False
    start = cursor.here
    term.unit = cursor.take(UNITS) or ""
    if not term.unit:
        while count := _unit_words(cursor):
            cursor.step(count)
        if cursor.here is not start:
            term.unit = _named(cursor.words(start, cursor.last), start, cursor.last)
    return bool(term.unit)


def _unit_words(cursor: Cursor) -> int:
    """How many tokens the unit grows by: a word, or a hyphen or slash with the word that it ties on."""
    token = cursor.here
    if _is_unit_word(token):
        return 1
    tied = token.text in ("-", "/") and cursor.last.end == token.start and token.end == cursor.after.start
    return 2 if tied and _is_unit_word(cursor.after) else 0


def _is_unit_word(token: Token) -> bool:
    word = token.text.casefold()
    return token.kind == "word" and token.text not in CODES and not any(word in table for table in _NO_UNITS)


def _named(unit: str, start: Token, end: Token) -> str:
    """The one name of a unit: any class of shares is shares, and what each of something costs is "per" it."""
    unit = f"per {unit[1:]}" if unit.startswith("/") else unit.lstrip("-")
    words = re.split("[ -]", unit)
    if problem := refusals.misplaced_scale(unit, start, end):
        raise problem
    if len(words) > _MOST_WORDS:
        raise refusals.at("quantity-unit", f"{unit!r} is too long for a unit", refusals.ALONE, start, end)
    if words[-1] in EACH and words != ["each"]:
        raise refusals.at("quantity-unit", f"{unit!r} does not say what of", "write it out: 'per share'", start, end)
    if words[0] in EACH:
        return f"per {' '.join(words[1:]) or 'piece'}"
    return "shares" if words[-1] in ("share", "shares") and "per" not in words else unit
