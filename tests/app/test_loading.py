"""What a load refuses, with the reason and the place, writing nothing, and what one that is only tried leaves alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.app.conftest import FIXTURES
from tests.laws import bases
from timeline import Timeline
from timeline.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from timeline.errors import Problem

    Write = Callable[[str], str]

ARTICLE = (FIXTURES / "xiaomi" / "2026-01-09-2026-strategy.yaml").read_text(encoding="utf-8")
RETURN = (FIXTURES / "xiaomi" / "2025-11-20-next-day-disclosure.yaml").read_text(encoding="utf-8")


def refused(path: Path, *files: str) -> tuple[Problem, ...]:
    """The problems of a load that must not write."""
    before = bases.content(path)
    with pytest.raises(InvalidInput) as error:
        Timeline.open(path).load(files)
    assert error.value.exit_code == 4
    assert bases.content(path) == before
    return error.value.problems


def edited(text: str, *edits: tuple[str, str]) -> str:
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def test_a_fixture_that_was_edited_is_refused_field_by_field(path: Path, fixture_file: Write) -> None:
    text = edited(
        ARTICLE,
        ("shares: 5 million\n", "shares: 6 million\n"),
        ("HKD 190.6 million\n    price", "HKD 191 million\n    price"),
        ("share_class: B\n    venue: XHKG\n    at", "venue: XHKG\n    at"),
        ("    value: 550,000\n", "    value: 560,000\n"),
    )
    bought, target = refused(path, fixture_file(text))
    assert (bought.rule, target.rule) == ("event-differs", "event-differs")
    assert "shares is recorded as 5 million, here 6 million" in bought.what
    assert "value is recorded as about HKD 190.6 million, here about HKD 191 million" in bought.what
    assert "share_class is recorded as B, here nothing" in bought.what
    assert "price" not in bought.what
    assert "value is recorded as 550,000, here 560,000" in target.what
    assert bought.excerpt.strip() == "- key: buyback-2026-01-08"
    assert bought.line == text[: text.index("- key: buyback-2026-01-08")].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (
            "occurred: 2026-01-08\n    shares: 5",
            "occurred: 2026-01-07\n    shares: 5",
            "occurred is recorded as 2026-01-08",
        ),
        ("said_by: Lei Jun\n", "said_by: Lei\n", "said_by is recorded as Lei Jun, here Lei"),
        ("quote: 5 million B-shares", "quote: 5 million B shares", "at is recorded as"),
        ('title: "Xiaomi’s 2026', "title: \"Xiaomi's 2026", "title is recorded as Xiaomi’s 2026"),
        (
            'published: "2026-01-09T09:46:04+01:00"',
            'published: "2026-01-09T09:46:05+01:00"',
            "published is recorded as",
        ),
    ],
)
def test_whatever_is_edited_is_told(path: Path, fixture_file: Write, old: str, new: str, what: str) -> None:
    (problem,) = refused(path, fixture_file(edited(ARTICLE, (old, new))))
    assert problem.rule == "event-differs"
    assert what in problem.what
    assert problem.fix


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("company: ford\n", "company: byd\n", "company is recorded as ford, here byd"),
        (
            "kind: profile.stated\n    attribute: home country\n",
            "kind: company.identified\n    scheme: alias\n",
            "kind is recorded as profile.stated, here company.identified",
        ),
    ],
)
def test_company_and_kind_are_fixed(path: Path, fixture_file: Write, old: str, new: str, what: str) -> None:
    (problem,) = refused(path, fixture_file(edited(ARTICLE, (old, new))))
    assert problem.rule == "event-fixed"
    assert what in problem.what
    assert problem.fix


def test_a_fact_that_is_no_longer_there_is_told(path: Path, fixture_file: Write) -> None:
    start = RETURN.index("  - key: moratorium-until-2025-12-20")
    (problem,) = refused(path, fixture_file(RETURN[:start]))
    assert problem.rule == "event-missing"
    assert "'moratorium-until-2025-12-20' of source 'ttmgoal-2025-11-20-next-day-disclosure'" in problem.what
    assert problem.excerpt.strip() == "id: ttmgoal-2025-11-20-next-day-disclosure"


def test_comments_order_and_spelling_that_mean_the_same_are_no_edit(path: Path, fixture_file: Write) -> None:
    text = edited(
        ARTICLE,
        ("  # Buybacks\n", "  # The buybacks\n"),
        (
            "    shares: 5 million\n    value: about HKD 190.6 million\n",
            "    value: 'about HKD 190.6 million'\n    shares: 5 million\n",
        ),
        ("occurred: 2025-Q3\n", "occurred: 2025-35\n"),
    )
    before = bases.content(path)
    report = Timeline.open(path).load([fixture_file(text)])
    assert (report.events_new, report.sources_new, report.written) == (0, 0, False)
    assert bases.content(path) == before


FACT = """\
schema: timeline/source/1
source: {id: other, kind: news, title: Other, published: 2026-02-01, zone: UTC%s}
facts:
  - {key: a, kind: statement.made, company: %s, occurred: 2026-02-01, category: other, text: Something.}
"""


@pytest.mark.parametrize(
    ("company", "fix"),
    [
        ("xiaomy", "did you mean xiaomi"),
        ("general-motor", "did you mean general-motors"),
        ("zzz", "register it first: a fact of kind company.registered, as in companies.yaml"),
    ],
)
def test_a_company_that_nobody_registered_is_refused_with_the_nearest(
    path: Path, fixture_file: Write, company: str, fix: str
) -> None:
    (problem,) = refused(path, fixture_file(FACT % ("", company)))
    assert problem.rule == "company-unknown"
    assert problem.fix.startswith(fix)
    assert problem.what == f"no company {company!r} is registered"
    assert (problem.line, problem.excerpt[problem.column - 1 :].startswith(company)) == (4, True)


@pytest.mark.parametrize(
    ("mark", "first"),
    [
        (", url: https://ttmgoal.com/m/news/1156016625", "ttmgoal-2025-11-20-next-day-disclosure"),
        (
            ", sha256: 0a6748f6d112334babcd5ba45090252b70f6a2ceebeca0d32a3fbf0cb56cfbb3",
            "xiaomi-2026-strategy",
        ),
    ],
)
def test_a_second_id_for_the_same_document_is_refused_with_the_first(
    path: Path, fixture_file: Write, mark: str, first: str
) -> None:
    (problem,) = refused(path, fixture_file(FACT % (mark, "xiaomi")))
    assert (problem.rule, problem.fix) == ("source-duplicate", f"use the id {first!r}")
    assert first in problem.what


def test_all_problems_of_all_files_are_told_at_once(path: Path, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(FACT % ("", "xiaomy"), encoding="utf-8")
    (tmp_path / "b.yaml").write_text(edited(RETURN, ("13,500,000 shares", "13,600,000 shares")), encoding="utf-8")
    problems = refused(path, str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml"))
    assert {problem.rule for problem in problems} == {"company-unknown", "event-differs"}


def test_a_load_reports_what_is_new_and_what_was_there(path: Path, fixture_file: Write) -> None:
    report = Timeline.open(path).load([str(FIXTURES), fixture_file(FACT % ("", "ford"))])
    assert (report.files, report.new, report.sources_new, report.unchanged) == (6, (("statement.made", 1),), 1, 100)
    assert (report.position, report.written, report.events_new) == (102, True, 1)
    assert report.companies[0] == "xiaomi"
    assert set(report.companies) == {"byd", "daiwa", "ford", "general-motors", "tesla", "xiaomi"}


def test_progress_is_told_file_by_file(path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    Timeline.open(path).load([str(FIXTURES)], progress=lambda *step: told.append(step))
    assert [(number, of) for _, number, of in told] == [(number, 5) for number in range(1, 6)]
    assert told[0][0].endswith("companies.yaml")


def test_only_tried_a_load_reports_the_same_and_writes_nothing(path: Path, fixture_file: Write) -> None:
    files = [str(FIXTURES), fixture_file(FACT % ("", "ford"))]
    before = bases.content(path)
    tried = Timeline.open(path).load(files, dry_run=True)
    assert bases.content(path) == before
    done = Timeline.open(path).load(files)
    assert (tried.new, tried.sources_new, tried.unchanged) == (done.new, done.sources_new, done.unchanged)
    assert (tried.written, done.written) == (False, True)


def test_only_tried_a_load_makes_no_database(tmp_path: Path) -> None:
    for place in ("new.db", "deep/in/new.db"):
        report = Timeline.open(tmp_path / place).load([str(FIXTURES)], dry_run=True)
        assert (report.events_new, report.sources_new, report.position, report.written) == (95, 5, 0, False)
    assert list(tmp_path.iterdir()) == []


def test_only_tried_a_load_is_refused_as_well(path: Path, fixture_file: Write, tmp_path: Path) -> None:
    file = fixture_file(FACT % ("", "xiaomy"))
    for database in (path, tmp_path / "new.db"):
        with pytest.raises(InvalidInput, match="company-unknown"):
            Timeline.open(database).load([file], dry_run=True)
    assert not (tmp_path / "new.db").exists()


def test_who_recorded_is_named_by_the_environment(
    path: Path, fixture_file: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIMELINE_ACTOR", "night desk")
    timeline = Timeline.open(path)
    timeline.load([fixture_file(FACT % ("", "ford"))])
    assert [row["actor"] for row in timeline.events(source="other").rows] == ["night desk"] * 2
