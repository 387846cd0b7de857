"""What a lab gives and asks. How the spec is written: `labs/grading/kinds/dockerfile.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from labs.grading.errors import SpecError
from labs.grading.images.building.world import Base, Maker, Program, Source, World
from labs.grading.images.exercise.fields import exists
from labs.grading.machines.asks import Ask, read_asks
from labs.grading.toml_table import Table

MOST_FILES, MOST_BASES, MOST_EDITS = 60, 12, 6
MOST_SIZE = 10**7


@dataclass(frozen=True, slots=True)
class ImageExercise:
    world: World
    asks: tuple[Ask, ...]
    advice: bool

    @property
    def points(self) -> int:
        return sum(ask.points for ask in self.asks)


def read_image_exercise(table: Mapping[str, object]) -> ImageExercise:
    spec = Table(table)
    edits = {str(name): names(files) for name, files in spec.mapping("edits").items()}
    world = World(
        bases=tuple(read_base(one) for one in spec.tables("bases")),
        context=tuple(read_source(one) for one in spec.tables("files")),
        ignored=spec.texts("ignored"),
        makers=tuple(read_maker(one) for one in spec.tables("commands")),
        edits=edits,
        arguments={str(name): str(one) for name, one in spec.mapping("arguments").items()},
        passed={str(name): str(one) for name, one in spec.mapping("secrets").items()},
        texts=spec.texts("secret_texts"),
        packages={str(name): int(str(one)) for name, one in spec.mapping("packages").items()},
        program=read_program(spec.table("program")),
    )
    judge_world(world)

    def judge(row: Table, field: str) -> None:
        if not exists(field, world):
            raise row.error("field", f"“{field}” is nothing that is observed")

    exercise = ImageExercise(world, read_asks(spec, judge), spec.flag("advice", True))
    spec.finish()
    return exercise


def names(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list | tuple) else (str(value),)


def judge_world(world: World) -> None:
    paths = [one.path for one in world.context]
    if len(set(paths)) < len(paths) or len(paths) > MOST_FILES:
        raise SpecError(f"lab.toml: spec.files: are at most {MOST_FILES}, each once")
    if not 0 < len(world.bases) <= MOST_BASES or len(world.edits) > MOST_EDITS:
        raise SpecError(f"lab.toml: spec: 1 to {MOST_BASES} bases and at most {MOST_EDITS} edits")
    named = [one for files in world.edits.values() for one in files]
    unknown = sorted({*named, *world.passed.values()} - set(paths))
    if unknown:
        raise SpecError(f"lab.toml: spec: there is no file “{unknown[0]}”")


def read_base(table: Table) -> Base:
    files = table.mapping("holds")
    tools = table.texts("tools")
    return Base(
        name=table.text("name"),
        tags=table.texts("tags"),
        size=table.number("size", most=MOST_SIZE),
        tools=frozenset(tools),
        site=table.text("site", ""),
        users=frozenset(table.texts("users")),
        user=table.text("user", "root"),
        workdir=table.text("workdir", "/"),
        cmd=table.texts("cmd"),
        files={str(path): int(str(size)) for path, size in files.items()},
        digest=table.text("digest", ""),
    )


def read_source(table: Table) -> Source:
    return Source(table.text("path"), table.number("size", 1, most=MOST_SIZE), table.flag("secret"))


def read_maker(table: Table) -> Maker:
    return Maker(
        words=tuple(table.text("words").split()),
        needs=table.texts("needs"),
        named=table.text("named", ""),
        makes=table.text("makes", "."),
        output=table.text("output", ""),
        size=table.number("size", 0, most=MOST_SIZE),
        lean=table.texts("lean"),
        lean_size=table.number("lean_size", 0, most=MOST_SIZE),
        cache=table.number("cache", 0, most=MOST_SIZE),
        cache_path=table.text("cache_path", ".cache"),
        private=table.text("private", ""),
        seconds=table.number("seconds", 0, most=10_000),
        helped=table.text("helped", ""),
        helped_seconds=table.number("helped_seconds", 0, most=10_000),
    )


def read_program(table: Table) -> Program:
    return Program(
        file=table.text("file", ""),
        needs=table.texts("needs"),
        beside=table.texts("beside"),
        port=table.number("port", 0, most=65_535),
    )
