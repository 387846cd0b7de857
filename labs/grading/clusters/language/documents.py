"""A text of several YAML documents, apart from each other by `---`. Each keeps its lines.

Source: YAML 1.2.2, 9.1.4 "Explicit Documents"; Kubernetes documentation, "Managing Workloads".
"""

from __future__ import annotations

import re

from labs.grading.errors import AnswerError
from labs.grading.json_document import JsonDocument
from labs.grading.said import say
from labs.grading.yaml_text import read_yaml

BETWEEN = re.compile(r"---[ \t]*(?:#.*)?")
MOST_DOCUMENTS = 8


def read_documents(text: str) -> list[JsonDocument]:
    """Those that hold something. AnswerError names line and column."""
    groups: list[dict[int, str]] = [{}]
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    for number, line in enumerate(lines):
        if BETWEEN.fullmatch(line) or line.rstrip() == "...":
            groups.append({})
        elif line.strip() and not line.lstrip().startswith("#"):
            groups[-1][number] = line
    full = [group for group in groups if group]
    if len(full) > MOST_DOCUMENTS:
        words = say("More than {most} documents.", most=MOST_DOCUMENTS)
        raise AnswerError(words, min(full[MOST_DOCUMENTS]) + 1, 1)
    return [read_yaml(alone(group)) for group in full]


def alone(group: dict[int, str]) -> str:
    """The document's lines where they stand, and empty ones before and between."""
    return "\n".join(group.get(number, "") for number in range(max(group) + 1))
