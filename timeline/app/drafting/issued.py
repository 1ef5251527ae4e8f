"""When a text was published, as a fixture writes it: with its zone, and with what was assumed to get there."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline.errors import InvalidInput, ParseProblem, Problem
from timeline.prose.heading import day_of
from timeline.publication import Published

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from timeline.app.drafting.origin import Origin
    from timeline.prose.text import Text

_TIME: Final = re.compile(
    r"(?<![\d.])(?P<hour>\d{1,2}):(?P<minute>\d{2})(?P<second>:\d{2})?(?:\.\d+)?\s?(?P<half>[ap])?\.?(?(half)m\.?)"
    r"\s?\(?(?P<zone>Z|[+-]\d{2}:?\d{2}|[A-Z]{2,5})?\b",
    re.IGNORECASE,
)
_ABBREVIATIONS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = MappingProxyType(
    {
        "UTC": (("+00:00", "UTC"),),
        "GMT": (("+00:00", "Europe/London"),),
        "Z": (("+00:00", "UTC"),),
        "ET": (("", "America/New_York"),),
        "EST": (("-05:00", "America/New_York"),),
        "EDT": (("-04:00", "America/New_York"),),
        "CT": (("", "America/Chicago"),),
        "CST": (("-06:00", "America/Chicago"), ("+08:00", "Asia/Shanghai")),
        "CDT": (("-05:00", "America/Chicago"),),
        "PT": (("", "America/Los_Angeles"),),
        "PST": (("-08:00", "America/Los_Angeles"),),
        "PDT": (("-07:00", "America/Los_Angeles"),),
        "BST": (("+01:00", "Europe/London"),),
        "CET": (("+01:00", "Europe/Berlin"),),
        "CEST": (("+02:00", "Europe/Berlin"),),
        "MEZ": (("+01:00", "Europe/Berlin"),),
        "MESZ": (("+02:00", "Europe/Berlin"),),
        "EET": (("+02:00", "Europe/Helsinki"),),
        "MSK": (("+03:00", "Europe/Moscow"),),
        "IST": (("+05:30", "Asia/Kolkata"), ("+01:00", "Europe/Dublin"), ("+02:00", "Asia/Jerusalem")),
        "SGT": (("+08:00", "Asia/Singapore"),),
        "HKT": (("+08:00", "Asia/Hong_Kong"),),
        "JST": (("+09:00", "Asia/Tokyo"),),
        "KST": (("+09:00", "Asia/Seoul"),),
        "AEST": (("+10:00", "Australia/Sydney"),),
        "AEDT": (("+11:00", "Australia/Sydney"),),
        "NZST": (("+12:00", "Pacific/Auckland"),),
        "NZDT": (("+13:00", "Pacific/Auckland"),),
    }
)
"""Offset and zone of each abbreviation, the commonest first; no offset where it is that of the season."""

_IN_NAME: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_/.]?(0[1-9]|1[0-2])[-_/.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_FORMAL: Final = (
    (re.compile(r"^\s*(?:Dated?|DATED?)\s?:?\s+(?P<day>.{6,40})$"), "the day of the signature"),
    (re.compile(r"^\s*On (?P<day>[\w, ]{8,20}), the Company issued a press release"), "the day of the release"),
    (re.compile(r"^\s*Date of [Rr]eport\b[^:]{0,80}:\s*(?P<day>.{6,40})$"), "the date of the report"),
)
"""Lines of filings that tell a day near that of filing, the nearest first, and what they tell."""

_GERMAN: Final = re.compile(r"^\s*\d{1,2}\.\s?\d{1,2}\.\s?\d{4}")
_BY_LANGUAGE: Final[Mapping[str, str]] = MappingProxyType(
    {"de": "Europe/Berlin", "fr": "Europe/Paris", "zh": "Asia/Shanghai"}
)
_NOON: Final = 12


class Issued(NamedTuple):
    """When a text was published.

    Attributes:
        published: as a fixture writes it; empty where nothing tells.
        zone: IANA name or offset; empty where none is needed.
        assumed: whether the zone is an assumption.
        day: on the source's own calendar.
        remarks: what was taken for granted, and what else it may be.
    """

    published: str = ""
    zone: str = ""
    assumed: bool = False
    day: dt.date | None = None
    remarks: tuple[str, ...] = ()


def issued(text: Text, published: str | None, zone: str | None, path: str, origin: Origin) -> Issued:
    """From what the user says, else the text, else a signature, an address or a file's name that has a date in it.

    Raises:
        InvalidInput: what the user says is no time, or no zone.
    """
    for told, remark in _tellings(text, published, path):
        day = day_of(told)
        if day is not None:
            return _checked(_zoned(told, day, zone, text, origin, remark))
        if told == published:
            fix = "write a day such as 2026-01-09, or a time such as 2026-01-09T09:46:04+01:00"
            raise InvalidInput([Problem("time-malformed", f"not a publication time: {told!r}", fix)])
    return Issued(remarks=("published: nothing tells the day; give it with --published",))


def _tellings(text: Text, published: str | None, path: str) -> list[tuple[str, str]]:
    """What may tell it, each with the remark that it needs."""
    told = [(published or "", ""), (text.published or "", "")]
    for pattern, what in _FORMAL:
        days = [found["day"] for line in reversed(text.paragraphs) if (found := pattern.match(line))]
        told += [(day, f"published: {what}; it may have been filed later") for day in days[:1]]
    for name, where in ((text.url, "address"), (path.rpartition("/")[2], "file's name")):
        if found := _IN_NAME.search(name):
            told.append(("-".join(found.groups()), f"published: taken from the {where}"))
    return told


def _zoned(told: str, day: dt.date, zone: str | None, text: Text, origin: Origin, remark: str) -> Issued:
    time, printed = _time(told)
    stamp = f"{day.isoformat()}T{time}" if time else day.isoformat()
    remarks = [remark] if remark else []
    if printed[:1] in {"+", "-"}:
        found = Issued(stamp + printed, zone or "", day=day)
    elif printed in _ABBREVIATIONS:
        offset, name, doubt = _abbreviated(printed, stamp, origin)
        remarks += [doubt] if doubt else []
        found = Issued(stamp + offset, zone or name, day=day)
    elif zone:
        found = Issued(stamp, zone, day=day)
    else:
        name, why = _likely(told, text, origin)
        remarks.append(f"zone: assumed, {why}")
        found = Issued(stamp, name, assumed=True, day=day)
    return found._replace(remarks=tuple(remarks))


def _time(told: str) -> tuple[str, str]:
    """The time of a day and the zone behind it, both empty where they are not printed."""
    found = _TIME.search(told)
    if found is None:
        behind = re.search(r"\d\s?(Z|[+-]\d{2}:\d{2})$", told)
        return "", behind[1] if behind else ""
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % _NOON + (_NOON if found["half"].lower() == "p" else 0)
    zone = found["zone"] or ""
    if re.fullmatch(r"[+-]\d{4}", zone):
        zone = f"{zone[:3]}:{zone[3:]}"
    return f"{hour:02}:{found['minute']}{found['second'] or ':00'}", zone.upper()


def _abbreviated(printed: str, stamp: str, origin: Origin) -> tuple[str, str, str]:
    """Offset and zone that an abbreviation means, and the doubt that is left."""
    senses = _ABBREVIATIONS[printed]
    likely = next((sense for sense in senses if sense[1] == origin.zone), senses[0])
    doubt = ""
    if len(senses) > 1 and likely[1] != origin.zone:
        others = ", ".join(name for _, name in senses if name != likely[1])
        doubt = f"zone: {printed} is taken as {likely[1]}; it may be {others}"
    elif likely[0] and Published.parse(stamp, likely[1]).text[-6:] != likely[0]:
        doubt = f"zone: {printed} is {likely[0]} as printed, but {likely[1]} did not keep it then"
    return likely[0] if "T" in stamp else "", likely[1], doubt


def _likely(told: str, text: Text, origin: Origin) -> tuple[str, str]:
    """A zone that nobody printed, and why that one."""
    if origin.zone:
        return origin.zone, f"as {origin.why}"
    if _GERMAN.match(told):
        return "Europe/Berlin", "as the day is written with full stops"
    if zone := _BY_LANGUAGE.get(text.language, ""):
        return zone, "by the language"
    return "UTC", "as nothing tells where it was published"


def _checked(found: Issued) -> Issued:
    """Only what a fixture can hold: a time that the clocks of its zone have not, or have twice, is left out.

    Raises:
        InvalidInput: the zone is none.
    """
    try:
        Published.parse(found.published, found.zone)
    except ParseProblem as problem:
        if problem.rule == "zone-unknown":
            raise InvalidInput([Problem(problem.rule, problem.what, problem.fix)]) from None
        day = found.published[:10]
        remark = f"published: the time is left out, as {found.published[11:]} cannot be taken: {problem.what}"
        return found._replace(published=day, remarks=(*found.remarks, remark))
    return found
