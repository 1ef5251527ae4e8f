"""The log with its guards, checkpoints, read models, layouts and company names.

Keeps its own copy of the triggers: a revision never changes, the program's idea of the triggers may.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

GUARDS = (
    """\
CREATE TRIGGER event_insert BEFORE INSERT ON event BEGIN
  SELECT RAISE(ABORT, 'the log is append-only: an event has this id already')
    WHERE EXISTS (SELECT 1 FROM event WHERE id = new.id);
  SELECT RAISE(ABORT, 'the log is append-only: the position is not the next one')
    WHERE new.position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM event);
END""",
    """\
CREATE TRIGGER event_update BEFORE UPDATE ON event BEGIN
  SELECT RAISE(ABORT, 'the log is append-only: events are never changed');
END""",
    """\
CREATE TRIGGER event_delete BEFORE DELETE ON event BEGIN
  SELECT RAISE(ABORT, 'the log is append-only: events are never deleted');
END""",
    """\
CREATE TRIGGER body_insert BEFORE INSERT ON body BEGIN
  SELECT RAISE(ABORT, 'the log is append-only: the event has a body already')
    WHERE EXISTS (SELECT 1 FROM body WHERE position = new.position);
  SELECT RAISE(ABORT, 'a body belongs to an event')
    WHERE NOT EXISTS (SELECT 1 FROM event WHERE position = new.position);
  SELECT RAISE(ABORT, 'the event was erased')
    WHERE EXISTS (
      SELECT 1 FROM event JOIN event AS erasure ON erasure.target = event.id
      WHERE event.position = new.position AND erasure.kind = 'event.erased');
END""",
    """\
CREATE TRIGGER body_update BEFORE UPDATE ON body BEGIN
  SELECT RAISE(ABORT, 'the log is append-only: bodies are never changed');
END""",
    """\
CREATE TRIGGER body_delete BEFORE DELETE ON body BEGIN
  SELECT RAISE(ABORT, 'the log is append-only: a body is deleted only after its erasure is recorded')
    WHERE NOT EXISTS (
      SELECT 1 FROM event JOIN event AS erasure ON erasure.target = event.id
      WHERE event.position = old.position AND erasure.kind = 'event.erased');
END""",
    """\
CREATE TRIGGER checkpoint_insert BEFORE INSERT ON checkpoint BEGIN
  SELECT RAISE(ABORT, 'the log is append-only: a checkpoint is larger than those before it')
    WHERE new.size <= (SELECT max(size) FROM checkpoint);
END""",
    """\
CREATE TRIGGER checkpoint_update BEFORE UPDATE ON checkpoint BEGIN
  SELECT RAISE(ABORT, 'the log is append-only: checkpoints are never changed');
END""",
    """\
CREATE TRIGGER checkpoint_delete BEFORE DELETE ON checkpoint BEGIN
  SELECT RAISE(ABORT, 'the log is append-only: checkpoints are never deleted');
END""",
)


def upgrade() -> None:
    create_log()
    create_read_models()
    for statement in GUARDS:
        op.execute(statement)


def create_log() -> None:
    """Events, their bodies and the checkpoints."""
    op.create_table(
        "event",
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("company", sa.Text),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("source", sa.Text),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("target", sa.Text),
        sa.Column("published", sa.Text),
        sa.Column("recorded", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("commitment", sa.Text, nullable=False),
        sa.UniqueConstraint("id", name="event_id"),
    )
    op.create_index("event_company", "event", ["company", "position"])
    has_target = sa.text("target IS NOT NULL")
    op.create_index("event_target", "event", ["target"], sqlite_where=has_target, postgresql_where=has_target)
    op.create_index("event_source", "event", ["source", "position"])
    merges = sa.text("kind = 'company.merged'")
    op.create_index("event_merger", "event", ["position"], sqlite_where=merges, postgresql_where=merges)
    op.create_table(
        "body",
        sa.Column("position", sa.Integer, sa.ForeignKey("event.position"), primary_key=True, autoincrement=False),
        sa.Column("salt", sa.LargeBinary, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "checkpoint",
        sa.Column("size", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("root", sa.Text, nullable=False),
        sa.Column("frontier", sa.LargeBinary, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("recorded", sa.Text, nullable=False),
    )


def create_read_models() -> None:
    """All that can be made again from the log."""
    op.create_table(
        "read_model",
        sa.Column("company", sa.Text, primary_key=True),
        sa.Column("topic", sa.Text, primary_key=True),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
    )
    op.create_table(
        "read_item",
        sa.Column("company", sa.Text, primary_key=True),
        sa.Column("topic", sa.Text, primary_key=True),
        sa.Column("part", sa.Text, primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("data", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    promise = sa.text("part = 'promises'")
    op.create_index(
        "read_item_promise",
        "read_item",
        ["company", "topic", "seq"],
        sqlite_where=promise,
        postgresql_where=promise,
    )
    op.create_table(
        "layout",
        sa.Column("topic", sa.Text, primary_key=True),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
    )
    op.create_table(
        "company_name",
        sa.Column("company", sa.Text, primary_key=True),
        sa.Column("scheme", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, primary_key=True),
        sa.Column("folded", sa.Text, primary_key=True),
        sa.Column("first", sa.Text, primary_key=True),
        sa.Column("last", sa.Text, nullable=False),
    )
    op.create_index("company_name_folded", "company_name", ["folded"])
    op.create_table(
        "source_mark",
        sa.Column("mark", sa.Text, primary_key=True),
        sa.Column("source", sa.Text, nullable=False),
    )
