"""Tasks without end, by what they train. To add one: a module with what `Generator` asks for, and
its line here. `proof.py` proves it by what it draws (`manage.py check_labs`), and
`tests/labs/grading/quiz/test_generators.py` by what an engine says of the text alone."""

from __future__ import annotations

from labs.grading.quiz.generators import (
    acl,
    group,
    pattern,
    policy_choice,
    policy_flaw,
    request,
    route,
    rule_choice,
    rule_flaw,
    statement,
    subnets,
)
from labs.grading.quiz.generators.kind import Generator

EVERY: tuple[Generator, ...] = (
    request,
    statement,
    pattern,
    policy_choice,
    policy_flaw,
    subnets,
    group,
    rule_choice,
    rule_flaw,
    acl,
    route,
)
GENERATORS = {one.NAME: one for one in EVERY}
# A finding's code → what trains it
BY_CODE = {code: one for one in EVERY for code in one.CODES}
