"""The annotations that drafts are measured by: they load, say where everything stands, and copy no text.

The texts themselves are not here, so that what needs them, the hashes and the places of the quotes, is checked by
`timeline audit sources --text` where somebody has them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from timeline import Timeline
from timeline.intake.fixture import read

if TYPE_CHECKING:
    from collections.abc import Iterator

EVALUATION = Path(__file__).parents[2] / "evaluation"
REGISTER = "evaluation-company-register"
TUNING = sorted((EVALUATION / "tuning").glob("*.yaml"))
UNSEEN = sorted((EVALUATION / "unseen").glob("*.yaml"))
LONGEST_QUOTE = 60


@pytest.fixture(scope="module")
def annotated(tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    """A database of all annotations and of the companies that they speak of."""
    timeline = Timeline.open(tmp_path_factory.mktemp("annotated") / "facts.db")
    timeline.load([str(EVALUATION)])
    return timeline


def tree(file: Path) -> dict[str, Any]:
    """What a file says, every scalar as text."""
    told = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - makes nothing but texts
    assert isinstance(told, dict)
    return told


def locators(file: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Each locator of a file's facts, with the fact's key; an empty one where a fact has none."""
    for fact in tree(file)["facts"]:
        at = fact.get("at", {})
        for locator in at if isinstance(at, list) else [at]:
            yield fact["key"], locator


def test_all_annotations_are_read_without_a_problem() -> None:
    batch = read([str(EVALUATION)])
    assert batch.problems == ()
    assert len(batch.sources) == len(TUNING) + len(UNSEEN) + 1  # and the register of companies


def test_every_annotated_fact_is_an_event(annotated: Timeline) -> None:
    facts = [fact for file in (*TUNING, *UNSEEN) for fact in tree(file)["facts"]]
    events = [row for row in annotated.events().rows if row["kind"] != "source.recorded" and row["source"] != REGISTER]
    assert len(events) == len(facts)


def test_the_audits_find_nothing_wrong_in_the_annotations(annotated: Timeline) -> None:
    found = annotated.audit(only=["sources", "figures"]).findings
    excused = {"promise-overdue", "source-unknown", "source-unhashed", "fact-unlocated"}
    assert [(finding.rule, finding.what) for finding in found if finding.rule not in excused] == []


def test_only_the_register_of_companies_has_facts_that_stand_in_no_text(annotated: Timeline) -> None:
    found = annotated.audit(only=["sources"]).findings
    unlocated = [finding.what for finding in found if finding.rule in {"fact-unlocated", "source-unhashed"}]
    assert all(what.startswith(f"{REGISTER}:") for what in unlocated)
    assert len(unlocated) == 2


def test_there_are_at_least_five_texts_to_tune_by_and_five_unseen() -> None:
    assert len(TUNING) >= 5
    assert len(UNSEEN) >= 5


def test_no_company_is_both_tuned_by_and_unseen() -> None:
    tuned, unseen = ({tree(file)["defaults"]["company"] for file in files} for files in (TUNING, UNSEEN))
    assert (len(tuned), len(unseen)) == (len(TUNING), len(UNSEEN))
    assert tuned & unseen == set()


@pytest.mark.parametrize("file", [*TUNING, *UNSEEN], ids=lambda file: file.stem)
def test_an_annotation_names_its_text_by_address_and_hash(file: Path) -> None:
    source = tree(file)["source"]
    assert source["url"].startswith("https://")
    assert len(source["sha256"]) == 64


@pytest.mark.parametrize("file", [*TUNING, *UNSEEN], ids=lambda file: file.stem)
def test_an_annotation_quotes_figures_and_names_and_no_sentences(file: Path) -> None:
    for key, locator in locators(file):
        assert locator.get("paragraph"), key
        assert 0 < len(locator["quote"]) <= LONGEST_QUOTE, (key, locator)
        assert len(locator.get("prefix", "")) + len(locator.get("suffix", "")) <= LONGEST_QUOTE, (key, locator)


@pytest.mark.parametrize("file", [*TUNING, *UNSEEN], ids=lambda file: file.stem)
def test_an_annotation_says_what_it_leaves_out(file: Path) -> None:
    head = file.read_text(encoding="utf-8").partition("schema:")[0]
    assert "# Left out, " in head
    assert "# - paragraph " in head


@pytest.mark.parametrize("file", [*TUNING, *UNSEEN], ids=lambda file: file.stem)
def test_the_table_of_texts_has_each_with_its_hash_and_its_number_of_facts(file: Path) -> None:
    told = tree(file)
    (row,) = [line for line in readme().splitlines() if line.startswith(f"| {file.stem} |")]
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[-2:] == [str(len(told["facts"])), told["source"]["sha256"][:16]]


def readme() -> str:
    return (EVALUATION / "README.md").read_text(encoding="utf-8")
