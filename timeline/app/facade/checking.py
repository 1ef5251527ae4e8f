"""What shows that an answer can be relied on: its evidence, checks and proofs, and the log itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.app.facade.opened import Opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.app.explaining.why import Why
    from timeline.app.progress import Progress
    from timeline.page import Audit, Listing


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
