"""Sentences beside the buybacks that are drafted of them; all were published on 9 January 2026."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.topics.drafts import drafted, of_kind
from timeline.topics.buybacks.cues import CUES

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOLD: Final[dict[str, list[dict[str, Any]]]] = {
    "On January 8, Acme repurchased 5 million B-shares on the Hong Kong Stock Exchange. The transaction was valued at "
    "approximately HKD 190.6 million, with prices ranging between HKD 38.04 and HKD 38.16 per share.": [
        {
            "occurred": "2026-01-08",
            "shares": "5 million shares",
            "value": "approximately HKD 190.6 million",
            "price": "HKD 38.04 to 38.16 per share",
            "share_class": "B",
            "venue": "XHKG",
        }
    ],
    "Acme bought back 1,200,000 shares on 7 January at an average price of €45.10 for a total of €54.1 million.": [
        {
            "occurred": "2026-01-07",
            "shares": "1,200,000 shares",
            "average": "€ 45.10",
            "value": "€ 54.1 million",
        }
    ],
    "Since the inception of the current program, a total of 162 million shares have been bought back, representing "
    "about 0.63% of the outstanding share capital.": [
        {
            "occurred": "../2026-01-09",
            "since": "../2026-01-09",
            "shares": "162 million shares",
            "percent": "about 0.63 %",
            "base": "outstanding share capital",
        }
    ],
    "Acme said it purchased 12,500 of its ordinary shares on 7 January on the London Stock Exchange at a lowest price "
    "of 5,210 pence and a highest price of 5,304 pence.": [
        {
            "occurred": "2026-01-07",
            "shares": "12,500",
            "price": "GBP 52.10 – GBP 53.04",
            "venue": "XLON",
            "share_class": "ordinary",
        }
    ],
    "Acme plans to buy back up to $1.5 billion of its shares by the end of 2026.": [
        {"occurred": "2026-01-09", "form": "programme", "cap": "up to $ 1.5 billion", "end": "2026-12-31"}
    ],
    "Acme will launch a $3.5 billion share buyback over the next three months.": [
        {"occurred": "2026-01-09", "form": "programme", "cap": "$ 3.5 billion"}
    ],
    "The board proposes a dividend of 94.5c and a further $750m share buyback programme.": [
        {"occurred": "2026-01-09", "form": "programme", "cap": "$ 750 million"}
    ],
    "Shares rose over 7% to $212.20 after Acme raised its share repurchase programme to $10 billion from $6 billion.": [
        {"occurred": "2026-01-09", "form": "programme", "cap": "$ 10 billion"}
    ],
    "The board has approved a share repurchase programme of up to $2 billion, effective through the end of 2026.": [
        {"occurred": "2026-01-09", "form": "programme", "cap": "up to $ 2 billion", "end": "2026-12-31"}
    ],
}


@pytest.mark.parametrize(("sentence", "expected"), _TOLD.items())
def test_a_sentence_reports(sentence: str, expected: list[Mapping[str, Any]]) -> None:
    assert drafted(CUES, sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Acme may buy back up to 5 million shares in 2026.",
        "Acme acquired a stake of 5 million shares in Bolt.",
        "The ongoing buyback scheme supported the price of HKD 38.00.",
    ],
)
def test_a_sentence_that_reports_no_buyback(sentence: str) -> None:
    assert drafted(CUES, sentence) == []


_FORM: Final = (
    "Transaction in Own Shares",
    'Acme PLC ("Acme") announces that on 6 January 2026 it purchased these of its ordinary shares of 20 pence each.',
    "Date of purchase: 06 January 2026",
    "Aggregate number of ordinary shares purchased: 45,123",
    "Lowest price paid per share: £ 54.1200",
    "Highest price paid per share: £ 55.0600",
    "Average price paid per share: £ 54.5312",
    "Following the purchase, the Company has 1,234,567,890 ordinary shares in issue.",
)


def test_a_form_goes_on_line_by_line() -> None:
    (fact,) = drafted(of_kind(CUES, "buyback.executed"), *_FORM, kind="filing", currency="GBP")
    assert fact == {
        "occurred": "2026-01-06",
        "share_class": "ordinary",
        "shares": "45,123",
        "price": "£ 54.1200 – £ 55.0600",
        "average": "£ 54.5312",
    }


def test_a_form_has_its_labels_on_lines_of_their_own() -> None:
    lines = (
        "Acme plc purchased for cancellation ordinary shares as follows:",
        "Date of purchase",
        "6 January 2026",
        "Number of ordinary shares purchased",
        "100,000",
        "Lowest price paid per share",
        "£5.08",
        "Highest price paid per share",
        "£5.12",
    )
    (fact,) = drafted(of_kind(CUES, "buyback.executed"), *lines, kind="filing", currency="GBP")
    assert (fact["occurred"], fact["shares"], fact["price"], fact["fate"]) == (
        "2026-01-06",
        "100,000",
        "£ 5.08 – £ 5.12",
        "cancelled",
    )


def test_a_programme_goes_on_in_the_next_sentence() -> None:
    (fact,) = drafted(
        CUES,
        "Acme raised its share repurchase programme to $10 billion.",
        "“This Share Repurchase Program will run through the end of 2027,” Acme said in a statement on Sunday.",
    )
    assert (fact["cap"], fact["end"]) == ("$ 10 billion", "2027-12-31")
    assert fact["occurred"]["when"] == "2026-01-04"
