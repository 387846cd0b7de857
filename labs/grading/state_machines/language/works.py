"""What is special about each type of state, read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Protocol

from labs.grading.errors import AnswerError
from labs.grading.json_text import Path
from labs.grading.said import filled, say
from labs.grading.state_machines.language.fields import Fields
from labs.grading.state_machines.language.model import (
    Branch,
    Choice,
    Fail,
    Machine,
    Map,
    Parallel,
    Pass,
    Succeed,
    Task,
    Wait,
    Work,
)
from labs.grading.state_machines.language.paths import ROOT, JsonPath
from labs.grading.state_machines.language.rule_reader import read_rule
from labs.grading.state_machines.language.timestamps import read_timestamp

INVOKE = "arn:aws:states:::lambda:invoke"
FUNCTION = ":function:"
PARTS = (
    (re.compile("aws(-[a-z]+)*"), say("Write aws in small letters; here is “{part}”.")),
    (re.compile("lambda"), say("Write lambda, in small letters; here is “{part}”.")),
    (re.compile("[a-z]+(-[a-z]+)+-[0-9]+"), say("Write a Region, as eu-west-2; here is “{part}”.")),
    (re.compile("[0-9]{12}"), say("Write an account of twelve digits; here is “{part}”.")),
    (re.compile("function"), say("Write function, in small letters; here is “{part}”.")),
)
WAYS_TO_WAIT = ("Seconds", "SecondsPath", "Timestamp", "TimestampPath")


class Context(Protocol):
    """Reads the machines inside of a state."""

    def inner(self, path: Path, value: object) -> Machine: ...


def read_pass(_context: Context, fields: Fields) -> Pass:
    return Pass(fields.values.get("Result"), "Result" in fields.values)


def read_task(_context: Context, fields: Fields) -> Task:
    fields.needed("Resource")
    resource = fields.text("Resource")
    path: Path = (*fields.path, "Resource")
    wrapped = resource == INVOKE
    if wrapped:
        path = (*fields.path, "Parameters", "FunctionName")
        parameters = fields.get("Parameters", dict, say("Parameters is an object."), {})
        resource = parameters.get("FunctionName")
        if not isinstance(resource, str):
            words = say('lambda:invoke needs Parameters with a FunctionName, and "Payload.$": "$".')
            raise AnswerError(words, *fields.document.position(path))
        wrong = wrong_part(resource) if resource.startswith("arn:") else ""
        if wrong:
            raise AnswerError(wrong, *fields.document.position(path))
    elif resource.startswith("arn:") and FUNCTION in resource.lower():
        wrong = wrong_part(resource)
        if wrong:
            raise fields.error(wrong, "Resource")
    else:
        words = say(
            "Resource is the ARN of a Lambda function, or “{invoke}” with its name in Parameters.",
            invoke=INVOKE,
        )
        raise fields.error(words, "Resource")
    return Task(function_name(resource), path, wrapped, timeout_of(fields))


def wrong_part(arn: str) -> str:
    """What cannot be in the ARN of a function; letters count (Lambda API Reference: Invoke, the
    pattern of FunctionName)."""
    for (pattern, words), part in zip(PARTS, arn.split(":")[1:6], strict=False):
        if not pattern.fullmatch(part):
            return filled(words, part=part[:40])
    return ""


def function_name(resource: str) -> str:
    """Without its account, version and alias."""
    return resource.rpartition(FUNCTION)[2].partition(":")[0]


def timeout_of(fields: Fields) -> int | JsonPath | None:
    if "TimeoutSecondsPath" in fields.values:
        return fields.path_at("TimeoutSecondsPath")
    seconds: int | None = fields.whole("TimeoutSeconds", 1)
    return seconds


def read_choice(_context: Context, fields: Fields) -> Choice:
    rules = fields.items("Choices")
    if not rules:
        raise fields.error(say("Choices is a list of rules, at least one."), "Choices")
    branches = []
    for at, value in enumerate(rules):
        path = (*fields.path, "Choices", at)
        rule = Fields(fields.document, path, value, say("A rule of Choices"))
        found = read_rule(fields.document, path, value, top=True)
        rule.needed("Next")
        branches.append(Branch(found, rule.text("Next"), path))
    return Choice(tuple(branches), fields.text("Default"))


def read_wait(_context: Context, fields: Fields) -> Wait:
    found = [key for key in WAYS_TO_WAIT if key in fields.values]
    if len(found) != 1:
        words = say("A Wait state has exactly one of: {ways}.", ways=", ".join(WAYS_TO_WAIT))
        raise fields.error(words)
    if found[0].endswith("Path"):
        path = fields.path_at(found[0])
        return Wait(seconds=path) if found[0] == "SecondsPath" else Wait(timestamp=path)
    if found[0] == "Seconds":
        return Wait(seconds=fields.whole("Seconds", 0))
    text = fields.text("Timestamp")
    if read_timestamp(text) is None:
        words = say("Timestamp is a time such as “2026-01-05T09:00:00Z”.")
        raise fields.error(words, "Timestamp")
    return Wait(timestamp=text)


def read_succeed(_context: Context, _fields: Fields) -> Succeed:
    return Succeed()


def read_fail(_context: Context, fields: Fields) -> Fail:
    return Fail(fields.text_or_path("Error"), fields.text_or_path("Cause"))


def read_parallel(context: Context, fields: Fields) -> Parallel:
    branches = fields.items("Branches")
    if not branches:
        raise fields.error(say("Branches is a list of machines, at least one."), "Branches")
    path = (*fields.path, "Branches")
    return Parallel(tuple(context.inner((*path, at), one) for at, one in enumerate(branches)))


def read_map(context: Context, fields: Fields) -> Map:
    key = "ItemProcessor" if "ItemProcessor" in fields.values else "Iterator"
    fields.needed(key if key in fields.values else "ItemProcessor")
    path = (*fields.path, key)
    processor = Fields(fields.document, path, fields.values[key], say("A processor"))
    config = processor.get("ProcessorConfig", dict, say("ProcessorConfig is an object."), {})
    if config.get("Mode", "INLINE") != "INLINE":
        words = say('These labs know the mode INLINE only: {"Mode": "INLINE"}.')
        raise processor.error(words, "ProcessorConfig")
    old = "ItemSelector" not in fields.values
    return Map(
        processor=context.inner(path, fields.values[key]),
        items=fields.path_at("ItemsPath") if "ItemsPath" in fields.values else ROOT,
        selector=fields.template("Parameters" if old else "ItemSelector"),
        width=fields.whole("MaxConcurrency", 0, 0),
    )


READERS: Mapping[str, Callable[[Context, Fields], Work]] = {
    "Pass": read_pass,
    "Task": read_task,
    "Choice": read_choice,
    "Wait": read_wait,
    "Succeed": read_succeed,
    "Fail": read_fail,
    "Parallel": read_parallel,
    "Map": read_map,
}
