"""The stored form of each kind, held byte by byte: a database must be readable for ever by what it is written with."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest
import rfc8785

from tests.catalog import golden
from timeline.catalog import catalog, decode, encode
from timeline.event import Event

if TYPE_CHECKING:
    from pathlib import Path

    from tests.catalog.golden import Golden

GOLDEN = golden.every()

each_kind = pytest.mark.parametrize("told", GOLDEN, ids=[each.kind for each in GOLDEN])


@each_kind
def test_a_report_is_stored_in_these_bytes_under_this_id(told: Golden, tmp_path: Path) -> None:
    report = golden.report(told, tmp_path)
    assert encode(report).decode() == told.body
    assert report.id == told.id
    assert told.id == hashlib.sha256(rfc8785.dumps([told.source, told.key])).hexdigest()[:32]


@each_kind
def test_these_bytes_are_canonical_json(told: Golden) -> None:
    assert rfc8785.dumps(json.loads(told.body, parse_float=lambda _: pytest.fail("a float"))) == told.body.encode()


@each_kind
def test_these_bytes_are_read_as_what_the_source_told(told: Golden, tmp_path: Path) -> None:
    report = golden.report(told, tmp_path)
    event = decode(golden.envelope(report), told.body.encode())
    assert isinstance(event, Event)
    assert golden.content(event) == golden.content(report)


def test_every_kind_of_every_topic_is_held_with_every_field_that_it_has() -> None:
    held = {each.kind: each for each in GOLDEN}
    assert held.keys() == catalog().payloads.keys()
    for kind, payload in catalog().payloads.items():
        assert set(payload.__struct_fields__) == json.loads(held[kind].body)["payload"].keys(), kind


def test_every_fact_stands_in_the_file_of_its_topic() -> None:
    owned = {payload.KIND: topic.name for topic in catalog().topics for payload in topic.payloads}
    assert {each.kind: each.topic for each in GOLDEN} == {kind: owned.get(kind, "log") for kind in catalog().payloads}
