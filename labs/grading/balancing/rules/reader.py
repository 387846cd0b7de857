"""A learner's text → listener rules: a list of rules as `create-rule` takes them, one rule alone,
or what `describe-rules` prints.

Source: AWS CLI Command Reference, "elbv2 create-rule" and "elbv2 describe-rules".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from labs.grading.balancing.rules.actions import read_action
from labs.grading.balancing.rules.conditions import read_condition
from labs.grading.balancing.rules.fields import (
    Object,
    a_list,
    a_number,
    an_object,
    needed,
    refuse_unknown,
)
from labs.grading.balancing.rules.rule import LAST_PRIORITY, Condition, Rule
from labs.grading.errors import AnswerError, RuleError
from labs.grading.json_text import JsonDocument, Path, read_json
from labs.grading.said import say

MOST_RULES = 100  # AWS: "Rules per Application Load Balancer"
MOST_CONDITIONS = 20
PRINTED = ("RuleArn", "IsDefault", "Transforms")  # what describe-rules adds
ASKED = ("ListenerArn", "Tags")  # what create-rule takes beside the rule
KEYS = ("Priority", "Conditions", "Actions", *PRINTED, *ASKED)
DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class RulesAnswer:
    rules: tuple[Rule, ...]
    document: JsonDocument


def read_answer(text: str) -> RulesAnswer:
    """AnswerError names line and column of the first thing that cannot be read."""
    document = read_json(text)
    try:
        return RulesAnswer(tuple(read_rules(document.value)), document)
    except RuleError as error:
        place = document.key_position if error.at_key else document.position
        raise AnswerError(error.message, *place(error.path)) from None


def read_rules(value: object) -> Iterator[Rule]:
    rows, path = rows_of(value)
    if len(rows) > MOST_RULES:
        raise RuleError(path, say("A load balancer has at most {most} rules.", most=MOST_RULES))
    seen_default = False
    for index, row in enumerate(rows):
        rule = read_rule(row, (*path, index))
        if rule.priority is None and seen_default:
            raise RuleError(rule.path, say("Remove this rule: a listener has one default rule."))
        seen_default = seen_default or rule.priority is None
        yield rule


def rows_of(value: object) -> tuple[list[object], Path]:
    if isinstance(value, dict) and "Rules" in value:
        refuse_unknown(value, (), ("Rules", "NextMarker"))
        return a_list(value["Rules"], ("Rules",)), ("Rules",)
    if isinstance(value, dict):
        raise RuleError((), say("Write a list of rules: [ { … }, { … } ]."))
    return a_list(value, ()), ()


def read_rule(given: object, path: Path) -> Rule:
    rule = an_object(given, path)
    refuse_unknown(rule, path, KEYS)
    if rule.get("Transforms"):
        message = say("Leave Transforms out: rewriting is not judged here.")
        raise RuleError((*path, "Transforms"), message, at_key=True)
    priority = read_priority(rule, path)
    conditions = read_conditions(rule, path, is_default=priority is None)
    actions = (*path, "Actions")
    action, action_path = read_action(needed(rule, path, "Actions"), actions)
    place = (*path, "Priority")
    return Rule(priority, conditions, action, path, action_path, place)


def read_priority(rule: Object, path: Path) -> int | None:
    """None for the default rule."""
    is_default = rule.get("IsDefault", False)
    if not isinstance(is_default, bool):
        raise RuleError((*path, "IsDefault"), say("Write true or false here."))
    given = needed(rule, path, "Priority")
    if given == DEFAULT:
        return None
    if is_default:
        raise RuleError((*path, "Priority"), say('The default rule has the priority "default".'))
    return a_number(given, (*path, "Priority"), 1, LAST_PRIORITY)


def read_conditions(rule: Object, path: Path, *, is_default: bool) -> tuple[Condition, ...]:
    here = (*path, "Conditions")
    given = a_list(
        needed(rule, path, "Conditions") if not is_default else rule.get("Conditions", []), here
    )
    if is_default and given:
        raise RuleError(here, say("Remove the conditions: the default rule has none."), at_key=True)
    if not is_default and not given:
        message = say('Give the rule a condition: only the rule "default" has none.')
        raise RuleError(here, message)
    if len(given) > MOST_CONDITIONS:
        raise RuleError(here, say("A rule has at most 5 values."))
    return tuple(read_condition(one, (*here, index)) for index, one in enumerate(given))
