"""Which annotations are measured by: those whose texts are in the folder, by their hashes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from evaluation.annotations import SEED, annotated, shipped
from tests.evaluation import halden
from timeline.errors import InvalidInput


def test_a_text_is_found_by_its_hash_whatever_it_is_called(tmp_path: Path) -> None:
    file, texts = halden.written(tmp_path)
    found = annotated([file], texts)
    (annotation,) = found.annotations
    assert (annotation.name, annotation.material.source, found.missing) == ("halden", "halden-goal", ())
    assert annotation.material.text.body == halden.TEXT
    assert [report.key for report in annotation.material.reports] == ["bought", "profit", "close", "aster"]
    assert [entry.reason for entry in annotation.material.left_out] == ["the headline"]


def test_another_text_is_not_taken_even_under_the_name_of_the_source(tmp_path: Path) -> None:
    file, texts = halden.written(tmp_path)
    Path(texts, "any-name.txt").unlink()
    Path(texts, "halden-goal.txt").write_text(f"{halden.TEXT}More.\n", "utf-8")
    assert annotated([file], texts) == ((), ("halden",))


def test_of_a_folder_each_annotation_is_taken_and_what_tells_of_no_text_is_not(tmp_path: Path) -> None:
    file, texts = halden.written(tmp_path)
    companies = halden.ANNOTATION.replace("halden-goal", "companies").replace(f"  sha256: {halden.SHA256}\n", "")
    (tmp_path / "companies.yaml").write_text(companies, "utf-8")
    found = annotated([str(Path(file).parent)], texts)
    assert ([each.name for each in found.annotations], found.missing) == (["halden"], ())


def test_sources_that_share_a_file_go_by_their_ids(tmp_path: Path) -> None:
    _, texts = halden.written(tmp_path)
    Path(texts, "other.txt").write_text("Another\n", "utf-8")
    hashes = {"one": halden.SHA256, "other": hashlib.sha256(b"Another\n").hexdigest()}
    heads = ({"id": name, "kind": "news", "title": name, "published": "2026-01-10T09:00Z"} for name in hashes)
    lines = ({"schema": "timeline/source/1", "source": head | {"sha256": hashes[head["id"]]}} for head in heads)
    (tmp_path / "two.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    found = annotated([str(tmp_path / "two.jsonl")], texts)
    assert [each.name for each in found.annotations] == ["one", "other"]


def test_an_annotation_with_a_mistake_is_refused(tmp_path: Path) -> None:
    file, texts = halden.written(tmp_path)
    Path(file).write_text(halden.ANNOTATION.replace("what: close", "what: shut"), "utf-8")
    with pytest.raises(InvalidInput):
        annotated([file], texts)


def test_the_shipped_ones_are_those_to_tune_by_with_the_first_article_and_the_unseen(tmp_path: Path) -> None:
    assert [Path(path).name for path in shipped(None)] == [SEED.name, "tuning", "unseen"]
    assert [Path(path).name for path in shipped("tuning")] == [SEED.name, "tuning"]
    assert [Path(path).name for path in shipped("unseen")] == ["unseen"]
    found = annotated(shipped("tuning"), str(tmp_path))
    # That of the first article is measured by where its text is there, and not missed where it is not.
    assert (found.annotations, len(found.missing), SEED.stem in found.missing) == ((), 8, False)
