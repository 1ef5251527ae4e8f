"""Facts written as a table and mapped back are the same facts, whatever is in them and whichever format is taken."""

from __future__ import annotations

import csv
import datetime as dt
import json
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.tabled import SOURCE, facts, reports, table
from timeline.dates import When
from timeline.event import Report
from timeline.intake.written import fixture_form
from timeline.topics.buybacks.payloads import Executed
from timeline.values import Quantity

COLUMNS = ("day", "shares", "paid", "class", "note")
MAP = f"""\
{SOURCE}facts:
  - kind: buyback.executed
    key: "{{@row}}"
    occurred: "{{day}}"
    shares: "{{shares}} shares"
    value: "EUR {{paid}}"
    share_class: "{{class}}"
    note: "{{note}}"
"""

# What a text of a fact may be: printable, on one line, nothing around it, and in the form that is stored.
_WORDS = st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=20)
WORDS = _WORDS.map(str.strip).filter(bool)
ROWS = st.lists(
    st.tuples(
        st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)).map(dt.date.isoformat),
        st.integers(1, 10**12).map(str),
        st.none() | st.decimals(0, 10**9, places=2).map(str),
        st.none() | WORDS,
        st.none() | WORDS,
    ),
    max_size=6,
)
Cells = tuple[str, str, str | None, str | None, str | None]


def reported(number: int, cells: Cells) -> Report:
    day, shares, paid, share_class, note = cells
    payload = Executed(
        shares=Quantity.parse(f"{shares} shares"),
        value=Quantity.parse(f"EUR {paid}") if paid else None,
        share_class=share_class,
    )
    return Report(
        payload=payload, key=str(number), company="acme", source="acme-returns", occurred=When.parse(day), note=note
    )


def as_csv(path: Path, rows: list[Cells]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, quoting=csv.QUOTE_MINIMAL).writerows([COLUMNS, *rows])


def as_jsonl(path: Path, rows: list[Cells]) -> None:
    path.write_text("".join(f"{json.dumps(dict(zip(COLUMNS, row, strict=True)))}\n" for row in rows), encoding="utf-8")


def as_json(path: Path, rows: list[Cells]) -> None:
    path.write_text(json.dumps([dict(zip(COLUMNS, row, strict=True)) for row in rows], indent=1), encoding="utf-8")


@settings(max_examples=40)
@given(ROWS, st.sampled_from([("a.csv", as_csv), ("a.jsonl", as_jsonl), ("a.json", as_json)]))
def test_a_table_that_is_written_from_facts_gives_them_back(rows, written) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    name, write = written
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder) / name, rows)
        taken = list(table(MAP, [Path(folder) / name]))
    expected = [reported(number, cells) for number, cells in enumerate(rows, 1)]
    assert [problem for row in taken for problem in row.problems] == []
    assert [report for report in reports(taken) if report.company] == expected
    assert facts(taken) == [fixture_form(report) for report in expected]
