"""The words by which a text reports who takes or leaves an office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from timeline.cue import Cue, Slot
from timeline.topics.governance.payloads import Changed
from timeline.topics.governance.people import ASIDE, NAMED, OFFICE, ROLE, SPELLED, THE, WHOM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PERSON: Final = rf"(?P<person>{NAMED})"
_FORMER: Final = r"(?:(?!as\b|to\b)[\w’'-]+\s){0,4}?"
_NOT_NEWS: Final = (
    r"\b(?:pursuant\sto\swhich|press\srelease\sannouncing|in\sconnection\swith"
    r"|arrangements?\sor\sunderstandings?|would|might|could|may\sbe|whether|not\sbeen|previously"
    r"|formerly"
    r"|if|rumou?r\w*|earlier\sin\s(?:his|her)\scareer)\b"
)
_AT_ONCE: Final = {
    "{occurred}": (
        r"\b(?:effective|with)\s(?:immediately|immediate\seffect|(?:as\sof\s|on\s)?(?:such|that"
        r"|the\ssame)\sdate)\b|\beffective\sof\simmediately\b"
    )
}
_EFFECTIVE: Final = Slot(
    field="effective",
    before=(
        r"\b(?:effective|with\seffect|beginning|commencing|starting|from)(?:\s(?:as\sof|on|from|of|in"
        r"|the\sclose\sof\sbusiness)){0,2}"
    ),
)
_SINCE: Final = Slot(field="occurred", before=r"\b(?:since|in)(?:\s(?:early|late|mid))?", begins=True)
_SINCE_THEN: Final = {"effective": {"{occurred}": "."}}
_TO_BE: Final = (
    r"(?:(?:as|to\s(?:serve\sas|be(?:come)?|act\sas)|to\s(?:the|its)\s(?:positions?|roles?|posts?"
    r"|office)\sof|to\sits|to)\s)?"
)
_WILL: Final = (
    r"(?:(?:will|would|is|has|had|to|shall|intends?|plans?|set|due|decided|announced|tendered|also|be"
    r"|been|voluntarily)\s){0,4}"
)
_VERBS: Final = {
    "appointed": r"appoint(?:s|ed|ing)?|nam(?:es|ed|ing)|hir(?:es|ed|ing)|tap(?:s|ped)|selected|picks|picked",
    "re-elected": r"re-?elect(?:s|ed|ing)?|re-?appoint(?:s|ed|ing)?",
    "elected": r"elect(?:s|ed|ing)?",
    "promoted": r"promot(?:es|ed|ing)|elevat(?:es|ed)",
}
_PASSIVES: Final = {
    "appointed": "appointed|named|hired|selected|tapped",
    "re-elected": "re-?elected|re-?appointed",
    "elected": "elected",
    "promoted": "promoted|elevated",
}
_NOUNS: Final = {
    "appointed": "appointment",
    "re-elected": "re-?election",
    "elected": "election",
    "promoted": "promotion",
}
_LEAVING: Final = {
    "resigned": (
        r"step(?:s|ped|ping)?\s(?:down|aside)|resign(?:s|ed|ing)?|quit(?:s|ting)?|stand(?:s|ing)?\sdown"
        r"|stood\sdown|depart(?:s|ed|ing)?|leav(?:e|es|ing)(?=\s(?:the|in|at|on|his|her|their|after|by|office)\b|[.,;])"
    ),
    "retired": r"retir(?:e|es|ed|ing)",
}
_LEFT: Final = {"resigned": "resignation", "retired": "retirement", "removed": "dismissal|removal|ouster|termination"}
_FROM: Final = (
    r"(?:\s(?:(?!as\b)[\w-]+)){0,3}?(?:\s(?:from|of)\s(?:his|her|their|the)\s(?:positions?|roles?"
    r"|posts?|office|employment))?\s(?:as|of|from)"
)
_BOARD: Final = r"(?:the\s|its\s|our\s|[\w.&-]+[’']s\s)?(?:supervisory\s|company[’']s\s)?board(?:\sof\sdirectors)?\b"


def _changed(change: str, trigger: str, *slots: Slot, role: str = "", confidence: int = 75, **more: Any) -> Cue:  # noqa: ANN401  fields of a cue
    """A cue of which the trigger tells the person and, unless it is given, the role."""
    settled = {"words": {"effective": _AT_ONCE}, **more}
    return Cue(
        payload=Changed,
        trigger=trigger,
        unless=_NOT_NEWS,
        fixed={"change": change, **({"role": role} if role else {})},
        slots=(_EFFECTIVE, *slots),
        spelled={"role": SPELLED},
        names=("person",),
        confidence=confidence,
        **settled,
    )


_TAKEN: Final = tuple(
    cue
    for change in _VERBS
    for cue in (
        _changed(change, rf"\b(?:{_VERBS[change]})\s{_FORMER}{_PERSON}{ASIDE}\s{_TO_BE}{THE}{ROLE}"),
        _changed(change, rf"\b(?:{_VERBS[change]})\s{_FORMER}{_PERSON}{ASIDE}\sto\s{_BOARD}", role="director"),
        _changed(
            change,
            (
                rf"\b{_PERSON}{ASIDE}(?:,?\swho)?\s(?:was|were|has\sbeen"
                rf"|had\sbeen)\s(?:unanimously\s)?(?:{_PASSIVES[change]})\s{_TO_BE}{THE}{ROLE}"
            ),
            _SINCE,
        ),
        _changed(
            change,
            (
                rf"\b{_PERSON}{ASIDE}(?:,?\swho)?\s(?:will\sbe|is\sto\sbe|is\sbeing"
                rf"|is)\s(?:{_PASSIVES[change]})\s{_TO_BE}{THE}{ROLE}"
            ),
        ),
        _changed(change, rf"\b{_NOUNS[change]}\sof\s{_FORMER}{_PERSON}{ASIDE}\s(?:as|to)\s{_TO_BE}{THE}{ROLE}"),
        _changed(change, rf"\b{_PERSON}[’']s?\s{_NOUNS[change]}\s(?:as|to)\s{_TO_BE}{THE}{ROLE}"),
    )
)
_TAKING: Final = (
    _changed(
        "appointed",
        rf"\b(?:replaced|succeeded)\s(?:\w+\s){{0,3}}?by\s{_FORMER}{_PERSON}{ASIDE}\s(?:\w+\s){{0,3}}?as\s{THE}{ROLE}",
    ),
    _changed(
        "appointed",
        rf"\b{_PERSON}{ASIDE}(?:,?\swho)?\s(?:will|is\sto|is\sset\sto|is\sdue\sto)\s(?:become"
        r"|take\sover\sas|serve\sas|take\son\sthe\srole\sof"
        rf"|assume\sthe\s(?:role|position)s?\sof|act\sas|step\sin\sas|join(?:\s[\w’'.&-]+){{0,4}}?\sas"
        rf"|(?:succeed|replace)\s(?:{NAMED}){ASIDE}(?:\s\w+){{0,2}}?\sas)\s{THE}{ROLE}",
    ),
    _changed(
        "appointed",
        (
            rf"\b{_PERSON}{ASIDE}\s(?:became|becomes|took\sover\sas|takes\sover\sas|succeeded\s(?:{NAMED})\sas"
            rf"|replaced\s(?:{NAMED})\sas)\s{THE}{ROLE}"
        ),
        _SINCE,
        confidence=65,
    ),
    _changed(
        "appointed",
        (
            rf"\b{_PERSON}{ASIDE}(?:,?\swho)?,?\shas\s(?:also\s)?(?:been|served\sas"
            rf"|acted\sas)\s{THE}{ROLE}(?:\sof\s[\w\s]{{2,30}})?(?=\ssince\b)"
        ),
        _SINCE,
        words=_SINCE_THEN,
    ),
    _changed(
        "promoted",
        (
            r"(?<=\band\s)has\s(?:also\s)?(?:been|served\sas"
            rf"|acted\sas)\s{THE}{ROLE}(?:\sof\s[\w\s]{{2,30}})?(?=\ssince\b)"
        ),
        _SINCE,
        words={"person": WHOM, **_SINCE_THEN},
        confidence=65,
    ),
    _changed(
        "appointed",
        (
            rf"\b{_PERSON}{ASIDE}\sjoined\s(?:the\s)?(?:company|group|firm|bank"
            rf"|us)\s(?:in\s\w+(?:\s\d{{4}})?\s)?as\s{THE}{ROLE}"
        ),
        _SINCE,
        words=_SINCE_THEN,
    ),
)
_LEAVERS: Final = tuple(
    cue
    for change, verbs in _LEAVING.items()
    for cue in (
        _changed(change, rf"\b{_PERSON}{ASIDE}(?:,?\swho)?\s{_WILL}(?:{verbs}){_FROM}\s{THE}{ROLE}"),
        _changed(change, rf"\b{ROLE}\s{_PERSON}{ASIDE}\s{_WILL}(?:{verbs})\b"),
        _changed(change, rf"\b{_PERSON},\s{THE}{ROLE}(?:\s[^,;]{{1,40}})?,\s{_WILL}(?:{verbs})\b"),
        _changed(
            change,
            rf"\b{_PERSON}{ASIDE}\s(?:has\s)?(?:notified|informed|advised|told)\s(?:\w+\s){{1,8}}?(?:of"
            r"|that)\s(?:\w+\s){1,5}?"
            rf"(?:to\s|will\s|would\s)?(?:{verbs}){_FROM}\s{THE}{ROLE}",
        ),
    )
)
_GONE: Final = tuple(
    cue
    for change, noun in _LEFT.items()
    for cue in (
        _changed(change, rf"\b(?:{noun})\sof\s(?:{OFFICE}\s)?{_PERSON}{ASIDE}{_FROM}\s{THE}{ROLE}"),
        _changed(change, rf"\b{_PERSON}[’']s?\s(?:{noun}){_FROM}\s{THE}{ROLE}"),
    )
)
_REMOVED: Final = (
    _changed(
        "removed",
        (
            rf"\b{_PERSON}{ASIDE}\s(?:was|were|has\sbeen)\s(?:removed|dismissed|ousted|fired|terminated|sacked"
            rf"|relieved){_FROM}\s{THE}{ROLE}"
        ),
    ),
    _changed(
        "removed",
        rf"\b(?:removed|dismissed|ousted|fired|sacked|terminated)\s{_FORMER}{_PERSON}{ASIDE}\sas\s{THE}{ROLE}",
    ),
    _changed(
        "removed",
        (
            rf"\b{_PERSON}[’']s?\semployment\sas\s{THE}{ROLE}(?=[^;]{{0,90}}?\b(?:terminat|(?:will|shall)\send"
            r"|ended|ceased?))"
        ),
    ),
)
_DIED: Final = (
    _changed("died", rf"\b{ROLE}\s{_PERSON}{ASIDE}\s(?:has\s|had\s)?(?:died|passed\saway)\b"),
    _changed("died", rf"\b{_PERSON},\s{THE}{ROLE}(?:\s[^,;]{{1,40}})?,\s(?:has\s|had\s)?(?:died|passed\saway)\b"),
)

_SOME_OFFICE: Final = (
    r"chief|C[EFOTIM]O\b|CHRO|president|chair|director|treasurer|controller|comptroller|secretary|counsel|manager"
    r"|partner|head\sof|board"
)
"""Part of every office: triggers are long, and made only for a sentence that has one and a word of the change."""


def _telling(words: Iterable[str], cues: Iterable[Cue]) -> Iterator[Cue]:
    """The cues, to be tried where one of the words stands."""
    about = (_SOME_OFFICE, rf"\b(?:{'|'.join(words)})")
    return (replace(cue, about=about) for cue in cues)


OFFICERS: Final = (
    *_telling((rf"(?:{forms})\b" for forms in (*_VERBS.values(), *_PASSIVES.values(), *_NOUNS.values())), _TAKEN),
    *_telling((r"(?:replaced|succeed\w*|will|is\s(?:set\s|due\s)?to|bec[oa]mes?|took|takes|has|joined)\b",), _TAKING),
    *_telling(_LEAVING.values(), _LEAVERS),
    *_telling(_LEFT.values(), _GONE),
    *_telling(("remov", "dismiss", "oust", "fired", "sack", "terminat", "reliev", "employment"), _REMOVED),
    *_telling(("died", "passed"), _DIED),
)
