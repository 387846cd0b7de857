"""Every sort of change to things sorted into boxes."""

from __future__ import annotations

from labs.grading.mutants.sorting import broken_sorting
from labs.grading.sorting.answers import read_choices

ANSWER = "an apple: fruit\nb: stone\nc: fruit\n"


def test_one_item_is_left_out_or_in_another_box_of_the_answer() -> None:
    found = {
        mutant.name: {name: choice.box for name, choice in read_choices(mutant.text).items()}
        for mutant in broken_sorting(ANSWER)
    }
    whole = {"an apple": "fruit", "b": "stone", "c": "fruit"}
    assert found == {
        "without an apple": {**whole, "an apple": ""},
        "an apple: stone for fruit": {**whole, "an apple": "stone"},
        "without b": {**whole, "b": ""},
        "b: fruit for stone": {**whole, "b": "fruit"},
        "without c": {**whole, "c": ""},
        "c: stone for fruit": {**whole, "c": "stone"},
    }
