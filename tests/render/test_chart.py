from datetime import date, timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.render.chart import chart_lines
from timeline.render.ink import Ink
from timeline.render.typeset import cells
from timeline.section import Series

PLAIN = Ink()


def drawn(series: Series, width: int) -> list[str]:
    return list(chart_lines(series, width, PLAIN))


def test_a_step_holds_its_value_until_the_next() -> None:
    series = Series("Rockets", (("2026-01-01", "8"), ("2026-01-07", "16"), ("2026-01-13", "40")))
    assert drawn(series, 43) == [
        "Rockets",
        "40 ┤                                    ███",
        "   │                                    ███",
        "   │                                    ███",
        "16 ┤                  ▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃███",
        " 8 ┤▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂█████████████████████",
        " 0 ┤███████████████████████████████████████",
        "    2026-01-01                   2026-01-13",
        "    8                            40",
        "                      2026-01-07",
        "                      16",
    ]


def test_a_level_far_above_zero_is_drawn_on_an_axis_that_is_broken_and_says_so() -> None:
    points = (("2025-03-17", "300000"), ("2025-03-18", "350000"), ("2025-11-20", "400000"), ("2025-12-31", "410000"))
    assert drawn(Series("Target", points), 60) == [
        "Target (axis from 250k)",
        "410k ┤                                          ▅▅▅▅▅▅▅█████",
        "     │                                          ████████████",
        "350k ┤  ▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆████████████",
        "     │  ████████████████████████████████████████████████████",
        "300k ┤▇▇████████████████████████████████████████████████████",
        "250k ≈██████████████████████████████████████████████████████",
        "      2025-03-17  2025-03-18                      2025-12-31",
        "      300,000     350,000                         410,000",
        "                                                2025-11-20",
        "                                                400,000",
    ]


def test_a_total_is_drawn_from_zero() -> None:
    points = (("2025-03-17", "300000"), ("2025-12-31", "410000"))
    lines = drawn(Series("Total", points, style="total"), 60)
    assert lines[0] == "Total"
    assert lines[6].startswith("   0 ┤█")


def test_values_that_differ_late_are_told_in_more_digits() -> None:
    lines = drawn(Series("Shares", (("2025-11-12", "21530610634"), ("2025-11-20", "21531652634"))), 60)
    assert (lines[1][:12], lines[4][:12]) == ("21.5317bn ┤ ", "21.5306bn ┤▂")
    assert lines[-1].split() == ["21.5306bn", "21.5317bn"]


def test_a_level_that_never_moves_is_told_in_words() -> None:
    points = (("2025-11-12", "215000"), ("2025-11-16", "215000"), ("2025-11-20", "215000"))
    assert drawn(Series("Shares", points), 60) == ["Shares: 215,000 from 2025-11-12 to 2025-11-20"]


def test_days_and_values_are_told_below_the_steps_where_they_fit() -> None:
    points = (("2026-01-01", "8"), ("2026-01-11", "1234567890"), ("2026-01-21", "40"))
    assert drawn(Series("Rockets", points), 60)[-2:] == [
        "        2026-01-01              2026-01-11        2026-01-21",
        "        8                       1.23bn            40",
    ]


def test_heights_are_told_to_an_eighth_of_a_row() -> None:
    series = Series("Rockets", (("2026-01-01", "1"), ("2026-01-02", "40")))
    assert drawn(series, 30)[6].startswith(" 0 ┤▁")


def test_what_is_not_zero_is_never_drawn_as_nothing() -> None:
    series = Series("Rockets", (("2026-01-01", "1"), ("2026-01-02", "1000000")))
    assert drawn(series, 30)[6].startswith(" 0 ┤▁")


def test_bars_below_zero_hang_from_it() -> None:
    series = Series("Flow", (("2026-01-05", "40"), ("2026-01-06", "-10")), style="bars")
    assert drawn(series, 40) == [
        "Flow",
        " 40 ┤██████████",
        "    │██████████",
        "    │██████████",
        "    │██████████",
        "  0 ┤██████████",
        "−10 ┤            ██████████",
        "     2026-01-05  2026-01-06",
        "     40          −10",
    ]


def test_a_series_below_zero_has_no_rows_above_it() -> None:
    series = Series("Loss", (("2026-01-05", "-40"), ("2026-01-06", "-17")), style="bars")
    assert drawn(series, 40)[1:7] == [
        "    │██████████  ██████████",
        "    │██████████  ██████████",
        "    │██████████  ▀▀▀▀▀▀▀▀▀▀",
        "    │██████████",
        "    │██████████",
        "−40 ┤██████████",
    ]


def test_one_point_is_told_in_words() -> None:
    assert drawn(Series("Rockets", (("2026-01-01", "550000"),)), 80) == ["Rockets: 550,000 on 2026-01-01"]


@pytest.mark.parametrize("style", ["step", "total", "bars"])
@given(st.data())
def test_no_chart_is_wider_than_asked(style: Literal["step", "total", "bars"], data: st.DataObject) -> None:
    width = data.draw(st.integers(20, 120))
    values = data.draw(st.lists(st.decimals(-(10**13), 10**13, places=2), min_size=2, max_size=150))
    days = [(date(2025, 1, 1) + timedelta(days=3 * number)).isoformat() for number in range(len(values))]
    points = tuple(zip(days, map(str, values), strict=True))
    lines = drawn(Series("Figure", points, style=style), width)
    assert [line for line in lines if cells(line) > width] == []
    assert any(days[0] in line for line in lines)
