"""What drafts are made with: the companies that are registered, and what the annotation says of the source."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from evaluation.annotations import annotated
from evaluation.drafter import drafting
from evaluation.measuring import cued, measured, tally
from evaluation.report import as_text
from tests.evaluation import halden
from timeline.errors import InvalidInput

if TYPE_CHECKING:
    from pathlib import Path

    from evaluation.annotations import Annotation

COMPANIES = """\
schema: timeline/source/1
source: {id: register, kind: reference, title: Companies, published: 2026-01-01, zone: UTC}
defaults: {occurred: 2026-01-01}
facts:
  - {key: halden, kind: company.registered, company: hal, name: Halden}
"""


@pytest.fixture
def annotation(tmp_path: Path) -> Annotation:
    (found,) = annotated([halden.written(tmp_path)[0]], str(tmp_path / "texts")).annotations
    return found


@pytest.fixture
def register(tmp_path: Path) -> str:
    """A register in which Halden goes by another slug than in the annotation."""
    (tmp_path / "companies.yaml").write_text(COMPANIES, "utf-8")
    return str(tmp_path / "companies.yaml")


def test_the_company_is_that_of_the_register_and_the_day_that_of_the_annotation(
    annotation: Annotation, register: str
) -> None:
    with drafting([register]) as draft:
        drafted = draft(annotation.material.text, annotation.material.recorded)
    assert drafted.company == "hal"
    assert drafted.source["published"].startswith("2026-01-10")
    assert drafted.source["currency"] == "HKD"
    assert drafted.source["id"] != annotation.material.source


def test_blind_nothing_is_told_so_that_a_text_without_a_day_cannot_be_drafted(
    annotation: Annotation, register: str
) -> None:
    with drafting([register], blind=True) as draft:
        with pytest.raises(InvalidInput):
            draft(annotation.material.text, annotation.material.recorded)
        found = measured(annotation, draft)
    assert "halden: not drafted: " in as_text([found], cued(), blind=True, verbose=False)


def test_a_text_is_drafted_and_measured(annotation: Annotation, register: str, tmp_path: Path) -> None:
    (tmp_path / "companies.yaml").write_text(COMPANIES.replace("company: hal,", "company: halden,"), "utf-8")
    with drafting([register]) as draft:
        counts = tally(measured(annotation, draft), cued())
    # Whatever the cues make of it, no figure is lost.
    assert counts.figures == counts.placed == 9
    assert counts.facts == 4
    assert counts.seconds > 0
