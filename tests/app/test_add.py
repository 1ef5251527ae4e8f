"""A single fact, typed: what becomes of it, and that adding twice is adding once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from timeline import Timeline
from timeline.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    from pathlib import Path

    from timeline.app.add import Addition

SOURCE = """\
schema: timeline/source/1
source:
  id: wire
  kind: agency
  title: Acme in the news
  published: 2026-01-09T09:46:04+01:00
  currency: HKD
"""
LOADED = f"""\
{SOURCE}
defaults: {{company: acme, occurred: 2026-01-08}}
facts:
  - {{key: acme, kind: company.registered, name: Acme Corporation}}
  - {{key: first, kind: buyback.executed, shares: 5 million}}
"""
BOUGHT = ("occurred=2026-01-07", "shares=2 million", "value=$80 million", "at.paragraph=3", "at.quote=2 million")


@pytest.fixture
def timeline(tmp_path: Path) -> Timeline:
    """A database with a source, a company and a buyback."""
    (tmp_path / "loaded.yaml").write_text(LOADED, "utf-8")
    opened = Timeline.open(tmp_path / "facts.db")
    opened.load([str(tmp_path / "loaded.yaml")])
    return opened


@pytest.fixture
def described(tmp_path: Path) -> str:
    """A file that describes another source."""
    path = tmp_path / "other.yaml"
    path.write_text(f"{SOURCE.replace('wire', 'post').replace('HKD', 'USD')}facts: []\n", "utf-8")
    return str(path)


def add(timeline: Timeline, *words: str, **given: Any) -> Addition:  # noqa: ANN401
    asked = {"kind": "buyback.executed", "company": "acme", "source": "wire", **given}
    return timeline.add(asked.pop("kind"), asked.pop("company"), words, **asked)


def kinds(timeline: Timeline) -> list[str]:
    return [row["kind"] for row in timeline.events().rows]


def test_a_fact_is_an_event_of_its_source_and_shows_at_once(timeline: Timeline) -> None:
    added = add(timeline, *BOUGHT)
    assert added.new
    detail = timeline.event(added.event)
    assert dict(detail.fields) | {"recorded": ""} == {
        "event": added.event,
        "position": "4",
        "kind": "buyback.executed",
        "company": "acme",
        "occurred": "2026-01-07  (7 Jan 2026)",
        "shares": "2 million",
        "value": "$80 million",
        "source": "wire",
        "stands at": "“2 million” in paragraph 3",
        "published": "2026-01-09T09:46:04+01:00",
        "recorded": "",
        "used in": "buybacks",
    }
    page = timeline.show("acme", "buybacks")
    assert [row["shares"] for row in page.parts[0][1].tables["executions"]] == ["2000000", "5000000"]


def test_the_key_tells_kind_day_and_content(timeline: Timeline) -> None:
    added = add(timeline, *BOUGHT)
    key = timeline.event(added.event).envelope["key"]
    assert key.startswith("+buyback.executed-2026-01-07-")
    assert len(key.removeprefix("+buyback.executed-2026-01-07-")) == 8
    other = add(timeline, *BOUGHT[:1], "shares=3 million")
    assert timeline.event(other.event).envelope["key"] != key


@pytest.mark.parametrize("key", [None, "my own"])
def test_the_same_words_again_add_nothing(timeline: Timeline, key: str | None) -> None:
    first = add(timeline, *BOUGHT, key=key)
    again = add(timeline, *reversed(BOUGHT), company="Acme Corporation", key=key)
    assert (again.event, again.new) == (first.event, False)
    assert len(kinds(timeline)) == 4


def test_what_the_source_reports_already_under_another_key_is_not_added_beside_it(timeline: Timeline) -> None:
    added = add(timeline, "occurred=2026-01-08", "shares=5 million")
    assert not added.new
    assert timeline.event(added.event).envelope["key"] == "first"


def test_a_key_of_its_own_makes_an_equal_fact_another_one(timeline: Timeline) -> None:
    assert add(timeline, "occurred=2026-01-08", "shares=5 million", key="second trade").new


def test_what_was_added_and_corrected_is_not_added_again(timeline: Timeline) -> None:
    added = add(timeline, *BOUGHT)
    timeline.correct(added.event, ["shares=3 million"], reason="we erred")
    corrected = [word.replace("shares=2", "shares=3") for word in BOUGHT]
    assert add(timeline, *corrected).event == added.event
    with pytest.raises(InvalidInput) as refused:
        add(timeline, *BOUGHT)
    (problem,) = refused.value.problems
    assert problem.rule == "event-differs"
    assert "shares is recorded as 3 million, here 2 million" in problem.what
    assert f"timeline correct {added.event[:8]}" in problem.fix


def test_what_was_retracted_is_not_added_again_in_silence(timeline: Timeline) -> None:
    added = add(timeline, *BOUGHT)
    timeline.retract(added.event, reason="duplicate")
    with pytest.raises(InvalidInput) as refused:
        add(timeline, *BOUGHT)
    (problem,) = refused.value.problems
    assert (problem.rule, problem.fix) == (
        "event-retracted",
        f"to let it hold again: timeline retract {added.event[:8]} --undo",
    )


def test_of_two_reports_that_say_the_same_the_one_that_holds_counts(timeline: Timeline) -> None:
    same = ("occurred=2026-01-08", "shares=5 million")
    first = add(timeline, *same).event
    timeline.retract(first, reason="duplicate")
    with pytest.raises(InvalidInput, match="'first' of source 'wire' is recorded and retracted"):
        add(timeline, *same)
    second = add(timeline, *same, key="second").event
    assert add(timeline, *same).event == second


def test_a_source_that_a_file_describes_is_recorded_with_the_fact(timeline: Timeline, described: str) -> None:
    added = add(timeline, *BOUGHT, source=described)
    assert kinds(timeline)[3:] == ["source.recorded", "buyback.executed"]
    assert timeline.event(added.event).envelope["source"] == "post"
    assert (timeline.event(added.event).body or {})["payload"]["value"]["unit"] == "USD"
    assert add(timeline, *BOUGHT, "note=also", source=described).new
    assert kinds(timeline)[5:] == ["buyback.executed"]


def test_the_first_fact_of_all_registers_its_company(tmp_path: Path, described: str) -> None:
    empty = Timeline.open(tmp_path / "new.db")
    given = {"kind": "company.registered", "company": "globex", "source": described}
    assert add(empty, "name=Globex", "occurred=2026", dry_run=True, **given).new
    assert not (tmp_path / "new.db").exists()
    add(empty, "name=Globex", "occurred=2026", **given)
    assert [row["name"] for row in empty.companies().rows] == ["Globex"]


def test_a_rehearsal_tells_how_the_words_are_understood_and_writes_nothing(timeline: Timeline) -> None:
    planned = add(timeline, *BOUGHT[:3], "note=seen", "occurred.wording=lately", key="k", dry_run=True)
    assert planned.fields == (
        ("key", "k"),
        ("kind", "buyback.executed"),
        ("company", "acme"),
        ("occurred", "2026-01-07  (7 Jan 2026, lately)"),
        ("shares", "2 million  (1,500,000 to 2,500,000 shares)"),
        ("value", "$80 million  (79,500,000 to 80,500,000 HKD)"),
        ("note", "seen"),
        ("source", "wire  (Acme in the news, 2026-01-09T09:46:04+01:00)"),
    )
    assert len(kinds(timeline)) == 3
    assert add(timeline, *BOUGHT[:3], "note=seen", "occurred.wording=lately", key="k").event == planned.event


def test_all_words_that_are_wrong_are_told_at_once_and_nothing_is_written(timeline: Timeline) -> None:
    with pytest.raises(InvalidInput) as refused:
        add(timeline, "shars=2 million", "value=soon", key="@1")
    assert [(problem.rule, problem.excerpt) for problem in refused.value.problems] == [
        ("field-missing", "buyback.executed"),
        ("key-malformed", "@1"),
        ("field-unknown", "shars=2 million"),
        ("quantity-malformed", "value=soon"),
    ]
    assert len(kinds(timeline)) == 3


@pytest.mark.parametrize(
    ("given", "message", "fix"),
    [
        ({"company": "acne"}, "no company called 'acne'", "did you mean acme?"),
        ({"source": "wired"}, "no source called 'wired'", "did you mean wire?"),
        ({"source": "/no/where"}, "no source called '/no/where'", "timeline sources lists them"),
        ({"source": "\0"}, "no source called", "timeline sources lists them"),
    ],
)
def test_an_unknown_company_or_source_is_told(
    timeline: Timeline, given: dict[str, str], message: str, fix: str
) -> None:
    with pytest.raises(NotFound) as missing:
        add(timeline, *BOUGHT, **given)
    assert missing.value.message.startswith(message)
    assert missing.value.fix.startswith(fix)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (LOADED.replace("wire", "post"), "source-with-facts"),
        (SOURCE, "field-missing"),
        (f"{SOURCE.replace('in the news', 'again')}facts: []\n", "event-differs"),
    ],
)
def test_a_file_that_does_not_only_describe_a_source_is_refused(
    timeline: Timeline, tmp_path: Path, text: str, rule: str
) -> None:
    (tmp_path / "given.yaml").write_text(text, "utf-8")
    with pytest.raises(InvalidInput) as refused:
        add(timeline, *BOUGHT, source=str(tmp_path / "given.yaml"))
    assert [problem.rule for problem in refused.value.problems] == [rule]
    assert refused.value.problems[0].line
    assert len(kinds(timeline)) == 3


def test_a_fixture_of_the_source_does_not_miss_what_was_typed(timeline: Timeline, tmp_path: Path) -> None:
    fixture = tmp_path / "source.yaml"
    fixture.write_text(
        "schema: timeline/source/1\n"
        'source: {id: memo, kind: news, title: Memo, published: "2026-01-09T09:00:00+01:00"}\n'
        "facts: []\n",
        encoding="utf-8",
    )
    timeline.load([str(fixture)])
    timeline.add("statement.made", "acme", ["occurred=2026-01-08", "category=outlook", "text=Calm."], source="memo")
    assert timeline.load([str(fixture)]).written is False
