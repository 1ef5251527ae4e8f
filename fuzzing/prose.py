"""Texts to begin with, and the days that they may be published on."""

import datetime as dt

ARTICLE = """\
Acme lifts its 2026 delivery goal to 550,000
Published: January 9, 2026 09:30 HKT
Acme bought back 5 million shares for about HKD 190.6 million (US$24.5 million) on Jan. 8, its third straight session.
Deliveries rose 12.5% year-on-year to 410,000-plus vehicles in Q4 2025, from 7,000 to 8,000 a month; profit doubled.
In the three months ended December 31, revenue fell by 150 basis points to between $3.2bn and $3.4bn, Reuters said.
The SU7 (1810.HK) costs RMB 215,900 yesterday; that same day two-thirds of the next five years' capex was approved.
小米集团第三季度营收1131亿元,同比增长22.3%,2026年4月发布。
"""
SHORT = (
    "bought back 5 million shares for HK$190.6M ($24m) by the end of March",
    "the 3rd consecutive quarter, 13 weeks ended 28 Sept 2025, up 5% to 7%",
    "between five and seven hundred million; one-third of the 12 months to June",
    "FY25 Q3, 1H26, 2025/26, 08.01.2026, 1/2/26, last Thursday, a year ago",
)
WORDS = (
    "million",
    "HK$",
    "RMB ",
    "%",
    "basis points",
    " to ",
    "between ",
    "–",
    "±",
    "(",
    ")",
    "more than ",
    " per share",
    "five hundred",
    "half a",
    "two-thirds of ",
    "1,000",
    " cents",
    "crowns",
    "Rs. ",
    "/-",
    "Jan",
    "Dec. 31, ",
    "2025",
    "Q3",
    "fiscal ",
    "months ended ",
    "last ",
    "next ",
    "years ago",
    "that same day",
    "consecutive ",
    "th ",
    "streak",
    "rose ",
    "cut ",
    "Model ",
    "No. ",
    "@",
    "http://",
    "万亿元",
    "年",
    "第三季度",
    "\u00a0",
    "\u2009",
    "\u202e",
    "٣",
    "²",
    "\n",
)
DAYS = (None, dt.date(2026, 1, 9), dt.date.min, dt.date.max, dt.date(2024, 2, 29))
"""No day, a plain one, the ends of what a day can be, and a leap day."""
YEAR_ENDS = (None, (3, 31), (12, 31), (2, 29))
"""The last days of companies' years."""
