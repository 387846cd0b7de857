"""What a container of an image runs, who is its process 1, and whether its program starts.

Source: Dockerfile reference, "Understand how CMD and ENTRYPOINT interact" and "Shell form
ENTRYPOINT example": the shell form runs below `/bin/sh -c`, which does not pass signals on,
unless its command begins with `exec`; arguments behind `docker run image` take the place of
CMD. `docker stop` sends SIGTERM (or STOPSIGNAL) to process 1, and after a time SIGKILL.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, replace

from labs.grading.images.building.stage import Stage, Started
from labs.grading.images.building.tree import Node, absolute
from labs.grading.images.building.world import World
from labs.grading.images.language.shell import Command, Unreadable, read_commands
from labs.grading.images.language.words import expanded
from labs.grading.said import say

SHELLS = ("sh", "bash", "ash", "dash")
INTERPRETERS = ("python", "python3", "node")
WRAPPERS = ("tini", "dumb-init")  # pass signals on
PROGRAM, SHELL = "program", "shell"


@dataclass(frozen=True, slots=True)
class Process:
    """`words` of what shall run in the end, in `cwd`. `first` is who gets signals: PROGRAM or
    SHELL. `why`: why it does not start, "" where it does."""

    words: tuple[str, ...]
    cwd: str
    first: str
    why: str = ""


def argv_of(stage: Stage, arguments: tuple[str, ...] = ()) -> tuple[str, ...]:
    """ENTRYPOINT and CMD, or what stands behind `docker run image` in the place of CMD."""
    cmd = Started("exec", arguments, stage.at) if arguments else stage.cmd
    entry = stage.entrypoint
    if entry is None:
        return cmd.words if cmd else ()
    if entry.form == "shell":
        return entry.words
    return (*entry.words, *(cmd.words if cmd else ()))


def process_of(stage: Stage, words: tuple[str, ...]) -> Process:
    process = Process(words, stage.workdir, PROGRAM)
    for _ in range(4):  # a shell may start a shell
        if not process.words and not process.why:
            why = say("Nothing says what to run: CMD or ENTRYPOINT.")
            process = replace(process, why=why)
        if process.why:
            break
        inner = started_by(stage, process)
        if inner == process:
            break
        process = inner
    return process


def started_by(stage: Stage, process: Process) -> Process:
    """What a wrapper or a shell starts; itself where it is neither."""
    words = process.words
    name = posixpath.basename(words[0])
    if name not in stage.tools and not is_there(stage, words[0], process.cwd):
        return replace(process, why=say("{program} is not in the image.", program=words[0][:60]))
    if name in WRAPPERS:
        return replace(process, words=wrapped(words))
    if name in SHELLS and words[1:2] == ("-c",) and len(words) > 2:
        inner = in_shell(stage, words[2], process.cwd)
        return replace(inner, first=SHELL if process.first == SHELL else inner.first)
    return process


def wrapped(words: tuple[str, ...]) -> tuple[str, ...]:
    rest = words[1:]
    while rest and rest[0].startswith("-"):
        rest = rest[1:]
    return rest


def is_there(stage: Stage, program: str, cwd: str) -> bool:
    if "/" in program:
        return absolute(program, cwd) in stage.tree.files
    return any(posixpath.join(one, program) in stage.tree.files for one in search_path(stage))


def in_shell(stage: Stage, text: str, cwd: str) -> Process:
    """The last command is what goes on."""
    try:
        commands = read_commands(text)
    except Unreadable as why:
        return Process((), cwd, SHELL, why.message)
    for one in commands[:-1]:
        if one.words[:1] == ("cd",) and len(one.words) == 2:
            cwd = absolute(expanded(one.words[1], stage.env), cwd)
    last = commands[-1] if commands else Command((), "")
    words = tuple(expanded(one, stage.env) for one in last.words)
    if words[:1] == ("exec",):
        return Process(words[1:], cwd, PROGRAM)
    return Process(words, cwd, SHELL)


def started(stage: Stage, world: World, arguments: tuple[str, ...] = ()) -> Process:
    """With why it does not start, if it does not."""
    found = process_of(stage, argv_of(stage, arguments))
    why = found.why or why_not(stage, world, found)
    return Process(found.words, found.cwd, found.first, why)


def why_not(stage: Stage, world: World, process: Process) -> str:
    program = world.program
    path, node = file_of(stage, process)
    if node is None:
        return say("There is no {path} in the image.", path=path[:80])
    if node.content != program.file:
        return say("{path} is not the program.", path=path[:80])
    if not may_read(stage, node):
        return say("{user} may not read {path}.", user=stage.user, path=path[:80])
    for label in program.needs:
        if not found_by(stage, process, path, label):
            return say("The program does not find what {command} makes.", command=label)
    for needed in program.beside:
        place = absolute(needed, root_of(path, program.file))
        other = stage.tree.files.get(place)
        if other is None or other.content != needed:
            return say("The program does not find {file}: it is not at {path}.",
                       file=needed, path=place[:80])  # fmt: skip
        if not may_read(stage, other):
            return say("{user} may not read {path}.", user=stage.user, path=place[:80])
    return ""


def root_of(path: str, file: str) -> str:
    """Where the folder of the context begins in the image, seen from the program's place."""
    if path.endswith("/" + file):
        return path[: -len(file)]
    return posixpath.dirname(path)


def argument_words(process: Process) -> tuple[str, ...]:
    """What the program itself gets to see."""
    words = process.words[1:]
    if posixpath.basename(process.words[0]) not in INTERPRETERS:
        return words
    while words and words[0].startswith("-") and words[0] != "-m":
        words = words[1:]
    return words[2:] if words[:1] == ("-m",) else words[1:]


def file_of(stage: Stage, process: Process) -> tuple[str, Node | None]:
    """The program's own file: behind an interpreter, or what is started itself."""
    words = process.words
    if posixpath.basename(words[0]) in INTERPRETERS:
        path = script_of(process)
    elif "/" in words[0]:
        path = absolute(words[0], process.cwd)
    else:
        places = [posixpath.join(one, words[0]) for one in search_path(stage)]
        path = next((one for one in places if one in stage.tree.files), words[0])
    return path, stage.tree.files.get(path)


def script_of(process: Process) -> str:
    """`server.py`, or `-m server`."""
    rest = [one for one in process.words[1:] if one == "-m" or not one.startswith("-")]
    if rest[:1] == ["-m"] and len(rest) > 1:
        rest = [rest[1].replace(".", "/") + ".py"]
    return absolute(rest[0], process.cwd) if rest else "-"


def search_path(stage: Stage) -> list[str]:
    return stage.env.get("PATH", "/usr/local/bin:/usr/bin:/bin").split(":")[:20]


def may_read(stage: Stage, node: Node) -> bool:
    name = stage.user.partition(":")[0]
    return stage.is_root or not node.private or node.owner == name


def found_by(stage: Stage, process: Process, path: str, label: str) -> bool:
    """Python looks in its own packages, in those of its environment and at home; Node.js in
    node_modules beside the program and above."""
    places = stage.tree.holds(label)
    if label.startswith("npm"):
        folders = [path]
        while folders[-1] != "/":
            folders.append(posixpath.dirname(folders[-1]))
        return any(posixpath.join(one, "node_modules/all") in places for one in folders)
    if label.startswith("pip"):
        known = tuple(f"{one}/" for one in python_path(stage, process))
        return any(one.startswith(known) for one in places)
    return bool(places)


def python_path(stage: Stage, process: Process) -> list[str]:
    name = posixpath.basename(process.words[0])
    inner = stage.base.site.partition("/lib/")[2]
    found = [*stage.env.get("PYTHONPATH", "").split(":")[:10], f"{stage.home}/.local/lib/{inner}"]
    folders = [posixpath.dirname(absolute(process.words[0], process.cwd))]
    if "/" not in process.words[0]:
        folders = stage.env.get("PATH", "").split(":")[:20]
    names = {name, "python"}
    for folder in folders:
        nodes = [stage.tree.files.get(posixpath.join(folder, one)) for one in names]
        if any(one and one.content == "venv:python" for one in nodes):
            return [f"{posixpath.dirname(folder)}/lib/{inner}", *found[:1]]
    return [one for one in (*found, stage.base.site) if one]
