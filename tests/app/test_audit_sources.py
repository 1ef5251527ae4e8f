"""The audit of sources: texts against their hashes, quotes against texts, and what is recorded of sources."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.app.transfer.logs import append
from tests.laws import bases
from tests.laws.worlds import REGISTER, File
from tests.topics import build
from timeline import Timeline
from timeline.app.auditing import texts as app_texts
from timeline.app.auditing.sources import RULES, audit_sources
from timeline.app.clocks import basis
from timeline.app.names import companies_asked
from timeline.check import findings
from timeline.errors import InvalidInput
from timeline.event import Locator, event_id
from timeline.record import SOURCE_KEY, Source
from timeline.store.log import Entry, Reader
from timeline.store.opening import open_reader, open_writer, snapshot
from timeline.topics.statements import Made

if TYPE_CHECKING:
    from timeline.check import Verdict
    from timeline.section import Finding

TEXT = """\
Acme buys back

On January 8, Acme repurchased 5 million shares at HKD 38.04.
More of Acme, and of Acme’s plan.
"""
HASH = hashlib.sha256(TEXT.encode()).hexdigest()
WIRE = {"id": "wire", "kind": "news", "title": "Wire", "published": "2025-03-19T09:00:00Z", "sha256": HASH}
BOUGHT = event_id("wire", "bought")


def bought(*at: dict[str, Any], key: str = "bought", **fields: Any) -> dict[str, Any]:  # noqa: ANN401
    """A purchase, told at these places of its source."""
    told = {"key": key, "kind": "buyback.executed", "company": "acme", "occurred": "2025-03-18", "share_class": "B"}
    return {**told, "venue": "XHKG", "shares": "5 million", **({"at": list(at)} if at else {}), **fields}


HERE = bought({"paragraph": 2, "quote": "5 million shares"}, {"paragraph": 2, "quote": "HKD 38.04"})


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("registered") / "facts.db"
    bases.load(path, [REGISTER])
    return path


@pytest.fixture
def path(registered: Path, tmp_path: Path) -> Path:
    """A database of its own in which two companies are registered."""
    return Path(shutil.copy(registered, tmp_path / "facts.db"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    return folder


def verdicts(path: Path, texts: Path | None, *slugs: str, as_of: str | None = None) -> list[Verdict]:
    """What came of each comparison, of all companies where none are named."""
    with closing(open_reader(path)) as connection, snapshot(connection):
        asked = basis(Reader(connection).head(), as_of)
        names = slugs or companies_asked(connection, asked)
        return list(audit_sources(connection, names, str(texts) if texts else None, asked))


def found(path: Path, texts: Path | None, *slugs: str, as_of: str | None = None) -> list[Finding]:
    """What was found, but of the register, which has no text."""
    every = findings(verdicts(path, texts, *slugs, as_of=as_of))
    return [finding for finding in every if finding.sources != ("register",)]


def told(path: Path, texts: Path | None, *slugs: str) -> list[tuple[str, str]]:
    return [(finding.rule, finding.what) for finding in found(path, texts, *slugs)]


def test_where_hash_and_quotes_are_right_nothing_is_found_and_every_comparison_counts(path: Path, folder: Path) -> None:
    bases.load(path, [File(WIRE, (HERE,))])
    (folder / "deep").mkdir()
    (folder / "deep" / "any name").write_text(TEXT)
    assert found(path, folder) == []
    passed = Counter(each.rule.name for each in verdicts(path, folder, "acme") if not hasattr(each, "what"))
    assert {name: passed[name] for name in ("text-missing", "text-changed", "quote-missing", "quote-spelling")} == {
        "text-missing": 1,
        "text-changed": 1,
        "quote-missing": 2,
        "quote-spelling": 2,
    }
    assert found(path, None) == []
    assert found(path, folder / "deep" / "any name") == []


@pytest.mark.parametrize(
    ("at", "rule", "severity", "what"),
    [
        (
            {"paragraph": 2, "quote": "6 million"},
            "quote-missing",
            "error",
            "stands nowhere in the text",
        ),
        (
            {"paragraph": 9, "quote": "6 million"},
            "quote-missing",
            "error",
            "stands nowhere in the text, which has 3 paragraphs",
        ),
        (
            {"paragraph": 2, "quote": "HKD 38.0"},
            "quote-missing",
            "error",
            "stands nowhere in the text but as a part of “HKD 38.04”",
        ),
        (
            {"paragraph": 3, "quote": "HKD 38.04"},
            "quote-moved",
            "warning",
            "does not stand there but in paragraph 2",
        ),
        (
            {"paragraph": 3, "quote": "Acme"},
            "quote-ambiguous",
            "warning",
            "stands there 2 times; let a prefix or suffix tell which is meant",
        ),
        (
            {"paragraph": 3, "quote": "Acme", "prefix": "of "},
            "quote-ambiguous",
            "warning",
            "stands there 2 times with “of ” before it; let a prefix or suffix tell which is meant",
        ),
        (
            {"quote": "Acme"},
            "quote-ambiguous",
            "warning",
            "stands in paragraphs 1, 2, 3 (2 times); let a prefix or suffix tell which is meant",
        ),
        (
            {"paragraph": 2, "quote": "5 million", "prefix": "bought ", "suffix": " shares"},
            "quote-context",
            "warning",
            "stands there without “bought ” before it and “ shares” behind it",
        ),
        (
            {"paragraph": 3, "quote": "acme's plan"},
            "quote-spelling",
            "note",
            "is spelled “Acme’s plan” there",
        ),
        (
            {"paragraph": 2, "quote": "On January 8, Acme repurchased 5 million shares at HKD 38.04."},
            "quote-long",
            "note",
            "is a whole sentence; quote the figure or name only",
        ),
    ],
)
def test_a_quote_that_does_not_stand_as_told_is_found(
    path: Path, folder: Path, at: dict[str, Any], rule: str, severity: str, what: str
) -> None:
    bases.load(path, [File(WIRE, (bought(at),))])
    (folder / "wire.txt").write_text(TEXT)
    (finding,) = found(path, folder)
    assert (finding.rule, finding.severity, finding.what) == (rule, severity, f"wire: {Locator(**at).shown} {what}")
    assert (finding.events, finding.sources, finding.topic) == ((BOUGHT,), ("wire",), "sources")


def test_a_quote_may_be_both_moved_and_spelled_otherwise(path: Path, folder: Path) -> None:
    bases.load(path, [File(WIRE, (bought({"paragraph": 2, "quote": "acme’s plan"}),))])
    (folder / "wire.txt").write_text(TEXT)
    assert [rule for rule, _ in told(path, folder)] == ["quote-moved", "quote-spelling"]


def test_a_quote_longer_than_two_lines_is_found_without_a_text(path: Path) -> None:
    report = build.event(
        Made(category="outlook", text="Grows."), company="acme", source="wire", at=(Locator("a b " * 51, 1),)
    )
    bases.load(path, [File(WIRE, (HERE,))])
    append(path, [report])
    (finding,) = found(path, None)
    assert finding.rule == "quote-long"
    assert finding.what.endswith("is 204 characters long; quote the figure or name")


def test_a_missing_and_a_changed_text_are_found_and_quotes_are_checked_in_the_changed_one(
    path: Path, folder: Path
) -> None:
    bases.load(path, [File(WIRE, (HERE,))])
    (folder / "wired.txt").write_text("Another text")
    assert told(path, folder) == [
        ("text-missing", f"wire: no file has the hash that is recorded, {HASH}, or is named after it")
    ]
    (folder / "wire.html").write_text(TEXT.replace("38.04", "39.04"))
    changed, missing = found(path, folder)
    assert (changed.rule, changed.severity) == ("text-changed", "error")
    assert changed.what.startswith(f"wire: {folder / 'wire.html'} is not the text that was recorded: its hash is ")
    assert (missing.rule, missing.events) == ("quote-missing", (BOUGHT,))
    (folder / "zzz").write_text(TEXT)
    assert found(path, folder) == []


def test_the_text_that_is_named_after_a_source_is_preferred_to_other_files_of_its_name(
    path: Path, folder: Path
) -> None:
    bases.load(path, [File({**WIRE, "id": "wire.2025"}, (HERE,))])
    (folder / "wire.2025.pdf").write_bytes(b"%PDF")
    (folder / "wire.2025.txt").write_text(TEXT + "\n")
    assert [rule for rule, _ in told(path, folder)] == ["text-changed"]
    assert "wire.2025.txt" in found(path, folder)[0].what
    (folder / "wire.2025.txt").rename(folder / "wire.2025")
    (folder / "wire.2025.pdf").unlink()
    assert [rule for rule, _ in told(path, folder)] == ["text-changed"]


def test_a_text_whose_source_has_no_hash_is_checked_all_the_same(path: Path, folder: Path) -> None:
    head = {name: each for name, each in WIRE.items() if name != "sha256"}
    bases.load(path, [File(head, (bought({"paragraph": 2, "quote": "6 million"}),))])
    assert [rule for rule, _ in told(path, None)] == ["source-unhashed"]
    assert told(path, folder) == [
        ("text-unhashed", "wire: no hash of its text is recorded, and no file is named after it")
    ]
    (folder / "wire").write_text(TEXT)
    unhashed, missing = found(path, folder)
    assert unhashed.what == (
        f"wire: no hash of its text is recorded; checked all the same: {folder / 'wire'}, whose hash is {HASH}"
    )
    assert (unhashed.severity, missing.rule) == ("note", "quote-missing")


def test_a_text_that_is_not_utf8_or_too_large_is_told_and_no_quote_blamed(
    path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = TEXT.encode("utf-16")
    bases.load(path, [File({**WIRE, "sha256": hashlib.sha256(data).hexdigest()}, (HERE,))])
    (folder / "wire.txt").write_bytes(data)
    assert told(path, folder) == [
        ("text-unreadable", f"wire: {folder / 'wire.txt'} is not UTF-8, so that no quote in it is checked")
    ]
    monkeypatch.setattr(app_texts, "LARGEST", 100)
    assert [rule for rule, _ in told(path, folder)] == ["text-unreadable"]
    (folder / "wire.txt").rename(folder / "other.txt")
    (missing,) = found(path, folder)
    assert missing.what.endswith("; too large to be read, or unreadable: 1")


def test_pipes_loops_and_links_to_nowhere_are_passed_over(path: Path, folder: Path) -> None:
    bases.load(path, [File(WIRE, (HERE,))])
    os.mkfifo(folder / "wire.txt")
    (folder / "wire").mkdir()
    (folder / "wire" / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "wire.htm").symlink_to(folder / "nowhere")
    (folder / "self").symlink_to(folder / "self")
    assert [rule for rule, _ in told(path, folder)] == ["text-missing"]
    (folder.parent / "kept").write_text(TEXT)
    (folder / "linked").symlink_to(folder.parent / "kept")
    assert found(path, folder) == []
    assert app_texts.read(folder).problem == "is a directory"


def test_a_place_without_texts_is_refused(path: Path, folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    for place, rule in ((folder / "none", "file-missing"), (folder / "pipe", "file-not-regular")):
        with pytest.raises(InvalidInput) as refused:
            verdicts(path, place)
        assert [problem.rule for problem in refused.value.problems] == [rule]


def test_facts_that_nobody_located_are_told_of_a_source_at_once(path: Path) -> None:
    bases.load(path, [File(WIRE, (HERE, bought(key="b", occurred="2025-03-17"), bought(key="c", company="globex")))])
    (finding,) = found(path, None)
    assert (finding.rule, finding.severity) == ("fact-unlocated", "note")
    assert finding.what == "wire: 2 of its 3 facts do not say where they stand"
    assert finding.events == tuple(sorted((event_id("wire", "b"), event_id("wire", "c"))))
    assert found(path, None, "globex")[0].what == "wire: its only fact does not say where it stands"


def test_every_report_is_checked_not_only_the_one_that_is_accepted(path: Path, folder: Path) -> None:
    other = {**WIRE, "id": "post", "kind": "unconfirmed", "sha256": hashlib.sha256(b"Post").hexdigest()}
    bases.load(path, [File(WIRE, (HERE,)), File(other, (bought({"paragraph": 1, "quote": "5 million"}),))])
    (folder / "wire.txt").write_text(TEXT)
    (folder / "post.txt").write_text("Post")
    (finding,) = found(path, folder)
    assert (finding.rule, finding.events) == ("quote-missing", (event_id("post", "bought"),))


def test_findings_stand_in_the_order_of_sources_then_of_paragraphs(path: Path, folder: Path) -> None:
    places = [{"paragraph": number, "quote": quote} for number, quote in ((3, "a"), (2, "x"), (2, "w"))]
    facts = (bought(*places), bought({"paragraph": 1, "quote": "v"}, key="b", occurred="2025-03-17"))
    other = {**WIRE, "id": "post", "sha256": "0" * 64}
    bases.load(path, [File(WIRE, facts), File(other, (bought({"paragraph": 4, "quote": "u"}),))])
    for name in ("wire", "post"):
        (folder / f"{name}.txt").write_text("1\n2\n3")
    quoted = [finding.what.split("”")[0][-1] for finding in found(path, folder) if finding.rule == "quote-missing"]
    assert quoted == ["u", "v", "w", "x", "a"]


def test_a_fact_counts_as_corrected_and_not_at_all_once_it_is_retracted(path: Path, folder: Path) -> None:
    bases.load(path, [File(WIRE, (bought({"paragraph": 2, "quote": "6 million"}),))])
    (folder / "wire.txt").write_text(TEXT)
    timeline = Timeline.open(path)
    timeline.correct(BOUGHT, ["at.quote=5 million", "at.paragraph=2"], reason="we erred")
    assert found(path, folder) == []
    timeline.correct(BOUGHT, ["at.quote=7 million", "at.paragraph=2"], reason="we erred")
    assert [rule for rule, _ in told(path, folder)] == ["quote-missing"]
    timeline.retract(BOUGHT, reason="we erred")
    assert found(path, folder) == []


def test_a_source_that_is_not_public_yet_is_not_judged(path: Path) -> None:
    bases.load(path, [File({**WIRE, "derives_from": "lost"}, (bought(),))])
    assert found(path, None, as_of="2025-03-18") == []
    assert [finding.rule for finding in found(path, None, as_of="2025-03-19")] == ["source-unknown", "fact-unlocated"]


def test_what_is_recorded_of_sources_is_judged_and_of_a_company_only_that_of_its_own(path: Path) -> None:
    again = Source(kind="news", title="Again", published="2999-01-01", zone="UTC", sha256=HASH, derives_from="lost")
    bases.load(path, [File(WIRE, (HERE,))])
    append(path, [build.event(again, company=None, source="again", key=SOURCE_KEY, occurred=None)])
    assert [(finding.rule, finding.sources[0]) for finding in found(path, None)] == [
        ("source-unknown", "again"),
        ("published-after-recorded", "again"),
        ("same-text", "again"),
    ]
    assert [(finding.rule, finding.sources) for finding in found(path, None, "acme")] == [
        ("same-text", ("wire", "again"))
    ]


def test_facts_of_a_source_that_was_taken_back_say_so_and_are_checked_all_the_same(path: Path, folder: Path) -> None:
    bases.load(path, [File(WIRE, (bought({"paragraph": 2, "quote": "6 million"}),))])
    (folder / "wire.txt").write_text(TEXT)
    Timeline.open(path).retract(event_id("wire", SOURCE_KEY), reason="we erred")
    assert [rule for rule, _ in told(path, folder)] == ["source-unrecorded", "text-unhashed", "quote-missing"]
    assert [rule for rule, _ in told(path, None)] == ["source-unrecorded"]


def test_what_cannot_be_read_is_an_error_since_nobody_can_check_it(path: Path) -> None:
    bases.load(path, [File(WIRE, (HERE,))])
    strange = Entry(event_id("wire", "x"), "acme", "moon.landed", "wire", "x", None, WIRE["published"], b"{}")
    with closing(open_writer(path)) as writer, writer.transaction():
        writer.append([strange], datetime.now(UTC), "law")
    (finding,) = found(path, None)
    assert (finding.rule, finding.severity, finding.events) == ("evidence-unreadable", "error", (strange.id,))
    assert "moon.landed" in finding.what


def test_every_rule_has_a_name_of_its_own() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names)) == 19
