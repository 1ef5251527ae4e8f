"""The index of words, and how far into the log it reaches; the next writing command fills it.

An SQLite without FTS5 gets no index: searching says so, everything else works.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

HAS_FTS5 = "SELECT count(*) FROM pragma_module_list WHERE name = 'fts5'"
INDEX = "CREATE VIRTUAL TABLE words USING fts5 (text, content = '', tokenize = \"ascii tokenchars '%'\")"

ENTRIES = "CREATE VIRTUAL TABLE word_entry USING fts5vocab ('words', 'instance')"


def upgrade() -> None:
    op.create_table(
        "word_index",
        sa.Column("version", sa.Text, primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
    )
    if op.get_bind().execute(sa.text(HAS_FTS5)).scalar():
        op.execute(INDEX)
        op.execute(ENTRIES)
