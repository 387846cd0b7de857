"""What a lab gives and asks. How the spec is written: `labs/grading/kinds/k8s_manifest.py`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from labs.grading.clusters.exercise.fields import exists
from labs.grading.clusters.running.world import Answer, Image, Node, World
from labs.grading.errors import SpecError
from labs.grading.machines.asks import Ask, read_asks
from labs.grading.toml_table import Table

MOST_NODES, MOST_SIZE = 12, 10**6
ANSWER = re.compile(r"(\d{3})(?: in (\d{1,3}))?( with the database)?")


@dataclass(frozen=True, slots=True)
class ClusterExercise:
    world: World
    asks: tuple[Ask, ...]

    @property
    def points(self) -> int:
        return sum(ask.points for ask in self.asks)


def read_cluster_exercise(table: Mapping[str, object]) -> ClusterExercise:
    spec = Table(table)
    world = World(
        nodes=tuple(read_node(one) for one in spec.tables("nodes")),
        images=tuple(read_image(one) for one in spec.tables("images")),
        loads={str(name): int(str(load)) for name, load in spec.mapping("loads").items()},
        outage=spec.number("outage", 0, most=10_000),
        public=spec.flag("public", True),
    )
    names = [node.name for node in world.nodes]
    if not 0 < len(names) <= MOST_NODES or len(set(names)) < len(names):
        raise SpecError(f"lab.toml: spec.nodes: are 1 to {MOST_NODES}, each with its own name")

    def judge(row: Table, field: str) -> None:
        if not exists(field, world):
            raise row.error("field", f"“{field}” is nothing that is observed")

    exercise = ClusterExercise(world, read_asks(spec, judge))
    spec.finish()
    return exercise


def read_node(table: Table) -> Node:
    return Node(
        name=table.text("name"),
        zone=table.text("zone"),
        cpu=table.number("cpu", most=MOST_SIZE),
        memory=table.number("memory", most=MOST_SIZE),
        pods=table.number("pods", 29, most=1000),
        labels={str(key): str(value) for key, value in table.mapping("labels").items()},
    )


def read_image(table: Table) -> Image:
    paths = {
        str(path): read_answer(table, str(text)) for path, text in table.mapping("paths").items()
    }
    return Image(
        name=table.text("name"),
        listens=table.number("listens", most=65_535),
        starts=table.number("starts", 0, most=3600),
        memory=table.number("memory", 0, most=MOST_SIZE),
        paths=paths,
    )


def read_answer(table: Table, text: str) -> Answer:
    """ "200", "200 in 3" seconds, "200 with the database" (503 without it)."""
    found = ANSWER.fullmatch(text)
    if found is None:
        raise table.error("paths", f"“{text}” is no answer")
    return Answer(int(found[1]), int(found[2] or 0), bool(found[3]))
