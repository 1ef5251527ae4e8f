"""Rows out of every format, each read as a stream."""

from __future__ import annotations

import datetime as dt
import io
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.intake.rows import Broken, Layout, Row, array, format_of, reader, row

if TYPE_CHECKING:
    from pathlib import Path


def rows(content: str | bytes, form: str, **layout: Any) -> list[Row]:  # noqa: ANN401  fields of a layout
    data = content if isinstance(content, bytes) else content.encode()
    return list(reader(io.BytesIO(data), Layout(format=form, **layout)))


def values(content: str | bytes, form: str, **layout: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    return [row.values for row in rows(content, form, **layout)]


def test_the_cells_of_a_csv_file_are_texts_by_the_names_in_its_first_line() -> None:
    assert values("day,a.b\n2026-01-08,007\n", "csv") == [{"day": "2026-01-08", "a.b": "007"}]


def test_a_byte_order_mark_is_no_part_of_the_first_name() -> None:
    assert values(b"\xef\xbb\xbfday\n8\n", "csv") == [{"day": "8"}]


def test_a_row_over_several_lines_is_one_row_with_all_its_lines() -> None:
    (found,) = rows('day,note\n8,"one\ntwo"\n', "csv")
    assert (found.values["note"], found.raw) == ("one\ntwo", '8,"one\ntwo"')


def test_a_file_without_header_takes_its_names_from_the_map() -> None:
    assert values("x\n8;5\n", "csv", delimiter=";", header=False, columns=("a", "b"), skip=1) == [{"a": "8", "b": "5"}]


def test_tabs_divide_the_cells_of_a_tsv_file() -> None:
    assert values("a\tb\n1,5\t2\n", "tsv", delimiter="\t") == [{"a": "1,5", "b": "2"}]


def test_a_row_that_cannot_be_read_does_not_stop_those_behind_it() -> None:
    found = rows('a,b\n"1"x,2\n3\n\n4,5\n', "csv")
    assert [(each.number, each.flaw.rule if each.flaw else "") for each in found] == [
        (1, "row-malformed"),
        (2, "row-cells"),
        (3, ""),
    ]


def test_a_quote_that_is_never_closed_costs_the_rest_and_says_so() -> None:
    (found,) = rows('a,b\n1,"2\n3,4\n', "csv")
    assert found.flaw
    assert found.raw == '1,"2\n3,4'


def test_numbers_of_json_keep_their_digits() -> None:
    assert values('{"a": 0.10, "b": 12345678901234567890.123, "c": {"d": [1]}}', "jsonl") == [
        {"a": Decimal("0.10"), "b": Decimal("12345678901234567890.123"), "c": {"d": [1]}}
    ]


def test_a_line_that_is_no_json_does_not_stop_those_behind_it() -> None:
    found = rows('{"a": }\n\n{"a": 1}\n', "jsonl")
    assert [(each.number, bool(each.flaw), each.raw) for each in found] == [
        (1, True, '{"a": }'),
        (2, False, '{"a": 1}'),
    ]


def test_a_list_within_a_json_document_is_found_by_its_names() -> None:
    document = '{"meta": {"items": [0]}, "data": {"count": 1, "items": [{"a": 1}, {"a": [2]}]}, "more": 1}'
    assert values(document, "json", rows=("data", "items")) == [{"a": 1}, {"a": [2]}]


@pytest.mark.parametrize("content", ["", "[", '[{"a": 1}', '[{"a": 1} {"a": 2}]', '[{"a": 1}, ', '[{"a": 1},]'])
def test_a_json_document_that_is_cut_is_never_taken_for_a_whole_one(content: str) -> None:
    with pytest.raises(Broken) as broken:
        rows(content, "json")
    assert broken.value.rule in {"json-malformed", "json-shape"}


ITEMS = st.lists(
    st.dictionaries(
        st.text(max_size=3),
        st.text(max_size=9) | st.integers() | st.none() | st.booleans() | st.lists(st.text(max_size=2)),
    ),
    max_size=5,
)


@settings(max_examples=60)
@given(ITEMS, st.integers(1, 9), st.booleans(), st.sampled_from([None, 1]))
def test_where_chunks_end_makes_no_difference(
    items: list[dict[str, Any]],
    chunk: int,
    ascii_only: bool,  # noqa: FBT001  Hypothesis hands it over by position
    indent: int | None,
) -> None:
    text = json.dumps({"count": 123456, "items": items}, ensure_ascii=ascii_only, indent=indent)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(array, "_CHUNK", chunk)
        assert values(text.encode("utf-8", "surrogatepass") if ascii_only else text, "json", rows=("items",)) == items


def test_a_value_without_an_end_is_given_up_before_it_fills_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(array, "LONGEST", 1000)
    monkeypatch.setattr(array, "_CHUNK", 100)
    with pytest.raises(Broken, match="more than"):
        rows('[{"a": "' + "x" * 10_000, "json")


def test_a_line_without_an_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timeline.intake.rows.text.LONGEST", 100)
    with pytest.raises(Broken) as broken:
        rows("a\n1\n" + "x" * 1000, "csv")
    assert (broken.value.rule, broken.value.row) == ("row-too-long", 2)
    assert row.LONGEST > 1000


def test_formats_are_told_by_the_ends_of_names() -> None:
    assert [format_of(name) for name in ("a.CSV", "b.ndjson.gz", "c.pq", "d")] == ["csv", "jsonl", "parquet", ""]


def parquet(path: Path, **columns: object) -> bytes:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    pq.write_table(pa.table(columns), path)
    return path.read_bytes()


def test_parquet_keeps_decimals_days_and_nests(tmp_path: Path) -> None:
    data = parquet(tmp_path / "a.parquet", a=[Decimal("0.10")], b=[dt.date(2026, 1, 8)], c=[{"d": ["x"]}])
    assert values(data, "parquet") == [{"a": Decimal("0.10"), "b": dt.date(2026, 1, 8), "c": {"d": ["x"]}}]


def test_binary_fractions_of_parquet_are_the_shortest_decimals_that_fit_and_are_told(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    single, double = pa.array([0.1, None], pa.float32()), pa.array([0.1, float("nan")])
    data = parquet(tmp_path / "a.parquet", single=single, double=double, whole=[1, 2])
    found = reader(io.BytesIO(data), Layout(format="parquet"))
    tenth = Decimal("0.1")
    assert [each.values for each in found] == [
        {"single": tenth, "double": tenth, "whole": 1},
        {"single": None, "double": None, "whole": 2},
    ]
    assert found.rounded == ("single", "double")


def test_parquet_from_a_pipe_is_refused() -> None:
    pytest.importorskip("pyarrow")
    with pytest.raises(Broken) as broken:
        reader(io.BufferedReader(_Pipe()), Layout(format="parquet"))
    assert broken.value.rule == "parquet-stream"


class _Pipe(io.RawIOBase):
    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False
