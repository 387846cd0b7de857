"""What the commands of a RUN come to, by what a lab says of them and by what everybody knows of
`rm`, `cp` and the like. None of them is ever run.

A command fails as it would in the image: its program is not there, its file is not there, it may
not. Which of them decides is the shell's: `&&`, `||`, `;`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from labs.grading.errors import Position
from labs.grading.images.building.stage import Stage
from labs.grading.images.building.stopped import Stopped
from labs.grading.images.building.tree import Node, absolute
from labs.grading.images.building.world import World
from labs.grading.images.language.shell import Command
from labs.grading.images.language.words import expanded
from labs.grading.said import say


@dataclass
class Run:
    """A RUN while it is done. `mounted`: files that are there for it alone, path → content;
    `caches`: directories that are kept apart from the layer. `version` tells what is made now from
    what is made another time."""

    stage: Stage
    world: World
    at: Position
    version: str
    cwd: str
    env: dict[str, str]
    mounted: Mapping[str, str] = field(default_factory=dict)
    caches: tuple[str, ...] = ()
    ran: list[str] = field(default_factory=list)
    seconds: int = 0

    def fail(self, code: str, cure: str, says: str = "") -> Stopped:
        return Stopped(code, cure, says, self.at)

    def path(self, text: str) -> str:
        if text.startswith("~"):
            text = self.stage.home + text[1:]
        return absolute(text, self.cwd)

    def content(self, path: str) -> str | None:
        """Which file is there, by its content."""
        if path in self.mounted:
            return self.mounted[path]
        node = self.stage.tree.files.get(path)
        return node.content if node else None

    def made(self, size: int, content: str) -> Node:
        owner = "root" if self.stage.is_root else self.stage.user.partition(":")[0]
        return Node(size, content, self.version, owner)

    def put(self, path: str, node: Node) -> None:
        """What goes into a cache, or into what is mounted, goes into no layer."""
        apart = any(f"{path}/".startswith(f"{one}/") for one in (*self.caches, *self.mounted))
        if not apart:
            self.stage.tree.put(path, node)


Effect = Callable[[Run, list[str]], None]


def run_all(run: Run, commands: Sequence[Command], effects: Mapping[str, Effect]) -> None:
    """Stopped where the last of them that was run has failed."""
    failed: Stopped | None = None
    for command in commands:
        if (command.before == "&&" and failed) or (command.before == "||" and not failed):
            continue
        failed = None
        try:
            run_one(run, command, effects)
        except Stopped as why:
            failed = why
    if failed:
        raise failed


def run_one(run: Run, command: Command, effects: Mapping[str, Effect]) -> None:
    values = run.stage.values | run.env
    given = {name: expanded(value, values) for name, value in command.assigned}
    words = [expanded(one, values) for one in command.words]
    if not words:
        run.env |= given
        return
    inner = replace(run, env=run.env | given)
    effects_of(inner, words, effects)(inner, words)
    run.cwd, run.seconds, run.mounted = inner.cwd, inner.seconds, inner.mounted
    run.env = {key: one for key, one in inner.env.items() if key not in given} | {
        key: run.env[key] for key in given if key in run.env
    }
    if command.target and not command.target.startswith("/dev/"):
        write_output(run, words, expanded(command.target, values))


def effects_of(run: Run, words: list[str], effects: Mapping[str, Effect]) -> Effect:
    program = posixpath.basename(words[0])
    found = effects.get(program)
    if found is None:
        cure = say("Leave {program} out: what it does is not followed here.", program=program[:40])
        raise run.fail("docker.command", cure)
    if "/" in words[0] and run.content(run.path(words[0])) is None:
        raise not_found(run, words[0])
    return found


def not_found(run: Run, program: str) -> Stopped:
    cure = say("Install {program} first, or begin with an image that has it: it is not in {image}.",
               program=program[:40], image=run.stage.base.name)  # fmt: skip
    return run.fail("docker.no-tool", cure, f"/bin/sh: {program[:40]}: not found")


def need_tool(run: Run, program: str) -> None:
    if program not in run.stage.tools:
        raise not_found(run, program)


def need_root(run: Run, program: str) -> None:
    if not run.stage.is_root:
        cure = say("Do this before USER: only root may run {program}.", program=program)
        raise run.fail("docker.not-allowed", cure, f"{program}: Permission denied")


def write_output(run: Run, words: list[str], target: str) -> None:
    """`cat secret > file` writes the secret into the file."""
    sources = [run.content(run.path(one)) for one in words[1:]] if words[0] == "cat" else []
    known = [one for one in sources if one]
    run.put(run.path(target), run.made(1, known[0] if known else "made:text"))
