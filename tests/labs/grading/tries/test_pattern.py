"""An ARN with wildcards against one without."""

from __future__ import annotations

import pytest

from labs.grading.errors import SpecError
from labs.grading.tries import pattern
from labs.grading.tries.kind import FieldError, Mark, Tone

OBJECT = "arn:aws:s3:::reports-old/a:b.csv"


@pytest.mark.parametrize(
    ("written", "tone"),
    [
        ("*", Tone.YES),
        ("arn:aws:s3:::reports*", Tone.YES),
        ("arn:aws:s3:::reports/*", Tone.NO),
        ("arn:aws:s3:::reports-old/?:b.csv", Tone.YES),
        ("arn:*:s3:::*", Tone.YES),
        ("arn:aws:S3:::*", Tone.NO),
    ],
)
def test_a_pattern_matches_part_by_part(written, tone):
    assert pattern.answer({"pattern": written, "arn": OBJECT}).tone is tone


def test_the_part_that_keeps_it_out_is_marked():
    answer = pattern.answer({"pattern": "arn:aws:s3:eu-*::reports*", "arn": OBJECT})
    rows = answer.tables[0].rows
    assert [row.name for row in rows if row.mark is Mark.PASSES_BY] == ["Region"]
    assert rows[3].why == "eu-* does not fit nothing."
    assert rows[4].why == "Both are empty."


@pytest.mark.parametrize(
    ("texts", "field"),
    [({"arn": "reports"}, "arn"), ({"arn": "arn:aws:s3::x"}, "arn"),
     ({"pattern": "arn:aws:s3::x"}, "pattern")],
)  # fmt: skip
def test_what_is_no_arn_is_said_in_its_field(texts, field):
    with pytest.raises(FieldError) as error:
        pattern.answer({"pattern": "*", "arn": OBJECT} | texts)
    assert error.value.field == field


def test_fields_that_do_not_fit_are_the_authors_mistake():
    with pytest.raises(SpecError):
        pattern.fields(frozenset({"pattern"}))
