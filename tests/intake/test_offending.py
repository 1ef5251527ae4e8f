"""Every rule has a file that breaks it, and the text that is shown then."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import timeline.intake
from tests.intake.kinds import PAYLOADS
from timeline.intake.fixture import read

OFFENDING = Path(__file__).parent / "offending"
NAMES = sorted(path.name for path in OFFENDING.iterdir() if path.suffix != ".txt")
SOURCES = Path(timeline.intake.__file__).parent
RULE = re.compile(
    "(choice|company|csv|day|fact|field|file|json|key|kind|no|number|schema|shape|source|text|value|yaml|yes-no)-[a-z0-9-]+"
)
# What no file in a repository can be; tried in test_files.py.
UNSTORABLE = {"file-missing", "file-unreadable", "file-not-regular", "file-too-large", "no-fixtures"}


@pytest.mark.parametrize("name", NAMES)
def test_an_offending_file_shows_its_problems(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(OFFENDING)
    problems = read([name], payloads=PAYLOADS).problems
    assert "".join(f"{problem}\n" for problem in problems) == (OFFENDING / name).with_suffix(".txt").read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_an_offending_file_breaks_the_rule_that_it_is_named_after(name: str) -> None:
    rules = {problem.rule for problem in read([str(OFFENDING / name)], payloads=PAYLOADS).problems}
    assert any(Path(name).stem.startswith(rule) for rule in rules)


def test_every_rule_of_the_package_has_an_offending_file() -> None:
    goldens = "".join(path.read_text("utf-8") for path in OFFENDING.glob("*.txt"))
    broken = set(re.findall(r"error\[([a-z0-9-]+)\]", goldens))
    assert {rule for rule in _rules_in_code() if rule not in broken} == UNSTORABLE


def _rules_in_code() -> set[str]:
    trees = [ast.parse(path.read_text("utf-8")) for path in SOURCES.glob("*.py")]
    texts = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    return {text for text in texts if isinstance(text, str) and RULE.fullmatch(text)}
