"""Drafting as a command asks for it: the text read, compared with those before it, drafted, and kept if that is wished.

What is asked for can be sent to other processes, each of which opens the database by itself.
"""

from __future__ import annotations

from contextlib import closing, contextmanager
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from timeline.app.drafting.draft import draft
from timeline.app.drafting.duplicates import recorded, related, relatives
from timeline.app.drafting.texts import folder_of, keep
from timeline.app.drafting.writing import fixture_text
from timeline.app.names import find_company
from timeline.prose.text import read_text
from timeline.store.opening import is_there, open_reader, snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from sqlite3 import Connection

    from timeline.app.drafting.drafted import Draft


class Asked(Struct, frozen=True, kw_only=True):
    """What drafts are asked for.

    Attributes:
        database: a path or URL, whether there is one or not.
        company: that the texts are about, by any name; None to find it in each.
        published: when they were, where they do not say.
        zone: of that time.
        currency: what a bare "$" means in them, where they do not say.
        model: whether the user's language model is asked as well.
        keep_text: whether to keep them beside the database.
    """

    database: str
    company: str | None = None
    published: str | None = None
    zone: str | None = None
    currency: str | None = None
    model: bool = False
    keep_text: bool = False

    def __call__(self, path: str, derives_from: str = "") -> str:
        """The fixture that is proposed for the text of a path, as text; as `draft_all` calls it."""
        made = self.draft(path)
        if derives_from and "derives_from" not in made.source:
            remark = f"derives_from: taken for a reprint of {derives_from}, which was drafted with it"
            fields = {**made.source, "derives_from": derives_from}
            made = replace(made, source=fields, remarks=(*made.remarks, remark))
        return fixture_text(made)

    def draft(self, path: str) -> Draft:
        """What is proposed for the text of a path, "-" for standard input.

        Raises:
            InvalidInput: it cannot be read, or does not say when it was published or which company it is about.
            NotFound: no company is called so.
            TimelineError: a library is needed that is not installed, or the text cannot be kept.
        """
        text, folder = read_text(path), folder_of(self.database)
        with self._reading() as connection:
            company = find_company(connection, self.company) if self.company and connection else self.company
            made = draft(
                connection,
                text,
                company=company,
                published=self.published,
                zone=self.zone,
                currency=self.currency,
                model=self.model,
                path=path,
            )
            day = date.fromisoformat(made.source["published"][:10])
            made = related(made, relatives(text, folder, recorded(connection), day))
        if self.keep_text:
            keep(folder, text)
        return made

    @contextmanager
    def _reading(self) -> Iterator[Connection | None]:
        """A connection all of whose answers are of one moment; None where there is no database yet."""
        if not is_there(self.database):
            yield None
            return
        with closing(open_reader(self.database)) as connection, snapshot(connection):
            yield connection
