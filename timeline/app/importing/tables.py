"""Importing tables by a map."""

from __future__ import annotations

from contextlib import ExitStack, nullcontext
from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.app.importing.bulk import Options, at_once, take_in
from timeline.app.piped import copied
from timeline.catalog import catalog
from timeline.errors import InvalidInput, Problem
from timeline.intake import files
from timeline.intake.mapping import read_map
from timeline.intake.table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from contextlib import AbstractContextManager
    from typing import BinaryIO

    from timeline.app.importing.bulk import BulkReport
    from timeline.app.progress import Progress
    from timeline.intake.mapping import Map
    from timeline.store.database import Target

_AS_IT_COMES = Options()


def import_table(
    target: Target,
    paths: Sequence[str],
    map_path: str,
    options: Options = _AS_IT_COMES,
    progress: Progress | None = None,
) -> BulkReport:
    """Take in the rows of tables.

    Args:
        target: the database; made where there is none.
        paths: files of the map's format, packed by gzip or not; `-` is standard input.
        map_path: what their rows mean, see `timeline.intake.mapping`.
        options: as in `timeline.app.importing.bulk.take_in`; a dry run without a limit reads all rows and shows the
            first events.
        progress: as in `timeline.app.importing.bulk.take_in`.

    Returns:
        The report, its problems led by notes on what was left out and should be looked at.

    Raises:
        InvalidInput: the map is wrong, or a file cannot be read or lacks a column, or `strict`: nothing was written.
        DatabaseUnusable: the database cannot be made or written.
    """
    ahead: dict[str, BinaryIO] = {}
    table = Table(paths, _map(map_path), catalog().payloads, lambda path: _opened(path, ahead))
    if problems := table.problems():
        raise InvalidInput(problems)
    with ExitStack() as kept:
        if at_once(options) and files.STANDARD_INPUT in paths:
            piped = kept.enter_context(files.opened(files.STANDARD_INPUT))
            ahead[files.STANDARD_INPUT] = kept.enter_context(copied(piped))
        report = take_in(target, table, options, progress)
    return replace(report, problems=(*table.notes(), *report.problems))


def _opened(path: str, ahead: Mapping[str, BinaryIO]) -> AbstractContextManager[BinaryIO]:
    """A file, or what was read ahead, as the whole import is one transaction and others would wait for the pipe."""
    return nullcontext(ahead[path]) if path in ahead else files.opened(path)


def _map(path: str) -> Map:
    document = files.read(path)
    found = (document,) if isinstance(document, Problem) else read_map(document, catalog().payloads)
    if isinstance(found, tuple):
        raise InvalidInput(found)
    return found
