"""Who else asks, where a policy is for a group: an exception for one of its users is no business
of the user whom the lab names first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from labs.grading.iam.decision.statements import CompiledPolicy
from labs.grading.iam.exercise.policy_exercise import BELONGS_TO_RESOURCE, Exercise
from labs.grading.iam.language.documents import Policy, Statement
from labs.grading.iam.language.principals import read_caller

MOST_CALLERS = 8  # of one comparison; more users than a lab has
USER_KEYS = ("aws:username", "aws:principalarn", "aws:userid")
NAME = re.compile(r"[\w+=,.@-]{1,64}", re.ASCII)
NEWCOMER = "a-new-user"


def callers_of(answer: CompiledPolicy, exercise: Exercise) -> list[str]:
    """The lab's principal; where scenarios let several ask, also those, whoever the policies name,
    and somebody whom nobody names."""
    asked = dict.fromkeys((exercise.principal, *(one.principal for one in exercise.scenarios)))
    if exercise.policy_type in BELONGS_TO_RESOURCE or len(asked) < 2 or not all_users(asked):
        return [exercise.principal]
    beginning = exercise.principal.rpartition("/")[0]
    named = dict.fromkeys((*names_in(exercise.expected.source), *names_in(answer.source)))
    others = (f"{beginning}/{name}" for name in (NEWCOMER, *named))
    return list(dict.fromkeys((*asked, *others)))[:MOST_CALLERS]


def all_users(arns: Iterable[str]) -> bool:
    return all(read_caller(arn).kind == "user" for arn in arns)


def names_in(policy: Policy) -> Iterator[str]:
    """Of users, as far as an ARN or a condition names them; of a pattern one name that fits."""
    for statement in policy.statements:
        for text in texts_of(statement):
            name = text.rpartition("/")[2].replace("*", "x").replace("?", "x")
            if NAME.fullmatch(name):
                yield name


def texts_of(statement: Statement) -> Iterator[str]:
    yield from (one for one in statement.resources or () if ":user/" in one)
    for entry in statement.conditions:
        if entry.key.lower() in USER_KEYS:
            yield from entry.values
