"""What a state takes in and what it passes on.

Source: Amazon States Language, "Input and Output Processing": InputPath, Parameters, then the work,
then ResultSelector, ResultPath (into the input as it came), OutputPath.
"""

from __future__ import annotations

from labs.grading.state_machines.execution.failures import (
    DATA_LIMIT,
    INTRINSIC,
    PARAMETERS,
    RESULT_PATH,
    RUNTIME,
    StateError,
)
from labs.grading.state_machines.language.functions import IntrinsicError
from labs.grading.state_machines.language.model import State
from labs.grading.state_machines.language.paths import JsonPath, NotThereError, look_up, put_at
from labs.grading.state_machines.language.templates import Template, filled_in
from labs.grading.state_machines.language.values import HEAVIEST, Json, weight

CALLS_OF_A_STEP, WEIGHT_OF_A_STEP = 5, 200


def found(path: JsonPath | None, value: Json, context: Json) -> Json:
    """null is an empty object."""
    if path is None:
        return {}
    try:
        return look_up(path, value, context)
    except NotThereError as error:
        raise StateError(RUNTIME, not_there(error), error.path) from None


def not_there(error: NotThereError) -> str:
    return f"The JSONPath '{error.path.text}' could not be found in the input"


def filled(template: Template, value: Json, context: Json) -> Json:
    try:
        return filled_in(template, value, context)
    except NotThereError as error:
        raise StateError(PARAMETERS, not_there(error), error.path) from None
    except IntrinsicError as error:
        raise StateError(INTRINSIC, str(error)) from None


def taken_in(state: State, value: Json, context: Json) -> Json:
    """The effective input. A Map's Parameters are for its items."""
    effective = found(state.input_path, value, context)
    if state.parameters is None or state.type == "Map":
        return effective
    return filled(state.parameters, effective, context)


def passed_on(state: State, value: Json, result: Json, context: Json) -> Json:
    """What comes of the result and of the input as it came."""
    if state.result_selector is not None:
        result = filled(state.result_selector, result, context)
    return found(state.output_path, placed(state.result_path, value, result), context)


def placed(path: JsonPath | None, value: Json, result: Json) -> Json:
    if path is None:
        return value
    try:
        return put_at(path, value, result)
    except NotThereError as error:
        words = f"The result cannot be put at '{error.path.text}'"
        raise StateError(RESULT_PATH, words, error.path) from None


def weighed(value: Json) -> int:
    """How many steps a value counts for that is passed on."""
    heavy = weight(value)
    if heavy > HEAVIEST:
        raise StateError(DATA_LIMIT, "The state's output is too large")
    return heavy // WEIGHT_OF_A_STEP
