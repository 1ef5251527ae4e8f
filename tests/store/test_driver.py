"""Which SQLite may share a write-ahead log, and what its errors are called."""

import pytest

from timeline.errors import DatabaseUnusable
from timeline.store import driver


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), False),
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
        ((4, 0, 0), True),
    ],
)
def test_the_write_ahead_log_is_used_only_where_the_bug_is_mended(version: tuple[int, int, int], *, safe: bool) -> None:
    assert driver.wal_is_safe(version) is safe


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (5, "facts.db is locked by another process (waited 30 seconds)"),
        (262, "facts.db is locked by another process (waited 30 seconds)"),
        (15, "facts.db is locked by another process (waited 30 seconds)"),
        (1032, "facts.db is read-only"),
        (522, "facts.db cannot be read or written: the disk reports an error"),
        (267, "facts.db is damaged"),
        (13, "facts.db cannot grow: the disk is full"),
        (14, "facts.db cannot be opened"),
        (26, "facts.db is not a database"),
    ],
)
def test_an_error_of_the_driver_is_told_with_a_remedy(code: int, message: str) -> None:
    error = driver.sqlite.OperationalError("as SQLite says it")
    error.sqlite_errorcode = code
    with pytest.raises(DatabaseUnusable) as caught, driver.usable("facts.db"):
        raise error
    assert caught.value.message == message
    assert caught.value.fix


def test_an_error_in_the_programs_own_sql_is_not_taken_for_a_state_of_the_file() -> None:
    connection = driver.sqlite.connect(":memory:")
    with pytest.raises(driver.sqlite.OperationalError, match="no such table"), driver.usable("facts.db"):
        connection.execute("SELECT 1 FROM missing")
    connection.close()


def test_damage_that_the_drivers_own_message_cannot_say_is_damage_all_the_same() -> None:
    with pytest.raises(DatabaseUnusable, match=r"facts\.db is damaged"), driver.usable("facts.db"):
        b"malformed database schema (\xff)".decode()


def test_an_error_of_a_backup_which_has_no_code_is_told_by_its_words() -> None:
    error = driver.sqlite.OperationalError("database or disk is full")
    assert driver.unusable("facts.db", error).message == "facts.db cannot grow: the disk is full"
