"""Turns sections, pages and listings into text, JSON, JSON lines, CSV, workbooks and Parquet files.

Pure: a value in, a text, an iterator of texts or a written file out. Knows sections and pages only, never a topic, a
database or a terminal. Each form is loaded when it is asked for: a page for people needs no CSV.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.render import book, changes, data, parquet, sheet, text, words, workbook

__all__ = ["book", "changes", "data", "parquet", "sheet", "text", "words", "workbook"]


def __getattr__(name: str) -> object:
    if name in __all__:
        return import_module(f"timeline.render.{name}")
    message = f"module 'timeline.render' has no attribute {name!r}"
    raise AttributeError(message)
