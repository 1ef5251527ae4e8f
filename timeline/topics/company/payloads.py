"""The kinds of facts about the company itself: reference data, and what sources state of it."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from timeline.dates import When
from timeline.event import Identity, Payload
from timeline.naming import folded
from timeline.topics.company.identifiers import Scheme, require

Country = Annotated[str, Meta(pattern="^[A-Z]{2}$")]
MonthDay = Annotated[str, Meta(pattern="^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]
Slug = Annotated[str, Meta(pattern="^[a-z0-9][a-z0-9-]*$")]


class Registered(Payload, frozen=True, kw_only=True):
    """The company is known from now on, under the name that it had on the day it occurred.

    Attributes:
        name: as it writes itself.
        legal_form: in words ("Limited liability company"); None when not stated.
        country: ISO 3166-1 code of where it is incorporated; None when not stated.
        fiscal_year_end: month and day on which its fiscal years end; None when not stated.
        type: a company, a division of one, a group of companies or a broker; None when not stated.
    """

    KIND: ClassVar[str] = "company.registered"
    REFERENCE: ClassVar[bool] = True

    name: str
    legal_form: str | None = None
    country: Country | None = None
    fiscal_year_end: MonthDay | None = None
    type: Literal["company", "division", "group", "broker"] | None = None

    def identity(self, occurred: When) -> Identity:
        """A company is registered once."""
        del occurred
        return Identity(())


class Identified(Payload, frozen=True, kw_only=True):
    """The company goes by an identifier or another name.

    Attributes:
        scheme: "alias" is another name in use.
        value: the identifier without its exchange.
        mic: ISO 10383 code of the exchange that gave the ticker; None for other schemes.
        valid: the days on which it is in use, open ends included; None when not stated.
    """

    KIND: ClassVar[str] = "company.identified"
    REFERENCE: ClassVar[bool] = True

    scheme: Scheme
    value: str
    mic: str | None = None
    valid: When | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be an identifier of its scheme.

        Raises:
            ValueError: the form or a check digit is wrong.
        """
        require(self.scheme, self.value, self.mic)

    def identity(self, occurred: When) -> Identity:
        """The identifier, and its days, since one that was given up may be taken again."""
        del occurred
        return Identity((self.scheme, folded(self.value), self.mic or "", days(self.valid)))


class Renamed(Payload, frozen=True, kw_only=True):
    """The company has another name from the day it occurred.

    Attributes:
        name: the new one.
        valid: the days on which it bears it, if they differ from "since the day it occurred".
    """

    KIND: ClassVar[str] = "company.renamed"
    REFERENCE: ClassVar[bool] = True

    name: str
    valid: When | None = None

    def identity(self, occurred: When) -> Identity:
        """The new name, and the day."""
        return Identity((folded(self.name),), self.valid or occurred)


class Merged(Payload, frozen=True, kw_only=True):
    """Two companies are one: this one became part of the other, or both were the same from the start.

    All that is reported of either is then of both, whenever it occurred; days are only shown.

    Attributes:
        into: slug of the other one, whose name both bear.
        valid: the days on which they are one; None means since the day it occurred.
    """

    KIND: ClassVar[str] = "company.merged"
    REFERENCE: ClassVar[bool] = True

    into: Slug
    valid: When | None = None

    def identity(self, occurred: When) -> Identity:
        """The other company."""
        del occurred
        return Identity((self.into,))


class Stated(Payload, frozen=True, kw_only=True):
    """A source states a lasting property of the company, such as its business or its head office.

    Attributes:
        attribute: which property.
        value: in words.
        valid: the days on which it holds; None when not stated.
    """

    KIND: ClassVar[str] = "profile.stated"

    attribute: str
    value: str
    valid: When | None = None

    def identity(self, occurred: When) -> Identity:
        """The property with its value and days; whoever states it later states the same."""
        del occurred
        return Identity((folded(self.attribute), folded(self.value), days(self.valid)))


def days(valid: When | None) -> str | None:
    """Both ends of a validity, however it is written; None when not stated."""
    return None if valid is None else f"{valid.first}/{valid.last}"
