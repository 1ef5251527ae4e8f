"""Lines of UTF-8, each with the bytes that are none."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Self

from timeline.intake.rows.row import LONGEST, Broken, Flaw

if TYPE_CHECKING:
    from typing import BinaryIO

SAVE_AS = "save the file as UTF-8"


class Lines:
    """The lines of a stream, remembered until they are taken as a row's own text."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._offset = 0
        self._met: list[str] = []
        self._flaw: Flaw | None = None

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        data = self._stream.readline(LONGEST + 1)
        if not data:
            raise StopIteration
        if len(data) > LONGEST:
            raise Broken("row-too-long", f"a line of more than {LONGEST // 1024 // 1024} MiB", "is this a table?")
        text = self._decoded(data)
        self._offset += len(data)
        self._met.append(text)
        return text

    def taken(self) -> tuple[str, Flaw | None]:
        """The text of the lines since the last time, and what is wrong with their bytes."""
        found = "".join(self._met).rstrip("\r\n"), self._flaw
        self._met, self._flaw = [], None
        return found

    def _decoded(self, data: bytes) -> str:
        if self._offset == 0:
            refuse_utf16(data)
        try:
            text = data.decode()
        except UnicodeDecodeError as error:
            self._flaw = self._flaw or not_utf8(data[error.start], self._offset + error.start)
            text = data.decode(errors="backslashreplace")
        return text if self._offset else text.removeprefix("\ufeff")


def refuse_utf16(data: bytes) -> None:
    """Refuse what begins as UTF-16 does: every line of it would be wrong.

    Raises:
        Broken: it does.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Broken("file-not-utf8", f"UTF-16, not UTF-8 (byte 0x{data[0]:02X} at offset 0)", SAVE_AS)


def not_utf8(byte: int, offset: int) -> Flaw:
    """What is told of a byte."""
    return Flaw("file-not-utf8", f"not UTF-8: byte 0x{byte:02X} at offset {offset:,}", SAVE_AS)
