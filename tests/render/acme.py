"""A made-up company with something of everything that a page can hold."""

from timeline.page import Basis, Listing, Page
from timeline.section import Column, Finding, Headline, Layout, Promise, Section, Series, Table

BASIS = Basis(position=41, today="2026-05-02")
EVIDENCE = (Column("event", kind="id"), Column("sources", kind="ids"))
BOUGHT, SET, RAISED, MET, LAUNCH = (digit * 32 for digit in "3b7c9")
WIRE = "wire-2026-01-09-acme-raises-its-targets"

BUYBACKS = Layout(
    topic="buybacks",
    title="Buybacks",
    rank=10,
    fields=(
        Column("cumulative_shares", kind="number"),
        Column("cumulative_as_of", label="as of", kind="when"),
        Column("percent_of_capital", label="% of capital", kind="number"),
        Column("programme_inferred", kind="flag", shown=False),
    ),
    tables=(
        Table(
            "executions",
            "Purchases",
            (
                Column("occurred", label="day", kind="when"),
                Column("shares_printed", label="shares", kind="figure"),
                Column("shares", kind="number", shown=False),
                Column("value_printed", label="paid", kind="figure"),
                Column("price_printed", label="price", kind="figure"),
                Column("average", kind="number"),
                Column("venue"),
                Column("disputed"),
                *EVIDENCE,
            ),
        ),
        Table("months", "By month", (Column("month", kind="when"), Column("shares", kind="number"))),
    ),
)
BOUGHT_BACK = Section(
    topic="buybacks",
    fields={"cumulative_shares": "162000000", "cumulative_as_of": "2026-01-08", "percent_of_capital": "0.63"},
    tables={
        "executions": (
            {
                "occurred": "2025-11-20",
                "shares_printed": "13,500,000 shares",
                "shares": "13500000",
                "value_printed": "USD 507,762,184",
                "price_printed": "USD 37.38–38.1",
                "average": "37.61",
                "event": SET,
                "sources": ["exchange-2025-11-20-next-day-return"],
            },
            {
                "occurred": "2026-01-08",
                "shares_printed": "5 million",
                "shares": "5000000",
                "value_printed": "about USD 190.6 million",
                "price_printed": "USD 38.04–38.16",
                "average": "38.12",
                "event": BOUGHT,
                "sources": [WIRE, "exchange-2026-01-08"],
            },
        ),
        "months": ({"month": "2025-11", "shares": "13500000"}, {"month": "2026-01", "shares": "5000000"}),
    },
    headlines=(
        Headline(
            "Buybacks",
            ("162m shares to 8 Jan, ~0.63 % of capital", "mandate of 2025-06-05?", "18.5m itemised, 143.5m not"),
        ),
    ),
    series=(
        Series(
            "Shares bought back",
            (("2025-06-05", "0"), ("2025-11-20", "40795400"), ("2026-01-08", "162000000")),
            style="total",
        ),
    ),
    findings=(
        Finding(
            "total-below-parts",
            "warning",
            "the total of 162 million shares since the programme began leaves 143.5 million without a purchase",
            events=(BOUGHT,),
            sources=(WIRE,),
        ),
    ),
)

REVISIONS = (
    Column("occurred", label="stated", kind="when"),
    Column("printed", label="target", kind="figure"),
    Column("low", kind="number", shown=False),
    Column("action"),
    Column("change_percent", label="% change", kind="number"),
    Column("said_by"),
    *EVIDENCE,
)
TARGETS = Layout(
    topic="targets",
    title="Targets",
    rank=20,
    tables=(
        Table(
            "targets",
            "Targets",
            (
                Column("metric"),
                Column("period"),
                Column("unit"),
                Column("status"),
                Column("revisions", kind="rows", columns=REVISIONS, view="target_revisions"),
                Column(
                    "outcome",
                    kind="rows",
                    columns=(Column("printed", label="reported"), Column("action"), *EVIDENCE),
                    joins="revisions",
                ),
                Column("mentions", kind="rows", columns=(Column("occurred", kind="when"), *EVIDENCE)),
            ),
        ),
    ),
)
TARGETED = Section(
    topic="targets",
    tables={
        "targets": (
            {
                "metric": "rocket deliveries",
                "period": "FY2025",
                "unit": "rockets",
                "status": "met",
                "revisions": [
                    {
                        "occurred": "../2025-01-01",
                        "printed": "300,000",
                        "low": "300000",
                        "action": "initial",
                        "event": SET,
                        "sources": [WIRE, "exchange-2025"],
                    },
                    {
                        "occurred": "2025-03-18",
                        "printed": "350,000",
                        "low": "350000",
                        "action": "raised",
                        "change_percent": "16.7",
                        "said_by": "Wile E. Coyote",
                        "event": RAISED,
                        "sources": [WIRE],
                    },
                ],
                "outcome": {"printed": "> 410,000", "action": "outcome", "event": MET, "sources": [WIRE]},
                "mentions": [{"occurred": "2025", "event": LAUNCH, "sources": [WIRE]}],
            },
            {
                "metric": "rocket deliveries",
                "period": "FY2026",
                "unit": "rockets",
                "status": "open",
                "revisions": [
                    {
                        "occurred": "2026-01~",
                        "printed": "550,000",
                        "low": "550000",
                        "action": "initial",
                        "said_by": "Wile E. Coyote",
                        "event": LAUNCH,
                        "sources": [WIRE],
                    }
                ],
                "outcome": None,
            },
        )
    },
    headlines=(
        Headline("Rockets", ("2025  >410,000  met >400,000", "2026 target 550,000  open"), sources=2),
        Headline("Rockets", ("first target 300,000, raised twice", "< +34.1 % on 2025")),
    ),
    series=(
        Series(
            "Target for 2025, rockets", (("2025-01-01", "300000"), ("2025-03-18", "350000"), ("2025-11-20", "400000"))
        ),
    ),
    promises=(Promise("550,000 rockets", "../2026-12-31", None, "2026-12-31", LAUNCH),),
)

FLOWS = Layout(
    topic="market",
    title="Market",
    rank=30,
    tables=(
        Table(
            "statements",
            "Statements",
            (
                Column("category", grouped=True),
                Column("occurred", kind="when"),
                Column("text"),
                Column("confirmed", kind="flag"),
                *EVIDENCE,
            ),
        ),
    ),
)
FLOWED = Section(
    topic="market",
    tables={
        "statements": (
            {
                "category": "outlook",
                "occurred": "2025-35",
                "text": "The division for 火箭 (rockets) became profitable; whether scale turns into margins remains "
                "to be seen, the chief executive said, and the skates \x1b[31mwill\x1b[0m be \u202edelayed",
                "confirmed": True,
                "event": SET,
                "sources": [WIRE],
            },
            {"category": "to watch", "occurred": "2026", "text": "Skates.", "confirmed": False, "event": RAISED},
        )
    },
    series=(
        Series(
            "Net inflow, USD",
            (
                ("2026-01-05", "1071000000"),
                ("2026-01-06", "-320500000"),
                ("2026-01-07", "80000000"),
                ("2026-01-08", "640000000"),
            ),
            style="bars",
        ),
    ),
    promises=(
        Promise("roller skates launch", "2026-04", "2026-04-01", "2026-04-30", LAUNCH),
        Promise("rocket skates on sale", "2026-06", "2026-06-01", "2026-06-30", LAUNCH),
    ),
)

STOPPED = Layout(topic="charges", title="Charges", rank=40)
STOP = Section(topic="charges", problem="event 7777aaaa (charge.announced) cannot be read: version 9 is newer")

PAGE = Page(
    slug="acme",
    name="Acme Corporation",
    identifiers=("ACME.N", "US0000000000"),
    fiscal_year_end="12-31",
    known_to="2026-01-09",
    basis=BASIS,
    parts=((BUYBACKS, BOUGHT_BACK), (TARGETS, TARGETED), (FLOWS, FLOWED), (STOPPED, STOP)),
)

EVENTS = Listing(
    schema="timeline.events/1",
    table=Table(
        "events",
        "Events",
        (
            Column("position", kind="number"),
            Column("id", kind="id"),
            Column("company"),
            Column("kind"),
            Column("occurred", kind="when"),
            Column("summary"),
            Column("source"),
        ),
    ),
    rows=(
        {
            "position": 7,
            "id": BOUGHT,
            "company": "acme",
            "kind": "buyback.executed",
            "occurred": "2026-01-08",
            "summary": "shares 5 million, value about USD 190.6 million, price USD 38.04–38.16",
            "source": WIRE,
        },
        {
            "position": 8,
            "id": SET,
            "company": "acme",
            "kind": "target.set",
            "occurred": "2026",
            "summary": "=1+1",
            "source": WIRE,
        },
    ),
    basis=Basis(position=41, today="2026-05-02", as_of="2026-01-31"),
)
