"""The SEC's company facts."""

from fuzzing.harness import written
from timeline.event import canonical_json
from timeline.intake.sec.issuer import Issuer
from timeline.intake.sec.reader import CompanyFacts

SEEDS = (
    (
        '{"cik": 320193, "entityName": "Acme Inc.", "facts": {"us-gaap": {"Revenues": {"label": "x", "units": {"USD": ['
        '{"start": "2023-10-01", "end": "2024-09-28", "val": 391035000000, "accn": "0000320193-24-000123", "fy": 2024, '
        '"form": "10-K", "filed": "2024-11-01"}, {"end": "2024-09-28", "val": -1.5e3, "accn": "0000320193-24-000124", '
        '"form": "10-Q", "filed": "2024-11-02"}]}}, "StockRepurchasedDuringPeriodShares": {"units": {"shares": [{"start": '
        '"2024-01-01", "end": "2024-03-31", "val": 5, "accn": "0000320193-24-000125", "form": "8-K", "filed": "2024-05-01"'
        "}]}}}}}"
    ),
)
WORDS = (
    "1e999999999",
    "1e-999999999",
    "NaN",
    '"val":',
    '"USD/shares"',
    '"pure"',
    '"start":',
    "null",
    "0001-01-01",
    "9999-12-31",
    "\\ud800",
)


def run(data: bytes) -> None:
    """Each value is an event that can be stored, or told as a problem."""
    for taken in CompanyFacts([written("facts.json", data)], Issuer.of):
        for problem in taken.problems:
            assert all(line.isprintable() for line in str(problem).split("\n")), problem
        for report in taken.reports:
            canonical_json(report.payload)
