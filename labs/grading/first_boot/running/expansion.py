"""Words → the texts that a command gets. *Bash Reference Manual: Shell Expansions*."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from labs.grading.first_boot.running.call import Environment
from labs.grading.first_boot.shell.script import Block, Literal, Substitution, Variable, Word
from labs.grading.first_boot.system.files import Files, Full, absolute

LONGEST = 30_000  # characters of one text
MOST_STARS = 2
SPECIAL = {"?", "#", "@", "*", "!"}
PROCESS = "2718"  # of whatever was sent to the background
Inside = Callable[[Block], str]  # what the commands of `$(…)` print


class Unbound(Exception):
    """`set -u`, and a variable that nobody set."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Fields:
    """What becomes of one word. `open`: the next text goes on with the last field."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.open = False

    def put(self, text: str, *, whole: bool) -> None:
        if whole:
            self.add(text)
        else:
            self.split(text)

    def add(self, text: str) -> None:
        if self.open:
            self.found[-1] += text
        else:
            self.found.append(text)
        self.open = True

    def split(self, text: str) -> None:
        """At its blanks; a text of nothing but blanks ends a field."""
        parts = text.split()
        if parts and self.open and not text[0].isspace():
            self.found[-1] += parts.pop(0)
        self.found += parts
        if text:
            self.open = not text[-1].isspace()


class Expansion:
    def __init__(self, shell: Environment, files: Files, inside: Inside) -> None:
        self.shell, self.files, self.inside = shell, files, inside

    def text(self, word: Word) -> str:
        """As one text: an assignment, a redirect, a heredoc."""
        found = "".join(text for text, _quoted in self.parts(word))
        if len(found) > LONGEST:
            raise Full
        return home(found) if begins_bare(word) else found

    def parts(self, word: Word) -> Iterator[tuple[str, bool]]:
        for piece in word.pieces:
            if isinstance(piece, Literal):
                yield piece.text, piece.quoted
            elif isinstance(piece, Variable):
                yield self.value(piece), piece.quoted
            elif isinstance(piece, Substitution):
                yield self.inside(piece.body).rstrip("\n"), piece.quoted

    def value(self, variable: Variable) -> str:
        if variable.name in SPECIAL or variable.name.isdigit():
            return self.special(variable) or variable.default or ""
        found = self.shell.variables.get(variable.name)
        if not found and variable.default is not None:
            return variable.default
        if found is None and self.shell.nounset:
            raise Unbound(variable.name)
        return found or ""

    def special(self, variable: Variable) -> str:
        """The last status, and what the function was called with: nothing outside of one."""
        arguments = self.shell.arguments
        if variable.name.isdigit():
            place = int(variable.name[:4])
            if place > len(arguments) and self.shell.nounset and variable.default is None:
                raise Unbound(variable.name)
            return arguments[place - 1] if 0 < place <= len(arguments) else ""
        known = {"?": str(self.shell.status), "#": str(len(arguments)), "!": PROCESS}
        return known.get(variable.name, " ".join(arguments))

    def fields(self, words: Sequence[Word]) -> list[str]:
        """As a command gets them: what is not quoted is split at blanks."""
        return [field for word in words for field in self.fields_of(word)]

    def fields_of(self, word: Word) -> list[str]:
        if is_all_arguments(word):
            return list(self.shell.arguments)
        fields = Fields()
        for piece, (text, quoted) in zip(word.pieces, self.parts(word), strict=True):
            fields.put(text, whole=quoted or isinstance(piece, Literal))
        found = fields.found
        if sum(len(one) for one in found) > LONGEST:
            raise Full
        if found and begins_bare(word):
            found[0] = home(found[0])
        return self.all_names(found) if has_star(word) else found

    def all_names(self, patterns: list[str]) -> list[str]:
        return [name for one in patterns for name in self.names(one)]

    def names(self, pattern: str) -> list[str]:
        """Files whose names fit `*` in the last part of a path; the pattern itself if none does."""
        room, _slash, name = pattern.rpartition("/")
        if not 0 < name.count("*") <= MOST_STARS or "*" in room:
            return [pattern]
        fits = re.compile(".*".join(re.escape(part) for part in name.split("*")), re.DOTALL)
        lead = pattern[: len(pattern) - len(name)]
        path = absolute(lead or ".", self.shell.here)
        visible = (one for one in self.files.names_in(path) if not one.startswith("."))
        return [lead + one for one in visible if fits.fullmatch(one)] or [pattern]


def is_all_arguments(word: Word) -> bool:
    """`"$@"` alone: each of them stays a word."""
    found = [one for one in word.pieces if not isinstance(one, Literal) or one.text]
    return found == [Variable("@", True)]


def has_star(word: Word) -> bool:
    """Does it hold a `*` that means something?"""
    bare = (one for one in word.pieces if isinstance(one, Literal) and not one.quoted)
    return any("*" in one.text for one in bare)


def begins_bare(word: Word) -> bool:
    """Does it begin with text that is not quoted?"""
    first = word.pieces[0] if word.pieces else None
    return isinstance(first, Literal) and not first.quoted


def home(text: str) -> str:
    """`~` at the beginning: cloud-init runs user data as root."""
    if text == "~" or text.startswith("~/"):
        return "/root" + text[1:]
    return "/home/ec2-user" + text[9:] if text.startswith("~ec2-user") else text
