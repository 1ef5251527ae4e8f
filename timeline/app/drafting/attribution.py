"""Who said what a sentence reports, and whether the company confirmed it.

A company confirms what it says itself: by its name, as "the company", as "it" or by an officer who speaks for it. What
only a journalist tells has no word of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from timeline.app.drafting.passages import Passage

_NO_NAME: Final = (
    r"(?!(?:Chief|Officer|Executive|President|Chairman|Director|Managing|Senior|Vice|Manager|General|Analysts?|CEO|CFO|COO"
    r"|The|On|In|At|But|And|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b)"
)
_NAME: Final = (
    rf"(?-i:{_NO_NAME}[A-Z][\w.’'-]+(?:\s(?:[A-Z]\.|{_NO_NAME}[A-Z][\w’'-]+|de[A-Z]\w+|de|van|von|bin|al)){{1,3}})"
)
_OFFICES: Final = (
    r"(?:chief\s\w+\sofficer|chief\sexecutive|(?:managing|executive)\s(?:officer|director)|chairman|chairwoman|chair"
    r"|president|founder|director|CEO|CFO|COO|CTO|finance\schief|boss|spokes(?:man|woman|person)|general\smanager"
    r"|vice\spresident)(?:\sand\s\w+)?"
)
_OFFICE: Final = rf"(?:{_OFFICES},?\s)"
_SAID: Final = r"(?:said|says|told|added|noted|stated|commented|explained|wrote|warned|predicted|tweeted)"
_GAVE: Final = (
    r"(?:(?:\w+ly|has|also|had)\s){0,2}(?:provided|gave|set|expects?|sees|aims|targets?|plans|wants|forecasts?|announced"
    r"|reiterated|confirmed|promised|pledged|predicts|believes|hopes|announced|revealed|disclosed|reaffirmed)"
)
_SAYS: Final = (
    re.compile(rf"{_OFFICE}?(?P<who>{_NAME}),?(?:\s[^,]{{3,60}},)?\s{_SAID}\b", re.IGNORECASE),
    re.compile(
        rf"\b{_SAID}\s(?:(?:its|the|[\w.’'-]{{2,30}}[’']s)\s)?(?:group\s|company\s)?{_OFFICE}(?P<who>{_NAME})",
        re.IGNORECASE,
    ),
    re.compile(rf"[”\"’'],?\s{_SAID}\s(?P<who>{_NAME})", re.IGNORECASE),
    re.compile(rf"\baccording\sto\s(?:its\s|the\s)?{_OFFICE}?(?P<who>{_NAME})", re.IGNORECASE),
    re.compile(rf"\b{_OFFICE}(?P<who>{_NAME})\s{_GAVE}\b", re.IGNORECASE),
    re.compile(
        rf"\b(?P<who>a\s(?:company\s)?(?:spokes\w+|representative|executive))\b.{{0,60}}\b{_SAID}\b", re.IGNORECASE
    ),
)
_NO_PERSON: Final = re.compile(
    r"\b(?:Inc|Ltd|Limited|Corp|Corporation|Co|Company|Group|plc|AG|SE|N\.?V|S\.?A|S\.p\.A|AB|Oyj?|GmbH|LLC|Holdings?|Bank"
    r"|Airlines?|Airways|Motors?|Securities|Capital|Partners|Reuters|Bloomberg|News|Commission|Ministry|Department|Exchange"
    r"|Agency|Office|Court|Journal|Times|Post|Association|Institute|Board|Committee|Chief|Officer|Executive|President|The"
    r"|Goldman|Morgan|Stanley|Jefferies|Barclays|Nomura|Daiwa|Deutsche|Sachs|Bernstein|Electronics?|Industries|Energy|Pharmaceuticals?|Pharma|Technolog\w+|Systems|Cement|Steel|Foods|Hotels?|Research|Data"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|June|July|August|September|October|November"
    r"|December|Q[1-4]|FY\w*|EBITDA?)\b"
)
_ANALYSTS: Final = re.compile(r"\b(?:analysts?|experts?|strategists?|economists?)\s(?:at|from|of)\s$", re.IGNORECASE)
_UNNAMED: Final = re.compile(
    r"\b(?:people|sources?|persons?)\s(?:familiar|close|with\sknowledge|briefed)|\bsources?\s(?:said|told)|\breportedly\b",
    re.IGNORECASE,
)
_VERB: Final = (
    r"(?:said|says|announce[sd]?|reports?|reported|posts?|posted|confirm(?:s|ed)|disclosed?|declared?|states?|stated"
    r"|expect(?:s|ed|ing)?|plan(?:s|ned|ning)?\sto|aims?\sto|intends?\sto|forecasts?|anticipate[sd]?|guided|guides|project(?:s|ed)"
    r"|estimate[sd]?|predict(?:s|ed)|reaffirm(?:s|ed)|reiterate[sd]?|targets|targeted|sees|warn(?:s|ed)|flagged|told\s\w+"
    r"|published|releases?|released|logged|swung\sto|booked|(?:recogni[sz]|record)(?:ed|es)"
    r"|(?:raise[sd]?|cuts?|lower(?:s|ed)|lift(?:s|ed)|trim(?:s|med)|slash(?:es|ed)|narrow(?:s|ed)|hike[sd]?|increase[sd]?"
    r"|maintain(?:s|ed)|withdr[ae]w|suspended|kept)\s(?:its|the|their|our)\s(?:[\w’'-]+\s){0,5}?"
    r"(?:forecasts?|guidance|outlook|targets?|program(?:me)?|plan|projections?|estimates?|buy-?back|dividend)"
    r"|(?:will|would|is\sto|is\sscheduled\sto)\s(?:publish|report|release|announce|hold|host|present))\b"
)
_MANNER: Final = (
    r"(?:,?\s(?:also|now|today|yesterday|still|earlier|late|later|has|had|have|(?:on\s)?(?:late\s)?\w+day|\w+ly|then))"
)
_BEHIND: Final = re.compile(
    rf"(?:\s?\([^)]{{1,60}}\)|,\s[^,;]{{2,80}},|\s[A-Z0-9]+\.[A-Z]+)?{_MANNER}{{0,3}},?\s{_VERB}", re.IGNORECASE
)
"""What stands behind the name of a company that says something: a ticker or an aside, the day, the verb."""

_BEFORE: Final = re.compile(r"\baccording\sto\s(?:[\w-]+\s){0,3}$", re.IGNORECASE)
_OFFICER: Final = re.compile(rf"{_OFFICE}{_NAME}$", re.IGNORECASE)
_IN_OFFICE: Final = re.compile(
    rf",\s(?:the\s|its\s|[\w.’'-]{{2,30}}[’']s\s)?(?:[\w-]+\s){{0,2}}?{_OFFICES}\b", re.IGNORECASE
)
_TRADE: Final = (
    r"(?:company|firm|group|corporation|[\w-]*maker|bank|retailer|airline|carrier|insurer|lender|miner|giant|producer"
    r"|manufacturer|operator|conglomerate|supplier|utility|developer|chain|brand|brewer|refiner|builder|distributor|startup"
    r"|provider|owner|REIT|fund|trust|management)"
)
_COMPANY: Final = re.compile(
    rf"\b(?:it|we|the\s(?:[\w.’'-]+\s){{0,3}}?{_TRADE}|management)(?:,\s[^,;]{{3,80}},)?{_MANNER}{{0,2}}\s{_VERB}"
    r"|\baccording\sto\s(?:the\s(?:\w+\s)?(?:company|firm|group|carmaker)|(?:its|a\scompany)\s(?:\w+\s)?(?:statement|release|filing))\b"
    r"|\b(?:released|published|posted|reported)\s(?:its|the)\s(?:\w+\s){0,2}(?:results|figures|earnings|report)\b"
    r"|\b(?:representatives?|spokes\w+|executives?)\s(?:for|of|at)\s(?:the|its)\s(?:firm|company|group)\b"
    r"|\bcompany\s(?:representatives?|spokes\w+|executives?)\b"
    r"|\bin\sa\s(?:\w+\s){0,3}(?:filing|statement|announcement|release)\b|\bannounced\stoday\b|\bwe\b|\bour\b",
    re.IGNORECASE,
)
_FIGURES: Final = re.compile(
    r"\b(?:results?|earnings|profits?|loss(?:es)?|revenues?|sales|income|forecasts?|outlook|guidance|impairment|charges?)\b",
    re.IGNORECASE,
)
_LEAD: Final = 4
"""Paragraphs in which a text says whose results it tells."""


def attribution(
    passage: Passage, source_kind: str, company: str = "", text: Sequence[Passage] = (), *, own_figures: bool = False
) -> Mapping[str, str]:
    """`said_by` and `confirmed` as a fixture writes them, where the text or the sort of source tells them.

    Args:
        passage: the sentence.
        source_kind: a filing and a statement are the company's own.
        company: slug of whom the fact concerns.
        text: all its sentences.
        own_figures: whether it is a figure that a company tells of itself, a result or a forecast; such have its word
            where the text begins with its report.
    """
    found = {}
    speaker = _speaker(passage)
    if speaker:
        found["said_by"] = " ".join(speaker.split())
    if _UNNAMED.search(passage.text):
        found["confirmed"] = "unnamed"
    elif source_kind in ("filing", "statement") or _confirms(passage, company, text, own_figures=own_figures):
        found["confirmed"] = "company"
    return found


def _confirms(passage: Passage, company: str, text: Sequence[Passage], *, own_figures: bool) -> bool:
    """Whether the company says it, in the sentence or one before it of the paragraph."""
    if _says(passage, company):
        return True
    here = (each for each in text if each.paragraph == passage.paragraph and each.start < passage.start)
    if any(_says(each, company) for each in here):
        return True
    lead = (each for each in text if each.paragraph <= _LEAD and _FIGURES.search(each.text))
    return own_figures and any(_says(each, company) for each in lead)


def _says(passage: Passage, company: str) -> bool:
    """Whether the company, or an officer of it, says what a sentence tells."""
    named = [each for each in passage.mentions if each.slug == company]
    return (
        _COMPANY.search(passage.text) is not None
        or any(_BEHIND.match(passage.after(each)) for each in named)
        or any(_BEFORE.search(passage.before(each)) for each in named)
        or any(_is_officer(match, passage.text) for match in _speakers(passage))
    )


def _is_officer(match: re.Match[str], text: str) -> bool:
    """Whether who speaks, in so many words, does so in an office."""
    spoken = re.search(rf"\b{_SAID}\b", match[0], re.IGNORECASE)
    return spoken is not None and bool(
        _OFFICER.search(text, 0, match.end("who")) or _IN_OFFICE.match(text, match.end("who"))
    )


def _speaker(passage: Passage) -> str:
    return next((match["who"] for match in _speakers(passage)), "")


def _speakers(passage: Passage) -> Iterator[re.Match[str]]:
    """Where a person speaks: no company, no newspaper, no office."""
    places = [passage.place(each) for each in passage.mentions]
    for pattern in _SAYS:
        for match in pattern.finditer(passage.text):
            start, end = match.span("who")
            is_company = any(first < end and start < last for first, last in places)
            if not (is_company or _ANALYSTS.search(passage.text, 0, start)) and not _NO_PERSON.search(match["who"]):
                yield match
