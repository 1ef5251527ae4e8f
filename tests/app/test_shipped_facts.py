"""What follows from the shipped facts, each figure checked by hand against the article and the reports before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline.render.data import page_json

if TYPE_CHECKING:
    from timeline import Timeline
    from timeline.section import Section

ARTICLE = "xiaomi-2026-strategy"
BLOOMBERG = "topologypro-2025-03-19-bloomberg-ev-target"
MITRADE = "mitrade-2025-11-20-ev-target"
RETURN = "ttmgoal-2025-11-20-next-day-disclosure"

Json = dict[str, Any]


def section(shipped: Timeline, topic: str, company: str = "xiaomi") -> Section:
    return next(section for layout, section in shipped.show(company).parts if layout.topic == topic)


def cells(shipped: Timeline, topic: str) -> list[str]:
    """All words of a topic in the head of the page."""
    return [cell for line in section(shipped, topic).headlines for cell in line.cells]


def test_show_has_the_keys_that_other_programs_rely_on(xiaomi: Json) -> None:
    assert list(xiaomi) == ["schema", "company", "as_of", "as_recorded", "position", "sections"]
    assert xiaomi["schema"] == "timeline.show/1"
    assert xiaomi["company"] == {"slug": "xiaomi", "name": "Xiaomi Corporation"}
    assert (xiaomi["as_of"], xiaomi["as_recorded"], xiaomi["position"]) == (None, None, 100)
    buybacks, targets, products = (xiaomi["sections"][topic] for topic in ("buybacks", "targets", "products"))
    assert {"cumulative_shares", "cumulative_as_of", "percent_of_capital", "programmes", "executions"} <= set(buybacks)
    execution = {"occurred", "shares", "value", "currency", "price_low", "price_high", "event", "sources"}
    assert all(execution <= set(row) for row in buybacks["executions"])
    assert all({"metric", "period", "unit", "revisions", "outcome", "status"} <= set(row) for row in targets["targets"])
    revision = {"occurred", "low", "high", "printed", "action", "change_percent", "event", "sources"}
    assert all(revision <= set(row) for target in targets["targets"] for row in target["revisions"])
    assert {"low", "high", "printed", "event"} <= set(targets["targets"][0]["outcome"])
    assert all({"product", "milestones", "price", "features"} <= set(row) for row in products["products"])
    milestones = [row for product in products["products"] for row in product["milestones"]]
    assert all({"stage", "when", "certainty", "event"} <= set(row) for row in milestones)


def test_the_target_for_2025_is_audited_revision_by_revision(targets: list[Json]) -> None:
    first, raised, again = targets[0]["revisions"]
    assert (targets[0]["metric"], targets[0]["period"]) == ("EV deliveries", "2025")
    told = (
        "day",
        "action",
        "printed",
        "low",
        "high",
        "change_percent_printed",
        "change_on_first_percent_printed",
        "said_by",
        "sources",
    )
    assert [first[name] for name in told] == [
        *("2025-03-17", "initial", "300,000", "300000", "300000", None, None, "Lei Jun"),
        [BLOOMBERG, ARTICLE],
    ]
    assert [raised[name] for name in told] == [
        *("2025-03-18", "raised", "350,000", "350000", "350000", "+16.7 %", "+16.7 %", "Lei Jun"),
        [BLOOMBERG],
    ]
    assert [again[name] for name in told] == [
        *("2025-11-20", "raised", "over 400,000", "400000", None, "> +14.3 %", "> +33.3 %", None),
        [MITRADE],
    ]


def test_its_outcome_is_more_than_36_7_percent_above_the_first_target_and_meets_the_last(targets: list[Json]) -> None:
    outcome = targets[0]["outcome"]
    assert (outcome["printed"], outcome["low"], outcome["high"]) == ("over 410,000", "410000", None)
    assert outcome["sources"] == [ARTICLE]
    # 410,000 / 300,000 = 1.3667; "over 410,000" against "over 400,000" leaves the growth open on both sides.
    assert targets[0]["outcome_on_first_percent_printed"] == "> +36.7 %"
    assert targets[0]["outcome_on_last_percent_printed"] is None
    assert targets[0]["status"] == "met"


def test_a_raise_without_a_figure_is_kept_as_a_mention_that_revises_nothing(targets: list[Json]) -> None:
    (mention,) = targets[0]["mentions"]
    assert (mention["occurred"], mention["action"], mention["printed"]) == ("2025", "raised", None)
    assert mention["sources"] == [ARTICLE]


def test_the_target_for_2026_is_open_and_less_than_34_1_percent_above_2025(
    targets: list[Json], shipped: Timeline
) -> None:
    (revision,) = targets[1]["revisions"]
    assert (targets[1]["period"], targets[1]["status"], targets[1]["outcome"]) == ("2026", "open", None)
    assert (revision["occurred"], revision["printed"], revision["said_by"]) == ("2026-01~", "550,000", "Lei Jun")
    # 550,000 / 410,000 = 1.3415, and more were delivered.
    assert cells(shipped, "targets") == [
        "2025  >410,000  met >400,000",
        "2026 target 550,000  open",
        "first target 300,000, raised twice",
        "< +34.1 % on 2025",
    ]


def test_the_audit_notes_that_the_article_compares_with_a_target_that_was_no_longer_current(shipped: Timeline) -> None:
    (finding,) = shipped.audit("xiaomi", only=["targets"]).findings
    assert (finding.rule, finding.severity, finding.sources) == ("target-superseded", "note", (ARTICLE,))
    assert finding.what.startswith("compares the outcome with 300,000, which was no longer the target")
    kinds = [shipped.event(event).envelope["kind"] for event in finding.events]
    assert kinds == ["result.reported", "target.set", "target.set"]


def test_the_audit_of_all_companies_leaves_out_those_without_targets(shipped: Timeline) -> None:
    assert [page.slug for page in shipped.audit(only=["targets"]).parts] == ["xiaomi"]
    assert [page.slug for page in shipped.audit("ford", only=["targets"]).parts] == ["ford"]


def test_the_first_target_and_the_first_profit_stand_in_two_sources_each_and_are_one_occurrence_each(
    shipped: Timeline, xiaomi: Json
) -> None:
    profits = [row for row in xiaomi["sections"]["results"]["results"] if row["first"] == "first profit"]
    assert [(row["segment"], row["period"], row["value"], row["sources"]) for row in profits] == [
        ("EV division", "2025-35", "700000000", [MITRADE, ARTICLE])
    ]
    assert [(line.label, line.cells, line.sources) for line in section(shipped, "results").headlines] == [
        ("EV division", ("first profit in Q3 2025, CNY 700m",), 2)
    ]
    first = next(
        row
        for row in shipped.events("xiaomi").rows
        if row["summary"].startswith("metric EV deliveries, period 2025, action initial")
    )
    reports = shipped.event(first["id"]).reports
    assert {row["source"] for row in reports} == {BLOOMBERG, ARTICLE}


def test_buybacks_come_to_162_million_of_which_18_5_are_itemised(xiaomi: Json, shipped: Timeline) -> None:
    buybacks = xiaomi["sections"]["buybacks"]
    assert (buybacks["cumulative_shares"], buybacks["cumulative_as_of"]) == ("162000000", "2026-01-08")
    assert (buybacks["itemised_shares"], buybacks["unitemised_shares"]) == ("18500000", "143500000")
    assert buybacks["percent_of_capital"] == "0.63"
    assert (buybacks["programme"], buybacks["programme_inferred"]) == ("2025-06-05", True)
    assert [(row["occurred"], row["shares"], row["value"], row["average"]) for row in buybacks["executions"]] == [
        ("2025-11-20", "13500000", "507762184", "37.61"),
        # 190.6 million / 5 million
        ("2026-01-08", "5000000", "190600000", "38.12"),
    ]
    (spend,) = buybacks["spend"]
    # 507,762,184 + 190,600,000, and that by 18.5 million
    assert (spend["currency"], spend["value"], spend["average"]) == ("HKD", "698362184", "37.75")
    assert cells(shipped, "buybacks") == [
        "162m shares to 8 Jan 2026",
        "~0.63 % of capital",
        "mandate of 2025-06-05?",
        "18.5m itemised, 143.5m not",
        "last 5m at HKD 38.12",
    ]


def test_the_research_plan_is_40_billion_a_year_against_21(xiaomi: Json) -> None:
    (plan,) = xiaomi["sections"]["investments"]["plans"]
    (made,) = xiaomi["sections"]["investments"]["made"]
    assert (plan["period"], plan["amount"], plan["per_year"]) == ("2026/2030", "200000000000", "40000000000")
    assert (made["period"], made["amount"], made["per_year"]) == ("2021/2025", "105000000000", "21000000000")


def test_the_facelift_is_on_sale_in_advance_and_due_in_april_at_229_900(xiaomi: Json) -> None:
    (facelift,) = (row for row in xiaomi["sections"]["products"]["products"] if row["product"] == "SU7 facelift")
    assert [(row["stage"], row["when"], row["certainty"]) for row in facelift["milestones"]] == [
        ("preorders", "2026-01", "done"),
        ("launch", "2026-04", "planned"),
    ]
    assert (facelift["price"], facelift["currency"], facelift["price_basis"]) == ("229900", "CNY", "starting price")
    assert sorted(facelift["features"]) == [
        "Hyper Autonomous Driving",
        "powertrain options with the V6s-Plus motor",
        "standard LiDAR sensor",
    ]
    assert facelift["rivals"] == ["Tesla", "BYD"]


def test_the_market_of_8_january(xiaomi: Json) -> None:
    market = xiaomi["sections"]["market"]
    close = next(row for row in market["prices"] if row["what"] == "close")
    assert (close["occurred"], close["price"], close["change"]) == ("2026-01-08", "38.00", "-0.42")
    (flow,) = market["flows"]
    assert (flow["channel"], flow["value"], flow["streak"]) == ("Northbound Stock Connect", "1071000000", "6")
    assert (flow["sum_low"], flow["sum_high"], flow["sum_sessions"]) == ("4680000000", None, "6")
    (block,) = market["trades"]
    assert (block["occurred"], block["side"], block["shares"], block["price"]) == (
        "2026-01-08?",
        "sell",
        "6500000",
        "38.02",
    )


def test_general_motors_and_ford(shipped: Timeline) -> None:
    gm = page_json(shipped.show("general-motors"))["sections"]
    (charge,) = gm["charges"]["charges"]
    assert (charge["occurred"], charge["type"], charge["value"], charge["currency"]) == (
        "2026-01-08",
        "impairment",
        "6000000000",
        "USD",
    )
    assert [row["category"] for row in gm["statements"]["statements"]] == ["strategy"]
    assert list(page_json(shipped.show("ford"))["sections"]) == ["statements", "profile"]


def test_a_fact_about_several_companies_is_shown_with_the_one_it_is_about(shipped: Timeline) -> None:
    (opinion,) = page_json(shipped.show("xiaomi"))["sections"]["analysts"]["opinions"]
    assert (opinion["by"], opinion["analysts"]) == ("Daiwa", "Kelvin Lau")
    assert list(page_json(shipped.show("daiwa"))["sections"]) == ["profile"]


def test_every_fact_of_every_company_is_on_its_page(shipped: Timeline) -> None:
    for company in shipped.companies().rows:
        slug = company["company"]
        shown = str(page_json(shipped.show(slug)))
        reported = {row["id"]: row["kind"] for row in shipped.events(slug).rows}
        missing = {event: kind for event, kind in reported.items() if event not in shown}
        # Told once in the words of another source, or as fields.
        assert set(missing.values()) <= {"target.set", "company.registered"}, missing


def test_what_is_upcoming_on_the_day_of_the_article(shipped: Timeline) -> None:
    told = [(row["due"], row["state"], row["what"]) for row in shipped.upcoming(today="2026-01-09").rows]
    assert told == [
        ("2025-06/2025-08", "overdue", "SUV model launch"),
        ("2026-04", "ahead", "SU7 facelift launch"),
        ("../2026-12-31", "open", "EV deliveries 550,000"),
        ("../2026-12-31", "open", "own chips, operating systems and AI models integrated"),
        ("2027", "ahead", "EVs launch (overseas)"),
        ("../2030-12-31", "open", "R&D: CNY 200bn invested"),
    ]


def test_a_promise_is_due_within_its_window_and_overdue_after_it_and_a_date_passes(shipped: Timeline) -> None:
    def state(today: str, what: str) -> str | None:
        rows = shipped.upcoming("xiaomi", today=today).rows
        return next((row["state"] for row in rows if row["what"] == what), None)

    launch, moratorium = "SU7 facelift launch", "end of the moratorium on new share issues"
    states = [state(day, launch) for day in ("2026-03-31", "2026-04-01", "2026-04-30", "2026-05-01")]
    assert states == ["ahead", "due", "due", "overdue"]
    assert [state(day, moratorium) for day in ("2025-12-19", "2025-12-20", "2025-12-21")] == ["ahead", "due", None]


def test_sources_come_by_their_publication_with_the_number_of_their_facts(shipped: Timeline) -> None:
    told = [(row["source"], row["published"], row["events"]) for row in shipped.sources().rows]
    assert [row[:2] for row in told] == [
        (BLOOMBERG, "2025-03-19+08:00"),
        (MITRADE, "2025-11-20+08:00"),
        (RETURN, "2025-11-20+08:00"),
        (ARTICLE, "2026-01-09T09:46:04+01:00"),
        ("company-register", "2026-01-09+00:00"),
    ]
    assert sum(int(row[2]) for row in told) == 95
