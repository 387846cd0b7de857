"""Amazon States Language, “Paths” and “Reference Paths”."""

from __future__ import annotations

from typing import Any

import pytest

from labs.grading.state_machines.language.paths import (
    NotThereError,
    PathError,
    look_up,
    put_at,
    read_path,
)

VALUE = {
    "foo": 123,
    "bar": ["a", "b", "c"],
    "car": {"cdr": True, "a-b": 1, "a b": 2},
    "rows": [{"n": 1}, {"n": 2}, {}],
}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("$.foo", 123),  # the three examples of the specification
        ("$.bar", ["a", "b", "c"]),
        ("$.car.cdr", True),
        ("$", VALUE),
        ("$['foo']", 123),
        ('$["car"]["cdr"]', True),
        ("$.car.a-b", 1),
        ("$.car['a b']", 2),
        ("$.bar[0]", "a"),
        ("$.bar[-1]", "c"),
        ("$.bar[1:]", ["b", "c"]),
        ("$.bar[-2:]", ["b", "c"]),
        ("$.bar[:1]", ["a"]),
        ("$.rows[*].n", [1, 2]),
        ("$.rows[*].m", []),
        ("$.car.*", [True, 1, 2]),
        ("$$.State.Name", "S"),
    ],
)
def test_a_path_finds(path: str, found: Any) -> None:
    assert look_up(read_path(path), VALUE, {"State": {"Name": "S"}}) == found


@pytest.mark.parametrize(
    "path", ["$.none", "$.none[*]", "$.bar[3]", "$.foo.x", "$.bar.x", "$.foo[0]", "$$.x"]
)
def test_what_is_not_there_is_an_error(path: str) -> None:
    with pytest.raises(NotThereError):
        look_up(read_path(path), VALUE, {})


@pytest.mark.parametrize(
    "text", ["foo", "$foo", "$.", "$.a[", "$..a", "$.a[?(@.b)]", "$.a b", "$.a[x]"]
)
def test_what_is_no_path_is_told(text: str) -> None:
    with pytest.raises(PathError):
        read_path(text)


@pytest.mark.parametrize(
    ("path", "made"),
    [
        ("$", 7),
        ("$.b", {"a": [1], "b": 7}),
        ("$.a", {"a": 7}),
        ("$.a[0]", {"a": [7]}),
        ("$.b.c.d", {"a": [1], "b": {"c": {"d": 7}}}),
    ],
)
def test_a_result_is_put_at_its_place(path: str, made: Any) -> None:
    value = {"a": [1]}
    assert put_at(read_path(path), value, 7) == made
    assert value == {"a": [1]}


@pytest.mark.parametrize(
    ("path", "value"), [("$.a.b", {"a": 1}), ("$.a[1]", {"a": [1]}), ("$.a", "x")]
)
def test_a_result_finds_no_place_through_a_text_or_behind_a_list(path: str, value: Any) -> None:
    with pytest.raises(NotThereError):
        put_at(read_path(path), value, 7)
