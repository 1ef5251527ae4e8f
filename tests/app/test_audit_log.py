"""What is stored beside the log is compared with a replay, and every change of it is found."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.laws import bases
from timeline import Timeline
from timeline.app.auditing import declared, replay
from timeline.app.auditing.log import RULES, audit_log
from timeline.app.erase import erase
from timeline.check import findings
from timeline.errors import InvalidInput
from timeline.store.damage import AGAINST
from timeline.store.opening import open_reader, open_writer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from timeline.section import Finding

FACTS = """
schema: timeline/source/1
source: {id: wire, kind: news, title: Wire, published: "2025-03-19T09:00:00+08:00", url: "https://wire.example/1"}
defaults: {company: acme}
facts:
  - {key: registered, kind: company.registered, occurred: 2020, name: Acme}
  - {key: bought, kind: buyback.executed, occurred: 2025-03-18, shares: 5 million}
  - {key: globex, company: globex, kind: company.registered, occurred: 2020, name: Globex}
"""


@pytest.fixture
def database(tmp_path: Path, fixture_file: Callable[[str], str]) -> Path:
    """Two companies, in one load, with a correction and an erasure after it."""
    path = tmp_path / "acme.db"
    timeline = Timeline.open(path)
    timeline.load([fixture_file(FACTS)])
    timeline.load(
        [fixture_file(FACTS.replace("5 million", "6 million").replace("wire.example/1", "wire.example/2"))],
        correct="we erred",
    )
    return path


def found(path: Path, *against: str, replayed: bool = True) -> tuple[Finding, ...]:
    with closing(open_reader(path)) as connection:
        return findings(audit_log(connection, against, replay=replayed))


def changed(path: Path, *statements: str) -> dict[str, str]:
    """What is found once these were run, the words of the last finding by rule."""
    with bases.opened(path) as connection:
        for statement in statements:
            assert connection.execute(statement).rowcount, "the statement changes something"
    return {finding.rule: finding.what for finding in found(path)}


def test_nothing_is_found_in_an_untouched_database(database: Path) -> None:
    assert found(database) == ()


def test_nothing_is_found_in_the_shipped_facts_and_each_rule_is_applied(shipped_path: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    with closing(open_reader(shipped_path)) as connection:
        (text,) = connection.execute("SELECT text FROM checkpoint ORDER BY size DESC LIMIT 1").fetchone()
        kept.write_text(text, encoding="utf-8")
        verdicts = audit_log(connection, [str(kept)])
    assert findings(verdicts) == ()
    assert {verdict.rule for verdict in verdicts} == set(RULES)


def test_nothing_is_found_after_an_erasure_or_a_rebuild(database: Path) -> None:
    timeline = Timeline.open(database)
    row = next(row for row in timeline.events("acme").rows if row["kind"] == "buyback.executed")
    with closing(open_writer(database)) as writer:
        erase(writer, row["id"], "legal")
    assert found(database) == ()
    timeline.rebuild()
    assert found(database) == ()


EDITS = {
    "an item": (
        "UPDATE read_item SET data = replace(data, '6000000', '7000000') WHERE topic = 'buybacks'",
        "model-differs",
        "buybacks of acme is not what was stored; timeline rebuild makes them anew",
    ),
    "a digest": (
        "UPDATE read_model SET digest = 'x' WHERE topic = 'buybacks' AND company = 'acme'",
        "model-differs",
        "buybacks of acme is not what was stored; timeline rebuild makes them anew",
    ),
    "an item that is gone": (
        "DELETE FROM read_item WHERE topic = 'buybacks' AND part = 'fields'",
        "model-differs",
        "buybacks of acme is not what was stored; timeline rebuild makes them anew",
    ),
    "an item of no model": (
        "INSERT INTO read_item VALUES ('acme', 'weather', '', 'promises', 0, '{}')",
        "model-unknown",
        "parts of weather of acme are stored without a read model; timeline rebuild makes them anew",
    ),
    "a position past the end": (
        "UPDATE read_model SET position = 99 WHERE company = 'globex'",
        "model-beyond-log",
        "read models of globex (affairs, agenda, analysts and 13 more) cover the log up to position 99, which ends",
    ),
    "a name": (
        "UPDATE company_name SET folded = 'other' WHERE value = 'Acme'",
        "names-differ",
        "acme is not found as 'Acme'",
    ),
    "a name that is gone": (
        "DELETE FROM company_name WHERE value = 'Globex'",
        "names-differ",
        "globex is not found as 'Globex'",
    ),
    "a name of nobody": (
        "INSERT INTO company_name VALUES ('initech', 'name', 'Initech', 'initech', '', '')",
        "names-differ",
        "initech has names, but no events; timeline rebuild makes them anew",
    ),
    "a mark": (
        "UPDATE source_mark SET mark = 'https://wire.example/3' WHERE mark = 'https://wire.example/1'",
        "mark-differs",
        "the mark 'https://wire.example/3' is stored as source wire's, which never had it",
    ),
    "a mark's source": (
        "UPDATE source_mark SET source = 'other' WHERE mark = 'https://wire.example/1'",
        "mark-differs",
        "the mark 'https://wire.example/1' is stored as source other's, which never had it",
    ),
    "a mark that is gone": (
        "DELETE FROM source_mark WHERE mark = 'https://wire.example/2'",
        "mark-differs",
        "the mark 'https://wire.example/2' of source wire is not stored",
    ),
    "a layout": (
        "UPDATE layout SET data = replace(data, '\"rank\":', '\"rank\":1') WHERE topic = 'buybacks'",
        "layout-differs",
        "the layout of buybacks is not what the topic declares",
    ),
    "a view": (
        "DROP VIEW buyback_executions",
        "view-differs",
        "the view buyback_executions is missing or changed",
    ),
}


@pytest.mark.parametrize(("statement", "rule", "what"), EDITS.values(), ids=EDITS)
def test_every_edit_of_what_is_stored_is_found(database: Path, statement: str, rule: str, what: str) -> None:
    told = changed(database, statement)
    assert list(told) == [rule]
    assert told[rule].startswith(what)


def test_a_read_model_whose_digest_was_forged_as_well_does_not_follow_from_the_log(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("timeline.store.models.digest_of", lambda *_: "forged")
    told = changed(database, "UPDATE read_model SET digest = 'forged'", EDITS["an item"][0])
    parts = "fields, series, table:executions and 1 more"
    what = f"buybacks of acme does not follow from the log, in {parts}; timeline rebuild makes them anew"
    assert told == {"model-differs": what}


def test_a_read_model_that_is_gone_and_one_of_no_topic_are_found(database: Path) -> None:
    both = [f"{{}} {table} {{}} WHERE company = 'acme' AND topic = 'buybacks'" for table in ("read_model", "read_item")]
    gone = changed(database, *(statement.format("DELETE FROM", "") for statement in both))
    assert gone == {"model-missing": "buybacks of acme is not stored; timeline rebuild makes them anew"}
    Timeline.open(database).rebuild()
    assert found(database) == ()
    unknown = changed(database, *(statement.format("UPDATE", "SET company = 'initech'") for statement in both))
    assert unknown["model-unknown"] == "initech has read models, but no events; timeline rebuild makes them anew"


def test_what_other_code_made_is_a_note(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (replay, declared):
        monkeypatch.setattr(module, "fingerprint", lambda: "other code")
    told = found(database)
    assert {finding.severity for finding in told} == {"note"}
    assert {finding.rule for finding in told} == {"model-outdated", "layout-outdated"}


def test_what_does_not_cover_a_companys_last_event_is_a_note(database: Path) -> None:
    told = changed(database, "UPDATE read_model SET position = 1 WHERE company = 'acme' AND topic = 'buybacks'")
    what = (
        "read models of acme (buybacks) do not cover its last event at position 6: they are folded anew when asked for"
    )
    assert told == {"model-outdated": what}


def test_without_a_replay_only_the_log_is_verified(database: Path) -> None:
    changed(database, EDITS["an item"][0], EDITS["a name"][0])
    assert found(database, replayed=False) == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE read_item SET part = CAST(x'ff' AS TEXT) WHERE part = 'fields' AND topic = 'buybacks'",
        "UPDATE read_model SET position = 'far'",
        "UPDATE layout SET data = '{'",
        "UPDATE company_name SET company = x'00' WHERE value = 'Acme'",
        "UPDATE source_mark SET source = x'00'",
        "DROP TABLE read_item",
        "DROP TABLE source_mark",
    ],
)
def test_what_cannot_be_read_is_found_and_stops_nothing(database: Path, statement: str) -> None:
    with bases.opened(database) as connection:
        connection.execute(statement)
    assert any(finding.severity == "error" for finding in found(database))


def test_a_log_that_holds_what_cannot_be_folded_is_told(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr(replay, "folded", stopped)
    assert [finding.what for finding in found(database)] == [
        f"the events of {company} cannot be folded: RecursionError: too deep" for company in ("acme", "globex")
    ]


def test_a_kept_file_that_is_no_checkpoint_is_refused_before_anything_is_compared(
    database: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text("not one", encoding="utf-8")
    with pytest.raises(InvalidInput, match="an origin, a size and a root"):
        found(database, str(kept))


def test_a_log_that_was_rewritten_is_told_with_the_name_of_the_file_that_shows_it(
    database: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text("corporate-timeline/log\n2\n" + "A" * 43 + "=\n", encoding="utf-8")
    (finding,) = found(database, str(kept))
    assert finding.rule == AGAINST.name
    assert finding.what.endswith("kept.txt: the first 2 events are not those that it states: the log was rewritten")


def test_progress_goes_through_the_log_and_then_company_by_company(database: Path) -> None:
    steps: list[tuple[str, int, int]] = []
    with closing(open_reader(database)) as connection:
        audit_log(connection, progress=lambda *step: steps.append(step))
    assert [what for what, _, _ in steps] == ["log", "log", "acme", "globex"]
    assert all(done <= total for _, done, total in steps)
