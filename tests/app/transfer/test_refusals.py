"""What no database takes in: each offending file, the line that is told, and a log that is as it was before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from tests.app.transfer.logs import BOUGHT, WORLD, append, erase, export, head, load, part
from tests.laws import bases
from tests.laws.bases import copied
from tests.laws.memory import events_of
from tests.laws.worlds import File
from timeline import Timeline
from timeline.app.transfer.incoming import LONGEST, MOST_PROBLEMS
from timeline.errors import InvalidInput, Unverified
from timeline.event import canonical_json, commitment

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Lines = list[str]

LINK = "event.retracted"


def edited(number: int, **changed: object) -> Callable[[Lines], Lines]:
    """Change columns of one line, numbered as in an editor."""

    def edit(lines: Lines) -> Lines:
        line = msgspec.json.decode(lines[number - 1]) | changed
        return [*lines[: number - 1], msgspec.json.encode(line).decode() + "\n", *lines[number:]]

    return edit


def sealed(number: int, content: Callable[[dict[str, Any]], str]) -> Callable[[Lines], Lines]:
    """Change the content of one line and commit to it anew, as a forger would."""

    def edit(lines: Lines) -> Lines:
        line = msgspec.json.decode(lines[number - 1])
        body = content(msgspec.json.decode(line["body"]))
        new = commitment(bytes.fromhex(line["salt"]), body.encode())
        return edited(number, body=body, commitment=new)(lines)

    return edit


def replaced(number: int, text: str) -> Callable[[Lines], Lines]:
    return lambda lines: [*lines[: number - 1], text, *lines[number:]]


def rewritten(number: int, old: str, new: str) -> Callable[[Lines], Lines]:
    return lambda lines: replaced(number, lines[number - 1].replace(old, new))(lines)


def moved(number: int, position: int) -> Callable[[Lines], Lines]:
    """Put the event before in the place of a line, under a position that could follow."""
    return lambda lines: replaced(number, edited(number - 1, position=position)(lines)[number - 2])(lines)


def as_part(edit: Callable[[Lines], Lines]) -> Callable[[Lines], Lines]:
    """The edit of an export that does not say which log it is, and so may skip positions."""
    return lambda lines: edit(part(lines, slice(None)))


def spoiled(**fields: object) -> Callable[[dict[str, Any]], str]:
    """A body with other fields in its payload, or beside it."""

    def spoil(body: dict[str, Any]) -> str:
        payload = {name: value for name, value in fields.items() if name in body["payload"]}
        beside = {name: value for name, value in fields.items() if name not in payload}
        return canonical_json({**body, **beside, "payload": {**body["payload"], **payload}}).decode()

    return spoil


NOWHEN = {"edtf": "soon", "first": None, "last": None}

# The line numbers of the small export: 1 the head, 2 and 3 sources, 4 and 5 registrations, 6 and 7 facts.
OFFENDING: dict[str, tuple[Callable[[Lines], Lines], str, int, str]] = {
    "nothing": (lambda _: [], "export-head", 1, "it is empty"),
    "no-json": (replaced(1, "schema: timeline/source/1\n"), "export-head", 1, "JSON is malformed"),
    "another-form": (edited(1, schema="timeline.export/2"), "export-head", 1, "timeline.export/2"),
    "no-size": (edited(1, size=-1), "export-head", 1, "$.size"),
    "root-of-a-part": (edited(1, company="acme"), "export-head", 1, "one company's part"),
    "head-twice": (lambda lines: [lines[0], *lines], "export-line", 2, "not an event's"),
    "cut-in-a-line": (lambda lines: [*lines[:6], lines[6][:40]], "export-line", 7, "truncated"),
    "empty-line": (lambda lines: [*lines[:6], "\n", *lines[6:]], "export-line", 7, "not an event's"),
    "field-missing": (replaced(3, '{"position": 2}\n'), "export-line", 3, "missing required field `id`"),
    "field-unknown": (edited(3, comment="x"), "export-line", 3, "unknown field `comment`"),
    "text-for-number": (edited(3, position="2"), "export-line", 3, "$.position"),
    "number-for-text": (edited(3, actor=7), "export-line", 3, "$.actor"),
    "huge-number": (edited(3, position=2**63), "export-line", 3, "$.position"),
    "short-id": (edited(3, id=BOUGHT[:31]), "export-line", 3, "$.id"),
    "id-and-newline": (edited(3, id=BOUGHT + "\n"), "export-line", 3, "$.id"),
    "surrogate": (rewritten(3, '"law"', r'"\ud800"'), "export-line", 3, "not an event's"),
    "nested-deeply": (replaced(3, "[" * 100_000 + "\n"), "export-line", 3, "not an event's"),
    "too-long": (replaced(3, " " * LONGEST + "\n"), "export-line-long", 3, "longer than 16 MiB"),
    "swapped": (lambda lines: [*lines[:2], lines[3], lines[2], *lines[4:]], "export-order", 3, "position 3"),
    "left-out": (lambda lines: [*lines[:2], *lines[3:]], "export-order", 3, "position 3 cannot follow on position 1"),
    "twice": (as_part(moved(4, position=3)), "export-duplicate", 4, "stands in the file already"),
    "recorded-back": (edited(3, recorded="2020-01-01T00:00:00.000000Z"), "export-order", 3, "recorded before"),
    "recorded-never": (edited(3, recorded="2026-02-30T00:00:00.000000Z"), "export-broken", 3, "no time of the log"),
    "published-soon": (edited(3, published="soon"), "export-broken", 3, "no time of publication: 'soon'"),
    "other-key": (edited(6, key="sold"), "export-broken", 6, "not that of its source and key"),
    "other-body": (edited(6, body="{}"), "export-broken", 6, "not what the commitment is to"),
    "other-salt": (edited(6, salt="0" * 64), "export-broken", 6, "not what the commitment is to"),
    "body-alone": (edited(6, salt=None), "export-broken", 6, "both, or neither"),
    "content-lost": (edited(6, salt=None, body=None), "export-broken", 6, "nothing says that it was erased"),
    "link-to-nothing": (edited(6, kind=LINK), "export-broken", 6, "names no target"),
    "link-by-another-key": (edited(6, kind=LINK, target=BOUGHT), "export-broken", 6, "that event's id"),
    "cut-short": (lambda lines: lines[:5], "export-short", 1, "announces 6 events, and there are only 4"),
    "too-many": (edited(1, size=5), "export-short", 1, "announces 5 events, and there are more"),
    "body-no-json": (sealed(6, lambda _: "{"), "export-content", 6, "no JSON"),
    "body-nested": (sealed(6, lambda _: "[" * 100_000), "export-content", 6, "no JSON"),
    "body-a-list": (sealed(6, lambda _: "[]"), "export-content", 6, "no canonical JSON"),
    "body-spaced": (sealed(6, lambda body: canonical_json(body).decode() + " "), "export-content", 6, "no canon"),
    "body-never": (sealed(6, spoiled(occurred=NOWHEN)), "export-content", 6, "'soon'"),
    "promise-never": (sealed(7, spoiled(due=NOWHEN)), "export-content", 7, "'soon'"),
    "source-never": (sealed(3, spoiled(published="soon")), "export-content", 3, "'soon'"),
}  # fmt: skip


@pytest.mark.parametrize("offence", OFFENDING)
@pytest.mark.parametrize("into", ["empty", "small"])
def test_an_offending_file_is_told_by_line_and_writes_nothing(
    offence: str, into: str, small: Path, request: pytest.FixtureRequest
) -> None:
    edit, rule, line, what = OFFENDING[offence]
    with copied(request.getfixturevalue(into)) as path:
        before = bases.content(path)
        with pytest.raises(InvalidInput) as raised:
            load(path, edit(export(small)))
        problem = raised.value.problems[0]
        assert (problem.rule, problem.file, problem.line) == (rule, str(path.with_name("0.jsonl")), line)
        assert what in problem.what
        assert problem.fix
        assert bases.content(path) == before


def test_all_that_is_wrong_with_all_files_is_told_at_once(small: Path, empty: Path) -> None:
    with copied(empty) as path:
        one = edited(6, body="{}")(edited(3, published="soon")(export(small)))
        other = edited(7, body="{}")(export(small))
        with pytest.raises(InvalidInput) as raised:
            load(path, one, other)
        told = [(problem.file[-7:], problem.line) for problem in raised.value.problems]
        assert told == [("0.jsonl", 3), ("0.jsonl", 6), ("1.jsonl", 7)]


def test_of_a_file_that_is_all_wrong_the_rest_is_not_read(empty: Path) -> None:
    with copied(empty) as path:
        with pytest.raises(InvalidInput) as raised:
            load(path, [head(export(path), size=1000, root=None), *["{}\n"] * 1000])
        *problems, last = raised.value.problems
        assert [problem.line for problem in problems] == list(range(2, MOST_PROBLEMS + 2))
        assert "20 errors are enough" in last.what


def test_one_bad_file_among_good_ones_keeps_all_of_them_out(small: Path, empty: Path) -> None:
    with copied(empty) as path:
        before = bases.content(path)
        with pytest.raises(InvalidInput, match="export-head"):
            load(path, export(small), [])
        assert bases.content(path) == before


@pytest.mark.parametrize("name", ["nowhere.jsonl", ""])
def test_a_file_that_cannot_be_read_is_told(name: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as raised:
        Timeline.open(tmp_path / "facts.db").import_([str(tmp_path / name)])
    (problem,) = raised.value.problems
    assert (problem.rule, problem.file) == ("file-unreadable", str(tmp_path / name))


@pytest.mark.parametrize("into", ["empty", "small"])
def test_a_log_whose_events_are_not_those_that_its_root_stands_for_is_unverified(
    into: str, small: Path, request: pytest.FixtureRequest
) -> None:
    with copied(request.getfixturevalue(into)) as path:
        before = bases.content(path)
        with pytest.raises(Unverified, match=r"0\.jsonl is not the log that its first line names"):
            load(path, edited(4, actor="nobody")(export(small)))
        assert bases.content(path) == before


@pytest.mark.parametrize(
    ("fact", "told"),
    [
        ({"shares": "6 million"}, "content"),
        ({"company": "globex"}, "company"),
        ({"kind": "capital.reported", "share_class": "A"}, "kind and content"),
    ],
)
def test_one_id_with_two_contents_is_refused_whichever_is_loaded_into_which(
    fact: dict[str, str], told: str, small: Path, empty: Path
) -> None:
    (wire,) = WORLD
    with copied(empty) as other, copied(small) as path:
        append(other, events_of((File(wire.head, ({**wire.facts[0], **fact}, wire.facts[1])),)))
        for mine, theirs in ((path, other), (other, path)):
            before = bases.content(mine)
            with pytest.raises(InvalidInput) as raised:
                load(mine, export(theirs))
            (problem,) = raised.value.problems
            assert (problem.rule, problem.line) == ("import-differs", 6)
            assert f"('bought' of wire) is recorded at position 5 with another {told}" in problem.what
            assert bases.content(mine) == before


def test_one_content_in_the_bytes_of_another_version_is_the_same_content(small: Path) -> None:
    with copied(small) as path:
        respelled = sealed(6, spoiled(note=None))(part(export(small), slice(None)))
        assert respelled[5] != export(small)[5]
        assert load(path, respelled).unchanged == 6


def test_a_body_that_stands_behind_its_own_erasure_is_refused(small: Path, empty: Path) -> None:
    with copied(small) as first, copied(empty) as path:
        erase(first, BOUGHT)
        erasure = export(first)[-1]
        late = edited(6, position=8, recorded="2027-01-01T00:00:00.000000Z")(export(small))[5]
        with pytest.raises(InvalidInput, match="was erased before, and yet has a body"):
            load(path, [head(export(first), size=2, root=None), erasure, late])


def test_an_event_that_a_newer_program_knows_is_kept_and_counted(small: Path, empty: Path) -> None:
    with copied(empty) as path:
        lines = part(edited(7, kind="moon.reached")(export(small)), slice(None))
        assert load(path, lines).unreadable == 1
        assert '"kind":"moon.reached"' in export(path)[7 - 1]
