"""JSON → a lifecycle policy of Amazon ECR, or what the registry would refuse of it.

Amazon ECR User Guide: Lifecycle policy template, Lifecycle policy properties. Left out, and said
so: what the archive brought (storageClass, sinceImagePulled, sinceImageTransitioned, transition).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from labs.grading.errors import AnswerError
from labs.grading.json_document import JsonDocument
from labs.grading.lifecycles.fields import Fields
from labs.grading.lifecycles.registry.policy import (
    ANY,
    MORE_THAN,
    SINCE_PUSHED,
    TAGGED,
    UNTAGGED,
    Policy,
    Rule,
)
from labs.grading.refusal import Refusal
from labs.grading.said import say

MOST_RULES = 50  # Amazon ECR service quotas: rules per lifecycle policy
# As `get-lifecycle-policy` and `get-lifecycle-policy-preview` print it
TEXT = "lifecyclePolicyText"
BESIDE = (
    "registryId", "repositoryName", "lastEvaluatedAt", "status", "previewResults", "summary",
)  # fmt: skip
MOST_TAGS, MOST_STARS, LONGEST = 10, 4, 256
ARCHIVE = {
    "countType": ("sinceImagePulled", "sinceImageTransitioned"),
    "type": ("transition",),
}


@dataclass(frozen=True, slots=True)
class ReadPolicy:
    """The policy, and what would be refused of it: with refusals it is not complete."""

    policy: Policy
    refusals: tuple[Refusal, ...]


def read_policy(document: JsonDocument) -> ReadPolicy:
    """Raises AnswerError for what ECR has and this engine has not."""
    refusals: list[Refusal] = []
    top = Fields(document.value, (), refusals)
    if TEXT in top:
        top.leave(*BESIDE)
        text = top.document(TEXT)
        top.finish()
        if text is None:
            return ReadPolicy(Policy(()), tuple(refusals))
        top = text
    rules = [read_rule(one, document) for one in list(top.objects("rules", needed=True))]
    top.finish()
    found = sorted((one for one in rules if one), key=lambda one: one.priority)
    if not refusals:
        refusals += together(found, document)
    return ReadPolicy(Policy(tuple(found)), tuple(refusals))


def read_rule(fields: Fields, document: JsonDocument) -> Rule | None:
    priority = fields.number("rulePriority", least=1, needed=True)
    text = fields.take("description", str)
    if text is not None and len(text) > LONGEST:
        fields.refuse("lifecycle.value", say("A description has at most 256 characters."),
                      "description")  # fmt: skip
    selection = fields.object("selection", needed=True)
    read_action(fields, document)
    fields.finish()
    if selection is None:
        return None
    rule = read_selection(selection, document, priority or 0, fields)
    selection.finish()
    return rule


def read_action(fields: Fields, document: JsonDocument) -> None:
    action = fields.object("action", needed=True)
    if action is not None:
        not_here(action, "type", document)
        action.choice("type", ("expire",), needed=True)
        action.finish()


def read_selection(
    fields: Fields, document: JsonDocument, priority: int, rule: Fields
) -> Rule | None:
    not_here(fields, "countType", document)
    if "storageClass" in fields:
        raise not_modelled("storageClass", document, fields, "storageClass")
    status = fields.choice("tagStatus", (TAGGED, UNTAGGED, ANY), needed=True)
    prefixes, patterns = tags_of(fields, "tagPrefixList"), tags_of(fields, "tagPatternList")
    check_lists(fields, status)
    kind = fields.choice("countType", (MORE_THAN, SINCE_PUSHED), needed=True)
    check_unit(fields, kind)
    count = fields.number("countNumber", least=1, needed=True)
    if status is None or kind is None or count is None:
        return None
    return Rule(priority, status, prefixes, patterns, kind == MORE_THAN, count, rule.path)


def not_here(fields: Fields, key: str, document: JsonDocument) -> None:
    value = fields.values.get(key)
    if isinstance(value, str) and value in ARCHIVE[key]:
        raise not_modelled(value, document, fields, key)


def not_modelled(name: str, document: JsonDocument, fields: Fields, key: str) -> AnswerError:
    words = say(
        "ECR knows {name}, this lab does not: nothing is archived here. Your answer was not "
        "judged.",
        name=name,
    )
    return AnswerError(words, *document.position((*fields.path, key)))


def tags_of(fields: Fields, key: str) -> tuple[str, ...]:
    texts = fields.take(key, list)
    found = []
    for number, text in enumerate(texts or ()):
        if not isinstance(text, str) or not text:
            fields.refuse("lifecycle.value", say("{key} is a list of texts.", key=key), key)
        elif words := wrong_text(key, text):
            fields.refusals.append(Refusal("lifecycle.wildcards", words,
                                           (*fields.path, key, number)))  # fmt: skip
        else:
            found.append(text)
    return tuple(found[:MOST_TAGS])


def wrong_text(key: str, text: str) -> str:
    if key == "tagPrefixList" and "*" in text:
        return say("Leave out the star: a prefix has none. Stars belong to tagPatternList.")
    if "?" in text:
        return say("Leave out the question mark: the only wildcard of a tag pattern is the star.")
    if text.count("*") > MOST_STARS:
        return say("A tag pattern has at most {most} stars.", most=MOST_STARS)
    return ""


def check_lists(fields: Fields, status: str | None) -> None:
    """The same guide: lists belong to tagged images, one sort of list in a rule."""
    lists = [key for key in ("tagPrefixList", "tagPatternList") if key in fields]
    if status == TAGGED and not any(fields.values[key] for key in lists):
        fields.refuse(
            "lifecycle.selection",
            say("Add tagPrefixList or tagPatternList: “tagged” needs one of them."),
            "tagStatus",
        )
    elif status == TAGGED and len(lists) > 1:
        fields.refuse(
            "lifecycle.selection",
            say("Take one list away: a rule has prefixes or patterns, not both."),
            lists[1],
            at_key=True,
        )
    elif status in (UNTAGGED, ANY) and lists:
        words = say("Take {key} away: only tagStatus “tagged” has it.", key=lists[0])
        fields.refuse("lifecycle.selection", words, lists[0], at_key=True)


def check_unit(fields: Fields, kind: str | None) -> None:
    unit = fields.choice("countUnit", ("days",))
    if kind == SINCE_PUSHED and "countUnit" not in fields:
        fields.refuse("lifecycle.count", say('Add "countUnit": "days": sinceImagePushed needs it.'),
                      "countType")  # fmt: skip
    elif kind == MORE_THAN and unit:
        words = say("Take countUnit away: imageCountMoreThan counts images.")
        fields.refuse("lifecycle.count", words, "countUnit", at_key=True)


def together(rules: Sequence[Rule], document: JsonDocument) -> list[Refusal]:
    """What no rule shows by itself."""
    found = [*priorities(rules)]
    if not rules:
        found.append(Refusal("lifecycle.missing", say("A policy has one rule at least."),
                             ("rules",)))  # fmt: skip
    if len(rules) > MOST_RULES:
        words = say("A policy has at most {most} rules.", most=MOST_RULES)
        found.append(Refusal("lifecycle.number", words, ("rules",)))
    return found


def priorities(rules: Sequence[Rule]) -> list[Refusal]:
    found = []
    for before, rule in pairwise(rules):
        place = (*rule.path, "rulePriority")
        if before.priority == rule.priority:
            words = say("Give this rule another number: {priority} is taken.",
                        priority=rule.priority)  # fmt: skip
            found.append(Refusal("lifecycle.priority", words, place))
        if before.status == ANY:
            words = say("Give this rule the highest rulePriority: “any” is evaluated last.")
            found.append(Refusal("lifecycle.priority", words, (*before.path, "rulePriority")))
    untagged = [rule for rule in rules if rule.status == UNTAGGED]
    for rule in untagged[1:]:
        words = say("Take one rule away: only one may select untagged images.")
        found.append(Refusal("lifecycle.selection", words, (*rule.path, "selection", "tagStatus")))
    return found
