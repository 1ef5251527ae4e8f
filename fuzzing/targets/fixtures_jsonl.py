"""Fixtures as JSON lines."""

from fuzzing.fixtures import read

SEEDS = (
    (
        '{"schema": "timeline/source/1", "source": {"id": "a", "kind": "news", "title": "Acme", "published": '
        '"2026-01-09T09:46:04+01:00"}, "defaults": {"company": "acme"}, "left_out": [{"quote": "12%", "paragraph": 4, "reason": "an advertisement"}]}\n'
        '{"key": "b", "kind": "buyback.executed", "occurred": "2026-01-08", "shares": 5000000, "value": "HKD 5 million"}\n'
        '{"key": "c", "kind": "target.set", "occurred": "2026", "metric": "deliveries", "period": "2026", "value": 1e9, '
        '"action": "initial", "at": [{"paragraph": 1, "quote": "x"}]}\n'
    ),
)
WORDS = (
    '"',
    "{",
    "[",
    "\\ud800",
    "1e999999999",
    "NaN",
    "null",
    "true",
    "\\u0000",
    "\r",
    "\u2028",
    '"":',
    "-0",
    '"left_out":',
)


def run(data: bytes) -> None:
    """Whatever it is, it is facts or problems."""
    read(data, "fuzzed.jsonl")
