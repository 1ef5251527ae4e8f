"""How names are compared: without regard to case, punctuation, width or spacing."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """The form in which two spellings of one name are equal; letters and digits of all scripts are kept."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    words = "".join(letter if letter.isalnum() else " " for letter in plain).split()
    return " ".join(words)
