"""What bash does by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from labs.grading.first_boot.running.call import Call, Hanging, Leaving, Result, Returning
from labs.grading.first_boot.system.files import NO_DIRECTORY, NOT_THERE

OPTIONS = {"errexit": "e", "nounset": "u", "xtrace": "x", "verbose": "v"}


def cd(call: Call) -> Result:
    path = call.path((call.arguments or ["~"])[0])
    if not call.machine.files.is_directory(path):
        reason = NO_DIRECTORY if call.machine.files.get(path) else NOT_THERE
        call.trouble("no-directory", path=path, reason=reason)
        return call.failed(f"{path}: {reason}")
    call.environment.here = path
    call.environment.variables["PWD"] = path
    return Result()


def set_options(call: Call) -> Result:
    """`-e`, `-u`, `-x`, `-o pipefail` and their opposites with a plus."""
    words = list(call.arguments)
    while words:
        word = words.pop(0)
        if not re.fullmatch("[-+][euxvo]+", word):
            raise call.not_modelled(word)
        name = words.pop(0) if word.endswith("o") and words else ""
        letters = word[1:].rstrip("o") + OPTIONS.get(name, "")
        if name == "pipefail":
            call.environment.pipefail = word[0] == "-"
        elif name and name not in OPTIONS:
            raise call.not_modelled(name)
        if "e" in letters:
            call.environment.errexit = word[0] == "-"
        if "u" in letters:
            call.environment.nounset = word[0] == "-"
    return Result()


def leave(call: Call) -> Result:
    text = (call.arguments or [str(call.environment.status)])[0]
    status = int(text[:4]) % 256 if text.isascii() and text.isdigit() else 2
    call.trouble("exit")
    raise Leaving(status)


def give_back(call: Call) -> Result:
    """`return`: only in a function."""
    if not call.environment.calls:
        return call.failed("can only `return' from a function or sourced script")
    text = (call.arguments or [str(call.environment.status)])[0]
    raise Returning(int(text[:4]) % 256 if text.isascii() and text.isdigit() else 2)


def wait(call: Call) -> Result:
    """For everything in the background."""
    if call.environment.endless:
        call.trouble("never-ends", name=call.name)
        raise Hanging
    return Result()


def unset(call: Call) -> Result:
    for name in call.arguments:
        call.environment.variables.pop(name, None)
    return Result()


def test(call: Call) -> Result:
    words = [one for one in call.arguments if one not in ("]", "]]")]
    negated = bool(words) and words[0] == "!"
    found = is_true(call, words[1:] if negated else words)
    return Result(int(found == negated))


def is_true(call: Call, words: list[str]) -> bool:
    if len(words) == 2 and words[0] in ONE:
        return ONE[words[0]](call, words[1])
    if len(words) == 3 and words[1] in TWO:
        return (words[0] == words[2]) == TWO[words[1]]
    if len(words) > 1:
        raise call.not_modelled(" ".join(words)[:60])
    return bool(words and words[0])


def has_text(call: Call, path: str) -> bool:
    entry = call.machine.files.get(call.path(path))
    return entry is not None and entry.text != ""


ONE: Mapping[str, Callable[[Call, str], bool]] = {
    "-f": lambda call, path: call.machine.files.is_file(call.path(path)),
    "-d": lambda call, path: call.machine.files.is_directory(call.path(path)),
    "-e": lambda call, path: call.machine.files.get(call.path(path)) is not None,
    "-s": has_text,
    "-z": lambda _call, text: not text,
    "-n": lambda _call, text: bool(text),
}
TWO = {"=": True, "==": True, "-eq": True, "!=": False, "-ne": False}


def done(call: Call) -> Result:
    """Changes nothing that anybody could see afterwards."""
    return Result()


def fails(call: Call) -> Result:
    return Result(1)


def pwd(call: Call) -> Result:
    return Result(out=call.environment.here + "\n")


def execute(call: Call) -> Result:
    """Alone, with redirects, it sends what follows there."""
    if call.arguments:
        raise call.not_modelled(call.arguments[0])
    return Result()


SHELL_COMMANDS: Mapping[str, Callable[[Call], Result]] = {
    "cd": cd,
    "set": set_options,
    "exit": leave,
    "unset": unset,
    "test": test,
    "[": test,
    "[[": test,
    "true": done,
    ":": done,
    "false": fails,
    "pwd": pwd,
    "exec": execute,
    "sync": done,
    "wait": wait,
    "return": give_back,
    "disown": done,
}
