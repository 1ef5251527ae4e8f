"""What keeps the log append-only on PostgreSQL: triggers and constraints, and how they stand in a database.

A trigger fires once for a statement, however many events it appends, and looks at all of them together. It fires even
where a session says that it replays what another server did (`ENABLE ALWAYS`), and its function looks for tables in the
schema of the log and nowhere else, by their indexes only: a plan made while the log was short would go through all of
it again and again. That no two events have one id or position, and that a body has an event, is for constraints.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from sqlite3 import Connection

_REFUSE = """
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = TG_ARGV[0];
END
"""
_NEXT = """
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
"""
_NOT_ERASED = """
BEGIN
  IF EXISTS (SELECT FROM added JOIN event ON event.position = added.position
      JOIN event AS erasure ON erasure.target = event.id WHERE erasure.kind = 'event.erased') THEN
    RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'the event was erased';
  END IF;
  RETURN NULL;
END
"""
_ERASED = """
BEGIN
  IF NOT EXISTS (SELECT FROM event JOIN event AS erasure ON erasure.target = event.id
      WHERE event.position = old.position AND erasure.kind = 'event.erased') THEN
    RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
      MESSAGE = 'the log is append-only: a body is deleted only after its erasure is recorded';
  END IF;
  RETURN old;
END
"""
_LARGER = """
BEGIN
  IF new.size <= (SELECT max(size) FROM checkpoint) THEN
    RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
      MESSAGE = 'the log is append-only: a checkpoint is larger than those before it';
  END IF;
  RETURN new;
END
"""


_ERASE_BODY = """
BEGIN
  IF NOT EXISTS (SELECT FROM event JOIN event AS erasure ON erasure.target = event.id
      WHERE event.position = at AND erasure.kind = 'event.erased') THEN
    RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
      MESSAGE = 'the log is append-only: a body is deleted only after its erasure is recorded';
  END IF;
  DELETE FROM body WHERE position = at;
END
"""

# CLUSTER is what writes a table anew inside a function; it tells of rows that it had to keep for somebody who reads.
_WRITE_ANEW = """
DECLARE
  key name;
BEGIN
  SELECT index.relname INTO key FROM pg_index JOIN pg_class AS index ON index.oid = indexrelid
    JOIN pg_class AS class ON class.oid = indrelid
    WHERE indisprimary AND class.relname = which AND class.relnamespace = current_schema()::regnamespace;
  EXECUTE format('CLUSTER VERBOSE %I USING %I', which, key);
END
"""


def _trigger(name: str, when: str, call: str, source: str) -> dict[str, str]:
    return {name: f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {call}; always: {source}"}


def _refusal(table: str, event: str, what: str) -> dict[str, str]:
    when = f"BEFORE {event} ON {table} FOR EACH STATEMENT"
    return _trigger(f"{table}_{event.lower()}", when, f"refuse('the log is append-only: {what}')", _REFUSE)


def _added(table: str, source: str) -> dict[str, str]:
    name = f"{table}_insert"
    return _trigger(
        name, f"AFTER INSERT ON {table} REFERENCING NEW TABLE AS added FOR EACH STATEMENT", f"{name}()", source
    )


GUARDS: Mapping[str, str] = {
    "event_pkey": 'PRIMARY KEY ("position")',
    "event_id": "UNIQUE (id)",
    **_added("event", _NEXT),
    **_refusal("event", "UPDATE", "events are never changed"),
    **_refusal("event", "DELETE", "events are never deleted"),
    **_refusal("event", "TRUNCATE", "events are never deleted"),
    "body_pkey": 'PRIMARY KEY ("position")',
    "body_position_fkey": 'FOREIGN KEY ("position") REFERENCES event("position")',
    **_added("body", _NOT_ERASED),
    **_refusal("body", "UPDATE", "bodies are never changed"),
    **_trigger("body_delete", "BEFORE DELETE ON body FOR EACH ROW", "body_delete()", _ERASED),
    "erase_body": f"FUNCTION (at bigint) by the owner: {_ERASE_BODY}",
    "write_anew": f"FUNCTION (which name) by the owner: {_WRITE_ANEW}",
    **_refusal("body", "TRUNCATE", "bodies are never deleted together"),
    "checkpoint_pkey": "PRIMARY KEY (size)",
    **_trigger("checkpoint_insert", "BEFORE INSERT ON checkpoint FOR EACH ROW", "checkpoint_insert()", _LARGER),
    **_refusal("checkpoint", "UPDATE", "checkpoints are never changed"),
    **_refusal("checkpoint", "DELETE", "checkpoints are never deleted"),
    **_refusal("checkpoint", "TRUNCATE", "checkpoints are never deleted"),
}
"""By name, as `standing` tells them of a sound database."""

# With the name of the table only (`true`), so that it is the same in every schema. What makes a function other than it
# was made, such as the rights it runs with, is told where it differs.
_TRIGGERS = """\
SELECT tgname, pg_get_triggerdef(trigger.oid, true) || '; '
    || CASE tgenabled WHEN 'A' THEN 'always' WHEN 'D' THEN 'disabled' ELSE 'sometimes' END || ': ' || function.prosrc
    || CASE WHEN lanname = 'plpgsql' AND NOT prosecdef AND pronamespace = relnamespace
       AND proconfig = ARRAY['search_path=' || quote_ident(current_schema()) || ', pg_temp', 'enable_seqscan=off',
         'enable_hashjoin=off', 'enable_mergejoin=off'] THEN '' ELSE '; other' END
FROM pg_trigger AS trigger JOIN pg_class AS class ON class.oid = tgrelid
JOIN pg_proc AS function ON function.oid = tgfoid JOIN pg_language AS language ON language.oid = prolang
WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace ORDER BY tgname"""

_CONSTRAINTS = """\
SELECT conname, pg_get_constraintdef(entry.oid, true)
    || CASE WHEN convalidated AND NOT condeferrable THEN '' ELSE '; other' END
    || CASE WHEN EXISTS (SELECT FROM pg_trigger WHERE tgconstraint = entry.oid AND tgenabled NOT IN ('O', 'A'))
       THEN '; disabled' ELSE '' END
FROM pg_constraint AS entry JOIN pg_class AS class ON class.oid = conrelid
WHERE relnamespace = current_schema()::regnamespace AND relname IN ('event', 'body', 'checkpoint')
  AND contype IN ('p', 'u', 'f')"""

_RULES = """\
SELECT 'rule ' || rulename || ' of ' || relname, ''
FROM pg_rewrite JOIN pg_class AS class ON class.oid = ev_class
WHERE relnamespace = current_schema()::regnamespace AND rulename <> '_RETURN' ORDER BY rulename"""

# A function that runs with its owner's rights can do to the log whatever the owner can, so each of them is told.
_FUNCTIONS = """\
SELECT proname, 'FUNCTION (' || pg_get_function_arguments(function.oid) || ') by the owner: ' || prosrc
    || CASE WHEN lanname = 'plpgsql'
       AND proconfig = ARRAY['search_path=' || quote_ident(current_schema()) || ', pg_temp'] THEN '' ELSE '; other' END
    || CASE WHEN EXISTS (SELECT FROM aclexplode(coalesce(proacl, acldefault('f', proowner))) WHERE grantee = 0)
       THEN '; for everybody' ELSE '' END
FROM pg_proc AS function JOIN pg_language AS language ON language.oid = prolang
WHERE prosecdef AND pronamespace = current_schema()::regnamespace ORDER BY proname"""


_ALL = (_TRIGGERS, _CONSTRAINTS, _RULES, _FUNCTIONS)


def standing(connection: Connection) -> dict[str, str]:
    """The triggers, rules and privileged functions in the schema of the log, and the constraints of its tables."""
    return {name: made for select in _ALL for name, made in connection.execute(select)}
