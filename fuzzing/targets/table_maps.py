"""Maps of tables, with the rows of one table read by those that are sound."""

from fuzzing.tables import ROWS, read

SEEDS = (
    """\
schema: timeline/table/1
company: "{slug(name)}"
numbers: {decimal: ".", thousands: ","}
dates: ["%d.%m.%Y", edtf]
empty: [n/a]
where: "shares && shares != '0'"
constants: {zone: Europe/Berlin}
source: {id: "returns-{@row}", kind: filing, title: Returns, published: 2026-02-01, zone: "{zone}"}
register: {name: "{name}", identifiers: {ticker: "XHKG:1810"}}
facts:
  - {kind: buyback.executed, key: "{day}", occurred: "{day}", shares: "{shares} shares", price: "HKD {prices[0]}"}
  - {kind: result.reported, when: deep, key: "r{@row}", occurred: "{day}", metric: revenue, period: "{day}", value: "{deep}"}
""",
)
WORDS = (
    "{",
    "}",
    "{{",
    "register:",
    "dates:",
    "columns:",
    "skip:",
    "rows:",
    "format:",
    "[?",
    "`",
    "@row",
    "@file",
    "when:",
    "%Y",
    "%",
    "to_number(",
)


def run(data: bytes) -> None:
    """A map that can be used, or what is wrong with it."""
    read(data, ROWS, "fuzzed.jsonl")
