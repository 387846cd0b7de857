"""A day as an SVG: everything inside it, everything in words, nothing of a learner's as markup."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labs.grading.grade import grade
from labs.grading.kinds import KINDS
from labs.grading.scaling.picture import WIDTH, draw, nice, rows_of, same_day
from tests.labs.grading.scaling.groups import action, text_of

SVG = "{http://www.w3.org/2000/svg}"
LOAD = [[150, 60], [900, 60], [150, 60]]
FEW = text_of(MinSize=2)
ENOUGH = text_of(MinSize=2, actions=[action("up", "40 12 * * *", DesiredCapacity=10)])
LATE = text_of(MinSize=2, actions=[action("up", "0 13 * * *", DesiredCapacity=10)])


def day_of(text: str, name: str = "Friday", load: list | None = None) -> dict:
    day = {"name": name, "start": "2026-11-27T12:00", "load": load or LOAD, "overload": 5}
    report = grade(
        KINDS["asg-scaling-policy"], table={"serves": 100, "days": [day]}, files={}, text=text
    )
    [found] = json.loads(json.dumps(report.as_json()))["extra"]["days"]
    return found


def picture(text: str, before: str | None = None, **day: object) -> ElementTree.Element:
    earlier = day_of(before) if before else None
    return ElementTree.fromstring(draw(day_of(text, **day), earlier, name="day-0"))


def bars(svg: ElementTree.Element) -> list[float]:
    """How wide the bars of overload are, those of the attempt before first."""
    found = [one for one in svg.iter(f"{SVG}rect") if one.get("height") == "11"]
    return [float(one.get("width", "")) for one in found]


def words(svg: ElementTree.Element) -> list[str | None]:
    return [one.text for one in svg.iter(f"{SVG}text")]


def test_title_and_description_say_what_is_drawn() -> None:
    svg = picture(LATE, FEW)
    title, description = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert title.text == "Friday"
    assert "Minutes of overload 3 (before: 60)" in (description.text or "")
    assert svg.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert svg.get("role") == "img"


def test_overload_is_a_bar_for_each_attempt() -> None:
    before, now = bars(picture(LATE, FEW))
    assert before == 20 * now  # 60 minutes, and 3
    assert bars(picture(ENOUGH)) == []
    assert bars(picture(ENOUGH, FEW)) == [before]


def test_a_single_minute_can_be_seen() -> None:
    load = [[150, 300], [900, 1], [150, 300]]
    assert bars(picture(FEW, load=load)) == [2.0]


def test_the_attempt_before_is_a_dashed_line_and_named() -> None:
    alone, compared = picture(LATE), picture(LATE, FEW)
    assert "capacity before" not in words(alone)
    assert {"before", "now", "capacity before"} <= set(words(compared))
    dashed = [one for one in compared.iter() if one.get("stroke-dasharray")]
    assert len(dashed) == 2  # the line, and its sample below


def test_another_variant_of_the_day_is_not_compared() -> None:
    day = day_of(FEW)
    assert same_day([day_of(LATE)], day) == day_of(LATE)
    assert same_day([day_of(FEW, load=[[150, 60]]), day_of(FEW, name="Monday")], day) is None


def test_the_hours_are_those_of_the_clock() -> None:
    assert [word for word in words(picture(FEW)) if word and ":" in word] == [
        "12:00",
        "13:00",
        "14:00",
        "15:00",
    ]


def test_the_table_says_the_same() -> None:
    rows = list(rows_of(day_of(LATE), day_of(FEW)))
    assert [row.clock for row in rows][:3] == ["12:00", "12:15", "12:30"]
    assert sum(row.overload for row in rows) == 3
    assert sum(row.overload_before or 0 for row in rows) == 60
    assert max(row.load for row in rows) == 900
    assert [row.instances_before for row in rows] == [2] * 12
    assert {row.instances_before for row in rows_of(day_of(LATE), None)} == {None}
    assert len(list(rows_of(day_of(FEW, load=[[1, 1440]]), None))) <= 14


@pytest.mark.parametrize(
    ("most", "top"), [(0, 10), (1, 10), (900, 1000), (6600, 8000), (11_400, 12_000), (99, 100)]
)
def test_the_highest_line_is_round_and_near(most: int, top: int) -> None:
    assert nice(most) == top


def test_names_are_text_and_never_markup() -> None:
    svg = draw(day_of(FEW, name="<b onload='x'>&"), None, name="day-0")
    assert "<b " not in svg
    assert "style=" not in svg


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 20_000), st.integers(1, 60)).map(list), min_size=1, max_size=9
    ),
    st.integers(0, 300),
)
def test_whatever_the_load_all_of_it_is_inside(load: list, size: int) -> None:
    svg = picture(text_of(MinSize=size, MaxSize=300), load=load)
    _x, _y, width, height = map(float, svg.get("viewBox", "").split())
    assert width == WIDTH
    for shape in svg.iter(f"{SVG}path"):
        for part in re.findall(r"[MLHV][^MLHVZv]*", shape.get("d", "")):
            places = [float(number) for number in part[1:].split("h")[0].split()]
            limit = height if part[0] == "V" else width
            assert all(0 <= place <= limit for place in places)
