"""Importing tables by a map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.app.importing.bulk import Options, take_in
from timeline.catalog import catalog
from timeline.errors import InvalidInput, Problem
from timeline.intake import files
from timeline.intake.mapping import read_map
from timeline.intake.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    known = catalog().payloads
    table = Table(paths, _map(map_path), known)
    if problems := table.problems():
        raise InvalidInput(problems)
    report = take_in(target, table, options, progress)
    return replace(report, problems=(*table.notes(), *report.problems))


def _map(path: str) -> Map:
    document = files.read(path)
    found = (document,) if isinstance(document, Problem) else read_map(document, catalog().payloads)
    if isinstance(found, tuple):
        raise InvalidInput(found)
    return found
