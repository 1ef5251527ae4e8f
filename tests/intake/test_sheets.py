"""Fixtures as JSONL and CSV say what they say as YAML."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.intake.kinds import PAYLOADS
from timeline.intake.fixture import read

if TYPE_CHECKING:
    from pathlib import Path

    from timeline.intake.fixture import Batch

HEAD = {"id": "acme-news", "kind": "news", "title": "Acme “buys”", "published": "2026-01-09T09:46:04+01:00"}
FACTS: list[dict[str, Any]] = [
    {
        "key": "a",
        "kind": "share.bought",
        "company": "acme",
        "occurred": "2026-01-08",
        "shares": "5 million",
        "first": True,
    },
    {
        "key": "b",
        "kind": "product.described",
        "company": "acme",
        "occurred": "2026-01-08",
        "product": 'The "Anvil", large',
        "due": {"when": "2026-04", "wording": "in spring"},
        "features": ["heavy", "black"],
        "specifications": {"range": "902 km", "weight": "2 t"},
        "at": [{"quote": "Anvil", "paragraph": 3}],
    },
]


def written(folder: Path, name: str, text: str) -> Batch:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return read([str(path)], payloads=PAYLOADS)


def as_yaml() -> str:
    return yaml.safe_dump({"schema": "timeline/source/1", "source": HEAD, "facts": FACTS}, allow_unicode=True)


def as_jsonl() -> str:
    lines = [{"schema": "timeline/source/1", "source": HEAD}, *FACTS]
    return "".join(f"{json.dumps(line)}\n" for line in lines)


def as_csv(delimiter: str = ",") -> str:
    rows = [{f"source.{name}": text for name, text in HEAD.items()} | cells(FACTS[0]), cells(FACTS[1])]
    names = list(dict.fromkeys(name for row in rows for name in row))
    file = io.StringIO()
    table = csv.writer(file, delimiter=delimiter)
    table.writerow([name.partition("#")[0] for name in names])
    table.writerows([[row.get(name, "") for name in names] for row in rows])
    return file.getvalue()


def cells(value: Any, name: str = "") -> dict[str, str]:  # noqa: ANN401  a text, or a list or mapping of such
    """The cells of a fact by column; columns of one name are told apart by a sign."""
    match value:
        case dict():
            parts = {part: cells(each, f"{name}.{part}" if name else part) for part, each in value.items()}
            return {column: text for part in parts.values() for column, text in part.items()}
        case list():
            items = [cells(each, name) for each in value]
            return {f"{column}#{at}": text for at, item in enumerate(items) for column, text in item.items()}
        case bool():
            return {name: "yes" if value else "no"}
        case _:
            return {name: str(value)}


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.jsonl", as_jsonl()), ("a.csv", as_csv()), ("b.csv", "\ufeff" + as_csv(";")), ("c.csv", as_csv("\t"))],
)
def test_a_fixture_says_the_same_in_every_format(tmp_path: Path, name: str, text: str) -> None:
    expected, found = written(tmp_path, "a.yaml", as_yaml()), written(tmp_path, name, text)
    assert found.problems == expected.problems == ()
    assert [source[:2] for source in found.sources] == [source[:2] for source in expected.sources]
    assert found.reports == expected.reports
    assert len(found.reports) == 2


def test_a_file_may_hold_several_sources(tmp_path: Path) -> None:
    text = as_jsonl() + as_jsonl().replace("acme-news", "acme-more").replace('"a"', '"c"')
    batch = written(tmp_path, "a.jsonl", text)
    assert [(report.source, report.key) for report in batch.reports] == [
        ("acme-news", "a"),
        ("acme-news", "b"),
        ("acme-more", "c"),
        ("acme-more", "b"),
    ]


def test_a_row_may_name_a_source_that_a_row_above_described(tmp_path: Path) -> None:
    text = (
        "source.id,source.kind,source.title,source.published,key,kind,company,occurred,shares\n"
        "one,news,One,2026-01-09Z,a,share.bought,acme,2026-01-08,1\n"
        "two,news,Two,2026-01-09Z,a,share.bought,acme,2026-01-08,2\n"
        "one,,,,b,share.bought,acme,2026-01-09,3\n"
        ",,,,c,share.bought,acme,2026-01-10,4\n"
    )
    batch = written(tmp_path, "a.csv", text)
    assert [(report.source, report.key) for report in batch.reports] == [
        ("one", "a"),
        ("two", "a"),
        ("one", "b"),
        ("one", "c"),
    ]
    assert batch.problems == ()


def test_a_bare_currency_sign_means_what_the_source_of_the_row_says(tmp_path: Path) -> None:
    text = (
        "source.id,source.kind,source.title,source.published,source.currency,key,kind,company,occurred,shares,value\n"
        "one,news,One,2026-01-09Z,HKD,a,share.bought,acme,2026-01-08,1,$5\n"
        ",,,,,b,share.bought,acme,2026-01-08,1,$6\n"
        "two,news,Two,2026-01-09Z,,c,share.bought,acme,2026-01-08,2,$5\n"
    )
    batch = written(tmp_path, "a.csv", text)
    assert [(problem.rule, problem.line, problem.column) for problem in batch.problems] == [
        ("currency-ambiguous", 4, 60)
    ]


def test_a_key_that_stands_twice_in_a_source_is_found_in_every_format(tmp_path: Path) -> None:
    doubled = as_jsonl() + json.dumps(FACTS[0]) + "\n"
    (problem,) = written(tmp_path, "a.jsonl", doubled).problems
    assert (problem.rule, problem.line, problem.column) == ("key-duplicate", 4, 9)
