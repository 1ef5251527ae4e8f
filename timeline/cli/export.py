"""`timeline export`: the log as JSON lines, for another database."""

from __future__ import annotations

import os
import shlex
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

import click

from timeline.cli.options import Session, company_argument, database, examples
from timeline.cli.outcome import say
from timeline.cli.output import write_data
from timeline.cli.progress import progress
from timeline.errors import TimelineError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO


@click.command(
    short_help="Write the log as JSON lines, for another database.",
    epilog=examples("timeline export --output log.jsonl", "timeline export xiaomi | timeline --db other.db import -"),
)
@company_argument()
@click.option("-o", "--output", type=click.Path(), metavar="FILE", help="Write to a file, complete or not at all.")
@click.option("--force", is_flag=True, help="Let the file replace another one.")
@database
@click.pass_obj
def export(session: Session, company: str | None, output: str | None, *, force: bool) -> None:
    """Write all events of the log, or of COMPANY with their sources and corrections, as JSON lines.

    A whole log loads into an empty database with the same ids, positions, times and root hash; anything else merges.
    """
    if output in {None, "-"}:
        write_data(session.timeline().export(company))
        return
    path = Path(output or "")
    with _replacing(path, force=force) as file, progress("Exporting") as told:
        events = -1  # the first line is none
        for line in session.timeline().export(company, progress=told):
            file.write(line.encode())
            events += 1
    say(f"{events:,} event{'' if events == 1 else 's'} in {path}")
    say(f"next:\n  {shlex.join(['timeline', '--db', 'other.db', 'import', str(path)])}")


@contextmanager
def _replacing(path: Path, *, force: bool) -> Iterator[BinaryIO]:
    """A file that takes its name only when all of it is on the disk; nothing is left of it where anything fails.

    Raises:
        TimelineError: the name is taken, or the file cannot be written.
    """
    try:
        _require_free(path, force=force)
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            try:
                yield file  # type: ignore[misc]  # its wrapper is a BinaryIO in all but name
                file.flush()
                os.fsync(file.fileno())
                _require_free(path, force=force)
                Path(file.name).replace(path)
            except BaseException:
                with suppress(OSError):
                    Path(file.name).unlink()
                raise
    except OSError as error:
        raise TimelineError(f"{path} cannot be written: {error.strerror}", "name another file with --output") from error


def _require_free(path: Path, *, force: bool) -> None:
    if path.exists() and not path.is_file():
        raise TimelineError(f"{path} is not a file", "name a file with --output")
    if path.exists() and not force:
        raise TimelineError(f"{path} exists already", "name another file, or add --force to replace it")
