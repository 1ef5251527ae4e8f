"""What was decided of a draft, kept in a file beside it: a line a decision, on the disk before the next is asked for.

An entry is known by the hash of its lines, so that one that was edited in the draft meanwhile is asked about again. An
undone decision stays in the file with the line that undoes it. A line that a crash cut off was never acknowledged.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec import Struct

from timeline.errors import InvalidInput, Problem, TimelineError
from timeline.intake.files import display

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SUFFIX = ".review"
SCHEMA = "timeline.review/1"

Verb = Literal["keep", "edit", "drop", "later", "leave out", "fact", "undo", "written"]


class Decision(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A line of the file.

    Attributes:
        item: id of the entry; of what was written, the hash of the file.
        do: keep, edit, drop or later for any entry; leave out or fact for a candidate; undo takes back the last one
            about the entry; written tells of a file that was made of all.
        text: the body that an edit or a fact put in its place, the reason for leaving out, or the path written.
    """

    item: str
    do: Verb
    text: str = ""


class _Head(Struct, frozen=True):
    """The first line."""

    schema: str


class Decisions:
    """All decisions about a draft, and the file that holds them.

    Attributes:
        path: of the file.
    """

    def __init__(self, draft: str) -> None:
        self.path = Path(draft + SUFFIX)
        self._standing: list[Decision] = []
        self._written: dict[str, str] = {}
        self._end = self._size = 0
        for decision in self._read():
            self._enter(decision)

    def of(self, item: str) -> Decision | None:
        """The one that holds of an entry; None where it is open."""
        return next((each for each in reversed(self._standing) if each.item == item), None)

    def verb(self, item: str) -> str:
        """What was decided of an entry; empty while it is open."""
        found = self.of(item)
        return found.do if found else ""

    def last(self, items: Iterable[str]) -> Decision | None:
        """The latest one about any of these entries."""
        known = set(items)
        return next((each for each in reversed(self._standing) if each.item in known), None)

    def add(self, decision: Decision) -> None:
        """Write a decision down.

        Raises:
            TimelineError: it cannot be written, or another review does; nothing was decided then.
        """
        data = msgspec.json.encode(decision) + b"\n"
        if not self._end:
            data = msgspec.json.encode(_Head(SCHEMA)) + b"\n" + data
        try:
            self._append(data)
        except OSError as error:
            raise self._unusable("written", error) from error
        self._enter(decision)

    def undo(self, items: Iterable[str]) -> Decision | None:
        """Take back the latest decision about these entries; the one that was taken back, None where there is none."""
        undone = self.last(items)
        if undone:
            self.add(Decision(undone.item, "undo"))
        return undone

    def is_own(self, path: Path) -> bool:
        """Whether a file is what this review wrote there, untouched since."""
        try:
            return _hash(path.read_bytes()) == self._written.get(str(path))
        except OSError:
            return False

    def wrote(self, path: Path, data: bytes) -> None:
        """Remember what was written where, so that a later round may replace it."""
        self.add(Decision(_hash(data), "written", str(path)))

    def _append(self, data: bytes) -> None:
        """Behind the last whole line; what a crash left behind it gives way."""
        with os.fdopen(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
            if file.seek(0, os.SEEK_END) != self._size:
                raise TimelineError(f"another review of this draft wrote to {self.path}", "end it, then begin again")
            file.truncate(self._end)
            file.seek(self._end)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        self._end = self._size = self._end + len(data)

    def _read(self) -> Iterator[Decision]:
        try:
            data = self.path.read_bytes() if self.path.exists() else b""
        except OSError as error:
            raise self._unusable("read", error) from error
        self._end, self._size = data.rfind(b"\n") + 1, len(data)
        for number, line in enumerate(data[: self._end].splitlines(), 1):
            try:
                if number > 1:
                    yield msgspec.json.decode(line, type=Decision)
                elif msgspec.json.decode(line, type=_Head).schema != SCHEMA:
                    raise self._foreign(number)
            except (msgspec.DecodeError, UnicodeDecodeError):
                raise self._foreign(number) from None

    def _unusable(self, done: str, error: OSError) -> TimelineError:
        why = (error.strerror or str(error)).lower()
        return TimelineError(f"{self.path} cannot be {done}: {why}", "make room, or mend its permissions")

    def _foreign(self, number: int) -> InvalidInput:
        what = "this is no line of a review"
        fix = "move the file away to review the draft from the start"
        return InvalidInput([Problem("review-line", what, fix, display(str(self.path)), number, 1)])

    def _enter(self, decision: Decision) -> None:
        if decision.do == "written":
            self._written[decision.text] = decision.item
        elif decision.do == "undo":
            at = [number for number, each in enumerate(self._standing) if each.item == decision.item]
            if at:
                del self._standing[at[-1]]
        else:
            self._standing.append(decision)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
