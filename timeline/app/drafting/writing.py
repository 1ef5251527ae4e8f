"""A draft as a fixture: YAML that `load` takes, with what was taken for granted in comments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from timeline.app.drafting.facts import located
from timeline.intake.frame import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.app.drafting.drafted import Candidate, Draft, Drafted

_PLAIN: Final = re.compile(r"[A-Za-z0-9(](?:[\w .,/()%+~?&’'$€£¥₹–—-]*[\w.)%+~?])?")
"""Texts that YAML takes for themselves in a block or a flow: no indicator begins them, no ": " or " #" is in them."""

_FLOW_ENDS: Final = re.compile(r"[,\[\]{}]")
_WIDE: Final = 116
_BASIC_PLANE: Final = 0xFFFF
_HEAD: Final = (
    "A draft: timeline review goes through it fact by fact. Each fact says how sure it is; figures without one stand"
    " under candidates."
)


def fixture_text(draft: Draft) -> str:
    """The fixture as it is written to a file."""
    return "\n".join(_lines(draft)) + "\n"


def _lines(draft: Draft) -> Iterator[str]:
    yield from _comment(_HEAD, "")
    yield f"schema: {SCHEMA}"
    yield "source:"
    for remark in draft.remarks:
        yield from _comment(remark, "  ")
    yield from (f"  {name}: {scalar(value)}" for name, value in draft.source.items())
    yield "defaults:"
    yield f"  company: {scalar(draft.company)}"
    yield "facts:" if draft.facts else "facts: []"
    for fact in draft.facts:
        yield from fact_lines(fact, draft.company)
    yield from _candidates(draft.candidates)


def fact_lines(fact: Drafted, company: str) -> Iterator[str]:
    """A fact, its comments first."""
    first, *rest = fact.doubts or ("",)
    yield from _comment(f"{fact.confidence} %" + (f": {first}" if first else ""), "  ")
    for doubt in rest:
        yield from _comment(doubt, "  ")
    shown = {name: value for name, value in fact.fields.items() if (name, value) != ("company", company)}
    mark = "- "
    for name, value in shown.items():
        yield f"  {mark}{name}: {flow(value)}"
        mark = "  "
    yield "    at:"
    yield from (f"      - {flow(located(at))}" for at in fact.at)


def flow(value: Any) -> str:  # noqa: ANN401  a text, or a list or mapping of such
    """A value in one line of YAML."""
    return scalar(value) if isinstance(value, str) else _inner(value)


def _inner(value: Any) -> str:  # noqa: ANN401  a text, or a list or mapping of such
    match value:
        case dict():
            return "{" + ", ".join(f"{_inner(name)}: {_inner(each)}" for name, each in value.items()) + "}"
        case list() | tuple():
            return f"[{', '.join(map(_inner, value))}]"
        case _:
            return scalar(str(value), flow=True)


def scalar(text: str, *, flow: bool = False) -> str:
    """A text as YAML writes it, in quotes only where it has to be."""
    plain = _PLAIN.fullmatch(text) and " #" not in text and not (flow and _FLOW_ENDS.search(text))
    return text if plain else _quoted(text)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(_shown(char) for char in escaped) + '"'


def _shown(char: str) -> str:
    """A character within quotes; what no line may hold is escaped."""
    if char.isprintable() or char == " ":
        return char
    code = ord(char)
    return f"\\u{code:04x}" if code <= _BASIC_PLANE else f"\\U{code:08x}"


def _comment(text: str, indent: str) -> Iterator[str]:
    """A remark over as many lines as it needs, each a comment."""
    line = ""
    for word in "".join(char if char.isprintable() else " " for char in text).split():
        if line and len(line) + len(word) >= _WIDE:
            yield f"{indent}# {line}"
            line = ""
        line = f"{line} {word}".strip()
    yield f"{indent}# {line}"


def _candidates(candidates: Sequence[Candidate]) -> Iterator[str]:
    placed = [each for each in candidates if each.paragraph is not None]
    yield from _nowhere(each for each in candidates if each.paragraph is None)
    if placed:
        yield "candidates:"
    for each in placed:
        entry = {"paragraph": str(each.paragraph), "quote": each.quote, "reason": each.reason}
        yield f"  - {flow(entry)}"


def _nowhere(candidates: Iterable[Candidate]) -> Iterator[str]:
    """What stands nowhere in the text can be no entry; it is told all the same."""
    for each in candidates:
        yield from _comment(f"not in the text: “{each.quote}”: {each.reason}", "")
