"""Reading files of company facts one after the other: for each its company, its filings, then a fact for each value."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from timeline.errors import ParseProblem, Problem
from timeline.event import Report
from timeline.intake.files import display
from timeline.intake.sec import concepts, document
from timeline.intake.sec.calendar import ANNUAL, last_years, year_end
from timeline.intake.sec.files import NO_FACTS
from timeline.intake.sec.issuer import filing, filing_source, registration
from timeline.intake.taken import Place, Taken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from timeline.intake.sec.document import Document, Filed, Value
    from timeline.intake.sec.issuer import Issuer

    Known = Callable[[str, str], Issuer]

_MALFORMED = "value-malformed"
_MEND = "compare it with the filing"


class CompanyFacts:
    """The rows of some files, in their order; may be read again. One file is held in memory at a time.

    A row's number is that of the value in its file, from 1; rows about the company and its filings have 0. `len` of all
    that is still to come can only be guessed, from the size of the files: see `__length_hint__`.

    Args:
        files: paths.
        known: the company of a CIK and a name, as it is to be recorded.
    """

    def __init__(self, files: Sequence[str], known: Known) -> None:
        self._files = files
        self._known = known
        self._sizes = [_size(file) for file in files]
        self._read = self._bytes = 0

    def __iter__(self) -> Iterator[Taken]:
        self._read = self._bytes = 0
        for file, size in zip(self._files, self._sizes, strict=True):
            yield from self._rows(file, size)

    def __length_hint__(self) -> int:
        return self._read * sum(self._sizes) // self._bytes if self._bytes else 0

    def _rows(self, file: str, size: int) -> Iterator[Taken]:
        read = document.read(file)
        self._bytes += size
        place = Place(display(file), 0)
        if isinstance(read, Problem):
            yield Taken((), place, (read,))
            return
        cik = document.cik_of(read)
        if not cik:
            yield Taken((), place, (place.problem("cik-malformed", f"{read.cik!r} is no CIK"),))
            return
        survey = Survey(read)
        self._read += survey.count + len(survey.filings) + 1
        if not survey.filings:
            yield Taken((), place, (place.problem(NO_FACTS, "there are no values in this file"),))
        else:
            issuer = self._known(cik, read.name)
            yield from _about(issuer, read, survey, place)
            for each in document.filed(read):
                yield _fact(issuer, each, place.file)


class Survey:
    """What has to be known of a file before its values are told.

    Attributes:
        count: number of values.
        filings: form and day filed by accession number.
        years: day filed, first and last day of the periods in annual reports.
    """

    def __init__(self, read: Document) -> None:
        self.count = 0
        self.filings: dict[str, tuple[str, str]] = {}
        self.years: set[tuple[str, date, date]] = set()
        for each in document.filed(read):
            self.count += 1
            # A value that cannot be read is told when its turn comes.
            if (value := _value(each)) is not None:
                self._add(value)

    def _add(self, value: Value) -> None:
        self.filings.setdefault(value.accn, (value.form, value.filed))
        if value.start is not None and value.form in ANNUAL:
            self.years.add((value.filed, date.fromisoformat(value.start), date.fromisoformat(value.end)))


def _value(each: Filed) -> Value | None:
    try:
        return document.value(each.raw)
    except (ValueError, msgspec.MsgspecError):
        return None


def _about(issuer: Issuer, read: Document, survey: Survey, place: Place) -> Iterable[Taken]:
    """The company, then its filings by the day on which they were filed."""
    since = min(day for _, day in survey.filings.values())
    ends = year_end(last_years(sorted(survey.years)))
    for reports in registration(issuer, read.name, since, ends):
        yield Taken(reports, place)
    for accession, (form, day) in sorted(survey.filings.items(), key=lambda item: (item[1][1], item[0])):
        yield Taken((filing(issuer, accession, form, day),), place)


def _fact(issuer: Issuer, each: Filed, file: str) -> Taken:
    place = Place(file, each.number)
    try:
        return Taken((_report(issuer, each),), place, raw=each.text)
    except ParseProblem as problem:
        told = place.problem(problem.rule, problem.what, problem.fix)
    except (ValueError, msgspec.MsgspecError) as error:
        told = place.problem(_MALFORMED, f"{each.taxonomy}:{each.concept}: {error}", _MEND)
    return Taken((), place, (told,), raw=each.text)


def _report(issuer: Issuer, each: Filed) -> Report:
    value = document.value(each.raw)
    payload = concepts.payload(each.taxonomy, each.concept, each.unit, value)
    return Report(
        payload=payload,
        key=concepts.key(issuer.cik, f"{each.taxonomy}:{each.concept}", each.unit, value),
        company=issuer.slug,
        source=filing_source(value.accn),
        occurred=concepts.occurred(payload, value),
    )


def _size(file: str) -> int:
    try:
        return Path(file).stat().st_size
    except OSError:
        return 0
