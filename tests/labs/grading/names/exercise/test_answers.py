"""How parts are written, and what is said of what cannot be read."""

from __future__ import annotations

import pytest

from labs.grading.errors import AnswerError
from labs.grading.names.exercise.answers import read_names

SAME = {"m5.large": {"family": "m", "attributes": "", "size": "large"}}


@pytest.mark.parametrize(
    "text",
    [
        "m5.large:\n  family: m\n  attributes: none\n  size: large\n",
        'm5.large: {family: m, attributes: "", size: "large"}',
        "m5.large: {family: m, attributes: -, size: large,}  # done",
        "---\n# a note\n\n'm5.large':\n    Family: \"m\"\n    attributes: ~\n    size:  large # x",
        '{"m5.large": {"family": "m", "attributes": null, "size": "large"}}',
        "- m5.large:\n    - family: m\n    - attributes: NONE\n    - size: “large”\n",
        "\ufeff  m5.large:\n    family: m\r\n    attributes: none\r\n    size: large",
    ],
)  # fmt: skip
def test_the_same_parts_can_be_written_in_many_ways(text: str) -> None:
    found = read_names(text)
    parts = {
        name: {key: one.text for key, one in item.parts.items()} for name, item in found.items()
    }
    assert parts == SAME


def test_a_part_with_nothing_behind_its_colon_is_not_filled_in() -> None:
    assert read_names("a:\n  family:\n  size: # later\n")["a"].parts == {}
    assert read_names("a: {family: , size: }")["a"].parts == {}


def test_values_may_have_colons_and_commas() -> None:
    parts = read_names("a:\n  header: 2001:db8::1, 10.0.0.1\n")["a"].parts
    assert parts["header"].text == "2001:db8::1, 10.0.0.1"
    assert read_names('a: {header: "1.2.3.4, 5.6.7.8", x: y}')["a"].parts["x"].text == "y"
    assert read_names('{"a": {"header": ["1.2.3.4", "5.6.7.8"]}}')["a"].parts["header"].text == (
        "1.2.3.4, 5.6.7.8"
    )


def test_json_knows_yes_and_numbers() -> None:
    parts = read_names('{"a": {"warning": true, "generation": 5}, "b": "c"}')
    assert [one.text for one in parts["a"].parts.values()] == ["yes", "5"]
    assert parts["b"].parts[""].text == "c"


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("a:\n  family m", 2, 3, "Write “name: value”."),
        ("a:\n  family:m", 2, 3, "with a blank behind the colon"),
        ("a:\n  family: m\n  family: n", 3, 3, "“family” is here twice"),
        ("a: x\nb: y\na: z", 3, 1, "“a” is here twice"),
        ("a:\nfamily: m\nb:\nfamily: c", 4, 1, "“family” is here twice. Indent the parts"),
        ("a: {header: 10.0.0.1, 10.0.0.2, x: y}", 1, 23, "between quotation marks"),
        ("a: {family: m", 1, 13, "is not closed in this line"),
        ("a: {family: m} more", 1, 16, "Nothing can follow here"),
        ('a:\n  family: "m', 2, 11, "quotation mark is not closed"),
        ('a:\n  family: "m" n', 2, 15, "Nothing can follow here"),
        ("a: {: m}", 1, 5, "with a blank behind the colon"),
        ('{"a": {"b": {}}}', 1, 13, "one value"),
        ("[1]", 1, 1, "Expected"),
        ("\n".join(f"a{number}: b" for number in range(301)), 301, 1, "More than 300 lines"),
    ],
)
def test_what_cannot_be_read_is_pointed_at(text: str, line: int, column: int, words: str) -> None:
    with pytest.raises(AnswerError) as raised:
        read_names(text)
    assert (raised.value.line, raised.value.column) == (line, column)
    assert words in raised.value.message
