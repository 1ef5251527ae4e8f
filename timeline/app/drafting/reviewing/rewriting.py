"""Changing an entry of a draft by typed words: what they do not speak of stays as it was written, comments too."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from timeline.app.drafting.keys import free
from timeline.app.drafting.reviewing.cut import Block, ended
from timeline.app.drafting.reviewing.sheet import fields, plain, renumbered
from timeline.app.drafting.writing import flow
from timeline.errors import Problem
from timeline.event import Report
from timeline.intake.document import Document
from timeline.intake.typed import typed_fact
from timeline.intake.words import SETTLED
from timeline.intake.written import fixture_form
from timeline.intake.yaml_nodes import MappingNode, SequenceNode, compose

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from timeline.app.drafting.reviewing.sheet import Candidate, Sheet
    from timeline.intake.yaml_nodes import Entry

STEP = 2
"""Spaces by which entries of a list are indented where the draft has none yet."""


def edited(sheet: Sheet, block: Block, body: str, words: Sequence[str]) -> str | tuple[Problem, ...]:
    """The body of a fact after typed words, or all that is wrong with them.

    Args:
        sheet: the draft.
        block: the fact's entry.
        body: what stands there now.
        words: FIELD=VALUE each; an empty value takes a field away.
    """
    standing = sheet.report(block, body)
    before = fixture_form(standing) if isinstance(standing, Report) else {"company": sheet.company, **fields(body)}
    # Words know the fields of a kind only, and what keeps a fact from being read may be one that is none.
    gone = set() if isinstance(standing, Report) else {word[:-1] for word in words if word.endswith("=")}
    words = [word for word in words if word[:-1] not in gone]
    kind, company, key = (str(before.get(name, "")) for name in SETTLED)
    typed = typed_fact(
        kind,
        company,
        words,
        source_id=sheet.source_id,
        key=key,
        currency=sheet.source.currency or "",
        base={name: value for name, value in before.items() if name not in gone},
    )
    if typed.report is None:
        return typed.problems
    after = fixture_form(typed.report)
    worded = _worded(after, words)
    for text in (_patched(body, before, worded), _patched(body, before, after), entry(after, block.indent)):
        if text and sheet.report(block, text) == typed.report:
            return text
    return (Problem("review-default", "this value comes from `defaults`, which every fact has", "change it there"),)


def _worded(form: Mapping[str, Any], words: Sequence[str]) -> dict[str, Any]:
    """The fields with those in the typed words themselves that are one text."""
    typed = dict(word.split("=", 1) for word in words if "=" in word)
    return {name: typed.get(name, value) if isinstance(value, str) else value for name, value in form.items()}


def _patched(body: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """The body with only those fields written anew that differ; empty where its shape does not allow it."""
    root, problems = compose(Document.of("", body))
    fact = root.items[0] if isinstance(root, SequenceNode) and root.items else None
    if problems or not isinstance(fact, MappingNode) or fact.flow:
        return ""
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    changes = [change for name in changed if (change := _change(body, fact, name, after))]
    for start, end, text in sorted(changes, reverse=True):
        body = body[:start] + text + body[end:]
    return body


def _change(body: str, fact: MappingNode, name: str, after: Mapping[str, Any]) -> tuple[int, int, str] | None:
    """From where to where the body gets which text for one field."""
    stands = fact.entries.get(name)
    first = next(iter(fact.entries.values()))
    column = first.key.start - (body.rfind("\n", 0, first.key.start) + 1)
    if stands is None:
        if name not in after:
            return None
        at = _line_start(body, fact.entries["at"].key.start) if "at" in fact.entries and name != "at" else len(body)
        line_break = "" if body[:at].endswith("\n") or not at else "\n"
        return at, at, f"{line_break}{' ' * column}{name}: {flow(after[name])}\n"
    following = next((entry.key.start for entry in fact.entries.values() if entry.key.start > stands.key.start), None)
    if name in after:
        return stands.key.start, _end(stands, body, following), f"{name}: {flow(after[name])}"
    if stands is first:
        return stands.key.start, following or len(body), ""
    return _line_start(body, stands.key.start), _line_start(body, following) if following else len(body), ""


def _end(entry: Entry, body: str, following: int | None) -> int:
    """Offset behind a value's last character, before a comment beside it."""
    value = entry.value
    if isinstance(value, MappingNode | SequenceNode):
        limit = len(body) if following is None else following
        return len(body[: min(value.end, limit)].rstrip())
    return len(body[: max(value.end, entry.key.end + 1)].rstrip())


def _line_start(body: str, offset: int) -> int:
    return body.rfind("\n", 0, offset) + 1


def entry(form: Mapping[str, Any], indent: int) -> str:
    """An entry of `facts` with these fields, a field a line."""
    return "".join(_lines(form, " " * indent))


def _lines(form: Mapping[str, Any], indent: str) -> Iterator[str]:
    mark = "- "
    for name, value in form.items():
        if name == "at" and isinstance(value, list):
            yield f"{indent}{mark}at:\n"
            yield from (f"{indent}    - {flow(each)}\n" for each in value)
        else:
            yield f"{indent}{mark}{name}: {flow(value)}\n"
        mark = "  "


def reindented(text: str, indent: int) -> str:
    """What a person wrote in an editor, as an entry of the draft's list."""
    return ended(textwrap.indent(textwrap.dedent(text.expandtabs(STEP)).strip("\n"), " " * indent))


def made_fact(sheet: Sheet, candidate: Candidate, words: Sequence[str], key: str) -> str | tuple[Problem, ...]:
    """The body of a fact that a candidate becomes, or all that is wrong with the words.

    Args:
        sheet: the draft.
        candidate: gives the place in the text, unless the words do.
        words: the kind, the company where it is not the draft's, then FIELD=VALUE each.
        key: of the fact within its source.
    """
    kind, *rest = words
    company = rest.pop(0) if rest and "=" not in rest[0] else sheet.company
    at: dict[str, Any] = {"quote": candidate.quote}
    if candidate.paragraph:
        at = {"paragraph": str(candidate.paragraph), **at}
    typed = typed_fact(
        kind,
        company,
        rest,
        source_id=sheet.source_id,
        key=key,
        currency=sheet.source.currency or "",
        base={**_defaults(sheet), "at": [at]},
    )
    if typed.report is None:
        return typed.problems
    form = fixture_form(typed.report)
    form = {name: value for name, value in form.items() if (name, value) != ("company", sheet.company)}
    facts = sheet.cut.blocks("facts")
    body = entry(_worded(form, rest), facts[0].indent if facts else STEP)
    found = sheet.made(body)
    return body if isinstance(found, Report) else renumbered(found)


def free_key(kind: str, paragraph: int | None, taken: Collection[str]) -> str:
    """A key for a fact of a kind that no other fact has."""
    stem = "-".join([*kind.split("."), *([str(paragraph)] if paragraph else [])])
    return free(stem, taken)


def _defaults(sheet: Sheet) -> dict[str, Any]:
    """What `defaults` say of every fact, the company and the place aside."""
    found = sheet.cut.piece("defaults")
    root, _ = compose(Document.of("", found.text)) if found else (None, ())
    said = plain(root).get("defaults", {}) if root else {}
    return {name: value for name, value in said.items() if name not in ("company", "at")} if said else {}
