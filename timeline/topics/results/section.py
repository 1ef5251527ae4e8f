"""The section: a row for each result, restated figures below the ones that stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.metrics import known
from timeline.occurrence import Occurrence
from timeline.section import Column, Headline, Layout, Row, Section, Table
from timeline.topic import EVIDENCE, adjusted, adjusted_column, brief, evidence, figure, figure_columns
from timeline.topics.results.payloads import Reported

if TYPE_CHECKING:
    from timeline.event import Event
    from timeline.occurrence import Stream


Results = tuple[Occurrence[Reported], ...]


def project(stream: Stream) -> Results:
    """The results by metric, segment and basis, then period; those that stand apart among them."""
    return tuple(sorted(stream.every(Reported), key=_by_metric))


def _by_metric(item: Occurrence[Reported]) -> tuple[str, str, str, str, str]:
    payload = item.payload
    return (payload.metric, payload.segment or "", payload.basis or "", str(payload.period.last), item.id)


def present(state: Results) -> Section:
    """A row for each figure; where reports differ or are several, each of them below it."""
    return Section(
        topic="results",
        tables={"results": tuple(_row(item) for item in state)},
        headlines=tuple(_headline(item) for item in state if item.payload.first and item.counts),
    )


def _row(item: Occurrence[Reported]) -> Row:
    payload = item.payload
    return {
        "metric": payload.metric,
        "segment": payload.segment,
        "basis": payload.basis,
        "period": payload.period.edtf,
        "period_first": payload.period.first and payload.period.first.isoformat(),
        "period_last": payload.period.last and payload.period.last.isoformat(),
        **figure("value", payload.value),
        **adjusted("value", item.adjusted.value),
        "unit": (payload.value and payload.value.unit) or None,
        "change": payload.change and payload.change.printed,
        "first": payload.first,
        "disputed": ", ".join(item.disputed) or None,
        "counts": item.counts,
        "reports": [_report(report, item) for report in item.reports] if len(item.reports) > 1 else [],
        **evidence(item),
    }


def _report(report: Event, item: Occurrence[Reported]) -> Row:
    payload = report.payload
    assert isinstance(payload, Reported)  # noqa: S101 - an occurrence holds reports of one kind
    return {
        "published": report.published and report.published.text,
        **figure("value", payload.value),
        **adjusted("value", item.adjusted_of(report).value),
        "first": payload.first,
        "event": report.id,
        "source": report.source,
    }


def _headline(item: Occurrence[Reported]) -> Headline:
    payload = item.adjusted
    value = f", {brief(payload.value)}" if payload.value else ""
    return Headline(
        payload.segment or payload.metric, (f"{payload.first} in {payload.period.label()}{value}",), item.independent
    )


_REPORT = (
    Column("published", kind="when"),
    *figure_columns("value"),
    adjusted_column("value"),
    Column("first", "first or record"),
    Column("event", kind="id"),
    Column("source", kind="id"),
)
_NEARLY = {"revenue": ("Revenue From Contract With Customer Excluding Assessed Tax", "Sales Revenue Net")}
"""Concepts of regulators' taxonomies that most companies tag a known metric with, and that do not quite mean it."""

_LEADING = tuple(each for name in known() for each in (name, *_NEARLY.get(name, ())))

_RESULT = (
    Column("metric", leading=_LEADING),
    Column("segment"),
    Column("basis"),
    Column("period", kind="when"),
    Column("period_first", kind="when", shown=False),
    Column("period_last", kind="when", shown=False),
    *figure_columns("value"),
    adjusted_column("value"),
    Column("unit", shown=False),
    Column("change", kind="figure"),
    Column("first", "first or record"),
    Column("disputed"),
    Column("counts", kind="flag", shown=False),
    Column("reports", kind="rows", columns=_REPORT, view="result_reports"),
    *EVIDENCE,
)

LAYOUT = Layout(
    topic="results", title="Results", rank=20, tables=(Table("results", "Results", _RESULT, view="results"),)
)
