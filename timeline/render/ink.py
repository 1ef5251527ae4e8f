"""Colour for terminals: a few SGR codes, or none at all."""

from __future__ import annotations

from typing import NamedTuple


class Ink(NamedTuple):
    """Marks text by what it means; with `color` off every text stays as it is.

    Text is laid out before it is inked, since the codes take no room on the screen.
    """

    color: bool = False

    def strong(self, text: str) -> str:
        """Names and titles."""
        return self._with("1", text)

    def faint(self, text: str) -> str:
        """Headings, rules and ids: what the eye may skip."""
        return self._with("2", text)

    def drawn(self, text: str) -> str:
        """Charts."""
        return self._with("36", text)

    def warning(self, text: str) -> str:
        """What needs attention."""
        return self._with("33", text)

    def error(self, text: str) -> str:
        """What is wrong."""
        return self._with("31", text)

    def _with(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.color and text.strip() else text
