"""Laws of the stored form, for any payload of any kind."""

from __future__ import annotations

import json
import unicodedata

import rfc8785
from hypothesis import given

from tests.catalog import golden
from tests.catalog.payloads import letters, reports, texts
from timeline.catalog import decode, encode
from timeline.event import Event, Report
from timeline.topics.statements import Made


@given(reports())
def test_what_is_stored_is_read_as_the_same(report: Report) -> None:
    event = decode(golden.envelope(report), encode(report))
    assert isinstance(event, Event)
    assert golden.content(event) == golden.content(report)
    assert encode(event) == encode(report)


@given(reports())
def test_a_body_is_the_canonical_json_of_rfc_8785(report: Report) -> None:
    body = encode(report)
    assert body == rfc8785.dumps(json.loads(body))


@given(letters, letters)
def test_texts_are_stored_composed_each_by_itself(text: str, note: str) -> None:
    report = Report(payload=Made(category="other", text=text), key="k", note=note)
    stored = json.loads(encode(report))
    assert stored["payload"]["text"] == unicodedata.normalize("NFC", text)
    assert stored["note"] == unicodedata.normalize("NFC", note)


@given(texts)
def test_a_text_that_is_composed_already_is_kept_sign_by_sign(text: str) -> None:
    stored = json.loads(encode(Report(payload=Made(category="other", text=text), key="k")))
    assert stored["payload"]["text"] == text
