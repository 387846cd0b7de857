"""The comparison of an answer with the expected policy, its counterexamples retold for the
learner."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypedDict

from labs.grading.errors import Undecided
from labs.grading.iam.comparison.comparison import (
    Comparison,
    Counterexample,
    allow_the_same,
    compare,
)
from labs.grading.iam.comparison.own_resource import own_resource
from labs.grading.iam.comparison.requesters import Requester, requesters_for
from labs.grading.iam.decision.evaluation import Layer, Policies
from labs.grading.iam.decision.explanation import explain, keys_missed
from labs.grading.iam.decision.requests import Request, Value, principal_keys
from labs.grading.iam.decision.statements import CompiledPolicy
from labs.grading.iam.exercise.group_callers import callers_of
from labs.grading.iam.exercise.policy_exercise import BELONGS_TO_RESOURCE, EVERYTHING, Exercise
from labs.grading.iam.exercise.sentences import (
    facts_of,
    request_words,
    verdict_sentence,
    with_yours_first,
)
from labs.grading.iam.language.principals import read_caller
from labs.grading.iam.lint.principals import is_service
from labs.grading.report import RelationName
from labs.grading.wildcards.budget import OutOfBudget

EXAMPLES = 8
# Whether the caller's own policy allows → what is in play for the answer, and for the expected one.
Sides = Callable[[bool], tuple[Policies, Policies]]


class Asked(TypedDict):
    """What is compared, for `compare` and `allow_the_same`."""

    expected: list[Layer]
    learner: list[Layer]
    tolerated: list[Layer]
    requesters: list[Requester]
    environment: Mapping[str, Value]
    owner: str


@dataclass(frozen=True, slots=True)
class Case:
    """A counterexample with what both policies say about it."""

    request: Mapping[str, object]
    keys: Mapping[str, object]
    sentence: str
    yours: str
    expected: str
    trace: Mapping[str, object]
    own_permission: bool = True
    who: str = ""  # where it is not the one whom the lab asks about first

    def as_json(self) -> dict[str, object]:
        return {
            "request": dict(self.request),
            "keys": dict(self.keys),
            "yours": self.yours,
            "expected": self.expected,
        }


@dataclass(frozen=True, slots=True)
class CaseComparison:
    relation: RelationName
    exact: bool
    learner_only: Case | None
    expected_only: Case | None
    extra_actions: tuple[str, ...]
    missing_actions: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        return {
            "relation": self.relation,
            "exact": self.exact,
            "extra_actions": len(self.extra_actions),
            "missing_actions": len(self.missing_actions),
            "examples_extra": list(self.extra_actions[:EXAMPLES]),
            "examples_missing": list(self.missing_actions[:EXAMPLES]),
        }


def compare_answer(answer: CompiledPolicy, exercise: Exercise) -> CaseComparison:
    """Over the callers that matter; boundary, session policy, SCPs and RCPs of the lab limit both
    sides alike. Of a policy for several users that of the first for whom it differs."""
    first, *others = callers_of(answer, exercise)
    found = compare_for(first, answer, exercise)
    for caller in others:
        if found.relation != RelationName.EQUAL:
            break
        found = compare_for(caller, answer, exercise)
    return found


def compare_for(caller: str, answer: CompiledPolicy, exercise: Exercise) -> CaseComparison:
    found = compare(**question(answer, exercise, caller))
    if caller != exercise.principal:
        found = replace(
            found,
            learner_only=asked_by(caller, found.learner_only),
            expected_only=asked_by(caller, found.expected_only),
        )

    def sides(own_permission: bool) -> tuple[Policies, Policies]:
        yours = exercise.policies(answer, own_permission=own_permission)
        return yours, exercise.policies(exercise.expected, own_permission=own_permission)

    return case_comparison(
        found, principal=exercise.principal, sides=sides, account=exercise.account
    )


def asked_by(caller: str, found: Counterexample | None) -> Counterexample | None:
    return replace(found, principal=caller) if found else None


def question(answer: CompiledPolicy, exercise: Exercise, principal: str) -> Asked:
    tolerated = (
        (exercise.expected, exercise.tolerated) if exercise.tolerated else (exercise.expected,)
    )
    caller = read_caller(principal)
    return {
        "expected": side(exercise, exercise.expected),
        "learner": side(exercise, answer),
        "tolerated": side(exercise, *tolerated),
        "requesters": list(requesters(answer, exercise)),
        "environment": principal_keys(caller) if is_identity(exercise) else {},
        "owner": exercise.account,
    }


def is_equal(answer: CompiledPolicy, exercise: Exercise) -> bool:
    """As `compare_answer` would find, mostly sooner. Undecided where neither is certain."""
    try:
        return all(
            allow_the_same(**question(answer, exercise, caller))
            for caller in callers_of(answer, exercise)
        )
    except (OutOfBudget, RecursionError):
        return compare_answer(answer, exercise).relation == RelationName.EQUAL


def denies_enough(answer: CompiledPolicy, exercise: Exercise) -> bool:
    """As `compare_denials` would find: nothing that has to be denied is allowed."""
    beside = beside_everything(exercise)
    try:
        return all(
            allow_the_same(**question(answer, beside, caller), directions=(0,))
            for caller in callers_of(answer, beside)
        )
    except (OutOfBudget, RecursionError):
        return compare_answer(answer, beside).learner_only is None


def compare_denials(answer: CompiledPolicy, exercise: Exercise) -> CaseComparison:
    """As if the caller had another policy that allows everything: what is still denied, is denied
    explicitly. Source: IAM User Guide, "Policy evaluation logic", explicit and implicit denials."""
    return compare_answer(answer, beside_everything(exercise))


def beside_everything(exercise: Exercise) -> Exercise:
    return replace(exercise, given=replace(exercise.given, identity=(EVERYTHING,)))


def case_comparison(
    found: Comparison, *, principal: str, sides: Sides, account: str = ""
) -> CaseComparison:
    """`sides` gives the policies in play for the answer and for the expected one. Undecided where
    neither a difference nor its absence is certain."""
    if found.relation == "undecided":
        raise Undecided("The policies are too tangled to be compared exactly.")
    return CaseComparison(
        relation=RelationName.of(
            wider=bool(found.learner_only), narrower=bool(found.expected_only)
        ),
        exact=found.exact,
        learner_only=retold(found.learner_only, principal=principal, sides=sides, account=account),
        expected_only=retold(
            found.expected_only, principal=principal, sides=sides, account=account
        ),
        extra_actions=found.extra_actions,
        missing_actions=found.missing_actions,
    )


def is_identity(exercise: Exercise) -> bool:
    return exercise.policy_type not in BELONGS_TO_RESOURCE


def side(exercise: Exercise, *policies: CompiledPolicy) -> list[Layer]:
    given = exercise.given
    together = exercise.policy_type == "identity"  # any other type of policy only limits
    layers = [
        Layer(
            "answer",
            (*policies, *given.identity) if together else policies,
            names_principals=not is_identity(exercise),
        ),
        *given.scps,
        *given.rcps,
    ]
    if given.identity and not together and is_identity(exercise):
        layers.append(Layer("identity policies", given.identity))
    if given.boundary:
        layers.append(Layer("permissions boundary", given.boundary))
    if given.session:
        layers.append(Layer("session policy", (given.session,)))
    if given.endpoint:
        layers.append(Layer("VPC endpoint policy", given.endpoint))
    return [*layers, *lab_limits(exercise)]


def lab_limits(exercise: Exercise) -> Iterator[Layer]:
    """What requests there can be at all, as far as the lab goes."""
    limits = exercise.within or (
        None if is_identity(exercise) else own_resource([exercise.expected])
    )
    if limits:
        yield Layer("the lab's resources", (limits,))
    if exercise.world:
        yield Layer("the lab's requests", (exercise.world,))


def requesters(answer: CompiledPolicy, exercise: Exercise) -> Iterator[Requester]:
    """Identity policies: nobody in particular. Else everybody whom a scenario or a policy names
    and who exists, and strangers."""
    if is_identity(exercise):
        yield Requester()
        return
    names = [scenario.principal for scenario in exercise.scenarios]
    found = requesters_for(names, (exercise.expected, answer), owner=exercise.account)
    yield from (one for one in found if exists(one))


def exists(requester: Requester) -> bool:
    """Nobody calls by the name of a service that there is not: naming one lets nobody in."""
    caller = requester.caller
    return caller is None or caller.kind != "service" or is_service(caller.text)


def retold(
    found: Counterexample | None, *, principal: str, sides: Sides, account: str = ""
) -> Case | None:
    """A counterexample with the decisions of both sides and the trace of the learner's."""
    if found is None:
        return None
    who = found.principal or principal
    request = Request(
        who, found.action, found.resource, found.context, resource_account=account or None
    )
    yours, expected = sides(found.own_permission)
    trace, model = with_yours_first(explain(yours, request)), explain(expected, request)
    missed = dict.fromkeys((*keys_missed(trace), *keys_missed(model)))
    context = {key: json_value(value) for key, value in found.context.items()}
    return Case(
        request={
            "principal": who,
            "action": found.action,
            "resource": found.resource,
            "context": context,
        },
        keys=context,
        sentence=verdict_sentence(request_words(found), trace, facts_of(found, missed)),
        yours=trace["outcome"],
        expected=model["outcome"],
        trace=trace,
        own_permission=found.own_permission,
        who=found.principal,
    )


def json_value(value: Value) -> str | list[str]:
    return list(value) if isinstance(value, tuple) else value
