"""The text of a Dockerfile → its instructions. AnswerError with line and column where `docker
build` would not read it, or where something is not read here.

Source: Dockerfile reference, "Format", "Parser directives", "Here-Documents", "Shell and exec
form". Steps in proportion to the text.
"""

from __future__ import annotations

import json
import re
from difflib import get_close_matches

from labs.grading.errors import AnswerError
from labs.grading.images.language.instruction import (
    EXECUTED,
    FLAGGED,
    NAMES,
    TAKING_HEREDOCS,
    Dockerfile,
    Heredoc,
    Instruction,
)
from labs.grading.images.language.shell import Command, Unreadable, read_commands
from labs.grading.said import say

DIRECTIVE = re.compile(r"#[ \t]*([A-Za-z][A-Za-z0-9]*)[ \t]*=[ \t]*(\S.*?)[ \t]*")
HEREDOC = re.compile(r"(?<![<\w])<<(-?)([\"']?)([A-Za-z_][A-Za-z0-9_]*)\2")
HEAD = re.compile(r"[ \t]*(\S+)[ \t]*(.*)", re.DOTALL)
FLAG = re.compile(r"--([a-z][a-z-]*)(?:=(\"[^\"]*\"|\S*))?(?:\s+|$)")
MOST_LINES, MOST_INSTRUCTIONS, MOST_STAGES = 300, 60, 8
MOST_COMMANDS = 120


def read_dockerfile(text: str) -> Dockerfile:
    """AnswerError names line and column."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if len(lines) > MOST_LINES:
        raise AnswerError(say("More than {most} lines.", most=MOST_LINES), MOST_LINES + 1, 1)
    escape = directives_of(lines).get("escape", "\\")
    found = Reader(lines, escape).instructions()
    judge_order(found)
    return Dockerfile(tuple(found), escape)


def directives_of(lines: list[str]) -> dict[str, str]:
    """At the very top, each once; the first other line ends them."""
    found: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        match = DIRECTIVE.fullmatch(line.strip())
        name = match[1].lower() if match else ""
        if match is None or name not in ("syntax", "escape", "check"):
            break
        if name in found:
            raise AnswerError(say("The directive {name} stands here twice.", name=name), number, 1)
        if name == "escape" and match[2] not in ("\\", "`"):
            raise AnswerError(say("escape is \\ or `."), number, 1)
        found[name] = match[2]
    return found


def judge_order(found: list[Instruction]) -> None:
    if not found:
        raise AnswerError(say("A Dockerfile begins with FROM."), 1, 1)
    first = next((one for one in found if one.name != "ARG"), found[0])
    if first.name != "FROM":
        raise AnswerError(say("A Dockerfile begins with FROM; only ARG may stand before it."),
                          *first.at)  # fmt: skip
    stages = [one for one in found if one.name == "FROM"]
    if len(stages) > MOST_STAGES:
        raise AnswerError(say("More than {most} stages.", most=MOST_STAGES), *stages[-1].at)
    if sum(len(one.commands) for one in found) > MOST_COMMANDS:
        raise AnswerError(say("More than {most} commands.", most=MOST_COMMANDS), *found[-1].at)


class Reader:
    def __init__(self, lines: list[str], escape: str) -> None:
        self.lines, self.row = lines, 0
        sign = re.escape(escape)
        # A sign that is escaped itself goes on in no other line.
        self.goes_on = re.compile(rf"(?:^|(?<=[^{sign}])){sign}[ \t]*$")

    def instructions(self) -> list[Instruction]:
        found: list[Instruction] = []
        while self.row < len(self.lines):
            if is_left_out(self.lines[self.row]):
                self.row += 1
                continue
            found.append(self.instruction())
            if len(found) > MOST_INSTRUCTIONS:
                words = say("More than {most} instructions.", most=MOST_INSTRUCTIONS)
                raise AnswerError(words, *found[-1].at)
        return found

    def instruction(self) -> Instruction:
        line = self.lines[self.row]
        at = (self.row + 1, len(line) - len(line.lstrip()) + 1)
        name, rest = head_of(self.logical_line(), at)
        flags, rest = flags_of(rest) if name in FLAGGED else ((), rest)
        heredocs = self.heredocs(rest, at) if name in TAKING_HEREDOCS else ()
        if not rest.strip():
            raise AnswerError(say("{name} says nothing.", name=name), *at)
        listed = listed_in(rest) if name in EXECUTED else None
        commands = commands_of(rest, listed, heredocs, at) if name == "RUN" else ()
        return Instruction(name, flags, rest.strip(), listed, heredocs, at, commands)

    def logical_line(self) -> str:
        """Comments and empty lines between two halves are left out."""
        pieces: list[str] = []
        while self.row < len(self.lines):
            line = self.lines[self.row]
            self.row += 1
            if pieces and is_left_out(line):
                continue
            end = self.goes_on.search(line)
            pieces.append(line[: end.start()] if end else line)
            if end is None:
                break
        return "".join(pieces)

    def heredocs(self, rest: str, at: tuple[int, int]) -> tuple[Heredoc, ...]:
        found = []
        for dash, quote, name in HEREDOC.findall(rest):
            body = []
            while True:
                if self.row >= len(self.lines):
                    raise AnswerError(say("Nothing ends <<{name}.", name=name), *at)
                line = self.lines[self.row].lstrip("\t") if dash else self.lines[self.row]
                self.row += 1
                if line == name:
                    break
                body.append(line)
            found.append(Heredoc(name, "\n".join(body), not quote))
        return tuple(found)


def is_left_out(line: str) -> bool:
    bare = line.strip()
    return not bare or bare.startswith("#")


def head_of(line: str, at: tuple[int, int]) -> tuple[str, str]:
    found = HEAD.match(line)
    word, rest = (found[1], found[2]) if found else ("", "")
    name = word.upper()
    if name == "ONBUILD":
        raise AnswerError(say("{name} is not read here.", name=name), *at)
    if name in NAMES:
        return name, rest
    near = get_close_matches(name[:20], NAMES, 1)
    if near:
        words = say("There is no instruction {word}. Did you mean {near}?",
                    word=word[:30], near=near[0])  # fmt: skip
        raise AnswerError(words, *at)
    raise AnswerError(say("There is no instruction {word}.", word=word[:30]), *at)


def flags_of(rest: str) -> tuple[tuple[tuple[str, str], ...], str]:
    found, at = [], 0
    while match := FLAG.match(rest, at):
        found.append((match[1], (match[2] or "").strip('"')))
        at = match.end()
    return tuple(found), rest[at:]


def listed_in(rest: str) -> tuple[str, ...] | None:
    """The exec form is a JSON array of texts, in double quotes; everything else is shell form."""
    text = rest.strip()
    if text.upper().startswith("CMD"):  # of HEALTHCHECK
        text = text[3:].strip()
    if not text.startswith("[") or text.count("[") > 20:
        return None
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return tuple(found) if all(isinstance(one, str) for one in found) else None


def commands_of(
    rest: str, listed: tuple[str, ...] | None, heredocs: tuple[Heredoc, ...], at: tuple[int, int]
) -> tuple[Command, ...]:
    if listed is not None:
        return (Command(tuple(f"'{one}'" for one in listed), ""),)
    script = HEREDOC.sub("", rest).strip()
    if heredocs and script:
        raise AnswerError(say("A here-document behind RUN is read as its script alone."), *at)
    try:
        return read_commands(heredocs[0].body if heredocs else rest)
    except Unreadable as why:
        raise AnswerError(why.message, *at) from None
