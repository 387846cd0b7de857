from __future__ import annotations

import json

import pytest

from labs.grading.errors import AnswerError
from labs.grading.yaml_text import read_yaml

SAME = {
    "a": {"b": [1, 2.5, "x: y"], "c": None, "d": [{"e": True, "f": "g"}, {"e": False}]},
    "h": {},
}


@pytest.mark.parametrize(
    "text",
    [
        'a:\n  b: [1, 2.5, "x: y"]\n  c:\n  d:\n    - e: true\n      f: g\n    - e: false\nh: {}\n',
        "---\na:  # why\n  b:\n  - 1\n  - 2.5\n  - 'x: y'\n  c: ~\n  d:\n  - {e: true, f: g}\n"
        "  -\n    e: false\n'h': {}",
        "a: {b: [1,\n     2.5, 'x: y'], # of three\n  c: null, d: [{e: true, f: g}, {e: false}]}\n"
        "\nh: {}",
        json.dumps(SAME),
        json.dumps(SAME, indent=2),
    ],
)
def test_one_value_in_every_form(text: str) -> None:
    assert read_yaml(text).value == SAME


def test_names_with_colons_and_text_with_signs() -> None:
    text = "aws:SourceArn: arn:aws:sns:x\nurl: https://a.example/b#c  # d\nquoted: 'it''s'\nn: 007"
    found = read_yaml(text).value
    assert found == {
        "aws:SourceArn": "arn:aws:sns:x", "url": "https://a.example/b#c", "quoted": "it's",
        "n": "007",
    }  # fmt: skip


def test_every_value_and_key_has_its_place() -> None:
    document = read_yaml("a:\n  - b: 1\n    c: {d: 2}\n")
    assert document.position(("a", 0, "b")) == (2, 8)
    assert document.key_position(("a", 0, "c")) == (3, 5)
    assert document.position(("a", 0, "c", "d")) == (3, 12)


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a: 1\na: 2", (2, 1), "here twice"),
        ("a:\n\tb: 1", (2, 1), "not with tabs"),
        ("a:\n  b: 1\n c: 2", (3, 2), "Indent this line"),
        ("a: 1\nb", (2, 1), "key: value"),
        ("a: [1, 2", (1, 4), "not closed"),
        ("a: {b: 1", (1, 4), "not closed"),
        ("a: 'b", (1, 4), "quotation mark"),
        ("a: [1] 2", (1, 8), "Nothing can follow"),
        ("a: &b 1", (1, 4), "without &"),
        ("a: |\n  b", (1, 4), "without |"),
        ("a: [,]", (1, 5), "A value was expected"),
        ("a: " + "[" * 40, None, "levels deep"),
        ("a: 1\n" + "\n" * 700 + "b: 1", None, "lines"),
    ],
)
def test_what_cannot_be_read_is_named_at_its_place(
    text: str, place: tuple[int, int] | None, words: str
) -> None:
    with pytest.raises(AnswerError, match=words) as raised:
        read_yaml(text)
    assert place in (None, (raised.value.line, raised.value.column))
