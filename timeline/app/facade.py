"""The facade: one object, a method a use case. Cheap to make; what a call needs is imported and opened by that call."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from timeline.app.place import database
from timeline.store.opening import open_reader, open_writer, snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from sqlite3 import Connection
    from typing import Any

    from timeline.app.add import Addition
    from timeline.app.bulk import BulkReport
    from timeline.app.erase import Erasure
    from timeline.app.events import EventDetail
    from timeline.app.frame import Library
    from timeline.app.imports import ImportReport
    from timeline.app.load import LoadReport
    from timeline.app.rebuild import RebuildReport
    from timeline.app.revise import Revision
    from timeline.app.screen.question import By
    from timeline.app.why import Why
    from timeline.page import Audit, Listing, Listings, Page
    from timeline.record import Reason
    from timeline.section import Row
    from timeline.store.database import Target
    from timeline.store.log import Reader

    Progress = Callable[[str, int, int], None]


class Timeline:
    """A corporate timeline database.

    Every method opens the database for the length of the call, so an object may be kept and shared. Moments are texts
    as on the command line: a day (`2025-06-30`), a time with its offset, or, for `as_recorded`, a position of the log.

    All methods raise `timeline.errors.TimelineError` and nothing else for what a caller can do something about.
    """

    def __init__(self, db: Target | None = None) -> None:
        self.database = database(db)

    @classmethod
    def open(cls, db: Target | None = None) -> Timeline:
        """The database at a path or SQLAlchemy URL; without one that of `TIMELINE_DB`, else the user's own.

        Nothing is touched before the first call; the first load makes the file.
        """
        return cls(db)

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

    def show(
        self, company: str, topic: str | None = None, *, as_of: str | None = None, as_recorded: str | None = None
    ) -> Page:
        """A company as the events show it, or one topic of it.

        Args:
            company: slug, name, alias, ticker, ISIN or other identifier.
            topic: name of a section, such as "buybacks".
            as_of: what the public could know by then.
            as_recorded: what this database knew by then.

        Raises:
            NotFound: no such company or topic; carries suggestions.
        """
        from timeline.app.show import show

        with self._reading() as connection:
            return show(connection, company, topic, as_of, as_recorded)

    def events(
        self,
        company: str | None = None,
        *,
        kind: str | None = None,
        source: str | None = None,
        as_of: str | None = None,
        as_recorded: str | None = None,
    ) -> Listing:
        """The events of the log, oldest position first, of one company, kind or source if asked."""
        from timeline.app.events import events

        with self._reading() as connection:
            return events(connection, company, kind, source, as_of, as_recorded)

    def event(self, id_prefix: str, *, as_of: str | None = None, as_recorded: str | None = None) -> EventDetail:
        """All that is known of one event.

        Args:
            id_prefix: its id, or as much of it as no other shares.
            as_of: what the public could know by then.
            as_recorded: what this database knew by then.

        Raises:
            NotFound: no event's id begins so, or several do, or it was not known then.
        """
        from timeline.app.events import event

        with self._reading() as connection:
            return event(connection, id_prefix, as_of, as_recorded)

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
        from timeline.app.why import why

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
        from timeline.app.audit import Material, audit

        material = Material(texts, against, replay)
        with self._reading() as connection:
            return audit(connection, only, company, as_of, as_recorded, material=material, progress=progress)

    def search(  # noqa: PLR0913 - every choice of the command
        self,
        words: str,
        *,
        company: str | None = None,
        kind: str | None = None,
        source: str | None = None,
        as_of: str | None = None,
        as_recorded: str | None = None,
        limit: int = 20,
        today: str | None = None,
    ) -> Listing:
        """The events that hold all words, best first; words, "phrases", beginnings* and -exclusions.

        Raises:
            NotFound: no such company, kind or source.
            InvalidInput: there is no word in the text, or a clock's text is no moment.
            DatabaseUnusable: this SQLite cannot search, or the index does not reach to the log's end.
        """
        from timeline.app.search import search

        with self._reading() as connection:
            return search(
                connection,
                words,
                company=company,
                kind=kind,
                source=source,
                as_of=as_of,
                as_recorded=as_recorded,
                limit=limit,
                today=today,
            )

    def screen(  # noqa: PLR0913 - every choice of the command
        self,
        name: str,
        *,
        since: str | None = None,
        metric: str | None = None,
        raised: bool = False,
        cut: bool = False,
        beats: bool = False,
        by: By | None = None,
        currency: str | None = None,
        today: str | None = None,
        sort: str | None = None,
        limit: int | None = None,
        as_of: str | None = None,
        as_recorded: str | None = None,
        progress: Progress | None = None,
    ) -> Listing:
        """A question asked of all companies, from the read models; with a clock from the log, which is slower.

        Args:
            name: of the screen: targets, guidance, misses, buybacks, overdue, firsts or charges.
            since: a day; only what was said, bought or due for the first time on it or later, or may have been.
            metric: the only one, in targets, guidance, misses and firsts.
            raised: only targets that were raised.
            cut: only targets that were cut; with `raised` both.
            beats: outcomes above the last target in the place of those below.
            by: what buybacks are ordered by.
            currency: the only one, in buybacks and charges.
            today: day against which promises are overdue; None for that of the clock, else today.
            sort: name of a column to order by, with `-` before it for the largest first.
            limit: the most rows.
            as_of: what the public could know by then.
            as_recorded: what this database knew by then.
            progress: called with a company, its number and their number, where a clock is set.

        Raises:
            NotFound: no such screen, or no such column to sort by.
            InvalidInput: a choice that the screen does not go by, or a text that is no moment.
        """
        from timeline.app.screen import Question, screen

        question = Question(
            since=since,
            metric=metric,
            raised=raised,
            cut=cut,
            beats=beats,
            by=by,
            currency=currency,
            today=today,
            sort=sort,
            limit=limit,
        )
        with self._reading() as connection:
            return screen(connection, name, question, as_of, as_recorded, progress)

    def frame(
        self,
        company: str,
        table: str,
        *,
        topic: str | None = None,
        as_of: str | None = None,
        as_recorded: str | None = None,
        library: Library = "pandas",
    ) -> Any:  # noqa: ANN401 - a frame of the library that was asked for
        """A table of a company as a data frame: numbers exact, dates real, each row with its event and sources.

        Args:
            company: by any name.
            table: as in `show --table`: "executions", "targets.revisions".
            topic: whose table; None where only one has it.
            as_of: as in `show`.
            as_recorded: likewise.
            library: "pandas" (numbers are `decimal.Decimal`) or "polars" (decimals of 38 digits).

        Raises:
            NotFound: no such company, topic or table.
            InvalidInput: several topics have the table, or no such library is known.
            TimelineError: the library is not installed, or the topic is stopped.
        """
        from timeline.app.frame import frame

        with self._reading() as connection:
            return frame(connection, company, table, topic, as_of, as_recorded, library=library)

    def upcoming(
        self,
        company: str | None = None,
        *,
        as_of: str | None = None,
        as_recorded: str | None = None,
        today: str | None = None,
    ) -> Listing:
        """Every dated promise still open, over all topics, in the order in which they fall due.

        Args:
            company: of one company; None for all.
            as_of: what was promised by then, judged against that day.
            as_recorded: as elsewhere.
            today: ISO day against which promises are overdue; None for the day of `as_of`, else today.
        """
        from timeline.app.upcoming import upcoming

        with self._reading() as connection:
            return upcoming(connection, company, as_of, as_recorded, today)

    def companies(self, *, as_of: str | None = None, as_recorded: str | None = None) -> Listing:
        """The registered companies; with `as_of`, only events published by then are counted."""
        from timeline.app.companies import companies

        with self._reading() as connection:
            return companies(connection, as_of, as_recorded)

    def sources(self, *, as_of: str | None = None, as_recorded: str | None = None) -> Listing:
        """The recorded sources, by publication; with `as_of`, those published by then."""
        from timeline.app.sources import sources

        with self._reading() as connection:
            return sources(connection, as_of, as_recorded)

    def diff(self, company: str, start: str, end: str, *, recorded: bool = False, fixed: str | None = None) -> Listings:
        """What became known of a company after one moment and by another, and which figures it changed.

        Args:
            company: by any name.
            start: the earlier moment; what was known then is left out.
            end: the later one, inclusive.
            recorded: whether both are of the recorded clock, where they may be positions; else of the published one.
            fixed: a moment on the other clock, the same for both; None for all.

        Raises:
            NotFound: no such company.
            InvalidInput: a text is no moment, or `start` is after `end`.
        """
        from timeline.app.diff import diff

        with self._reading() as connection:
            return diff(connection, company, start, end, recorded=recorded, fixed=fixed)

    def conflicts(
        self, company: str | None = None, *, as_of: str | None = None, as_recorded: str | None = None
    ) -> Listings:
        """The figures on which reports disagree, which report stands and why, and the reports that find no place."""
        from timeline.app.conflicts import conflicts

        with self._reading() as connection:
            return conflicts(connection, company, as_of, as_recorded)

    def follow(
        self,
        *,
        after: int = 0,
        company: str | None = None,
        kind: str | None = None,
        source: str | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> Iterator[Row]:
        """The events past a position, now and as other processes append them: each once, in order, without end.

        Args:
            after: position of the last event that is known already.
            company: only its events.
            kind: only events of this kind.
            source: only what this source reports.
            stop: asked before each wait for more; following ends when it says so.
        """
        from timeline.app.follow import follow

        return follow(self.database, after, company=company, kind=kind, source=source, stop=stop)

    def export(self, company: str | None = None, *, progress: Progress | None = None) -> Iterator[str]:
        """The log, or a company's part of it, as JSON lines for another database, all of one moment.

        Raises:
            NotFound: no such company.
            Unverified: the log is not what its checkpoint says.
        """
        from timeline.app.export import export

        with self._reading() as connection:
            yield from export(connection, company, progress)

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
        from timeline.app.imports import import_

        return import_(self.database, paths, progress=progress, dry_run=dry_run)

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
        from timeline.app.prove import prove

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
        from timeline.app.prove import prove_growth

        with self._reading() as connection:
            return prove_growth(connection, from_, at)

    def checkpoints(self, *, size: int | None = None, last: bool = False) -> Listing:
        """The checkpoints that are kept, in rising size: of all loads, of one size, or only the last.

        Raises:
            NotFound: none has this size.
        """
        from timeline.app.prove import checkpoints

        with self._reading() as connection:
            return checkpoints(connection, size, last=last)

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
        from timeline.app.bulk import Options
        from timeline.app.facts import import_facts

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
        from timeline.app.bulk import Options
        from timeline.app.table_import import import_table

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
        from timeline.app.rebuild import rebuild

        with closing(open_writer(self.database)) as writer:
            return rebuild(writer, progress, jobs=jobs, anew=anew)

    def schema(self) -> dict[str, Any]:
        """JSON Schema (2020-12) of the fixture format, for editors."""
        from timeline.intake.schema import json_schema

        return json_schema()

    def complete_companies(self, prefix: str) -> list[tuple[str, str]]:
        """Slug and name of the companies whose slug or name begins so; for shell completion, so it never fails."""
        from timeline.app.companies import complete

        try:
            with self._reading() as connection:
                return complete(connection, prefix)
        except Exception:  # noqa: BLE001 - a shell that completes has nowhere to show an error
            return []

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

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """A connection all of whose answers are of one moment."""
        with closing(open_reader(self.database)) as connection, snapshot(connection):
            yield connection
