"""A JSON object a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.intake.rows.json_text import DECODER
from timeline.intake.rows.row import Broken, Flaw, Row
from timeline.intake.rows.text import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from timeline.intake.rows.row import Layout

_OBJECT = 'write one object a line, such as {"key": "a", "shares": 5}'


class JsonLines:
    """The objects of a stream; empty lines count for nothing, and each line stands for itself."""

    columns = None
    rounded: tuple[str, ...] = ()

    def __init__(self, stream: BinaryIO, layout: Layout) -> None:
        del layout
        self._lines = Lines(stream)

    def __iter__(self) -> Iterator[Row]:
        number = 0
        while True:
            try:
                line = next(self._lines)
            except StopIteration:
                return
            except Broken as error:
                error.row = number + 1
                raise
            raw, flaw = self._lines.taken()
            if raw and not raw.isspace():
                number += 1
                yield Row(number, {}, raw, flaw) if flaw else row_of(number, line)


def row_of(number: int, text: str) -> Row:
    """The row that a JSON text stands for."""
    raw = text.strip()
    try:
        found = DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        return Row(number, {}, raw, Flaw("json-malformed", f"not JSON: {error}", _OBJECT))
    if not isinstance(found, dict):
        return Row(number, {}, raw, Flaw("json-shape", "a row is an object", _OBJECT))
    return Row(number, found, raw)
