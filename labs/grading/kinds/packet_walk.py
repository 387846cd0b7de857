"""Packet walk: say for each packet where it ends, then watch it walk.

An answer has a line for each packet, `name: stage`, or is a JSON object of the same. Stages are
those of `labs.grading.network.topology.journey.STAGES`, and `answered`; `refused` is another word
for `service`.

[spec] in lab.toml:
    [spec.network]           the network with its groups and ACLs
                             (`labs.grading.network.topology.network_spec`)
    [[spec.packets]]         name (one word: the key of the answer), from, to, protocol, port …,
                             public, points (1), why

The scene is the network as `labs.grading.network.topology.picture` draws it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from labs.grading.errors import AnswerError, SpecError
from labs.grading.json_text import read_json
from labs.grading.kind import Files
from labs.grading.mutants import Mutant
from labs.grading.mutants.lines import broken_predictions
from labs.grading.network.exercise.completions import SLOTS as SLOTS
from labs.grading.network.exercise.completions import words as words
from labs.grading.network.exercise.path_codes import WALK_CODES
from labs.grading.network.exercise.probes import TITLE as TITLE_OF_WALKS
from labs.grading.network.exercise.probes import read_probe, walk_replay
from labs.grading.network.topology.journey import ANSWERED, STAGES, Probe
from labs.grading.network.topology.network import Network
from labs.grading.network.topology.network_spec import read_network
from labs.grading.network.topology.picture import drawing_of
from labs.grading.network.topology.story import STAGE_NAMES, probe_words
from labs.grading.network.topology.walk import walk
from labs.grading.report import Finding, Outcome, Report
from labs.grading.said import say
from labs.grading.toml_table import Table

NAME = "packet-walk"
TITLE = say("Where does the packet end?")
LANGUAGE = "yaml"
VERSION = "2"
MAX_BYTES = 8_000
IS_BOUNDED: Literal[True] = True
TEXTS = {"packets": ("why",)}  # answers name packets
CODES = WALK_CODES

WORDS = {stage: stage for stage in (*STAGES, ANSWERED)} | {
    "refused": "service",
    "arrives": ANSWERED,
}
MAX_LINES = 200


@dataclass(frozen=True, slots=True)
class Prediction:
    stage: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Question:
    name: str
    probe: Probe
    points: int
    why: str


@dataclass(frozen=True, slots=True)
class Spec:
    network: Network
    questions: tuple[Question, ...]


def read_spec(table: Mapping[str, object], files: Files) -> Spec:
    spec = Table(table)
    network = read_network(spec.table("network"))
    questions = tuple(read_question(packet, network) for packet in spec.tables("packets"))
    spec.finish()
    if not any(question.points for question in questions):
        raise SpecError("lab.toml: spec.packets: nothing is worth a point")
    if len({question.name for question in questions}) != len(questions):
        raise SpecError("lab.toml: spec.packets: a name is used twice")
    return Spec(network, questions)


def read_question(table: Table, network: Network) -> Question:
    name = table.text("name")
    return Question(
        name=name,
        probe=read_probe(table, network),
        points=table.number("points", 1, most=1000),
        why=table.text("why", ""),
    )


def parse(text: str) -> dict[str, Prediction]:
    return read_object(text) if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[") else read_lines(text)


def read_object(text: str) -> dict[str, Prediction]:
    document = read_json(text)
    if not isinstance(document.value, dict):
        raise AnswerError(say('Expected { "packet": "stage", … }.'), 1, 1)
    found = {}
    for name, stage in document.value.items():
        line, column = document.position((name,))
        found[name] = Prediction(read_stage(stage, line, column), line, column)
    return found


def read_lines(text: str) -> dict[str, Prediction]:
    found: dict[str, Prediction] = {}
    for number, raw in enumerate(text.split("\n"), start=1):
        line = raw.partition("#")[0]
        if number > MAX_LINES:
            raise AnswerError(say("More than {most} lines.", most=MAX_LINES), number, 1)
        if not line.strip():
            continue
        name, colon, stage = line.partition(":")
        if not colon:
            raise AnswerError(say("Write “packet: stage”."), number, 1)
        name, stage = bare(name), bare(stage)
        if name in found:
            raise AnswerError(say("“{name}” is here twice.", name=name[:40]), number, 1)
        if stage:
            column = line.index(stage, line.index(":")) + 1
            found[name] = Prediction(read_stage(stage, number, column), number, column)
    return found


def bare(text: str) -> str:
    """Without what YAML would let stand around it: the dash of a list, and quotation marks."""
    return text.strip().removeprefix("- ").strip(" \t\"'")


def read_stage(word: object, line: int, column: int) -> str:
    stage = WORDS.get(word.lower()) if isinstance(word, str) else None
    if stage is None:
        raise AnswerError(
            say("Unknown stage. Choose one of: {stages}.", stages=", ".join(WORDS)), line, column
        )
    return stage


def check(answer: Mapping[str, Prediction], spec: Spec) -> Report:
    judged = [(one, answer.get(one.name)) for one in spec.questions]
    return Report(
        tuple(finding(spec.network, question, prediction) for question, prediction in judged),
        outcomes=tuple(outcome(spec.network, *pair) for pair in judged),
        outcomes_title=TITLE_OF_WALKS,
        scene=drawing_of(spec.network),
    )


def finding(network: Network, question: Question, prediction: Prediction | None) -> Finding:
    if prediction is None:
        cure = say("Say where packet {packet} ends.", packet=question.name)
        words = probe_words(question.probe)
        message = say("{name}: {packet}. There is no prediction.", name=question.name, packet=words)
        return Finding("walk.not-answered", False, question.points, message, cure=cure)
    actual = walk(network, question.probe).stage
    passed = prediction.stage == actual
    code = "walk.predicted" if passed else misconception(prediction.stage, actual)
    return Finding(
        code,
        passed,
        question.points,
        judged_words(question, prediction.stage, passed),
        at=None if passed else (prediction.line, prediction.column),
        section=CODES[code].section,
        actual=STAGE_NAMES[prediction.stage],
        why=question.why if passed else CODES[code].explanation,
        cure=say("Follow packet {packet} once more: it does not end there.", packet=question.name),
    )


def judged_words(question: Question, stage: str, passed: bool) -> str:
    """The prediction, and whether it is right; not where the packet really ends."""
    parts = {"name": question.name, "packet": probe_words(question.probe)}
    if stage == ANSWERED:
        return (
            say("{name}: {packet}. It is answered, as you said.", **parts)
            if passed
            else say("{name}: {packet}. It is not answered.", **parts)
        )
    parts |= {"stage": STAGE_NAMES[stage]}
    if passed:
        return say("{name}: {packet}. It ends as you said: {stage}.", **parts)
    return say("{name}: {packet}. It does not end here: {stage}.", **parts)


def outcome(network: Network, question: Question, prediction: Prediction | None) -> Outcome:
    """Where the packet really ends, and its walk, are told to those who predicted it."""
    made = walk(network, question.probe)
    passed = prediction is not None and prediction.stage == made.stage
    return Outcome(
        name=question.name,
        what=probe_words(question.probe),
        expected=STAGE_NAMES[made.stage] if passed else "",
        yours=STAGE_NAMES[prediction.stage] if prediction else "",
        passed=passed,
        replay=walk_replay(network, made) if passed else None,
    )


def misconception(predicted: str, actual: str) -> str:
    """Which idea is behind a wrong prediction."""
    if actual == ANSWERED:
        return "walk.arrives"
    if "service" in (predicted, actual):
        return "walk.refused"
    if predicted.startswith("reply") != actual.startswith("reply"):
        return "walk.way-back"
    if predicted == ANSWERED:
        return "walk.stopped"
    if predicted.partition("-")[0] != actual.partition("-")[0] and {"acl", "group"} >= {
        predicted.partition("-")[0],
        actual.partition("-")[0],
    }:
        return "walk.group-or-acl"
    return "walk.other-place"


def mutants(text: str) -> Iterator[Mutant]:
    return broken_predictions(text, WORDS)
