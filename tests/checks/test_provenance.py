"""Provenance: what the record of one source says against that of the others."""

from __future__ import annotations

import pytest

from timeline.check import Verdict, findings
from timeline.checks.provenance import Provenance, Recorded
from timeline.record import Source

RECORDED = "2026-01-09T12:00:00.000000Z"


def source(published: str = "2026-01-09T09:46:04+01:00", **fields: str) -> Recorded:
    return Recorded(Source(kind="news", title="News", published=published, **fields), RECORDED)  # type: ignore[arg-type]


def told(known: dict[str, Recorded], *asked: str) -> list[tuple[str, str]]:
    """Rule and words of all that is found of some of the sources, of all where none are named."""
    names = asked or tuple(sorted(known))
    judged = Provenance(known, names)
    verdicts: list[Verdict] = [verdict for name in names for verdict in judged.verdicts(name)]
    return [(finding.rule, finding.what) for finding in findings(verdicts)]


@pytest.mark.parametrize(
    ("published", "late"),
    [
        ("2026-01-10T12:00:00+00:00", False),
        ("2026-01-10T12:00:01+00:00", True),
        ("2026-01-10T21:00:00+09:00", False),
        ("2026-01-10T12:00:00-05:00", True),
        # A day may have begun fourteen hours before that of Greenwich: it counts from its start.
        ("2026-01-10-05:00", False),
        ("2026-01-11+14:00", False),
        ("2026-01-11+00:00", True),
    ],
)
def test_a_source_cannot_be_recorded_a_day_before_it_is_published(published: str, late: bool) -> None:  # noqa: FBT001
    what = f"a: said to be published on {published}, and recorded here on 2026-01-09 already"
    assert told({"a": source(published)}) == ([("published-after-recorded", what)] if late else [])


def test_a_circle_is_told_once_of_the_first_source_that_is_asked_about() -> None:
    known = {"a": source(derives_from="c"), "b": source(derives_from="a"), "c": source(derives_from="b")}
    known |= {
        "d": source(derives_from="a"),
        "e": source(derives_from="e"),
        "f": source(derives_from="x"),
        "x": source(),
    }
    assert told(known) == [
        ("derives-circle", "a: derives from itself by way of c, b"),
        ("derives-circle", "e: derives from itself"),
    ]
    assert told(known, "b", "d") == [("derives-circle", "b: derives from itself by way of a, c")]
    assert told(known, "d") == []


def test_ids_of_one_text_or_address_are_told_once() -> None:
    known = {
        "a": source(sha256="0" * 64),
        "b": source(sha256="0" * 64, url="https://x.example/1"),
        "c": source(sha256="1" * 64, url="https://x.example/1"),
        "d": source(sha256="2" * 64, url="https://x.example/2"),
    }
    assert told(known) == [
        ("same-text", "a: has the text of b; they are one source, and count as several"),
        ("same-url", "b: has the address of c; they are one source, and count as several"),
    ]
    assert told(known, "c") == [("same-url", "c: has the address of b; they are one source, and count as several")]


def test_an_origin_and_a_source_that_nobody_recorded_are_told() -> None:
    assert told({"a": source(derives_from="z")}, "a", "b") == [
        ("source-unknown", "a: derives from z, which is not recorded"),
        ("source-unrecorded", "b: facts are recorded of it, and the source itself is not, or was taken back or erased"),
    ]
