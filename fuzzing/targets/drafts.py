"""A text, drafted: its first line says which company it is about, or whether that is to be found in it."""

from fuzzing import prose
from fuzzing.harness import written
from fuzzing.prose import ARTICLE, SHORT
from timeline.app.drafting.draft import draft
from timeline.app.drafting.writing import fixture_text
from timeline.intake import fixture
from timeline.prose.text import text_of

_MORE = """\
\nAcme Motors said on Friday it would buy back up to $2 billion of shares by 2027, lifted its target from 350,000 to 400,000
deliveries in 2026, and named Jane Doe chief executive. "Margins will improve," Ms. Doe said. Analysts at Berg Bank cut their
price target to HK$45 from HK$60 and kept a buy rating. Acme declared a dividend of 12.5 cents per share, payable June 30.
"""
SEEDS = (f"acme\n{ARTICLE}", ARTICLE + _MORE, *(f"acme\nAcme {line}" for line in SHORT), f"\n{_MORE}")
WORDS = (
    *prose.WORDS,
    "Acme Motors",
    " said",
    "Inc.",
    "plans to ",
    "target",
    "dividend",
    "buy back",
    "Analysts at ",
    ": ",
    " #",
    "'",
    '"',
    "{",
    "\t",
)


def run(data: bytes) -> None:
    """What is drafted is a fixture that can be read, with quotes that stand in the text."""
    company, _, text = data.partition(b"\n")
    named = "acme" if company == b"acme" else None
    read = text_of(text if named else data, "fuzzed.txt")
    drafted = draft(None, read, company=named, published="2026-01-09T09:30:00+08:00", path="fuzzed.txt")
    batch = fixture.read([written("drafted.yaml", fixture_text(drafted).encode())])
    assert not batch.problems, batch.problems
    assert len(batch.reports) == len(drafted.facts)
    for fact in drafted.facts:
        for at in fact.at:
            assert at.paragraph is not None
            assert at.quote in read.paragraphs[at.paragraph - 1], at
