"""The words by which a text reports what authorities do."""

from __future__ import annotations

from typing import Any, Final

from timeline.cue import Cue
from timeline.topics.affairs.organisations import AUTHORITY, NAMED
from timeline.topics.affairs.payloads import Acted

_ACTS: Final = (
    r"(?:has\s|have\s|had\s|is\s|are\s|also\s){0,2}(?:approved|cleared|granted|authori[sz]ed|blocked"
    r"|rejected|fined|charged|sued|opened|launched|started|ordered"
    r"|banned|halted|suspended|warned|accepted|investigating|probing|dismissed|imposed|issued"
    r"|approves|clears|fines|sues|opens|launches|orders|blocks)"
    r"(?:\s(?:an?\s)?(?:(?:formal|preliminary|in-depth|full|new|civil|criminal|antitrust"
    r"|emergency)\s){0,2}(?:investigation|probe|inquiry|review|evaluation|warning\sletter|fine"
    r"|lawsuit"
    r"|complaint|approval|clearance|licen[cs]e))?"
)
_SUBJECT: Final = (
    r"\s(?:into\s|of\s|for\s|against\s|over\s|on\s)?(?P<subject>(?!that\b|to\b|it\b|a\b)(?:[^.,;]|[.,](?=\d)){3,90}?)"
    r"(?=\s?$|[.,;](?!\d)|\s(?:on\s\w+day|after|which|that|following|amid|because|since|as|in\sa\s"
    r"|in\sthe\s\w+\squarter|last\s|saying|to\s)\b)"
)
_SUBJECT_TO: Final = _SUBJECT.replace("into", "to|into")
_WHEN: Final = (
    r"(?:(?:late\s|early\s)?on\s\w+day\s|last\s(?:week|month|year)\s|in\s\w+(?:\s\d{4})?\s|\w+day\s|also\s|has\s|have\s"
    r"|had\s|this\s\w+\s){0,3}"
)
_ABOUT: Final = (
    r"(?P<subject>(?:antitrust|anti-?monopoly|competition|criminal|safety|fraud|tax|corruption|bribery|privacy"
    r"|(?:data\s)?security|cybersecurity|merger|national\ssecurity|market\smanipulation|insider\strading|anti-?dumping))"
)
_INQUIRY: Final = r"(?:investigations?|probes?|inquir(?:y|ies)|reviews?)"
_OFFENCE: Final = (
    r"(?:\s(?:on\s\w+day|in\s\w+(?:\s\d{4})?|last\s\w+))?\s(?:for|over|after)\s(?:(?:allegedly|violating\sthe)\s)?"
    r"(?P<subject>(?:[^.,;]|[.,](?=\d)){4,90}?)"
    r"(?=\s?$|[.,;](?!\d)|\s(?:on\s\w+day|which|that|amid|since|in\s(?:the|a|\w+\s\d{4})|last|after|saying)\b)"
)
_UNCERTAIN: Final = r"\b(?:may|might|could|if|would|expects?|until|unless|once|whether|filed\swith|not\syet)\b"
_OF_WHOM: Final = (
    r"\b(?:into|against|on|fin(?:ed|es)|su(?:ed|es)|charged|urged|orders?|ordered|warned|told|asked|banned|of)"
    r"(?:\s(?:the|[\w’'-]+)){0,3}"
)


def _acted(trigger: str, action: str = "", **more: Any) -> Cue:  # noqa: ANN401  fields of a cue
    """A cue of which the trigger tells the authority and the subject; the company concerned may follow some words."""
    settled = {"unless": _UNCERTAIN, "confidence": 65, "concerns": _OF_WHOM, **more}
    return Cue(payload=Acted, trigger=trigger, fixed={"action": action} if action else {}, **settled)


ACTIONS: Final = (
    _acted(
        rf"\b{AUTHORITY}\s{_WHEN}(?:launch(?:ed|es)|open(?:ed|s)|start(?:ed|s)|beg[iau]ns?|initiated)\s(?:an?\s)?"
        rf"(?:(?:formal|preliminary|in-depth|full|new|second)[\s-]){{0,2}}{_ABOUT}\s{_INQUIRY}\b",
        "launched an investigation",
        confidence=72,
    ),
    _acted(
        rf"\b{AUTHORITY}\s{_WHEN}(?P<action>fine[sd]|sue[sd]|charge[sd]|penali[sz]e[sd]|sanction(?:s|ed))\s"
        rf"(?:\S+\s){{1,9}}?(?=(?:for|over)\s){_OFFENCE[_OFFENCE.index('(?:for') :]}",
    ),
    _acted(
        rf"\b(?:was|were|has\sbeen|have\sbeen|been|gets|got)\s(?P<action>fined|sued|charged|penali[sz]ed|sanctioned)\s"
        rf"(?:\S+\s){{0,6}}?by\s(?:the\s)?{AUTHORITY}{_OFFENCE}",
        concerns="",
    ),
    _acted(
        rf"\b{AUTHORITY}\s{_WHEN}(?P<action>urge[sd]|order(?:s|ed)|told|tells|ask(?:s|ed)|instruct(?:s|ed)|direct(?:s|ed))\s"
        rf"(?-i:{NAMED})(?:,\s[^,;.]{{2,60}},)?\sto\s(?!buy|sell)\w+\s(?P<subject>(?:[^.,;]|[.,](?=\d)){{3,80}}?)"
        r"(?=\s?$|[.,;](?!\d)|\s(?:after|which|that|following|amid|because|by|within|before)\b)",
    ),
    Cue(
        payload=Acted,
        trigger=rf"\b{AUTHORITY}\s{_WHEN}(?P<action>{_ACTS}){_SUBJECT}",
        concerns=_OF_WHOM,
        unless=r"\b(?:may|might|could|if|would|expects?|until|unless|once|whether|filed\swith|not\syet)\b",
        confidence=65,
    ),
    Cue(
        payload=Acted,
        trigger=(
            r"\b(?:received|obtained|won|secured|gained)\s(?P<action>(?:\w+\s){0,2}?(?:approval|clearance"
            rf"|authori[sz]ation|licen[cs]e))\s(?:from|by)\s(?:the\s)?{AUTHORITY}{_SUBJECT_TO}"
        ),
        unless=r"\b(?:may|might|could|if|would|expects?|until|unless|once|not\syet|subject\sto)\b",
        confidence=65,
    ),
)
