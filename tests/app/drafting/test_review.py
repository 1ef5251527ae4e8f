"""A review: what is decided holds, can be undone, outlives the program, and makes a fixture."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.reviewable import DRAFT, TEXT, lay
from timeline.app.drafting.reviewing.review import Review, open_review
from timeline.errors import InvalidInput, TimelineError
from timeline.event import Report
from timeline.intake.fixture import read


@pytest.fixture
def draft(tmp_path: Path) -> str:
    return lay(tmp_path)


def opened(draft: str) -> Review:
    return open_review(Path(draft).parent / "none.db", draft)


def statuses(under: Review) -> list[str]:
    return [under.status(entry) for entry in under.entries]


def titles(under: Review) -> str:
    return under.title(under.entries[under.at]) if under.current else "the end"


def decide_all(under: Review) -> None:
    while under.current:
        under.decide("keep")


def side(draft: str) -> Path:
    return Path(f"{draft}.review")


def test_entries_are_asked_about_in_order_and_what_was_put_off_at_the_end(draft: str) -> None:
    under = opened(draft)
    assert titles(under) == "buyback.executed  bought"
    under.decide("later")
    assert titles(under) == "target.set  goal"
    under.decide("drop")
    under.decide("keep")
    under.leave_out("an advertisement")
    under.decide("drop")
    assert titles(under) == "buyback.executed  bought"
    under.decide("keep")
    assert titles(under) == "the end"
    assert statuses(under) == ["keep", "drop", "keep", "leave out", "drop"]


def test_every_step_can_be_undone_back_to_the_first(draft: str) -> None:
    under = opened(draft)
    under.decide("keep")
    under.edit(["value=410,000"])
    under.decide("later")
    assert [under.undo(), under.undo(), under.undo(), under.undo()] == [
        "result.reported  sales",
        "target.set  goal",
        "buyback.executed  bought",
        "",
    ]
    assert statuses(under) == [""] * 5
    assert titles(under) == "buyback.executed  bought"


def test_a_second_decision_gives_way_to_the_first_when_it_is_undone(draft: str) -> None:
    under = opened(draft)
    under.decide("keep")
    under.jump(1)
    under.decide("drop")
    under.undo()
    assert (under.status(under.entries[0]), under.at) == ("keep", 0)


def test_another_run_goes_on_and_undoes_what_the_one_before_decided(draft: str) -> None:
    opened(draft).decide("keep")
    under = opened(draft)
    assert (statuses(under)[0], under.at) == ("keep", 1)
    under.undo()
    assert statuses(opened(draft)) == [""] * 5


def test_each_decision_is_on_the_disk_when_it_returns(draft: str, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: synced.append(os.fstat(descriptor).st_size))
    under = opened(draft)
    under.decide("keep")
    assert synced == [side(draft).stat().st_size]
    assert side(draft).read_text("utf-8").splitlines() == [
        '{"schema":"timeline.review/1"}',
        f'{{"item":"{under.entries[0].block.id}","do":"keep"}}',
    ]
    assert side(draft).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("torn", ['{"item":"abc","do":"edit","text":"' + "a" * 500, "{", ""])
def test_a_line_that_a_crash_cut_off_was_never_decided(draft: str, torn: str) -> None:
    opened(draft).decide("keep")
    with side(draft).open("a") as file:
        file.write(torn)
    under = opened(draft)
    assert statuses(under) == ["keep", "", "", "", ""]
    under.decide("drop")
    under.decide("keep")
    assert statuses(opened(draft)) == ["keep", "drop", "keep", "", ""]


def test_a_file_that_is_no_review_is_refused_with_its_line(draft: str) -> None:
    opened(draft).decide("keep")
    with side(draft).open("a") as file:
        file.write("key: value\n")
    with pytest.raises(InvalidInput) as refused:
        opened(draft)
    assert [(problem.rule, problem.line) for problem in refused.value.problems] == [("review-line", 3)]


def test_two_reviews_of_one_draft_do_not_write_over_each_other(draft: str) -> None:
    one, other = opened(draft), opened(draft)
    one.decide("keep")
    with pytest.raises(TimelineError, match="another review of this draft"):
        other.decide("drop")
    assert statuses(opened(draft)) == ["keep", "", "", "", ""]


def test_a_decision_that_cannot_be_written_was_not_made(draft: str) -> None:
    under = opened(draft)
    side(draft).mkdir()
    with pytest.raises(TimelineError, match="cannot be written"):
        under.decide("keep")
    assert (statuses(under)[0], under.at) == ("", 0)


def test_a_fact_that_was_edited_in_the_draft_is_asked_about_again(draft: str, tmp_path: Path) -> None:
    decide_all(opened(draft))
    lay(tmp_path, DRAFT.replace("previous: 350,000", "previous: 351,000"))
    under = opened(draft)
    assert statuses(under) == ["keep", "", "keep", "keep", "keep"]
    assert titles(under) == "target.set  goal"


def test_comments_above_a_fact_are_no_reason_to_ask_again(draft: str, tmp_path: Path) -> None:
    decide_all(opened(draft))
    lay(tmp_path, DRAFT.replace("# 72 %", "# 71 %"))
    assert opened(draft).left == 0


def test_a_fact_with_a_mistake_is_shown_with_it_and_cannot_be_kept(draft: str, tmp_path: Path) -> None:
    lay(tmp_path, DRAFT.replace("shares: 1.25 million", "share: 1.25 million"))
    under = opened(draft)
    (problem, *_) = under.card().problems
    assert problem.startswith(f"{draft}:19:5: error[field-unknown]: buyback.executed has no field 'share'")
    with pytest.raises(InvalidInput):
        under.decide("keep")
    assert statuses(under)[0] == ""
    under.edit(["shares=1.25 million", "share="])
    assert isinstance(under.report(under.entries[0]), Report)
    assert "share:" not in under.body(under.entries[0])


def test_an_edit_leaves_what_it_does_not_speak_of_as_it_was_written(draft: str) -> None:
    under = opened(draft)
    changes = under.edit(["value=about HKD 52.4 million", "price=", "said_by=Ida Moe"])
    body = under.body(under.entries[0])
    assert "    shares: 1.25 million  # as in the headline\n    value: about HKD 52.4 million\n    said_by: Ida" in body
    assert "price" not in body
    assert body.endswith("      - {paragraph: 2, quote: HKD 52.5 million}\n")
    assert changes == (
        ("value", "about HKD 52.4 million  (52,300,000 to 52,500,000 HKD)"),
        ("price", ""),
        ("said by", "Ida Moe"),
    )


def test_an_edit_in_an_edit_changes_what_stands_now(draft: str) -> None:
    under = opened(draft)
    under.edit(["note=one"])
    under.jump(1)
    under.edit(["value="])
    body = under.body(under.entries[0])
    assert "note: one" in body
    assert "value" not in body


def test_the_field_beside_the_dash_can_be_taken_away(draft: str, tmp_path: Path) -> None:
    as_drafted = "- key: goal\n    kind: target.set\n    occurred: 2026-01-09\n    said_by: Ida Moe\n"
    moved = "- said_by: Ida Moe\n    key: goal\n    kind: target.set\n    occurred: 2026-01-09\n"
    lay(tmp_path, DRAFT.replace(as_drafted, moved))
    under = opened(draft)
    under.jump(2)
    under.edit(["said_by="])
    body = under.body(under.entries[1])
    assert body.startswith("  - key: goal\n    kind: target.set\n")
    assert body.endswith("""      - {paragraph: 3, quote: "350,000"}\n""")


def test_a_typed_value_stands_as_it_was_typed(draft: str) -> None:
    under = opened(draft)
    under.jump(3)
    under.edit(["period=2025-Q3", "metric=sales"])
    body = under.body(under.entries[2])
    assert "period: 2025-Q3\n" in body


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (["valu=5"], "field-unknown"),
        (["shares=many"], "quantity-malformed"),
        (["shares="], "field-missing"),
        (["key=other"], "word-settled"),
        (["shares"], "word-malformed"),
    ],
)
def test_words_that_are_wrong_are_told_and_decide_nothing(draft: str, words: list[str], rule: str) -> None:
    under = opened(draft)
    with pytest.raises(InvalidInput) as refused:
        under.edit(words)
    assert [problem.rule for problem in refused.value.problems] == [rule]
    assert statuses(under)[0] == ""


def test_what_defaults_give_to_every_fact_is_not_taken_from_one(draft: str, tmp_path: Path) -> None:
    lay(tmp_path, DRAFT.replace("  company: halden\n", "  company: halden\n  confirmed: company\n"))
    under = opened(draft)
    with pytest.raises(InvalidInput, match="comes from `defaults`"):
        under.edit(["confirmed="])
    under.edit(["confirmed=no"])
    assert "    confirmed: no\n    at:\n" in under.body(under.entries[0])


def test_an_entry_can_be_rewritten_as_a_whole_and_not_be_two(draft: str) -> None:
    under = opened(draft)
    fact = "- key: bought\n  kind: buyback.executed\n  occurred: 2026-01-07\n  shares: 1.25 million\n"
    with pytest.raises(InvalidInput, match="there are 2 facts here"):
        under.rewrite(fact + fact.replace("bought", "again"))
    with pytest.raises(InvalidInput, match="field 'share'"):
        under.rewrite(fact.replace("shares", "share"))
    changes = under.rewrite(fact)
    assert under.body(under.entries[0]).startswith("  - key: bought\n    kind: buyback")
    assert ("occurred", "2026-01-07  (7 Jan 2026)") in changes


def test_a_candidate_becomes_a_fact_with_its_place_and_a_key_of_its_own(draft: str) -> None:
    under = opened(draft)
    under.jump(4)
    with pytest.raises(InvalidInput, match="a fact needs a kind"):
        under.make_fact([])
    with pytest.raises(InvalidInput, match="there is no kind 'result'"):
        under.make_fact(["result", "change=5%"])
    words = ["result.reported", "metric=revenue", "period=2025-Q4", "change=5%", "occurred=2026-01-09"]
    under.make_fact(words)
    under.make_fact(words)
    first, second = (under.body(entry) for entry in under.entries[3:])
    assert first == (
        "  - key: result-reported-4\n    kind: result.reported\n    occurred: 2026-01-09\n    metric: revenue\n"
        "    period: 2025-Q4\n    change: 5%\n    at:\n      - {quote: 5%, paragraph: 4}\n"
    )
    assert "key: result-reported-4-2\n" in second


def test_what_is_left_out_needs_a_reason_and_a_paragraph(draft: str, tmp_path: Path) -> None:
    lay(tmp_path, DRAFT.replace("{{paragraph: 4, quote: 5%", "{{quote: 5%"))
    under = opened(draft)
    under.jump(5)
    with pytest.raises(InvalidInput, match="needs a reason"):
        under.leave_out(" ")
    under.jump(4)
    with pytest.raises(InvalidInput, match="what has no paragraph"):
        under.leave_out("an ad")


def test_the_confirmed_fixture_holds_what_was_kept_and_nothing_that_was_only_proposed(
    draft: str, tmp_path: Path
) -> None:
    under = opened(draft)
    under.decide("keep")
    under.edit(["value=410,000"])
    under.decide("drop")
    under.make_fact(["result.reported", "metric=revenue", "period=2025-Q4", "change=5%", "occurred=2026-01-09"])
    under.leave_out("an advertisement: sent weekly")
    text = under.confirmed()
    assert text.startswith("schema: timeline/source/1\nsource:\n  # the zone is that of the exchange\n")
    assert "shares: 1.25 million  # as in the headline\n" in text
    assert "  # Ida Moe said the same in Oslo.\n  - key: goal\n" in text
    assert "%: " not in text
    assert "# or occurred" not in text
    assert "key: sales" not in text
    assert "candidates" not in text
    (tmp_path / "c.yaml").write_text(text, "utf-8")
    batch = read([str(tmp_path / "c.yaml")])
    assert batch.problems == ()
    assert [report.key for report in batch.reports] == ["bought", "goal", "result-reported-4"]
    assert [(entry.quote, entry.reason) for entry in batch.left_out["halden-goal"]] == [
        ("January 9", "an advertisement: sent weekly")
    ]


def test_a_kept_candidate_stays_one_and_a_list_without_entries_is_empty(draft: str) -> None:
    under = opened(draft)
    for do in ("drop", "drop", "drop", "keep", "drop"):
        under.decide(do)
    text = under.confirmed()
    assert "facts: []\n" in text
    assert text.endswith("candidates:\n  - {paragraph: 4, quote: 5%, reason: no fact was recognised that has it}\n")


def test_all_candidates_that_are_open_can_stay_at_once(draft: str) -> None:
    under = opened(draft)
    under.decide("keep")
    under.jump(4)
    assert under.keep_rest() == 2
    assert statuses(under) == ["keep", "", "", "keep", "keep"]
    assert titles(under) == "target.set  goal"


def test_further_reasons_stand_behind_those_that_the_draft_has(draft: str, tmp_path: Path) -> None:
    lay(tmp_path, DRAFT + 'left_out:\n- {{paragraph: 4, quote: "555 0199", reason: a telephone}}')
    under = opened(draft)
    under.jump(5)
    under.leave_out("an ad")
    assert under.confirmed().endswith(
        'left_out:\n- {paragraph: 4, quote: "555 0199", reason: a telephone}\n'
        "- {paragraph: 4, quote: January 9, reason: an ad}\n"
    )


def test_the_card_tells_confidence_doubts_and_where_each_quote_stands(draft: str) -> None:
    under = opened(draft)
    under.jump(2)
    card = under.card()
    assert card.confidence == "72 %"
    assert card.doubts[:2] == ("the day is that of publication", "or occurred: 2026-01-02")
    assert card.doubts[2].startswith("'pump deliveries' is taken as a new metric")
    (passage,) = card.passages
    assert [passage.text[start:end] for start, end in passage.spans] == ["400,000 pumps", "350,000"]
    assert passage.text == TEXT.splitlines()[2]


def test_what_was_taken_for_granted_about_the_source_is_told(draft: str) -> None:
    assert opened(draft).remarks == ("the zone is that of the exchange",)


def test_a_quote_that_does_not_stand_there_is_told(draft: str, tmp_path: Path) -> None:
    lay(tmp_path, DRAFT.replace("quote: January 8}}", "quote: January 7}}"))
    (passage,) = opened(draft).card().passages
    assert passage.missing == ("January 7",)


def test_without_a_text_the_quotes_stand_alone(tmp_path: Path) -> None:
    under = opened(lay(tmp_path, text=False))
    assert under.text is None
    assert [passage.text for passage in under.card().passages] == ["January 8", "1.25 million", "HKD 52.5 million"]


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ("kind: news", "kind: rumour", "choice-unknown"),
        ("facts:", "fact:", "field-unknown"),
        ("schema: timeline/source/1", "schema: timeline/source/9", "schema-unknown"),
    ],
)
def test_mistakes_around_the_facts_are_told_before_anything_is_asked(
    tmp_path: Path, before: str, after: str, rule: str
) -> None:
    draft = lay(tmp_path, DRAFT.replace(before, after))
    with pytest.raises(InvalidInput) as refused:
        opened(draft)
    assert rule in {problem.rule for problem in refused.value.problems}


def test_a_draft_is_a_yaml_file_that_is_there(tmp_path: Path) -> None:
    for name, rule in (("a.jsonl", "review-form"), ("a.yaml", "file-missing")):
        with pytest.raises(InvalidInput) as refused:
            opened(str(tmp_path / name))
        assert [problem.rule for problem in refused.value.problems] == [rule]
