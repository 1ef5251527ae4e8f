"""What is asked of a database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.app.facade.opened import Opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from timeline.app.events import EventDetail
    from timeline.app.frame import Library
    from timeline.app.progress import Progress
    from timeline.app.screen.question import By
    from timeline.page import Listing, Listings, Page
    from timeline.section import Row


class Asking(Opened):
    """Everything that reads and answers."""

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
        from timeline.app.searching.search import search

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
        from timeline.app.comparing.diff import diff

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

    def schema(self, of: str = "fixture") -> dict[str, Any]:
        """JSON Schema (2020-12) of a format, for editors and other programs.

        Args:
            of: "fixture" as YAML, a line of one as "jsonl", the rows of one as "csv", or "map" of a table.

        Raises:
            NotFound: there is no such format.
        """
        from timeline.errors import NotFound
        from timeline.intake.schemas import SCHEMAS

        if of not in SCHEMAS:
            raise NotFound("format", of, (), f"there are: {', '.join(SCHEMAS)}")
        return SCHEMAS[of]()

    def complete_companies(self, prefix: str) -> list[tuple[str, str]]:
        """Slug and name of the companies whose slug or name begins so; for shell completion, so it never fails."""
        from timeline.app.companies import complete

        try:
            with self._reading() as connection:
                return complete(connection, prefix)
        except Exception:  # noqa: BLE001 - a shell that completes has nowhere to show an error
            return []
