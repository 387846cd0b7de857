"""The text of an answer → a state machine. AnswerError where it cannot be read, with its place.

What can be read and AWS would refuse all the same, or what leads nowhere, is found by
`labs.grading.state_machines.exercise.lint`.
"""

from __future__ import annotations

from labs.grading.errors import AnswerError
from labs.grading.json_text import JsonDocument, Path, read_json
from labs.grading.said import say
from labs.grading.state_machines.language.fields import Fields
from labs.grading.state_machines.language.handlers import read_catch, read_retry
from labs.grading.state_machines.language.model import Machine, MachineAnswer, State
from labs.grading.state_machines.language.suggestions import meant
from labs.grading.state_machines.language.works import READERS, Context

MAX_DEPTH = 28
MOST_MACHINES = 40  # one inside of the other, or beside it
LONGEST_NAME = 80  # characters of a state's name, as AWS takes them
TOP = ("StartAt", "States", "Comment", "TimeoutSeconds", "Version", "QueryLanguage")
INSIDE = ("StartAt", "States", "Comment", "ProcessorConfig", "QueryLanguage")
FLOW, WAYS = ("Next", "End"), ("InputPath", "OutputPath")
RESULT = ("Parameters", "ResultSelector", "ResultPath", "Retry", "Catch")
COMMON = ("Type", "Comment", "QueryLanguage")
# Type → its own fields. Source: Amazon States Language, "State Types", the table of fields
FIELDS = {
    "Pass": (*FLOW, *WAYS, "Result", "ResultPath", "Parameters"),
    "Task": (
        *(*FLOW, *WAYS, *RESULT, "Resource", "TimeoutSeconds", "TimeoutSecondsPath"),
        *("HeartbeatSeconds", "HeartbeatSecondsPath", "Credentials"),
    ),
    "Choice": (*WAYS, "Choices", "Default"),
    "Wait": (*FLOW, *WAYS, "Seconds", "SecondsPath", "Timestamp", "TimestampPath"),
    "Succeed": WAYS,
    "Fail": ("Error", "Cause", "ErrorPath", "CausePath"),
    "Parallel": (*FLOW, *WAYS, *RESULT, "Branches"),
    "Map": (
        *(*FLOW, *WAYS, *RESULT, "ItemsPath", "ItemProcessor", "Iterator", "ItemSelector"),
        *("MaxConcurrency", "Label"),
    ),
}
ANY = tuple(dict.fromkeys(field for fields in FIELDS.values() for field in fields))


def read_machine(text: str) -> MachineAnswer:
    document = read_json(text, max_depth=MAX_DEPTH)
    return MachineAnswer(document, Reading(document).machine((), document.value, TOP))


class Reading(Context):
    """One document. `machines` counts those that were begun."""

    def __init__(self, document: JsonDocument) -> None:
        self.document, self.machines = document, 0

    def inner(self, path: Path, value: object) -> Machine:
        return self.machine(path, value, INSIDE)

    def machine(self, path: Path, value: object, known: tuple[str, ...]) -> Machine:
        what = say("A branch") if path else say("A state machine")
        fields = Fields(self.document, path, value, what)
        self.machines += 1
        if self.machines > MOST_MACHINES:
            raise fields.error(say("More than {most} machines in one.", most=MOST_MACHINES))
        fields.known(known)
        no_jsonata(fields)
        states = self.states(fields)
        return Machine(path, fields.text("StartAt"), states, fields.whole("TimeoutSeconds", 1))

    def states(self, fields: Fields) -> dict[str, State]:
        fields.needed("States")
        words = say('States is an object: { "name": { "Type": … }, … }.')
        values = fields.get("States", dict, words)
        if not values:
            raise fields.error(say("There is no state in States."), "States")
        path = (*fields.path, "States")
        return {name: self.state(name, (*path, name), value) for name, value in values.items()}

    def state(self, name: str, path: Path, value: object) -> State:
        fields = Fields(self.document, path, value, say("A state"))
        if not 0 < len(name) <= LONGEST_NAME:
            words = say("The name of a state has 1 to {most} characters.", most=LONGEST_NAME)
            raise AnswerError(words, *self.document.key_position(path))
        kind = type_of(fields)
        fields.what = say("A {type} state", type=kind)
        own = (*COMMON, *FIELDS[kind])
        misplaced = tuple(key for key in fields.values if key not in own and key in ANY)
        fields.known({*own, *misplaced})
        no_jsonata(fields)
        return State(
            name=name,
            type=kind,
            path=path,
            work=READERS[kind](self, fields),
            next=fields.text("Next"),
            end=fields.get("End", bool, say("End is true, without quotes."), False),
            input_path=fields.flow_path("InputPath"),
            output_path=fields.flow_path("OutputPath"),
            parameters=fields.template("Parameters"),
            result_selector=fields.template("ResultSelector"),
            result_path=fields.result_path(),
            retry=read_retry(fields),
            catch=read_catch(fields),
            misplaced=misplaced,
        )


def type_of(fields: Fields) -> str:
    fields.needed("Type")
    kind = str(fields.text("Type"))
    if kind not in FIELDS:
        words = say(
            "There is no type “{type}”.{hint} Types are: {types}.",
            type=kind[:40],
            hint=meant(kind, FIELDS),
            types=", ".join(FIELDS),
        )
        raise fields.error(words, "Type")
    return kind


def no_jsonata(fields: Fields) -> None:
    if fields.text("QueryLanguage", "JSONPath") != "JSONPath":
        words = say(
            "These labs speak JSONPath only, the language of the lessons: leave QueryLanguage out."
        )
        raise fields.error(words, "QueryLanguage")
