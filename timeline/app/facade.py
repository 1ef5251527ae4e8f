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

    from timeline.app.audit import Audit
    from timeline.app.events import EventDetail
    from timeline.app.load import LoadReport
    from timeline.app.rebuild import RebuildReport
    from timeline.page import Listing, Page
    from timeline.store.database import Target

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

    def load(self, paths: Sequence[str], *, progress: Progress | None = None, dry_run: bool = False) -> LoadReport:
        """Append what is new in fixture files or folders of them; what is recorded already is left alone.

        Args:
            paths: files or folders.
            progress: called with a file's name, its number and the number of files.
            dry_run: plan and report, write nothing.

        Raises:
            InvalidInput: with every problem of every file; nothing was written.
            DatabaseUnusable: it cannot be made, upgraded or written.
        """
        from timeline.app.load import load, read_batch

        batch = read_batch(paths, progress)
        with closing(open_writer(self.database)) as writer:
            return load(writer, batch, dry_run=dry_run)

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

    def event(self, id_prefix: str) -> EventDetail:
        """All that is known of one event.

        Args:
            id_prefix: its id, or as much of it as no other shares.

        Raises:
            NotFound: no event's id begins so, or several do.
        """
        from timeline.app.events import event

        with self._reading() as connection:
            return event(connection, id_prefix)

    def audit_targets(
        self, company: str | None = None, *, as_of: str | None = None, as_recorded: str | None = None
    ) -> Audit:
        """How each target was revised and met, of one company or of all, with what the checks find."""
        from timeline.app.audit import audit_targets

        with self._reading() as connection:
            return audit_targets(connection, company, as_of, as_recorded)

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

    def companies(self) -> Listing:
        """The registered companies."""
        from timeline.app.companies import companies

        with self._reading() as connection:
            return companies(connection)

    def sources(self, *, as_recorded: str | None = None) -> Listing:
        """The recorded sources, by publication."""
        from timeline.app.sources import sources

        with self._reading() as connection:
            return sources(connection, as_recorded)

    def rebuild(self, *, progress: Progress | None = None) -> RebuildReport:
        """Make all read models anew from the log; readers see the old ones until all are done."""
        from timeline.app.rebuild import rebuild

        with closing(open_writer(self.database)) as writer:
            return rebuild(writer, progress)

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

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """A connection all of whose answers are of one moment."""
        with closing(open_reader(self.database)) as connection, snapshot(connection):
            yield connection
