"""What shows that an answer can be relied on: its evidence, checks and proofs, and the log itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.app.facade.opened import Opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.app.explaining.why import Why
    from timeline.app.keeping.backup import BackupReport
    from timeline.app.keeping.copy import CopyReport
    from timeline.app.keeping.doctor import Checkup
    from timeline.app.keeping.roles import RolesReport
    from timeline.app.progress import Progress
    from timeline.page import Audit, Listing
    from timeline.store.database import Target


class Checking(Opened):
    """Everything that a doubter asks for."""

    def why(self, company: str, path: str, *, as_of: str | None = None, as_recorded: str | None = None) -> Why:
        """Every event, source and quote that a figure of a company's page rests on.

        Args:
            company: by any name.
            path: as in `targets[EV deliveries][2025].status`.
            as_of: as in `show`.
            as_recorded: likewise.

        Raises:
            NotFound: no such company, topic, field, table, row or column.
            InvalidInput: the text is no path, or leaves open which row is meant.
        """
        from timeline.app.explaining.why import why

        with self._reading() as connection:
            return why(connection, company, path, as_of, as_recorded)

    def audit(  # noqa: PLR0913 - every choice of the command
        self,
        company: str | None = None,
        *,
        only: Sequence[str] = (),
        texts: str | None = None,
        against: Sequence[str] = (),
        replay: bool = True,
        as_of: str | None = None,
        as_recorded: str | None = None,
        progress: Progress | None = None,
    ) -> Audit:
        """What checks find: how targets were revised and met, figures that do not add up, sources, the log itself.

        Args:
            company: of one company; None for all.
            only: names of the audits to make, of `targets`, `figures`, `sources` and `log`; empty for all, that of the
                log only where no company and no clock is named.
            texts: a folder of the sources' texts, or one such file, to check hashes and quotes by.
            against: files of checkpoints of this log that were kept elsewhere.
            replay: whether the audit of the log compares what is stored beside it with a replay.
            as_of: what the public could know by then; overdue is told against that day.
            as_recorded: as elsewhere.
            progress: called with what is under way, its number and of how many.

        Raises:
            NotFound: no such company.
            InvalidInput: an audit that is none, or the log's for one company or on a clock.
        """
        from timeline.app.auditing.audit import Material, audit

        material = Material(texts, against, replay)
        with self._reading() as connection:
            return audit(connection, only, company, as_of, as_recorded, material=material, progress=progress)

    def doctor(self, *, full: bool = False, progress: Progress | None = None) -> Checkup:
        """Whether all is well with the database and what it lives in; writes nothing, whatever state it is in.

        Args:
            full: verify the whole log and its file, and replay what is stored beside it.
            progress: called with what is under way, how much of it is done, and of how much.
        """
        from timeline.app.keeping.doctor import checkup

        return checkup(self.database, full=full, progress=progress)

    def backup(self, file: str | None = None, *, force: bool = False, progress: Progress | None = None) -> BackupReport:
        """Copy the database into one file, of one moment, while others use it, and verify the copy.

        Args:
            file: the backup, or a folder for it; None for a name with the time, beside the database.
            force: whether it may take another file's place.
            progress: called with what is under way, how much of it is done, and of how much.

        Raises:
            TimelineError: the name is taken, or the file cannot be written.
            Unverified: the copy does not verify; nothing is left of it.
        """
        from timeline.app.keeping.backup import backup

        return backup(self.database, file, force=force, progress=progress)

    def copy(self, target: Target, *, jobs: int | None = 1, progress: Progress | None = None) -> CopyReport:
        """Make another database like this one, of whichever kind; one that is a beginning of it gets the rest.

        Args:
            target: the other database, a path or URL.
            jobs: number of processes that make read models; None for one a core. More than one needs a script guarded
                by `if __name__ == "__main__"`.
            progress: called with what is under way, how much of it is done, and of how much.

        Raises:
            TimelineError: the target is no beginning of this database; nothing was written.
            Unverified: a log is not what its checkpoints say.
            DatabaseUnusable: a database cannot be read or written.
        """
        from timeline.app.keeping.copy import copy

        return copy(self.database, target, jobs=jobs, progress=progress)

    def roles(self, *, writer: str | None = None, reader: str | None = None) -> RolesReport:
        """Make roles on a server, or give those that are there exactly the rights of a writer or a reader.

        Args:
            writer: may append, rebuild and erase, and change nothing of the log.
            reader: may only read.

        Raises:
            TimelineError: no role is named, or one could do more all the same; nothing was given.
            DatabaseUnusable: the database is a file, or the connected user is not the owner of its tables.
        """
        from timeline.app.keeping.roles import give_roles

        return give_roles(self.database, writer, reader)

    def prove(self, event: str, *, at: int | None = None, content: bool = True) -> str:
        """A proof that an event is in the log, as a C2SP tlog-proof that anyone can check offline.

        Args:
            event: its id, or as much of it as no other shares.
            at: size of the kept checkpoint that the proof is made against; None for the last.
            content: whether what the event says goes into the proof, where it was not erased.

        Raises:
            NotFound: no such event or checkpoint.
            InvalidInput: the checkpoint is from before the event.
            Unverified: the proof does not hold: the log was changed.
        """
        from timeline.app.proving.prove import prove

        with self._reading() as connection:
            return prove(connection, event, at, content=content)

    def prove_growth(self, from_: str | int, *, at: int | None = None) -> str:
        """A proof that the log begins with what a checkpoint was made of.

        Args:
            from_: file of a checkpoint that was kept elsewhere, or the size of one that is kept here.
            at: size of the kept checkpoint up to which the growth is proved; None for the last.

        Raises:
            NotFound: no such checkpoint here.
            InvalidInput: the file is no checkpoint, or the log was not yet as large at `at`.
            Unverified: the log does not begin so: it was rewritten or cut.
        """
        from timeline.app.proving.prove import prove_growth

        with self._reading() as connection:
            return prove_growth(connection, from_, at)

    def checkpoints(self, *, size: int | None = None, last: bool = False) -> Listing:
        """The checkpoints that are kept, in rising size: of all loads, of one size, or only the last.

        Raises:
            NotFound: none has this size.
        """
        from timeline.app.proving.prove import checkpoints

        with self._reading() as connection:
            return checkpoints(connection, size, last=last)

    def export(self, company: str | None = None, *, progress: Progress | None = None) -> Iterator[str]:
        """The log, or a company's part of it, as JSON lines for another database, all of one moment.

        Raises:
            NotFound: no such company.
            Unverified: the log is not what its checkpoint says.
        """
        from timeline.app.transfer.export import export

        with self._reading() as connection:
            yield from export(connection, company, progress)
