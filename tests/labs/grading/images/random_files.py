"""Dockerfiles with several stages, drawn at random, as text and as what they mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from labs.grading.images.building.world import Base, Source, World

KEY, SECRET = "conf/key.pem", "correct-horse"
WORLD = World(
    bases=(
        Base("debian", ("12",), 1, frozenset(("sh", "bash")), cmd=("bash",), files={"/etc/os": 1}),
        Base(
            "python",
            ("3",),
            1,
            frozenset(("sh", "bash", "python")),
            users=frozenset(("app",)),
            user="app",
            workdir="/srv",
            cmd=("python",),
        ),
    ),
    context=(
        Source("a.txt", 1),
        Source("b.txt", 1),
        Source("lib/c.py", 1),
        Source("lib/deep/d.py", 1),
        Source(KEY, 1, secret=True),
        Source("notes.md", 1),
        Source("lib/e.tmp", 1),
        Source("lib/keep.tmp", 1),
    ),
    ignored=("*.md", "**/*.tmp", "!lib/keep.tmp"),
    arguments={"PASSED": "/passed", "TOKEN": SECRET},
    texts=(SECRET,),
)
NAMES = ("A", "B", "PASSED", "OUTER", "TOKEN")
PATHS = ("/opt", "/opt/a.txt", "/srv/lib", "/srv/a.txt", "x", "lib", "./a.txt", "/v$A", "${B}/x")
SOURCES = ("a.txt", "b.txt", "lib", "lib/c.py", "./lib/deep", KEY, "conf", "*.txt", "lib/*", ".")
TARGETS = ("./", ".", "/opt/", "/opt", "lib", "/srv/a.txt", "/srv/lib/", "${A}/", "x/")
VALUES = ("/opt", "/arg", "$A", "$B/y", "${PASSED}", "/srv/lib", SECRET)


@dataclass(frozen=True, slots=True)
class Step:
    """`meant`: what stands behind the instruction, apart."""

    line: int
    name: str
    text: str
    meant: Any = None


@dataclass(frozen=True, slots=True)
class Written:
    """`outer`: what stands before the first FROM; then each stage: name, origin, steps."""

    text: str
    outer: tuple[Step, ...]
    stages: tuple[tuple[str, str, tuple[Step, ...]], ...]


class Writer:
    """Draws one file, line by line."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.lines: list[str] = []

    def step(self, name: str, rest: str, meant: Any = None) -> Step:
        self.lines.append(f"{name} {rest}")
        return Step(len(self.lines), name, self.lines[-1], meant)

    def file(self) -> Written:
        outer = [self.argument("OUTER", "/outer")] if self.dice.random() < 0.6 else []
        stages: list[tuple[str, str, tuple[Step, ...]]] = []
        for number in range(self.dice.choice((1, 2, 2, 3, 4))):
            origins = ["debian:12", "python:3", *(name for name, _from, _steps in stages)]
            origin = self.dice.choice(origins)
            name = f"s{number}"
            self.step("FROM", f"{origin} AS {name}")
            count = self.dice.randint(1, 6)
            steps = tuple(self.any_step([one[0] for one in stages]) for _ in range(count))
            stages.append((name, origin, steps))
        return Written("\n".join(self.lines), tuple(outer), tuple(stages))

    def any_step(self, earlier: Sequence[str]) -> Step:
        draw = self.dice.choices(
            (self.copy, self.run, self.environment, self.any_argument, self.directory, self.user,
             self.start, self.shell),
            (6, 6, 2, 3, 2, 1, 2, 1),
        )[0]  # fmt: skip
        return draw(earlier)

    def copy(self, earlier: Sequence[str]) -> Step:
        if earlier and self.dice.random() < 0.5:
            origin = self.dice.choice((*earlier, *map(str, range(len(earlier)))))
            sources = [self.dice.choice(("/opt", "/srv", "/srv/lib", "/opt/a.txt", "/", "/made"))]
        else:
            origin, count = "", self.dice.choice((1, 1, 1, 2))
            sources = [self.dice.choice(SOURCES) for _ in range(count)]
        target = self.dice.choice(TARGETS)
        flag = f"--from={origin} " if origin else ""
        return self.step("COPY", f"{flag}{' '.join(sources)} {target}", (origin, sources, target))

    def run(self, earlier: Sequence[str]) -> Step:
        commands = [self.command() for _ in range(self.dice.choice((1, 1, 2, 3)))]
        signs = ["", *(self.dice.choice(("&&", "&&", ";", "||")) for _ in commands[1:])]
        rest = " ".join(f"{sign} {' '.join(one)}".strip() for sign, one in
                        zip(signs, commands, strict=True))  # fmt: skip
        return self.step("RUN", rest, list(zip(signs, commands, strict=True)))

    def command(self) -> list[str]:
        one, other = (self.dice.choice(PATHS) for _ in range(2))
        forms = (
            ["touch", one],
            ["touch", "/made"],
            ["mkdir", "-p", one],
            ["rm", "-rf", one],
            ["rm", "-f", "/srv/key.pem"],
            ["rm", "-rf", "conf", "lib"],
            ["rm", one],
            ["cp", "-r", one, other],
            ["mv", one, other],
            ["cat", one, ">", other],
            ["cd", one],
            ["true"],
            ["false"],
        )
        return self.dice.choices(forms, (4, 4, 3, 3, 2, 2, 1, 3, 2, 2, 1, 1, 1))[0]

    def environment(self, earlier: Sequence[str]) -> Step:
        names = self.dice.sample(NAMES, self.dice.choice((1, 2)))
        pairs = [(name, self.dice.choice(VALUES)) for name in names]
        return self.step("ENV", " ".join(f"{name}={value}" for name, value in pairs), pairs)

    def any_argument(self, earlier: Sequence[str]) -> Step:
        default = self.dice.choice((None, None, "/arg", "$A/z"))
        return self.argument(self.dice.choice(NAMES), default)

    def argument(self, name: str, default: str | None) -> Step:
        rest = name if default is None else f"{name}={default}"
        return self.step("ARG", rest, (name, default))

    def directory(self, earlier: Sequence[str]) -> Step:
        path = self.dice.choice(("/srv", "/opt", "lib", "deep", "$A", "${OUTER}/w"))
        return self.step("WORKDIR", path, path)

    def user(self, earlier: Sequence[str]) -> Step:
        user = self.dice.choice(("root", "nobody", "1000", "0:0"))
        return self.step("USER", user, user)

    def shell(self, earlier: Sequence[str]) -> Step:
        return self.step("SHELL", '["/bin/bash", "-c"]', ("/bin/bash", "-c"))

    def start(self, earlier: Sequence[str]) -> Step:
        name = self.dice.choice(("CMD", "CMD", "ENTRYPOINT"))
        words = self.dice.choice((["python", "x.py"], ["exec", "python", "x.py"], ["serve"]))
        if self.dice.random() < 0.5:
            return self.step(name, " ".join(words), ("shell", " ".join(words)))
        listed = ", ".join(f'"{one}"' for one in words)
        return self.step(name, f"[{listed}]", ("exec", words))


def files(seed: int, count: int) -> Iterator[Written]:
    dice = Random(seed)
    for _ in range(count):
        yield Writer(dice).file()
