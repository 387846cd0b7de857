"""An answer against an exercise: findings in reading order, and what the verdict page draws.

`Report.outcomes` has a row for each scenario that is not hidden. `Report.extra["comparison"]` is
null, or tells which actions make the difference:
    {"relation", "exact", "extra_actions": count, "missing_actions": count,
     "examples_extra": [action], "examples_missing": [action]}
A comparison's counterexample is {"request", "keys": {condition keys that matter}, "yours",
"expected"}: the request can be replayed, it holds every key that the decision needs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from labs.grading.cure import Held
from labs.grading.errors import Position
from labs.grading.iam.decision.evaluation import Policies
from labs.grading.iam.decision.explanation import decision_words, explain, reason_words
from labs.grading.iam.decision.statements import CompiledPolicy
from labs.grading.iam.exercise.answer import Answer
from labs.grading.iam.exercise.case_comparison import (
    CaseComparison,
    denies_enough,
    is_equal,
)
from labs.grading.iam.exercise.codes import CODES, TAUGHT_OF_TYPE
from labs.grading.iam.exercise.denial_verdict import Locate, decision_replay, denial_finding
from labs.grading.iam.exercise.policy_exercise import Exercise, Scenario
from labs.grading.iam.exercise.sentences import YOUR_POLICY, verdict_sentence, with_yours_first
from labs.grading.iam.language.documents import Problem
from labs.grading.iam.lint.linter import LintFinding, lint_document
from labs.grading.report import (
    Case,
    Demand,
    Finding,
    Outcome,
    Relation,
    RelationName,
    Replay,
    Report,
    Severity,
)
from labs.grading.said import joined, say

TITLE = say("How each request was decided")
REFUSED = say("AWS would refuse to save this policy, so no request was decided.")
SAMPLED = say("(The policies are too large to compare exactly; many requests were tried.)")
RELATIONS = {
    RelationName.EQUAL: say("Your policy allows exactly the same requests as the expected one."),
    RelationName.WIDER: say("Your policy allows everything that is needed, and more."),
    RelationName.NARROWER: say("Your policy allows nothing wrong, but not all that is needed."),
    RelationName.DIFFERENT: say(
        "Your policy allows some requests that it should not, and denies some that are needed."
    ),
}
RELATION_CODES = {
    RelationName.EQUAL: "iam.equivalent",
    RelationName.WIDER: "iam.too-wide",
    RelationName.NARROWER: "iam.too-narrow",
    RelationName.DIFFERENT: "iam.too-wide-and-narrow",
}
DECISIONS = {
    "Allowed": say("allowed"),
    "ImplicitlyDenied": say("denied, no Allow applies"),
    "ExplicitlyDenied": say("denied, a Deny applies"),
    "allow": say("allowed"),
    "deny": say("denied"),
}


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of a scenario, with its trace."""

    scenario: Scenario
    outcome: str
    trace: Mapping[str, Any]

    @property
    def passed(self) -> bool:
        return self.scenario.accepts(self.outcome)

    @property
    def replay(self) -> Replay:
        return decision_replay(self.scenario.as_json(), self.trace)


def check_answer(answer: Answer, exercise: Exercise) -> Report:
    """The report; when AWS would refuse the policy, nothing is decided and one finding says so."""
    lint = lint_answer(answer, exercise)
    if any(found.severity == Severity.ERROR for found in lint):
        return refused_report(advice(lint, exercise.policy_type), exercise.points)
    return checked_report(answer, exercise, lint)


def holds_answer(answer: Answer, exercise: Exercise) -> list[Held] | None:
    """As the checks of `check_answer`, in their order; None where AWS would refuse the policy."""
    if any(found.severity == Severity.ERROR for found in lint_answer(answer, exercise)):
        return None
    policy = answer.compiled
    counted = [scenario for scenario in exercise.scenarios if scenario.points]
    sides = sides_of(policy, exercise)
    found: list[Held] = [
        one.accepts(str(sides[one.own_permission].decide(one.request).outcome)) for one in counted
    ]
    if exercise.comparison_points:
        found.append(lambda: is_equal(policy, exercise))
    if exercise.denial_points:
        found.append(lambda: denies_enough(policy, exercise))
    return found


def sides_of(policy: CompiledPolicy, exercise: Exercise) -> dict[bool, Policies]:
    """Everything in play, without and with a permission of the caller's own."""
    return {own: exercise.policies(policy, own_permission=own) for own in (False, True)}


def checked_report(answer: Answer, exercise: Exercise, lint: list[LintFinding]) -> Report:
    sides = sides_of(answer.compiled, exercise)
    decided = [decide_with(one, sides[one.own_permission]) for one in exercise.scenarios]
    compared = answer.compared(exercise) if exercise.comparison_points else None
    locate = partial(position_of, answer)
    findings = [scenario_finding(one, locate) for one in decided]
    if compared:
        findings.append(comparison_finding(compared, exercise.comparison_points, locate))
    if exercise.denial_points:
        case = answer.compared_denials(exercise).learner_only
        findings.append(denial_finding(case, exercise.denial_points, locate))
    return Report(
        (*findings, *advice(lint, exercise.policy_type)),
        {"comparison": compared.as_json() if compared else None},
        relation=relation_of([compared]) if compared else None,
        outcomes=shown_outcomes(decided),
        outcomes_title=TITLE,
    )


def refused_report(lint: Iterator[Finding], points: int) -> Report:
    """What it is refused for, then one finding in place of every check, then the rest."""
    found = sorted(lint, key=lambda finding: finding.severity != Severity.ERROR)
    reasons = [finding for finding in found if finding.severity == Severity.ERROR]
    return Report((*reasons, not_decided(points), *found[len(reasons) :]), refused=REFUSED)


def lint_answer(answer: Answer, exercise: Exercise) -> list[LintFinding]:
    """Without what the lab's own solution deserves as well."""
    found = lint_document(answer.document, answer.policy, exercise.policy_type)
    return [row for row in found if row.code not in exercise.accepted_codes]


def advise_answer(answer: Answer, exercise: Exercise) -> list[Finding]:
    """What the text alone shows, unless that is what the lab asks for."""
    found = lint_answer(answer, exercise) if exercise.advice else []
    return list(advice(found, exercise.policy_type))


def advice(lint: list[LintFinding], policy_type: str = "identity") -> Iterator[Finding]:
    """Lint findings are worth no points."""
    for row in lint:
        yield Finding(
            row.code,
            False,
            0,
            row.message,
            at=(row.line, row.column),
            severity=Severity(row.severity),
            section=TAUGHT_OF_TYPE.get((policy_type, row.code)) or CODES[row.code].section,
        )


def not_decided(points: int) -> Finding:
    """In place of every check: a policy that AWS does not save allows and denies nothing."""
    message = say("Nothing was decided: AWS would refuse to save this policy.")
    code = "iam.not-decided"
    return Finding(code, False, points, message, section=CODES[code].section)


def position_of(answer: Answer, trace: Mapping[str, Any]) -> Position | None:
    """Where the statement stands that decided, if it is the learner's."""
    if trace["policy"] != YOUR_POLICY:
        return None
    return answer.document.position(tuple(trace["line_path"]))


def decide_with(scenario: Scenario, policies: Policies) -> Decided:
    decision = policies.decide(scenario.request)
    trace = with_yours_first(explain(policies, scenario.request, decision))
    return Decided(scenario, str(decision.outcome), trace)


def shown_outcomes(decided: list[Decided]) -> tuple[Outcome, ...]:
    return tuple(outcome_of(one) for one in decided if not one.scenario.hidden)


def outcome_of(one: Decided) -> Outcome:
    return Outcome(
        name=one.scenario.name,
        expected=DECISIONS[one.scenario.expect],
        yours=DECISIONS[one.outcome],
        because=reason_words(one.trace),
        passed=one.passed,
        replay=one.replay,
    )


def scenario_code(scenario: Scenario, outcome: str) -> str:
    if scenario.is_allowed:
        return "iam.too-narrow"
    denied = outcome.endswith("Denied") and scenario.expect != "deny"
    return "iam.wrong-denial" if denied else "iam.too-wide"


def scenario_finding(one: Decided, locate: Locate) -> Finding:
    scenario, trace = one.scenario, one.trace
    code = scenario_code(scenario, one.outcome)
    return Finding(
        code,
        one.passed,
        scenario.points,
        scenario.name,
        at=locate(trace),
        cases=() if one.passed else (Case(scenario_sentence(one), one.replay),),
        counterexample=None if one.passed else scenario.as_json(),
        section=scenario.section or CODES[code].section,
        hidden=scenario.hidden,
        demand=Demand.ALLOW if scenario.is_allowed else Demand.REFUSE,
        expected=DECISIONS[scenario.expect],
        actual=decision_words(trace),
        why=scenario.why,
    )


def scenario_sentence(one: Decided) -> str:
    about = {"action": one.scenario.action, "resource": one.scenario.resource}
    request = say("{action} on {resource}", **about)
    if one.scenario.is_allowed or one.outcome == "Allowed":
        return verdict_sentence(request, one.trace)
    return say("{request} is denied, but for another reason than it should be.", request=request)


def comparison_finding(
    compared: CaseComparison, points: int, locate: Locate, subject: str = ""
) -> Finding:
    """Full marks for the same requests allowed. `subject` says whose permissions were compared."""
    case = compared.learner_only or compared.expected_only
    message = about(subject, case.sentence if case else RELATIONS[RelationName.EQUAL])
    if not compared.exact:
        message = joined((message, SAMPLED))
    code = RELATION_CODES[compared.relation]
    return Finding(
        code,
        compared.relation == RelationName.EQUAL,
        points,
        message,
        at=locate(case.trace) if case else None,
        cases=tuple(
            Case(about(subject, one.sentence), decision_replay(one.request, one.trace))
            for one in (compared.learner_only, compared.expected_only)
            if one
        ),
        counterexample=case.as_json() if case else None,
        section=CODES[code].section,
        expected=say("exactly the requests that the expected policy allows"),
        actual=RELATIONS[compared.relation],
    )


def about(subject: str, sentence: str) -> str:
    """With whose permissions are meant."""
    return say("{user}: {sentence}", user=subject, sentence=sentence) if subject else sentence


def relation_of(compared: list[CaseComparison]) -> Relation:
    """Of several comparisons, one for each user: too wide somewhere is too wide."""
    name = RelationName.of(
        wider=any(one.learner_only for one in compared),
        narrower=any(one.expected_only for one in compared),
    )
    return Relation(name, RELATIONS[name])


def unreadable(problem: Problem) -> bool:
    """Problems that leave no document at all: these are unreadable answers, not wrong ones."""
    return problem.unreadable and len(problem.path) <= 1
