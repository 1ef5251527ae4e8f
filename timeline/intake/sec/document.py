"""The file as the SEC writes it, and each value in it: forms only, nothing of what they mean."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec
from msgspec import Struct

from timeline.digits import MOST_PLACES, can_be_written
from timeline.errors import Problem
from timeline.intake.files import display

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST: Final = 512 * 1024 * 1024
"""Bytes that a file may have at most; the largest companies have some 50 million."""


class Value(Struct, frozen=True, gc=False):
    """One value of one concept as one filing reports it.

    `fy` and `fp`, which the SEC adds, are not read: they tell the fiscal year and quarter of the filing that reports
    the value, and most values in a filing are of other periods. Nor is `frame`: it marks, of all filings that report a
    period, the last.

    Attributes:
        end: last day of the period, or the day of an instant.
        val: the value, all digits as filed.
        accn: accession number of the filing.
        form: of the filing, such as 10-K.
        filed: day on which it was filed.
        start: first day of the period; None for an instant.
    """

    end: str
    val: Decimal
    accn: str
    form: str
    filed: str
    start: str | None = None


class Concept(Struct, frozen=True):
    """All values of a concept by unit, each as its JSON text, so that one that is broken spoils no other."""

    units: dict[str, list[msgspec.Raw]]


class Document(Struct, frozen=True, rename={"name": "entityName"}):
    """One company's file.

    Attributes:
        cik: the SEC's number of the company, with or without leading zeros.
        name: the company's name today.
        facts: concepts by taxonomy and name.
    """

    cik: int | str
    name: str = ""
    facts: dict[str, dict[str, Concept]] = {}


class Filed(NamedTuple):
    """A value with its place in the file.

    Attributes:
        number: from 1, in the order of the file.
        taxonomy: such as us-gaap.
        concept: such as Revenues.
        unit: such as USD/shares.
        raw: its JSON text.
    """

    number: int
    taxonomy: str
    concept: str
    unit: str
    raw: msgspec.Raw

    @property
    def text(self) -> str:
        """The value as it stands in the file, with what stands above it there."""
        raw = bytes(self.raw).decode("utf-8", "backslashreplace")
        return f'{{"{self.taxonomy}:{self.concept}": {{"{self.unit}": {raw}}}}}'


def read(file: str) -> Document | Problem:
    """A file's content, or why it cannot be read."""
    name = display(file)
    try:
        size = Path(file).stat().st_size
        if size > LARGEST:
            return Problem("file-too-large", f"larger than {LARGEST // 1024 // 1024} MiB", "is this one company?", name)
        return _DOCUMENT.decode(Path(file).read_bytes())
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return Problem("file-unreadable", f"it cannot be read: {reason}", "check the path", name)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        fix = "name files such as CIK0000320193.json from data.sec.gov/api/xbrl/companyfacts"
        return Problem("file-not-companyfacts", f"these are no company facts: {error}", fix, name)


def cik_of(document: Document) -> str:
    """The CIK without leading zeros; empty where it is none."""
    digits = str(document.cik).strip()
    return digits.lstrip("0") if digits.isascii() and digits.isdigit() and len(digits) <= len("0123456789") else ""


def filed(document: Document) -> Iterator[Filed]:
    """All values in the order of the file."""
    numbers = count(1)
    for taxonomy, concepts in document.facts.items():
        for concept, told in concepts.items():
            for unit, values in told.units.items():
                for raw in values:
                    yield Filed(next(numbers), taxonomy, concept, unit, raw)


def value(raw: msgspec.Raw) -> Value:
    """A value that a filing can have.

    Raises:
        ValueError: a part is missing or has not its form.
    """
    read = _VALUE.decode(raw)
    if not _is_accession(read.accn):
        raise ValueError(f"{read.accn!r} is no accession number, such as 0000320193-24-000123")
    for day in (read.start, read.end, read.filed):
        if day is not None and not _is_day(day):
            raise ValueError(f"{day!r} is no day, such as 2024-09-28")
    if not can_be_written(read.val):
        raise ValueError(f"{read.val} is no number, or one of more than {MOST_PLACES} digits")
    return read


@lru_cache(maxsize=1 << 12)
def _is_accession(text: str) -> bool:
    return re.fullmatch("[0-9]{10}-[0-9]{2}-[0-9]{6}", text) is not None


@lru_cache(maxsize=1 << 12)
def _is_day(text: str) -> bool:
    try:
        return re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False


_DOCUMENT: Final = msgspec.json.Decoder(Document)
_VALUE: Final = msgspec.json.Decoder(Value)
