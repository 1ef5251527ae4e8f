"""On a server, a writer who owns no table can rid the files of what was erased, and a mark says until it is done."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# CLUSTER is what writes a table anew inside a function; it tells of rows that it had to keep for somebody who reads.
WRITE_ANEW = """
DECLARE
  key name;
BEGIN
  SELECT index.relname INTO key FROM pg_index JOIN pg_class AS index ON index.oid = indexrelid
    JOIN pg_class AS class ON class.oid = indrelid
    WHERE indisprimary AND class.relname = which AND class.relnamespace = current_schema()::regnamespace;
  EXECUTE format('CLUSTER VERBOSE %I USING %I', which, key);
END
"""


def upgrade() -> None:
    if op.get_context().dialect.name != "postgresql":
        return
    op.execute(sa.text("INSERT INTO mark (name, number) VALUES ('unscoured', 0)"))
    made = "CREATE FUNCTION write_anew(which name) RETURNS void LANGUAGE plpgsql SECURITY DEFINER"
    op.execute(f"{made} AS $${WRITE_ANEW}$$")
    op.execute(
        "DO $$ BEGIN EXECUTE format("
        "'ALTER FUNCTION write_anew(name) SET search_path = %I, pg_temp', current_schema()); END $$"
    )
    op.execute("REVOKE ALL ON FUNCTION write_anew(name) FROM PUBLIC")
