from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labs.grading.errors import AnswerError
from labs.grading.json_text import JsonError, read_json

TEXT = """{
  "Statement": [
    {"Effect": "Allow", "Action": ["s3:GetObject",
                                   "s3:PutObject"]}
  ]
}"""


def test_a_document_is_the_value_that_json_means():
    assert read_json(TEXT).value == json.loads(TEXT)


def test_places_count_lines_and_columns_from_one():
    document = read_json(TEXT)
    assert document.position() == (1, 1)
    assert document.position(("Statement", 0, "Action", 1)) == (4, 36)
    assert document.key_position(("Statement", 0, "Action")) == (3, 25)


def test_a_path_that_does_not_exist_points_at_what_surrounds_it():
    assert read_json(TEXT).position(("Statement", 0, "Resource", 3)) == (3, 5)


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ('{"a": 1,}', "json.trailing-comma", 1, 8),
        ("[1,\n2,\n]", "json.trailing-comma", 2, 2),
        ('{"a": 1, "b": 2, "a": 3}', "json.duplicate-key", 1, 18),
        ("{}\n{}", "json.second-root", 2, 1),
        ("[NaN]", "json.number", 1, 2),
        ("[-Infinity]", "json.syntax", 1, 2),
        ("[1e999]", "json.number", 1, 2),
        ("[" + "9" * 5000 + "]", "json.number", 1, 2),
        ("[01]", "json.syntax", 1, 2),
        ('["\\ud800"]', "json.surrogate", 1, 2),
        ('["\\u0000"]', "json.control-character", 1, 2),
        ('["a', "json.unterminated", 1, 2),
        ('["a\nb"]', "json.control-character", 1, 4),
        ('["\\x41"]', "json.syntax", 1, 3),
        ('{"a": 1 "b": 2}', "json.missing-comma", 1, 9),
        ('{"a" 1}', "json.syntax", 1, 6),
        ("{'a': 1}", "json.syntax", 1, 2),
        ("{// why\n}", "json.comment", 1, 2),
        ("[True]", "json.syntax", 1, 2),
        ("[1", "json.unfinished", 1, 3),
        ('{"a":', "json.unfinished", 1, 6),
        ("", "json.empty", 1, 1),
        ("[" * 33 + "]" * 33, "json.too-deep", 1, 33),
    ],
)
def test_a_mistake_is_named_with_its_place(text, code, line, column):
    with pytest.raises(AnswerError) as caught:
        read_json(text)
    assert isinstance(caught.value, JsonError)
    assert (caught.value.code, caught.value.line, caught.value.column) == (code, line, column)


def test_a_byte_order_mark_in_front_is_harmless():
    assert read_json('\ufeff{"a": 1}').value == {"a": 1}


def test_a_surrogate_pair_is_one_character():
    assert read_json('["\\ud83d\\ude00"]').value == ["😀"]


JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(st.characters(codec="ascii", exclude_characters="\0"), max_size=5),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON_VALUES, st.booleans(), st.sampled_from([None, 1, "\t"]))
def test_what_json_writes_is_read_back(value, ascii_only, indent):
    assert read_json(json.dumps(value, ensure_ascii=ascii_only, indent=indent)).value == value


@given(st.text(alphabet='{}[]",:\\ 0123456789.eE+-truefalsn/\n\0\ud800“', max_size=40))
def test_any_text_is_either_read_as_json_reads_it_or_refused(text):
    try:
        value = read_json(text).value
    except AnswerError:
        return
    assert value == json.loads(text)
