"""The audits together, over the shipped facts: what they find, how much they compare, and what refuses them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from timeline import Timeline
from timeline.app.auditing.audit import AUDITS, rules
from timeline.cli import main
from timeline.cli.audit import AUDITS as OFFERED
from timeline.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from timeline.check import Rule
    from timeline.section import Finding

ON = "2026-01-09"


def told(findings: Sequence[Finding]) -> list[tuple[str, str, str]]:
    return [(finding.company, finding.severity, finding.rule) for finding in findings]


def test_of_the_shipped_figures_only_what_the_article_gets_wrong_is_found(shipped: Timeline) -> None:
    audit = shipped.audit(only=["figures"], as_of=ON)
    assert told(audit.findings) == [
        ("xiaomi", "error", "connect-direction"),
        ("xiaomi", "note", "target-superseded"),
        ("xiaomi", "warning", "promise-overdue"),
    ]
    compared = {checked.rule: checked.compared for checked in audit.checked if checked.compared}
    assert sum(compared.values()) > 100
    assert (compared["buyback-amount"], compared["trade-amount"], compared["stake-percent"]) == (2, 1, 3)
    assert compared["closed-day"] == 4  # with the calendars that tests are run with


def test_a_superseded_target_is_found_with_both_figures(shipped: Timeline) -> None:
    findings = shipped.audit("xiaomi", only=["figures"]).findings
    (note,) = (finding for finding in findings if finding.rule == "target-superseded")
    assert "was changed to 350,000 on 18 Mar 2025 and >400,000 on 20 Nov 2025" in note.what
    assert [(figure.printed, figure.low, figure.high) for figure in note.figures] == [
        ("300,000", "300000", "300000"),
        ("over 400,000", "400000", None),
    ]


def test_what_needs_two_topics_stands_in_the_page_too(shipped: Timeline) -> None:
    page = shipped.show("xiaomi", "market", as_of=ON)
    assert [finding.rule for finding in page.findings] == ["connect-direction"]
    assert [finding.rule for finding in shipped.show("xiaomi", "market").findings] == ["connect-direction"]


def test_the_channel_is_corrected_without_losing_what_was_printed(path: Path) -> None:
    timeline = Timeline.open(path)
    before = str(shipped_position(path))
    (wrong,) = (each for each in timeline.audit("xiaomi").findings if each.rule == "connect-direction")
    assert len(wrong.events) == 2
    for event in wrong.events:
        timeline.correct(event, ["channel=Southbound Stock Connect"], reason="source erred")
    assert "connect-direction" not in {rule for _, _, rule in told(timeline.audit("xiaomi").findings)}
    was = timeline.audit("xiaomi", as_recorded=before).findings
    assert "connect-direction" in {rule for _, _, rule in told(was)}
    (flow,) = timeline.show("xiaomi", "market").parts[0][1].tables["flows"]
    assert flow["channel"] == "Southbound Stock Connect"
    body = timeline.event(wrong.events[0]).body
    assert body is not None
    assert body["payload"]["channel"] == "Northbound Stock Connect"


def shipped_position(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        (position,) = connection.execute("SELECT max(position) FROM event").fetchone()
        return int(position)


def test_without_a_name_every_audit_is_made_and_all_is_well_with_the_log(shipped: Timeline) -> None:
    audit = shipped.audit(as_of=None)
    assert audit.audits == AUDITS == OFFERED
    assert {checked.audit for checked in audit.checked} == {"figures", "sources", "log"}
    assert audit.found_by("log") == ()
    assert {finding.severity for finding in audit.found_by("sources")} == {"note"}


def test_a_company_or_a_clock_leaves_the_log_out(shipped: Timeline) -> None:
    assert shipped.audit("xiaomi").audits == ("targets", "figures", "sources")
    assert shipped.audit(as_of=ON).audits == ("targets", "figures", "sources")


@pytest.mark.parametrize(
    ("only", "company", "rule"), [(["log"], "xiaomi", "audit-whole"), (["figurines"], None, "audit-unknown")]
)
def test_an_audit_that_cannot_be_made_is_refused(
    shipped: Timeline, only: list[str], company: str | None, rule: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        shipped.audit(company, only=only)
    assert [problem.rule for problem in refused.value.problems] == [rule]


def test_every_rule_has_a_name_of_its_own_and_says_what_it_compares() -> None:
    every: list[Rule] = [rule for known in rules().values() for rule in known]
    assert len({rule.name for rule in every}) == len(every)
    assert [rule.name for rule in every if not rule.compares or rule.compares.endswith(".")] == []


def test_whatever_is_found_or_passes_goes_by_a_rule_that_is_listed(shipped: Timeline) -> None:
    audit = shipped.audit()
    known = {rule.name for several in rules().values() for rule in several}
    assert {finding.rule for finding in audit.findings} <= known
    assert sum(checked.found for checked in audit.checked) == len(audit.findings)


def test_a_rewritten_log_ends_the_command_with_5_and_a_wrong_figure_with_1(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--db", str(path), "audit", "figures", "xiaomi"]) == 1
    with closing(sqlite3.connect(path)) as connection:
        (trigger,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'event_update'").fetchone()
        for statement in ("DROP TRIGGER event_update", "UPDATE event SET actor = 'x' WHERE position = 7", trigger):
            connection.execute(statement)
        connection.commit()
    assert main(["--db", str(path), "audit", "log", "--no-replay"]) == 5
    assert "checkpoint-differs" in capsys.readouterr().out


def test_a_checkpoint_kept_elsewhere_is_asked_for_by_name(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept.txt"
    assert main(["--db", str(path), "checkpoint"]) == 0
    kept.write_text(capsys.readouterr().out)
    assert main(["--db", str(path), "audit", "log", "--against", str(kept)]) == 0
    kept.write_text(kept.read_text().replace("\n1", "\n2", 1))
    assert main(["--db", str(path), "audit", "log", "--against", str(kept)]) == 5
