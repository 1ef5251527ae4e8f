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

# Its cost keeps the server from working it out anew for each row; that it is not said to be fit for parallel work, from
# starting processes that take longer than a search. Where a text is longer than two thousand bytes, words in it may be
# longer than the index can hold.
WORDS_OF = r"""
CREATE FUNCTION words_of(text text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE STRICT COST 10000 AS $$
BEGIN
  RETURN array_to_tsvector(string_to_array(btrim(CASE WHEN octet_length(text) <= 2000 THEN text
    ELSE regexp_replace(left(text, 250000), '([^ ]{255})[^ ]+', '\1', 'g') END), ' '));
END
$$"""

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
POSITION = sa.Integer().with_variant(sa.BigInteger(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "word_index",
        sa.Column("version", TEXT, primary_key=True),
        sa.Column("position", POSITION, nullable=False),
    )
    if op.get_context().dialect.name == "postgresql":
        create_on_server()
    elif op.get_bind().execute(sa.text(HAS_FTS5)).scalar():
        op.execute(INDEX)
        op.execute(ENTRIES)


def create_on_server() -> None:
    """The texts themselves, in two generations: what searches use, and what is made anew beside it."""
    op.create_table(
        "words",
        sa.Column("generation", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("position", POSITION, primary_key=True, autoincrement=False),
        sa.Column("text", TEXT, nullable=False),
    )
    op.execute(WORDS_OF)
    for generation in (0, 1):
        op.execute(
            f"CREATE INDEX words_{generation} ON words USING gin (words_of(text)) WHERE generation = {generation}"
        )
    word_total = op.create_table(
        "word_total",
        sa.Column("generation", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("current", sa.Boolean, nullable=False),
        sa.Column("events", sa.BigInteger, nullable=False),
        sa.Column("words", sa.BigInteger, nullable=False),
    )
    op.bulk_insert(
        word_total, [{"generation": number, "current": not number, "events": 0, "words": 0} for number in (0, 1)]
    )
