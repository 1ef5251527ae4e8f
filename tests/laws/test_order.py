"""Law 2: the state depends on the set of events alone, not on the order or the batches in which they came."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.laws import bases
from tests.laws.bases import few
from tests.laws.memory import corrected, events_of, histories, recorded, sections, some, speaking_of
from tests.laws.worlds import REGISTER, File, loads, worlds

if TYPE_CHECKING:
    from pathlib import Path

    from tests.laws.worlds import Loads
    from timeline.event import Event

STATE = """
import sys
from timeline import Timeline
from timeline.render.data import json_text, page_json
timeline = Timeline.open(sys.argv[1])
timeline.load(sys.argv[2:])
print(*json_text(page_json(timeline.show("xiaomi"))), sep="")
"""


@few
@given(worlds().flatmap(lambda world: st.tuples(loads(world), loads(world))))
def test_any_order_of_files_and_any_split_into_loads_gives_the_same_answers(
    registered: Path, orders: tuple[Loads, Loads]
) -> None:
    one, other = orders
    with bases.copied(registered) as first, bases.copied(registered) as second:
        bases.load_all(first, one)
        bases.load_all(second, other)
        assert bases.answers(first) == bases.answers(second)


@some
@given(histories().flatmap(lambda events: st.tuples(st.just(events), st.permutations(events))))
def test_events_that_come_in_another_order_at_other_times_give_the_same_sections(
    orders: tuple[list[Event], list[Event]],
) -> None:
    events, shuffled = orders
    assert sections(recorded(shuffled)) == sections(events)


def test_of_two_corrections_published_at_once_one_is_followed_whichever_came_first() -> None:
    fact = {"company": "acme", "occurred": "2025", "kind": "result.reported", "metric": "m", "period": "2025"}
    world = tuple(
        File({**REGISTER.head, "id": f"s{value}"}, ({"key": "k", **fact, "value": value},)) for value in ("1", "2", "3")
    )
    events = events_of(world)
    first, second, third = (event for event in events if event.kind == "result.reported")
    links = [
        speaking_of(first, corrected(each, "source erred"), each.source, each.published) for each in (second, third)
    ]
    one, other = (sections(recorded([*events, *order])) for order in (links, links[::-1]))
    assert one == other
    assert one["acme"]["results"]["tables"]["results"] != sections(events)["acme"]["results"]["tables"]["results"]


def test_the_shipped_facts_give_the_same_page_in_any_process_and_any_order(tmp_path: Path) -> None:
    paths = [str(bases.FIXTURES / name) for name in ("companies.yaml", "xiaomi")]
    pages = []
    for seed, order in (("1", paths), ("2", paths[::-1])):
        done = subprocess.run(
            [sys.executable, "-c", STATE, str(tmp_path / f"{seed}.db"), *order],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(bases.ROOT)},
            capture_output=True,
            text=True,
            check=True,
        )
        pages.append(json.loads(done.stdout))
    assert len(pages[0]["sections"]) > 10
    assert pages[0] == pages[1]
