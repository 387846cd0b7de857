"""Directories, copies, rights."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from labs.grading.first_boot.running.call import Call, Result
from labs.grading.first_boot.system.files import NOT_THERE, Entry, FileError

OCTAL = re.compile(r"0?[0-7]?[0-7]{3}")
SYMBOLIC = re.compile(r"([ugoa]*)([-+=])([rwxX]+)")
SHIFTS = {"u": 6, "g": 3, "o": 0}
BITS = {"r": 4, "w": 2, "x": 1, "X": 1}


def on_each(call: Call, names: Iterable[str], do: Callable[[str], None]) -> Result:
    """Status 1, and what the kernel said, where one of them could not be done."""
    err = ""
    for name in names:
        try:
            do(call.path(name))
        except FileError as error:
            call.trouble("no-file", path=error.path, reason=error.reason)
            err += f"{call.name}: '{name}': {error.reason}\n"
    return Result(int(bool(err)), err=err)


def mkdir(call: Call) -> Result:
    arguments, mode = with_mode(call)
    letters, names = arguments.letters("pv", "parents=p verbose=v")

    def make(path: str) -> None:
        call.machine.files.make_directory(path, parents="p" in letters)
        if mode is not None:
            call.machine.files.entries[path].mode = mode

    return on_each(call, names, make)


def with_mode(call: Call) -> tuple[Call, int | None]:
    """Without `-m MODE`, and what it says."""
    words = list(call.arguments)
    if "-m" not in words[:-1]:
        return call, None
    place = words.index("-m")
    if not OCTAL.fullmatch(words[place + 1]):
        raise call.not_modelled(words[place + 1])
    mode = int(words[place + 1], 8)
    del words[place : place + 2]
    return replace(call, arguments=words), mode


def touch(call: Call) -> Result:
    files = call.machine.files
    _letters, names = call.letters("c")
    return on_each(call, names, lambda path: files.write(path, "", call.at, append=True))


def rm(call: Call) -> Result:
    letters, names = call.letters("rRfv", "recursive=r force=f")

    def remove(path: str) -> None:
        entry = call.machine.files.get(path)
        if entry is None:
            if "f" not in letters:
                raise FileError(NOT_THERE, path)
        elif entry.text is None and not letters & {"r", "R"}:
            raise FileError("Is a directory", path)
        elif path == "/":
            raise FileError("it is dangerous to operate recursively on '/'", path)
        else:
            call.machine.files.remove(path)

    return on_each(call, names, remove)


def cp(call: Call) -> Result:
    letters, names = call.letters("rRapfv", "recursive=r archive=a")
    if len(names) < 2:
        return call.failed("missing destination file operand")
    *sources, target = names

    def copy(path: str) -> None:
        if call.machine.files.is_directory(path) and not letters & {"r", "R", "a"}:
            raise FileError("-r not specified; omitting directory", path)
        refuse_itself(path, call.path(target))
        call.machine.files.copy(path, call.path(target), call.at)

    return on_each(call, sources, copy)


def refuse_itself(source: str, target: str) -> None:
    if f"{target}/".startswith(f"{source.rstrip('/')}/"):
        raise FileError("cannot copy into itself", source)


def mv(call: Call) -> Result:
    _letters, names = call.letters("fnv")
    if len(names) < 2:
        return call.failed("missing destination file operand")
    *sources, target = names

    def move(path: str) -> None:
        refuse_itself(path, call.path(target))
        call.machine.files.copy(path, call.path(target), call.at)
        call.machine.files.remove(path)

    return on_each(call, sources, move)


def chmod(call: Call) -> Result:
    words = list(call.arguments)
    recursive = [one for one in words if one in ("-R", "--recursive")]
    words = [one for one in words if one not in recursive]
    if len(words) < 2:
        return call.failed("missing operand")
    mode, *names = words
    change = mode_change(call, mode)
    return on_each(call, names, lambda path: change_each(call, path, change, bool(recursive)))


def mode_change(call: Call, mode: str) -> Callable[[Entry], None]:
    if OCTAL.fullmatch(mode):
        return lambda entry: setattr(entry, "mode", int(mode, 8))
    parts = [SYMBOLIC.fullmatch(part) for part in mode.split(",")]
    if not all(parts) or len(parts) > 5:
        raise call.not_modelled(mode)

    def change(entry: Entry) -> None:
        for part in parts:
            if part:
                entry.mode = changed(entry.mode, part[1] or "a", part[2], part[3])

    return change


def changed(mode: int, who: str, sign: str, rights: str) -> int:
    bits = 0
    for right in rights:
        bits |= BITS[right]
    for one in "ugo" if "a" in who else who:
        shift = SHIFTS[one]
        if sign == "=":
            mode &= ~(7 << shift)
        mode = mode & ~(bits << shift) if sign == "-" else mode | bits << shift
    return mode


def change_each(call: Call, path: str, change: Callable[[Entry], None], recursive: bool) -> None:
    files = call.machine.files
    if path not in files.entries:
        raise FileError(NOT_THERE, path)
    for one in [path, *(files.below(path) if recursive else ())]:
        change(files.entries[one])


def chown(call: Call) -> Result:
    letters, words = call.letters("Rv", "recursive=R")
    if len(words) < 2:
        return call.failed("missing operand")
    owner, *names = words
    user = owner.partition(":")[0]
    if call.name == "chgrp" or not user:
        return on_each(call, names, lambda path: change_each(call, path, keep, False))
    if user not in call.machine.users:
        call.trouble("no-user", name=user)
        return call.failed(f"invalid user: '{owner}'")
    return on_each(
        call,
        names,
        lambda path: change_each(
            call, path, lambda entry: setattr(entry, "owner", user), "R" in letters
        ),
    )


def keep(entry: Entry) -> None:
    """Groups are not modelled: whoever is no owner is one of the others."""


def find(call: Call) -> Result:
    """As AWS's tutorial has it: `find /var/www -type d -exec chmod 2775 {} \\;`."""
    match list(call.arguments):
        case [path, "-type", "d" | "f" as kind, "-exec", "chmod", mode, "{}", ";" | "+"]:
            change = mode_change(call, mode)
            files = call.machine.files
            root = call.path(path)
            for one in [root, *files.below(root)]:
                if one in files.entries and files.is_directory(one) == (kind == "d"):
                    change(files.entries[one])
            return Result()
    raise call.not_modelled(" ".join(call.arguments)[:60])


def ls(call: Call) -> Result:
    _letters, names = call.letters("laAhR1t")
    files = call.machine.files
    out = []

    def listed(path: str) -> None:
        if path not in files.entries:
            raise FileError(NOT_THERE, path)
        out.extend(files.names_in(path) if files.is_directory(path) else [path])

    result = on_each(call, names or ["."], listed)
    return Result(result.status, "".join(f"{one}\n" for one in out), result.err)


def add_user(call: Call) -> Result:
    """`useradd`, and `usermod -a -G apache ec2-user`."""
    names = [one for one in call.arguments if not one.startswith("-")]
    if call.name == "useradd" and names:
        call.machine.users.add(names[-1])
    return Result()


FILE_COMMANDS: Mapping[str, Callable[[Call], Result]] = {
    "mkdir": mkdir,
    "touch": touch,
    "rm": rm,
    "cp": cp,
    "mv": mv,
    "chmod": chmod,
    "chown": chown,
    "chgrp": chown,
    "find": find,
    "ls": ls,
    "useradd": add_user,
    "usermod": add_user,
    "groupadd": add_user,
}
