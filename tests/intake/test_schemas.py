"""The JSON Schemas of JSONL, of CSV and of maps take all that can be read, and refuse what is wrong in form."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from tests.intake import tabled
from tests.intake.kinds import PAYLOADS
from tests.intake.test_schema import FIXTURES, plain
from tests.intake.test_sheets import as_csv, as_jsonl, cells
from timeline.catalog import catalog
from timeline.intake.csv_schema import csv_schema
from timeline.intake.document import Document
from timeline.intake.fixture import read
from timeline.intake.mapping import read_map
from timeline.intake.schema import line_schema
from timeline.intake.schemas import SCHEMAS

if TYPE_CHECKING:
    from collections.abc import Iterable

HERE = Path(__file__).parent
SHIPPED = sorted(FIXTURES.rglob("*.yaml"))
MAPS = sorted((HERE / "tables").glob("*.yaml"))
README = (FIXTURES.parent / "README.md").read_text("utf-8")
BY_KIND = {"csv": csv_schema, "jsonl": line_schema}


@cache
def validator(name: str, *, made_up: bool = False) -> Draft202012Validator:
    """Of the catalog's kinds, or of those that were made up for tests."""
    return Draft202012Validator(BY_KIND[name](PAYLOADS) if made_up else SCHEMAS[name]())


def refused(name: str, value: object, *, made_up: bool = False) -> list[str]:
    return [error.message for error in validator(name, made_up=made_up).iter_errors(value)]


def table(text: str) -> list[dict[str, str]]:
    """The rows as what reads CSV gives them."""
    rows = csv.DictReader(io.StringIO(text))
    return [{name: cell.strip() for name, cell in row.items() if isinstance(cell, str)} for row in rows]


def lines(text: str) -> list[Any]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_is_a_valid_schema_that_says_what_it_is_of(name: str) -> None:
    schema = SCHEMAS[name]()
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert len({SCHEMAS[other]()["title"] for other in SCHEMAS}) == len(SCHEMAS)


def flat(path: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A shipped fixture's source and its facts, each with the defaults."""
    read = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506  it makes nothing but texts
    return read["source"], [{**read.get("defaults", {}), **fact} for fact in read["facts"]]


def as_table(path: Path) -> str:
    """A shipped fixture as CSV."""
    source, facts = flat(path)
    rows = [cells(fact) for fact in facts]
    rows[0] = {f"source.{name}": str(text) for name, text in source.items()} | rows[0]
    columns = list(dict.fromkeys(column for row in rows for column in row))
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([column.partition("#")[0] for column in columns])
    writer.writerows([[row.get(column, "") for column in columns] for row in rows])
    return file.getvalue()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_every_shipped_fixture_is_taken_as_csv_and_as_jsonl(path: Path, tmp_path: Path) -> None:
    text = as_table(path)
    (tmp_path / "a.csv").write_text(text, encoding="utf-8", newline="")
    assert read([str(tmp_path / "a.csv")]).problems == ()
    assert refused("csv", table(text)) == []
    source, facts = flat(path)
    told = [{"schema": "timeline/source/1", "source": source}, *facts]
    assert [message for line in told for message in refused("jsonl", line)] == []


def test_every_sort_of_field_is_taken_as_csv_and_as_jsonl() -> None:
    assert refused("csv", table(as_csv()), made_up=True) == []
    assert [message for line in lines(as_jsonl()) for message in refused("jsonl", line, made_up=True)] == []


@pytest.mark.parametrize(
    ("name", "line"), [("quantity-unit-jsonl", 1), ("schema-unknown-jsonl", 0), ("shape-unexpected-jsonl", 0)]
)
def test_a_line_that_is_wrong_in_form_is_refused(name: str, line: int) -> None:
    offending = lines((HERE / "offending" / f"{name}.jsonl").read_text("utf-8"))
    assert refused("jsonl", offending[line], made_up=True)


@pytest.mark.parametrize("changed", [{"source": None}, {"facts": []}, {"defaults": {"colour": "red"}}])
def test_a_line_that_tells_of_no_source_or_of_more_is_refused(changed: dict[str, Any]) -> None:
    head, _, fact = lines(as_jsonl())
    assert refused("jsonl", head | changed, made_up=True)
    assert refused("jsonl", fact | changed, made_up=True)


@pytest.mark.parametrize("name", ["csv-columns", "csv-source", "quantity-malformed-csv"])
def test_a_table_that_is_wrong_in_form_is_refused(name: str) -> None:
    assert refused("csv", table((HERE / "offending" / f"{name}.csv").read_text("utf-8")), made_up=True)


SOURCE = {"source.id": "acme-news", "source.kind": "news", "source.title": "Acme", "source.published": "2026-01-09Z"}
BOUGHT = {"key": "a", "kind": "share.bought", "company": "acme", "occurred": "2026-01-08", "shares": "5 million"}
SHOWN = {"key": "b", "kind": "product.described", "company": "acme", "occurred": "2026-01-08", "product": "Anvil"}


@pytest.mark.parametrize(
    "rows",
    [
        [SOURCE | BOUGHT, BOUGHT],
        [SOURCE, BOUGHT],
        [SOURCE | BOUGHT, {"source.id": "acme-news"} | BOUGHT],
        [SOURCE | BOUGHT | {"unknown": "", "fate": "", "sessions": "", "first": "", "features": ""}],
        [SOURCE | BOUGHT | {"occurred": "", "occurred.when": "2026-01", "occurred.wording": "in January"}],
        [SOURCE | BOUGHT | {"at.quote": "5 million", "at.paragraph": "3", "first": "yes", "settled": "2026-01-10"}],
        [SOURCE | SHOWN | {"specifications.range (km)": "902"}],
        [SOURCE | SHOWN | {"parts.what": "wheel", "parts.value": "USD 1", "code": "ABC"}],
    ],
)
def test_rows_that_a_fixture_can_have_are_taken(rows: list[dict[str, str]]) -> None:
    assert refused("csv", rows, made_up=True) == []


@pytest.mark.parametrize(
    "rows",
    [
        [BOUGHT],
        [{"source.id": "acme-news"} | BOUGHT],
        [SOURCE | BOUGHT, {"source.id": "acme-more", "source.kind": "news"} | BOUGHT],
        [SOURCE | BOUGHT | {"source.kind": "blog"}],
        [SOURCE | BOUGHT | {"source.colour": "red"}],
        [SOURCE | BOUGHT | {"colour": "red"}],
        [SOURCE | BOUGHT | {"product": "Anvil"}],
        [SOURCE | BOUGHT | {"shares": ""}],
        [SOURCE | BOUGHT | {"company": ""}],
        [SOURCE | BOUGHT | {"occurred": ""}],
        [SOURCE | BOUGHT | {"key": ""}],
        [SOURCE | BOUGHT | {"kind": ""}],
        [SOURCE | BOUGHT | {"kind": "source.recorded"}],
        [SOURCE | BOUGHT | {"company": "Acme Inc"}],
        [SOURCE | BOUGHT | {"fate": "sold"}],
        [SOURCE | BOUGHT | {"first": "maybe"}],
        [SOURCE | BOUGHT | {"sessions": "many"}],
        [SOURCE | BOUGHT | {"at.line": "3"}],
        [SOURCE | SHOWN],
        [SOURCE | SHOWN | {"features": "heavy", "code": "abc"}],
    ],
)
def test_rows_that_no_fixture_can_have_are_refused(rows: list[dict[str, str]]) -> None:
    assert refused("csv", rows, made_up=True)


def problems(text: str) -> Iterable[str]:
    found = read_map(Document.of("map.yaml", text), catalog().payloads)
    return [problem.rule for problem in found] if isinstance(found, tuple) else []


SHOWN_MAPS = [block for block in re.findall(r"```yaml\n(.*?)```", README, re.DOTALL) if "timeline/table/1" in block]
READABLE = [
    *SHOWN_MAPS,
    tabled.BOUGHT,
    *(text for path in MAPS if not problems(text := path.read_text("utf-8"))),
    """\
schema: timeline/table/1
format: csv
delimiter: tab
header: no
columns: [day, name, n]
skip: 2
numbers: {decimal: ","}
dates: "%d.%m.%Y"
empty: ["-", n/a]
constants: {currency: EUR, year: 2026}
where: n
company: "{slug(name)}"
register:
  name: "{name}"
  occurred: "{day}"
  source: {id: register, kind: reference, title: Register, published: 2026-01-01, zone: UTC}
  identifiers: {scheme: ISIN, value: "{isin}"}
source: {id: "list-{day}", kind: "{kind}", title: 2026, published: "{day}", zone: UTC, language: en}
defaults: {occurred: {when: "{day}", wording: "{name}"}, at: {quote: "{n}", paragraph: "{@row}"}, confirmed: no}
facts:
  - {kind: buyback.executed, when: n, key: "{@row}", shares: "{n} shares", value: $5}
  - {kind: product.described, key: "p-{@row}", product: "{name}", features: ["{a}", b], specifications: {range: "{c}"}}
  - {kind: product.described, key: "q-{@row}", product: "{name}", specifications: "{specs[].{name: n, value: v}}"}
""",
]


@pytest.mark.parametrize("text", READABLE)
def test_every_map_that_can_be_read_is_taken(text: str) -> None:
    assert problems(text) == []
    assert refused("map", plain(text)) == []


def test_the_map_that_is_shown_to_people_is_among_them() -> None:
    assert len(SHOWN_MAPS) == 1


SOUND = READABLE[-1]


@pytest.mark.parametrize(
    "text",
    [
        *((HERE / "tables" / f"{name}.yaml").read_text("utf-8") for name in ("map-shape", "map-company")),
        *((HERE / "tables" / f"{name}.yaml").read_text("utf-8") for name in ("field-unknown", "field-missing")),
        (HERE / "tables" / "template-unquoted.yaml").read_text("utf-8"),
        SOUND.replace("table/1", "table/2"),
        SOUND.replace("where:", "were:"),
        SOUND.replace("delimiter: tab", "delimiter: x"),
        SOUND.replace("skip: 2", "skip: -1"),
        SOUND.replace("header: no", "header: maybe"),
        SOUND.replace('decimal: ","', 'point: ","'),
        SOUND.replace("kind: reference", "kind: blog"),
        SOUND.replace("scheme: ISIN", "shceme: ISIN"),
        SOUND.replace('register:\n  name: "{name}"', "register:"),
        SOUND.replace('company: "{slug(name)}"\n', ""),
        SOUND.replace('company: "{slug(name)}"', "company: Acme Inc"),
        SOUND.replace('title: 2026, published: "{day}"', "title: 2026"),
        SOUND.replace("confirmed: no", "confirmed: surely"),
        SOUND.replace('quote: "{n}"', 'qoute: "{n}"'),
        SOUND.replace("kind: buyback.executed", "kind: buyback"),
        SOUND.replace("kind: buyback.executed", "kind: source.recorded"),
        SOUND.replace('shares: "{n} shares"', 'share: "{n} shares"'),
        SOUND.replace('shares: "{n} shares", ', ""),
        SOUND.replace('key: "{@row}", ', ""),
        SOUND.replace(', specifications: "{specs[].{name: n, value: v}}"', ""),
        SOUND.replace('specifications: {range: "{c}"}', "specifications: heavy"),
        SOUND.replace("when: n,", "when: [n],"),
    ],
)
def test_maps_that_are_wrong_in_form_are_refused(text: str) -> None:
    assert list(problems(text)) != []
    assert refused("map", plain(text))
