"""Statements and policies compiled once, to be asked many times."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter

from labs.grading.iam.decision.requests import Request, Situation, Value
from labs.grading.iam.language.arns import arn_pattern
from labs.grading.iam.language.documents import ConditionEntry, Policy, Statement
from labs.grading.iam.language.operands import truth
from labs.grading.iam.language.operators import Operator, Test, answer_of, read_operator, test_of
from labs.grading.iam.language.principals import Caller, Grant, Named
from labs.grading.wildcards.globs import glob

REMEMBERED_ACTIONS = 1000


class Condition:
    """One operator and key. An unknown operator never matches."""

    __slots__ = ("absent", "entry", "key", "operator", "present", "test", "variables")

    def __init__(self, entry: ConditionEntry, *, variables: bool) -> None:
        self.entry = entry
        self.variables = variables
        self.key = entry.key.lower()
        self.operator = read_operator(entry.operator) or Operator("", "unknown", False)
        self.absent = when_absent(self.operator, entry.values)
        self.present = when_present(self.operator, entry.values)
        unusual = self.operator.family in ("unknown", "null")
        self.test = None if unusual else self.value_test(variables)

    @property
    def identity(self) -> object:
        """Equal for conditions that ask the same."""
        return self.operator, self.key, frozenset(self.entry.values), self.variables

    def value_test(self, variables: bool) -> Test:
        """Negation included; absence and quantifiers are the condition's."""
        test = test_of(self.operator, self.entry.values, variables=variables)
        return answer_of(self.operator, test, self.entry.values)

    def matches(self, request: Situation) -> bool:
        value = request.context.get(self.key)
        if self.test is None:
            return self.absent if value in (None, "") else self.present
        if value is None:
            return self.absent
        if self.operator.quantifier:
            return self.matches_each(value, request)
        # A plain operator cannot compare several values, negated or not.
        return isinstance(value, str) and self.test(value, request.lookup)

    def matches_each(self, value: Value, request: Situation) -> bool:
        every = self.operator.quantifier == "all"
        if value == "":  # the guide: an empty string is a null data set
            return every
        assert self.test is not None
        values = (value,) if isinstance(value, str) else value
        answers = (self.test(item, request.lookup) for item in values)
        return all(answers) if every else any(answers)


def when_absent(operator: Operator, values: Sequence[str]) -> bool:
    if operator.family == "null" and operator.quantifier:
        return null_with_quantifier(operator)
    if operator.family == "null":
        return any(truth(text) is True for text in values)
    if operator.if_exists or operator.quantifier == "all":
        return True
    return operator.negated and operator.quantifier != "any"


def when_present(operator: Operator, values: Sequence[str]) -> bool:
    """For operators that do not look at the value: Null, and names that are no operators."""
    if operator.family != "null":
        return False
    if operator.quantifier:
        return null_with_quantifier(operator)
    return any(truth(text) is False for text in values)


def null_with_quantifier(operator: Operator) -> bool:
    """Always the same: Access Analyzer policy check reference, "Null with qualifier"."""
    return operator.quantifier == "all"


class CompiledStatement:
    """One statement; each element can be asked by itself, for explanations."""

    __slots__ = (
        "actions",
        "allow",
        "conditions",
        "everything",
        "policy",
        "principals",
        "resources",
        "statement",
    )

    def __init__(self, statement: Statement, policy: CompiledPolicy, *, variables: bool) -> None:
        self.statement = statement
        self.policy = policy
        self.allow = statement.effect == "Allow"
        self.actions = tuple(action_test(pattern) for pattern in statement.actions or ())
        self.resources = tuple(
            arn_pattern(pattern, variables=variables, resource_part_only=True)
            for pattern in statement.resources or ()
        )
        self.everything = statement.resources is None or (
            not statement.not_resources and any(pattern.everything for pattern in self.resources)
        )
        self.principals = None if statement.principals is None else Named(statement.principals)
        self.conditions = tuple(
            Condition(entry, variables=variables) for entry in statement.conditions
        )

    @property
    def scope(self) -> object:
        """Equal for statements that say the same of whatever actions and callers both mean."""
        statement = self.statement
        return (
            self.allow,
            self.everything or (frozenset(statement.resources or ()), statement.not_resources),
            frozenset(condition.identity for condition in self.conditions),
            self.policy.source.variables,
        )

    def matches_action(self, action: str) -> bool:
        return any(matches(action) for matches in self.actions) is not self.statement.not_actions

    def matches_resource(self, request: Request) -> bool:
        if self.everything:
            return True
        parts, lookup = request.parts, request.lookup
        return (
            any(pattern.matches(parts, lookup) for pattern in self.resources)
            is not self.statement.not_resources
        )

    def matches_conditions(self, request: Request) -> bool:
        return all(condition.matches(request) for condition in self.conditions)

    def matches_apart_from_principal(self, request: Request) -> bool:
        return self.matches_resource(request) and self.matches_conditions(request)

    def grant(self, caller: Caller, *, bounded: bool) -> Grant:
        """How closely Principal or NotPrincipal names the caller; without either,
        everyone is meant."""
        if self.principals is None:
            return Grant.DIRECT
        if not self.statement.not_principals:
            return self.principals.grant(caller)
        # The guide: Deny with NotPrincipal always hits principals that carry a permissions
        # boundary.
        spared = self.principals.spares(caller) and not (bounded and not self.allow)
        return Grant.NONE if spared else Grant.DIRECT


def action_test(pattern: str) -> Callable[[str], bool]:
    """Does a lower-case action match? The service part is literal, or `*` for all of them."""
    lowered = pattern.lower()
    service, colon, _ = lowered.partition(":")
    if lowered == "*" or lowered == "*:*":
        return lambda action: True
    if not colon or (service != "*" and ("*" in service or "?" in service)):
        return lambda action: False
    compiled = glob(lowered)
    if compiled.exact is not None:
        return lowered.__eq__
    return compiled.matches


class CompiledPolicy:
    """A document ready to be asked. `name` is how explanations call it."""

    __slots__ = ("by_action", "denials_first", "name", "source", "statements")

    def __init__(self, policy: Policy, name: str = "") -> None:
        self.name = name
        self.source = policy
        self.statements = tuple(
            CompiledStatement(statement, self, variables=policy.variables)
            for statement in policy.statements
        )
        self.denials_first = sorted(self.statements, key=attrgetter("allow"))
        self.by_action: dict[str, tuple[CompiledStatement, ...]] = {}

    def about(self, action: str) -> tuple[CompiledStatement, ...]:
        """The statements whose action element matches, Deny first; remembered per action."""
        found = self.by_action.get(action)
        if found is None:
            if len(self.by_action) >= REMEMBERED_ACTIONS:
                self.by_action.clear()
            found = self.by_action[action] = tuple(
                [one for one in self.denials_first if one.matches_action(action)]
            )
        return found
