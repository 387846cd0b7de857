from __future__ import annotations

import pytest

from labs.grading.costs.exercise.amounts import read_amounts
from labs.grading.errors import AnswerError


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("12.34", (12.34,)),
        ("$1,234.56", (1234.56,)),
        ("US$ 12", (12,)),
        ("1.234,56", (1234.56,)),
        ("1 234.5", (1234.5,)),
        ("1’234.50", (1234.5,)),
        ("12,34", (12.34,)),
        ("1,234", (1234, 1.234)),
        ("1,234,567", (1234567,)),
        ("0.005", (0.005,)),
        (".5", (0.5,)),
        ("~ 7", (7,)),
        ("600000 GB-seconds", (600000,)),
        ("12.34 USD per month", (12.34,)),
    ],
)
def test_an_amount_is_read_in_the_forms_that_people_write(
    text: str, readings: tuple[float, ...]
) -> None:
    assert read_amounts(f"bill: {text}\n")["bill"].readings == readings
    assert read_amounts(f'{{"Bill": "{text}"}}')["bill"].readings == readings


@pytest.mark.parametrize("name", ["break-even", "Break even", "break_even"])
def test_a_name_may_have_a_space_or_an_underscore(name: str) -> None:
    assert list(read_amounts(f"{name}: 12")) == ["break-even"]


def test_a_number_of_json_is_an_amount() -> None:
    assert read_amounts('{"bill": 12.5}')["bill"].readings == (12.5,)


def test_what_is_not_filled_in_is_left_out() -> None:
    assert read_amounts("bill:\nyear: none\nmonth: ''\n") == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("bill: much", "line 1, column 7: “much” is no amount"),
        ("bill: 3 * 730", "Write the result here, not the calculation."),
        ("bill: 3 + 4", "Write the result here"),
        ("bill: 8/2", "Write the result here"),
        ("bill: -3", "is no amount"),
        ("bill: 1.2.3,4,5", "is no amount"),
        ("bill: 9999999999999999", "is no amount"),
        ("bill:\n  month: 3\n", "is one amount, without parts"),
        ("bill: 3 " + "x" * 70, "is no unit"),
        ('{"bill": [1, 2]}', "A part is one value"),
    ],
)
def test_what_is_no_amount_is_refused_with_its_place(text: str, words: str) -> None:
    with pytest.raises(AnswerError) as raised:
        read_amounts(text)
    assert words in str(raised.value)
