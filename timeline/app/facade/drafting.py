"""From texts to fixtures: what is proposed, and how much of a text is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.app.facade.opened import Opened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.app.drafting.asked import Asked
    from timeline.app.drafting.batch import BatchReport
    from timeline.app.drafting.coverage import Coverage
    from timeline.app.drafting.drafted import Draft
    from timeline.app.drafting.reviewing.review import Review
    from timeline.app.progress import Progress


class Drafting(Opened):
    """Everything that reads texts."""

    def draft(  # noqa: PLR0913  every choice of the command
        self,
        text: str,
        company: str | None = None,
        *,
        published: str | None = None,
        zone: str | None = None,
        currency: str | None = None,
        model: bool = False,
        keep_text: bool = False,
    ) -> Draft:
        """A fixture that is proposed for a text; records nothing, and needs no database.

        Args:
            text: plain text, HTML or PDF; "-" for standard input.
            company: that it is about, by any name; None to find it in the text.
            published: when, as a day or a time, where the text does not say.
            zone: of that time, an IANA name or an offset; assumed where nobody says, which the draft tells.
            currency: what a bare "$" means in it, where the text does not say.
            model: whether the language model that the environment or the configuration names is asked as well.
            keep_text: whether the text is kept beside the database.

        Raises:
            InvalidInput: it cannot be read, or does not say when it was published or which company it is about.
            NotFound: no company is called so.
            TimelineError: a library is needed that is not installed, or the model does not answer.
        """
        return self._asked(company, published, zone, currency, model=model, keep_text=keep_text).draft(text)

    def draft_all(  # noqa: PLR0913  every choice of the command
        self,
        texts: Sequence[str],
        output: str,
        company: str | None = None,
        *,
        published: str | None = None,
        zone: str | None = None,
        currency: str | None = None,
        model: bool = False,
        keep_text: bool = False,
        jobs: int | None = 1,
        force: bool = False,
        progress: Progress | None = None,
    ) -> BatchReport:
        """Draft many texts, a fixture each; one that cannot be drafted is told, and the others are.

        Args:
            texts: files, and folders of them.
            output: folder for the fixtures.
            company: as in `draft`, of all.
            published: likewise.
            zone: likewise.
            currency: likewise.
            model: likewise.
            keep_text: likewise.
            jobs: number of processes; None for one a core. More than one needs a script guarded by
                `if __name__ == "__main__"`.
            force: whether to draft again what stands, and to replace what stands of another text.
            progress: called with a text, how many are done, and of how many.

        Raises:
            NotFound: no company is called so.
            TimelineError: the folder cannot be written, or one that is named holds no text.
        """
        from timeline.app.drafting.batch import draft_all

        asked = self._asked(company, published, zone, currency, model=model, keep_text=keep_text)
        return draft_all(texts, output, asked, progress, jobs=jobs, force=force)

    def review(self, draft: str, *, text: str | None = None) -> Review:
        """A draft to be gone through fact by fact, as far as it was decided before.

        Args:
            draft: the fixture.
            text: that it was made from; None to find it by its hash, kept or beside the draft.

        Raises:
            InvalidInput: the draft is no fixture, or the text not the one that it was made from.
        """
        from timeline.app.drafting.reviewing.review import open_review

        return open_review(self.database, draft, text)

    def _asked(
        self,
        company: str | None,
        published: str | None,
        zone: str | None,
        currency: str | None,
        *,
        model: bool,
        keep_text: bool,
    ) -> Asked:
        from timeline.app.drafting.asked import Asked

        return Asked(
            database=str(self.database),
            company=company,
            published=published,
            zone=zone,
            currency=currency,
            model=model,
            keep_text=keep_text,
        )

    def coverage(self, fixture: str, text: str) -> Coverage:
        """What a text prints, set against the facts of its fixture; reads no database.

        Args:
            fixture: a fixture, or a folder of them; of several sources the one whose hash is the text's.
            text: plain text, HTML or PDF; "-" for standard input.

        Raises:
            InvalidInput: either cannot be read, or the fixture tells of no such text.
            TimelineError: a library is needed that is not installed.
        """
        from timeline.app.drafting.coverage import coverage

        return coverage(fixture, text)
