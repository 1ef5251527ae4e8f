"""Fixtures in YAML."""

from fuzzing.fixtures import read

HEAD = """\
schema: timeline/source/1
source: {id: acme-news, kind: news, publisher: Wire, title: Acme buys, published: "2026-01-09T09:46:04+01:00", currency: HKD}
defaults: {company: acme}
facts:
"""
SEEDS = (
    HEAD
    + """\
  - key: bought
    kind: buyback.executed
    occurred: 2026-01-08
    shares: 5 million
    value: about HKD 190.6 million
    price: $38.04–38.16
    at: {paragraph: 3, quote: "HKD 190.6 million"}
  - {key: target, kind: target.set, occurred: 2026-01, metric: deliveries, period: 2026, value: "550,000", action: initial}
left_out:
  - {quote: 12%, paragraph: 4, reason: an advertisement}
""",
    HEAD
    + """\
  - {key: staged, kind: product.staged, occurred: 2026-01-08, product: SU7, stage: launch, certainty: planned, due: {when: 2026-04, wording: soon}}
  - {key: said, kind: statement.made, occurred: 2026, category: strategy, text: >-
      folded}
""",
)
WORDS = (
    "&a",
    "*a",
    "!!python/object:",
    "<<: ",
    "? ",
    "- ",
    ": ",
    "|\n",
    ">-\n",
    "---",
    "%YAML",
    "left_out:\n- ",
    "reason: ",
    "'",
    '"',
    "{",
    "[",
    "#",
    "\\u202e",
    "\t",
)


def run(data: bytes) -> None:
    """Whatever it is, it is facts or problems."""
    read(data, "fuzzed.yaml")
