"""Tables as a stream of what their rows bring."""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from timeline.errors import InvalidInput, Problem
from timeline.intake import files
from timeline.intake.mapped import Mapped
from timeline.intake.mapping import PSEUDO
from timeline.intake.rows import FORMATS, Broken, Layout, format_of, reader
from timeline.intake.taken import Place, Taken
from timeline.intake.wording import did_you_mean, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from timeline.event import Payload
    from timeline.intake.mapping import Map
    from timeline.intake.rows.row import Reader

    Opened = Callable[[str], AbstractContextManager[BinaryIO]]
    """Opens a file, or standard input."""

_GZIP = b"\x1f\x8b"
_DELIMITERS = {"tab": "\t", None: ","}
_EVERY = 1000
_MOST_NAMES = 40
_UNREADABLE = (OSError, EOFError, zlib.error)
"""What reading a file raises, one that is packed and was cut or changed among them."""


class Table:
    """The rows of files, by a map; read once, in the order of the files.

    Attributes:
        left_out: number of rows by the condition that left them out.
    """

    def __init__(
        self, paths: Sequence[str], table: Map, payloads: Mapping[str, type[Payload]], opened: Opened = files.opened
    ) -> None:
        self._paths = paths
        self._opened = opened
        self._map = table
        self._mapped = Mapped(table, payloads)
        self._rounded: dict[str, None] = {}
        self._rows = 0
        self._expected = 0
        self.left_out = self._mapped.left_out

    def __length_hint__(self) -> int:
        """About how many rows there are, by how far the files are read; 0 where that is not known."""
        return self._expected

    def problems(self) -> list[Problem]:
        """Why files cannot be read at all, or lack columns that the map speaks of; of standard input nothing."""
        found: list[Problem] = []
        for path in self._paths:
            if path == files.STANDARD_INPUT:
                continue
            try:
                with self._opened(path) as stream:
                    found += self._unknown(self._reader(path, stream), files.display(path))
            except Broken as broken:
                found.append(Place(files.display(path), broken.row).problem(broken.rule, broken.what, broken.fix))
            except _UNREADABLE as error:
                found.append(_unreadable(path, error))
        return found

    def __iter__(self) -> Iterator[Taken]:
        """What each row brings; where the rest of a file cannot be read, that is told as of one more row."""
        sizes = _Sizes(self._paths)
        for path in self._paths:
            name = files.input_name(path)
            try:
                with self._opened(path) as stream:
                    for taken in self._read(path, name, stream):
                        self._rows += 1
                        if self._rows % _EVERY == 0:
                            self._expected = sizes.estimate(self._rows, stream)
                        yield taken
            except Broken as broken:
                place = Place(name, broken.row)
                yield Taken((), place, (place.problem(broken.rule, broken.what, broken.fix),))
            except _UNREADABLE as error:
                yield Taken((), Place(name, 0), (_unreadable(path, error),))
            sizes.done(path)

    def notes(self) -> tuple[Problem, ...]:
        """What should be looked at, told when all is read."""
        place = Place(self._map.file, 0)
        found = list(self._mapped.notes)
        for condition, count in sorted(self.left_out.items()):
            if count:
                found.append(place.problem("rows-left-out", f"rows left out by `{condition}`: {count:,}"))
        for expression, where in {each.text: (each, where) for each, where in self._map.asked}.values():
            if expression.fruitless:
                what = f"{shown(expression.text)} never had a value"
                found.append(
                    where.problem("column-empty", what, "if that is no wonder, all is well; else check the name")
                )
        if self._rounded:
            what = (
                f"{', '.join(map(shown, self._rounded))} hold binary fractions: read as the shortest decimals that fit"
            )
            found.append(place.problem("numbers-rounded", what, "store decimals, or texts, to have them exact"))
        return tuple(problem._replace(severity="note") for problem in found)

    def _read(self, path: str, name: str, stream: BinaryIO) -> Iterator[Taken]:
        rows = self._reader(path, stream)
        if path == files.STANDARD_INPUT and (unknown := self._unknown(rows, name)):
            raise InvalidInput(unknown)
        self._rounded |= dict.fromkeys(column for column in rows.rounded if self._speaks_of(column))
        bare = "standard-input" if path == files.STANDARD_INPUT else Path(path).name.partition(".")[0]
        for row in rows:
            yield self._mapped.taken(row, name, bare)

    def _reader(self, path: str, stream: BinaryIO) -> Reader:
        settings = self._map.settings
        form = settings.format or format_of(path)
        if not form:
            endings = ", ".join(ending for known in FORMATS.values() for ending in known)
            fix = f"say `format:` in the map, or give the file one of the endings {endings}"
            raise Broken("format-unknown", "the format of this file is not told", fix)
        default = "tab" if form == "tsv" else None
        delimiter = settings.delimiter or default
        layout = Layout(
            format=form,
            delimiter=_DELIMITERS.get(delimiter, delimiter or ","),
            header=settings.header,
            columns=settings.columns,
            skip=settings.skip,
            rows=tuple(settings.rows.split(".")) if settings.rows else (),
        )
        return reader(_unpacked(stream), layout)

    def _unknown(self, rows: Reader, name: str) -> list[Problem]:
        """What the map speaks of and the table does not have, where the map says it."""
        if rows.columns is None:
            return []
        known = (*rows.columns, *self._map.constants, *PSEUDO)
        found = [(asked.unknown(known), place) for asked, place in self._map.asked]
        return [
            place.problem(
                "column-unknown", f"{name} has no column {shown(each[0])}", did_you_mean(each[1]) or _listed(rows)
            )
            for each, place in found
            if each
        ]

    def _speaks_of(self, column: str) -> bool:
        return any(column in (asked.text, *asked.names) for asked, _ in self._map.asked)


class _Sizes:
    """How far the files are read, in bytes as they are stored."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._all = {path: 0 if path == files.STANDARD_INPUT else _size(path) for path in paths}
        self._done = 0
        self._known = files.STANDARD_INPUT not in paths

    def done(self, path: str) -> None:
        """Note that a file is read."""
        self._done += self._all[path]

    def estimate(self, rows: int, stream: BinaryIO) -> int:
        """About how many rows there are, when so many took the bytes read so far."""
        read = self._done + stream.tell() if self._known else 0
        return rows * sum(self._all.values()) // read if read else 0


def _listed(rows: Reader) -> str:
    names = [name for name in rows.columns or () if name]
    more = f" and {len(names) - _MOST_NAMES:,} more" if len(names) > _MOST_NAMES else ""
    return f"the columns are {', '.join(map(shown, names[:_MOST_NAMES]))}{more}"


def _size(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0


def _unpacked(stream: BinaryIO) -> BinaryIO:
    """The stream, unpacked where it is packed by gzip; what it begins with tells."""
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast("io.RawIOBase", stream))
    if buffered.peek(len(_GZIP))[: len(_GZIP)] != _GZIP:
        return buffered
    return cast("BinaryIO", io.BufferedReader(gzip.GzipFile(fileobj=buffered)))


def _unreadable(path: str, error: Exception) -> Problem:
    if isinstance(error, FileNotFoundError):
        return Place(files.display(path), 0).problem("file-missing", "there is no such file", "check the path")
    reason = (getattr(error, "strerror", None) or str(error)).lower()
    return Place(files.display(path), 0).problem("file-unreadable", f"it cannot be read: {reason}", "check the file")
