"""What its author is told of a question that is not fair."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from labs.grading.errors import SpecError
from labs.grading.quiz.arithmetic import NoNumber, value_of, written
from labs.grading.quiz.choosing import Choosing, read_options
from labs.grading.quiz.judgement import Given, Judgement, Remark
from labs.grading.quiz.proof import doubts_about
from labs.grading.quiz.reading import KINDS, read_questions

NUMBER = """
[[questions]]
section = "a"
slug = "a-number"
kind = "number"
level = 1
values = { n = [2, 3] }
text = "How much is <<n>> and two?"
answer = "n + 2"
reason = "It is <<n>> + 2."
otherwise = "Count again."
[[questions.mistakes]]
answer = "n - 2"
reason = "Taken away."
[[questions.mistakes]]
answer = "n * 10"
reason = "Ten times."
"""
SINGLE = """
[[questions]]
section = "a"
slug = "a-choice"
kind = "single"
level = 1
text = "Which?"
options = [
    { text = "One", reason = "No." },
    { text = "Two", reason = "Yes.", right = true },
    { text = "Three", reason = "No." },
]
"""


def doubts(text: str) -> tuple[str, ...]:
    (question,) = read_questions(text, "a.toml")
    return doubts_about(question)


def test_both_are_fair_as_they_stand() -> None:
    assert doubts(NUMBER) == doubts(SINGLE) == ()


@pytest.mark.parametrize(
    ("old", "new", "doubt"),
    [
        ('"n - 2"', '"n + 2"', "the mistake 4 is a right answer"),
        ('"n * 10"', '"n * n"', "the mistake 4 is a right answer"),
        ('"n + 2"', '"n / 7"', "more than 2 places"),
        ("How much is <<n>>", "How much is <<m>>", "<<m>> has no value"),
        ("How much is <<n>>", "How much is it", "does not stand in the question"),
        ("[2, 3] }", '[2, 3], who = ["R&D", "IT"] }', "which a page writes otherwise"),
        ('answer = "n + 2"', 'answer = "n + 2"\nleast = 9\nmost = 10', "between least and most"),
        ('answer = "n + 2"', 'answer = "n + 2"\nmost = "n * 10"', "is a right answer"),
    ],
)
def test_a_number_that_is_not_fair_for_one_of_its_values(old: str, new: str, doubt: str) -> None:
    assert old in NUMBER
    assert any(doubt in one for one in doubts(NUMBER.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("old", "new", "doubt"),
    [
        (", right = true", "", "0 right options"),
        ('reason = "No." },\n]', 'reason = "No.", right = true },\n]', "2 right options"),
        ('"Three"', '"One"', "two options say the same"),
        ('    { text = "Three", reason = "No." },\n', "", "needs 3 to 6 options"),
    ],
)
def test_a_choice_that_is_not_fair(old: str, new: str, doubt: str) -> None:
    assert old in SINGLE
    assert any(doubt in one for one in doubts(SINGLE.replace(old, new, 1)))


@dataclass(frozen=True)
class Silent(Choosing):
    """That says nothing of the wrong ones."""

    def remarks(self, chosen: set[str]) -> Iterator[Remark]:
        return (
            one if one.is_right else replace(one, reason=" ") for one in super().remarks(chosen)
        )


@dataclass(frozen=True)
class Lenient(Choosing):
    """To which everything is right."""

    def judge(self, given: Given) -> Judgement:
        return replace(super().judge(given), score=1)


@pytest.mark.parametrize(
    ("body", "doubt"),
    [(Silent, "is wrong without a reason"), (Lenient, "scores full")],
)
def test_a_kind_that_judges_unfairly(body: type[Choosing], doubt: str, monkeypatch) -> None:
    monkeypatch.setitem(
        KINDS, "single", lambda table, _numbers: body(tuple(read_options(table)), several=False)
    )
    told = doubts(SINGLE)
    assert len(told) == 2, "of each wrong option"
    assert all(one.endswith(doubt) for one in told)


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ('reason = "No."', 'reason = ""', "a.toml: a-choice.options[1].reason: is empty"),
        (', reason = "No."', "", "a.toml: a-choice.options[1].reason: is missing"),
        ('"single"', '"guess"', "a.toml: a-choice.kind: is “guess”, not one of"),
        ("level = 1", "level = 4", "a.toml: a-choice.level"),
        ("level = 1", "level = 1\nlevels = 1", "a.toml: a-choice.levels: unknown key"),
        ('reason = "Yes."', 'reason = "Yes.", code = "x"', "a right option shows no mistake"),
        ("[[questions]]", "[[question]]", "a.toml: question: unknown key"),
        ('"Which?"', '"Which', "a.toml: Illegal character"),
    ],
)
def test_what_cannot_be_read_is_named_by_file_and_key(old: str, new: str, error: str) -> None:
    assert old in SINGLE
    with pytest.raises(SpecError) as raised:
        doubts(SINGLE.replace(old, new, 1))
    assert error in str(raised.value)


def test_what_is_worked_out_may_stand_in_any_order() -> None:
    """PostgreSQL keeps the shortest name first."""
    let = 'let = { a = "total - 1", total = "n * 2" }'
    assert doubts(NUMBER.replace('text = "How', f'{let}\ntext = "<<a>> <<total>> How')) == ()


@pytest.mark.parametrize("let", ['let = { a = "b", b = "a" }', 'let = { a = "nobody + 1" }'])
def test_what_cannot_be_worked_out_is_named(let: str) -> None:
    with pytest.raises(SpecError, match="nothing is called"):
        doubts(NUMBER.replace('text = "How', f'{let}\ntext = "How'))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2 ** (32 - 26) - 5", "59"),
        ("hosts(24)", "251"),
        ("0.1 + 0.2", "0.3"),
        ("round(2.5)", "3"),
        ("round(2 / 3, 2)", "0.67"),
        ("-ceil(7 / 2)", "-4"),
        ("min(5, 4 + 3)", "5"),
    ],
)
def test_arithmetic_is_exact(text: str, value: str) -> None:
    assert written(value_of(text, {})) == value


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')", "a", "1 if 2 else 3", "[1]", "'1'", "1 +", "(1).real", "2 ** 65",
        "9 ** 64 ** 2", "1 / 0", "1 % 0", "hosts(8)", "hosts(24.5)", "min()", "round(1, 1, 1)",
        "True", "lambda: 1", "1" * 300, "(" * 150, "10 ** 60", "0 ** -1",
    ],
)  # fmt: skip
def test_what_is_not_arithmetic_has_no_value(text: str) -> None:
    with pytest.raises(NoNumber):
        value_of(text, {})
