"""A cut of what Apple filed, and files of companies that are made up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from timeline import Timeline
from timeline.app.importing.bulk import Options
from timeline.app.importing.facts import import_facts

if TYPE_CHECKING:
    from collections.abc import Callable

APPLE = str(Path(__file__).with_name("apple.json"))
"""Six concepts of CIK 320193, cut from data.sec.gov/api/xbrl/companyfacts; in the public domain."""


@pytest.fixture(scope="session")
def apple(tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    """The cut in a database, to be read only."""
    path = tmp_path_factory.mktemp("apple") / "facts.db"
    import_facts(path, [APPLE], Options())
    return Timeline.open(path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "facts.db"


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., str]:
    """Write the file of a company, by concept and unit, and give its path."""

    def write(facts: dict[str, dict[str, list[Any]]], cik: int | str = 1045810, name: str = "NVIDIA CORP") -> str:
        told: dict[str, dict[str, Any]] = {}
        for concept, units in facts.items():
            taxonomy, _, short = concept.partition(":")
            told.setdefault(taxonomy, {})[short] = {"label": None, "description": None, "units": units}
        target = tmp_path / f"{cik}.json"
        target.write_text(json.dumps({"cik": cik, "entityName": name, "facts": told}), encoding="utf-8")
        return str(target)

    return write


def value(val: object, start: str | None, end: str, filed: str, form: str = "10-K", **more: object) -> dict[str, Any]:
    """A value as the SEC writes it, of the filing of that day; its labels are those of another year, as they are."""
    days = {"start": start, "end": end} if start else {"end": end}
    accession = f"0001045810-{filed[2:4]}-{filed[5:7]}{filed[8:]:0>4}"
    return {**days, "val": val, "accn": accession, "fy": 1999, "fp": "Q2", "form": form, "filed": filed, **more}
