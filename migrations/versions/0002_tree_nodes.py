"""The nodes of the log's Merkle tree from which proofs are made, for the events that are there already.

Hashes by itself, as the program's idea of the tree may change and a revision may not. The bytes of a leaf are settled
by the log's format: RFC 8785 JSON of the columns, here in the order of their names.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COLUMNS = (
    "actor",
    "commitment",
    "company",
    "id",
    "key",
    "kind",
    "position",
    "published",
    "recorded",
    "source",
    "target",
)
HEIGHT = 8
TILE = 2**HEIGHT
BATCH = 1000
NUMBER = sa.Integer().with_variant(sa.BigInteger(), "postgresql")


def upgrade() -> None:
    tree_node = op.create_table(
        "tree_node",
        sa.Column("level", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("number", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    batch = []
    for level, number, digest in nodes():
        batch.append({"level": level, "number": number, "hash": digest})
        if len(batch) == BATCH:
            op.bulk_insert(tree_node, batch)
            batch = []
    op.bulk_insert(tree_node, batch)


def nodes() -> Iterator[tuple[int, int, bytes]]:
    """Level, number and hash of each complete subtree of 2^8, 2^16 and so on leaves, as it is completed."""
    waiting: dict[int, list[bytes]] = defaultdict(list)
    completed: dict[int, int] = defaultdict(int)
    for leaf in leaves():
        level = 0
        waiting[level].append(leaf)
        while len(tile := waiting[level]) == TILE:
            level, digest = level + HEIGHT, folded(tile)
            tile.clear()
            yield level, completed[level], digest
            completed[level] += 1
            waiting[level].append(digest)


def leaves() -> Iterator[bytes]:
    """The leaf hash of each event, in the order of the log."""
    event = sa.table("event", *(sa.column(name) for name in COLUMNS))
    found = op.get_bind().execute(sa.select(*event.c).order_by(event.c.position))
    for row in found.mappings().yield_per(BATCH):
        text = json.dumps(dict(row), ensure_ascii=False, separators=(",", ":"))
        yield hashlib.sha256(b"\x00" + text.encode()).digest()


def folded(tile: list[bytes]) -> bytes:
    """The root over the hashes of a whole tile."""
    while len(tile) > 1:
        pairs = zip(tile[::2], tile[1::2], strict=True)
        tile = [hashlib.sha256(b"\x01" + left + right).digest() for left, right in pairs]
    return tile[0]
