"""What drafts the texts: the offline draft with a database of companies, told no more of a text than stands in it.

The one exception: some texts print no day of publication, and none says which country's dollar it means. Both stand in
the head of the annotation, and a person who drafts has the page before her; so they are told, unless blind.
"""

from __future__ import annotations

from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from timeline import Timeline
from timeline.store.opening import open_reader, snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evaluation.measuring import Drafter
    from timeline.app.drafting.drafted import Draft
    from timeline.prose.text import Text
    from timeline.record import Source


@contextmanager
def drafting(registers: Sequence[str], *, blind: bool = False) -> Iterator[Drafter]:
    """What makes a draft of a text, and knows the companies that are registered in these files.

    Args:
        registers: fixtures.
        blind: tell it nothing of a source, not even when it was published.
    """
    from timeline.app.drafting.draft import draft

    with TemporaryDirectory() as folder:
        database = Path(folder) / "companies.db"
        Timeline.open(database).load(registers)
        with closing(open_reader(database)) as connection, snapshot(connection):

            def drafted(text: Text, recorded: Source) -> Draft:
                if blind:
                    return draft(connection, text)
                zone, currency = recorded.zone or None, recorded.currency or None
                return draft(connection, text, published=recorded.published, zone=zone, currency=currency)

            yield drafted
