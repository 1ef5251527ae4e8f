"""Restoring: a backup in the place of a database, with nothing lost that was not told, and nothing erased come back.

The backup is copied, brought to this program's revision and verified in a file of its own first. Then all others are
kept out of the database while it is compared, kept under another name and replaced.
"""

from __future__ import annotations

from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from timeline.app.keeping.again import erase_again, erased_since
from timeline.app.keeping.backup import part
from timeline.app.keeping.verified import Seal, seal_of, verified
from timeline.digits import counted
from timeline.errors import DatabaseUnusable, TimelineError, Unverified
from timeline.store import copying, driver, schema
from timeline.store.database import exists
from timeline.store.dialect import dialect_of
from timeline.store.keepers import keeper
from timeline.store.opening import open_any, open_reader, open_writer
from timeline.store.relation import Relation, relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.app.keeping.again import Again
    from timeline.app.progress import Progress
    from timeline.store.database import Target
    from timeline.store.keeper import Held, Keeper, Seen

Compared = Literal["new", "same", "continues", "shortens", "forks", "unknown"]


class RestoreReport(Struct, frozen=True, kw_only=True):
    """What restoring did, or would do.

    Attributes:
        database: that was restored.
        file: the backup.
        events: number of events in the backup.
        root: hash of the Merkle tree over them, in hex.
        recorded: when its last event was recorded; empty for an empty log.
        compared: the backup with what it replaces: "new" where that is nothing, "same", "continues" where the backup
            goes on from it, "shortens" where it is an earlier state, "forks" where it is neither, "unknown" where what
            is there cannot be read.
        common: number of events with which both begin; 0 where that is unknown.
        lost: number of events that only what is replaced holds; None where that is unknown.
        why: it is unknown; empty where it is not.
        replaced: file in which what was there is kept; empty where nothing was, and on a dry run.
        upgraded: revision of the backup's tables where it was an older one; empty where not.
        erased: ids of events that were erased in what is replaced, and that the backup still holds: they are erased
            again before the backup takes its place.
        dry_run: whether nothing was written.
        schema: name and version of the JSON form.
    """

    database: str
    file: str
    events: int
    root: str
    recorded: str
    compared: Compared = "new"
    common: int = 0
    lost: int | None = 0
    why: str = ""
    replaced: str = ""
    upgraded: str = ""
    erased: tuple[str, ...] = ()
    dry_run: bool = False
    schema: str = "timeline.restore/1"


class Consent(NamedTuple):
    """What the one who restores agreed to.

    Attributes:
        force: a database that is there is replaced.
        discard: events are lost that only it holds.
        dry_run: nothing is written.
    """

    force: bool = False
    discard: bool = False
    dry_run: bool = False


class _Staged(NamedTuple):
    """The backup as it will take its place.

    Attributes:
        path: of the copy.
        seal: what the backup commits to.
        upgraded: as in `RestoreReport`.
    """

    path: Path
    seal: Seal
    upgraded: str


def restore(database: Target, file: str, consent: Consent, progress: Progress | None = None) -> RestoreReport:
    """Put a backup in the place of a database, or make the database from it.

    Args:
        database: what is to be restored.
        file: the backup, which stays as it is.
        consent: what may be lost.
        progress: called with what is under way, how much of it is done, and of how much.

    Raises:
        TimelineError: there is a database, or it holds what the backup does not, and nobody agreed to lose it.
        DatabaseUnusable: a file cannot be read or written, or others use the database.
        Unverified: the backup does not verify; nothing was written.
    """
    store, source = keeper(database), _source(file)
    there = store.is_there()
    if there and store.path.exists() and source.samefile(store.path):
        raise TimelineError(f"{file} is the database itself", "name a backup of it")
    if not consent.dry_run:
        copying.sweep(store.path)
    if there and not (consent.force or consent.dry_run):
        fix = "--dry-run tells what would be lost; --force replaces it, and keeps it under another name"
        raise TimelineError(f"{store.name} exists already", fix)
    with _place(store, dry_run=consent.dry_run) as path:
        staged = _stage(source, path, progress)
        report = RestoreReport(
            database=store.name,
            file=str(source),
            events=staged.seal.events,
            root=staged.seal.root,
            recorded=staged.seal.recorded,
            upgraded=staged.upgraded,
            dry_run=consent.dry_run,
        )
        if there:
            return _replaced(store, staged, consent, report, progress)
        if not consent.dry_run:
            store.establish(path)
        return report


def _source(file: str) -> Path:
    source = Path(file).expanduser()
    if not exists(source):
        raise DatabaseUnusable(f"no backup at {file}", "name the file that timeline backup wrote")
    return source


@contextmanager
def _place(store: Keeper, *, dry_run: bool) -> Iterator[Path]:
    """Where the backup is made ready: on the database's own disk, so that it need only be given its name."""
    if dry_run:
        with TemporaryDirectory() as folder, copying.unfinished(Path(folder) / store.path.name) as path:
            yield path
        return
    store.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with copying.unfinished(store.path) as path:
        yield path


def _stage(source: Path, path: Path, progress: Progress | None) -> _Staged:
    """Copy the backup, bring it to this program's revision, and verify that it is still the log that it was."""
    with closing(open_any(str(source))) as connection, driver.usable(source):
        revision = schema.revision_of(connection, source)
        if not revision:
            raise DatabaseUnusable(f"{source} is empty", "name the file that timeline backup wrote")
        copying.copy_pages(connection, path, part(progress, "copying"))
    with closing(open_any(str(path))) as connection, driver.usable(source):
        before = seal_of(connection)
    older = revision != schema.REVISION
    if older:
        _upgrade(path, source)
    seal = verified(path, str(source), before, part(progress, "verifying"))
    return _Staged(path, seal, revision if older else "")


def _upgrade(path: Path, source: Path) -> None:
    try:
        open_writer(path).close()
    except TimelineError:
        raise
    except Exception as error:  # a file that was tampered with may hold anything, of any type
        what = f"{source} does not verify: it cannot be brought up to date ({type(error).__name__}: {error})"
        raise Unverified(what, "name another backup") from error


def _replaced(
    store: Keeper, staged: _Staged, consent: Consent, report: RestoreReport, progress: Progress | None
) -> RestoreReport:
    if consent.dry_run:
        with store.seen() as seen:
            return _compared(seen, staged, report)[0]
    with store.held() as held:
        report, again = _compared(held, staged, report)
        _require_consent(report, consent)
        if again:
            erase_again(staged.path, again)
            verified(staged.path, report.file, staged.seal, part(progress, "verifying"))
        return _exchanged(store, held, staged, report, progress)


def _compared(seen: Seen, staged: _Staged, report: RestoreReport) -> tuple[RestoreReport, list[Again]]:
    if seen.log is None:
        if not seen.why:  # a file that a first load was stopped before
            return report, []
        return replace(report, compared="unknown", lost=None, why=seen.why), []
    try:
        with dialect_of(seen.log).usable(report.database), closing(open_reader(staged.path)) as there:
            found, again = relation(seen.log, there), list(erased_since(seen.log, there))
    except DatabaseUnusable as error:
        if not driver.is_damaged(error.__cause__):
            raise
        return replace(report, compared="unknown", lost=None, why=error.message), []
    erased = tuple(each.event for each in again)
    return replace(report, compared=_word(found), common=found.common, lost=found.lost, erased=erased), again


def _word(found: Relation) -> Compared:
    if found.forks:
        return "forks"
    if found.here == found.there:
        return "same"
    return "shortens" if found.lost else "continues"


def _require_consent(report: RestoreReport, consent: Consent) -> None:
    if consent.discard or report.lost == 0:
        return
    if report.lost is None:
        what = f"what would be lost cannot be told: {report.why}"
    elif report.compared == "forks":
        what = f"the backup is no state of {report.database}: they part after position {report.common:,}"
        what += f", and {counted(report.lost, 'event')} there would be lost"
    else:
        what = f"{report.database} has {counted(report.lost, 'event')} that the backup does not hold"
    fix = "--discard replaces it all the same, and keeps it under another name"
    raise TimelineError(what, fix)


def _exchanged(
    store: Keeper, held: Held, staged: _Staged, report: RestoreReport, progress: Progress | None
) -> RestoreReport:
    kept = copying.name_beside(store.path, copying.REPLACED, datetime.now(UTC))
    held.keep(kept, part(progress, "keeping"))
    held.take(staged.path, part(progress, "replacing"))
    return replace(report, replaced=str(kept))
