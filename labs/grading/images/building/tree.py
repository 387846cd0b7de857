"""The files of an image while it is built."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, replace

from labs.grading.images.building.patterns import fits
from labs.grading.images.building.stopped import Stopped
from labs.grading.said import say

MOST_FILES, MOST_WILDCARDS = 400, 30
DIRECTORIES = ("/", "/root", "/home", "/usr/local/bin")


@dataclass(frozen=True, slots=True)
class Node:
    """`size` in kB. `content`: which file of the context it is, or what made it; `version` tells
    two of them apart. `private`: only its owner may read it."""

    size: int
    content: str
    version: str = ""
    owner: str = "root"
    private: bool = False


class Tree:
    """`written`: what the step that is being done has written, and that is still there."""

    def __init__(self) -> None:
        self.files: dict[str, Node] = {}
        self.directories: set[str] = set(DIRECTORIES)
        self.written: dict[str, Node] = {}
        self.looked = 0  # how often all names were gone through

    def copy(self) -> Tree:
        other = Tree()
        other.files, other.directories = dict(self.files), set(self.directories)
        return other

    def put(self, path: str, node: Node) -> None:
        if len(self.files) >= MOST_FILES and path not in self.files:
            raise too_much()
        self.files[path] = self.written[path] = node
        self.make_directory(posixpath.dirname(path))

    def make_directory(self, path: str) -> None:
        if len(self.directories) >= MOST_FILES:
            raise too_much()
        while path not in self.directories:
            self.directories.add(path)
            path = posixpath.dirname(path)

    def is_directory(self, path: str) -> bool:
        return path in self.directories

    def exists(self, path: str) -> bool:
        return path in self.files or path in self.directories

    def below(self, path: str) -> Iterator[tuple[str, Node]]:
        """Files at or below it, with what is left of their path: "" for the file itself."""
        if path in self.files:
            yield "", self.files[path]
        start = path.rstrip("/") + "/"
        for one, node in list(self.files.items()):
            if one.startswith(start):
                yield one[len(start) :], node

    def remove(self, path: str) -> bool:
        """Is anything gone? What a layer below has stays in that layer."""
        gone = [path, *(one for one in self.files if one.startswith(path.rstrip("/") + "/"))]
        found = self.exists(path)
        for one in gone:
            self.files.pop(one, None)
            self.written.pop(one, None)
        start = path.rstrip("/") + "/"
        self.directories = {
            one for one in self.directories if one != path and not one.startswith(start)
        }
        self.directories.add("/")
        return found

    def change(self, path: str, **changes: object) -> None:
        """Of a file that is changed the layer has the whole."""
        for rest, node in self.below(path):
            changed = replace(node, **changes)  # type: ignore[arg-type]
            if changed != node:
                self.put(posixpath.join(path, rest) if rest else path, changed)

    def matching(self, pattern: str) -> list[str]:
        """Files and directories. `**` is no more than `*`."""
        self.looked += 1
        if self.looked > MOST_WILDCARDS:
            raise too_much()
        parts = pattern.replace("**", "*").split("/")
        known = sorted({*self.files, *self.directories})
        return [one for one in known if fits(parts, one.split("/"))]

    def holds(self, content: str) -> list[str]:
        return [path for path, node in self.files.items() if node.content == content]


def too_much() -> Stopped:
    words = say(
        "Put less into the image: so many files, directories or wildcards are not followed."
    )
    return Stopped("docker.stopped", words)


def absolute(path: str, workdir: str) -> str:
    """Without `.` and `..`; nothing leads above the root."""
    return posixpath.normpath("/" + posixpath.join(workdir, path).lstrip("/"))
