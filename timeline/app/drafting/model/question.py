"""What a model is asked about, and what comes of it."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from msgspec import Struct

from timeline.app.drafting.drafted import Candidate, Drafted
from timeline.paragraphs import Span
from timeline.prose.spans import Printed
from timeline.prose.text import Text


class Known(NamedTuple):
    """A company that a text may speak of.

    Attributes:
        slug: as facts name it.
        names: it goes by.
    """

    slug: str
    names: tuple[str, ...] = ()


class Unregistered(NamedTuple):
    """A company that facts are about and that is not among the known ones.

    Attributes:
        slug: that the facts have for it.
        name: as the text has it.
        span: where it is named first with a capital letter.
    """

    slug: str
    name: str
    span: Span


class Question(Struct, frozen=True, kw_only=True):
    """A text with what is known of it without a model.

    Attributes:
        text: the text.
        printed: everything that it prints, in its order.
        companies: those that are registered, or are proposed to be; the likeliest first.
        source_id: id of the source.
        published: the day of publication; None where it is not known.
        currency: what the source means by a bare "$"; empty where nobody says.
        offline: the facts that were drafted without a model.
    """

    text: Text
    printed: tuple[Printed, ...] = ()
    companies: tuple[Known, ...] = ()
    source_id: str
    published: dt.date | None = None
    currency: str = ""
    offline: tuple[Drafted, ...] = ()


class Answer(Struct, frozen=True, kw_only=True):
    """What came of asking.

    Attributes:
        facts: those that were drafted without a model, with what it says of them, and its own; in the order of the
            text, registrations of companies first.
        candidates: what the model proposed and did not pass, in the order of the answer.
        remarks: who was asked and what was not, each a short line.
        unregistered: companies to be registered before the facts can be recorded.
        used: the spans of what is printed that a quote of a fact shows.
    """

    facts: tuple[Drafted, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    remarks: tuple[str, ...] = ()
    unregistered: tuple[Unregistered, ...] = ()
    used: frozenset[Span] = frozenset()
