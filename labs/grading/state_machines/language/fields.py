"""The fields of a JSON object, read one by one; AnswerError names line and column."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from labs.grading.errors import AnswerError
from labs.grading.json_text import JsonDocument, Path
from labs.grading.said import filled, say
from labs.grading.state_machines.language.paths import ROOT, JsonPath, PathError, read_path
from labs.grading.state_machines.language.suggestions import meant
from labs.grading.state_machines.language.templates import (
    Template,
    TemplateError,
    read_expression,
    read_template,
)
from labs.grading.state_machines.language.values import is_number

LARGEST = 99_999_999  # seconds, as AWS takes them
JSONATA = ("Arguments", "Output", "Condition", "Items", "ProcessorConfig.QueryLanguage")
LATER = {
    "Assign": say("Variables (Assign) are not known here: carry values on with ResultPath."),
    "MaxConcurrencyPath": say("MaxConcurrencyPath is not known here: write MaxConcurrency."),
    "ItemReader": say("A distributed Map is not known here, only one in line: ItemsPath."),
    "ItemBatcher": say("A distributed Map is not known here, only one in line: ItemsPath."),
    "ResultWriter": say("A distributed Map is not known here, only one in line: ItemsPath."),
    "ToleratedFailureCount": say("A distributed Map is not known here, only one in line."),
    "ToleratedFailurePercentage": say("A distributed Map is not known here, only one in line."),
}
NO_JSONATA = say(
    "“{key}” belongs to JSONata. These labs speak JSONPath: Parameters, ResultPath, Variable."
)


class Fields:
    """One object of the document. `what` names it in messages: a Task state."""

    def __init__(self, document: JsonDocument, path: Path, value: object, what: str) -> None:
        self.document, self.path, self.what = document, path, what
        if not isinstance(value, dict):
            raise self.error(say("{what} is a JSON object, in braces.", what=what))
        self.values: Mapping[str, Any] = value

    def error(self, words: str, key: str = "") -> AnswerError:
        return AnswerError(words, *self.document.position((*self.path, key) if key else self.path))

    def known(self, keys: Collection[str]) -> None:
        """AnswerError for the first key that is none of them."""
        for key in self.values:
            if key not in keys:
                raise self.unknown(key, keys)

    def unknown(self, key: str, keys: Collection[str]) -> AnswerError:
        words = say(
            "{what} has no field “{key}”.{hint}",
            what=self.what,
            key=key[:60],
            hint=meant(key, keys),
        )
        if key in JSONATA:
            words = filled(NO_JSONATA, key=key)
        place = self.document.key_position((*self.path, key))
        return AnswerError(LATER.get(key, words), *place)

    def get(self, key: str, kind: type, words: str, default: Any = None) -> Any:
        value = self.values.get(key, default)
        if key in self.values and (
            not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool)
        ):
            raise self.error(words, key)
        return value

    def text(self, key: str, default: str | None = None) -> Any:
        return self.get(key, str, say("{key} is text, in double quotes.", key=key), default)

    def needed(self, key: str) -> None:
        if key not in self.values:
            raise self.error(say("{what} needs {key}.", what=self.what, key=key))

    def whole(self, key: str, least: int, default: int | None = None) -> Any:
        words = say("{key} is a whole number, {least} or more.", key=key, least=least)
        value = self.get(key, int, words, default)
        if key in self.values and not least <= value <= LARGEST:
            raise self.error(words, key)
        return value

    def number(self, key: str, least: float, default: float) -> float:
        value = self.values.get(key, default)
        if not is_number(value) or not least <= value <= LARGEST:
            raise self.error(say("{key} is a number, {least} or more.", key=key, least=least), key)
        return float(value)

    def items(self, key: str) -> list[Any]:
        found: list[Any] = self.get(key, list, say("{key} is a list, in [ ].", key=key), [])
        return found

    def path_at(self, key: str) -> JsonPath:
        """A path that has to be one."""
        value = self.text(key)
        try:
            return read_path(value)
        except PathError as error:
            raise self.error(error.words, key) from None

    def flow_path(self, key: str) -> JsonPath | None:
        """InputPath, OutputPath, ResultPath: a path or null; left out, the whole."""
        if key not in self.values:
            return ROOT
        return None if self.values[key] is None else self.path_at(key)

    def result_path(self) -> JsonPath | None:
        path = self.flow_path("ResultPath")
        if path is not None and not path.is_reference:
            words = say("ResultPath names one place in the input, such as $.payment.")
            raise self.error(words, "ResultPath")
        return path

    def template(self, key: str) -> Template | None:
        if key not in self.values:
            return None
        try:
            return read_template(self.values[key])
        except TemplateError as error:
            place = (*self.path, key, *error.path)
            raise AnswerError(error.words, *self.document.position(place)) from None

    def text_or_path(self, key: str) -> str | JsonPath:
        """`Error`, or the path of `ErrorPath`, which may be a function as well."""
        if f"{key}Path" not in self.values:
            return str(self.text(key, ""))
        try:
            found = read_expression(self.text(f"{key}Path"))
        except PathError as error:
            raise self.error(error.words, f"{key}Path") from None
        if not isinstance(found, JsonPath):
            raise self.error(say("{key} is a path here.", key=f"{key}Path"), f"{key}Path")
        return found
