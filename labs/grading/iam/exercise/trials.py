"""The requests that tell a right policy from a wrong one, and policies tried with them.

To decide a few requests costs little beside a comparison.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from labs.grading.iam.decision.evaluation import Policies
from labs.grading.iam.decision.requests import Request
from labs.grading.iam.decision.statements import CompiledPolicy
from labs.grading.iam.exercise.answer import Answer
from labs.grading.iam.exercise.case_comparison import Case, beside_everything
from labs.grading.iam.exercise.policy_exercise import EXPECTATIONS, Exercise


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, and what may become of it."""

    request: Request
    own_permission: bool
    accepted: tuple[str, ...]
    beside_everything: bool = False  # as if another policy allowed everything

    def is_right(self, policies: Policies) -> bool:
        return str(policies.decide(self.request).outcome) in self.accepted

    @property
    def beside(self) -> tuple[bool, bool]:
        """Beside what the answer is asked."""
        return self.own_permission, self.beside_everything


def questions(answer: Answer, exercise: Exercise) -> Iterator[Asked]:
    """Every scenario, and the counterexamples of the comparison."""
    for one in exercise.scenarios:
        accepted = tuple(str(outcome) for outcome in EXPECTATIONS[one.expect])
        yield Asked(one.request, one.own_permission, accepted)
    if not exercise.comparison_points:
        return
    compared = answer.compared(exercise)
    for case in (compared.learner_only, compared.expected_only):
        if case:
            yield asked_in(case, exercise)
    missed = answer.compared_denials(exercise) if exercise.denial_points else None
    if missed and missed.learner_only:
        yield replace(asked_in(missed.learner_only, exercise), beside_everything=True)


def asked_in(case: Case, exercise: Exercise) -> Asked:
    who, action, resource = (
        str(case.request[name]) for name in ("principal", "action", "resource")
    )
    request = Request(who, action, resource, case.keys, resource_account=exercise.account or None)
    wanted = EXPECTATIONS["allow" if case.expected == "Allowed" else "deny"]
    return Asked(request, case.own_permission, tuple(map(str, wanted)))


def judged(policy: CompiledPolicy, asked: Iterable[Asked], exercise: Exercise) -> Iterator[bool]:
    """Of each request, whether what becomes of it is right."""
    sides: dict[tuple[bool, bool], Policies] = {}
    for one in asked:
        if one.beside not in sides:
            beside = beside_everything(exercise) if one.beside_everything else exercise
            sides[one.beside] = beside.policies(policy, own_permission=one.own_permission)
        yield one.is_right(sides[one.beside])


class Trial:
    """What becomes of the requests with another policy, looked at only as far as one wants to
    know. What goes wrong most easily comes first: most changes are no cure."""

    def __init__(self, policy: CompiledPolicy, asked: Sequence[Asked], exercise: Exercise) -> None:
        self.asked, self.right = asked, 0
        self.rest = enumerate(judged(policy, asked, exercise), 1)

    def first_wrong(self) -> Asked | None:
        for number, is_right in self.rest:
            if not is_right:
                return self.asked[number - 1]
            self.right += 1
        return None

    def gain(self, now: int) -> int:
        """Once the first wrong one is known: requests turned right, minus those turned wrong, where
        `now` are right without the change; 0 as soon as it can be no more."""
        for number, is_right in self.rest:
            self.right += is_right
            if self.right + len(self.asked) - number <= now:
                return 0
        return max(0, self.right - now)
