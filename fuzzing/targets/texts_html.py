"""Pages."""

from fuzzing.prose import ARTICLE
from fuzzing.texts import read

_LINES = ARTICLE.splitlines()
SEEDS = (
    f"""<!DOCTYPE html><html lang="en"><head><title>{_LINES[0]}</title>
<meta property="article:published_time" content="2026-01-09T09:30:00+08:00"><meta property="og:site_name" content="Wire">
<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "2026-01-09", "author": "A"}}</script>
</head><body><nav><a href="/">Log in</a></nav><article><h1>{_LINES[0]}</h1>{"".join(f"<p>{line}</p>" for line in _LINES[1:])}
<table><tr><th>Units<td colspan=2>5 million</table><ul><li>one<li>two</ul></article><footer>1999</footer></body></html>""",
    f"<?xml version='1.0'?><!-- x --><html><body><div>{_LINES[2]}<br/>{_LINES[3]}</div></body></html>",
    "<html><p>Acme &amp; Co. said that it sold 5&nbsp;million cars &#x4e07; last year, and that this was its best one.</p>",
)
WORDS = (
    "<p>",
    "</p>",
    "<div",
    "<table>",
    "<tr>",
    "<td",
    "<br>",
    "<script>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<!ENTITY a '&b;&b;'>",
    "&#x",
    "&nbsp;",
    "<meta ",
    'content="',
    'charset="utf-16"',
    "<base href=",
    "<svg>",
    "<template>",
    "\0",
    "\ufffe",
    "<time datetime=",
    '{"@type":',
)
LARGEST = 4096


def run(data: bytes) -> None:
    """Its main text, or a message."""
    read(data if data[:1] == b"<" else b"<html>" + data, "fuzzed.html")


for _page in SEEDS:
    run(_page.encode())  # what the library loads at first is no input's doing
