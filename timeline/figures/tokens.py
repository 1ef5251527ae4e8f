"""The text of a figure as tokens, and a place in them that only moves forwards."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

_T = TypeVar("_T")

GAP: Final = " \u00a0\u2009\u202f"  # spaces that print puts between thousands
# One character for one, so that offsets stay those of the text as given.
_FOLD: Final = str.maketrans("−‐‑（）％，．￥＄０１２３４５６７８９＋～＞＜", "---()%,.¥$0123456789+~><")  # noqa: RUF001
_CJK: Final = "\u3400-\u9fff"  # written without spaces, so every character is a word
_TOKEN: Final = re.compile(
    rf"(?P<number>[0-9](?:[0-9.,]|[{GAP}](?=[0-9]{{3}}(?![0-9])))*)"
    rf"|(?P<word>[{_CJK}]|(?:(?![{_CJK}])[^\W\d_])+)"
    r"|(?P<sign>\S)"
)
_AHEAD: Final = 3  # tokens of the longest phrase: "in excess of"


class Token(NamedTuple):
    """A number, a word, a sign or the end of the text; offsets count from 0."""

    kind: str
    text: str
    start: int
    end: int


class Cursor:
    """A place in the tokens of a text.

    Attributes:
        text: as given.
        folded: the same with full-width characters and special hyphens made plain, character for character.
        tokens: of the folded text, and two ends after the last, so that looking at the next one needs no care.
        at: index of the token that comes next.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = text.translate(_FOLD)
        found = (Token(match.lastgroup or "", match[0], *match.span()) for match in _TOKEN.finditer(self.folded))
        self.tokens = [*found, *[Token("end", "", len(text), len(text))] * 2]
        self.at = 0

    @property
    def here(self) -> Token:
        """The token that comes next."""
        return self.tokens[self.at]

    @property
    def after(self) -> Token:
        """The token after that."""
        return self.tokens[self.at + 1]

    @property
    def last(self) -> Token:
        """The token that was taken last."""
        return self.tokens[self.at - 1]

    def step(self, count: int = 1) -> Token:
        """Move on, and answer the first token that was taken."""
        token = self.here
        self.at += count
        return token

    def words(self, start: Token, end: Token) -> str:
        """What stands from one token to another, in lower case with single spaces."""
        return " ".join(self.folded[start.start : end.end].split()).casefold()

    def standing(self, table: Mapping[str, _T]) -> tuple[_T, int] | None:
        """What the longest phrase of the table that stands here means, and how many tokens it has."""
        left = len(self.tokens) - 2 - self.at
        for count in range(min(_AHEAD, left), 0, -1):
            words = self.words(self.here, self.tokens[self.at + count - 1])
            if words in table:
                return table[words], count
        return None

    def take(self, table: Mapping[str, _T]) -> _T | None:
        """Take the longest phrase of the table that stands here and answer what it means; None where none does."""
        found = self.standing(table)
        if found is None:
            return None
        self.step(found[1])
        return found[0]
