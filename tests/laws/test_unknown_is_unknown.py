"""Law 8: what a source leaves open stays open, and what cannot be read is never passed over in silence."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.laws import bases
from tests.laws.bases import few
from tests.laws.worlds import COMPANIES, REGISTER, File, loads, worlds
from timeline import Timeline
from timeline.catalog import catalog
from timeline.cli import main
from timeline.event import event_id
from timeline.store.log import Entry
from timeline.store.opening import open_writer

if TYPE_CHECKING:
    from pathlib import Path

    from tests.laws.worlds import Loads

KINDS = sorted(catalog().payloads)
LEFTOVER = "unreadable"

# Dates as texts, with the first and the last day that they leave possible.
DATES = {
    "2025-03-04": ("2025-03-04", "2025-03-04"),
    "2025-03": ("2025-03-01", "2025-03-31"),
    "2024-02": ("2024-02-01", "2024-02-29"),
    "2025-34": ("2025-04-01", "2025-06-30"),
    "2025-41": ("2025-07-01", "2025-12-31"),
    "2025": ("2025-01-01", "2025-12-31"),
    "2025-03~": ("2025-02-01", "2025-04-30"),
    "2025-03-04?": ("2025-03-04", "2025-03-04"),
    "../2025-03-04": (None, "2025-03-04"),
    "2025-03/..": ("2025-03-01", None),
    "2025-01-15/2025-03": ("2025-01-15", "2025-03-31"),
}
# Figures with the ends that they leave open; "over" and "under" exclude their end, which the qualifier tells.
FIGURES = {
    "410,000": ("410000", "410000"),
    "over 410,000": ("410000", None),
    "> 410,000": ("410000", None),
    "at least 410,000": ("410000", None),
    "under 410,000": (None, "410000"),
    "at most 410,000": (None, "410000"),
    "400,000–410,000": ("400000", "410000"),
    "5 million": ("4500000", "5500000"),
}


@few
@given(st.sampled_from(sorted(DATES)), st.sampled_from(["", "recently", "in spring", "最近"]))
def test_an_imprecise_date_keeps_its_days_and_its_words(registered: Path, date: str, wording: str) -> None:
    written = {"when": date, "wording": wording} if wording else date
    fact = {"key": "k", "kind": "date.scheduled", "company": "acme", "what": "m", "occurred": written, "due": written}
    with bases.copied(registered) as path:
        bases.load(path, [File({**REGISTER.head, "id": "s1"}, (fact,))])
        body = Timeline.open(path).event(event_id("s1", "k")).body
        assert body is not None
        stored = {"edtf": date, "first": DATES[date][0], "last": DATES[date][1]} | (
            {"wording": wording} if wording else {}
        )
        assert body["occurred"] == body["payload"]["due"] == stored
        (row,) = bases.pages(path)["acme"]["sections"]["agenda"]["agenda"]
        assert (row["due"], row["due_first"], row["due_last"]) == (date, *DATES[date])


@few
@given(st.sampled_from(sorted(FIGURES)))
def test_a_one_sided_figure_keeps_its_open_end(registered: Path, figure: str) -> None:
    fact = {"key": "k", "kind": "result.reported", "company": "acme", "metric": "m", "period": "2025", "value": figure}
    with bases.copied(registered) as path:
        bases.load(path, [File({**REGISTER.head, "id": "s1"}, ({**fact, "occurred": "2025"},))])
        (row,) = bases.pages(path)["acme"]["sections"]["results"]["results"]
        assert (row["value_low"], row["value_high"]) == FIGURES[figure]
        assert row["value_printed"] == figure


@few
@given(worlds().flatmap(loads), st.sampled_from(KINDS), st.sampled_from(COMPANIES))
def test_an_event_of_a_newer_version_stops_what_needs_its_kind_and_nothing_else(
    registered: Path, batches: Loads, kind: str, company: str
) -> None:
    with bases.copied(registered) as path:
        bases.load_all(path, batches)
        before = bases.pages(path)
        append(path, kind, company=company)
        assert_stopped(path, before, company, needing(kind))
        Timeline.open(path).rebuild()
        assert_stopped(path, before, company, needing(kind))


@pytest.mark.parametrize(
    ("kind", "body", "why"),
    [
        ("buyback.frozen", "{}", "this program does not know the kind buyback.frozen; a newer one may"),
        ("wormhole.opened", '{"v":1,"payload":{}}', "this program does not know the kind wormhole.opened"),
        ("statement.made", '{"v":2,"payload":{}}', "statement.made version 2 is newer than this program's 1"),
        ("statement.made", "half of a bo", "JSON is malformed"),
        ("statement.made", '{"v":1,"payload":{"category":"other"}}', "missing required field `text`"),
        ("statement.made", '{"v":1,"payload":{"category":"other","text":"","mood":"?"}}', "unknown field `mood`"),
        ("statement.made", '{"v":1,"payload":{"category":"?","text":""}}', "Invalid enum value '?'"),
        ("charge.announced", '{"v":1,"payload":{"value":{"printed":"HKD 3","low":"3o"}}}', "decimal"),
        ("statement.made", '{"v":1,"payload":{"category":"other","text":""}}', "it does not say when it occurred"),
    ],
)
def test_the_command_line_serves_the_rest_tells_the_reason_and_ends_with_1(
    registered: Path, capsys: pytest.CaptureFixture[str], kind: str, body: str, why: str
) -> None:
    with bases.copied(registered) as path:
        append(path, kind, body)
        shown = command(path, capsys, "show", "acme", "--json")
        page = json.loads(shown.out)
        assert page["sections"]["profile"]["name"] == "Acme"
        problems = {topic: section["problem"] for topic, section in page["sections"].items() if "problem" in section}
        assert problems.keys() == needing(kind)
        for problem in problems.values():
            assert event_id("s9", "k")[:8] in problem
            assert why in problem
            assert problem in shown.err
        text = " ".join(command(path, capsys, "show", "acme").out.split())
        assert f"({kind}) cannot be read:" in text
        assert why in text
        assert "stopped" in command(path, capsys, "upcoming").out
        assert command(path, capsys, "show", "globex", "--json", code=0).err == ""


def test_an_unreadable_source_is_told_where_its_facts_are_shown(
    registered: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    occurred = '"occurred":{"edtf":"2025-03-04","first":"2025-03-04","last":"2025-03-04"}'
    with bases.copied(registered) as path:
        append(path, "source.recorded", key="@source", company=None)
        append(path, "statement.made", f'{{"v":1,{occurred},"payload":{{"category":"other","text":"Hm."}}}}')
        shown = json.loads(command(path, capsys, "show", "acme", "--json").out)["sections"]
        assert "source.recorded version 9 is newer" in shown[LEFTOVER]["problem"]
        assert [row["text"] for row in shown["statements"]["statements"]] == ["Hm."]


def append(
    path: Path, kind: str, body: str = '{"v":9,"payload":{}}', key: str = "k", company: str | None = "acme"
) -> None:
    """Put an event into the log past all that looks at its content, as a newer program may have."""
    entry = Entry(event_id("s9", key), company, kind, "s9", key, None, "2025-01-01T00:00:00Z", body.encode())
    with open_writer(path) as writer, writer.transaction():
        writer.append([entry], datetime.now(UTC), "a newer program")


def needing(kind: str) -> set[str]:
    """The topics that an unreadable event of the kind stops, worked out from what they declare."""
    found = {
        topic.name for topic in catalog().topics if kind in {payload.KIND for payload in (*topic.payloads, *topic.uses)}
    }
    return found or {LEFTOVER}


def assert_stopped(path: Path, before: dict[str, Any], company: str, stopped: set[str]) -> None:
    after = bases.pages(path)
    other = next(slug for slug in COMPANIES if slug != company)
    assert after[other] == before[other]
    told = after[company]["sections"]
    assert {topic for topic, section in told.items() if "problem" in section} == stopped
    served = {topic: section for topic, section in before[company]["sections"].items() if topic not in stopped}
    assert {topic: section for topic, section in told.items() if topic not in stopped} == served


class Ended:
    """What a command printed."""

    def __init__(self, out: str, err: str) -> None:
        self.out = out
        self.err = err


def command(path: Path, capsys: pytest.CaptureFixture[str], *words: str, code: int = 1) -> Ended:
    """Run a command and see it end with a code."""
    capsys.readouterr()
    assert main(["--db", str(path), *words]) == code
    return Ended(*capsys.readouterr())
