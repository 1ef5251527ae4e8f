"""The file is useful without this program: SQL views with exact texts, and numbers beside them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

QUERIES: dict[str, tuple[str, list[tuple[Any, ...]]]] = {
    "executions": (
        "SELECT occurred, shares, value, currency, price_low, price_high FROM buyback_executions ORDER BY occurred",
        [
            ("2025-11-20", "13500000", "507762184", "HKD", "37.38", "38.1"),
            ("2026-01-08", "5000000", "190600000", "HKD", "38.04", "38.16"),
        ],
    ),
    "sums over the numbers": (
        "SELECT sum(shares_number), round(sum(value_number) / sum(shares_number), 2) FROM buyback_executions",
        [(18_500_000.0, 37.75)],
    ),
    "revisions": (
        "SELECT period, day, action, printed, low, high, said_by FROM target_revisions ORDER BY day",
        [
            ("2025", "2025-03-17", "initial", "300,000", "300000", "300000", "Lei Jun"),
            ("2025", "2025-03-18", "raised", "350,000", "350000", "350000", "Lei Jun"),
            ("2025", "2025-11-20", "raised", "over 400,000", "400000", None, None),
            ("2026", "2026-01-09", "initial", "550,000", "550000", "550000", "Lei Jun"),
        ],
    ),
    "outcomes": (
        """
        SELECT company, period, status, printed, low, high, outcome_on_first_percent_printed,
            outcome_on_first_percent_low, outcome_on_first_percent_high FROM target_outcomes
        """,
        [("xiaomi", "2025", "met", "over 410,000", "410000", None, "> +36.7 %", "36.6667", None)],
    ),
    "milestones": (
        'SELECT product, stage, region, "when", certainty FROM product_milestones ORDER BY when_first',
        [
            ("SU7", "deliveries", None, "2024-04", "done"),
            ("SUV model", "launch", None, "2025-06/2025-08", "planned"),
            ("SU7 facelift", "preorders", None, "2026-01", "done"),
            ("SU7 facelift", "launch", None, "2026-04", "planned"),
            ("EVs", "launch", "overseas", "2027", "planned"),
        ],
    ),
    "totals": (
        "SELECT occurred, shares, shares_low, shares_high FROM buyback_totals ORDER BY occurred",
        [("2025-11-20", "40795400", "40795400", "40795400"), ("2026-01-08", "162000000", "161500000", "162500000")],
    ),
    "charges": ("SELECT company, value, currency FROM charges", [("general-motors", "6000000000", "USD")]),
    "flows": (
        "SELECT channel, value, streak, sum_low, sum_high FROM flows",
        [("Northbound Stock Connect", "1071000000", "6", "4680000000", None)],
    ),
    "results of two sources": (
        "SELECT source FROM result_reports WHERE first = 'first profit' ORDER BY published",
        [("mitrade-2025-11-20-ev-target",), ("xiaomi-2026-strategy",)],
    ),
    "names": (
        "SELECT company, name FROM company_names WHERE current ORDER BY company LIMIT 2",
        [("byd", "BYD Company Limited"), ("daiwa", "Daiwa Capital Markets")],
    ),
    "evidence leads back to the log": (
        """
        SELECT e.kind, e.source, e.key, json_extract(b.body, '$.payload.shares.printed')
        FROM buyback_executions AS x JOIN event AS e ON e.id = x.event JOIN body AS b USING (position)
        WHERE x.occurred = '2026-01-08'
        """,
        [("buyback.executed", "xiaomi-2026-strategy", "buyback-2026-01-08", "5 million")],
    ),
}


@pytest.mark.parametrize(("query", "rows"), QUERIES.values(), ids=QUERIES)
def test_any_program_can_ask(shipped_path: Path, query: str, rows: list[tuple[Any, ...]]) -> None:
    with closing(sqlite3.connect(shipped_path)) as connection:
        assert connection.execute(query).fetchall() == rows
