"""Commands that take something out of what they read: cut, awk, grep and jq, as far as user data
needs them. Patterns are plain text: nothing typed becomes a regular expression.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from labs.grading.errors import AnswerError
from labs.grading.first_boot.running.call import Call, Result
from labs.grading.first_boot.system.files import FileError
from labs.grading.json_text import read_json

RANGES = re.compile(r"(\d{1,4}|\d{1,4}-\d{0,4}|-\d{1,4})(,(\d{1,4}|\d{1,4}-\d{0,4}|-\d{1,4}))*")
PRINT = re.compile(r"\s*(?:/([\w .:=-]{1,60})/\s*)?\{\s*print(?:\s+([$\w ,]{1,60}))?\s*;?\s*\}\s*")
FIELD = re.compile(r"\$(\d{1,3}|NF)")
PLAIN = re.compile(r"[\w :/=@,-]{1,80}")
STEPS = re.compile(r"\.|(?:\.?(?:[A-Za-z_]\w{0,60}|\"[^\"\\]{1,60}\"|\[\d{1,4}\])){1,12}")
STEP = re.compile(r"[A-Za-z_]\w*|\"([^\"]+)\"|\[(\d+)\]")
LARGEST = 50_000
RAW = ("-r", "--raw-output")


def read(call: Call, names: list[str]) -> str:
    """FileError for a file that is not there."""
    if not names:
        return call.standard_input or ""
    return "".join(call.machine.files.read(call.path(name)) for name in names)


def reading(command: Callable[[Call], Result]) -> Callable[[Call], Result]:
    """A file that is not there is this command's own failure."""

    def done(call: Call) -> Result:
        try:
            return command(call)
        except FileError as error:
            call.trouble("no-file", path=error.path, reason=error.reason)
            return call.failed(f"{error.path}: {error.reason}")

    return done


def valued(call: Call, letters: str, flags: str = "") -> tuple[dict[str, str], list[str]]:
    """Options that take a value (`-d: -f 1`), those that take none, and the rest."""
    found: dict[str, str] = {}
    rest: list[str] = []
    words = list(call.arguments)
    while words:
        word = words.pop(0)
        if not re.match("-[A-Za-z]", word):
            rest.append(word)
        elif word[1] in letters:
            found[word[1]] = word[2:] or (words.pop(0) if words else "")
        elif set(word[1:]) <= set(flags):
            found.update(dict.fromkeys(word[1:], ""))
        else:
            raise call.not_modelled(word[:60])
    return found, rest


# --- cut ------------------------------------------------------------------------------------------


def cut(call: Call) -> Result:
    options, names = valued(call, "dfc")
    wanted = options.get("f") or options.get("c", "")
    if not RANGES.fullmatch(wanted) or len(options.get("d", "\t")) != 1:
        raise call.not_modelled(" ".join(call.arguments)[:60])
    lines = read(call, names).splitlines()
    if "c" in options:
        return printed("".join(chosen(line, wanted)) for line in lines)
    between = options.get("d", "\t")
    return printed(
        between.join(chosen(line.split(between), wanted)) if between in line else line
        for line in lines
    )


def chosen(parts: Any, wanted: str) -> list[str]:
    """By their numbers, in their own order."""
    found: set[int] = set()
    for one in wanted.split(","):
        first, dash, last = one.partition("-")
        start = int(first or 1)
        end = int(last or len(parts)) if dash else start
        found.update(range(start, min(end, len(parts)) + 1))
    return [part for number, part in enumerate(parts, 1) if number in found]


def printed(lines: Any) -> Result:
    text = "".join(f"{line}\n" for line in lines)
    return Result(out=text[:LARGEST])


# --- awk ------------------------------------------------------------------------------------------


def awk(call: Call) -> Result:
    """`{print $2}`, `/word/ {print $NF, $1}`, with -F."""
    options, rest = valued(call, "F")
    between = options.get("F")
    found = PRINT.fullmatch("".join(rest[:1]))
    names = names_printed(found)
    if not names or len(options.get("F", " ")) != 1:
        raise call.not_modelled(" ".join(rest[:1])[:60])
    word = (found[1] if found else "") or ""
    lines = [one for one in read(call, rest[1:]).splitlines() if word in one]
    return printed(" ".join(field(one, line, between) for one in names) for line in lines)


def names_printed(found: re.Match[str] | None) -> list[str]:
    """`$1`, `$NF` …; none where it prints something else."""
    names = (found[2] or "$0").replace(" ", "").split(",") if found else []
    return names if all(FIELD.fullmatch(one) for one in names) else []


def field(name: str, line: str, between: str | None) -> str:
    parts = line.split(between)
    number = len(parts) if name == "$NF" else int(name[1:])
    if not number:
        return line
    return parts[number - 1] if number <= len(parts) else ""


# --- grep -----------------------------------------------------------------------------------------


def grep(call: Call) -> Result:
    """A word, and -q, -i, -v, -c, -F, -w left out."""
    options, rest = valued(call, "", "qivcFEs")
    if not rest or not PLAIN.fullmatch(rest[0]):
        raise call.not_modelled(" ".join(rest[:1])[:60])
    small = "i" in options
    word = rest[0].lower() if small else rest[0]
    lines = [
        line
        for line in read(call, rest[1:]).splitlines()
        if (word in (line.lower() if small else line)) != ("v" in options)
    ]
    if "q" in options:
        return Result(int(not lines))
    shown = printed([len(lines)] if "c" in options else lines)
    return Result(int(not lines), shown.out)


# --- jq -------------------------------------------------------------------------------------------


def jq(call: Call) -> Result:
    """A path: `.a.b`, `.a[0]`, `."a-b"`; -r prints a text without quotation marks."""
    rest = [one for one in call.arguments if one not in RAW]
    if not rest or not STEPS.fullmatch(rest[0]):
        raise call.not_modelled(" ".join(rest[:1])[:60])
    try:
        value: Any = read_json(read(call, rest[1:])).value
    except AnswerError:
        return call.failed("parse error: Invalid JSON text", 2)
    for step in STEP.finditer(rest[0]):
        value = below(value, step)
    is_bare = isinstance(value, str) and len(rest) < len(call.arguments)
    text = value if is_bare else json.dumps(value, indent=2)
    return Result(out=f"{text}\n"[:LARGEST])


def below(value: Any, step: re.Match[str]) -> Any:
    """null where nothing is."""
    if step[2] is not None:
        number = int(step[2])
        return value[number] if isinstance(value, list) and number < len(value) else None
    return value.get(step[1] or step[0]) if isinstance(value, dict) else None


CUTTING_COMMANDS: Mapping[str, Callable[[Call], Result]] = {
    "cut": reading(cut),
    "awk": reading(awk),
    "gawk": reading(awk),
    "grep": reading(grep),
    "jq": reading(jq),
}
