"""What texts say of the market in a company's shares, sentence by sentence."""

from __future__ import annotations

from typing import Any

import pytest

from tests.topics.drafts import drafted
from timeline.topics.market import TOPIC

THURSDAY = {"when": "2026-01-08", "wording": "Thursday"}
LAST_WEEK = {"when": "2025-12-29/2026-01-02", "wording": "last week"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Shares of Acme closed down 2.3% at $45.67 on Thursday.",
            {"occurred": THURSDAY, "what": "close", "price": "$ 45.67", "change": "-2.3 %"},
        ),
        (
            "The stock closed at $101.25 on the Nasdaq on January 8, up 3.4%.",
            {"occurred": "2026-01-08", "what": "close", "venue": "XNAS", "price": "$ 101.25", "change": "3.4 %"},
        ),
        (
            "ACME closed Thursday’s trading at $227.44, up $0.14 or 0.06%, on the Nasdaq.",
            {
                "occurred": {"when": "2026-01-08", "wording": "Thursday’s"},
                "what": "close",
                "venue": "XNAS",
                "price": "$ 227.44",
                "change": "0.06 %",
            },
        ),
        (
            "Acme shares ended 1.5 percent lower at 1,234 yen on Thursday.",
            {"occurred": THURSDAY, "what": "close", "price": "yen 1,234", "change": "-1.5 %"},
        ),
        (
            "Despite a minor share price decline of 0.42% to HKD 38.00 on January 8, capital flows were strong.",
            {"occurred": "2026-01-08", "what": "close", "price": "HKD 38.00", "change": "-0.42 %"},
        ),
        (
            "Shares in Acme opened 3% higher at 45 euros on Thursday.",
            {"occurred": THURSDAY, "what": "open", "price": "euros 45", "change": "3 %"},
        ),
        (
            "The stock hit a 52-week high of $210.50 on January 7.",
            {"occurred": "2026-01-07", "what": "high", "price": "$ 210.50"},
        ),
    ],
)
def test_a_price_has_its_day_its_sort_and_its_move(sentence: str, expected: dict[str, Any]) -> None:
    assert drafted(TOPIC.cues, sentence) == [expected]


def test_a_move_over_a_week_is_one_of_its_days_of_trading_and_a_price_in_a_session_is_none_of_its_close() -> None:
    sentence = "Acme's shares rose 4.1% last week and traded flat at 228 crowns on Monday."
    assert drafted(TOPIC.cues, sentence) == [{"occurred": LAST_WEEK, "what": "close", "change": "4.1 %"}]


def test_support_and_resistance_have_each_its_level() -> None:
    sentence = "Analysts see resistance at $50 and support near $42 for the stock."
    assert [(each["what"], each["price"]) for each in drafted(TOPIC.cues, sentence)] == [
        ("resistance", "$ 50"),
        ("support", "$ 42"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Acme shares fell 8% in premarket trading on Friday.",
        "Earnings per share rose 12% last year.",
        "The company closed the acquisition for $45 million on January 5.",
        "Its share of the market rose 2% last year.",
        "Customer support is available at $20 a month.",
    ],
)
def test_no_price_is_seen_where_there_is_none(sentence: str) -> None:
    assert drafted(TOPIC.cues, sentence) == []


FLOWS = (
    "Net inflows via the Northbound Stock Connect channel reached HKD 1.071 billion on January 8, marking the sixth"
    " consecutive trading session of net purchases. Cumulatively, these inflows now exceed HKD 4.68 billion."
)


def test_a_sum_of_flows_has_the_channel_and_the_sessions_of_the_sentence_before() -> None:
    day, whole = drafted(TOPIC.cues, FLOWS)
    assert day == {
        "occurred": "2026-01-08",
        "channel": "Northbound Stock Connect",
        "direction": "inflow",
        "value": "HKD 1.071 billion",
        "streak": "6",
    }
    assert whole == {
        "occurred": {"when": "../2026-01-08", "wording": "January 8"},
        "channel": "Northbound Stock Connect",
        "direction": "inflow",
        "value": "over HKD 4.68 billion",
        "sessions": "6",
    }


def test_a_flow_that_goes_out_says_so_and_one_without_a_channel_is_none() -> None:
    (flow,) = drafted(TOPIC.cues, "Southbound net sales of the stock came to HK$250 million on Thursday.")
    assert (flow["direction"], flow["value"], flow["channel"]) == ("outflow", "HK$ 250 million", "Southbound")
    assert drafted(TOPIC.cues, "The fund saw net inflows of $3 billion.") == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            (
                "A single negative block trade of 6.5 million shares at HKD 38.02, totaling roughly HKD 247"
                " million, was seen."
            ),
            ("sell", "6.5 million shares", "HKD 38.02", "roughly HKD 247 million"),
        ),
        (
            "The block sale of 2.5 million shares was priced at $35.40 per share, for a total of $88.5 million.",
            ("sell", "2.5 million shares", "$ 35.40 per share", "$ 88.5 million"),
        ),
        (
            "A fund bought 1.2 million shares in a block trade at 12.50 euros on Wednesday.",
            ("buy", "1.2 million shares", "euros 12.50", None),
        ),
    ],
)
def test_a_block_trade_has_its_side_and_its_figures(sentence: str, expected: tuple[str | None, ...]) -> None:
    (trade,) = drafted(TOPIC.cues, sentence)
    assert trade["form"] == "block"
    assert tuple(trade.get(name) for name in ("side", "shares", "price", "value")) == expected


@pytest.mark.parametrize(
    ("sentence", "pair", "rate"),
    [
        ("($1 = 23.1240 Czech crowns)", "USD/CZK", "23.1240"),
        ("(1 euro = $1.0850)", "EUR/USD", "1.0850"),
        ("($1 = 0.9234 euros)", "USD/EUR", "0.9234"),
        ("($1 = 6.9762 Chinese yuan renminbi)", "USD/CNY", "6.9762"),
        ("($1 = HK$7.7512)", "USD/HKD", "7.7512"),
        ("(1 British pound = $1.2700)", "GBP/USD", "1.2700"),
        ("($1 = 71.3000 Indian rupees)", "USD/INR", "71.3000"),
        ("The translations were made at a rate of RMB7.0999 to US$1.00.", "USD/CNY", "7.0999"),
    ],
)
def test_a_rate_is_told_with_its_pair_whichever_stands_first(sentence: str, pair: str, rate: str) -> None:
    assert drafted(TOPIC.cues, sentence) == [{"occurred": "2026-01-09", "pair": pair, "rate": rate}]


def test_an_amount_and_its_conversion_state_no_rate() -> None:
    assert drafted(TOPIC.cues, "It paid 355,800 yuan ($50,000) for 1 pound of gold.") == []
