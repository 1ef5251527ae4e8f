"""Companies that a text names and no one has registered yet, as far as the text tells that they are companies.

Told they are by a legal form behind the name ("AFC Management, LLC"), by a ticker beside it ("(NYSE: BKE)",
"SPTT.PR"), by a cover that names a registrant, or, for what a title speaks of, by what is said of companies only ("Q1
Results", "'s shares"). A capital letter alone tells nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline.app.drafting.legal_forms import STRONG, WEAK, short_forms, without_form
from timeline.app.drafting.venues import tickers
from timeline.intake.form import slug as slug_of
from timeline.naming import folded
from timeline.paragraphs import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from timeline.app.drafting.mentioned import Mention
    from timeline.prose.text import Text

_PART: Final = r"(?:(?:[A-Z]\.)+|[A-Z]\w*(?:\.\w+)*(?:[&-][A-Z\d]\w*|['’][A-Z]\w+)*|\d\w*[A-Z]\w*|[a-z][A-Z]\w+)"
_RUN: Final = re.compile(rf"{_PART}(?:\s(?:(?:&|de|du|van|von|(?<=Bank\s)of)\s)?{_PART}){{0,11}}")
_LONGEST: Final = 100
"""Characters of a name."""

_NEAR: Final = 3
"""Signs that may stand between a name and its ticker."""

_FORM_END: Final = re.compile(rf",?\s(?:{STRONG.pattern}|{WEAK.pattern})$")
_FORM: Final = re.compile(rf"(?<![\w.&])(?:{STRONG.pattern}|{WEAK.pattern})")
_MOST: Final = 100
"""Companies that are proposed; a text with more of them is a list."""

_LEADING: Final = re.compile(
    r"(?:(?:In|On|At|By|For|From|With|As|And|But|Or|If|When|While|After|Before|Under|To|Of|Both|Our|Its|This|That|These|Mr"
    r"|Ms|Chief|Executive|Officer|CEO|CFO|Chairman|President|Director|Analysts?|Shares|Stock|Parent|Rival|Per|Through"
    r"|Since|Unlike|Like|Also|Meanwhile|However|Then)\.?\s)+"
)
_NO_COMPANY: Final = re.compile(
    r"(?i)(?:(?:the|a|an|our|its|this|that|such|each|any|every|parent|holding|management|limited|public|private"
    r"|operating|company|registrant|member|working|audit|food|user|focus|issuer|reporting|growth|emerging|peer|age)\s?)*"
    r""
    r"|.*\b(?:(?:common|preferred|ordinary) (?:stock|shares?)|stock (?:market|exchange)"
    r"|securities and exchange commission|board|committee|form|act|item|exhibit)\b.*"
)
_PART_OF: Final = re.compile(r"\b(?:Exchange|University|Ministry|Republic|Department|Board|Court) of (?:the )?$")
_COVER: Final = re.compile(r"\(\s*exact name of (?:the )?(?:registrant|company|issuer)", re.IGNORECASE)
_ABOUT: Final = (
    r"(?:['’]s?\s(?:shares?|stock|equity|revenue|profit|earnings|management|board|results|quarter|sales|CEO|CFO|net)\b"
    r"|\s(?:[Ss]tock|[Ss]hares?|[Rr]esults|[Ee]arnings)\b"
    r"|\s(?:Q[1-4]|H[12]|FY\d*|(?:[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth)[- ][Qq]uarter)\b"
    r"|\s(?:repurchased|bought back|reported|posted|announced|reports|posts|says it|acquired)\b)"
)


_MOST_WORDS: Final = 8
"""Of a name."""


class Listing(NamedTuple):
    """A ticker as a fixture writes it.

    Attributes:
        value: without its exchange.
        mic: of the exchange.
    """

    value: str
    mic: str


class NewCompany(NamedTuple):
    """A company that could be registered.

    Attributes:
        slug: that it could have.
        name: the fullest that is printed.
        aliases: other names that the text has for it, longest first.
        tickers: with their exchanges.
        span: where it is first named.
    """

    slug: str
    name: str
    aliases: tuple[str, ...]
    tickers: tuple[Listing, ...]
    span: Span


class _Naming(NamedTuple):
    """A name with what tells that it is a company's."""

    name: str
    span: Span
    ticker: Listing | None = None


def proposed_companies(text: Text, mentions: Sequence[Mention], taken: Collection[str] = ()) -> tuple[NewCompany, ...]:
    """The companies that are named and not registered, in the order in which they are first named.

    Args:
        text: that names them.
        mentions: of the registered ones.
        taken: slugs that are given away.
    """
    covered = defaultdict[int, set[int]](set)
    for each in mentions:
        covered[each.span.paragraph].update(range(each.span.start, each.span.end))
    grouped = defaultdict[str, list[_Naming]](list)
    for naming in _sure(list(_namings(text))):
        is_new = covered[naming.span.paragraph].isdisjoint(range(naming.span.start, naming.span.end))
        if is_new and (len(grouped) < _MOST or _key(naming.name) in grouped):
            grouped[_key(naming.name)].append(naming)
    made, slugs = list[NewCompany](), set(taken)
    for namings in sorted(grouped.values(), key=lambda group: min(each.span for each in group)):
        made.append(_made(namings, text, slugs))
        slugs.add(made[-1].slug)
    return tuple(made)


def _sure(namings: Sequence[_Naming]) -> Iterator[_Naming]:
    """Without those within a title that the text does not repeat: there any word may have a capital."""
    told = {_key(each.name) for each in namings if each.span.paragraph > 1}
    return (each for each in namings if each.span[:2] == (1, 0) or each.span.paragraph > 1 or _key(each.name) in told)


def _key(name: str) -> str:
    return folded(without_form(name))


def _namings(text: Text) -> Iterator[_Naming]:
    for number, line in enumerate(text.paragraphs, 1):
        yield from _with_form(number, line)
        yield from _with_ticker(number, line)
        if number > 1 and _COVER.match(line):
            yield from _registrant(number - 1, text)
    yield from _spoken_of(text)


def _with_form(number: int, line: str) -> Iterator[_Naming]:
    """Names with a legal form, or the word Group or Holdings, behind them."""
    for form in _forms(line):
        end = form.start() - len(_gap(line, form.start()))
        if end < form.start() and (name := _name_before(line, end)):
            name = name if STRONG.fullmatch(form[0]) else name.removeprefix("The ")
            start = end - len(name)
            yield _Naming(line[start : form.end()], Span(number, start, form.end()))


def _forms(line: str) -> Iterator[re.Match[str]]:
    """Legal forms; of several in a row the last."""
    last: re.Match[str] | None = None
    for form in _FORM.finditer(line):
        if last and not re.fullmatch(r",?\s", line[last.end() : form.start()]):
            yield last
        last = form
    if last:
        yield last


def _gap(line: str, at: int) -> str:
    """The comma and space before a legal form; empty where it follows something else."""
    found = re.search(r"(?<=[\w.&]),?\s$", line[max(0, at - 3) : at])
    return found[0] if found else ""


def _name_before(line: str, end: int) -> str:
    """The words in capitals that end there and can be a company's name, without those that begin a sentence."""
    begin = max(0, end - _LONGEST)
    run = next((match for match in _RUN.finditer(line, begin, end) if match.end() == end), None)
    if run is None:
        return ""
    name = _LEADING.sub("", run[0], count=1) if _LEADING.match(run[0]) else run[0]
    is_part = _PART_OF.search(line, begin, end - len(name))
    return "" if is_part or name.count(" ") >= _MOST_WORDS or _NO_COMPANY.fullmatch(name) else name


def _with_ticker(number: int, line: str) -> Iterator[_Naming]:
    """Names with a ticker right behind them, in brackets or as a Reuters code."""
    for ticker in tickers(line):
        last = ticker.start
        while last and ticker.start - last < _NEAR and line[last - 1] in ' (<“"':
            last -= 1
        form = _FORM_END.search(line, max(0, last - _LONGEST), last)
        end = form.start() if form else last
        if ticker.mic and last < ticker.start and (name := _name_before(line, end)):
            start = end - len(name)
            yield _Naming(line[start:last], Span(number, start, last), Listing(ticker.value, ticker.mic))


def _registrant(number: int, text: Text) -> Iterator[_Naming]:
    """The name above "(Exact name of registrant …)", with the ticker that the cover's table has."""
    name = text.paragraphs[number - 1].strip()
    listed = [each for line in text.paragraphs[number : number + 40] for each in tickers(line) if each.mic]
    start = text.paragraphs[number - 1].index(name)
    first = Listing(listed[0].value, listed[0].mic) if len({each.value for each in listed}) == 1 else None
    if len(name.split()) <= _MOST_WORDS:
        yield _Naming(name, Span(number, start, start + len(name)), first)


def _spoken_of(text: Text) -> Iterator[_Naming]:
    """Of the names that begin the title, the one of which the text says what is said of companies only."""
    first = re.match(rf"{_PART}(?:\s{_PART}){{0,3}}", text.title)
    words = re.sub(r"['’]s?$", "", re.split(r"['’]s\s", first[0])[0]).split() if first else []
    at = text.paragraphs[0].find(text.title)
    for length in range(len(words), 0, -1):
        name = " ".join(words[:length])
        about = re.compile(rf"(?<!\w){re.escape(name)}{_ABOUT}")
        times = sum(len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", line)) for line in text.paragraphs[1:])
        is_told = times and any(map(about.search, text.paragraphs)) and not _NO_COMPANY.fullmatch(name)
        if is_told and not _is_word(name, text):
            yield _Naming(name, Span(1, at, at + len(name)))
            return


def _is_word(name: str, text: Text) -> bool:
    """Whether the text also has it in small letters, as no name is written."""
    return _occurs(name.lower(), text) or (len(name) == 1)


def _made(namings: Sequence[_Naming], text: Text, taken: Collection[str]) -> NewCompany:
    name = max((each.name for each in namings), key=lambda name: (not name.isupper(), len(name)))
    first = min(each.span for each in namings)
    short = [form for form in short_forms(name) if _occurs(form, text)]
    printed = [each.name for each in namings if each.name != name and not each.name.isupper()]
    aliases = dict.fromkeys(sorted({*short, *printed}, key=lambda alias: (-len(alias), alias)))
    listed = tuple(dict.fromkeys(each.ticker for each in namings if each.ticker))
    return NewCompany(_slug(name, taken), name, tuple(aliases), listed, first)


def _occurs(form: str, text: Text) -> bool:
    pattern = re.compile(rf"(?<!\w){re.escape(form)}(?!\w)")
    return any(map(pattern.search, text.paragraphs))


def _slug(name: str, taken: Collection[str]) -> str:
    """Of the name without its legal form; with it, or a number, where that is given away."""
    proposals = [slug_of(without_form(name)), slug_of(name)]
    proposals += [f"{proposals[0] or 'company'}-{number}" for number in range(2, len(taken) + 3)]
    return next(each[:100] for each in proposals if each and each not in taken)
