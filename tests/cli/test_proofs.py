"""`timeline checkpoint`, `prove` and `check-proof`: what goes to which stream, files, and exit codes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.render.acme import BASIS
from timeline.errors import NotFound, TimelineError, Unverified
from timeline.page import Listing
from timeline.proof.checkpoint import Checkpoint
from timeline.proof.file import ConsistencyProof
from timeline.proof.merkle import leaf_hash, node_hash
from timeline.section import Column, Table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.fake import FakeTimeline, Run

FIRST, SECOND = leaf_hash(b"first"), leaf_hash(b"second")
OLD = Checkpoint("corporate-timeline/log", 1, FIRST)
NEW = Checkpoint("corporate-timeline/log", 2, node_hash(FIRST, SECOND))
PROOF = ConsistencyProof(1, FIRST, (SECOND,), NEW)
TABLE = Table("checkpoints", "Checkpoints", (Column("size", kind="number"), Column("text", shown=False)))


def listing(*checkpoints: Checkpoint) -> Listing:
    rows = tuple({"size": str(each.size), "text": each.text()} for each in checkpoints)
    return Listing(schema="timeline.checkpoints/1", table=TABLE, rows=rows, basis=BASIS, empty="no checkpoint yet")


@pytest.fixture
def kept(tmp_path: Path) -> Callable[[str], str]:
    def write(text: str) -> str:
        file = tmp_path / f"kept {len(list(tmp_path.iterdir()))}"
        file.write_text(text, encoding="utf-8")
        return str(file)

    return write


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        ((), {"size": None, "last": True}),
        (("--size", "2"), {"size": 2, "last": False}),
        (("--all",), {"size": None, "last": False}),
    ],
)
def test_a_checkpoint_is_printed_as_c2sp_writes_it_and_nothing_else_is(
    fake: FakeTimeline, run: Run, arguments: tuple[str, ...], asked: dict[str, object]
) -> None:
    fake.answers["checkpoints"] = listing(NEW)
    assert run("checkpoint", *arguments) == (0, NEW.text(), "")
    assert fake.asked == [("checkpoints", (), asked)]


def test_several_checkpoints_have_an_empty_line_between_them(fake: FakeTimeline, run: Run) -> None:
    fake.answers["checkpoints"] = listing(OLD, NEW)
    assert run("checkpoint", "--all").out == f"{OLD.text()}\n{NEW.text()}"
    told = json.loads(run("checkpoint", "--all", "--json").out)
    assert told["schema"] == "timeline.checkpoints/1"
    assert told["checkpoints"] == [{"size": "1", "text": OLD.text()}, {"size": "2", "text": NEW.text()}]
    assert len(run("checkpoint", "--all", "--jsonl").out.splitlines()) == 2
    assert run("checkpoint", "--all", "--format", "csv").out.startswith("size,text")


def test_an_empty_log_has_no_checkpoint_to_print(fake: FakeTimeline, run: Run) -> None:
    fake.answers["checkpoints"] = listing()
    assert run("checkpoint") == (0, "", "no checkpoint yet\n")


def test_a_proof_goes_to_standard_output_and_nothing_else_does(fake: FakeTimeline, run: Run) -> None:
    fake.answers |= {"prove": "a proof\n", "prove_growth": "growth\n"}
    assert run("prove", "657a") == (0, "a proof\n", "")
    assert run("prove", "657a", "--without-content", "--at", "7", "-o", "-") == (0, "a proof\n", "")
    assert run("prove", "--from", "kept.txt", "--at", "7") == (0, "growth\n", "")
    assert fake.asked == [
        ("prove", ("657a",), {"at": None, "content": True}),
        ("prove", ("657a",), {"at": 7, "content": False}),
        ("prove_growth", ("kept.txt",), {"at": 7}),
    ]


def test_a_proof_in_a_file_replaces_another_one_only_by_force(fake: FakeTimeline, run: Run, tmp_path: Path) -> None:
    fake.answers["prove"] = "a proof\n"
    path = tmp_path / "two words.tlog-proof"
    ended = run("prove", "657a", "--output", str(path))
    assert (ended.code, ended.out) == (0, "")
    assert ended.err == f"proof in {path}\nnext:\n  timeline check-proof '{path}'\n"
    path.write_text("old")
    ended = run("prove", "657a", "--output", str(path))
    assert (ended.code, path.read_text()) == (1, "old")
    assert run("prove", "657a", "--output", str(path), "--force").code == 0
    assert path.read_text() == "a proof\n"


@pytest.mark.parametrize(("error", "code"), [(NotFound("event", "657a"), 3), (Unverified("it does not hold"), 5)])
def test_a_proof_that_fails_leaves_no_file(
    fake: FakeTimeline, run: Run, tmp_path: Path, error: TimelineError, code: int
) -> None:
    fake.answers["prove"] = error
    ended = run("prove", "657a", "-o", str(tmp_path / "proof"))
    assert (ended.code, ended.out) == (code, "")
    assert error.message in ended.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("prove",),
        ("prove", "657a", "--from", "3"),
        ("prove", "--from", "3", "--without-content"),
        ("prove", "657a", "--at", "0"),
        ("check-proof",),
        ("checkpoint", "--size", "2", "--all"),
    ],
)
def test_what_excludes_each_other_or_is_missing_is_usage(run: Run, arguments: tuple[str, ...]) -> None:
    ended = run(*arguments)
    assert (ended.code, ended.out) == (2, "")


def test_a_proof_is_checked_without_a_database(fake: FakeTimeline, run: Run, kept: Callable[[str], str]) -> None:
    ended = run("check-proof", kept(PROOF.text()), "--width", "200")
    assert (ended.code, ended.err, fake.db) == (0, "", "not opened")
    assert ended.out.startswith(
        "The proof holds: the log below begins with 1 event that the smaller log had, and 1 event came"
    )
    assert f"  root         {NEW.text().split()[2]}\n" in ended.out
    assert "A proof is as good as the checkpoint that one trusts" in ended.out
    told = json.loads(run("check-proof", kept(PROOF.text()), "--json").out)
    assert (told["schema"], told["proved"]) == ("timeline.check-proof/1", "consistency")
    assert json.loads(run("check-proof", kept(PROOF.text()), "--jsonl").out) == told
    assert "smaller log,1 event\r\n" in run("check-proof", kept(PROOF.text()), "--format", "csv").out


def test_each_way_in_which_a_check_fails_has_its_code(run: Run, kept: Callable[[str], str]) -> None:
    good = kept(PROOF.text())
    assert run("check-proof", good, "--against", kept(OLD.text())).code == 0
    for code, arguments, why in (
        (5, (kept(PROOF._replace(old_root=SECOND).text()),), "error: the proof does not hold"),
        (5, (good, "--against", kept(NEW._replace(root=SECOND).text())), "has another root at 2 events"),
        (4, (kept("not a proof"),), "error[proof-malformed]: the file ends within this line"),
        (4, (good, "--against", kept("not a checkpoint")), "error[checkpoint-malformed]"),
        (4, (good + " is not there",), "error[file-unreadable]"),
        (2, (good, "--against", kept(NEW._replace(size=3).text())), "timeline prove --from CHECKPOINT makes"),
    ):
        ended = run("check-proof", *arguments)
        assert (ended.code, ended.out) == (code, "")
        assert why in ended.err
