"""Proofs and checkpoints that were kept elsewhere."""

from contextlib import suppress

from fuzzing.database import proved
from fuzzing.harness import written
from timeline.app.proving.check_proof import check_proof
from timeline.app.proving.elsewhere import read_checkpoint
from timeline.errors import TimelineError
from timeline.render.data import json_text

SEEDS = proved()
WORDS = (
    "c2sp.org/tlog-proof@v1\n",
    "corporate-timeline/consistency-proof@v1\n",
    "extra ",
    "index ",
    "old ",
    "\n\n",
    "99999999999999999999",
    "— ",
    "==",
)
LARGEST = 4096


def run(data: bytes) -> None:
    """It proves something, or it does not."""
    file = written("fuzzed.proof", data)
    with suppress(TimelineError):
        read_checkpoint(file)
    assert "".join(json_text(check_proof(file, None).document))
