"""Cues: by which words a sentence is told to report a fact of a kind, and which of its figures goes into which field.

A topic declares its cues; whoever drafts from texts knows no kind by name. A cue knows words and fields, no text, no
parser and no database. All patterns are matched without regard to case, on one sentence, and have to be bounded.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from timeline.event import Payload


def any_of(*words: str) -> str:
    """The pattern of any of some words, each a pattern itself, as whole words."""
    return rf"\b(?:{'|'.join(words)})\b"


Occurred = Literal["day", "by", "period", "until", "said", "told", "before"]


class Slot(Struct, frozen=True, kw_only=True):
    """Where the figure, date or period of a field stands beside its words.

    A field without a slot takes what its measure admits and no slot asks for. Of several slots the first that matches
    is taken, figures nearest to the trigger first.

    Attributes:
        field: of the payload, or "occurred".
        before: what the words right before the figure end with ("compared (?:to|with)"); empty for anything.
        after: what the words right behind it begin with ("per share"); empty for anything.
        inside: what the print itself has to hold ("stores"); empty for anything.
        ends: whether it is the upper end of a range of which the field has the lower end.
        begins: whether of a time that is open to this day ("since May") only its beginning is meant.
        closes: whether of a time that is open before a day ("through May") only its end is meant.
    """

    field: str
    before: str = ""
    after: str = ""
    inside: str = ""
    ends: bool = False
    begins: bool = False
    closes: bool = False


class Cue(Struct, frozen=True, kw_only=True):
    """How a sentence reports a fact of one kind.

    Attributes:
        payload: the kind.
        trigger: the words that tell it; each match in a sentence begins a fact of its own. A named group fills the
            field of its name with the words it takes.
        about: short patterns that every sentence with the trigger matches as well, so that a long trigger is made and
            tried only where they do; empty for a short one.
        unless: a clause with such words, before the trigger or soon behind it, reports something else.
        within: words that the clause has to have as well, likewise; empty for none.
        fixed: values by field that the trigger tells by itself.
        words: by field, values with the pattern that tells each, tried in order, nearest to the trigger; a value may
            be empty to take the matched words themselves (or their group "value").
        spelled: by field, how what the trigger or the words told is spelled, with the pattern of what is spelled
            otherwise, so that a short form and the full one are the same.
        names: fields that hold the name of a person: as printed, and in full where the text has the whole name once.
        slots: which figures go where; see `Slot`.
        never: fields that take no figure unless a slot says so.
        compared: the field that a figure goes into which the fact is compared with ("from", "compared to"); empty for
            none, so that such figures belong to no field.
        loss: words, between the trigger's start and the figure, that make the figures of `negated` negative.
        negated: those fields.
        others: by field, what the words right before the name of another company end with, or empty for any; the field
            takes the name, and the company is a party.
        tense: "past" or "future" where only such days and periods are meant.
        needs: fields without which nothing is proposed, beside those that the kind requires itself.
        lines: how many of the lines that follow can tell more of the same fact, as forms do: a label and its value.
        goes_on: how the next sentence of the paragraph begins where it tells more of the same fact; empty for never.
        occurred: "day": the day told beside it, else that of publication; "by": that day or, where none is told, any up
            to that of publication; "until": all days up to the one told, or up to that of publication; "period": the
            period that it speaks of; "said": the day of publication, whatever other days are told; "told": the day told
            in the sentence itself, else that of publication; "before": any day up to that of publication, whatever
            other days are told, since the sentence repeats what was decided. What the company itself publishes it says
            that day.
        weekdays: whether of a week that is told only the days from Monday to Friday are meant.
        earlier: fields that the sentences before it may tell, by the same words and slots, where it does not.
        concerns: what the words right before the name of the company concerned end with, where it is not the one that
            the text is about or that is named before the trigger; empty for nothing.
        observed: whether it is what anyone can see, such as a price on an exchange, so that nobody has to say it.
        confidence: of 100, that such a sentence is one and its fields are right; what is assumed lowers it.
    """

    payload: type[Payload]
    trigger: str
    about: tuple[str, ...] = ()
    unless: str = ""
    within: str = ""
    fixed: Mapping[str, str] = {}
    words: Mapping[str, Mapping[str, str]] = {}
    spelled: Mapping[str, Mapping[str, str]] = {}
    names: tuple[str, ...] = ()
    slots: tuple[Slot, ...] = ()
    never: tuple[str, ...] = ()
    compared: str = ""
    loss: str = ""
    negated: tuple[str, ...] = ()
    others: Mapping[str, str] = {}
    tense: Literal["", "past", "future"] = ""
    needs: tuple[str, ...] = ()
    goes_on: str = ""
    lines: int = 0
    occurred: Occurred = "day"
    weekdays: bool = False
    earlier: tuple[str, ...] = ()
    concerns: str = ""
    observed: bool = False
    confidence: int = 70
