"""Rows of tables in all formats; the first sign of an input says which."""

from fuzzing.tables import MAP, read

SEEDS = (
    'aname,day,shares,prices,deep\nAcme,2026-01-08,"5,000",38.04,x\n',
    "bname\tday\tshares\nAcme\t2026-01-08\t5\n",
    'c{"name": "Acme", "day": "2026-01-08", "shares": 5000, "prices": [38.04], "deep": {"a": [1, null]}}\n',
    'd[{"name": "Acme", "day": "2026-01-08", "shares": 1.50, "prices": [], "deep": 1e3}, {"name": null}]',
)
WORDS = (
    '"',
    "{",
    "[",
    "]",
    ",",
    "1e999999999",
    "-1e-999999999",
    "NaN",
    "\\ud800",
    "\t",
    "\r\n",
    "null",
    "\x1f\x8b",
    "0.0",
    '"name":',
)
_FORMS = ("csv", "tsv", "jsonl", "json", "parquet")


def run(data: bytes) -> None:
    """What each row brings, or why it brings nothing."""
    form = _FORMS[(data[0] - ord("a")) % len(_FORMS)] if data else _FORMS[0]
    read(MAP, data[1:], f"fuzzed.{form}")
