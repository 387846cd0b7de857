"""Commands that print, and those that pass on what they read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from labs.grading.first_boot.running.call import Call, Result
from labs.grading.first_boot.system.files import FileError, Full

ESCAPES = {"n": "\n", "t": "\t", "\\": "\\", "r": "\r", '"': '"', "'": "'"}
ESCAPE = re.compile(r"\\(.)")
CONVERSION = re.compile(r"%([%sdb])")
DATE = "Fri Nov 27 09:00:00 UTC 2026"


def echo(call: Call) -> Result:
    arguments = list(call.arguments)
    letters = ""
    while arguments and re.fullmatch("-[neE]+", arguments[0]):
        letters += arguments.pop(0)[1:]
    text = " ".join(arguments)
    if "e" in letters:
        text = unescaped(text)
    return Result(out=text + ("" if "n" in letters else "\n"))


def unescaped(text: str) -> str:
    return ESCAPE.sub(lambda found: ESCAPES.get(found[1], found[0]), text)


def printf(call: Call) -> Result:
    """%s, %d, %b and %%; the format again while arguments are left."""
    if not call.arguments:
        return Result(2, err="printf: usage: printf format [arguments]\n")
    form, *values = call.arguments
    if re.search(r"%(?![sdb])", form.replace("%%", "")):
        raise call.not_modelled(form[:40])
    out = filled(form, values)
    while values and CONVERSION.search(form.replace("%%", "")):
        out += filled(form, values)
        if len(out) > 50_000:
            raise Full
    return Result(out=out)


def filled(form: str, values: list[str]) -> str:
    """With the first of the values, which it takes away."""

    def value(found: re.Match[str]) -> str:
        if found[1] == "%":
            return "%"
        text = values.pop(0) if values else ("0" if found[1] == "d" else "")
        return unescaped(text) if found[1] == "b" else text

    return CONVERSION.sub(value, unescaped(form))


def cat(call: Call) -> Result:
    _letters, names = call.letters("n")
    texts = [call.standard_input or ""] if not names or "-" in names else []
    err = ""
    for name in names:
        if name == "-":
            continue
        try:
            texts.append(call.machine.files.read(call.path(name)))
        except FileError as error:
            call.trouble("no-file", path=error.path, reason=error.reason)
            err += f"cat: {name}: {error.reason}\n"
    return Result(int(bool(err)), "".join(texts), err)


def tee(call: Call) -> Result:
    letters, names = call.letters("ai", "append=a")
    text, err = call.standard_input or "", ""
    for name in names:
        try:
            path = call.path(name)
            call.machine.files.write(path, text, call.at, append="a" in letters)
        except FileError as error:
            call.trouble("no-directory", path=error.path, reason=error.reason)
            err += f"tee: {name}: {error.reason}\n"
    return Result(int(bool(err)), text, err)


def hostname(call: Call) -> Result:
    identity = call.machine.identity
    answers = {
        "": identity.host_name,
        "-f": identity.host_name,
        "--fqdn": identity.host_name,
        "-s": identity.host_name.split(".")[0],
        "-i": identity.address,
        "-I": identity.address + " ",
        "-d": identity.host_name.partition(".")[2],
    }
    asked = " ".join(call.arguments)
    if asked not in answers:
        raise call.not_modelled(asked)
    return Result(out=answers[asked] + "\n")


def said(answers: Mapping[str, str]) -> Callable[[Call], Result]:
    """A command that only prints, by its arguments."""

    def tell(call: Call) -> Result:
        asked = " ".join(call.arguments)
        if asked not in answers:
            raise call.not_modelled(asked)
        return Result(out=answers[asked] + "\n")

    return tell


def date(call: Call) -> Result:
    """Always the same moment: two checks of one answer are equal."""
    if any(not one.startswith(("+", "-")) for one in call.arguments):
        raise call.not_modelled(" ".join(call.arguments))
    return Result(out=DATE + "\n")


def head(call: Call) -> Result:
    """Lines of what it reads; `-n 1` and `-1` alike."""
    numbers = [one.lstrip("-n") for one in call.arguments if one != "-n"]
    if numbers and not all(one.isdigit() for one in numbers):
        raise call.not_modelled(" ".join(call.arguments))
    most = int(numbers[0][:4]) if numbers else 10
    return Result(out="".join(lines_of(call.standard_input or "", most)))


def lines_of(text: str, most: int) -> Iterator[str]:
    return (line for line in text.splitlines(keepends=True)[:most])


def yes(call: Call) -> Result:
    """A few of its endless lines."""
    return Result(out=((call.arguments or ["y"])[0] + "\n") * 5)


TEXT_COMMANDS: Mapping[str, Callable[[Call], Result]] = {
    "echo": echo,
    "printf": printf,
    "cat": cat,
    "tee": tee,
    "head": head,
    "yes": yes,
    "hostname": hostname,
    "date": date,
    "whoami": said({"": "root"}),
    "id": said({"": "uid=0(root) gid=0(root) groups=0(root)", "-u": "0", "-un": "root"}),
    "uname": said({"": "Linux", "-s": "Linux", "-n": "ip-10-0-1-17", "-m": "x86_64"}),
    "logger": said({"": ""}),
}
