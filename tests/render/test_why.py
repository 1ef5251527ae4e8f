"""What a figure rests on: as text of any width, as JSON, JSON lines and CSV."""

from __future__ import annotations

import csv
import io
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from timeline.app.explaining.why import EVIDENCE, Why
from timeline.page import Basis
from timeline.render import why as render

if TYPE_CHECKING:
    from timeline.section import Row

EVENT, CORRECTION = "3994a9cd" + "0" * 24, "b" * 32


def row(event: str, role: str, **fields: Any) -> Row:  # noqa: ANN401
    empty = {column.name: None for column in EVIDENCE.columns}
    return {**empty, "kind": "buyback.executed", "event": event, "role": role, "locators": [], **fields}


WHY = Why(
    basis=Basis(position=1234, today="2026-01-09", as_of="2026-01-09"),
    company="acme",
    name="Acme",
    path="buybacks.executions[0].shares",
    heading="shares",
    value="5000000",
    printed="5 million",
    evidence=(
        row(
            EVENT,
            "accepted",
            occurred="2025-35",
            summary="shares 5 million, value about HKD 190.6 million",
            said_by="Ann Able",
            source="wire-2026",
            publisher="Wire",
            title="Acme buys\x1b[2J back",
            url="https://example.com/acme-buys-back-five-million-shares",
            published="2026-01-09T09:46:04+01:00",
            locators=[
                {"paragraph": "3", "quote": "5 million", "prefix": "bought ", "suffix": None},
                {"paragraph": None, "quote": "HKD 190.6 million", "prefix": None, "suffix": None},
            ],
        ),
        row(CORRECTION, "correction", kind="event.corrected", summary="we erred: shares 5 million"),
    ),
)


def test_the_value_comes_first_then_each_event_with_its_source_and_quotes() -> None:
    assert render.why_text(WHY, 80).splitlines() == [
        "ACME  buybacks.executions[0].shares",
        "shares: 5 million",
        "",
        "accepted · buyback.executed · 2025-Q3 · event 3994a9cd",
        "  shares 5 million, value about HKD 190.6 million",
        "  said by Ann Able",
        "  paragraph 3: “5 million”, after “bought ”",
        "  “HKD 190.6 million”",
        "  wire-2026 · Wire · Acme buys␛[2J back · 2026-01-09 ·",
        "  https://example.com/acme-buys-back-five-million-shares",
        "",
        "correction · event.corrected · event bbbbbbbb",
        "  we erred: shares 5 million",
        "  without a source",
        "",
        "2 events of 1 source · as of 2026-01-09 · log to position 1,234",
    ]


@pytest.mark.parametrize("width", [20, 40, 79, 200])
def test_no_line_is_wider_than_asked_for(width: int) -> None:
    assert max(map(len, render.why_text(WHY, width).splitlines())) <= width


def test_colour_only_marks_what_stands_there_without_it() -> None:
    colored = render.why_text(WHY, 60, color=True)
    assert "\x1b[" in colored
    assert "\x1b[2J" not in colored


def test_that_nothing_is_known_is_said() -> None:
    empty = SimpleNamespace(
        **{name: getattr(WHY, name) for name in WHY.__struct_fields__} | {"printed": "", "value": None}
    )
    assert "shares: nothing is known\n" in render.why_text(empty, 80)
    assert render.why_json(empty)["printed"] is None


def test_a_program_gets_the_figure_and_its_evidence_with_the_locators_inside() -> None:
    document = render.why_json(WHY)
    assert list(document) == [
        *("schema", "company", "as_of", "as_recorded", "position", "path", "value", "printed", "evidence"),
    ]
    assert (document["schema"], document["company"]) == ("timeline.why/1", {"slug": "acme", "name": "Acme"})
    assert document["evidence"][0]["locators"][0] == {
        "paragraph": "3",
        "quote": "5 million",
        "prefix": "bought ",
        "suffix": None,
    }
    assert len(list(render.why_lines(WHY))) == 2


def test_csv_has_a_line_for_each_locator_and_one_for_an_event_without() -> None:
    lines = list(csv.DictReader(io.StringIO("".join(render.why_csv(WHY)))))
    assert [(line["event"], line["paragraph"], line["quote"]) for line in lines] == [
        (EVENT, "3", "5 million"),
        (EVENT, "", "HKD 190.6 million"),
        (CORRECTION, "", ""),
    ]
