"""Stock Connect: a channel that runs the wrong way for where a share is listed is found, and can be corrected."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checks.claims import claims, flow, found, listed, passed
from timeline import Timeline
from timeline.app.clocks import clock
from timeline.app.fold import tell, visible_stream
from timeline.check import findings
from timeline.checks.connect import check_connect, direction, is_linked
from timeline.cli import main
from timeline.event import event_id
from timeline.store.log import Reader
from timeline.store.opening import open_reader

if TYPE_CHECKING:
    from timeline.check import Verdict
    from timeline.event import Event
    from timeline.section import Finding

FIXTURES = Path(__file__).parents[2] / "fixtures"
ARTICLE = "xiaomi-2026-strategy"
SESSION = event_id(ARTICLE, "flow-2026-01-08")
SUM = event_id(ARTICLE, "flow-six-sessions-to-2026-01-08")


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("connect") / "facts.db"
    Timeline.open(path).load([str(FIXTURES)])
    return path


def verdicts(path: Path, as_recorded: int | None = None, company: str = "xiaomi") -> list[Verdict]:
    with closing(open_reader(Timeline.open(path).database)) as connection:
        moment = clock(None, None if as_recorded is None else str(as_recorded))
        return list(check_connect(tell(visible_stream(Reader(connection), company, moment)).claims))


def test_the_article_prints_northbound_for_a_share_that_is_listed_in_hong_kong(shipped: Path) -> None:
    (finding,) = findings(verdicts(shipped))
    assert (finding.rule, finding.severity, finding.topic) == ("connect-direction", "error", "market")
    assert finding.what == (
        "prints Northbound Stock Connect for a share listed in Hong Kong only; mainland money into Hong Kong runs"
        " Southbound"
    )
    assert sorted(finding.events) == sorted((SESSION, SUM))
    assert finding.sources == (ARTICLE,)
    assert finding.assumed == ("all its listings in Hong Kong, Shanghai and Shenzhen are on record",)


def test_a_correction_of_each_fact_quiets_the_audit_and_loses_nothing(shipped: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(shipped, tmp_path / "facts.db"))
    timeline = Timeline.open(path)
    before = timeline.show("xiaomi").basis.position
    timeline.correct(SESSION, ["channel=Southbound Stock Connect"], reason="source erred")
    assert [finding.events for finding in found_in(path)] == [(SUM,)]  # the other fact prints it too
    timeline.correct(SUM, ["channel=Southbound Stock Connect"], reason="source erred")
    assert (found_in(path), passed(verdicts(path))) == ([], ["connect-direction"])
    (then,) = found_in(path, before)
    assert sorted(then.events) == sorted((SESSION, SUM))


def test_an_event_that_was_corrected_still_shows_what_was_printed(
    shipped: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    database = ("--db", str(shutil.copy(shipped, tmp_path / "facts.db")))
    correction = ("correct", SESSION[:8], "channel=Southbound Stock Connect", "--reason", "source erred", "--yes")
    assert main([*database, *correction]) == 0
    capfd.readouterr()
    assert main([*database, "event", SESSION[:8], "--json"]) == 0
    told = json.loads(capfd.readouterr().out)
    assert told["body"]["payload"]["channel"] == "Northbound Stock Connect"
    assert [link["summary"].partition(",")[0] for link in told["chain"]] == [
        "source erred: channel Southbound Stock Connect"
    ]


def found_in(path: Path, as_recorded: int | None = None) -> list[Finding]:
    return list(findings(verdicts(path, as_recorded)))


@pytest.mark.parametrize(
    ("channel", "way"),
    [
        ("Northbound Stock Connect", "Northbound"),
        ("NORTHBOUND STOCK CONNECT", "Northbound"),
        ("Shanghai-Hong Kong Stock Connect (southbound)", "Southbound"),
        ("Northbound", "Northbound"),
        ("south-bound funds", "Southbound"),
        ("net northbound inflows", "Northbound"),
        ("北向资金", "Northbound"),
        ("沪股通", "Northbound"),
        ("深股通", "Northbound"),
        ("沪市港股通", "Southbound"),
        ("南向資金", "Southbound"),
        ("Stock Connect", None),
        ("Northbound and Southbound Stock Connect", None),
        ("Northbound Bond Connect", None),
        ("Southbound ETF", None),
        ("ETF", None),
    ],
)
def test_a_channel_tells_its_direction_in_english_or_chinese(channel: str, way: str | None) -> None:
    assert direction(channel) == way


@pytest.mark.parametrize("channel", ["Stock Connect", "沪深港通", "互联互通", "港股通", "Southbound"])
def test_the_link_is_known_by_its_names(channel: str) -> None:
    assert is_linked(channel)


@pytest.mark.parametrize("channel", ["Bond Connect", "Southbound ETF", "main funds", "northbound freight"])
def test_other_channels_are_not_the_link(channel: str) -> None:
    assert not is_linked(channel)


@pytest.mark.parametrize(
    ("mic", "channel", "what"),
    [
        (
            "XHKG",
            "北向资金",
            "prints 北向资金 for a share listed in Hong Kong only; mainland money into Hong Kong runs",
        ),
        (
            "XSHG",
            "Southbound",
            "prints Southbound for a share listed in Shanghai only; foreign money into Shanghai runs",
        ),
        ("XSHE", "港股通", "prints 港股通 for a share listed in Shenzhen only; foreign money into Shenzhen runs"),
    ],
)
def test_the_wrong_direction_is_found_on_either_side(mic: str, channel: str, what: str) -> None:
    (finding,) = findings(check_connect(claims(listed(mic), flow("2026-01-08", channel=channel))))
    assert finding.what.rpartition(" ")[0] == what


def test_one_finding_a_channel_names_every_report_of_it() -> None:
    told = claims(
        listed("XHKG"),
        *(flow(day, channel="Northbound", source=source) for day in ("2026-01-07", "2026-01-08") for source in "ab"),
    )
    (finding,) = findings(check_connect(told))
    assert (len(finding.events), finding.sources) == (4, ("a", "b"))


def test_a_sale_runs_the_way_of_its_channel_too() -> None:
    told = claims(listed("XHKG"), flow("2026-01-08", direction="outflow", channel="Northbound"))
    assert found(check_connect(told)) == ["connect-direction"]


@pytest.mark.parametrize(
    "listings",
    [
        [],
        [listed("XNYS", "LI")],
        [listed("XHKG", "1211"), listed("XSHE", "002594")],
        [listed("XHKG", valid="2026-01-09/..")],  # the day after
        [listed("XHKG", valid="2002/2010")],
    ],
)
def test_listed_on_both_sides_or_nowhere_there_is_nothing_to_compare(listings: list[Event]) -> None:
    assert list(check_connect(claims(*listings, flow("2026-01-08", channel="Northbound")))) == []


def test_a_listing_counts_on_the_day_of_the_flow() -> None:
    both = (listed("XHKG", valid="2018-07-09/.."), listed("XSHG", "688810", valid="2026-01-09/.."))
    assert found(check_connect(claims(*both, flow("2026-01-08", channel="Northbound")))) == ["connect-direction"]
    assert found(check_connect(claims(*both, flow("2026-01-12", channel="Northbound")))) == []


@given(
    st.sampled_from([("XHKG", "Southbound Stock Connect"), ("XSHG", "北向"), ("XSHE", "Northbound trading")]),
    st.dates(date(2020, 1, 1), date(2026, 1, 8)),
)
def test_the_right_direction_is_never_found(pair: tuple[str, str], day: date) -> None:
    mic, channel = pair
    told = claims(listed(mic), flow(day.isoformat(), channel=channel))
    assert (found(check_connect(told)), passed(check_connect(told))) == ([], ["connect-direction"])
