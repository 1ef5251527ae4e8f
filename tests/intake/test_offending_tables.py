"""Every rule for maps and tables has a map, and mostly a table, that break it, and the text that is shown then."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import timeline.intake
from tests.intake.tabled import offending

TABLES = Path(__file__).parent / "tables"
NAMES = sorted(path.stem for path in TABLES.glob("*.yaml"))
INTAKE = Path(timeline.intake.__file__).parent
SOURCES = [
    *(INTAKE / "rows").glob("*.py"),
    *(INTAKE / f"{name}.py" for name in ("expression", "template", "notation", "pattern", "mapping", "table")),
    *INTAKE.glob("mapped*.py"),
]
RULE = re.compile(
    "(cell|column|date|dates|expression|file|format|header|json|map|number|numbers|parquet|registered|row|rows|template)"
    "-[a-z0-9-]+"
)
# What no table in a repository can be; tried in test_rows.py and test_table.py, and where pyarrow is missing.
UNSTORABLE = {"file-missing", "file-unreadable", "parquet-missing", "parquet-stream", "row-too-long", "numbers-rounded"}


def shown(name: str) -> str:
    paths = [path for path in sorted(TABLES.glob(f"{name}.*")) if path.suffix not in {".yaml", ".golden"}]
    found = offending((TABLES / name).with_suffix(".yaml").relative_to(Path.cwd()), [Path(path.name) for path in paths])
    return "".join(f"{problem}\n" for problem in found)


@pytest.mark.parametrize("name", NAMES)
def test_an_offending_table_shows_its_problems(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if name.startswith("parquet"):
        pytest.importorskip("pyarrow")
    monkeypatch.chdir(TABLES)
    assert shown(name) == (TABLES / f"{name}.golden").read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_an_offending_table_breaks_the_rule_that_it_is_named_after(name: str) -> None:
    rules = re.findall(r"(?:error|note)\[([a-z0-9-]+)\]", (TABLES / f"{name}.golden").read_text("utf-8"))
    assert any(name.startswith(rule) for rule in rules)


def test_every_rule_for_maps_and_tables_is_broken_by_one() -> None:
    goldens = "".join(path.read_text("utf-8") for path in TABLES.glob("*.golden"))
    broken = set(re.findall(r"(?:error|note)\[([a-z0-9-]+)\]", goldens))
    assert {rule for rule in _rules_in_code() if rule not in broken} == UNSTORABLE


def _rules_in_code() -> set[str]:
    trees = [ast.parse(path.read_text("utf-8")) for path in SOURCES]
    texts = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    return {text for text in texts if isinstance(text, str) and RULE.fullmatch(text)}
