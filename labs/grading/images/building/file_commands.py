"""rm, cp, mv, mkdir, chmod, chown, useradd and what changes nothing."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import replace

from labs.grading.images.building.commands import Effect, Run, need_root, need_tool
from labs.grading.images.building.patterns import has_wildcard
from labs.grading.images.building.stopped import Stopped
from labs.grading.said import say

# Options with a value: of mkdir and install; of useradd and adduser, on Debian and Alpine
OF_DIRECTORIES = ("-m", "-o", "-g", "--mode", "--owner", "--group")
OF_USERS = (
    "-c", "-d", "-g", "-G", "-h", "-k", "-s", "-u", "--comment", "--gecos", "--gid", "--groups",
    "--home", "--home-dir", "--ingroup", "--shell", "--uid",
)  # fmt: skip


def operands(words: list[str], valued: tuple[str, ...] = ()) -> list[str]:
    """What is no option, and no option's value."""
    found, skip = [], False
    for word in words[1:]:
        if skip:
            skip = False
        elif word.startswith("-") and len(word) > 1:
            skip = word in valued
        else:
            found.append(word)
    return found


def paths_of(run: Run, text: str) -> list[str]:
    """`*` stands for what is there."""
    path = run.path(text)
    return run.stage.tree.matching(path) if has_wildcard(text) else [path]


def remove(run: Run, words: list[str]) -> None:
    options = "".join(one[1:] for one in words[1:] if one.startswith("-") and one[1:2] != "-")
    for text in operands(words):
        for path in paths_of(run, text):
            remove_one(run, text, path, options)
        if text.startswith("/var/lib/apt/lists"):
            run.stage.lists = False


def remove_one(run: Run, text: str, path: str, options: str) -> None:
    tree = run.stage.tree
    if tree.is_directory(path) and "r" not in options.lower():
        cure = say("Remove the directory {path} with -r.", path=text[:60])
        raise run.fail("docker.stopped", cure, f"rm: cannot remove '{text[:60]}'")
    if not tree.remove(path) and "f" not in options and path not in run.mounted:
        raise missing(run, "rm", text)


def missing(run: Run, program: str, text: str) -> Stopped:
    cure = say("Look at the name: there is no {path} in the image.", path=text[:60])
    says = f"{program}: {text[:60]}: No such file or directory"
    return run.fail("docker.no-file", cure, says)


def copy(run: Run, words: list[str], *, move: bool = False) -> None:
    found = operands(words)
    if len(found) < 2:
        return
    target = run.path(found[-1])
    for text in found[:-1]:
        for path in paths_of(run, text):
            if run.content(path) is None and not run.stage.tree.is_directory(path):
                raise missing(run, words[0], text)
            copy_one(run, path, target, inside=run.stage.tree.is_directory(target))
            if move:
                run.stage.tree.remove(path)


def copy_one(run: Run, path: str, target: str, *, inside: bool) -> None:
    place = posixpath.join(target, posixpath.basename(path)) if inside else target
    if path in run.mounted:
        run.put(place, run.made(1, run.mounted[path]))
        return
    for rest, node in list(run.stage.tree.below(path)):
        run.put(posixpath.join(place, rest) if rest else place, node)
    if run.stage.tree.is_directory(path):
        run.stage.tree.make_directory(place)


def link(run: Run, words: list[str]) -> None:
    """A link to what is mounted is no more than a name."""
    found = operands(words)
    if len(found) != 2:
        return
    source, target = run.path(found[0]), run.path(found[1])
    if run.stage.tree.is_directory(target):
        target = posixpath.join(target, posixpath.basename(source))
    content = run.content(source)
    if content is not None and source in run.mounted:
        run.mounted = {**run.mounted, target: content}
    elif content is not None:
        run.put(target, replace(run.stage.tree.files[source], size=0))


def move(run: Run, words: list[str]) -> None:
    copy(run, words, move=True)


def make_directories(run: Run, words: list[str]) -> None:
    for text in operands(words, OF_DIRECTORIES):
        run.stage.tree.make_directory(run.path(text))


def touch(run: Run, words: list[str]) -> None:
    """A file that is there keeps what it holds, and is in the layer with its new time."""
    for text in operands(words):
        path = run.path(text)
        there = run.stage.tree.files.get(path)
        if not run.stage.tree.is_directory(path):
            new = run.made(1, "made:text")
            run.put(path, replace(there, version=new.version) if there else new)


def change_owner(run: Run, words: list[str]) -> None:
    need_root(run, "chown")
    owner, *texts = operands(words) or [""]
    for text in texts:
        for path in paths_of(run, text):
            run.stage.tree.change(path, owner=owner.partition(":")[0] or "root")


def change_mode(run: Run, words: list[str]) -> None:
    mode, *texts = operands(words) or [""]
    for text in texts:
        for path in paths_of(run, text):
            if mode.isdigit():
                run.stage.tree.change(path, private=is_private(mode))


def is_private(mode: str) -> bool:
    """May others not read it? 0640, 600."""
    return mode[-1:] in ("0", "1", "2", "3")


def add_user(run: Run, words: list[str]) -> None:
    need_root(run, words[0])
    need_tool(run, words[0])
    names = operands(words, OF_USERS)
    name = names[0] if names else ""
    run.stage.users.add(name)
    run.stage.tree.make_directory(f"/home/{name}")


def change_directory(run: Run, words: list[str]) -> None:
    path = run.path(words[1]) if len(words) > 1 else run.stage.home
    if not run.stage.tree.is_directory(path):
        raise missing(run, "cd", words[1])
    run.cwd = path


def export(run: Run, words: list[str]) -> None:
    for word in words[1:]:
        name, equals, value = word.partition("=")
        if equals:
            run.env[name] = value


def read(run: Run, words: list[str]) -> None:
    for text in operands(words):
        if run.content(run.path(text)) is None:
            raise missing(run, words[0], text)


def nothing(run: Run, words: list[str]) -> None:
    """Changes nothing that counts."""


def fails(run: Run, words: list[str]) -> None:
    raise run.fail("docker.stopped", say("Leave this out: it ends the build."), "exit code: 1")


FILE_EFFECTS: Mapping[str, Effect] = {
    "rm": remove,
    "cp": copy,
    "mv": move,
    "ln": link,
    "mkdir": make_directories,
    "install": make_directories,
    "touch": touch,
    "chown": change_owner,
    "chmod": change_mode,
    "useradd": add_user,
    "adduser": add_user,
    "groupadd": nothing,
    "addgroup": nothing,
    "cd": change_directory,
    "export": export,
    "cat": read,
    "false": fails,
    **dict.fromkeys(("echo", "printf", "true", ":", "set", "ls", "test", "pwd", "id"), nothing),
}
