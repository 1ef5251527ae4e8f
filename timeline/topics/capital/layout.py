"""The layout: what a page, a program and a SQL view see of share capital."""

from timeline.section import Column, Layout, Table
from timeline.topic import EVIDENCE, adjusted_column, figure_columns

_HELD = (
    *figure_columns("shares"),
    adjusted_column("shares"),
    *figure_columns("treasury"),
    adjusted_column("treasury"),
)
_COUNT = (Column("occurred", kind="when"), *_HELD, *EVIDENCE)
_CLASS = (
    Column("share_class", "class"),
    Column("as_of", kind="when"),
    *_HELD,
    Column("history", kind="rows", columns=_COUNT, view="share_counts", several=True),
    *EVIDENCE,
)
_CHANGE = (
    Column("occurred", kind="when"),
    Column("change"),
    Column("share_class", "class"),
    *figure_columns("shares"),
    adjusted_column("shares"),
    Column("ratio"),
    *figure_columns("price"),
    adjusted_column("price"),
    Column("currency", shown=False),
    Column("ex_day", kind="when"),
    *EVIDENCE,
)

LAYOUT = Layout(
    topic="capital",
    title="Share capital",
    rank=90,
    tables=(
        Table("classes", "Shares outstanding", _CLASS, view="share_classes"),
        Table("changes", "Changes", _CHANGE, view="share_changes"),
    ),
)
