"""A build: the stages that the last one needs, one after the other.

Source: Docker documentation, "Multi-stage builds": "the final stage and the stages that it depends
on"; "Build cache invalidation": a layer is taken from the cache while its instruction, the files
that it copies and all layers before it are the same. A stage's own name stands behind AS.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from labs.grading.images.building.copying import context_tree, copy_files
from labs.grading.images.building.mounts import MOST, Mounts, mount, options_of
from labs.grading.images.building.stage import Layer, Stage, stage_of
from labs.grading.images.building.steps import STEPS, run, set_argument
from labs.grading.images.building.stopped import Stopped
from labs.grading.images.building.tree import Tree
from labs.grading.images.building.world import Base, World
from labs.grading.images.language.instruction import Dockerfile, Instruction
from labs.grading.images.language.words import expanded, words_in
from labs.grading.said import say

SCRATCH = Base("scratch", (), 0, frozenset())


@dataclass(frozen=True, slots=True)
class Image:
    """`stage` is the last one; `layers` are those of all stages that were built. `origins`: the
    images of a registry that they begin with, as they are written, with their lines."""

    stage: Stage
    layers: tuple[Layer, ...]
    origins: tuple[tuple[str, Instruction], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """One stage as it is written: `origin` behind FROM."""

    name: str
    origin: str
    head: Instruction
    steps: tuple[Instruction, ...]


def build(file: Dockerfile, world: World, edited: frozenset[str] = frozenset()) -> Image:
    """Stopped where `docker build` would end with an error. `edited`: files of the context that
    are no more what they were."""
    return Builder(file, world, edited).image()


class Builder:
    def __init__(self, file: Dockerfile, world: World, edited: frozenset[str]) -> None:
        self.world = world
        self.context = context_tree(world, edited)
        self.outer = Stage("", SCRATCH, Tree(), (1, 1))
        self.plans = plans_of(file, world, self.outer)
        self.built: dict[int, Stage] = {}
        self.origins: list[tuple[str, Instruction]] = []

    def image(self) -> Image:
        stage = self.stage(len(self.plans) - 1)
        layers = {one.key: one for number in sorted(self.built)
                  for one in self.built[number].layers}  # fmt: skip
        return Image(stage, tuple(layers.values()), tuple(self.origins))

    def stage(self, number: int) -> Stage:
        """Only what the last stage needs is built."""
        if number not in self.built:
            plan = self.plans[number]
            self.built[number] = self.begin(plan, number)
            for one in plan.steps:
                self.step(self.built[number], one, number)
        return self.built[number]

    def begin(self, plan: Plan, number: int) -> Stage:
        earlier = self.number_of(plan.origin, number)
        if earlier is not None:
            found = self.stage(earlier).child(plan.name, plan.head.at)
        else:
            found = stage_of(self.base(plan.origin, plan.head), plan.name, plan.head.at)
        found.outer = self.outer.args
        return found

    def number_of(self, name: str, before: int) -> int | None:
        """A stage before this one, by its name; the last of that name."""
        found = [one for one in range(before) if self.plans[one].name == name.lower()]
        return found[-1] if found and name else None

    def base(self, origin: str, one: Instruction) -> Base:
        if origin == "scratch":
            return SCRATCH
        self.origins.append((origin, one))
        name, tag, digest = parts_of(origin)
        for base in self.world.bases:
            is_it = short(base.name) == short(name)
            if is_it and (tag in base.tags or (not tag and digest)) and digest in ("", base.digest):
                return base
        cure = say(
            "Begin with an image that the lab has: {images}.",
            images=", ".join(f"{base.name}:{base.tags[0]}" for base in self.world.bases),
        )
        says = f"{origin[:80]}: not found"
        raise Stopped("docker.no-image", cure, says, one.at)

    def step(self, stage: Stage, one: Instruction, number: int) -> None:
        if one.name in ("COPY", "ADD"):
            origin = expanded(one.flag("from"), stage.values)
            source = self.source(origin, one, number)
            moved = copy_files(stage, one, source, outside=bool(origin))
            stage.add_layer(one.text, one.at, moved, self.world)
        elif one.name == "RUN":
            run(stage, one, self.world, self.mounts(stage, one, number))
        else:
            STEPS[one.name](stage, one, self.world)

    def mounts(self, stage: Stage, one: Instruction, number: int) -> Mounts:
        found = Mounts()
        for text in one.flags_of("mount")[:MOST]:
            origin = options_of(text, one).get("from", "")
            mount(found, text, one, stage, self.world, self.source(origin, one, number))
        return found

    def source(self, origin: str, one: Instruction, number: int) -> Tree:
        """The context, another stage by name or number, or an image."""
        if not origin:
            return self.context
        earlier = self.number_of(origin, number)
        if origin.isdigit() and len(origin) < 3 and int(origin) < number:
            earlier = int(origin)
        if earlier is not None:
            return self.stage(earlier).tree
        return stage_of(self.base(origin, one), "", one.at).tree


def plans_of(file: Dockerfile, world: World, outer: Stage) -> tuple[Plan, ...]:
    """ARG before the first FROM is for the FROMs alone, and for stages that ask for it again."""
    found: list[tuple[Instruction, list[Instruction]]] = []
    for one in file.instructions:
        if one.name == "FROM":
            found.append((one, []))
        elif found:
            found[-1][1].append(one)
        else:
            set_argument(outer, one, world)
    return tuple(plan_of(head, steps, outer) for head, steps in found)


def plan_of(head: Instruction, steps: Sequence[Instruction], outer: Stage) -> Plan:
    words = [expanded(word, outer.args) for word in words_in(head.rest)]
    if len(words) not in (1, 3) or (len(words) == 3 and words[1].upper() != "AS"):
        cure = say("Write FROM image:tag, or FROM image:tag AS name.")
        raise Stopped("docker.stopped", cure, "FROM requires either one or three arguments",
                      head.at)  # fmt: skip
    name = words[2].lower() if len(words) == 3 else ""
    return Plan(name, words[0], head, tuple(steps))


def parts_of(origin: str) -> tuple[str, str, str]:
    """Name, tag ("latest" where none is said, "" beside a digest) and digest."""
    name, _at, digest = origin.partition("@")
    head, colon, tag = name.rpartition(":")
    if not colon or "/" in tag:
        head, tag = name, "" if digest else "latest"
    return head, tag, digest


def short(name: str) -> str:
    """Docker Hub's own images have longer names as well."""
    for prefix in ("docker.io/library/", "docker.io/", "library/"):
        name = name.removeprefix(prefix)
    return name
