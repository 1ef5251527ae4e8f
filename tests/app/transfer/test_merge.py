"""Merging: what an event keeps, what it gets anew, and what erasures and corrections do on their way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from tests.app.transfer.logs import BOUGHT, WORLD, append, content, erase, export, load, log, part, states
from tests.laws import bases
from tests.laws.bases import copied
from tests.laws.memory import events_of
from tests.laws.worlds import File
from tests.topics import build
from timeline import Timeline
from timeline.catalog import encode
from timeline.event import event_id
from timeline.record import Corrected, Source, source_report

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from timeline.event import Event


def test_a_merge_keeps_content_salt_and_commitment_and_gives_positions_time_and_actor_of_its_own(
    small: Path, empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIMELINE_ACTOR", "importer")
    with copied(empty) as path:
        load(path, part(export(small), slice(2, None)))
        kept = [(id_, company, salt) for _, id_, company, *_, salt in rows(path)]
        assert kept == [(id_, company, salt) for _, id_, company, *_, salt in rows(small)[2:]]
        assert [(row[0], row[3]) for row in rows(path)] == [(number, "importer") for number in range(1, 5)]
        assert {row[4] for row in rows(path)}.isdisjoint({row[4] for row in rows(small)})


def test_a_merge_is_recorded_no_earlier_than_what_was_there_although_the_clock_ran_backwards(
    small: Path, empty: Path
) -> None:
    first, *rest = events_of(WORLD)
    with copied(empty) as path:
        append(path, [first], hour=1_000_000)
        load(path, export(small))
        assert [row[4] for row in rows(path)] == ["2140-02-08T01:46:04.000000Z"] * (1 + len(rest))


def rows(path: Path) -> list[tuple[object, ...]]:
    """Position, id, company, actor, time and salt of each event."""
    with bases.opened(path) as connection:
        return list(
            connection.execute(
                "SELECT position, id, company, actor, recorded, salt FROM event JOIN body USING (position) ORDER BY 1"
            )
        )


def test_what_was_erased_here_stays_erased_when_it_comes_back_with_its_content(small: Path) -> None:
    with copied(small) as path:
        erase(path, BOUGHT)
        before = log(path)
        assert load(path, export(small)).unchanged == 6
        assert log(path) == before


def test_what_was_erased_elsewhere_no_longer_holds_here_either(small: Path) -> None:
    with copied(small) as first, copied(small) as second:
        erase(first, BOUGHT)
        assert load(second, export(first)).new == (("event.erased", 1),)
        assert states(second) == states(first)
        assert "buybacks" not in page_sections(second)


def page_sections(path: Path) -> set[str]:
    """The topics that have something to say of acme."""
    return {layout.topic for layout, _ in Timeline.open(path).show("acme").parts}


def test_content_that_comes_after_its_erasure_is_not_kept(small: Path, empty: Path) -> None:
    with copied(small) as first, copied(empty) as second:
        erase(first, BOUGHT)
        load(second, part(export(first), slice(6, None)))
        report = load(second, export(small))
        assert (report.sources_new, report.unreadable) == (2, 0)
        bodies = {identity: body for identity, *_, body in content(second)}
        assert bodies[BOUGHT] is None
        assert sum(body is None for body in bodies.values()) == 1
        assert states(second) == states(first)


def test_a_correction_of_a_source_comes_with_the_source_of_the_correction_and_redates_the_facts(
    small: Path, empty: Path
) -> None:
    gazette = Source(kind="filing", title="Gazette", published="2025-04-01T00:00:00Z")
    earlier = Source(kind="news", title="Wire", published="2025-03-18T09:00:00+08:00")
    body = msgspec.Raw(encode(source_report("wire", earlier)))
    head = event_id("wire", "@source")
    with copied(small) as first, copied(small) as second, copied(empty) as third:
        append(first, [recorded_source("gazette", gazette), corrected_by("gazette", head, body)], hour=1)
        load(second, export(first))
        load(third, export(first, "acme"))
        for path in (second, third):
            assert event_id("gazette", "@source") in {identity for identity, *_ in content(path)}
            assert states(path)["acme"] == states(first)["acme"]
            assert Timeline.open(path).show("acme").known_to == "2025-03-18"
        assert Timeline.open(small).show("acme").known_to == "2025-03-19"


def recorded_source(name: str, source: Source) -> Event:
    return build.event(source, source=name, key="@source", company=None, occurred=None, published=source.published)


def corrected_by(source: str, head: str, body: msgspec.Raw) -> Event:
    payload = Corrected(reason="source erred", replacement=body)
    return build.event(payload, source=source, key=head, target=head, company=None, occurred=None)


def test_a_second_id_of_one_document_is_taken_with_a_warning(tmp_path: Path) -> None:
    first, second = tmp_path / "a.db", tmp_path / "b.db"
    for path, name in ((first, "wire"), (second, "post")):
        source = {
            "id": name,
            "kind": "news",
            "title": "T",
            "published": "2025-03-19T09:00:00Z",
            "url": "https://a.example",
        }
        fact = {"key": "k", "kind": "company.registered", "company": "acme", "occurred": "2025-01-01", "name": "Acme"}
        bases.load(path, [File(source, (fact,))])
    (warning,) = load(first, export(second)).warnings
    assert (warning.rule, warning.severity, warning.line) == ("source-duplicate", "warning", 2)
    assert "source 'post' has the text or the address of source 'wire'" in warning.what
