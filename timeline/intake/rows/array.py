"""A JSON document whose rows are the items of one list, read item by item."""

from __future__ import annotations

import codecs
import json
import re
from typing import TYPE_CHECKING, Any

from timeline.intake.rows.json_text import DECODER
from timeline.intake.rows.row import LONGEST, Broken, Flaw, Row
from timeline.intake.rows.text import SAVE_AS, not_utf8, refuse_utf16
from timeline.intake.wording import listed, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from timeline.intake.rows.row import Layout

_CHUNK = 256 * 1024
_SPACE = re.compile(r"[ \t\n\r]*")
_AGAIN = "the file is cut or not JSON: write it again"
_WHERE = "name where the list stands: `rows: data.items`"


class Array:
    """The items of the list at the layout's `rows`.

    Once an item is no JSON, nobody can tell where the next one begins: the rest of the file is broken.
    """

    columns = None
    rounded: tuple[str, ...] = ()

    def __init__(self, stream: BinaryIO, layout: Layout) -> None:
        self._text = _Text(stream)
        self._path = layout.rows

    def __iter__(self) -> Iterator[Row]:
        number = 0
        try:
            self._descend()
            while self._item(number):
                number += 1
                start = self._text.at
                found, flaw = self._text.value()
                yield self._row(number, found, flaw, self._text.since(start))
                self._text.drop()
        except Broken as error:
            error.row = number
            raise

    def _row(self, number: int, found: object, flaw: Flaw | None, raw: str) -> Row:
        if flaw is None and not isinstance(found, dict):
            flaw = Flaw("json-shape", "a row is an object", 'write rows such as {"key": "a", "shares": 5}')
        return Row(number, found if isinstance(found, dict) else {}, raw, flaw)

    def _item(self, number: int) -> bool:
        """Whether another item follows; goes to its beginning."""
        if self._text.skip("]"):
            return False
        if number and not self._text.skip(","):
            self._text.fail("a comma or ] is wanted between items")
        return True

    def _descend(self) -> None:
        for name in self._path:
            if not self._text.skip("{"):
                raise Broken("json-shape", f"there is no object with {shown(name)} in it", _WHERE)
            self._find(name)
        if not self._text.skip("["):
            what = f"there is no list at {shown('.'.join(self._path))}" if self._path else "the document is no list"
            raise Broken("json-shape", what, _WHERE)

    def _find(self, name: str) -> None:
        """Go to the value of a name in the object that was just entered."""
        met: list[str] = []
        while not self._text.skip("}"):
            if met and not self._text.skip(","):
                self._text.fail("a comma or } is wanted between names")
            key, _ = self._text.value(before=":")
            met.append(str(key))
            if not self._text.skip(":"):
                self._text.fail("a colon is wanted behind a name")
            if key == name:
                return
            self._text.value()
            self._text.drop()
        there = listed(map(shown, met), "and") if met else "nothing"
        raise Broken("json-shape", f"there is no {shown(name)} in the object, but {there}", _WHERE)


class _Text:
    """The document as far as it is read, less what is done with.

    Attributes:
        at: offset in what is kept.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.at = 0
        self._stream = stream
        self._kept = ""
        self._dropped = 0
        self._bytes = 0
        self._ended = False
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def skip(self, char: str) -> bool:
        """Go past white space and then a character, if it is this one."""
        self._to_next()
        if self._kept[self.at : self.at + 1] != char:
            return False
        self.at += 1
        return True

    def since(self, start: int) -> str:
        """What stands between there and here."""
        return self._kept[start : self.at]

    def drop(self) -> None:
        """Forget what is behind."""
        if self.at > _CHUNK:
            self._kept, self._dropped, self.at = self._kept[self.at :], self._dropped + self.at, 0

    def value(self, before: str = ",]}") -> tuple[Any, Flaw | None]:
        """The value that begins here, and what is wrong with it though it is JSON; goes past it."""
        self._to_next()
        while True:
            try:
                found, end, flaw = *DECODER.raw_decode(self._kept, self.at), None
            except json.JSONDecodeError as error:
                if not self._more():
                    self.fail(error.msg, error.pos)
                continue
            except (ValueError, RecursionError) as error:
                flaw = Flaw("json-malformed", f"not JSON: {error}", "mend this item")
                found, end = None, self._end_of_flawed()
            # A number at the end of what is read may go on: 12 of 1200.
            rest = _SPACE.match(self._kept, end)
            if rest and self._kept[rest.end() : rest.end() + 1] in {*before}:
                self.at = end
                return found, flaw
            if not self._more():
                self.fail(f"one of {' '.join(before)} is wanted here", end)

    def fail(self, what: str, at: int | None = None) -> None:
        """Give the document up.

        Raises:
            Broken: always.
        """
        place = self._dropped + (self.at if at is None else at)
        raise Broken("json-malformed", f"not JSON at character {place:,}: {what}; the rest was not read", _AGAIN)

    def _end_of_flawed(self) -> int:
        """The end of a value that can be parsed but not taken; without it there is no next one."""
        while True:
            try:
                return json.JSONDecoder().raw_decode(self._kept, self.at)[1]
            except (ValueError, RecursionError) as error:
                if not self._more():
                    self.fail(str(error))

    def _to_next(self) -> None:
        while True:
            space = _SPACE.match(self._kept, self.at)
            self.at = space.end() if space else self.at
            if self.at < len(self._kept) or not self._more():
                return

    def _more(self) -> bool:
        """Read on; whether there was more. What is kept doubles, so that a long value is not parsed over and over."""
        if self._ended:
            return False
        if len(self._kept) - self.at > LONGEST:
            self.fail(f"a value of more than {LONGEST // 1024 // 1024} MiB", self.at)
        data = self._stream.read(max(_CHUNK, len(self._kept) - self.at))
        if self._bytes == 0:
            refuse_utf16(data)
        self._ended = not data
        try:
            text = self._decoder.decode(data, final=self._ended)
        except UnicodeDecodeError as error:
            flaw = not_utf8(error.object[error.start], self._bytes - len(error.object) + len(data) + error.start)
            raise Broken(flaw.rule, flaw.what, SAVE_AS) from None
        if self._bytes == 0:
            text = text.removeprefix("\ufeff")
        self._bytes += len(data)
        self._kept += text
        return bool(data)
