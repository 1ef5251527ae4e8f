"""The log with its guards, checkpoints, read models, layouts and company names.

Keeps its own copy of the triggers: a revision never changes, the program's idea of the triggers may.

On PostgreSQL text is compared by its bytes, and numbers may be as large, as with SQLite. What SQLite keeps in the
file's header, whose database it is and a rebuild under way, stands in a table there.
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

REFUSED = (
    ("event", "UPDATE", "events are never changed"),
    ("event", "DELETE", "events are never deleted"),
    ("event", "TRUNCATE", "events are never deleted"),
    ("body", "UPDATE", "bodies are never changed"),
    ("body", "TRUNCATE", "bodies are never deleted together"),
    ("checkpoint", "UPDATE", "checkpoints are never changed"),
    ("checkpoint", "DELETE", "checkpoints are never deleted"),
    ("checkpoint", "TRUNCATE", "checkpoints are never deleted"),
)

FUNCTIONS = {
    "refuse": """
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = TG_ARGV[0];
END
""",
    "event_insert": """
DECLARE
  before bigint;
BEGIN
  SELECT coalesce(max(position), 0) INTO before FROM event WHERE position < (SELECT min(position) FROM added);
  IF EXISTS (SELECT FROM added HAVING count(*) > 0 AND (max(position) <> before + count(*)
      OR max(position) <> (SELECT max(position) FROM event))) THEN
    RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
      MESSAGE = 'the log is append-only: the position is not the next one';
  END IF;
  RETURN NULL;
END
""",
    "body_insert": """
BEGIN
  IF EXISTS (SELECT FROM added JOIN event ON event.position = added.position
      JOIN event AS erasure ON erasure.target = event.id WHERE erasure.kind = 'event.erased') THEN
    RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'the event was erased';
  END IF;
  RETURN NULL;
END
""",
    "body_delete": """
BEGIN
  IF NOT EXISTS (SELECT FROM event JOIN event AS erasure ON erasure.target = event.id
      WHERE event.position = old.position AND erasure.kind = 'event.erased') THEN
    RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
      MESSAGE = 'the log is append-only: a body is deleted only after its erasure is recorded';
  END IF;
  RETURN old;
END
""",
    "checkpoint_insert": """
BEGIN
  IF new.size <= (SELECT max(size) FROM checkpoint) THEN
    RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
      MESSAGE = 'the log is append-only: a checkpoint is larger than those before it';
  END IF;
  RETURN new;
END
""",
}

ERASE_BODY = """
BEGIN
  IF NOT EXISTS (SELECT FROM event JOIN event AS erasure ON erasure.target = event.id
      WHERE event.position = at AND erasure.kind = 'event.erased') THEN
    RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
      MESSAGE = 'the log is append-only: a body is deleted only after its erasure is recorded';
  END IF;
  DELETE FROM body WHERE position = at;
END
"""

SERVER_TRIGGERS = (
    ("event", "event_insert", "AFTER INSERT ON event REFERENCING NEW TABLE AS added FOR EACH STATEMENT"),
    ("body", "body_insert", "AFTER INSERT ON body REFERENCING NEW TABLE AS added FOR EACH STATEMENT"),
    ("body", "body_delete", "BEFORE DELETE ON body FOR EACH ROW"),
    ("checkpoint", "checkpoint_insert", "BEFORE INSERT ON checkpoint FOR EACH ROW"),
)

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
POSITION = sa.Integer().with_variant(sa.BigInteger(), "postgresql")


def upgrade() -> None:
    create_log()
    create_read_models()
    if op.get_context().dialect.name == "postgresql":
        create_marks()
        guard_on_server()
        return
    for statement in GUARDS:
        op.execute(statement)


def create_marks() -> None:
    """Whose database it is, and the position at which a rebuild began that has not ended."""
    mark = op.create_table(
        "mark", sa.Column("name", TEXT, primary_key=True), sa.Column("number", sa.BigInteger, nullable=False)
    )
    op.bulk_insert(mark, [{"name": "application", "number": 0x54694D65}, {"name": "rebuilding", "number": 0}])


def guard_on_server() -> None:
    """Triggers that fire in every session, whose functions look for tables in this schema only, and by their indexes.

    A plan that was made while the log was short would go through all of it for every batch of a long import.
    """
    for name, source in FUNCTIONS.items():
        op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${source}$$")
        op.execute(
            "DO $$ BEGIN EXECUTE format("
            f"'ALTER FUNCTION {name}() SET search_path = %I, pg_temp', current_schema()); END $$"
        )
        for way in ("seqscan", "hashjoin", "mergejoin"):
            op.execute(f"ALTER FUNCTION {name}() SET enable_{way} = off")
    for table, event, what in REFUSED:
        name = f"{table}_{event.lower()}"
        when = f"BEFORE {event} ON {table} FOR EACH STATEMENT"
        guard(table, name, f"{when} EXECUTE FUNCTION refuse('the log is append-only: {what}')")
    for table, name, when in SERVER_TRIGGERS:
        guard(table, name, f"{when} EXECUTE FUNCTION {name}()")
    let_erase()


def let_erase() -> None:
    """The one way in which who may not delete bodies deletes those that were erased: with the rights of the owner."""
    made = "CREATE FUNCTION erase_body(at bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER"
    op.execute(f"{made} AS $${ERASE_BODY}$$")
    op.execute(
        "DO $$ BEGIN EXECUTE format("
        "'ALTER FUNCTION erase_body(bigint) SET search_path = %I, pg_temp', current_schema()); END $$"
    )
    op.execute("REVOKE ALL ON FUNCTION erase_body(bigint) FROM PUBLIC")


def guard(table: str, name: str, definition: str) -> None:
    """One trigger."""
    op.execute(f"CREATE TRIGGER {name} {definition}")
    op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


def create_log() -> None:
    """Events, their bodies and the checkpoints."""
    op.create_table(
        "event",
        sa.Column("position", POSITION, primary_key=True, autoincrement=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("company", TEXT),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("source", TEXT),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("target", TEXT),
        sa.Column("published", TEXT),
        sa.Column("recorded", TEXT, nullable=False),
        sa.Column("actor", TEXT, nullable=False),
        sa.Column("commitment", TEXT, nullable=False),
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
        sa.Column("position", POSITION, sa.ForeignKey("event.position"), primary_key=True, autoincrement=False),
        sa.Column("salt", sa.LargeBinary, nullable=False),
        sa.Column("body", TEXT, nullable=False),
    )
    op.create_table(
        "checkpoint",
        sa.Column("size", POSITION, primary_key=True, autoincrement=False),
        sa.Column("root", TEXT, nullable=False),
        sa.Column("frontier", sa.LargeBinary, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("recorded", TEXT, nullable=False),
    )


def create_read_models() -> None:
    """All that can be made again from the log."""
    op.create_table(
        "read_model",
        sa.Column("company", TEXT, primary_key=True),
        sa.Column("topic", TEXT, primary_key=True),
        sa.Column("version", TEXT, nullable=False),
        sa.Column("position", POSITION, nullable=False),
        sa.Column("digest", TEXT, nullable=False),
    )
    op.create_table(
        "read_item",
        sa.Column("company", TEXT, primary_key=True),
        sa.Column("topic", TEXT, primary_key=True),
        sa.Column("part", TEXT, primary_key=True),
        sa.Column("seq", POSITION, primary_key=True, autoincrement=False),
        sa.Column("data", TEXT, nullable=False),
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
        sa.Column("topic", TEXT, primary_key=True),
        sa.Column("version", TEXT, nullable=False),
        sa.Column("data", TEXT, nullable=False),
    )
    op.create_table(
        "company_name",
        sa.Column("company", TEXT, primary_key=True),
        sa.Column("scheme", TEXT, primary_key=True),
        sa.Column("value", TEXT, primary_key=True),
        sa.Column("folded", TEXT, primary_key=True),
        sa.Column("first", TEXT, primary_key=True),
        sa.Column("last", TEXT, nullable=False),
    )
    op.create_index("company_name_folded", "company_name", ["folded"])
    op.create_table(
        "source_mark",
        sa.Column("mark", TEXT, primary_key=True),
        sa.Column("source", TEXT, nullable=False),
    )
