"""How texts name people and the offices that they hold."""

from __future__ import annotations

from typing import Final

_NO_NAME: Final = (
    r"(?!(?:Chief|Executive|Officer|President|Chair\w*|Director|Directors|Board|Inc|Corp|Ltd|Group"
    r"|Company|Item|The|On|In|At"
    r"|As|He|She|It|They|We|Its|His|Her|Our|This|That|Who|Mr|Ms|Mrs|Dr|Former|Interim|Acting|Vice"
    r"|Senior|New|Plan|Agreement"
    r"|Committee|Stock|Exchange|Annual|General|Meeting|Shareholders|Stockholders|Independent|Non|Managing|Head"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|June|July|August|September|October|November"
    r"|December|Effective|Today)\b)"
)
_PART: Final = rf"{_NO_NAME}[A-ZÀ-ÖØ-ÞĀŠŽŁŚČ][\w-]*[^\W\d_A-Z](?:[’'][A-Z][\w-]+)?(?:-[A-Z][\w]+)?"
_INITIALS: Final = r"(?:\s(?:[A-Z]\.\s?){1,2}|\s)"
_PARTICLES: Final = r"(?:(?:de|van|von|der|den|del|di|da|dos|bin|bint|al|la|le|ter|ten)\s){0,2}"
_FULL: Final = rf"{_PART}{_INITIALS}{_PARTICLES}(?:{_PART}\s){{0,1}}{_PART}|[A-Z]\.\s?(?:[A-Z]\.\s?)?{_PART}"
_TITLED: Final = rf"(?:Mr|Ms|Mrs|Dr)\.?\s{_PART}(?:{_INITIALS}{_PART})?"

NAME: Final = rf"(?-i:(?:Sir\s|Dame\s)?(?:{_TITLED}|{_FULL}))"
"""A person's name: in full, or the last name behind a title."""

NAMED: Final = rf"(?-i:(?:Sir\s|Dame\s)?(?:{_TITLED}|{_FULL}|{_PART}))"
"""The same, or one name alone, where the words around it tell that it is a person's."""

_MODIFIERS: Final = (
    r"(?:(?:interim|acting|group|deputy|executive|non-?executive|independent|lead|senior|global|vice"
    r"|assistant|founding|co"
    r"|managing|principal|regional|corporate|first|associate|honorary|supervisory|board)[\s-]){0,4}"
)
_OFFICE: Final = (
    r"(?:chief(?:\s(?!and\b|of\b)[\w&]+){1,3}?\sofficer|chief\sexecutive|chief\sof\sstaff|C[EFOTIM]O|CHRO|president"
    r"|chair(?:man|woman|person)?|director|treasurer|controller|comptroller|(?:company\s)?secretary|general\scounsel"
    r"|general\smanager|managing\spartner|head\sof(?:\s(?!and\b)[\w&]+){1,3}?"
    r"|member\sof\s(?:the|its)\s(?:\w+\s){0,2}board)(?:\sof\s(?:the\s)?(?:\w+\s){0,2}(?:board|directors))*"
)
ROLE: Final = (
    rf"(?P<role>{_MODIFIERS}{_OFFICE}(?:(?:,\sand|,|\sand|\s&)\s(?:the\s|its\s|as\s)?{_MODIFIERS}{_OFFICE}){{0,3}})\b"
)
"""One office or several, as the field that holds them."""

OFFICE: Final = rf"{_MODIFIERS}{_OFFICE}\b"
"""An office, as words that no field takes."""

THE: Final = r"(?:(?:the|its|a|an|our|new|next|their|first|company[’']s|group[’']s|[\w.&-]+[’']s)\s){0,3}"
"""Words that may lead to an office."""

ASIDE: Final = r"(?:(?:,\s(?![^,;]{0,60}\b(?:said|told)\b)[^,;]{1,80}){1,3},|,?\s\([^)]{1,40}\))?"
"""What may be said of a person between the name and what becomes of them: an age, a present office."""

SPELLED: Final = {
    "chief executive officer": r"\bCEO\b|\bchief executive(?! officer)\b",
    "chief financial officer": r"\bCFO\b",
    "chief operating officer": r"\bCOO\b",
    "chief technology officer": r"\bCTO\b",
    "chief information officer": r"\bCIO\b",
    "chief marketing officer": r"\bCMO\b",
}
"""Short forms of offices, so that a title and the text below it name one office."""

WHOM: Final = {
    "": (
        rf"(?P<value>(?-i:(?:Mr|Ms|Mrs|Dr)\.?\s[A-Z][\w-]+)|{NAME}(?=(?:[’']s)?\s(?:will|shall|is|was|has"
        r"|to|annual|base|target|received?)\b))"
    )
}
"""Of whom a sentence tells: the last name behind a title, or a name that a verb follows."""
