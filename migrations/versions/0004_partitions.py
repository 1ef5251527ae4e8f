"""Read models in partitions, so that an append folds only those that it is about.

Those that are stored are marked as out of date, without items, until the next rebuild makes them anew.
"""

from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
POSITION = sa.Integer().with_variant(sa.BigInteger(), "postgresql")


def upgrade() -> None:
    connection = op.get_bind()
    for (topic,) in connection.execute(sa.text("SELECT DISTINCT topic FROM read_model")).fetchall():
        name = topic.encode()
        connection.execute(
            sa.text("UPDATE read_model SET version = '', position = 0, digest = :digest WHERE topic = :topic"),
            {"topic": topic, "digest": sha256(b"%d:%b0:" % (len(name), name)).hexdigest()},
        )
    op.drop_table("read_item")
    op.create_table(
        "read_item",
        sa.Column("company", TEXT, primary_key=True),
        sa.Column("topic", TEXT, primary_key=True),
        sa.Column("partition", TEXT, primary_key=True),
        sa.Column("part", TEXT, primary_key=True),
        sa.Column("seq", POSITION, primary_key=True, autoincrement=False),
        sa.Column("data", TEXT, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "read_item_promise",
        "read_item",
        ["company", "topic", "partition", "seq"],
        sqlite_where=sa.text("part = 'promises'"),
        postgresql_where=sa.text("part = 'promises'"),
    )
    op.create_table(
        "partition",
        sa.Column("company", TEXT, primary_key=True),
        sa.Column("name", TEXT, primary_key=True),
        sa.Column("data", TEXT, nullable=False),
        sa.Column("digest", TEXT, nullable=False),
        sqlite_with_rowid=False,
    )
