"""AWS CLI User Guide, *Setting the output format*: `text`."""

from __future__ import annotations

import pytest

from labs.grading.cli.printing.formats import printed


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("x", "x\n"),
        (None, "None\n"),
        (3, "3\n"),
        (["a", "b"], "a\tb\n"),
        ([["a", "b"], ["c", "d"]], "a\tb\nc\td\n"),
        ([["a"], ["b"]], "a\nb\n"),
        ([], ""),
        ({"B": "2", "A": "1"}, "1\t2\n"),
        ({"Users": [{"Name": "ben", "Path": "/"}, {"Name": "lea", "Path": "/", "Tag": "x"}]},
         "USERS\tben\t/\t\nUSERS\tlea\t/\tx\n"),
        ({"A": "1", "State": {"Code": 16, "Name": "running"}}, "1\nSTATE\t16\trunning\n"),
        ({"Ids": ["a", "b"]}, "IDS\ta\nIDS\tb\n"),
        (["a", ["b"]], "a\nb\n"),
    ],
)  # fmt: skip
def test_text_has_a_line_for_each_list_or_object(value: object, expected: str) -> None:
    assert printed(value, "text") == expected


def test_json_is_indented_by_four_and_quotes_what_is_text() -> None:
    assert printed("x", "json") == '"x"\n'
    assert printed({"A": [1]}, "json") == '{\n    "A": [\n        1\n    ]\n}\n'
    assert printed(None, "json") == "null\n"


def test_a_table_is_named_and_off_prints_nothing() -> None:
    assert printed({"A": 1}, "table").startswith("(table:")
    assert printed({"A": 1}, "off") == ""
