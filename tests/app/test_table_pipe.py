"""`import table -`: nobody waits for a slow pipe with the lock in its hand."""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING

import pytest

from tests.laws import bases
from tests.laws.worlds import REGISTER
from timeline import Timeline
from timeline.app.importing.bulk import Options
from timeline.app.importing.tables import import_table
from timeline.errors import InvalidInput

if TYPE_CHECKING:
    from pathlib import Path

    from timeline.app.importing.bulk import BulkReport

MAP = """\
schema: timeline/table/1
format: csv
company: "{slug(name)}"
source: {id: "return-{day}", kind: filing, title: Return, published: "{day}", zone: UTC}
register:
  name: "{name}"
  source: {id: table-register, kind: reference, title: Register, published: 2026-01-01, zone: UTC}
facts:
  - {kind: buyback.executed, key: bought, occurred: "{day}", shares: "{shares} shares"}
"""
ROWS = ["name,day,shares\n", *(f"Pipe Works,2026-01-{day:02},{day}00\n" for day in range(1, 29))]
AT_ONCE = [Options(strict=True), Options(dry_run=True)]


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("options", [*AT_ONCE, Options()])
def test_others_write_while_a_table_comes_through_a_slow_pipe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: Options
) -> None:
    path, (reading, writing) = tmp_path / "facts.db", os.pipe()
    (tmp_path / "map.yaml").write_text(MAP, encoding="utf-8")
    bases.load(path, [])
    reports: list[BulkReport] = []
    with open(writing, "w", encoding="utf-8") as pipe, open(reading) as stdin:  # noqa: PTH123 - descriptors
        monkeypatch.setattr("sys.stdin", stdin)

        def run() -> None:
            reports.append(import_table(path, ["-"], str(tmp_path / "map.yaml"), options))

        importing = threading.Thread(target=run)
        importing.start()
        pipe.writelines(ROWS[:5])
        pipe.flush()
        time.sleep(0.2)
        bases.load(path, [REGISTER])
        pipe.writelines(ROWS[5:])
        pipe.close()
        importing.join()
    (report,) = reports
    assert (report.rows, dict(report.new)["buyback.executed"]) == (28, 28)
    bought = Timeline.open(path).events(kind="buyback.executed").rows
    assert len(bought) == (0 if options.dry_run else 28)


@pytest.mark.parametrize("options", AT_ONCE)
def test_a_file_that_is_refused_waits_for_no_pipe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: Options
) -> None:
    (tmp_path / "map.yaml").write_text(MAP, encoding="utf-8")
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(InvalidInput, match=r"missing\.csv"):
        import_table(tmp_path / "facts.db", ["-", str(tmp_path / "missing.csv")], str(tmp_path / "map.yaml"), options)
