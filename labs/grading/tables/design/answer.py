"""A text → an answer: YAML or JSON, with its expressions read. Raises AnswerError with the place.

Table:                                     Reads:
  AttributeDefinitions:                      orders-of-a-customer:
    - AttributeName: customerId                Operation: Query
      AttributeType: S                         KeyConditionExpression: customerId = :c
  KeySchema:                                   ExpressionAttributeValues:
    - AttributeName: customerId                  ":c": {S: $customer}
      KeyType: HASH                            ScanIndexForward: false
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from labs.grading.errors import AnswerError
from labs.grading.json_document import JsonDocument, Path, position_in
from labs.grading.json_text import read_json
from labs.grading.said import say
from labs.grading.tables.design.model import TableAnswer
from labs.grading.tables.expressions.nodes import Node
from labs.grading.tables.expressions.parser import parse_expression, parse_projection
from labs.grading.tables.expressions.tokens import ExpressionError
from labs.grading.yaml_text import read_yaml

MAX_DEPTH = 16
MOST_READS = 20
CONDITIONS = ("KeyConditionExpression", "FilterExpression")
PROJECTION = "ProjectionExpression"


def read_answer(text: str) -> TableAnswer:
    is_json = text.lstrip("\ufeff \t\r\n")[:1] == "{"
    document = read_json(text, max_depth=MAX_DEPTH) if is_json else read_yaml(text)
    value = document.value
    if not isinstance(value, dict) or not isinstance(value.get("Table"), dict):
        raise AnswerError(say("Begin with “Table:”, and write its settings below it."), 1, 1)
    conditions: dict[Path, Node] = {}
    projections: dict[Path, tuple[str, ...]] = {}
    for path, written in expressions_of(document):
        try:
            if path[-1] == PROJECTION:
                projections[path] = parse_projection(written)
            else:
                conditions[path] = parse_expression(written)
        except ExpressionError as error:
            line, column = document.position(path)
            raise AnswerError(error.message, line, column + error.at) from None
    return TableAnswer(document, conditions, projections)


def expressions_of(document: JsonDocument) -> Iterator[tuple[Path, str]]:
    for name, read in reads_of(document).items():
        for key in (*CONDITIONS, PROJECTION):
            if key not in read:
                continue
            path: Path = ("Reads", name, key)
            mind_comments(document, path)
            if not isinstance(read[key], str) or not read[key].strip():
                words = say("Write an expression here, as one text.")
                raise AnswerError(words, *document.key_position(path))
            yield path, read[key]


def reads_of(document: JsonDocument) -> Mapping[str, Mapping[str, str]]:
    value = document.value if isinstance(document.value, dict) else {}
    reads = value.get("Reads") or {}
    if not isinstance(reads, dict) or len(reads) > MOST_READS:
        words = say("Write the reads below “Reads:”, each below its name, {most} at most.",
                    most=MOST_READS)  # fmt: skip
        raise AnswerError(words, *document.key_position(("Reads",)))
    for name, read in reads.items():
        if not isinstance(read, dict):
            words = say("Write the settings of {name} below it: key and value.", name=name[:60])
            raise AnswerError(words, *document.key_position(("Reads", name)))
    return reads


def mind_comments(document: JsonDocument, path: Path) -> None:
    """In YAML the # of a name begins a comment, and what follows would be lost in silence."""
    at = document.keys[path]
    written = document.text[at:].partition("\n")[0].partition(":")[2].lstrip()
    sign = written.find("#")
    if written[:1] not in ('"', "'") and sign >= 0 and written[sign + 1 : sign + 2].isalnum():
        words = say("Put this expression in quotation marks: in YAML a # begins a comment.")
        raise AnswerError(words, *position_in(document.text, at))
