"""How texts name companies and authorities."""

from __future__ import annotations

from typing import Final

_WORD: Final = (
    r"(?!(?:The|Its|It|An?|This|That|In|On|At|Of|Class|Series|Item|Chief|Company|Board|Section"
    r"|Agreement|Exhibit|Mr|Ms)\b)"
    r"(?:[A-ZÀ-ÖØ-Þ][\w&’'-]*|\d+[A-Z]\w*)"
)
_FORM: Final = (
    r"(?:,?\s(?:Inc|Ltd|Limited|LLC|L\.?P|Corp|Co|plc|PLC|AG|SE|N\.?V|S\.?A|S\.p\.A|A/S|AB|Oyj?|GmbH"
    r"|Pty\sLtd|Bhd|Holdings?)\b\.?){0,2}"
)
_BEHIND: Final = (
    r"(?=\s?$|[,;:.)”\"’']|\s(?:for|from|in|to|and|as|by|with|at|on|which|after|that|before|through"
    r"|via|worth|valued|under|over"
    r"|during|this|earlier|when|while|of|will|is|was|has|today|yesterday|subject|if|would)\b"
    r"|\s?[(\d$€£¥₹—–]|\s(?:HK|US|A|C)\$)"
)
NAMED: Final = rf"{_WORD}(?:\s(?:of\s|&\s|de\s)?{_WORD}){{0,4}}{_FORM}"
"""The name of a company, with regard to case, where a verb or the like has to follow it."""

COMPANY: Final = rf"(?-i:{NAMED}{_BEHIND})"
"""The name of a company, where the words around it tell that it is one's."""

_ACRONYMS: Final = (
    r"(?-i:SEC|FTC|DOJ|DoJ|FDA|NHTSA|FAA|EPA|CFPB|OSHA|CPSC|FCC|FERC|NLRB|FINRA|OCC|EMA|MHRA|CMA|FCA"
    r"|PRA|Ofcom|Ofgem|BaFin"
    r"|AMF|FINMA|CNIL|EASA|SAMR|CSRC|CAC|PBOC|NMPA|SFC|MAS|SEBI|RBI|CCI|ACCC|ASIC|APRA|JFTC|KFTC)"
)
_COUNTRY: Final = r"(?-i:[A-Z][\w.]+(?:\s[A-Z]\w+)?)"
_OF_STATE: Final = rf"(?:{_COUNTRY}[’']s\s|(?-i:[A-Z]\w+(?:\.\w\.)?)\s(?!\w+\sday))?"
_SPELLED_OUT: Final = (
    r"European\sCommission|EU\sCommission|European\sMedicines\sAgency|Federal\sTrade\sCommission"
    r"|(?:U\.?S\.?\s)?Department\sof\s\w+"
    r"|(?:U\.?S\.?\s)?Justice\sDepartment|(?:U\.?S\.?\s)?Food\sand\sDrug\sAdministration"
    r"|(?:U\.?S\.?\s)?Securities\sand\sExchange\sCommission"
    r"|National\sHighway\sTraffic\sSafety\sAdministration|Federal\sAviation\sAdministration"
    r"|Environmental\sProtection\sAgency"
    r"|(?:\w+\s)?Competition\s(?:and\sMarkets\s)?(?:Authority|Commission|Bureau)|Commerce\sCommission"
    r"|Federal\sReserve|Bank\sof\sEngland"
    rf"|{_OF_STATE}(?:(?:top|main|chief|national)\s)?(?:antitrust|competition|data\sprotection|financial|safety|privacy|markets?"
    r"|banking|drugs?|aviation|securities|consumer|energy|media|telecoms?|internet|health|tax|food|cyberspace|insurance|stock)\s"
    r"(?:regulators?|watchdogs?|authorit(?:y|ies))"
    rf"|{_COUNTRY}[’']s\s(?:[\w-]+\s){{0,2}}?(?:regulators?|prosecutors?|watchdogs?)"
    r"|(?:Chinese|U\.?S\.?|EU|UK|British|German|French|Dutch|Italian|Japanese|Indian|Korean|Swiss"
    r"|Australian|federal|state)\s(?:regulators?|prosecutors)"
)
AUTHORITY: Final = rf"(?P<authority>(?:(?-i:U\.?S\.?|EU|UK)\s)?{_ACRONYMS}|{_SPELLED_OUT})"
"""An authority, as the field that holds it."""
