"""JSON, as `aws s3api put-bucket-lifecycle-configuration` takes it → a configuration, or what S3
would refuse of it.

Amazon S3 User Guide: Lifecycle configuration elements; Transitioning objects using Amazon S3
Lifecycle ("Constraints and considerations"); Amazon S3 API Reference: LifecycleRule.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from labs.grading.json_document import JsonDocument
from labs.grading.lifecycles.buckets.actions_reader import (
    read_aborts,
    read_expiration,
    read_moves,
    read_old_expiration,
)
from labs.grading.lifecycles.buckets.filter_reader import read_filter
from labs.grading.lifecycles.buckets.rules import Configuration, Filter, Rule
from labs.grading.lifecycles.fields import Fields
from labs.grading.refusal import Refusal
from labs.grading.said import say

MOST_RULES = 50  # S3 takes 1,000; an answer here needs a few
LONGEST_NAME = 255
# Beside the configuration, as `get-bucket-lifecycle-configuration` prints it
SMALLEST = "TransitionDefaultMinimumObjectSize"
ALL, VARIES = "all_storage_classes_128K", "varies_by_storage_class"
# As `put-bucket-lifecycle-configuration --cli-input-json` takes it
INSIDE, BESIDE = "LifecycleConfiguration", ("Bucket", "ExpectedBucketOwner", "ChecksumAlgorithm")
ACTIONS = (
    "Transitions",
    "Expiration",
    "NoncurrentVersionTransitions",
    "NoncurrentVersionExpiration",
    "AbortIncompleteMultipartUpload",
)


@dataclass(frozen=True, slots=True)
class ReadConfiguration:
    configuration: Configuration
    refusals: tuple[Refusal, ...]


def read_configuration(document: JsonDocument) -> ReadConfiguration:
    """Never raises: what is wrong is among the refusals."""
    refusals: list[Refusal] = []
    top = Fields(document.value, (), refusals)
    small = top.choice(SMALLEST, (ALL, VARIES)) == VARIES
    inner = top
    if INSIDE in top:
        top.leave(*BESIDE)
        inner = top.object(INSIDE) or Fields({}, (INSIDE,), refusals)
    rules: list[Rule] = []
    for fields in inner.objects("Rules", needed=True):
        rules.append(replace(read_rule(fields, len(rules) + 1), small_to_archives=small))
    inner.finish()
    if inner is not top:
        top.finish()
    return ReadConfiguration(Configuration(tuple(rules)), (*refusals, *together(rules)))


def read_rule(fields: Fields, number: int) -> Rule:
    name = fields.take("ID", str)
    if name is not None and len(name) > LONGEST_NAME:
        fields.refuse("lifecycle.value", say("An ID has at most 255 characters."), "ID")
    status = fields.choice("Status", ("Enabled", "Disabled"), needed=True)
    found = read_filter(fields)
    rule = read_actions(fields, name or f"#{number}", found, status == "Enabled")
    if not any(key in fields for key in ACTIONS):
        fields.refuse("lifecycle.no-action", say("Say what this rule does: it has no action."))
    fields.finish()
    return rule


def read_actions(fields: Fields, name: str, found: Filter, enabled: bool) -> Rule:
    moves = read_moves(fields, "Transitions")
    expires, clears = read_expiration(fields, found, moves)
    old_moves = read_moves(fields, "NoncurrentVersionTransitions")
    old_expires, keep = read_old_expiration(fields, old_moves)
    return Rule(
        name=name,
        filter=found,
        enabled=enabled,
        moves=moves,
        expires=expires,
        clears_markers=clears,
        old_moves=old_moves,
        old_expires=old_expires,
        old_keep=keep,
        aborts=read_aborts(fields, found),
        path=fields.path,
    )


def together(rules: list[Rule]) -> list[Refusal]:
    found = []
    if not rules:
        found.append(Refusal("lifecycle.missing", say("A configuration has one rule at least."),
                             ("Rules",)))  # fmt: skip
    if len(rules) > MOST_RULES:
        words = say("This lab reads at most {most} rules.", most=MOST_RULES)
        found.append(Refusal("lifecycle.number", words, ("Rules",)))
    names: set[str] = set()
    for rule in rules:
        if rule.name in names:
            words = say("Give this rule another ID: {name} is taken.", name=rule.name[:60])
            found.append(Refusal("lifecycle.value", words, (*rule.path, "ID")))
        names.add(rule.name)
    return found
