"""What was known when: the answers of both clocks on the shipped facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.app.conftest import FIXTURES
from timeline import Timeline
from timeline.errors import InvalidInput
from timeline.render.data import page_json

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app.test_shipped_facts import Json


def sections(timeline: Timeline, **clocks: str) -> Json:
    found: Json = page_json(timeline.show("xiaomi", **clocks))["sections"]
    return found


def printed(shown: Json) -> dict[str, list[Any]]:
    """Figures of the revisions by period."""
    targets = shown["targets"]["targets"]
    return {target["period"]: [row["printed"] for row in target["revisions"]] for target in targets}


def test_in_june_2025_300_000_and_350_000_were_known_and_nothing_later(shipped: Timeline) -> None:
    shown = sections(shipped, as_of="2025-06-30")
    assert printed(shown) == {"2025": ["300,000", "350,000"]}
    (target,) = shown["targets"]["targets"]
    assert (target["status"], target["outcome"], target["mentions"]) == ("open", None, [])
    assert target["revisions"][0]["sources"] == ["topologypro-2025-03-19-bloomberg-ev-target"]
    assert "findings" not in shown["targets"]
    assert list(shown) == ["targets", "results", "products", "profile"]
    assert [row["product"] for row in shown["products"]["products"]] == ["EVs", "SU7", "SUV model"]
    assert shown["profile"]["name"] == "Xiaomi Corporation"
    assert shown["profile"]["attributes"] == []


def test_at_the_end_of_2025_over_400_000_was_known_too_and_the_deliveries_were_not(shipped: Timeline) -> None:
    shown = sections(shipped, as_of="2025-12-31")
    assert printed(shown) == {"2025": ["300,000", "350,000", "over 400,000"]}
    assert shown["targets"]["targets"][0]["outcome"] is None
    assert shown["buybacks"]["cumulative_shares"] == "40795400"
    assert shown["buybacks"]["programme_inferred"] is False
    assert [row["occurred"] for row in shown["buybacks"]["executions"]] == ["2025-11-20"]
    (profit,) = (row for row in shown["results"]["results"] if row["first"])
    assert profit["sources"] == ["mitrade-2025-11-20-ev-target"]


@pytest.mark.parametrize(
    ("moment", "known"),
    [
        ("2025-03-18", False),
        ("2025-03-19", True),
        # A report that prints only its day, in Hong Kong, counts from the end of that day there.
        ("2025-03-19T15:59:59Z", False),
        ("2025-03-19T16:00:00Z", True),
        ("19 March 2025", True),
    ],
)
def test_a_report_counts_from_its_own_day_or_the_end_of_it(shipped: Timeline, moment: str, known: bool) -> None:  # noqa: FBT001
    assert ("targets" in sections(shipped, as_of=moment)) is known


def test_the_article_counts_from_its_second(shipped: Timeline) -> None:
    assert list(printed(sections(shipped, as_of="2026-01-09T08:46:03Z"))) == ["2025"]
    assert list(printed(sections(shipped, as_of="2026-01-09T08:46:04Z"))) == ["2025", "2026"]


def test_what_was_upcoming_is_judged_against_the_day_that_is_asked_for(shipped: Timeline) -> None:
    told = [(row["due"], row["state"], row["what"]) for row in shipped.upcoming(as_of="2025-07-15").rows]
    assert told == [
        ("2025-06/2025-08", "due", "SUV model launch"),
        ("../2025-12-31", "open", "EV deliveries 350,000"),
        ("2027", "ahead", "EVs launch (overseas)"),
    ]


def test_what_one_database_knew_grows_with_each_load(tmp_path: Path) -> None:
    timeline = Timeline.open(tmp_path / "grown.db")
    names = ("companies.yaml", "xiaomi/2026-01-09-2026-strategy.yaml", "xiaomi/2025-03-19-ev-target-350000.yaml")
    positions = [timeline.load([str(FIXTURES / name)]).position for name in names]
    empty, article, both = (sections(timeline, as_recorded=str(position)) for position in positions)
    assert list(empty) == ["profile"]
    assert printed(article)["2025"] == ["300,000"]
    assert printed(both)["2025"] == ["300,000", "350,000"]
    assert printed(both) == printed(sections(timeline))
    # Both clocks: in June 2025 nobody could know what this database had heard of by then.
    assert list(sections(timeline, as_of="2025-06-30", as_recorded=str(positions[1]))) == ["profile"]
    assert [row["company"] for row in timeline.companies(as_recorded="0").rows] == []
    assert [row["source"] for row in timeline.sources(as_recorded=str(positions[0])).rows] == ["company-register"]


def test_an_answer_names_its_basis(shipped: Timeline) -> None:
    page = page_json(shipped.show("xiaomi", as_of="2025-06-30", as_recorded="100"))
    assert (page["as_of"], page["as_recorded"], page["position"]) == ("2025-06-30", "100", 100)


@pytest.mark.parametrize("clock", ["as_of", "as_recorded"])
@pytest.mark.parametrize(
    ("moment", "rule"),
    [
        ("soon", "time-malformed"),
        ("June 2025", "time-incomplete"),
        ("03/04/2025", "time-ambiguous"),
        ("2025-13-01", "date-impossible"),
        ("2025-06-30T10:00", "zone-missing"),
    ],
)
def test_a_moment_that_is_none_is_refused_by_name(shipped: Timeline, clock: str, moment: str, rule: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        shipped.show("xiaomi", **{clock: moment})
    (problem,) = refused.value.problems
    assert problem.rule == rule
    assert f"--{clock.replace('_', '-')} {moment!r}" in problem.what
    assert problem.fix


def test_today_has_to_be_a_day(shipped: Timeline) -> None:
    assert shipped.upcoming(today="9 January 2026").basis.today == "2026-01-09"
    with pytest.raises(InvalidInput, match="--today 'tomorrow': neither a date nor a time"):
        shipped.upcoming(today="tomorrow")
