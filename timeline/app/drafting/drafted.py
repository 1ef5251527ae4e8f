"""What is proposed for a text: facts as a fixture writes them, with how sure they are, and figures without a fact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from timeline.event import Locator
from timeline.paragraphs import Span
from timeline.prose.text import Text


class Drafted(Struct, frozen=True, kw_only=True):
    """A fact that is proposed; a person decides.

    Attributes:
        fields: as a fixture writes them, all texts, or lists and mappings of them: key, kind, company, occurred, those
            of the kind, said_by, confirmed, parties, note; all but `at`.
        at: where it stands in the text, each quote verbatim.
        sentence: the sentence that it was drafted from.
        confidence: of 100.
        doubts: what was taken for granted, and the alternatives there are, each a short line.
    """

    fields: Mapping[str, Any]
    at: tuple[Locator, ...]
    sentence: Span
    confidence: int
    doubts: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The fact's kind."""
        return str(self.fields["kind"])


class Candidate(Struct, frozen=True, kw_only=True):
    """A printed figure or date, or a fact, that could not be placed.

    Attributes:
        quote: verbatim.
        paragraph: where it is printed; None where even that is not so.
        reason: why it is in no fact.
    """

    quote: str
    paragraph: int | None
    reason: str


class Draft(Struct, frozen=True, kw_only=True):
    """A fixture that is proposed for a text.

    Attributes:
        source: the fields of the source block as a fixture writes them, its id first.
        remarks: what was taken for granted in the source block, each a short line.
        company: slug of the company that the text is about.
        facts: registrations of companies that are new first, then in the order of the text.
        candidates: in the order of the text.
        text: that it was drafted from.
    """

    source: Mapping[str, str]
    remarks: tuple[str, ...]
    company: str
    facts: tuple[Drafted, ...]
    candidates: tuple[Candidate, ...]
    text: Text
