"""Names by which companies are found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from timeline.store.names import Name, all_names, companies, find_names, write_names

if TYPE_CHECKING:
    from timeline.store.writer import Writer

XIAOMI = Name("xiaomi", "name", "Xiaomi Corporation", "xiaomi corporation")
TICKER = Name("xiaomi", "ticker", "XHKG:1810", "1810", first="2018-07-09")
STRANGER = Name("other", "ticker", "XTAI:1810", "1810")


def test_names_are_found_by_what_they_fold_to_whoever_has_them(writer: Writer) -> None:
    write_names(writer.connection, "xiaomi", [XIAOMI, TICKER])
    write_names(writer.connection, "other", [STRANGER])
    assert find_names(writer.connection, "1810") == [STRANGER, TICKER]
    assert find_names(writer.connection, "XHKG:1810") == []
    assert all_names(writer.connection) == [STRANGER, XIAOMI, TICKER]


def test_a_companys_names_take_the_place_of_those_before(writer: Writer) -> None:
    write_names(writer.connection, "other", [STRANGER])
    write_names(writer.connection, "xiaomi", [XIAOMI, TICKER])
    write_names(writer.connection, "xiaomi", [XIAOMI])
    assert all_names(writer.connection) == [STRANGER, XIAOMI]


def test_registered_companies_are_those_with_a_name(writer: Writer) -> None:
    write_names(writer.connection, "xiaomi", [XIAOMI, TICKER])
    write_names(writer.connection, "other", [STRANGER])
    assert companies(writer.connection) == {"other", "xiaomi"}
    assert companies(writer.connection, ["xiaomi", "nobody"]) == {"xiaomi"}
    assert companies(writer.connection, []) == set()


def test_a_name_of_another_company_is_a_mistake_of_the_caller(writer: Writer) -> None:
    with pytest.raises(ValueError, match="names of other are none of xiaomi's"):
        write_names(writer.connection, "xiaomi", [XIAOMI, STRANGER])
    assert all_names(writer.connection) == []
