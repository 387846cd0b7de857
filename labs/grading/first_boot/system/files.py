"""The files of the machine: a tree in memory, bounded. Nothing of it is on a disk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import basename, dirname, normpath

from labs.grading.errors import Position

MOST_FILES, MOST_TEXT = 300, 100_000  # entries, and characters of all texts
LONGEST_PATH = 500
BIN = ("/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin")
DIRECTORIES = (
    *BIN,
    *("/", "/boot", "/dev", "/etc", "/etc/systemd", "/etc/systemd/system", "/home"),
    *("/home/ec2-user", "/mnt", "/opt", "/root", "/run", "/srv", "/usr", "/usr/lib"),
    *("/usr/local", "/usr/share", "/var", "/var/lib", "/var/log", "/usr/lib64"),
    *("/tmp", "/var/tmp"),  # noqa: S108  # nosec B108  # of the model
)
OS_RELEASE = 'NAME="Amazon Linux"\nVERSION="2023"\nID="amzn"\nVERSION_ID="2023"\n'
NOT_THERE, IS_DIRECTORY = "No such file or directory", "Is a directory"
NO_DIRECTORY, THERE = "Not a directory", "File exists"
GONE_AT_REBOOT = ("/run/", "/tmp/")  # noqa: S108  # nosec B108  # kept in memory on Amazon Linux 2023


class FileError(Exception):
    """What the kernel says, in its words."""

    def __init__(self, reason: str, path: str) -> None:
        super().__init__(reason, path)
        self.reason, self.path = reason, path


class Full(Exception):
    """More than the model holds."""


@dataclass(slots=True)
class Entry:
    """`text` is None for a directory; `at`: the line that wrote it last."""

    text: str | None
    mode: int
    owner: str = "root"
    at: Position | None = None


class Files:
    def __init__(self) -> None:
        self.entries = {path: Entry(None, 0o755) for path in DIRECTORIES}
        self.entries["/root"].mode = self.entries["/home/ec2-user"].mode = 0o700
        self.entries["/etc/os-release"] = Entry(OS_RELEASE, 0o644)
        self.size = 0

    def get(self, path: str) -> Entry | None:
        return self.entries.get(path)

    def is_directory(self, path: str) -> bool:
        entry = self.entries.get(path)
        return entry is not None and entry.text is None

    def is_file(self, path: str) -> bool:
        entry = self.entries.get(path)
        return entry is not None and entry.text is not None

    def below(self, path: str) -> Iterator[str]:
        prefix = path.rstrip("/") + "/"
        return (one for one in list(self.entries) if one.startswith(prefix))

    def names_in(self, path: str) -> list[str]:
        return sorted(basename(one) for one in self.below(path) if dirname(one) == path)

    def read(self, path: str) -> str:
        """FileError where no text is there."""
        if path == "/dev/null":
            return ""
        entry = self.entries.get(path)
        if entry is None:
            raise FileError(NOT_THERE, path)
        if entry.text is None:
            raise FileError(IS_DIRECTORY, path)
        return entry.text

    def put(self, path: str, entry: Entry) -> None:
        if len(path) > LONGEST_PATH:
            raise FileError("File name too long", path[:LONGEST_PATH])
        self.size += len(entry.text or "")
        if len(self.entries) >= MOST_FILES or self.size > MOST_TEXT:
            raise Full
        self.entries[path] = entry

    def refuse_home(self, path: str) -> None:
        """The directory that is to hold it must be there."""
        home = dirname(path)
        if self.is_file(home):
            raise FileError(NO_DIRECTORY, path)
        if not self.is_directory(home):
            raise FileError(NOT_THERE, path)

    def write(self, path: str, text: str, at: Position | None, *, append: bool = False) -> None:
        """FileError where its directory is not there, or where it is one."""
        if path == "/dev/null":
            return
        self.refuse_home(path)
        entry = self.entries.get(path)
        if entry is None:
            self.put(path, Entry(text, 0o644, at=at))
            return
        if entry.text is None:
            raise FileError(IS_DIRECTORY, path)
        entry.text = entry.text + text if append else text
        entry.at = at
        self.size += len(text)
        if self.size > MOST_TEXT:
            raise Full

    def make_directory(self, path: str, *, parents: bool) -> None:
        if parents:
            for end in [*(found.start() for found in re.finditer("/", path)), len(path)]:
                part = path[:end] or "/"
                if self.is_file(part):
                    raise FileError(NO_DIRECTORY, path)
                if part not in self.entries:
                    self.put(part, Entry(None, 0o755))
            return
        if path in self.entries:
            raise FileError(THERE, path)
        self.refuse_home(path)
        self.put(path, Entry(None, 0o755))

    def remove(self, path: str) -> None:
        """With all that is in it."""
        for one in [*self.below(path), path]:
            self.entries.pop(one, None)

    def copy(self, source: str, target: str, at: Position | None) -> None:
        """A file, or a directory with all that is in it; into `target` if that is a directory."""
        if self.is_directory(target):
            target = f"{target.rstrip('/')}/{basename(source)}"
        self.refuse_home(target)
        entry = self.entries.get(source)
        if entry is None:
            raise FileError(NOT_THERE, source)
        for one in [source, *self.below(source)]:
            was = self.entries[one]
            self.put(target + one[len(source) :], Entry(was.text, was.mode, was.owner, at))

    def after_reboot(self) -> None:
        for path in [one for one in self.entries if one.startswith(GONE_AT_REBOOT)]:
            del self.entries[path]

    def is_readable(self, path: str, user: str) -> bool:
        """By its own mode and those of the directories around it (x is what these need)."""
        part = path
        while part != "/":
            entry = self.entries.get(part)
            if entry is None:
                return False
            need = 0o4 if part == path and entry.text is not None else 0o1
            shift = 6 if entry.owner == user else 0
            if not entry.mode >> shift & need:
                return False
            part = dirname(part)
        return True


def absolute(path: str, here: str) -> str:
    """Without `.`, `..` and `~`; a path that begins nowhere begins `here`."""
    if path == "~" or path.startswith("~/"):
        path = "/root" + path[1:]
    found = normpath(path if path.startswith("/") else f"{here}/{path}")
    return "/" + found.lstrip("/")
