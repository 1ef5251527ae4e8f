"""What changes a database: recording, correcting, importing, rebuilding."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from timeline.app.facade.opened import Opened
from timeline.store.opening import open_writer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from timeline.app.add import Addition
    from timeline.app.erase import Erasure
    from timeline.app.importing.bulk import BulkReport
    from timeline.app.keeping.restore import RestoreReport
    from timeline.app.load import LoadReport
    from timeline.app.progress import Progress
    from timeline.app.rebuilding.rebuild import RebuildReport
    from timeline.app.revise import Revision
    from timeline.app.transfer.imports import ImportReport
    from timeline.record import Reason
    from timeline.store.log import Reader


class Recording(Opened):
    """Everything that writes."""

    def load(
        self,
        paths: Sequence[str],
        *,
        correct: Reason | None = None,
        retract_missing: Reason | None = None,
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> LoadReport:
        """Append what is new in fixture files or folders of them; what is recorded already is left alone.

        Args:
            paths: files or folders.
            correct: reason for which what differs from what is recorded becomes a correction; None refuses the load.
            retract_missing: reason for which what is recorded of a source and no longer in its fixture is retracted;
                None refuses the load.
            dry_run: plan and report, write nothing, not even a new database.
            progress: called with a file's name, its number and the number of files.

        Raises:
            InvalidInput: with every problem of every file; nothing was written.
            DatabaseUnusable: it cannot be made, upgraded or written.
        """
        from timeline.app.load import Consent, load, read_batch, rehearse
        from timeline.app.rehearsal import has_log

        batch = read_batch(paths, progress)
        if dry_run or not has_log(self.database):
            rehearsed = rehearse(self.database, batch)  # so that a refused first load makes no file
            if dry_run:
                return rehearsed
        with closing(open_writer(self.database)) as writer:
            return load(writer, batch, Consent(correct=correct, retract_missing=retract_missing))

    def add(
        self,
        kind: str,
        company: str,
        words: Sequence[str],
        *,
        source: str,
        key: str | None = None,
        dry_run: bool = False,
    ) -> Addition:
        """Record a single fact.

        Args:
            kind: of the fact.
            company: slug, name, alias, ticker, ISIN or other identifier; the slug, where it is registered by this.
            words: FIELD=VALUE each, as in a fixture.
            source: id of a recorded source, or a fixture file that describes one and holds no facts.
            key: within the source; None for one made of the content, so that adding twice is adding once.
            dry_run: only tell what would be recorded; write nothing, not even a new database.

        Raises:
            NotFound: no such company or source.
            InvalidInput: with every problem of the words, or of the source's file, or what the log has against it.
        """
        from timeline.app.add import addition, carry_out
        from timeline.app.rehearsal import rehearsal

        if dry_run:
            with rehearsal(self.database) as log:
                return addition(log, kind, company, words, source, key)
        with closing(open_writer(self.database)) as writer, writer.transaction():
            added = addition(writer.log, kind, company, words, source, key)
            carry_out(writer, added)
            return added

    def correct(
        self,
        event: str,
        words: Sequence[str],
        *,
        reason: Reason,
        note: str | None = None,
        source: str | None = None,
        dry_run: bool = False,
    ) -> Revision:
        """Put typed values in the place of what an event says; the log keeps the original.

        Args:
            event: its id, or as much of it as no other shares.
            words: FIELD=VALUE each, as in a fixture.
            reason: "we erred" counts from the original's publication, any other from the correction's own source, or
                from recording where it has none.
            note: remark.
            source: id of the recorded source that says so.
            dry_run: only tell what would change.

        Raises:
            NotFound: no such event or source.
            InvalidInput: a word is wrong, nothing would change, or the event does not stand.
        """
        from timeline.app.revise import Grounds, corrected

        grounds = Grounds(reason=reason, note=note, source=source)
        return self._revise(lambda reader: corrected(reader, event, words, grounds), dry_run=dry_run)

    def retract(
        self,
        event: str,
        *,
        reason: Reason,
        note: str | None = None,
        source: str | None = None,
        correction_only: bool = False,
        dry_run: bool = False,
    ) -> Revision:
        """Take back what an event reports, or only the correction that made it so; the log keeps both.

        Raises:
            NotFound: no such event or source.
            InvalidInput: the event does not stand, or was not corrected.
        """
        from timeline.app.revise import Grounds, retracted

        grounds = Grounds(reason=reason, note=note, source=source)
        return self._revise(
            lambda reader: retracted(reader, event, grounds, correction_only=correction_only), dry_run=dry_run
        )

    def reinstate(
        self, event: str, *, reason: Reason, note: str | None = None, source: str | None = None, dry_run: bool = False
    ) -> Revision:
        """Take a retraction back.

        Raises:
            NotFound: no such event or source.
            InvalidInput: nothing is retracted.
        """
        from timeline.app.revise import Grounds, reinstated

        grounds = Grounds(reason=reason, note=note, source=source)
        return self._revise(lambda reader: reinstated(reader, event, grounds), dry_run=dry_run)

    def erase(self, event: str, *, reason: Reason, note: str | None = None, dry_run: bool = False) -> Erasure:
        """Delete the content of an event for good, with whatever repeats it; that there was an event stays known.

        Args:
            event: its id, or as much of it as no other shares.
            reason: what is recorded as the reason.
            note: remark that stays; it must not repeat what is erased.
            dry_run: only tell what would be erased.

        Raises:
            NotFound: no such event.
            InvalidInput: the event is itself an erasure.
        """
        from timeline.app.erase import erase, planned
        from timeline.store.log import Reader

        if dry_run:
            with self._reading() as connection:
                return planned(Reader(connection), event, reason, note)
        with closing(open_writer(self.database)) as writer:
            return erase(writer, event, reason, note)

    def import_(self, paths: Sequence[str], *, progress: Progress | None = None, dry_run: bool = False) -> ImportReport:
        """Take in exports: an empty database gets a whole log back as it was, any other what is new to it.

        Args:
            paths: files; `-` is standard input.
            progress: called with a file's name, the number of bytes read and of all.
            dry_run: check everything, write nothing.

        Raises:
            InvalidInput: a file is no sound export, or differs from what is recorded; nothing was written.
            Unverified: a file is not the log that it says it is; nothing was written.
        """
        from timeline.app.transfer.imports import import_

        return import_(self.database, paths, progress=progress, dry_run=dry_run)

    def import_facts(
        self,
        paths: Sequence[str],
        *,
        strict: bool = False,
        quarantine: str | None = None,
        dry_run: bool = False,
        limit: int | None = None,
        progress: Progress | None = None,
    ) -> BulkReport:
        """Take in the SEC's company facts: files, or directories with `*.json` below them.

        Args:
            paths: files or directories.
            strict: all or nothing: one row that is refused refuses all.
            quarantine: path of the file that refused rows go to; None for nowhere, so that they are only told.
            dry_run: do everything, then undo it; not even a new database is made.
            limit: for a dry run, stop after so many reports.
            progress: called with the file, rows read and of about how many; then with the company, its number and of
                how many.

        Raises:
            InvalidInput: a path is not there, or rows are refused under `strict`; nothing was written.
            DatabaseUnusable: it cannot be made, upgraded or written, or the quarantine file not be written.
        """
        from timeline.app.importing.bulk import Options
        from timeline.app.importing.facts import import_facts

        options = Options(strict=strict, quarantine=quarantine, dry_run=dry_run, limit=limit)
        return import_facts(self.database, paths, options, progress)

    def import_table(  # noqa: PLR0913 - every choice of the command
        self,
        paths: Sequence[str],
        map_path: str,
        *,
        strict: bool = False,
        quarantine: str | None = None,
        dry_run: bool = False,
        limit: int | None = None,
        progress: Progress | None = None,
    ) -> BulkReport:
        """Take in any table by a mapping: CSV, TSV, JSON lines, a JSON array or Parquet.

        Args:
            paths: files; `-` is standard input.
            map_path: file of the mapping, `timeline/table/1`.
            strict: as in `import_facts`, and so the rest.
            quarantine: likewise.
            dry_run: likewise.
            limit: likewise.
            progress: likewise.

        Raises:
            InvalidInput: the mapping or a file cannot be read, or rows are refused under `strict`; nothing was written.
            DatabaseUnusable: as in `import_facts`.
        """
        from timeline.app.importing.bulk import Options
        from timeline.app.importing.tables import import_table

        options = Options(strict=strict, quarantine=quarantine, dry_run=dry_run, limit=limit)
        return import_table(self.database, paths, map_path, options, progress)

    def rebuild(self, *, jobs: int | None = 1, anew: bool = False, progress: Progress | None = None) -> RebuildReport:
        """Make all read models anew from the log, company by company; goes on where one was interrupted.

        Args:
            jobs: number of processes; None for one a core. More than one needs a script guarded by
                `if __name__ == "__main__"`.
            anew: begin from the start even then.
            progress: called with a company, how many are done, and of how many.

        Raises:
            WorkerLost: a process ended early; what was stored stays.
        """
        from timeline.app.rebuilding.rebuild import rebuild

        with closing(open_writer(self.database)) as writer:
            return rebuild(writer, progress, jobs=jobs, anew=anew)

    def restore(
        self,
        file: str,
        *,
        force: bool = False,
        discard: bool = False,
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> RestoreReport:
        """Put a backup in the place of the database, which is kept under another name, or make the database from it.

        Args:
            file: the backup; it is verified first, and stays as it is.
            force: replace a database that is there.
            discard: lose events that only it holds; without, such a restore is refused.
            dry_run: verify and compare, write nothing.
            progress: called with what is under way, how much of it is done, and of how much.

        Raises:
            TimelineError: there is something to lose, and nobody agreed to it.
            DatabaseUnusable: a file cannot be read or written, or others use the database.
            Unverified: the backup does not verify; nothing was written.
        """
        from timeline.app.keeping.restore import Consent, restore

        return restore(self.database, file, Consent(force=force, discard=discard, dry_run=dry_run), progress)

    def _revise(self, plan: Callable[[Reader], Revision], *, dry_run: bool) -> Revision:
        from timeline.app.revise import carry_out
        from timeline.store.log import Reader

        if dry_run:
            with self._reading() as connection:
                return plan(Reader(connection))
        with closing(open_writer(self.database)) as writer, writer.transaction():
            revision = plan(writer.log)
            carry_out(writer, revision)
            return revision
