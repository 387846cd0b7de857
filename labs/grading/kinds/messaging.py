"""Topics, queues and functions: settings graded by what becomes of messages in recorded traces,
some of which are hidden.

An answer is YAML or JSON in AWS's names (`labs.grading.messages.topology.reader` shows it). A trace
says which messages are sent and how long functions need; what becomes of them is simulated
(`labs.grading.messages.simulation`), and whether a queue lets a topic in is decided by the IAM
engine.

[spec] in lab.toml:
    account, region          of everything ("111122223333", "eu-west-2")
    topics = [...]           that there are
    closed_points = 0        for queues that let in nobody but their topics
    [[spec.functions]]       name, concurrency (1: calls at once), begin (1: seconds of a call
                             before its first message)
    [[spec.traces]]          name, seconds (when it is looked at the end), hidden, pollers (5:
                             batches held at once); what is asked, each only if given, at most:
                             missing   messages that do not get to somebody in their `to`
                             stray     … that get to somebody else
                             twice     times that something is done again
                             poison    messages that always fail and are in no dead-letter queue
                             latest    seconds until a sound message is done
                             calls     of functions
                             and what each is worth: missing_points … (1)
    [[spec.traces.messages]] name, at, count, every (seconds apart), topic or queue, attributes and
                             body (JSON), work (seconds), fails (so many attempts) or poison = true
                             (always), to = [functions, or queues that no function reads]
    [[spec.traces.outages]]  function, start, end: every attempt fails

What is left out, and refused with a message: FIFO queues and delays. The function's own role is as
it should be.
Report.extra: see `labs.grading.messages.delivery_exercise.shown`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from labs.grading.errors import AnswerError
from labs.grading.json_text import read_json
from labs.grading.kind import Files
from labs.grading.messages.delivery_exercise.behaviour import behaviour as behaviour
from labs.grading.messages.delivery_exercise.codes import CODES as CODES
from labs.grading.messages.delivery_exercise.completions import SLOTS as SLOTS
from labs.grading.messages.delivery_exercise.completions import words as words
from labs.grading.messages.delivery_exercise.delivery_exercise import (
    DeliveryExercise,
    read_delivery_exercise,
)
from labs.grading.messages.delivery_exercise.delivery_verdict import (
    advise_topology,
    check_topology,
)
from labs.grading.messages.topology.model import TopologyAnswer
from labs.grading.mutants import Mutant
from labs.grading.mutants.topologies import broken_topologies
from labs.grading.report import Finding, Report
from labs.grading.said import say
from labs.grading.yaml_text import read_yaml

NAME = "messaging"
TITLE = say("Topics, queues and functions over time")
LANGUAGE = "yaml"  # JSON is read as well
VERSION = "3"
MAX_BYTES = 12_000
MAX_DEPTH = 16
IS_BOUNDED: Literal[True] = True
TEXTS = {"traces": ("name",)}


def read_spec(table: Mapping[str, object], files: Files) -> DeliveryExercise:
    return read_delivery_exercise(table)


def parse(text: str) -> TopologyAnswer:
    is_json = text.lstrip("\ufeff \t\r\n")[:1] == "{"
    document = read_json(text, max_depth=MAX_DEPTH) if is_json else read_yaml(text)
    if not isinstance(document.value, dict):
        raise AnswerError(say("Begin with “Queues:”, and write each queue below it."), 1, 1)
    return TopologyAnswer(document)


def check(answer: TopologyAnswer, spec: DeliveryExercise) -> Report:
    return check_topology(answer, spec)


def advise(answer: TopologyAnswer, spec: DeliveryExercise) -> list[Finding]:
    return advise_topology(answer, spec)


def mutants(text: str) -> Iterator[Mutant]:
    return broken_topologies(text)
