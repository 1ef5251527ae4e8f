"""Turns sections, pages and listings into text, JSON, JSON lines and CSV.

Pure: a value in, a text or an iterator of texts out. Knows sections and pages only, never a topic, a database or a
terminal. Each form is loaded when it is asked for: a page for people needs no CSV.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.render import changes, data, sheet, text, words

__all__ = ["changes", "data", "sheet", "text", "words"]


def __getattr__(name: str) -> object:
    if name in __all__:
        return import_module(f"timeline.render.{name}")
    message = f"module 'timeline.render' has no attribute {name!r}"
    raise AttributeError(message)
