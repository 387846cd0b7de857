"""[spec] of a lab about names: which parts are asked for, of which items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from labs.grading.errors import SpecError
from labs.grading.names.certificates import Listener
from labs.grading.names.exercise.topics import TOPICS, Taken, Topic
from labs.grading.toml_table import Table


@dataclass(frozen=True, slots=True)
class Question:
    name: str
    taken: Taken
    points: int  # of each part
    why: str


@dataclass(frozen=True, slots=True)
class NamesExercise:
    topic: Topic
    parts: tuple[str, ...]
    questions: tuple[Question, ...]


def read_names_exercise(table: Mapping[str, object]) -> NamesExercise:
    spec = Table(table)
    topic = TOPICS[spec.text("reads", choices=sorted(TOPICS))]
    parts = spec.texts("parts", topic.fields)
    if not parts or set(parts) - set(topic.fields) or len(set(parts)) < len(parts):
        raise spec.error("parts", f"not some of {', '.join(topic.fields)}, each once")
    listener = read_listener(spec)
    questions = tuple(read_question(item, topic, listener) for item in spec.tables("items"))
    spec.finish()
    if not any(question.points for question in questions):
        raise SpecError("lab.toml: spec.items: nothing is worth a point")
    if len({question.name.lower() for question in questions}) != len(questions):
        raise SpecError("lab.toml: spec.items: a name is used twice")
    return NamesExercise(topic, parts, questions)


def read_listener(spec: Table) -> Listener | None:
    certificates = {one.text("name"): one.texts("names") for one in spec.tables("certificates")}
    default = spec.text("default", "")
    if not certificates:
        return None
    if default not in certificates:
        raise spec.error("default", "is the name of no certificate")
    names = [name for names in certificates.values() for name in names]
    if len(set(names)) < len(names):
        raise spec.error("certificates", "two of them have the same name")
    return Listener(certificates, default)


def read_question(item: Table, topic: Topic, listener: Listener | None) -> Question:
    return Question(
        name=item.text("name"),
        taken=topic.take(item, listener),
        points=item.number("points", 1, most=1000),
        why=item.text("why", ""),
    )
