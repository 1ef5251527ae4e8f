"""An article of a made-up company, with the figures that articles have."""

from __future__ import annotations

import datetime as dt

PUBLISHED = dt.date(2026, 1, 9)
"""A Friday."""

ARTICLE = """\
Halden Motors lifts its 2026 goal as buybacks go on
January 9, 2026 09:30 - Halden Motors (SEHK: 8123) bought back 1.25 million shares on Thursday for \
about HKD 52.5 million.
The price was between HKD 41.80 and HKD 42.10 a share. It was the fourth straight session of purchases.
Deliveries of the HM7 rose 18.5% to 96,400 vehicles in the third quarter of 2025, and revenue reached \
RMB 13.7 billion (US$1.9 billion).
The board raised the target from 350,000 to 400,000 units; it plans to spend RMB 40 billion over the next five years.
Call +852 2345 6789 or see www.halden.example.com for Form 8-K, Item 2.02 and the Model 3 comparison.
"""
