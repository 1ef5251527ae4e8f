"""What stands witness to the log: its own checkpoints, the nodes kept of its tree, checkpoints kept elsewhere.

Each goes along with the tree as it grows, so that none of them has to be held in memory.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, NamedTuple

from timeline.proof.checkpoint import ORIGIN, Checkpoint, shown
from timeline.store import damage
from timeline.store.dialect import dialect_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from sqlite3 import Connection

    from timeline.proof.blocks import Blocks
    from timeline.proof.merkle import Frontier, Node
    from timeline.store.damage import Damage
    from timeline.store.leaves import Block

_COLUMNS = {"root": "text", "frontier": "blob", "text": "text", "recorded": "text"}
_STRANGERS = """\
SELECT level, number FROM tree_node
WHERE level NOT IN (8, 16, 24, 32, 40, 48, 56) OR number < 0 OR number >= CAST(? AS BIGINT) >> level
ORDER BY level, number"""


class _Row(NamedTuple):
    """A checkpoint as it stands in the database.

    Attributes:
        size: number of events.
        values: type and bytes by column.
    """

    size: int
    values: dict[str, tuple[str, bytes]]


class Witnesses:
    """The checkpoints of the database."""

    def __init__(self, connection: Connection, found: Damage) -> None:
        self._damage = found
        self._rows = _checkpoints(connection, found)
        self._next = next(self._rows, None)
        self._last = 0
        self._fitting = 0
        self._diverged: list[int] = []
        self._recorded = ""
        self._unsealed: list[int] = []

    def compare(self, tree: Blocks, block: Block) -> None:
        """Those whose size lies in the block that was added last."""
        sizes = {self._last}
        while (row := self._next) and row.size <= tree.size:
            if row.size <= tree.start:
                self._damage.found(damage.CHECKPOINT, f"a checkpoint is of size {row.size}, which no load leaves")
            else:
                self._differs(row, tree.at(row.size), block.recorded[row.size - tree.start - 1])
            sizes.add(row.size)
            self._last, self._next = row.size, next(self._rows, None)
        self._loads(tree.start, block.recorded, sizes)

    def end(self, tree: Blocks) -> None:
        """What is left when the log has ended."""
        self._divergence()
        if self._last < tree.size:
            what = f"no checkpoint covers the events from position {self._last + 1} to the log's end at {tree.size}"
            self._damage.found(damage.BEHIND, what)
        while row := self._next:
            self._damage.found(
                damage.AHEAD, f"the log ends at position {tree.size}, a checkpoint is of size {row.size}"
            )
            self._next = next(self._rows, None)
        if self._unsealed:
            what = (
                f"{len(self._unsealed):,} loads left no checkpoint, the first of them at position {self._unsealed[0]}"
            )
            self._damage.found(damage.LOAD, f"{what}: they came in one import, or the checkpoint was removed")

    def _differs(self, row: _Row, frontier: Frontier, recorded: str) -> None:
        expected = _expected(frontier)
        wrong = [name for name, value in expected.items() if row.values[name] != (_COLUMNS[name], value)]
        if wrong == list(expected):
            self._diverged.append(row.size)
        elif wrong:
            what = f"{' and '.join(wrong)} of the checkpoint of size {row.size} are not those of the log"
            self._damage.found(damage.CHECKPOINT, what)
        elif not self._diverged:
            self._fitting = row.size
        if row.values["recorded"] != ("text", recorded.encode()):
            what = f"the time of the checkpoint of size {row.size} is not that of the event at this position"
            self._damage.found(damage.CHECKPOINT, what)

    def _divergence(self) -> None:
        """One change of the log makes all later checkpoints differ: told once."""
        if self._diverged:
            first, *later = self._diverged
            what = f"the log is not what its checkpoint of size {first} states: the events from position"
            what += f" {self._fitting + 1} to {first} were changed, or the checkpoint was"
            if later:
                what += f", and {len(later):,} {'checkpoint' if len(later) == 1 else 'checkpoints'} after it"
                what += f" {'differs' if len(later) == 1 else 'differ'}, too"
            self._damage.found(damage.CHECKPOINT, what)

    def _loads(self, start: int, recorded: Sequence[str], sizes: set[int]) -> None:
        """Where the time changes, a load has ended, and so should have left a checkpoint."""
        if self._recorded == recorded[0] == recorded[-1]:
            return  # times do not run backwards, or a finding says so: nothing changes in between
        for position, moment in enumerate(recorded, start):
            if moment != self._recorded and position and position not in sizes:
                self._unsealed.append(position)
            self._recorded = moment


class Nodes:
    """The nodes kept of the tree."""

    def __init__(self, connection: Connection, found: Damage) -> None:
        self._connection = connection
        self._damage = found
        self._levels: dict[int, Iterator[tuple[Any, ...]]] = {}
        self._next: dict[int, tuple[Any, ...] | None] = {}

    def compare(self, nodes: Iterable[Node]) -> None:
        """Those that were completed, on each level in rising number."""
        for node in nodes:
            with self._damage.reading("the nodes of the tree cannot be read"):
                row = self._peek(node.level)
                events = f"positions {(node.number << node.level) + 1} to {(node.number + 1) << node.level}"
                if row is None or row[0] != node.number:
                    self._damage.found(damage.NODE, f"the node over the events at {events} is missing")
                    continue
                self._next[node.level] = next(self._levels[node.level], None)
                if row[1:] != ("blob", node.hash):
                    self._damage.found(damage.NODE, f"the node over the events at {events} is not theirs")

    def end(self, tree: Blocks) -> None:
        """Those that there is no subtree for."""
        with self._damage.reading("the nodes of the tree cannot be read"):
            for level, number in self._connection.execute(_STRANGERS, (tree.size,)):
                self._damage.found(damage.NODE, f"the node {number!r} of level {level!r} is of no complete subtree")

    def _peek(self, level: int) -> tuple[Any, ...] | None:
        if level not in self._levels:
            self._next[level] = None  # also where reading fails
            self._levels[level] = iter(_nodes(self._connection, level))
            self._next[level] = next(self._levels[level], None)
        return self._next[level]


class Kept:
    """Checkpoints that were kept elsewhere, each with the name that it is told by."""

    def __init__(self, checkpoints: Iterable[tuple[str, Checkpoint]], found: Damage) -> None:
        self._damage = found
        self._left = deque(sorted(checkpoints, key=lambda named: named[1].size))

    def compare(self, tree: Blocks) -> None:
        """Those whose size lies in the block that was added last, or at its start."""
        while self._left and self._left[0][1].size <= tree.size:
            name, kept = self._left.popleft()
            if kept.origin != ORIGIN:
                self._damage.found(damage.AGAINST, f"{name}: it is of another log, {shown(kept.origin)}")
            elif kept.root != tree.at(kept.size).root():
                what = f"{name}: the first {kept.size:,} events are not those that it states: the log was rewritten"
                self._damage.found(damage.AGAINST, what)
            else:
                self._damage.fits(damage.AGAINST)

    def end(self, tree: Blocks) -> None:
        """Those that go past the log's end, and those of an empty log."""
        self.compare(tree)
        for name, kept in self._left:
            what = f"{name}: it is of {kept.size:,} events, and the log has {tree.size:,}: its end was cut off"
            self._damage.found(damage.AGAINST, what)


def _checkpoints(connection: Connection, found: Damage) -> Iterator[_Row]:
    with found.reading("the checkpoints cannot be read"):
        dialect = dialect_of(connection)
        columns = ", ".join(dialect.exact(name, kind) for name, kind in _COLUMNS.items())
        select = f"SELECT size, {columns} FROM checkpoint ORDER BY size"  # noqa: S608 - of the names above only
        for size, *values in dialect.streamed(connection, select):
            yield _Row(size, dict(zip(_COLUMNS, zip(values[::2], values[1::2], strict=True), strict=True)))


def _nodes(connection: Connection, level: int) -> Iterator[tuple[Any, ...]]:
    dialect = dialect_of(connection)
    columns = f"number, {dialect.exact('hash', 'blob')}"
    select = f"SELECT {columns} FROM tree_node WHERE level = ? AND number >= 0 ORDER BY number"  # noqa: S608 - likewise
    return iter(dialect.streamed(connection, select, (level,)))


def _expected(frontier: Frontier) -> dict[str, bytes]:
    """What the columns of a checkpoint hold, but for the time."""
    root = frontier.root()
    return {
        "root": root.hex().encode(),
        "frontier": frontier.to_bytes(),
        "text": Checkpoint(ORIGIN, frontier.size, root).text().encode(),
    }
