"""What a batch of files says twice: a source under two ids or in two ways, a key in one source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.event import printed
from timeline.intake.wording import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.errors import Problem
    from timeline.intake.document import Place
    from timeline.intake.fact import Found
    from timeline.intake.head import Head
    from timeline.record import Source

_SAME_DOCUMENT = {"url": "address", "sha256": "text"}


class Registry:
    """The sources and keys met so far, each with the place where it was met first.

    Attributes:
        sources: id, content and place, in the order of the files.
    """

    def __init__(self) -> None:
        self.sources: dict[str, tuple[Source, Place]] = {}
        self._documents: dict[tuple[str, str], tuple[str, Place]] = {}
        self._keys: dict[tuple[str, str], Place] = {}

    def enter_source(self, head: Head) -> Iterator[Problem]:
        """Take in a source; a source may be spread over files that describe it alike."""
        if head.id is None or head.source is None:
            return
        first, place = self.sources.setdefault(head.id, (head.source, head.place))
        if first != head.source:
            yield _described_otherwise(head, first, place)
        for field, what in _SAME_DOCUMENT.items():
            content = getattr(head.source, field)
            if content is None:
                continue
            twin, place = self._documents.setdefault((field, content), (head.id, head.places[field]))
            if twin != head.id:
                message = f"this {what} is that of the source {twin} ({place}): two ids cannot stand for one document"
                yield head.places[field].problem("source-duplicate", message, f"use the id {twin} in both files")

    def enter_fact(self, found: Found) -> Iterator[Problem]:
        """Take in a fact's key; where the source's id could not be read, the file stands for it."""
        first = self._keys.setdefault((found.report.source or found.key.file, found.report.key), found.key)
        if first is not found.key:
            what = f"another fact of this source has the key {shown(found.report.key)}: {first}"
            yield found.key.problem("key-duplicate", what, "give each fact of a source a key of its own")


def _described_otherwise(head: Head, first: Source, place: Place) -> Problem:
    names = [name for name in first.__struct_fields__ if getattr(first, name) != getattr(head.source, name)]
    values = [f"{name} {printed(getattr(first, name)) or 'not stated'}" for name in names]
    what = f"the source {head.id} is described otherwise in {place}: {', '.join(values)}"
    return head.places.get(names[0], head.place).problem(
        "source-differs", what, "describe it alike in both files, or give another document an id of its own"
    )
