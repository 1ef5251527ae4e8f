"""What recording a fact would do, and what a load of what was confirmed would."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.reviewable import DRAFT, lay, recorded
from timeline.app.drafting.reviewing.effects import Effect
from timeline.app.drafting.reviewing.outlook import outlook
from timeline.app.drafting.reviewing.review import Review, open_review
from timeline.errors import InvalidInput
from timeline.event import Report

if TYPE_CHECKING:
    from pathlib import Path


def opened(folder: Path, draft: str = DRAFT) -> Review:
    return open_review(folder / "facts.db", lay(folder, draft))


def effects(under: Review) -> list[Effect]:
    reports = [under.report(entry) for entry in under.entries if entry.what == "fact"]
    return [under.effect(report) for report in reports if isinstance(report, Report)]


def confirmed(folder: Path, under: Review) -> Path:
    while under.current:
        under.decide("keep" if under.current.what == "fact" else "drop")
    path = folder / "confirmed.yaml"
    path.write_text(under.confirmed(), "utf-8")
    return path


def test_a_fact_is_new_or_backs_up_or_contradicts_what_other_sources_told(tmp_path: Path) -> None:
    recorded(tmp_path)
    bought, goal, sales = effects(opened(tmp_path))
    assert bought == Effect(
        "corroborates", ("known from halden-disclosure", "by 2 publishers that do not derive from one another")
    )
    assert goal == Effect("new")
    assert sales == Effect(
        "conflicts",
        (
            "value: here HKD 2.1 billion, recorded HKD 1.9 billion (halden-disclosure)",
            "what would stand: halden-disclosure (highest rank: filing)",
        ),
    )


def test_a_reprint_is_no_further_publisher(tmp_path: Path) -> None:
    recorded(tmp_path)
    under = opened(tmp_path, DRAFT.replace("  kind: news\n", "  kind: news\n  derives_from: halden-disclosure\n"))
    assert effects(under)[0] == Effect(
        "corroborates", ("known from halden-disclosure", "by no further independent publisher")
    )


def test_what_is_recorded_already_is_told_and_what_differs_under_its_key(tmp_path: Path) -> None:
    known = recorded(tmp_path)
    known.load([str(confirmed(tmp_path, opened(tmp_path)))])
    assert [effect.verdict for effect in effects(opened(tmp_path))] == ["recorded"] * 3
    changed = effects(opened(tmp_path, DRAFT.replace("value: 400,000", "value: 420,000")))[1]
    assert changed == Effect("differs", ("value is recorded as 400,000, here 420,000",))


def test_a_report_that_fits_several_known_ones_would_stand_apart(tmp_path: Path) -> None:
    known = recorded(tmp_path)
    text = (tmp_path / "recorded.yaml").read_text("utf-8")
    second = text.replace("halden-disclosure", "second").replace(
        "occurred: 2026-01-08\n    shares", "occurred: 2026-01-07\n    shares"
    )
    (tmp_path / "second.yaml").write_text(second, "utf-8")
    known.load([str(tmp_path / "second.yaml")])
    under = opened(tmp_path, DRAFT.replace("executed\n    occurred: 2026-01-08", "executed\n    occurred: 2026-01"))
    assert effects(under)[0].verdict == "apart"


def test_a_company_is_registered_in_the_database_or_in_the_draft(tmp_path: Path) -> None:
    assert {effect.verdict for effect in effects(opened(tmp_path))} == {"unregistered"}
    registration = "  - {{key: halden, kind: company.registered, occurred: 2026-01-08, name: Halden AS}}\n  # 90 %\n"
    under = opened(tmp_path, DRAFT.replace("  # 90 %\n", registration))
    assert {effect.verdict for effect in effects(under)} == {"new"}
    under.decide("drop")
    assert {effect.verdict for effect in effects(under)[1:]} == {"unregistered"}


def test_a_text_that_is_recorded_under_another_id_is_told_at_once(tmp_path: Path) -> None:
    known = recorded(tmp_path)
    known.load([str(confirmed(tmp_path, opened(tmp_path)))])
    under = opened(tmp_path, DRAFT.replace("id: halden-goal", "id: halden-goal-again"))
    assert under.remarks[1] == (
        "this text or address is recorded as halden-goal: a load is refused unless the draft has that id"
    )
    assert len(opened(tmp_path).remarks) == 1


def test_looking_makes_no_database(tmp_path: Path) -> None:
    opened(tmp_path).card()
    assert not (tmp_path / "facts.db").exists()


def test_the_outlook_counts_names_conflicts_and_what_the_audit_would_say(tmp_path: Path) -> None:
    known = recorded(tmp_path)
    before = known.events()
    under = opened(tmp_path)
    found = under.outlook(confirmed(tmp_path, under))
    assert (found.facts, found.events) == (3, 4)
    assert dict(found.verdicts) == {"corroborates": 1, "new": 1, "conflicts": 1}
    assert [(key, effect.verdict) for key, effect in found.striking] == [("sales", "conflicts")]
    assert [finding.rule for finding in found.findings] == ["reports-disagree"]
    assert known.events() == before


def test_the_audit_tells_only_what_it_does_not_say_already(tmp_path: Path) -> None:
    known = recorded(tmp_path)
    other = (tmp_path / "recorded.yaml").read_text("utf-8").replace("halden-disclosure", "other")
    (tmp_path / "other.yaml").write_text(other.replace("HKD 52,481,200", "HKD 60,000,000"), "utf-8")
    known.load([str(tmp_path / "other.yaml")])
    assert [finding.rule for finding in known.audit("halden", only=["figures"]).findings] == ["reports-disagree"]
    under = opened(tmp_path, DRAFT.replace("HKD 2.1 billion\n", "HKD 1.9 billion\n"))
    under.decide("drop")
    assert under.outlook(confirmed(tmp_path, under)).findings == ()


def test_a_load_that_would_be_refused_is_refused_before_it_is_asked_about(tmp_path: Path) -> None:
    under = opened(tmp_path)
    with pytest.raises(InvalidInput, match="no company 'halden' is registered"):
        under.outlook(confirmed(tmp_path, under))
    known = recorded(tmp_path)
    path = confirmed(tmp_path, under)
    known.load([str(path)])
    path.write_text(path.read_text("utf-8").replace("value: 400,000", "value: 420,000"), "utf-8")
    with pytest.raises(InvalidInput) as refused:
        outlook(tmp_path / "facts.db", str(path))
    (problem,) = refused.value.problems
    assert problem.rule == "event-differs"
    assert f"timeline load {path} --correct" in problem.fix
    path.write_text(path.read_text("utf-8").replace("key: goal", "key: other"), "utf-8")
    with pytest.raises(InvalidInput) as refused:
        outlook(tmp_path / "facts.db", str(path))
    assert [problem.rule for problem in refused.value.problems] == ["event-missing"]
