"""Grounds: for each topic, figures that come from other reports than the one that their row names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.laws.rests import unfounded
from tests.topics import build
from timeline.app.explaining.grounds import grounded
from timeline.app.explaining.path import split
from timeline.app.explaining.pointed import pointed
from timeline.catalog import catalog
from timeline.topics import affairs, agenda, analysts, buybacks, company, investments, market, products, targets
from timeline.topics.results import Reported

if TYPE_CHECKING:
    from timeline.event import Event, Payload


def told(source: str, payload: Payload, occurred: str) -> Event:
    """A report by a source of its own, on the evening of the day."""
    return build.event(payload, source=source, occurred=occurred, published=f"{occurred[-10:]}T20:00:00+00:00")


def described(events: tuple[Event, ...]) -> list[Event]:
    sources = {event.source: event.published for event in events}
    named = {name: build.source(published=published.text) for name, published in sources.items() if published}
    return [*events, *(build.recorded(name or "", source) for name, source in named.items())]


def target(source: str, day: str, action: Any, value: str) -> Event:  # noqa: ANN401 - any action
    payload = targets.Set(
        metric="EV deliveries", period=build.when("2025"), action=action, value=build.figure(value) if value else None
    )
    return told(source, payload, day)


def bought(source: str, day: str, shares: str, **fields: Any) -> Event:  # noqa: ANN401 - any field
    return told(source, buybacks.Executed(shares=build.figure(shares), value=build.figure("HKD 9m"), **fields), day)


def rated(source: str, day: str, **fields: Any) -> Event:  # noqa: ANN401 - any field
    return told(source, analysts.Rating(by="Daiwa", **fields), day)


def staged(source: str, day: str, due: str) -> Event:
    return told(
        source,
        products.Staged(product="Anvil", stage="launch", certainty="planned", due=build.when(due)),
        day,
    )


def flow(source: str, day: str, **fields: Any) -> Event:  # noqa: ANN401 - any field
    payload = market.Flow(channel="Southbound", value=build.figure("HKD 1bn"), direction="inflow", **fields)
    return told(source, payload, day)


def deal(source: str, day: str, **fields: Any) -> Event:  # noqa: ANN401 - any field
    return told(source, affairs.Deal(counterparty="Globex", type="merger", **fields), day)


def forecast(source: str, day: str, value: str) -> Event:
    return told(
        source,
        analysts.Forecast(by="Daiwa", metric="revenue", period=build.when("2025"), value=build.figure(value)),
        day,
    )


REVISED = (
    target("first", "2025-01-10", "initial", "300,000"),
    target("raise", "2025-03-10", "raised", "350,000"),
    target("again", "2025-06-10", "raised", "400,000"),
    told(
        "result",
        Reported(metric="EV deliveries", period=build.when("2025"), value=build.figure("410,000")),
        "2025-12-31",
    ),
)
PROGRAMME = (
    told("mandate", buybacks.Authorised(form="mandate", cap=build.figure("100 million shares")), "2025-06-05"),
    bought("old", "2025-07-01", "1,000,000"),
    told("total", buybacks.Totalled(since=build.when("../2025-07-31"), shares=build.figure("9,000,000")), "2025-07-31"),
    bought("new", "2025-08-01", "2,000,000"),
    bought("other", "2025-08-04", "2,000,000", programme=build.when("2025-06-05")),
)
RATED = (
    rated("buy", "2025-01-10", rating="buy", target_price=build.figure("HKD 40")),
    rated("price", "2025-02-10", target_price=build.figure("HKD 50")),
    rated("word", "2025-03-10", action="reiterated", horizon="12 months", rating=None, analyst="Lau"),
)
FORECAST = (forecast("low", "2025-01-10", "USD 1bn"), forecast("high", "2025-02-10", "USD 2bn"))
PLANNED = (staged("april", "2025-01-10", "2025-04"), staged("may", "2025-02-10", "2025-05"))
FLOWS = (flow("one", "2025-03-03"), flow("two", "2025-03-04", sessions=6, cumulative=build.figure("HKD 5bn")))
LATER = (*FLOWS, flow("three", "2025-03-05"))
DEALS = (
    deal("value", "2025-01-10", value=build.figure("USD 3bn")),
    deal("stage", "2025-02-10", stage="agreed"),
    deal("due", "2025-03-10", due=build.when("2026-06")),
    deal("last", "2025-04-10"),
)
SET = tuple(
    told(name, agenda.Scheduled(what="results", due=build.when(due)), day)
    for name, day, due in (("may", "2025-01-10", "2025-05-01"), ("june", "2025-02-10", "2025-06-01"))
)
INVESTED = (
    told(
        "plan",
        investments.Planned(amount=build.figure("CNY 200bn"), purpose="R&D", period=build.when("2026/2030")),
        "2026-01-08",
    ),
    *(
        told(
            name,
            investments.Made(amount=build.figure(amount), purpose="R&D", period=build.when(period)),
            "2026-01-08",
        )
        for name, amount, period in (("before", "CNY 105bn", "2021/2025"), ("made", "CNY 210bn", "2026/2030"))
    ),
)
NAMED = (
    told("register", company.Registered(name="Acme", country="KY"), "2020-01-01"),
    told("renamed", company.Renamed(name="Bacme", valid=build.when("2024-05-01/..")), "2024-05-01"),
)


@pytest.mark.parametrize(
    ("path", "events", "sources"),
    [
        ("targets[0].status", REVISED, "again result"),
        ("targets[0].outcome_on_first_percent", REVISED, "first result"),
        ("targets[0].outcome_on_last_percent_low", REVISED, "again result"),
        ("targets[0].outcome.change_percent", REVISED, "again result"),
        ("targets[0].revisions[2].change_percent", REVISED, "raise again"),
        ("targets[0].revisions[2].change_on_first_percent", REVISED, "first again"),
        ("targets[0].revisions[2].printed", REVISED, "again"),
        ("targets[0].status", (*REVISED, target("off", "2026-01-02", "withdrawn", "")), "again off result"),
        # The last purchase names the mandate, so that of itself it would need nothing to tell it.
        ("buybacks.cumulative_shares", PROGRAMME, "mandate total new other"),
        ("buybacks.cumulative_as_of", PROGRAMME, "other"),
        ("buybacks.unitemised_shares", PROGRAMME, "mandate old total"),
        ("buybacks.programme", PROGRAMME, "mandate"),
        ("buybacks.programmes[0].cap", PROGRAMME, "mandate"),
        ("buybacks.months[2025-08].value", PROGRAMME, "new other"),
        ("buybacks.spend[HKD].value", PROGRAMME, "old new other"),
        ("buybacks.executions[0].shares", PROGRAMME, "old"),
        ("analysts.ratings[0].rating", RATED, "buy word"),
        ("analysts.ratings[0].target_price", RATED, "price word"),
        ("analysts.ratings[0].history[1].change_percent", RATED, "buy price"),
        ("analysts.forecasts[1].change_percent", FORECAST, "low high"),
        ("products[Anvil].milestones.first_planned", PLANNED, "april may"),
        ("products[Anvil].milestones.slipped", PLANNED, "april may"),
        ("products[Anvil].milestones.when", PLANNED, "may"),
        ("market.flows.sum", LATER, "two three"),
        ("market.flows.itemised_low", LATER, "one two three"),
        ("market.flows.value", LATER, "three"),
        ("affairs.deals.value", DEALS, "value last"),
        ("affairs.deals.stage", DEALS, "stage last"),
        ("affairs.deals.due", DEALS, "due last"),
        ("agenda[0].moved", SET, "may june"),
        ("agenda[0].due", SET, "may"),
        ("investments.plans.change_percent", INVESTED, "plan before"),
        ("investments.plans.made_printed", INVESTED, "plan made"),
        ("profile.country", NAMED, "register"),
        ("profile.name", NAMED, "renamed"),
        ("profile.names[0].last", NAMED, "register renamed"),
    ],
)
def test_a_figure_rests_on_these_sources(path: str, events: tuple[Event, ...], sources: str) -> None:
    name, steps = split(path)
    topic = catalog().topic(name)
    assert topic is not None
    stream = build.stream(*events)
    found = pointed(topic.layout, topic.section(stream), steps)
    assert found.value not in (None, "")
    grounds = grounded(found, topic.grounds(topic.project(stream)), stream)
    assert {source for ground in grounds for source in ground.item.sources} == set(sources.split())


@pytest.mark.parametrize(
    "events",
    [REVISED, PROGRAMME, RATED, FORECAST, PLANNED, LATER, DEALS, SET, INVESTED, NAMED],
    ids=lambda each: each[0].kind,
)
def test_every_figure_follows_from_what_it_is_said_to_rest_on(events: tuple[Event, ...]) -> None:
    assert [(topic, found.key, names) for topic, found, names in unfounded(build.COMPANY, described(events))] == []
