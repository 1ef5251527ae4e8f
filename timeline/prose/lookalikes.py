"""Digits that are no figures, and how that is told.

Told by themselves (`signs`), before anything else is read:

- addresses of pages and mail, handles, file names; telephone numbers; clock times; versions (`2.0.1`);
- numbers of houses before a street, minutes that a text takes to read;
- forms, rules, sections, items, notes and other places in documents (`Form 8-K`, `Item 2.02`) and in codes of law
  (`17 CFR 230.425`, `§240.12b-2`); exhibits at the start of a line; acts of a year;
- codes: tickers and stock codes (`1810.HK`, `HKEX: 1810`), registration numbers, postal codes;
- marks of notes and lists: a number below 100 alone in brackets, or at the start of a line before `.` or `)`.

Told by what stands beside them (`names`), after dates were read:

- digits that touch letters: `SU7`, `V6s`, `F-150`, `5G`; a scale, unit or currency that touches a number is none;
- a number right after a word that is known to carry one (`Model 3`, `S&P 500`, `Chapter 11`), or after any capitalised
  word within a line, where it has at most four digits and neither separator, decimals, currency, scale nor unit. What
  follows "in", "The" and other such words is a figure, and so is what a plural in small letters follows, unless the
  word is known to carry numbers. A name at the very start of a line is only told where it is known;
- a year after the name of a fair or of games (`CES 2026`), and in `Made in China 2025`; after other words it is one;
- ordinals: a place in an order is no amount. (In dates, periods and streaks they are read there.)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from timeline.prose.nouns import is_plural

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNS: Final = re.compile(
    r"""
      \bhttps?://\S{1,500} | \bwww\.\S{1,500} | (?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]{1,63} | (?<!\w)@\w+
    | (?<![\w.-])(?:[\w-]{1,63}\.){1,5}(?:com|net|org|cn|hk|io|gov|edu|pdf|html?|jpe?g|png|docx?|xlsx?)\b(?:/\S*)?
    | \+\s?\d{1,3}[\s(.-][\d\s().-]{5,18}\d | \(\d{3}\)\s?\d{3}[ -]\d{4} | (?<![\d-])\d{3}[-.]\d{3}[-.]\d{4}(?!\d)
    | \b(?:[Tt]el|[Ff]ax|[Pp]hone|[Tt]elephone|[Dd]ial|[Hh]otline)\b[.:\s]{1,3}[+(]?\d[\d\s().-]{4,20}
    | \b1-8\d\d-[\dA-Z-]{6,10} | \(\d{2,4}\)\s?\d{3,4}[ -]\d{4}(?!\d)
    | \b\d{1,2}[ -]min(?:ute)?s?\s(?:read|watch|listen)\b
    | \b\d{3,4}\s?(?:GMT|UTC|EST|EDT|ET|CET|BST|HKT|IST|JST|hrs)\b | \b\d{1,2}\s?(?:[AP]\.?M\b|h\d\d\b)\.?
    | \b\d{1,3}\s?(?:CFR|C\.F\.R\.|U\.?S\.?C\.?)\s?(?:§{1,2}|[Pp]arts?)?\s?\d[\w.()-]* | §{1,2}\s?\d[\w.()-]*
    | \b\d{1,5}[A-Z]?\s(?:[NSEW]\.?\s)?(?:[A-Z][\w.’'-]*\s){1,4}?(?:Blvd|Boulevard|Street|St|Avenue
       |Ave|Road|Rd|Lane|Ln|Drive|Dr|Way|Plaza|Parkway|Pkwy|Court|Highway|Hwy|Square|Terrace|Circle)\b\.?
       (?=\s*(?:[,;)]|$)|\s(?:Suite|Ste|Unit|Floor|[NS]\.?[EW]|in)\b)
    | (?<![\d.:])\d{1,2}(?::\d{2}){1,2}(?:\s?[ap]\.?m\b\.?)?(?!\d) | \b\d{1,2}\s?[ap]\.?m\b\.?
    | (?<![\w.])(?!\d{1,2}\.\d{1,2}\.(?:19|20)\d\d|(?:19
       |20)\d\d\.)[vV]?\d+\.\d+\.\d+(?:\.\d+)*\b(?!\.\d) | \b[vV]\d+(?:\.\d+)?\b
    | \b(?:Form\s)?(?:10-?[KQ]|8-?K|20-?F|40-?F|6-?K|S-[1348]|DEF\s14A|13[DFG])(?:/A)?\b
    | \b(?:[Ff]orms?|FORM|[Ii]tems?|ITEM|[Rr]ules?|[Ss]ections?|[Nn]otes?|NOTE|[Ee]xhibits?|[Aa]rticles?
       |[Pp]aragraphs?|[Pp]ages?
         |[Rr]egulations?|[Cc]hapters?|[Cc]lauses?|[Tt]opics?|[Ff]igures?|[Tt]ables?|ASC|ASU|IFRS|IAS|HKFRS
       |HKAS|SFAS|ISO|Part|Nos?\.|No|№|\#)
       \s?\#?\d[\w.()-]*(?:(?:,\s|\s?[&–-]\s?|,?\s(?:and|or|to)\s)\d[\w.()-]*(?!\s?(?:%|percent|million|billion)))*
    | \bAct\s(?:of\s)?(?:19|20)\d\d\b | \bMade\sin\sChina\s20\d\d\b
    | \b(?:CES|MWC|IFA|IAA|COP|Expo|Computex|Auto\s(?:Shanghai|China)|World\sCup|Olympics|Games)\s(?:19|20)\d\d\b
    | (?<![\w.])\d{4,6}\.(?:HK|SZ|SS|SH|TW|T|KS|KQ|SG|SI)\b
    | \b(?:HKEX|HKSE|SEHK|HKG|SHA|SHE|SSE|SZSE|TSE|TYO|TPE|KRX|KOSPI|SGX|NSE|BSE)\s?:\s?\d{3,6}\b
    | \b(?:[Ss]tock|[Cc]ounter|[Ff]ile|[Rr]egistration|[Ii]dentification|CIK|EIN|ISIN|CUSIP
       |ZIP)\b(?:\s(?:[Cc]odes?|[Nn]umbers?|[Nn]os?))?
       [.:\s]{1,3}[A-Z]{0,2}\d[\d-]*(?:\s?\([^)\s]{1,20}\))?
    | (?<![\w.,-])\d{3}-\d{5,6}(?![\d-]) | (?<![\w.,-])\d{2}-\d{7}(?![\d-]) | \b[A-Z]{2}\d{10}\b
       | \b[A-Z]{2},?\s\d{5}(?:-\d{4})?\b(?![,.]\d|\s(?:units|shares|cars|vehicles|people|employees))
    | ^[^\S\n]*\d{1,3}\.\d{1,2}[*†+]?\s+(?=[A-Z][a-z])(?!(?:Thousand|[MBTr]+illion|Crore|Lakh|[Pp]er\s?[Cc]ent|Basis)\b)
    | ^[^\S\n]*(?:\d{1,2}(?:\.\d{1,2})*[.)]|\(\d{1,2}\)|[•·*-])(?=\s+[^\s\d$%])
    | (?<=[^\d\s$%])\s?[(\[]\d{1,2}[)\]](?![\d%])
    """,
    re.VERBOSE | re.MULTILINE,
)

_CARRIERS: Final = tuple(
    """
    Model Mate Pad Watch Galaxy Pixel Redmi Poco iPhone iPad Series Phase Level Tier Class Stage Type Version
    Euro Grade Generation Gen Windows Android iOS HyperOS HarmonyOS Boeing Airbus Route Highway Interstate Area
    Fortune Forbes Russell Nasdaq Nikkei Stoxx STOXX FTSE DAX CAC CSI ASX TOPIX Hang Chapter Building Floor
    Suite Room Unit Block Box Lot Vision Agenda Horizon Expo Catch Fab Line Gate Formula Step Option Appendix
    Annex Schedule Volume Issue Bus Flight Studio Zone S&P
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
_CARRIED: Final = re.compile(
    rf"(?<![\w&])(?:{'|'.join(map(re.escape, _CARRIERS))})(?:[ -](?:Index|Composite|SE|Pro"
    rf"|Plus))?[ -]\d{{1,4}}[A-Za-z]{{0,3}}\b(?![,.]\d|\s?%)"
)
_FUNCTION: Final = frozenset(
    """
    the a an all its their our his her in on of at by with these those another last next first top and or from
    between to for as about over under some nearly almost around up down than but while since until within during
    after before per only just further additional total net gross approximately roughly more less least most both
    each every that this which when who was were is are be has have had will would may about plus minus until
    through including early late mid fiscal year years january february march april may june july august september
    october november december jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday
    friday saturday sunday yesterday today q1 q2 q3 q4 h1 h2 fy us rmb hkd usd eur gbp jpy cny hk$ us$ we it they he
    she only what how why where if so not no nor yet our company group
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
_NAMED: Final = re.compile(
    r"(?<=[\w).,;:’' ])[ (](?P<word>[A-Z][\w&’'-]*)[ ](?P<number>\d{1,2}\.\d(?!\d)"
    r"|\d{1,4})(?P<tail>[a-z]{0,2})(?![\w,.]*\d)"
    r"(?!\s?(?:%|percent|per\scent|pct|bps?\b|basis|percentage|million|billion|trillion|thousand|hundred"
    r"|[mb]n\b|tn\b|万|亿|yuan|dollars|euros))"
    r"(?P<after>(?:\s[a-z-]+){0,2})"
)
_TOUCHING: Final = re.compile(
    r"(?<![\w$€£¥.,-])[A-Za-z]{1,12}[-\u2011]?\d[\w+-]*(?:\.\d+\w*)?"
    r"|(?<![\w$€£¥.,])(?:[2-6]G|[48]K|[2-4]D|\d{3,4}[pi])\b(?!\s?(?:million|billion))"
)
_ORDINAL: Final = re.compile(r"(?<![\d.,])\d+(?:st|nd|rd|th)\b")


def signs(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of what is told to be no figure by itself."""
    return (found.span() for pattern in (_SIGNS, _CARRIED) for found in pattern.finditer(text))


def names(text: str, currencies: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Start and end of the numbers that belong to names, and of ordinals.

    Args:
        text: of a paragraph.
        currencies: what may touch a number and yet be no name; matched from the start of the word.
    """
    for found in _TOUCHING.finditer(text):
        if not currencies.match(found[0]):
            yield found.span()
    yield from (found.span() for found in _ORDINAL.finditer(text))
    yield from (found.span("number") for found in _NAMED.finditer(text) if _is_name(found, currencies))


def _is_name(found: re.Match[str], currencies: re.Pattern[str]) -> bool:
    word = found["word"]
    if currencies.match(f"{word}0"):
        return False
    if word.casefold().rstrip("’'s.") in _FUNCTION or word.endswith(("’s", "'s", "s’", "s'")):
        return False
    return not any(map(is_plural, found["after"].split()))
