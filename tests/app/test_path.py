"""Paths: which steps a text has, whatever stands between them."""

from __future__ import annotations

import pytest

from timeline.app.explaining.path import Step, split
from timeline.errors import InvalidInput


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        ("targets", ()),
        ("buybacks.cumulative_shares", (("cumulative_shares", False),)),
        ("targets[EV deliveries][2025].status", (("EV deliveries", True), ("2025", True), ("status", False))),
        ("targets/EV deliveries/2025/status", (("EV deliveries", False), ("2025", False), ("status", False))),
        ("targets.targets[0].revisions[-1]", (("targets", False), ("0", True), ("revisions", False), ("-1", True))),
        # The sign that comes first stands between steps, so that the other may stand within one.
        (
            "products.EVs.milestones.2025-06/2025-08.when",
            (("EVs", False), ("milestones", False), ("2025-06/2025-08", False), ("when", False)),
        ),
        ("market/prices/HKD 38.00/change", (("prices", False), ("HKD 38.00", False), ("change", False))),
        # Within brackets both may, and a bracket that does not end the step.
        ("results[2025-06/2025-08].value", (("2025-06/2025-08", True), ("value", False))),
        ("results[a.b]/value", (("a.b", True), ("value", False))),
        ("results[a [b] c].value", (("a [b] c", True), ("value", False))),
    ],
)
def test_a_path_is_a_topic_and_steps_that_name_or_select(path: str, steps: tuple[tuple[str, bool], ...]) -> None:
    topic, found = split(path)
    assert path.startswith(topic)
    assert topic.isidentifier()
    assert found == tuple(Step(*step) for step in steps)


@pytest.mark.parametrize("path", ["", ".status", "[0]", "targets[", "targets[0", "targets..status", "targets.", "a b"])
def test_what_is_no_path_is_refused_with_an_example(path: str) -> None:
    with pytest.raises(InvalidInput, match=r"fix: write TOPIC, .*targets\[EV deliveries\]\[2025\]\.status") as refused:
        split(path)
    assert refused.value.problems[0].rule == "path-malformed"
