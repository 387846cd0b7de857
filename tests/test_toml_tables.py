"""Labs and courses are read by twins: what is wrong is said in the same sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from labs.grading import toml_table as of_labs
from labs.grading.errors import SpecError
from lessons import toml_table as of_courses
from lessons.toml_table import SourceError

TWINS = (of_labs, of_courses)
VALUES: Mapping[str, Any] = {
    "title": 7, "blank": " ", "level": "high", "truth": True, "names": ["a", 1], "rows": [1],
    "many": 12, "row": [{"a": "b"}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("read", "sentence"),
    [
        (lambda table: table.text("nothing"), "x.toml: nothing: is missing"),
        (lambda table: table.text("title"), "x.toml: title: is not text"),
        (lambda table: table.text("blank"), "x.toml: blank: is empty"),
        (
            lambda table: table.text("level", choices=("low", "middle")),
            "x.toml: level: is “high”, not one of low, middle",
        ),
        (lambda table: table.number("truth"), "x.toml: truth: is not a whole number"),
        (lambda table: table.number("many", most=9), "x.toml: many: is 12, not 0 to 9"),
        (lambda table: table.texts("names"), "x.toml: names: is not a list of texts"),
        (lambda table: list(table.tables("rows")), "x.toml: rows: is not a list of tables"),
        (
            lambda table: list(table.tables("row")),
            "x.toml: row[1].a: unknown key; known are ",
        ),
        (
            lambda table: (table.number("many"), table.finish()),
            "x.toml: blank: unknown key; known are many",
        ),
    ],
)
def test_both_readers_say_the_same(read: Callable[[Any], object], sentence: str) -> None:
    for twin in TWINS:
        with pytest.raises((SpecError, SourceError)) as error:
            read(twin.Table(VALUES, file="x.toml", path=""))
        assert str(error.value) == sentence


def test_what_only_labs_read_has_no_other_name_in_courses() -> None:
    names = [{name for name in vars(twin.Table) if not name.startswith("_")} for twin in TWINS]
    assert names[1] - names[0] == set()
