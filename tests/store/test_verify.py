"""Verification bites: whatever is changed in a log, its checkpoints, its tree or its guards is found."""

# ruff: noqa: S608 - a forger writes SQL of all sorts

from __future__ import annotations

from contextlib import closing, contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from timeline.check import findings
from timeline.errors import DatabaseUnusable
from timeline.event import Envelope, commitment, event_id
from timeline.proof.checkpoint import ORIGIN, Checkpoint, parse_checkpoint
from timeline.proof.merkle import EMPTY_ROOT, Frontier, leaf_hash
from timeline.store import leaves, sqlite_dialect
from timeline.store.damage import AGAINST, MOST, RULES, Damage
from timeline.store.driver import sqlite
from timeline.store.log import COLUMNS
from timeline.store.opening import open_reader
from timeline.store.schema import TRIGGERS
from timeline.store.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path
    from sqlite3 import Connection

    from timeline.section import Finding
    from timeline.store.log import Entry
    from timeline.store.writer import Writer

LOG = {"event": "position", "body": "position", "checkpoint": "size"}
EVENTS = range(1, 7)
ERASED = 2


@pytest.fixture
def whole(
    path: Path,
    writer: Writer,
    append: Callable[..., list[Envelope]],
    entry: Callable[..., Entry],
    morning: datetime,
) -> Connection:
    """Six events in three loads, a correction and an erasure among them, over a connection as any program makes it.

    What is erased is still there, so that a quick look at the rows does.
    """
    one, two = append(entry("one", '{"shares":"5 million"}'), entry("two", '{"value":"¥"}', company="globex"))
    correction = entry(one.id, kind="event.corrected", source=None, target=one.id)
    source = entry("@source", company=None, source="wire-2", published=None)
    append(correction, source, at=morning + timedelta(hours=1))
    erasure = entry(two.id, kind="event.erased", source=None, target=two.id)
    append(erasure, entry("last", '{"in":"order"}'), at=morning + timedelta(hours=2))
    writer.close()
    connection: Connection = sqlite.connect(path, isolation_level=None)
    return connection


@pytest.fixture
def small(whole: Connection) -> Connection:
    """The same, and what is erased is gone, so that each row is gone through."""
    whole.execute("DELETE FROM body WHERE position = 2")
    return whole


@pytest.fixture
def long(
    path: Path, append: Callable[..., list[Envelope]], entry: Callable[..., Entry], morning: datetime
) -> Connection:
    """Two whole blocks and a part of a third, in loads that end with a block and within one."""
    append(*(entry(f"fact-{number}") for number in range(256)))
    append(*(entry(f"fact-{number}") for number in range(256, 600)), at=morning + timedelta(hours=1))
    connection: Connection = sqlite.connect(path, isolation_level=None)
    return connection


@contextmanager
def forged(connection: Connection, *statements: str) -> Iterator[Connection]:
    """The log changed by somebody who takes its guards away and puts them back exactly; then it is as it was."""
    connection.execute("BEGIN")
    try:
        for name in TRIGGERS:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert connection.execute(statement).rowcount, "the statement changes something"
        yield connection
    finally:
        connection.rollback()


def put_back(connection: Connection) -> None:
    for statement in TRIGGERS.values():
        connection.execute(statement)


def found(connection: Connection, *against: str, structure: bool = False) -> tuple[Finding, ...]:
    kept = [("kept.txt", parse_checkpoint(text)) for text in against]
    return findings(verify(connection, kept, structure=structure))


def rules(connection: Connection, *against: str) -> set[str]:
    return {finding.rule for finding in found(connection, *against)}


def told(connection: Connection, rule: str) -> list[str]:
    return [finding.what for finding in found(connection) if finding.rule == rule]


def after(connection: Connection, *statements: str) -> set[str]:
    """Rules that find something once these were run, guards put back."""
    with forged(connection, *statements):
        put_back(connection)
        return rules(connection)


def last_checkpoint(connection: Connection) -> str:
    (text,) = connection.execute("SELECT text FROM checkpoint ORDER BY size DESC LIMIT 1").fetchone()
    return str(text)


def test_nothing_is_found_in_an_untouched_log_and_every_rule_says_so(small: Connection) -> None:
    verdicts = verify(small, [("kept.txt", parse_checkpoint(last_checkpoint(small)))])
    assert findings(verdicts) == ()
    passed = [verdict.rule for verdict in verdicts]
    assert passed == [AGAINST, *RULES]


def test_nothing_is_found_in_an_empty_log(writer: Writer) -> None:
    assert found(writer.connection, Checkpoint(ORIGIN, 0, EMPTY_ROOT).text(), structure=True) == ()


def test_nothing_is_found_in_a_log_of_several_blocks(long: Connection) -> None:
    assert found(long, *(text for (text,) in long.execute("SELECT text FROM checkpoint"))) == ()


@pytest.mark.parametrize("table", LOG)
@pytest.mark.parametrize("log", ["whole", "small"])
def test_every_byte_of_every_row_of_the_log_counts(request: pytest.FixtureRequest, log: str, table: str) -> None:
    connection: Connection = request.getfixturevalue(log)
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    unseen, tried = [], 0
    for row in connection.execute(f"SELECT * FROM {table}").fetchall():
        for column, value in zip(columns, row, strict=True):
            for changed in flips(value):
                with forged(connection):
                    if change(connection, table, (column, changed, isinstance(value, bytes)), row[0]):
                        put_back(connection)
                        tried += 1
                        if not any(finding.severity == "error" for finding in found(connection)):
                            unseen.append((row[0], column, changed))
    assert unseen == []
    assert tried > 400


def flips(value: object) -> Iterator[object]:
    """The value with each of its bytes changed, one at a time: to a byte like it, and to one that is no text there."""
    match value:
        case None:
            yield b""
        case int():
            yield from (value ^ (1 << bit) for bit in range(0, 63, 8))
        case str() | bytes():
            data = value.encode() if isinstance(value, str) else value
            for place, byte in enumerate(data):
                yield from (data[:place] + bytes([byte ^ mask]) + data[place + 1 :] for mask in (0x01, 0x80))


def change(connection: Connection, table: str, cell: tuple[str, object, bool], key: int) -> bool:
    """Write into one cell; False where another row has the place already, so that nothing can be written."""
    column, value, raw = cell
    kind = "INTEGER" if isinstance(value, int) else "BLOB" if raw else "TEXT"
    statement = f"UPDATE OR IGNORE {table} SET {column} = CAST(? AS {kind}) WHERE {LOG[table]} = ?"
    return connection.execute(statement, (value, key)).rowcount == 1


@pytest.mark.parametrize("position", EVENTS)
def test_every_event_that_is_dropped_is_missed(small: Connection, position: int) -> None:
    assert after(small, f"DELETE FROM event WHERE position = {position}") & {"position-gap", "log-cut"}


@pytest.mark.parametrize("position", set(EVENTS) - {ERASED})
def test_every_body_that_is_dropped_without_an_erasure_is_missed(small: Connection, position: int) -> None:
    assert after(small, f"DELETE FROM body WHERE position = {position}") == {"body-missing"}


def test_the_row_that_is_missing_is_named_by_its_place(small: Connection) -> None:
    with forged(small, "DELETE FROM event WHERE position = 3"):
        assert told(small, "position-gap") == ["position 4 follows on position 2"]


def test_a_checkpoint_that_is_dropped_is_noted_and_the_last_one_is_an_error(small: Connection) -> None:
    assert after(small, "DELETE FROM checkpoint WHERE size = 2") == {"checkpoint-missing"}
    assert after(small, "DELETE FROM checkpoint WHERE size = 6") == {"log-unsealed"}
    assert after(small, "DELETE FROM checkpoint") == {"checkpoint-missing", "log-unsealed"}


@pytest.mark.parametrize("table", LOG)
def test_rows_that_change_places_are_found(small: Connection, table: str) -> None:
    one, other = (2, 4) if table == "checkpoint" else (1, 4)
    swap = [f"UPDATE {table} SET {LOG[table]} = {new} WHERE {LOG[table]} = {old}" for old, new in turns(one, other)]
    assert after(small, *swap) & {"checkpoint-differs", "commitment-differs"}


def turns(one: int, other: int) -> list[tuple[int, int]]:
    return [(one, -1), (other, one), (-1, other)]


def test_a_row_put_in_between_is_found(small: Connection) -> None:
    make_room = [f"UPDATE {table} SET position = position + 1 WHERE position = {at}" for at in (6, 5) for table in BOTH]
    rest = ", ".join(name for name in COLUMNS if name not in {"position", "id", "source", "key"})
    identity = event_id("wire-1", "forged")
    forgery = (
        f"INSERT INTO event (position, id, source, key, {rest}) SELECT 5, '{identity}', 'wire-1', 'forged', {rest}"
    )
    inserted = f"{forgery} FROM event WHERE position = 4"
    with_body = "INSERT INTO body SELECT 5, salt, body FROM body WHERE position = 4"
    assert after(small, *make_room, inserted, with_body) == {
        "checkpoint-differs",
        "checkpoint-missing",
        "log-unsealed",
    }


BOTH = ("body", "event")


def test_an_event_that_plain_sql_appends_is_under_no_checkpoint(small: Connection) -> None:
    rest = ", ".join(COLUMNS[2:])
    small.execute(f"INSERT INTO event (position, id, {rest}) SELECT 7, 'x', {rest} FROM event WHERE position = 6")
    assert rules(small) == {"id-differs", "body-missing", "log-unsealed"}


CUT = ("DELETE FROM event WHERE position > 4", "DELETE FROM body WHERE position > 4")


def test_a_tail_that_is_cut_is_found_by_the_checkpoints_left(small: Connection) -> None:
    assert {"log-cut"} <= after(small, *CUT)


def test_a_tail_that_is_cut_with_its_checkpoints_is_found_by_one_that_was_kept_only(small: Connection) -> None:
    kept = last_checkpoint(small)
    gone = "INSERT INTO body SELECT 2, salt, body FROM body WHERE position = 1"  # its erasure is cut off, too
    with forged(small, *CUT, "DELETE FROM checkpoint WHERE size > 4", gone):
        reseal(small, 4)
        put_back(small)
        assert rules(small) == set()
        (finding,) = found(small, kept)
    assert finding.rule == "kept-checkpoint-differs"
    assert finding.what == "kept.txt: it is of 6 events, and the log has 4: its end was cut off"


def reseal(connection: Connection, size: int) -> None:
    """Rewrite all hashes and checkpoints so that they fit what the log holds now."""
    frontier = Frontier()
    checkpoints = {size for (size,) in connection.execute("SELECT size FROM checkpoint")}
    for position in range(1, size + 1):
        sealed = connection.execute("SELECT salt, CAST(body AS BLOB) FROM body WHERE position = ?", (position,))
        if pair := sealed.fetchone():
            connection.execute("UPDATE event SET commitment = ? WHERE position = ?", (commitment(*pair), position))
        row = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM event WHERE position = ?", (position,))
        frontier.add(leaf_hash(Envelope(*row.fetchone()).canonical()))
        if position in checkpoints:
            text = Checkpoint(ORIGIN, position, frontier.root()).text()
            written = (frontier.root().hex(), frontier.to_bytes(), text, position)
            connection.execute("UPDATE checkpoint SET root = ?, frontier = ?, text = ? WHERE size = ?", written)


def test_a_log_that_is_rewritten_with_all_its_hashes_is_found_by_a_checkpoint_that_was_kept_only(
    small: Connection,
) -> None:
    kept = last_checkpoint(small)
    with forged(small, 'UPDATE body SET body = \'{"shares":"6 million"}\', salt = randomblob(32) WHERE position = 1'):
        reseal(small, 6)
        put_back(small)
        assert rules(small) == set()
        (finding,) = found(small, kept)
    assert finding.what == "kept.txt: the first 6 events are not those that it states: the log was rewritten"


def test_a_checkpoint_of_another_log_does_not_fit(small: Connection) -> None:
    other = last_checkpoint(small).replace(ORIGIN, "somebody/else")
    assert [finding.what for finding in found(small, other)] == ["kept.txt: it is of another log, 'somebody/else'"]


def test_a_log_that_only_grew_continues_every_checkpoint_that_was_kept(long: Connection) -> None:
    texts = [text for (text,) in long.execute("SELECT text FROM checkpoint")]
    verdicts = verify(long, [("kept.txt", parse_checkpoint(text)) for text in texts])
    assert [verdict.rule for verdict in verdicts].count(AGAINST) == len(texts) == 2


TOLD = (
    "the log is not what its checkpoint of size 4 states: the events from position 3 to 4 were changed, "
    "or the checkpoint was, and 1 checkpoint after it differs, too"
)


def test_a_change_is_told_with_the_checkpoints_between_which_it_lies(small: Connection) -> None:
    with forged(small, "UPDATE event SET actor = 'somebody else' WHERE position = 4"):
        assert told(small, "checkpoint-differs") == [TOLD]


@pytest.mark.parametrize("log", ["long", "small"])
def test_a_salt_that_grew_at_the_cost_of_the_body_is_found_although_the_hash_over_both_is_the_same(
    request: pytest.FixtureRequest, log: str
) -> None:
    moved = "UPDATE body SET salt = CAST(salt || '{' AS BLOB), body = substr(body, 2) WHERE position = 6"
    assert after(request.getfixturevalue(log), moved) == {"commitment-differs"}


@pytest.mark.parametrize("log", ["long", "small"])
def test_a_value_of_another_type_is_found_although_its_bytes_are_the_same(
    request: pytest.FixtureRequest, log: str
) -> None:
    connection: Connection = request.getfixturevalue(log)
    for column, table in (("body", "body"), ("salt", "body"), ("recorded", "event"), ("id", "event"), ("key", "event")):
        kind = "TEXT" if column == "salt" else "BLOB"
        retyped = f"UPDATE {table} SET {column} = CAST({column} AS {kind}) WHERE position = 4"
        assert "log-unreadable" in after(connection, retyped)
    assert "checkpoint-differs" in after(connection, "UPDATE checkpoint SET text = CAST(text AS BLOB) WHERE size > 4")


@pytest.mark.parametrize("log", ["long", "small"])
def test_a_time_that_runs_backwards_is_found(request: pytest.FixtureRequest, log: str) -> None:
    connection: Connection = request.getfixturevalue(log)
    with forged(connection, "UPDATE event SET recorded = '2027' WHERE position = 3"):
        (what,) = told(connection, "recorded-backwards")
    assert what.startswith("position 4 was recorded 2026-01-09T")
    assert what.endswith("Z, the one before it 2027")


def test_a_body_whose_event_is_erased_may_be_gone_and_is_noted_while_it_is_there(small: Connection) -> None:
    again = "INSERT INTO body SELECT 2, salt, '{}' FROM body WHERE position = 1"
    with forged(small, again):
        (finding,) = [finding for finding in found(small) if finding.rule == "erased-body-kept"]
    assert (finding.severity, finding.events) == ("note", (event_id("wire-1", "two"),))


def test_a_body_of_no_event_is_found(small: Connection) -> None:
    stray = "INSERT INTO body SELECT {}, salt, body FROM body WHERE position = 1"
    assert after(small, stray.format(9)) == {"body-stray"}
    assert after(small, stray.format(-9)) == {"body-stray"}
    assert "body-stray" in after(small, "DELETE FROM event WHERE position = 3")


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("DELETE FROM tree_node WHERE number = 1", "the node over the events at positions 257 to 512 is missing"),
        ("DELETE FROM tree_node WHERE number = 0", "the node over the events at positions 1 to 256 is missing"),
        ("UPDATE tree_node SET hash = zeroblob(32) WHERE number = 1", "positions 257 to 512 is not theirs"),
        ("UPDATE tree_node SET hash = CAST(hex(hash) AS TEXT) WHERE number = 1", "positions 257 to 512 is not theirs"),
        ("INSERT INTO tree_node VALUES (8, 2, zeroblob(32))", "the node 2 of level 8 is of no complete subtree"),
        ("INSERT INTO tree_node VALUES (8, -1, zeroblob(32))", "the node -1 of level 8 is of no complete subtree"),
        ("INSERT INTO tree_node VALUES (9, 0, zeroblob(32))", "the node 0 of level 9 is of no complete subtree"),
    ],
)
def test_a_node_of_the_tree_that_is_missing_changed_or_too_many_is_found(
    long: Connection, statement: str, what: str
) -> None:
    with forged(long, statement):
        (finding,) = told(long, "tree-node-differs")
    assert what in finding


@pytest.mark.parametrize("name", TRIGGERS)
def test_a_guard_that_is_gone_or_changed_is_found(small: Connection, name: str) -> None:
    small.execute(f"DROP TRIGGER {name}")
    assert told(small, "guard-fallen") == [f"the trigger {name}, which guards the log, is missing or changed"]
    small.execute(TRIGGERS[name].replace("BEFORE", "AFTER"))
    assert rules(small) == {"guard-fallen"}


def test_a_trigger_of_somebody_else_is_told(small: Connection) -> None:
    small.execute("CREATE TRIGGER spy AFTER INSERT ON event BEGIN SELECT 1; END")
    assert told(small, "trigger-unknown") == ["the trigger spy is none of this program's"]


@pytest.mark.parametrize("table", ["event", "body", "checkpoint", "tree_node"])
def test_a_table_that_is_gone_is_found(small: Connection, table: str) -> None:
    small.execute("PRAGMA foreign_keys = OFF")
    small.execute(f"DROP TABLE {table}")
    assert "log-unreadable" in rules(small)


def test_much_damage_is_told_in_few_findings_and_a_number(long: Connection) -> None:
    with forged(long, "UPDATE event SET id = 'x' || position"):
        what = told(long, "id-differs")
    assert len(what) == MOST + 1
    assert what[-1] == "and 580 more of these"


def test_a_quick_look_at_a_block_and_an_exact_one_come_to_the_same_leaves(long: Connection) -> None:
    rows = long.execute(leaves.select(sqlite_dialect), (0,)).fetchmany(256)
    quick = leaves._sound(rows, 0, "")
    assert quick == leaves._Examination(long, Damage(), 0, "").block()
    assert quick is not None
    assert quick.leaves == [leaf_hash(Envelope(*row[:-2]).canonical()) for row in rows]


def test_progress_tells_how_far_it_is(long: Connection) -> None:
    steps: list[tuple[int, int]] = []
    verify(long, progress=lambda done, total: steps.append((done, total)))
    assert steps == [(256, 600), (600, 600)]


def test_bytes_changed_in_the_file_end_in_a_finding_or_a_plain_error_and_never_in_a_traceback(
    path: Path, small: Connection
) -> None:
    small.execute("PRAGMA journal_mode = DELETE")
    small.close()
    sound, outcomes = path.read_bytes(), []
    for place in range(7, len(sound), 997):
        path.write_bytes(sound[:place] + bytes([sound[place] ^ 0x15]) + sound[place + 1 :])
        outcomes.append(outcome(path))
    assert {"found", "refused"} & set(outcomes)
    path.write_bytes(sound)
    assert outcome(path) == "nothing"


def outcome(path: Path) -> str:
    try:
        with closing(open_reader(path)) as connection:
            return "found" if found(connection, structure=True) else "nothing"
    except DatabaseUnusable:
        return "refused"


def test_another_process_that_locks_the_database_is_no_damage(path: Path, small: Connection, impatient: Any) -> None:  # noqa: ANN401
    del impatient
    small.execute("PRAGMA journal_mode = DELETE")
    with closing(open_reader(path)) as connection:
        small.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DatabaseUnusable, match="locked"):
            verify(connection)
