"""A made-up draft to be reviewed, the text that it was made from, and what is recorded already."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from timeline import Timeline

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """\
Halden lifts its 2026 goal
On January 8, Halden bought back 1.25 million shares for about HKD 52.5 million, at HKD 41.80 to HKD 42.10 a share.
The company now wants to deliver 400,000 pumps in 2026, up from 350,000, chief executive Ida Moe said on Friday.
Quarterly sales rose 5% to HKD 2.1 billion. Read the newsletter of January 9, or call 555 0199.
"""
RECORDED = """\
schema: timeline/source/1
source:
  id: halden-disclosure
  kind: filing
  publisher: Exchange
  title: Next day disclosure return
  published: "2026-01-08T18:00:00+08:00"
facts:
  - {key: halden, kind: company.registered, company: halden, occurred: 2026-01-08, name: Halden AS, type: company}
  - key: bought
    kind: buyback.executed
    company: halden
    occurred: 2026-01-08
    shares: 1,250,000
    value: HKD 52,481,200
  - key: sales
    kind: result.reported
    company: halden
    occurred: 2026-01-08
    metric: revenue
    period: 2025-Q4
    value: HKD 1.9 billion
"""
DRAFT = """\
# A draft: timeline review goes through it fact by fact. Each fact says how sure it is; what has no fact yet stands
# under candidates.
schema: timeline/source/1
source:
  # the zone is that of the exchange
  id: halden-goal
  kind: news
  publisher: The Pump
  title: Halden lifts its 2026 goal
  published: "2026-01-09T09:30:00+08:00"
  sha256: "{sha256}"
defaults:
  company: halden
facts:
  # 90 %
  - key: bought
    kind: buyback.executed
    occurred: 2026-01-08
    shares: 1.25 million  # as in the headline
    value: about HKD 52.5 million
    price: HKD 41.80–42.10
    at:
      - {{paragraph: 2, quote: January 8}}
      - {{paragraph: 2, quote: 1.25 million}}
      - {{paragraph: 2, quote: HKD 52.5 million}}
  # Ida Moe said the same in Oslo.
  # 72 %: the day is that of publication
  # or occurred: 2026-01-02
  - key: goal
    kind: target.set
    occurred: 2026-01-09
    said_by: Ida Moe
    metric: pump deliveries
    period: 2026
    action: raised
    value: 400,000
    previous: 350,000
    at:
      - {{paragraph: 3, quote: "400,000 pumps"}}
      - {{paragraph: 3, quote: "350,000"}}

  # 55 %: the period is that of the title
  - key: sales
    kind: result.reported
    occurred: 2026-01-09
    metric: revenue
    period: 2025-Q4
    value: HKD 2.1 billion
    at:
      - {{paragraph: 4, quote: HKD 2.1 billion}}
candidates:
  - {{paragraph: 4, quote: 5%, reason: no fact was recognised that has it}}
  - {{paragraph: 4, quote: January 9, reason: no fact was recognised that has it}}
"""


def lay(folder: Path, draft: str = DRAFT, *, text: bool = True) -> str:
    """Write the draft, and its text beside it; the path of the draft."""
    path = folder / "halden.draft.yaml"
    path.write_text(draft.format(sha256=hashlib.sha256(TEXT.encode()).hexdigest()), "utf-8")
    if text:
        (folder / "article.txt").write_text(TEXT, "utf-8")
    return str(path)


def recorded(folder: Path) -> Timeline:
    """A database in which another source told of some of it."""
    (folder / "recorded.yaml").write_text(RECORDED, "utf-8")
    known = Timeline.open(folder / "facts.db")
    known.load([str(folder / "recorded.yaml")])
    return known
