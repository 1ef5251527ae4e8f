"""The SEC's company facts: all that a company has filed in XBRL, one JSON file a company.

`https://data.sec.gov/api/xbrl/companyfacts/CIK##########.json`, or the nightly archive of all of them. Only figures of
the company as a whole are in it, none by class of shares, segment or product.
"""

from timeline.intake.sec.files import NO_FACTS, files_of
from timeline.intake.sec.issuer import Issuer, issuer_source, registration
from timeline.intake.sec.reader import CompanyFacts

__all__ = ["NO_FACTS", "CompanyFacts", "Issuer", "files_of", "issuer_source", "registration"]
