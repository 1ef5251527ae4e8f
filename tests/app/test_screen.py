"""Questions across companies: three made-up ones with figures worked out by hand, the shipped facts, what is stale."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import timeline as package
from tests.laws import bases
from timeline import Timeline
from timeline.app import fold
from timeline.app.fingerprint import fingerprint
from timeline.app.screen import TAKES, reading
from timeline.cli.screen import TAKES as OPTIONS
from timeline.errors import InvalidInput, NotFound, Unfoldable, Unverified
from timeline.render.data import listing_json
from timeline.store import models

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.page import Listing

REGISTER = """
schema: timeline/source/1
source: {id: register, kind: reference, title: Register, published: "2024-01-01", zone: UTC}
facts:
  - {key: a, kind: company.registered, company: acme, occurred: 2024-01-01, name: Acme}
  - {key: b, kind: company.registered, company: bolt, occurred: 2024-01-01, name: Bolt}
  - {key: c, kind: company.registered, company: coil, occurred: 2024-01-01, name: Coil}
"""
SPRING = """
schema: timeline/source/1
source: {id: spring, kind: news, title: Spring, published: "2025-03-01", zone: UTC}
defaults: {occurred: 2025-03-01}
facts:
  - {key: a1, kind: target.set, company: acme, metric: revenue, period: 2025, value: "USD 100,000,000", action: initial}
  - {key: a2, kind: buyback.executed, company: acme, shares: "1,000,000", value: "USD 20,000,000"}
  - {key: a3, kind: product.staged, company: acme, product: Anvil, stage: launch, certainty: planned, due: 2025-05}
  - {key: b1, kind: target.set, company: bolt, metric: revenue, period: 2025, value: "USD 200,000,000", action: initial}
  - {key: b2, kind: buyback.executed, company: bolt, shares: "3,000,000", value: "EUR 30,000,000"}
  - {key: b3, kind: product.staged, company: bolt, product: Bulb, stage: launch, certainty: planned, due: 2025-04-10}
  - {key: c1, kind: target.set, company: coil, metric: EV deliveries, period: 2025, value: "50,000", action: initial}
  - {key: c2, kind: charge.announced, company: coil, value: USD 7 million, type: impairment}
"""
SUMMER = """
schema: timeline/source/1
source: {id: summer, kind: filing, title: Summer, published: "2025-08-01", zone: UTC}
defaults: {occurred: 2025-08-01}
facts:
  - {key: a1, kind: target.set, company: acme, metric: revenue, period: 2025, value: "USD 120,000,000", action: raised}
  - {key: a2, kind: buyback.executed, company: acme, shares: "500,000", value: "EUR 9,000,000"}
  - {key: a3, kind: buyback.totalled, company: acme, shares: "4,000,000", since: 2025-01-01, percent: 0.5 %}
  - {key: b1, kind: target.set, company: bolt, metric: revenue, period: 2025, value: "USD 150,000,000", action: cut}
  - {key: b2, kind: buyback.executed, company: bolt, shares: "1,000,000", value: "EUR 12,000,000"}
  - {key: c1, kind: target.set, company: coil, metric: EV deliveries, period: 2025, value: "40,000", action: cut}
  - {key: c2, kind: charge.announced, company: coil, value: USD 9 million, type: restructuring}
"""
WINTER = """
schema: timeline/source/1
source: {id: winter, kind: filing, title: Winter, published: "2026-01-20", zone: UTC}
defaults: {occurred: 2026-01-20}
facts:
  - {key: a1, kind: result.reported, company: acme, metric: revenue, period: 2025, value: "USD 90,000,000"}
  - {key: b1, kind: result.reported, company: bolt, metric: revenue, period: 2025, value: "USD 147,000,000"}
  - {key: c1, kind: result.reported, company: coil, metric: EV deliveries, period: 2025, value: "44,000", first: record}
"""


@pytest.fixture(scope="module")
def made_up_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("screened")
    for number, text in enumerate((REGISTER, SPRING, SUMMER, WINTER)):
        (folder / f"{number}.yaml").write_text(text)
    Timeline.open(folder / "facts.db").load([str(folder)])
    return folder / "facts.db"


@pytest.fixture(scope="module")
def made_up(made_up_path: Path) -> Timeline:
    return Timeline.open(made_up_path)


@pytest.fixture
def path(made_up_path: Path, tmp_path: Path) -> Path:
    """A copy that may be damaged."""
    (tmp_path / "facts.db").write_bytes(made_up_path.read_bytes())
    return tmp_path / "facts.db"


def told(listing: Listing, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in columns) for row in listing.rows]


def test_targets_raised_and_cut_are_told_with_their_change_latest_first(made_up: Timeline) -> None:
    columns = ("day", "company", "action", "previous", "printed", "change_percent")
    assert told(made_up.screen("targets", since="2025-06-01"), *columns) == [
        ("2025-08-01", "acme", "raised", "USD 100,000,000", "USD 120,000,000", "20"),
        ("2025-08-01", "bolt", "cut", "USD 200,000,000", "USD 150,000,000", "-25"),
        ("2025-08-01", "coil", "cut", "50,000", "40,000", "-20"),
    ]
    assert told(made_up.screen("targets", raised=True), "company") == [("acme",)]
    assert told(made_up.screen("targets", cut=True), "company") == [("bolt",), ("coil",)]
    assert told(made_up.screen("targets", raised=True, cut=True, metric="Sales"), "company") == [("acme",), ("bolt",)]
    assert made_up.screen("targets", since="2025-08-02").rows == ()
    assert len(made_up.screen("targets").rows) == 6


def test_new_guidance_is_the_first_target_of_each_period(made_up: Timeline) -> None:
    assert told(made_up.screen("guidance"), "day", "company", "printed") == [
        ("2025-03-01", "acme", "USD 100,000,000"),
        ("2025-03-01", "bolt", "USD 200,000,000"),
        ("2025-03-01", "coil", "50,000"),
    ]
    assert made_up.screen("guidance", since="2025-03-02").rows == ()


def test_outcomes_are_told_against_the_last_target_the_biggest_miss_first(made_up: Timeline) -> None:
    columns = ("company", "target", "first_target", "outcome", "change_percent", "status")
    assert told(made_up.screen("misses"), *columns) == [
        ("acme", "USD 120,000,000", "USD 100,000,000", "USD 90,000,000", "-25", "missed"),
        ("bolt", "USD 150,000,000", "USD 200,000,000", "USD 147,000,000", "-2", "missed"),
    ]
    assert told(made_up.screen("misses", beats=True), *columns) == [
        ("coil", "40,000", "50,000", "44,000", "10", "beat")
    ]
    assert made_up.screen("misses", since="2026-01-21").rows == ()


def test_buybacks_are_told_by_size_and_share_of_capital(made_up: Timeline) -> None:
    columns = ("company", "purchases", "shares", "currency", "value", "cumulative_shares", "percent_of_capital")
    acme = ("acme", "2", "1500000", None, None, "4000000", "0.5")
    bolt = ("bolt", "2", "4000000", "EUR", "42000000", "4000000", None)
    assert told(made_up.screen("buybacks"), *columns) == [acme, bolt]
    assert told(made_up.screen("buybacks", by="percent"), *columns) == [acme, bolt]


def test_amounts_of_buybacks_are_ordered_within_their_currency(made_up: Timeline) -> None:
    columns = ("currency", "value", "company", "shares", "average", "last")
    assert told(made_up.screen("buybacks", by="value"), *columns) == [
        ("EUR", "42000000", "bolt", "4000000", "10.50", "2025-08-01"),
        ("EUR", "9000000", "acme", "500000", "18.00", "2025-08-01"),
        ("USD", "20000000", "acme", "1000000", "20.00", "2025-03-01"),
    ]
    assert told(made_up.screen("buybacks", currency="usd"), "company", "value") == [("acme", "20000000")]


def test_buybacks_since_a_day_count_only_what_was_bought_since(made_up: Timeline) -> None:
    columns = ("company", "purchases", "shares", "currency", "value")
    assert told(made_up.screen("buybacks", since="2025-04-01"), *columns) == [
        ("bolt", "1", "1000000", "EUR", "12000000"),
        ("acme", "1", "500000", "EUR", "9000000"),
    ]
    assert made_up.screen("buybacks", since="2025-08-02").rows == ()


def test_promises_past_their_window_come_oldest_first(made_up: Timeline) -> None:
    assert told(made_up.screen("overdue", today="2025-06-10"), "company", "what", "last", "days") == [
        ("bolt", "Bulb launch", "2025-04-10", "61"),
        ("acme", "Anvil launch", "2025-05-31", "10"),
    ]
    assert made_up.screen("overdue", today="2025-04-10").rows == ()
    assert told(made_up.screen("overdue", as_of="2025-05-31"), "company") == [("bolt",)]


def test_firsts_and_charges_are_told(made_up: Timeline) -> None:
    assert told(made_up.screen("firsts"), "company", "first", "value") == [("coil", "record", "44000")]
    assert made_up.screen("firsts", since="2026-01-01").rows == ()
    assert told(made_up.screen("charges"), "type", "value", "currency") == [
        ("restructuring", "9000000", "USD"),
        ("impairment", "7000000", "USD"),
    ]
    assert told(made_up.screen("charges", since="2025-04-01"), "type") == [("restructuring",)]
    assert made_up.screen("charges", currency="EUR").rows == ()


def test_an_answer_can_be_sorted_by_any_column_and_cut(made_up: Timeline) -> None:
    assert told(made_up.screen("targets", sort="change_percent", limit=2), "company") == [("bolt",), ("coil",)]
    assert told(made_up.screen("targets", sort="-change_percent", limit=1), "company") == [("acme",)]
    assert told(made_up.screen("targets", limit=1), "company", "day") == [("acme", "2025-08-01")]
    assert made_up.screen("targets", limit=0).rows == ()
    assert told(made_up.screen("targets", sort="change_percent"), "change_percent")[-1] == (None,)


@pytest.mark.parametrize("name", TAKES)
def test_a_screen_on_a_clock_is_that_of_what_was_known_then(made_up: Timeline, name: str) -> None:
    now = made_up.screen(name)
    steps: list[tuple[str, int, int]] = []
    then = made_up.screen(name, as_recorded=str(now.basis.position), progress=lambda *step: steps.append(step))
    assert (then.rows, then.table) == (now.rows, now.table)
    assert steps == [("acme", 1, 3), ("bolt", 2, 3), ("coil", 3, 3)]
    assert listing_json(now)["schema"] == "timeline.screen/1"


def test_no_look_ahead_on_the_published_clock(made_up: Timeline) -> None:
    assert told(made_up.screen("targets", as_of="2025-07-31"), "company", "action") == [
        ("acme", "initial"),
        ("bolt", "initial"),
        ("coil", "initial"),
    ]
    assert made_up.screen("misses", as_of="2026-01-19").rows == ()


@pytest.mark.parametrize("how", ["of another version", "older than the last event", "not there"])
@pytest.mark.parametrize("name", TAKES)
def test_what_is_stale_is_folded_from_the_log(
    path: Path, made_up: Timeline, name: str, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_stale(path, "bolt", how)
    folded: list[str] = []
    original = fold.fold

    def counted(reader: Any, company: str, *clock: Any) -> Any:  # noqa: ANN401
        folded.append(company)
        return original(reader, company, *clock)

    monkeypatch.setattr(fold, "fold", counted)
    found = Timeline.open(path).screen(name)
    assert (found.rows, found.findings, folded) == (made_up.screen(name).rows, (), ["bolt"])


def test_promises_of_a_topic_that_is_not_stored_are_not_left_out(path: Path, made_up: Timeline) -> None:
    with bases.opened(path) as connection:
        models.remove(connection, "bolt", "products")
    assert Timeline.open(path).screen("overdue").rows == made_up.screen("overdue").rows


@pytest.mark.parametrize("name", ["targets", "overdue"])
def test_where_much_is_stale_it_is_left_out_and_named(
    path: Path, made_up: Timeline, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_FOLDED", 1)
    make_stale(path, "acme", "of another version")
    make_stale(path, "coil", "older than the last event")
    found = Timeline.open(path).screen(name)
    assert found.rows == tuple(row for row in made_up.screen(name).rows if row["company"] == "bolt")
    (finding,) = found.findings
    assert (finding.rule, finding.severity) == ("read-model-stale", "error")
    assert finding.what.startswith("2 companies are left out")
    assert finding.what.endswith("run: timeline rebuild. They are acme, coil")


def make_stale(path: Path, company: str, how: str) -> None:
    """Let the read models of a company be sound but empty, as it was not so long ago."""
    version, position = ("other", 1_000) if how == "of another version" else (fingerprint(), 5)
    with bases.opened(path) as connection:
        for (topic,) in connection.execute("SELECT topic FROM read_model WHERE company = ?", (company,)).fetchall():
            models.write(connection, company, topic, version, position, {})
            if how == "not there":
                models.remove(connection, company, topic)


@pytest.mark.parametrize(("name", "topic"), [("buybacks", "buybacks"), ("overdue", "products")])
def test_a_read_model_that_was_tampered_with_is_not_shown(path: Path, name: str, topic: str) -> None:
    damage(path, f"UPDATE read_item SET data = replace(data, '2025', '2024') WHERE topic = '{topic}'")  # noqa: S608
    with pytest.raises(Unverified, match=f"the read model {topic} of acme is not what was stored"):
        Timeline.open(path).screen(name)


@pytest.mark.parametrize("name", ["targets", "overdue"])
@pytest.mark.parametrize("rebuilt", [True, False], ids=["stored", "folded"])
def test_a_stopped_topic_is_told(path: Path, name: str, *, rebuilt: bool) -> None:
    damage(
        path,
        "DROP TRIGGER body_update",
        "UPDATE body SET body = '{}' WHERE position IN"
        " (SELECT position FROM event WHERE kind = 'target.set' AND company = 'coil')",
        "DELETE FROM read_model WHERE company = 'coil'",
    )
    if rebuilt:
        Timeline.open(path).rebuild()
    found = Timeline.open(path).screen(name)
    assert "coil" not in {row["company"] for row in found.rows}
    (finding,) = found.findings
    assert (finding.rule, finding.severity, finding.topic) == ("topic-stopped", "error", "targets")
    assert finding.what.startswith("coil: event ")


@pytest.mark.parametrize("name", ["targets", "overdue"])
def test_a_company_that_the_program_cannot_cope_with_is_told(
    path: Path, made_up: Timeline, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_stale(path, "coil", "not there")

    def failing(reader: Any, company: str, *clock: Any) -> Any:  # noqa: ANN401
        del reader, clock
        raise Unfoldable(company, "targets", "division by zero")

    monkeypatch.setattr(fold, "fold", failing)
    found = Timeline.open(path).screen(name)
    assert found.rows == tuple(row for row in made_up.screen(name).rows if row["company"] != "coil")
    (finding,) = found.findings
    assert (finding.rule, finding.severity, finding.company) == ("company-stopped", "error", "coil")


def test_companies_that_are_one_are_told_once(path: Path, tmp_path: Path) -> None:
    (tmp_path / "merger.yaml").write_text("""
schema: timeline/source/1
source: {id: merger, kind: filing, title: Merger, published: "2026-02-01", zone: UTC}
facts:
  - {key: a, kind: company.merged, company: coil, occurred: 2026-02-01, into: bolt}
""")
    Timeline.open(path).load([str(tmp_path / "merger.yaml")])
    assert told(Timeline.open(path).screen("targets", cut=True), "company", "metric") == [
        ("bolt", "EV deliveries"),
        ("bolt", "revenue"),
    ]


def test_a_choice_of_another_screen_is_refused(made_up: Timeline) -> None:
    with pytest.raises(InvalidInput, match="the screen overdue does not go by raised"):
        made_up.screen("overdue", raised=True)
    with pytest.raises(InvalidInput, match="--since 'soon'"):
        made_up.screen("targets", since="soon")
    with pytest.raises(NotFound, match="no screen called 'target'"):
        made_up.screen("target")
    with pytest.raises(NotFound, match="no column called 'size'"):
        made_up.screen("targets", sort="-size")


def test_the_command_line_offers_each_screen_what_it_goes_by() -> None:
    assert OPTIONS == TAKES


def test_the_shipped_facts_are_screened(shipped: Timeline) -> None:
    assert told(shipped.screen("targets", raised=True, since="2025-06-01"), "company", "previous", "printed") == [
        ("xiaomi", "350,000", "over 400,000")
    ]
    assert told(shipped.screen("misses", beats=True), "outcome", "target") == [("over 410,000", "over 400,000")]
    assert told(shipped.screen("buybacks", by="value"), "company", "currency", "value") == [
        ("xiaomi", "HKD", "698362184")
    ]
    assert told(shipped.screen("firsts"), "company", "first") == [("xiaomi", "first profit")]


def test_a_screen_loads_no_topic_and_none_of_the_heavy_libraries(made_up_path: Path) -> None:
    code = (
        "import sys; from timeline import Timeline; t = Timeline.open(sys.argv[1]);"
        "[t.screen(name) for name in ('targets', 'misses', 'buybacks', 'overdue')]; print(*sys.modules)"
    )
    root = Path(package.__file__).parent.parent
    command: Sequence[str] = [sys.executable, "-c", code, str(made_up_path)]
    loaded = set(subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout.split())
    assert "timeline.app.screen" in loaded
    assert (
        not {"timeline.topics", "timeline.history", "sqlalchemy", "sqlmodel", "pydantic", "yaml", "dateutil"} & loaded
    )


def damage(path: Path, *statements: str) -> None:
    with bases.opened(path) as connection:
        for statement in statements:
            connection.execute(statement)
