"""Reads a script of simple commands, as far as a shell's words go that settings need: quotes,
variables, `$(…)` one deep, `<<EOF`, `>` and `>>`, `&&`, `;` and comments. Every step moves on in
the text, so that reading takes time in proportion to it. Nothing is run here, and nothing ever is
by a shell.

Rules: GNU Bash manual, *Simple Commands*, *Redirections*.
"""

from __future__ import annotations

import re
from typing import NoReturn

from labs.grading.cli.shell.script import Assignment, Command, Document, Redirect, Script, Word
from labs.grading.cli.shell.words import STRANGE, WordReader
from labs.grading.said import say

MAX_COMMANDS = 80
ASSIGNED = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)=")
COMMENT = re.compile(r"#[^\n]*")
ELSEWHERE = (  # on every computer, and not here
    *("awk", "cp", "cut", "for", "grep", "head", "if", "jq", "ls", "mv", "nano", "printf", "read"),
    *("rm", "sed", "sort", "source", "sudo", "tail", "tee", "touch", "tr", "vi", "vim", "wc"),
)
LABEL = re.compile(r"#+\s*(?:question\s*)?(\d{1,3})\b", re.IGNORECASE)


def read_script(text: str) -> Script:
    """AnswerError names line and column."""
    reader = Reader(text.lstrip("\ufeff").replace("\r\n", "\n"))
    return Script(tuple(reader.commands(closing=False)))


class Reader(WordReader):
    """`label` is the number of the last comment; `waiting` are the documents whose lines begin with
    the next line."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.label, self.count = "", 0
        self.is_inside = False  # of a $(…)
        self.waiting: list[Draft] = []

    def commands_inside(self, start: int) -> tuple[Command, ...]:
        if self.waiting or self.is_inside:
            self.refuse(say("A $(…) cannot be inside another one here."), start)
        self.is_inside = True
        commands = self.commands(closing=True)
        self.is_inside = False
        return tuple(commands)

    def commands(self, *, closing: bool) -> list[Command]:
        """Up to the end, or to the parenthesis that closes `$(`."""
        drafts: list[Draft] = []
        after_success = False
        while True:
            self.skip_blanks()
            sign = self.sign()
            if not sign or sign == ")":
                self.refuse_wrong_end(sign, closing=closing)
                break
            if sign in "\n;#":
                self.between_commands(sign)
                continue
            if self.text.startswith("&&", self.at) and drafts:
                self.at += 2
                after_success = True
                continue
            drafts.append(self.draft(after_success))
            after_success = False
        self.at += closing
        return [draft.finished() for draft in drafts]

    def refuse_wrong_end(self, sign: str, *, closing: bool) -> None:
        if closing and not sign:
            self.refuse(say("$( is not closed."), max(len(self.text) - 1, 0))
        if sign and not closing:
            self.refuse(STRANGE[sign])
        if not sign and self.waiting:
            self.refuse_open_document()

    def between_commands(self, sign: str) -> None:
        if sign == "#":
            found = COMMENT.match(self.text, self.at)
            assert found is not None  # it begins with the sign
            label = LABEL.match(found[0])
            self.label = label[1] if label else self.label
            self.at = found.end()
            return
        self.at += 1
        if sign == "\n" and self.waiting:
            self.read_documents()

    def draft(self, after_success: bool) -> Draft:
        self.count += 1
        if self.count > MAX_COMMANDS:
            self.refuse(say("More than {most} commands.", most=MAX_COMMANDS))
        draft = Draft(self, after_success)
        while self.put_next(draft):
            self.skip_blanks()
        self.refuse_elsewhere(draft)
        draft.source = self.text[draft.start : self.at].strip()
        return draft

    def refuse_elsewhere(self, draft: Draft) -> None:
        """What a real shell knows must not be called unknown."""
        name = draft.words[0].plain if draft.words else ""
        if name == "$":
            words = say("The $ before a command is the terminal's prompt: leave it out.")
            self.refuse(words, draft.start)
        if name in ELSEWHERE:
            words = say(
                "There is no {name} here, only aws, export, unset, cat and echo.", name=name
            )
            self.refuse(words, draft.start)

    def put_next(self, draft: Draft) -> bool:
        """False at the end of the command."""
        sign = self.sign()
        if not sign or sign in "\n;)#" or self.text.startswith("&&", self.at):
            return False
        if sign == ">":
            self.put_redirect(draft)
        elif self.text.startswith("<<", self.at):
            self.put_document(draft)
        elif (found := ASSIGNED.match(self.text, self.at)) and not draft.words:
            self.at = found.end()
            draft.assignments.append(Assignment(found[1], self.word(may_be_empty=True)))
        else:
            draft.words.append(self.word())
        return True

    def put_redirect(self, draft: Draft) -> None:
        append = self.text.startswith(">>", self.at)
        self.at += 1 + append
        self.skip_blanks()
        draft.redirect = Redirect(self.word(), append)

    def put_document(self, draft: Draft) -> None:
        start = self.at
        self.at += 2
        if self.sign() in "-<":
            self.refuse(say("Write <<'EOF', the lines, and EOF alone in the last line."), start)
        self.skip_blanks()
        begins = self.at
        word = self.word()
        if not word.is_plain:
            self.refuse(say("Write <<'EOF', the lines, and EOF alone in the last line."), start)
        quoted = self.text[begins : self.at] != word.plain
        draft.document, draft.document_at = Document(word.plain, quoted), start
        self.waiting.append(draft)

    def read_documents(self) -> None:
        for draft in self.waiting:
            document = draft.document
            assert document is not None  # that is why it waits
            lines: list[str] = []
            while (line := self.next_line()) != document.word:
                if line is None:
                    self.refuse_open_document()
                lines.append(line)
            draft.document = Document(document.word, document.quoted, tuple(lines))
        self.waiting.clear()

    def next_line(self) -> str | None:
        if self.at >= len(self.text):
            return None
        end = self.text.find("\n", self.at)
        end = len(self.text) if end < 0 else end
        line, self.at = self.text[self.at : end], min(end + 1, len(self.text))
        return line

    def refuse_open_document(self) -> NoReturn:
        draft = self.waiting[0]
        assert draft.document is not None  # that is why it waits
        message = say(
            "The file begun here has no end: write {word} alone in a line below it.",
            word=draft.document.word[:20],
        )
        self.refuse(message, draft.document_at)


class Draft:
    """A command while it is read: the lines of its document come later."""

    def __init__(self, reader: Reader, after_success: bool) -> None:
        self.start, self.source = reader.at, ""
        self.at, self.label = reader.place(reader.at), reader.label
        self.assignments: list[Assignment] = []
        self.words: list[Word] = []
        self.redirect: Redirect | None = None
        self.document: Document | None = None
        self.document_at = 0
        self.after_success = after_success

    def finished(self) -> Command:
        return Command(
            tuple(self.assignments),
            tuple(self.words),
            self.at,
            self.source,
            self.label,
            self.redirect,
            self.document,
            self.after_success,
        )
