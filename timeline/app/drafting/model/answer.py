"""The answer of a model as plain data: strict JSON whose every value is a text, a list or a mapping.

A number is kept in the digits that it is written in, since a figure is what its digits say. Of what stands round the
JSON only the habits of models are taken away: their thinking aloud, a fence of code, a word before and behind.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final, Never

from timeline.app.drafting.model import failures

DEEPEST: Final = 12
"""Levels of brackets in an answer; a fact has no more than six."""

_THOUGHTS: Final = re.compile(r"\s*<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
_STRING: Final = re.compile(r'"(?:[^"\\]|\\.)*+"?', re.DOTALL)
"""A text in quotation marks; the last one may be cut off, so that each character is looked at once."""

_SURROGATE: Final = re.compile("[\ud800-\udfff]")


class _RefusedError(Exception):
    """Not the JSON asked for; its text says why and quotes nothing."""


def facts_of(content: str) -> tuple[Any, ...]:
    """What stands under "facts", each a text, a list or a mapping of texts, lists and mappings.

    Raises:
        ModelUnusable: it is no JSON, says a name twice, nests too deeply or has no list of facts.
    """
    try:
        found = _plain(_decoded(_json_part(content)))
    except _RefusedError as refusal:
        why = str(refusal)
    else:
        facts = found.get("facts") if isinstance(found, dict) else found
        if isinstance(facts, list):
            return tuple(facts)
        why = 'there is no list "facts" in it'
    raise failures.no_json(why)


def _json_part(content: str) -> str:
    """From the first bracket to the last; a list alone is taken for that of the facts."""
    thoughts = _THOUGHTS.match(content)
    body = content[thoughts.end() :] if thoughts else content
    starts = [at for at in (body.find("{"), body.find("[")) if at >= 0]
    if not starts:
        raise _RefusedError("there is no bracket in it")
    end = max(body.rfind("}"), body.rfind("]"))
    return body[min(starts) : end + 1] if end > min(starts) else body[min(starts) :]


def _decoded(text: str) -> Any:  # noqa: ANN401  any JSON
    _refuse_depth(text)
    try:
        return json.loads(
            text, object_pairs_hook=_unique, parse_int=str, parse_float=str, parse_constant=_refuse_constant
        )
    except (ValueError, RecursionError):
        raise _RefusedError("it is broken, or cut off") from None


def _refuse_depth(text: str) -> None:
    depth = 0
    for char in re.sub(r"[^][{}]+", "", _STRING.sub("", text)):
        depth += 1 if char in "[{" else -1
        if depth > DEEPEST:
            raise _RefusedError(f"it is nested more than {DEEPEST} deep")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _RefusedError("it says a name twice")
    return found


def _refuse_constant(_: str) -> Never:
    raise _RefusedError("it has a number that is none")


def _plain(value: Any) -> Any:  # noqa: ANN401  any JSON
    """The value without what is null, and with truth values as a fixture writes them."""
    match value:
        case dict():
            return {_sound(name): _plain(each) for name, each in value.items() if each is not None}
        case list():
            return [_plain(each) for each in value if each is not None]
        case bool():
            return "yes" if value else "no"
        case str():
            return _sound(value)
        case _:
            return ""


def _sound(text: str) -> str:
    """With half of a character, which no file can hold, replaced by the sign for it."""
    return _SURROGATE.sub("\ufffd", text)
