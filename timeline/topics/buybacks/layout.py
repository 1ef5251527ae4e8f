"""The layout: what a page, a program and a SQL view see of buybacks."""

from timeline.section import Column, Layout, Table
from timeline.topic import EVIDENCE, adjusted_column, figure_columns

_EXECUTION = (
    Column("occurred", kind="when"),
    *figure_columns("shares"),
    adjusted_column("shares"),
    *figure_columns("value"),
    Column("currency", shown=False),
    *figure_columns("price"),
    adjusted_column("price"),
    Column("average", kind="number"),
    adjusted_column("average"),
    Column("share_class", "class"),
    Column("venue"),
    Column("disputed"),
    *EVIDENCE,
)
_AMOUNTS = (
    Column("purchases", kind="number"),
    Column("shares", kind="number"),
    Column("value", kind="number"),
    Column("average", kind="number"),
)
_APPROVAL = (
    Column("occurred", kind="when"),
    Column("form"),
    *figure_columns("cap"),
    adjusted_column("cap"),
    Column("base"),
    Column("end"),
    *EVIDENCE,
)
_TOTAL = (
    Column("occurred", "as of", kind="when"),
    Column("since", kind="when"),
    *figure_columns("shares"),
    adjusted_column("shares"),
    *figure_columns("value"),
    Column("percent_printed", "of capital", kind="figure"),
    Column("base"),
    Column("checkpoint", kind="flag", shown=False),
    Column("counts", kind="flag", shown=False),
    *EVIDENCE,
)
_PROGRAMME = (
    Column("mandate", kind="when"),
    Column("inferred", kind="flag"),
    Column("as_of", "as of", kind="when"),
    Column("shares", kind="number"),
    Column("shares_low", kind="number", shown=False),
    Column("shares_high", kind="number", shown=False),
    Column("percent", "% of capital", kind="number"),
    Column("itemised", kind="number"),
    Column("unitemised", "not itemised", kind="number"),
    Column("form"),
    *figure_columns("cap"),
    adjusted_column("cap"),
    Column("approvals", kind="rows", columns=_APPROVAL, shown=False, view="buyback_approvals"),
    Column("totals", "reported totals", kind="rows", columns=_TOTAL, view="buyback_totals"),
    *EVIDENCE,
)

LAYOUT = Layout(
    topic="buybacks",
    title="Share buybacks",
    rank=30,
    fields=(
        Column("cumulative_shares", "shares bought back", kind="number", shown=False),
        Column("cumulative_low", kind="number", shown=False),
        Column("cumulative_high", kind="number", shown=False),
        Column("cumulative_as_of", "as of", kind="when", shown=False),
        Column("percent_of_capital", "% of capital", kind="number", shown=False),
        Column("itemised_shares", "itemised", kind="number", shown=False),
        Column("unitemised_shares", "not itemised", kind="number", shown=False),
        Column("programme", "mandate of", kind="when", shown=False),
        Column("programme_inferred", "mandate inferred", kind="flag", shown=False),
    ),
    tables=(
        Table("programmes", "Programmes", _PROGRAMME, view="buyback_programmes"),
        Table("executions", "Executions", _EXECUTION, view="buyback_executions"),
        Table(
            "months", "By month", (Column("month", kind="when"), Column("currency"), *_AMOUNTS), view="buyback_months"
        ),
        Table("spend", "By currency", (Column("currency"), *_AMOUNTS), view="buyback_spend"),
        Table(
            "apart", "Apart, outside totals", (*_EXECUTION, Column("fits", "could be one of")), view="buybacks_apart"
        ),
    ),
)
