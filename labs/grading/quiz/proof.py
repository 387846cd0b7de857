"""Is a question fair? Whatever can be drawn: the right answer scores full, each wrong one less, and
shows its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from labs.grading.errors import SpecError
from labs.grading.quiz.judgement import Body, Given
from labs.grading.quiz.posing import Posed, chance_of
from labs.grading.quiz.reading import Question, body_of
from labs.grading.quiz.values import Drawn, places

SEEDS = range(1, 201)


def doubts_about(question: Question, seeds: Iterable[int] = SEEDS) -> tuple[str, ...]:
    """What its author has to mend, each said once."""
    try:
        found = dict.fromkeys((*doubts_of_places(question), *doubts_of_answers(question, seeds)))
    except SpecError as error:
        return (str(error),)
    return tuple(f"{question.place}: {doubt}" for doubt in found)


def doubts_of_places(question: Question) -> Iterator[str]:
    written = {name: value for name, value in question.table.items() if name not in ("values",)}
    for name in sorted(places(written) - question.values.names):
        yield f"<<{name}>> has no value"
    for name, some in question.values.choices.items():
        if any(set(one) & set("&<>\"'") for one in some):
            yield f"values.{name} has one of & < > \" ', which a page writes otherwise"
    if question.values.choices and not places(written["text"]):
        yield "what is drawn does not stand in the question"


def doubts_of_answers(question: Question, seeds: Iterable[int]) -> Iterator[str]:
    bodies = {}
    for drawn in question.values.combinations():
        body = bodies[key_of(drawn)] = body_of(question, drawn)
        yield from body.doubts() or doubts_of_judgements(body)
    for seed in seeds:
        drawn = question.values.drawn(chance_of(seed))
        body = bodies.get(key_of(drawn)) or body_of(question, drawn)
        one = Posed(question, seed, drawn, body)
        if Counter(one.shown.parts) != Counter(body.shown.parts):
            yield f"by seed {seed} it does not show what can be answered"


def key_of(drawn: Drawn) -> tuple[tuple[str, str], ...]:
    return tuple(drawn.items())


def doubts_of_judgements(body: Body) -> Iterator[str]:
    if body.judge(body.right()).score != 1:
        yield "the right answer does not score full"
    for given in body.wrong():
        judged = body.judge(given)
        if judged.score >= 1:
            yield f"{told(given)} scores full"
        missed = [one for one in judged.remarks if not one.is_right]
        if not missed or not all(one.reason.strip() for one in missed):
            yield f"{told(given)} is wrong without a reason"


def told(given: Given) -> str:
    return f"the answer {dict(given)!r}"
