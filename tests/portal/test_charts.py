"""Numbers → geometry."""

from __future__ import annotations

from portal.charts import band, bars, heat, levels, sparkline


def test_a_sparkline_runs_from_left_to_right_and_high_is_up() -> None:
    assert sparkline([0, 5, 10]) == "0,28 50,15 100,2"


def test_one_value_is_a_level_line_and_none_is_no_line() -> None:
    assert (sparkline([7]), sparkline([])) == ("0,28 100,28", "")


def test_the_tallest_bar_fills_the_box() -> None:
    chart = bars([("Mon", 5), ("Tue", 10), ("Wed", 0)], width=300, height=100)
    assert [(bar.x, bar.y, bar.width, bar.height) for bar in chart.bars] == [
        (0, 50, 75, 50),
        (100, 0, 75, 100),
        (200, 100, 75, 0),
    ]


def test_bars_of_nothing_are_flat() -> None:
    assert [bar.height for bar in bars([("Mon", 0)]).bars] == [0]
    assert bars([]).bars == ()


def test_anything_at_all_is_seen_in_a_heat_table() -> None:
    assert [band(value, 100) for value in (0, 1, 25, 26, 50, 75, 76, 100)] == [
        0,
        1,
        1,
        2,
        2,
        3,
        4,
        4,
    ]
    assert [cell.band for cell in heat([("Lea", [0, 0])])[0].cells] == [0, 0]


def test_levels_stand_below_each_other_and_a_hundred_percent_fill_the_width() -> None:
    chart = levels(
        [("easy", 100, "en"), ("hard", 7, "en"), ("never passed", 0, "en")], width=200, slot=20
    )
    assert [(one.y, one.base, one.width) for one in chart.levels] == [
        (0, 12, 200),
        (20, 32, 14),
        (40, 52, 0),
    ]
    assert chart.height == 60
    assert levels([]).height > 0
