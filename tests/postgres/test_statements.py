"""The store's SQL as PostgreSQL takes it."""

from __future__ import annotations

import pytest

from timeline.store.postgres.statements import translated


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        ("SELECT 1", "SELECT 1"),
        ("SELECT a FROM t WHERE b = ? AND c = ?", "SELECT a FROM t WHERE b = $1 AND c = $2"),
        ("a = ?2 OR b = ?1 OR c = ?2", "a = $2 OR b = $1 OR c = $2"),
        ("a = '?' AND b = ? AND \"c?\" = 'it''s ?'", "a = '?' AND b = $1 AND \"c?\" = 'it''s ?'"),
        ("SELECT CAST(body.body AS BLOB) FROM body", "SELECT convert_to(body.body, 'UTF8') FROM body"),
        ("SELECT 'CAST(a AS BLOB)'", "SELECT 'CAST(a AS BLOB)'"),
        ("CAST(? AS BIGINT) >> level", "CAST($1 AS BIGINT) >> level"),
    ],
)
def test_values_are_numbered_and_bytes_of_texts_given_out(said: str, taken: str) -> None:
    assert translated(said) == taken
