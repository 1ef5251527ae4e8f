"""`import table`: rows into the log, and what fails into quarantine."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from timeline import Timeline
from timeline.app.importing.bulk import Options
from timeline.app.importing.tables import import_table
from timeline.errors import InvalidInput
from timeline.render.data import page_json

if TYPE_CHECKING:
    from pathlib import Path

MAP = """\
schema: timeline/table/1
company: "{slug(name)}"
numbers: {decimal: ",", thousands: "."}
dates: ["%d.%m.%Y"]
source: {id: "return-{slug(name)}-{day}", kind: filing, title: Return, published: "{day}", zone: Europe/Berlin}
register:
  name: "{name}"
  source: {id: register, kind: reference, title: Register, published: 2026-01-01, zone: UTC}
facts:
  - {kind: buyback.executed, key: bought, occurred: "{day}", shares: "{shares} shares", value: "EUR {paid}"}
  - {kind: buyback.totalled, when: total, key: total, occurred: "{day}", since: 2026-01-01, shares: "{total} shares"}
"""
HEADER = "name;day;shares;paid;total\n"
GOOD = HEADER + (
    "Acme AG;08.01.2026;1.234;12.345,60;\nAcme AG;09.01.2026;2.000;20.000,00;3.234\nBolt SE;09.01.2026;500;1.000,50;\n"
)
BAD = GOOD + (
    "Acme AG;12.01.2026;2.5;1,00;\n"  # decimal point
    "Acme AG;13.13.2026;2;1,00;\n"
    "Acme AG;14.01.2026;;1,00;\n"
    "Acme AG;15.01.2026;2\n"
    "Bolt SE;16.01.2026;7;1,00;\n"
)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, str, str]:
    """A database to be made, a table and its map."""
    (tmp_path / "map.yaml").write_text(f'{MAP}delimiter: ";"\n', encoding="utf-8")
    (tmp_path / "rows.csv").write_text(GOOD, encoding="utf-8")
    return tmp_path / "facts.db", str(tmp_path / "rows.csv"), str(tmp_path / "map.yaml")


def test_a_row_makes_facts_of_two_kinds_for_companies_that_it_registers(files: tuple[Path, str, str]) -> None:
    path, rows, mapping = files
    report = import_table(path, [rows], mapping)
    assert report.new == (("buyback.executed", 3), ("company.registered", 2), ("buyback.totalled", 1))
    assert (report.rows, report.sources_new, report.companies) == (3, 4, ("acme-ag", "bolt-se"))
    shown: dict[str, Any] = page_json(Timeline.open(path).show("acme-ag"))
    executions = shown["sections"]["buybacks"]["executions"]
    assert [(each["occurred"], each["shares"], each["value"]) for each in executions] == [
        ("2026-01-08", "1234", "12345.60"),
        ("2026-01-09", "2000", "20000.00"),
    ]


def test_importing_the_same_table_twice_adds_nothing(files: tuple[Path, str, str]) -> None:
    path, rows, mapping = files
    first, again = (import_table(path, [rows], mapping) for _ in range(2))
    assert (again.events_new, again.sources_new, again.position) == (0, 0, first.position)
    assert again.unchanged == 4


def test_rows_that_fail_are_put_aside_with_row_and_rule_and_the_rest_goes_on(
    files: tuple[Path, str, str], tmp_path: Path
) -> None:
    path, rows, mapping = files
    (tmp_path / "rows.csv").write_text(BAD, encoding="utf-8")
    aside = tmp_path / "aside.jsonl"
    report = import_table(path, [rows], mapping, Options(quarantine=str(aside)))
    lines = [json.loads(line) for line in aside.read_text("utf-8").splitlines()]
    found = dict.fromkeys((line["row"], line["rule"]) for line in lines)
    assert list(found) == [(4, "number-malformed"), (5, "date-malformed"), (6, "field-missing"), (7, "row-cells")]
    assert lines[0]["raw"] == "Acme AG;12.01.2026;2.5;1,00;"
    assert (report.rows, report.quarantined, dict(report.new)["buyback.executed"]) == (8, 4, 4)


def test_a_row_that_was_mended_is_added_by_the_next_import(files: tuple[Path, str, str], tmp_path: Path) -> None:
    path, rows, mapping = files
    (tmp_path / "rows.csv").write_text(BAD, encoding="utf-8")
    import_table(path, [rows], mapping)
    (tmp_path / "rows.csv").write_text(BAD.replace("2.5", "2"), encoding="utf-8")
    assert import_table(path, [rows], mapping).new == (("buyback.executed", 1),)


def test_strict_refuses_all_and_leaves_the_database_as_it_was(files: tuple[Path, str, str], tmp_path: Path) -> None:
    path, rows, mapping = files
    before = import_table(path, [rows], mapping).position
    (tmp_path / "rows.csv").write_text(BAD, encoding="utf-8")
    with pytest.raises(InvalidInput) as refused:
        import_table(path, [rows], mapping, Options(strict=True))
    assert {problem.line for problem in refused.value.problems} == {4, 5, 6, 7}
    assert import_table(path, [rows], mapping, Options(dry_run=True)).position == before + 2


def test_a_dry_run_shows_the_first_events_and_makes_no_database(files: tuple[Path, str, str]) -> None:
    path, rows, mapping = files
    report = import_table(path, [rows], mapping, Options(dry_run=True))
    assert [(each.company, each.kind) for each in report.first][:3] == [
        ("acme-ag", "company.registered"),
        ("acme-ag", "buyback.executed"),
        ("acme-ag", "buyback.executed"),
    ]
    assert not path.exists()


def test_a_table_that_lacks_a_column_is_refused_before_anything_is_written(files: tuple[Path, str, str]) -> None:
    path, rows, mapping = files
    with open(rows, "w", encoding="utf-8") as file:  # noqa: PTH123  a path as a text
        file.write(GOOD.replace("shares", "Shares"))
    with pytest.raises(InvalidInput, match="did you mean Shares"):
        import_table(path, [rows], mapping)
    assert not path.exists()


def test_a_row_that_says_otherwise_than_the_log_is_put_aside(files: tuple[Path, str, str], tmp_path: Path) -> None:
    path, rows, mapping = files
    import_table(path, [rows], mapping)
    (tmp_path / "rows.csv").write_text(GOOD.replace("2.000", "2.001"), encoding="utf-8")
    report = import_table(path, [rows], mapping)
    assert [(problem.line, problem.rule) for problem in report.problems] == [(2, "import-differs")]
    assert (report.quarantined, report.events_new) == (1, 0)


def test_what_conditions_leave_out_is_told_with_the_report(files: tuple[Path, str, str], tmp_path: Path) -> None:
    path, rows, mapping = files
    text = (tmp_path / "map.yaml").read_text("utf-8")
    (tmp_path / "map.yaml").write_text(f"{text}where: name == 'Acme AG'\n", encoding="utf-8")
    report = import_table(path, [rows], mapping)
    assert [(problem.rule, problem.what) for problem in report.problems] == [
        ("rows-left-out", "rows left out by `where`: 1")
    ]
