"""Why: what the figures of the shipped facts rest on, how a figure is named, and what corrections and clocks change."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from tests.app.conftest import FIXTURES
from tests.catalog import golden
from tests.laws import bases
from tests.laws.rests import unfounded
from tests.laws.worlds import REGISTER, File
from timeline import Timeline
from timeline.app.explaining import why as module
from timeline.app.fold import company_events
from timeline.errors import InvalidInput, NotFound, TimelineError
from timeline.store import names
from timeline.store.log import Reader
from timeline.store.opening import open_reader, snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from timeline.app.explaining.why import Why

ARTICLE = "xiaomi-2026-strategy"
DISCLOSURE = "ttmgoal-2025-11-20-next-day-disclosure"
MITRADE = "mitrade-2025-11-20-ev-target"
BLOOMBERG = "topologypro-2025-03-19-bloomberg-ev-target"


def why(path: Path, figure: str, company: str = "xiaomi", **clocks: str) -> Why:
    asked = {"as_of": None, "as_recorded": None, **clocks}
    with closing(open_reader(path)) as connection, snapshot(connection):
        return module.why(connection, company, figure, **asked)


def told(found: Why) -> list[tuple[str, str, str | None]]:
    return [(row["role"], row["kind"], row["source"]) for row in found.evidence]


def test_the_cumulative_rests_on_the_last_total_and_as_its_programme_is_inferred_on_the_mandate(
    shipped_path: Path,
) -> None:
    found = why(shipped_path, "buybacks.cumulative_shares")
    assert (found.value, found.printed, found.heading) == ("162000000", "162,000,000", "shares bought back")
    assert told(found) == [
        ("accepted", "buyback.authorised", DISCLOSURE),
        ("accepted", "buyback.totalled", ARTICLE),
    ]
    assert found.evidence[1]["locators"] == [
        {"paragraph": "3", "quote": quote, "prefix": None, "suffix": None}
        for quote in ("current program", "162 million shares", "about 0.63%")
    ]
    assert found.evidence[0]["publisher"] == "TTMGoal, summarising a return to the Hong Kong exchange"
    assert found.evidence[0]["url"] == "https://ttmgoal.com/m/news/1156016625"


def test_a_status_rests_on_the_last_target_and_the_outcome(shipped_path: Path) -> None:
    found = why(shipped_path, "targets[EV deliveries][2025].status")
    assert (found.path, found.value) == ("targets.targets[0].status", "met")
    assert told(found) == [("accepted", "target.set", MITRADE), ("accepted", "result.reported", ARTICLE)]


def test_a_change_rests_on_both_figures_and_on_every_report_of_them(shipped_path: Path) -> None:
    found = why(shipped_path, "targets[2025].revisions[raised][2025-03-18].change_percent")
    assert found.printed == "+16.7 %"
    assert told(found) == [
        ("accepted", "target.set", BLOOMBERG),
        ("agrees", "target.set", ARTICLE),
        ("accepted", "target.set", BLOOMBERG),
    ]


@pytest.mark.parametrize(
    ("path", "key", "printed"),
    [
        ("targets/ev DELIVERIES/2025/status", "targets.targets[0].status", "met"),
        ("targets.EV deliveries.2025.status", "targets.targets[0].status", "met"),
        ("targets.targets.-1.status", "targets.targets[1].status", "open"),
        ("buybacks.executions[8 Jan 2026].shares", "buybacks.executions[1].shares", "5 million"),
        ("buybacks.executions[5,000,000].price", "buybacks.executions[1].price", "HKD 38.04–38.16"),
        ("buybacks.executions[3994a9cd].occurred", "buybacks.executions[1].occurred", "2026-01-08"),
        ("buybacks.spend.value", "buybacks.spend[0].value", "698,362,184"),
        ("buybacks.months[2025-11].average", "buybacks.months[0].average", "37.61"),
        ("buybacks.programmes.totals[-1].percent_printed", "buybacks.programmes[0].totals[1].percent_printed", None),
        ("products[SU7 facelift].specifications[body].value", "products.products[2].specifications[0].value", "sedan"),
        ("market.flows.sum", "market.flows[0].sum", "over HKD 4.68 billion"),
        ("targets[1].outcome_printed", "targets.targets[1].outcome_printed", ""),
    ],
)
def test_a_figure_is_named_by_numbers_or_by_what_stands_in_its_row(
    shipped_path: Path, path: str, key: str, printed: str | None
) -> None:
    found = why(shipped_path, path)
    assert found.path == key
    assert found.printed == (printed if printed is not None else "about 0.63 %")


def test_a_row_a_table_and_a_topic_rest_on_all_that_is_inside_them(shipped_path: Path) -> None:
    row, table, topic = (why(shipped_path, path) for path in ("targets[2025]", "targets.targets", "targets"))
    assert row.value["metric"] == "EV deliveries"
    assert row.printed == "EV deliveries, 2025, met"
    assert {each["event"][:8] for each in row.evidence} == {
        *("657a322d", "cd94e374", "f975471f", "dd8be042", "54519ddf"),
        next(each["event"][:8] for each in row.evidence if each["role"] == "agrees"),
    }
    assert {each["event"] for each in row.evidence} < {each["event"] for each in table.evidence}
    assert table.evidence == topic.evidence
    assert (table.value, topic.value) == (None, None)
    assert why(shipped_path, "buybacks.executions").printed.startswith("2025-11-20, 13,500,000")
    launches = why(shipped_path, "products[SU7 facelift].milestones[done]")
    assert (launches.path, launches.printed) == ("products.products[2].milestones[0]", "preorders, 2026-01, done")


def test_of_several_selected_rows_the_others_are_left_out(shipped_path: Path) -> None:
    found = why(shipped_path, "statements[strategy]")
    assert found.path.startswith("statements.statements[0], statements[1]")
    assert {row["kind"] for row in found.evidence} == {"statement.made"}
    assert 1 < len(found.evidence) < len(why(shipped_path, "statements").evidence)


def test_of_what_is_not_known_nothing_is_named(shipped_path: Path) -> None:
    found = why(shipped_path, "buybacks.apart")
    assert (found.value, found.printed, found.evidence) == (None, "", ())


@pytest.mark.parametrize(
    ("path", "what", "there"),
    [
        ("product", "topic called 'product'", "did you mean products"),
        ("unreadable", "topic called 'unreadable'", "there are: targets, results"),
        ("buybacks.mnths", "field or table called 'mnths'", "did you mean months?; buybacks has the fields cumulative"),
        ("targets[2027]", "row called '2027'", "targets has [EV deliveries, 2025, met]; [EV deliveries, 2026, open]"),
        ("targets[2026].stat", "column or row called 'stat'", "did you mean status"),
        ("buybacks.apart.shares", "row called 'apart'", "apart is empty"),
        ("buybacks.cumulative_shares.low", "column called 'low'", "cumulative_shares has nothing below it"),
        ("targets[0].status.low", "column called 'low'", "the column status has nothing below it"),
    ],
)
def test_what_is_not_there_is_told_with_what_is(shipped_path: Path, path: str, what: str, there: str) -> None:
    with pytest.raises(NotFound) as refused:
        why(shipped_path, path)
    assert what in refused.value.message
    assert there in refused.value.fix


def test_that_several_rows_are_meant_is_told_with_a_way_to_mean_one(shipped_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"path-ambiguous.*2 rows of targets.*\n.*targets\[2025\] or targets\[0\]"):
        why(shipped_path, "targets.status")


def test_both_clocks_decide_what_it_rests_on(shipped_path: Path) -> None:
    then = why(shipped_path, "buybacks.cumulative_shares", as_of="2025-12-31")
    assert (then.value, then.basis.as_of) == ("40795400", "2025-12-31")
    assert [row["source"] for row in then.evidence] == [DISCLOSURE]
    with pytest.raises(NotFound, match="xiaomi"):
        why(shipped_path, "buybacks.cumulative_shares", as_recorded="1")


def test_a_correction_stands_behind_the_report_that_it_corrects(path: Path) -> None:
    timeline = Timeline.open(path)
    before = why(path, "buybacks.spend.value")
    timeline.correct("3994a9cd", ["value=HKD 191 million"], reason="we erred", note="a slip")
    found = why(path, "buybacks.spend.value")
    assert (before.value, found.value) == ("698362184", "698762184")
    _, report, correction = found.evidence
    assert (report["event"][:8], report["role"], correction["role"]) == ("3994a9cd", "accepted", "correction")
    assert "HKD 191 million" in report["summary"]
    assert (correction["kind"], correction["source"]) == ("event.corrected", None)
    position = timeline.companies().basis.position - 1
    assert why(path, "buybacks.spend.value", as_recorded=str(position)).evidence == before.evidence


def test_reports_that_disagree_or_were_revised_are_named_and_marked(tmp_path: Path) -> None:
    def paid(name: str, day: str, value: str, kind: str = "news", **fields: str) -> File:
        head = {"id": name, "kind": kind, "title": name, "published": f"{day}T09:00:00Z", "publisher": name[:4]}
        fact = {"kind": "buyback.executed", "company": "acme", "occurred": "2025-03-18", "shares": "1,000,000"}
        return File(head, ({"key": "k", **fact, "value": value, "share_class": "B", "venue": "XHKG", **fields},))

    bases.load(tmp_path / "facts.db", [REGISTER])
    bases.load(
        tmp_path / "facts.db",
        [
            paid("wire-1", "2025-03-19", "HKD 30 million"),
            paid("wire-2", "2025-03-20", "HKD 38.1 million"),
            paid("post", "2025-03-20", "HKD 38 million"),
            paid("file", "2025-03-21", "HKD 38,120,000", "filing"),
        ],
    )
    found = why(tmp_path / "facts.db", "buybacks.executions.value", "acme")
    assert {(row["source"], row["role"]) for row in found.evidence} == {
        ("file", "accepted"),
        ("wire-2", "agrees"),
        ("wire-1", "superseded"),
        ("post", "agrees"),
    }
    clashing = File(
        paid("tele", "2025-03-22", "HKD 50 million").head, paid("tele", "2025-03-22", "HKD 50 million").facts
    )
    bases.load(tmp_path / "facts.db", [clashing])
    again = why(tmp_path / "facts.db", "buybacks.executions.value", "acme")
    assert ("tele", "disagrees") in {(row["source"], row["role"]) for row in again.evidence}


def test_a_figure_in_todays_shares_rests_on_the_split_and_one_that_is_not_does_not(tmp_path: Path) -> None:
    def told_by(name: str, day: str, **fact: str) -> File:
        head = {"id": name, "kind": "filing", "title": name, "published": f"{day}T09:00:00Z"}
        return File(head, ({"key": "k", "company": "acme", "occurred": day, **fact},))

    path = tmp_path / "facts.db"
    bases.load(path, [REGISTER])
    bases.load(
        path,
        [
            told_by("before", "2025-06-20", kind="buyback.executed", shares="5,000,000", value="HKD 200,000,000"),
            told_by("after", "2025-07-03", kind="buyback.executed", shares="8,000,000", value="HKD 80,000,000"),
            told_by("split", "2025-06-30", kind="capital.changed", change="split", ratio="4:1", ex_day="2025-07-01"),
        ],
    )
    total = why(path, "buybacks.cumulative_shares", "acme")
    assert total.value == "28000000"
    assert [(row["source"], row["role"]) for row in total.evidence] == [
        ("before", "accepted"),
        ("split", "split"),
        ("after", "accepted"),
    ]
    assert [row["source"] for row in why(path, "buybacks.executions[-1].shares", "acme").evidence] == ["after"]


def test_a_report_that_stands_apart_rests_also_on_what_it_could_be_of(tmp_path: Path) -> None:
    def bought(name: str, occurred: str) -> File:
        head = {"id": name, "kind": "news", "title": name, "published": "2025-04-01T09:00:00Z"}
        fact = {"kind": "buyback.executed", "company": "acme", "occurred": occurred, "shares": "5,000,000"}
        return File(head, ({"key": "k", **fact},))

    path = tmp_path / "facts.db"
    bases.load(path, [REGISTER])
    bases.load(path, [bought("one", "2025-03-19"), bought("two", "2025-03-20"), bought("vague", "2025-03")])
    found = why(path, "buybacks.apart.fits", "acme")
    assert (found.value, {(row["source"], row["role"]) for row in found.evidence}) == (
        "2",
        {("one", "alike"), ("two", "alike"), ("vague", "apart")},
    )


def test_a_stopped_topic_has_no_figures_to_ask_about(path: Path) -> None:
    with bases.opened(path) as connection:
        triggers = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        for name in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute(
            """UPDATE body SET body = '{"v":99,"payload":{}}'
               WHERE position = (SELECT position FROM event WHERE kind = 'charge.announced')"""
        )
    with pytest.raises(TimelineError, match=r"charges is stopped: event .* cannot be read") as refused:
        why(path, "charges", "general-motors")
    assert refused.value.exit_code == 1


@pytest.fixture(scope="module")
def every_kind(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped facts, and one of each kind about a company that is merged into another."""
    folder = tmp_path_factory.mktemp("kinds")
    bases.load(folder / "facts.db", [REGISTER._replace(facts=REGISTER.facts[1:])])
    Timeline.open(folder / "facts.db").load([str(FIXTURES), golden.written(golden.every(), folder)])
    return folder / "facts.db"


def test_every_figure_of_every_company_follows_from_the_events_named_for_it_alone(every_kind: Path) -> None:
    assert list(_unfounded(every_kind)) == []


def _unfounded(path: Path) -> Iterator[Any]:
    with closing(open_reader(path)) as connection:
        reader = Reader(connection)
        for company in sorted(names.companies(connection)):
            for topic, found, events in unfounded(company, company_events(reader, company)):
                yield company, topic, found.key, found.value, sorted(events)
