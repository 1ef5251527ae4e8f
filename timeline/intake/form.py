"""Forms that a text has to have: slugs, keys, quotes, codes."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from msgspec import Meta

LONGEST_TEXT = 2_000
LONGEST_QUOTE = 120


class Form(Struct, frozen=True):
    """What a text has to look like.

    Attributes:
        pattern: regular expression for the whole text; empty for any text.
        rule: name of the rule that it breaks otherwise.
        must: how it has to be, to be read behind "write".
        longest: number of characters that it may have at most.
        verbatim: white space around it belongs to it.
    """

    pattern: str = ""
    rule: str = "text-malformed"
    must: str = ""
    longest: int = LONGEST_TEXT
    verbatim: bool = False

    def fits(self, text: str) -> bool:
        """Whether the whole text matches the pattern."""
        return not self.pattern or re.fullmatch(self.pattern, text) is not None

    def remedy(self, text: str) -> str:
        """How to write it, with a proposal where one can be made."""
        meant = slug(text) if self.rule == SLUG.rule else text.lower() if self.rule != KEY.rule else ""
        return f"write {self.must}" + (f", such as {meant}" if meant and self.fits(meant) else "")


SLUG = Form("[a-z0-9][a-z0-9-]*", "company-malformed", "lower-case letters, digits and hyphens", longest=100)
SOURCE_ID = Form(
    "[a-z0-9][a-z0-9._-]*",
    "source-id-malformed",
    "lower-case letters, digits, dots, hyphens and underscores, a letter or digit first",
    longest=120,
)
KEY = Form(
    "[^@].*", "key-malformed", "a key that does not begin with @, which the log keeps for its own keys", longest=200
)
QUOTE = Form(must="only the printed figure or name, never a whole sentence", longest=LONGEST_QUOTE)
CONTEXT = Form(must="only what tells the quote from its repetitions", longest=LONGEST_QUOTE, verbatim=True)
URL = Form(r"https?://\S+", must="a web address that begins with https:// or http://")
LANGUAGE = Form("[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", must="a BCP 47 tag such as en or de-AT", longest=35)
SHA256 = Form("[0-9a-f]{64}", must="64 hexadecimal digits in lower case")


def of_meta(meta: Meta) -> Form:
    """The form that a payload's own annotation asks for."""
    must = f"a text that matches {meta.pattern}" if meta.pattern else ""
    # msgspec searches, so that a pattern without anchors may match anywhere.
    return Form(
        f"(?s:.*?(?:{meta.pattern}).*)" if meta.pattern else "", must=must, longest=meta.max_length or LONGEST_TEXT
    )


def slug(text: str) -> str:
    """The slug that a name would have; empty where none of it is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")
