"""The text of an answer → JSON. Whether it is a filter depends on the lab's service and is asked
later."""

from __future__ import annotations

from dataclasses import dataclass

from labs.grading.errors import AnswerError
from labs.grading.json_text import JsonDocument, read_json
from labs.grading.said import say

MAX_DEPTH = 10


@dataclass(frozen=True, slots=True)
class FilterAnswer:
    document: JsonDocument


def read_filter_answer(text: str) -> FilterAnswer:
    """AnswerError names line and column."""
    document = read_json(text, max_depth=MAX_DEPTH)
    if not isinstance(document.value, dict):
        raise AnswerError(say("A filter is a JSON object: { … }."), *document.position())
    return FilterAnswer(document)
