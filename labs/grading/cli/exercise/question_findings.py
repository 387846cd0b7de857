"""What the script prints against what was asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from labs.grading.cli.exercise.cli_exercise import CliExercise, Question
from labs.grading.cli.exercise.codes import MISTAKES, code_of
from labs.grading.cli.terminal.terminal import Step, Terminal
from labs.grading.report import Case, Finding, Outcome
from labs.grading.said import say

SHOWN_LINES, SHOWN = 6, 240


def steps_for(question: Question, steps: Sequence[Step]) -> list[Step]:
    """What stands below the number of the question. Where no number stands anywhere, each command
    that asks AWS answers the next question."""
    if any(step.command.label for step in steps):
        return [step for step in steps if step.command.label == question.number]
    asking = [step for step in steps if step.call]
    place = int(question.number) - 1
    return asking[place : place + 1]


def printed_by(steps: Sequence[Step]) -> str:
    return "".join(step.output for step in steps)


def expected_of(question: Question, exercise: CliExercise, *, another_day: bool = False) -> str:
    account = exercise.other if another_day and exercise.other else exercise.account
    return printed_by(Terminal(exercise.machine.copy(), account.copy()).run(question.script))


def same(question: Question, expected: str, got: str) -> bool:
    if question.as_words:
        return Counter(expected.split()) == Counter(got.split())
    return [line.rstrip() for line in expected.strip().split("\n")] == [
        line.rstrip() for line in got.strip().split("\n")
    ]


def question_finding(question: Question, expected: str, steps: Sequence[Step]) -> Finding:
    got = printed_by(steps)
    if same(question, expected, got):
        right = say("Question {number}: the right answer.", number=question.number)
        return Finding("cli.right", True, question.points, right, why=question.why)
    code, message = mistake(question, expected, steps)
    return Finding(
        code,
        False,
        question.points,
        message,
        at=steps[0].command.at if steps else None,
        cases=(Case(message),),
        counterexample={"question": question.number, "printed": short(got)},
        section=MISTAKES[code].section,
        expected=short(expected),
        actual=short(got),
        why=MISTAKES[code].rule,
        cure=MISTAKES[code].cure,
    )


def mistake(question: Question, expected: str, steps: Sequence[Step]) -> tuple[str, str]:
    number, got = question.number, printed_by(steps)
    error = next((step.error for step in steps if step.error), None)
    if error:
        words = say("Question {number}: {error}", number=number, error=error.quoted)
        return code_of(error), words
    if not steps:
        return "cli.no-answer", say("Question {number}: there is no command.", number=number)
    if looks_like_json(got) and not looks_like_json(expected):
        return "cli.not-text", say("Question {number}: JSON is printed.", number=number)
    return other_words(number, Counter(expected.split()), Counter(got.split()))


def looks_like_json(text: str) -> bool:
    return text.lstrip()[:1] in ("[", "{", '"')


def other_words(number: str, wanted: Counter[str], words_got: Counter[str]) -> tuple[str, str]:
    if "None" in words_got and "None" not in wanted:
        words = say("Question {number}: None is printed: no such field.", number=number)
        return "cli.no-such-field", words
    if wanted < words_got:
        return "cli.too-much", say("Question {number}: too much is printed.", number=number)
    if not words_got:
        return "cli.too-little", say("Question {number}: nothing is printed.", number=number)
    if words_got < wanted:
        words = say("Question {number}: too little is printed.", number=number)
        return "cli.too-little", words
    return "cli.other-answer", say("Question {number}: something else is printed.", number=number)


def short(text: str) -> str:
    lines = text.rstrip("\n").split("\n")
    shown = "\n".join(lines[:SHOWN_LINES])[:SHOWN]
    return shown + ("…" if len(shown) < len(text.rstrip("\n")) else "")


def question_outcome(
    question: Question, expected: str, steps: Sequence[Step], *, passed: bool
) -> Outcome:
    error = next((step.error.quoted for step in steps if step.error), "")
    return Outcome(
        name=say("Question {number}", number=question.number),
        what=question.text,
        expected=short(expected),
        yours=error or short(printed_by(steps)) or say("nothing"),
        passed=passed,
    )


def other_day(exercise: CliExercise, steps: Sequence[Step], passed: Sequence[Question]) -> Finding:
    """The questions that are right today, on another day: hidden."""
    wrong = [
        question
        for question in passed
        if not same(
            question,
            expected_of(question, exercise, another_day=True),
            printed_by(steps_for(question, steps)),
        )
    ]
    if passed and not wrong:
        right = say("On another day the commands are right, too.")
        return Finding("cli.right", True, exercise.only_today, right, hidden=True)
    message = (
        say("Question {number}: on another day the answer is wrong.", number=wrong[0].number)
        if wrong
        else say("Nothing is right that could be tried on another day.")
    )
    code = "cli.only-today" if wrong else "cli.no-answer"
    return Finding(
        code,
        False,
        exercise.only_today,
        message,
        section=MISTAKES[code].section,
        hidden=True,
        why=MISTAKES[code].rule,
        cure=MISTAKES[code].cure,
    )
