"""Fuzz a target, or all of them one after the other; ends with 1 at the first input that is a defect."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from fuzzing import harness

_CHILD = "FUZZING_TARGET"


def main() -> int:
    """Run each target in a process of its own, since the fuzzer ends the process that it runs in."""
    if name := os.environ.get(_CHILD):
        _fuzz(name, sys.argv)
        return 0
    asked = _asked()
    if asked.input:
        with harness.frugal():
            harness.check(harness.target(asked.target), asked.input.read_bytes())
        return 0
    for name in harness.names() if asked.target == "all" else [asked.target]:
        if not _run(name, asked):
            return 1
    return 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m fuzzing", description=__doc__)
    parser.add_argument("target", choices=(*harness.names(), "all"))
    parser.add_argument("--runs", type=int, default=10_000, help="inputs a target (default: 10,000)")
    parser.add_argument("--seconds", type=int, default=0, help="at most so long a target (default: no limit)")
    parser.add_argument("--input", type=Path, help="try this file alone")
    parser.add_argument("--corpus", type=Path, help="folder in which inputs that reach new code are kept")
    parser.add_argument("--found", type=Path, default=Path("build/fuzzing"), help="folder for inputs that are defects")
    return parser.parse_args()


def _run(name: str, asked: argparse.Namespace) -> bool:
    """Whether all inputs were survived; prints how many there were."""
    asked.found.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        corpus, words = Path(asked.corpus or folder) / name, Path(folder) / "words"
        corpus.mkdir(parents=True, exist_ok=True)
        for number, seed in enumerate(harness.seeds(name)):
            (corpus / f"seed-{number}").write_bytes(seed)
        words.write_text("".join(f"{_quoted(word)}\n" for word in harness.target(name).WORDS))
        options = [f"-dict={words}", f"-artifact_prefix={asked.found / name}-", f"-max_total_time={asked.seconds}"]
        largest = getattr(harness.target(name), "LARGEST", harness.LARGEST)
        options += [f"-runs={asked.runs}", f"-max_len={largest}", "-timeout=30", "-rss_limit_mb=4096"]
        started = time.monotonic()
        command = [sys.executable, "-m", "fuzzing", str(corpus), *options, "-verbosity=1", "-print_final_stats=1"]
        ended = subprocess.run(  # noqa: S603  this very program
            command, env={**os.environ, _CHILD: name}, stderr=subprocess.STDOUT, stdout=subprocess.PIPE, check=False
        )
    told = ended.stdout.decode(errors="replace")
    count = max((int(found) for found in _COUNTS.findall(told)), default=0)
    verdict = "survived" if ended.returncode == 0 else "DEFECT"
    print(f"{name:<12} {count:>9,} inputs {time.monotonic() - started:>6,.0f} s  {verdict}", flush=True)
    if ended.returncode:
        print(told[-4000:], file=sys.stderr)
    return ended.returncode == 0


_COUNTS = re.compile(r"^(?:#|Done )(\d+)", re.MULTILINE)


def _quoted(word: str) -> str:
    """A word as the fuzzer's dictionary has it."""
    return '"' + "".join(chr(byte) if bytes([byte]).isalnum() else f"\\x{byte:02x}" for byte in word.encode()) + '"'


def _fuzz(name: str, arguments: list[str]) -> None:
    import atheris

    with atheris.instrument_imports(include=["timeline", "jmespath", "dateutil", "json"]):
        tried = harness.target(name)
    with harness.frugal():
        atheris.Setup(arguments, lambda data: harness.check(tried, data))
        atheris.Fuzz()


sys.exit(main())
