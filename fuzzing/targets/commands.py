"""Command lines, an argument a line; the first sign of an input says which command.

Commands that read are run on a database that must stay as it is, those that write on a copy. Arguments that name other
folders are left out: `--output` may write where it is told to.
"""

import os
import shutil
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from unittest.mock import patch

from fuzzing.database import FIXTURE, exported, prepared, proved
from fuzzing.harness import scratch, typed
from fuzzing.prose import ARTICLE
from timeline.cli import main

_READING = (
    "show",
    "events",
    "event",
    "why",
    "audit",
    "upcoming",
    "search",
    "screen",
    "diff",
    "conflicts",
    "companies",
    "sources",
    "checkpoint",
    "prove",
    "check-proof",
    "schema",
    "export",
)
_WRITING = ("load", "add", "correct", "retract", "erase", "import")
_COMMANDS = (*_READING, *_WRITING, "coverage", "doctor", "backup", "copy", "restore", "rebuild", "roles", "demo")
"""The first ones as they were when inputs were kept that name them by their place."""
_ALONE = ("coverage", "doctor")
_ENDS = range(6)
SEEDS = tuple(
    chr(ord("A") + _COMMANDS.index(line.split("\n")[0])) + "\n".join(line.split("\n")[1:])
    for line in (
        "show\nacme\nbuybacks\n--as-of\n2026-02-01\n--width\n40",
        "events\nacme\n--kind\nbuyback.executed\n--format\ncsv",
        "event\n00",
        "why\nacme\nbuybacks",
        "audit\nfigures\nacme\n--json",
        "upcoming\n--today\n2026-01-09",
        "search\nbuyback\n--limit\n3",
        "screen\nbuybacks\n--by\ncompany",
        "diff\nacme\n2025-01-01\n2026-12-31",
        "conflicts\n--jsonl",
        "companies\n--as-recorded\n3",
        "sources\n--color\nalways",
        "checkpoint",
        "prove\n--from\nkept",
        "check-proof\nproof-0",
        "schema",
        "export\nacme",
        "load\nacme.yaml\n--dry-run",
        "add\nbuyback.executed\nacme\noccurred=2026-01-09\nshares=5 million\nsource=acme-news\nkey=x",
        "correct\n00\nshares=6 million\n--reason\nwe erred",
        "retract\n00\n--reason\nduplicate",
        "erase\n00\n--reason\nlegal\n--yes",
        "import\nacme.export\n--dry-run",
        "coverage\nacme.yaml\n--text\nacme.txt\n--missing",
        "doctor\n--json",
        "backup\nkept.db\n--force",
        "copy\nacme.db\nother.db",
        "restore\nacme.db\n--force",
        "rebuild",
        "roles\n--writer\nloader",
        "demo",
    )
)
WORDS = (
    "--as-of",
    "--as-recorded",
    "--format",
    "json",
    "csv",
    "xlsx",
    "parquet",
    "--width",
    "--output",
    "--table",
    "--limit",
    "--force",
    "-",
    "acme",
    "\n",
    "=",
    "99999999999999999999",
    "--help",
    "--text",
    "--db",
    "'",
    '"',
    "%",
)
LARGEST = 512
_DATABASE, _EXPORT, _PROOFS = prepared(), exported(), proved()


def run(data: bytes) -> None:
    """The command ends with a code that is told, and without a trace."""
    words = typed(data[1:]).split("\n")
    if not data or any(os.sep in word or word.startswith(("..", "~")) or ":" in word for word in words):
        return
    name = _COMMANDS[(data[0] - ord("A")) % len(_COMMANDS)]
    original = _DATABASE
    database = original if name in (*_READING, *_ALONE) else _copy()
    before = _state(original)
    ended = _ended(["--db", database, name, *words])
    assert ended in _ENDS, ended
    assert _state(original) == before, "a database was written that may only be read"


def _ended(arguments: list[str]) -> int:
    """Run in a folder with the files that the seeds name, and with nobody watching."""
    streams = [TextIOWrapper(BytesIO(), "utf-8", "strict") for _ in range(3)]
    here = os.getcwd()  # noqa: PTH109
    os.chdir(_folder())
    try:
        with redirect_stdout(streams[0]), redirect_stderr(streams[1]), patch.object(sys, "stdin", streams[2]):
            ended = main(arguments)
            streams[0].flush()
            streams[1].flush()
            return ended
    finally:
        os.chdir(here)


def _folder() -> str:
    folder = scratch() / "here"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "acme.yaml").write_text(FIXTURE)
    (folder / "acme.txt").write_text(ARTICLE)
    (folder / "acme.export").write_bytes(_EXPORT)
    shutil.copyfile(_DATABASE, folder / "acme.db")
    for number, proof in enumerate(_PROOFS):
        (folder / f"proof-{number}").write_bytes(proof)
    return str(folder)


def _copy() -> str:
    target = scratch() / "copy.db"
    for ending in ("-wal", "-shm", "-journal"):
        target.with_name(target.name + ending).unlink(missing_ok=True)
    shutil.copyfile(_DATABASE, target)
    return str(target)


def _state(path: str) -> tuple[int, int]:
    status = os.stat(path)  # noqa: PTH116
    return status.st_size, status.st_mtime_ns
