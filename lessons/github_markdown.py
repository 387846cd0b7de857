"""Notes are written for GitHub's Markdown; Python-Markdown is stricter.
This rewrites the lines that differ.

Rules, all about layout and none about words:
* A list may follow a line of text at once, and may be nested by any indent from two spaces on.
* Marks that change right after an item that ends with a colon ("* three kinds:" then "- one") open
its sub-list.
* A line without indent ends a list when the line above it asked for a line break (two spaces at its
end).
* A picture between two numbered steps belongs to the step before it, so that the numbering goes on.
* A code fence without language is JSON or shell if it looks like it; see `language_of`.
* `- [ ]` and `- [x]` become words that everybody can read.
* Pictures become tokens, which the caller turns into figures.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html import unescape

from lessons.phrases import ENGLISH

FENCE = re.compile(r"(?P<indent>\s*)(?P<marks>`{3,}|~{3,})(?P<info>[^`]*)")
ITEM = re.compile(r"(?P<indent>\s*)(?P<mark>[-*+]|\d{1,9}[.)])\s+(?P<text>\S.*)")
RULE = re.compile(r"\s{0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})")
TASK = re.compile(r"\A\[(?P<mark>[ xX])\]\s+")
HTML_PICTURE = re.compile(r"<img\s(?:[^>\"']|\"[^\"]*\"|'[^']*')*>", re.IGNORECASE)
MARKDOWN_PICTURE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<src>[^)\s]+)(?:\s+\"[^\"]*\")?\)")
PICTURE = re.compile(f"{HTML_PICTURE.pattern}|{MARKDOWN_PICTURE.pattern}", re.IGNORECASE)
ATTRIBUTE = re.compile(
    r"(?P<name>[\w-]+)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+))"
)
OPEN, CLOSE = "\ue000", "\ue001"  # around a token; private characters, taken out of the notes first

SHELL_COMMANDS = """
aws sudo yum dnf apt apt-get docker kubectl eksctl helm curl wget ssh scp cd ls cat echo export
mkdir chmod chown systemctl service pip npm git python3 terraform unzip tar
"""


@dataclass(frozen=True, slots=True)
class Picture:
    src: str
    alt: str


@dataclass(slots=True)
class Level:
    """One list that is open."""

    indent: int
    mark: str  # "-", "*", "+" or "1"


@dataclass(slots=True)
class Rewriter:
    lines: list[str]
    out: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    levels: list[Level] = field(default_factory=list)
    number: int = 0

    def rewrite(self) -> str:
        while self.number < len(self.lines):
            line = self.lines[self.number]
            fence = FENCE.fullmatch(line)
            if fence:
                self.take_fence(fence)
            else:
                self.take_line(line)
                self.number += 1
        return "\n".join(self.out)

    def take_line(self, line: str) -> None:
        item = ITEM.fullmatch(line)
        if not line.strip():
            self.out.append("")
        elif has_picture(line):
            self.take_picture(line)
        elif item and not RULE.fullmatch(line):
            self.take_item(item)
        elif self.levels:
            self.take_text_after_items(line)
        else:
            self.out.append(line)

    # --- Lists ---

    def take_item(self, item: re.Match[str]) -> None:
        indent, mark = width(item["indent"]), "1" if item["mark"][0].isdigit() else item["mark"]
        depth = len(self.levels)
        if not self.levels:
            self.blank_line()
            self.levels.append(Level(indent, mark))
        else:
            self.find_level(indent, mark)
        if self.stepped_out(depth):
            self.blank_line()
        text = TASK.sub(task_words, item["text"].rstrip(), count=1)
        self.out.append(
            f"{' ' * 4 * (len(self.levels) - 1)}{item['mark'].replace(')', '.')} "
            f"{text}{break_at_end(item.string)}"
        )

    def stepped_out(self, depth: int) -> bool:
        """Out of a list that has blank lines: Python-Markdown needs one more to see it."""
        started = next(
            (n for n in range(len(self.out) - 1, -1, -1) if self.out[n][:1] not in ("", " ")), 0
        )
        return len(self.levels) < depth and "" in self.out[started:]

    def find_level(self, indent: int, mark: str) -> None:
        while len(self.levels) > 1 and indent < self.levels[-1].indent:
            self.levels.pop()
        here = self.levels[-1]
        if indent >= here.indent + 2:
            self.levels.append(Level(indent, mark))
        elif mark != here.mark:
            self.change_mark(indent, mark)

    def change_mark(self, indent: int, mark: str) -> None:
        above = [
            level for level in self.levels[:-1] if level.mark == mark and level.indent <= indent
        ]
        if above:
            del self.levels[self.levels.index(above[-1]) + 1 :]
        elif self.last_line().rstrip(" *_").endswith(":"):
            self.levels.append(Level(indent, mark))
        else:
            if "1" in (mark, self.levels[-1].mark):  # numbers and bullets are two lists
                self.blank_line()
            self.levels[-1].mark = mark

    def take_text_after_items(self, line: str) -> None:
        after_blank, indented = not self.out[-1].strip(), line.startswith((" ", "\t"))
        goes_on = indented if after_blank else indented or not break_at_end(self.out[-1])
        if goes_on and not RULE.fullmatch(line):
            self.out.append(" " * 4 * len(self.levels) + line.strip() + break_at_end(line))
        else:
            self.end_lists()
            self.out.append(line)

    def end_lists(self) -> None:
        self.levels.clear()
        self.blank_line()

    # --- Blocks ---

    def take_fence(self, fence: re.Match[str]) -> None:
        """The whole block; one that is never closed ends with the text."""
        start, indent = self.number + 1, width(fence["indent"])
        end = next(
            (n for n in range(start, len(self.lines)) if ends_fence(self.lines[n], fence)),
            len(self.lines),
        )
        code = [cut(line, indent) for line in self.lines[start:end]]
        if indent < 2:
            self.end_lists()
        self.blank_line()
        margin = " " * 4 * len(self.levels)
        info = fence["info"].strip() or language_of("\n".join(code))
        block = [f"{fence['marks']}{info}", *code, fence["marks"]]
        self.out += [*(margin + line if line else "" for line in block), ""]
        self.number = end + 1

    def take_picture(self, line: str) -> None:
        steps = bool(self.levels) and self.levels[0].mark == "1"
        if not steps:
            self.levels.clear()
        else:
            del self.levels[1:]
        margin = "    " if steps else ""
        for piece, picture in pieces(ITEM.sub(r"\g<text>", line)):
            if picture:
                self.pictures.append(picture)
                piece = f"{OPEN}{len(self.pictures) - 1}{CLOSE}"
            self.blank_line()
            self.out += [margin + piece, ""]

    def blank_line(self) -> None:
        if self.last_line().strip():
            self.out.append("")

    def last_line(self) -> str:
        return self.out[-1] if self.out else ""


def rewrite(text: str) -> tuple[str, list[Picture]]:
    """Markdown for Python-Markdown, and the pictures that its tokens stand for."""
    text = text.replace(OPEN, "").replace(CLOSE, "").replace("\r\n", "\n")
    rewriter = Rewriter(text.split("\n"))
    return rewriter.rewrite(), rewriter.pictures


def width(indent: str) -> int:
    return len(indent.expandtabs(4))


def cut(line: str, indent: int) -> str:
    """Without the first `indent` columns, as far as they are blank."""
    return line[min(indent, len(line) - len(line.lstrip())) :]


def ends_fence(line: str, fence: re.Match[str]) -> bool:
    return line.strip().startswith(fence["marks"]) and not line.strip().strip(fence["marks"][0])


def break_at_end(line: str) -> str:
    return "  " if line.endswith("  ") else ""


def task_words(task: re.Match[str]) -> str:
    done = "no" if task["mark"] == " " else "yes"
    return (
        f'<span class="task" data-done="{done}"><span '
        f'class="visually-hidden">{ENGLISH.task[done]}</span></span> '
    )


def has_picture(line: str) -> bool:
    """A picture inside `code` is an example of one."""
    found = PICTURE.search(line)
    return bool(found) and line[: found.start() if found else 0].count("`") % 2 == 0


def pieces(line: str) -> list[tuple[str, Picture | None]]:
    """The line's text and pictures in order."""
    found: list[tuple[str, Picture | None]] = []
    end = 0
    for match in PICTURE.finditer(line):
        found += [(line[end : match.start()].strip(), None), ("", picture_of(match))]
        end = match.end()
    found.append((line[end:].strip(), None))
    return [(text, picture) for text, picture in found if text or picture]


def picture_of(match: re.Match[str]) -> Picture:
    if match["src"]:
        return Picture(src=match["src"], alt=match["alt"])
    attributes = {
        found["name"].lower(): unescape(found["double"] or found["single"] or found["bare"] or "")
        for found in ATTRIBUTE.finditer(match[0])
    }
    return Picture(src=attributes.get("src", ""), alt=attributes.get("alt", ""))


def language_of(code: str) -> str:
    """JSON when it parses as an object or a list; shell when its first line is a shebang, a prompt
    or a command we know; else plain text. Never a guess by statistics."""
    stripped = code.strip()
    if stripped[:1] in ("{", "["):
        try:
            json.loads(stripped)
        except ValueError:
            return "text"
        return "json"
    first = stripped.split("\n", 1)[0]
    words = first.split()
    shell = first.startswith(("#!/bin/", "#!/usr/bin/env bash", "$ ")) or bool(
        words and words[0] in SHELL_COMMANDS.split()
    )
    return "bash" if shell else "text"
