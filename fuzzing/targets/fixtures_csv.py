"""Fixtures as a spreadsheet saves them."""

from fuzzing.fixtures import read

SEEDS = (
    (
        "source.id,source.kind,source.title,source.published,key,kind,company,occurred,shares,at.quote\n"
        "acme-news,news,Acme buys back,2026-01-09T09:46:04+01:00,buyback,buyback.executed,acme,2026-01-08,5 million,5 million\n"
        ',,,,second,buyback.executed,acme,2026-01-09,"3 ""m""",\n'
    ),
    (
        "source.id;source.kind;source.title;source.published;key;kind;company;occurred;due.when;due.wording;product;stage;certainty\n"
        "n;news;T;2026-01-09T09:46:04Z;k;product.staged;acme;2026;2026-04;soon;SU7;launch;planned\n"
    ),
)
WORDS = ('"', '""', ",", ";", "\t", "\r\n", "source.", "at.quote", "key", "=1+1", "\ufeff", "e\u0301", ".")


def run(data: bytes) -> None:
    """Whatever it is, it is facts or problems."""
    read(data, "fuzzed.csv")
