"""What Alembic runs for each upgrade: the revisions, on the connection and in the transaction that it was handed.

Never use batch mode on the log: it copies the table and drops its triggers.
"""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()
