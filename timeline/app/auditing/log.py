"""The audit of the log: the log against itself and kept checkpoints, and what is stored beside it against a replay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.app.auditing import replay as beside
from timeline.app.proving.elsewhere import read_checkpoint
from timeline.store import damage
from timeline.store.opening import snapshot
from timeline.store.verify import verify

if TYPE_CHECKING:
    from collections.abc import Sequence
    from sqlite3 import Connection

    from timeline.app.progress import Progress
    from timeline.check import Rule, Verdict

RULES: tuple[Rule, ...] = (*damage.RULES, damage.AGAINST, *beside.RULES)
"""All that can be compared."""


def audit_log(
    connection: Connection,
    against: Sequence[str] = (),
    *,
    replay: bool = True,
    progress: Progress | None = None,
) -> list[Verdict]:
    """What came of each comparison.

    Args:
        connection: that may read; all is of one moment.
        against: files of checkpoints that were kept elsewhere; the log has to be a continuation of each.
        replay: whether what is stored beside the log is compared with what follows from it, and the file's indexes,
            through which a replay reads, with its tables. Without it only the log is verified.
        progress: called with what is under way, how many events were gone through, and how many there are.

    Raises:
        InvalidInput: a file cannot be read or is no checkpoint; nothing was compared.
        DatabaseUnusable: the database is locked or may not be read.
    """
    kept = [read_checkpoint(path) for path in against]

    def told(done: int, total: int) -> None:
        if progress:
            progress("log", done, total)

    with snapshot(connection):
        found = verify(connection, kept, structure=replay, progress=told)
        return [*found, *beside.replay(connection, progress)] if replay else found
