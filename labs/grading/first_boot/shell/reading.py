"""The text of an answer → a script. tree-sitter parses it; nothing of it is executed.

What bash cannot read, and what this machine does not model, is an AnswerError with its place.
"""

from __future__ import annotations

import re

from tree_sitter import Node

from labs.grading.errors import AnswerError
from labs.grading.first_boot.shell.redirects import HEREDOC_END
from labs.grading.first_boot.shell.script import Block, Script
from labs.grading.first_boot.shell.source import Source, limit, refuse, tree_of
from labs.grading.first_boot.shell.statements import block
from labs.grading.said import say

MAX_LINES, MAX_LINE = 500, 2000
MOST_OPEN = 40  # brackets and quotes open at once, far more than a script has
CURLY = "“”„‘’"
OTHER_FORMS = (
    "#cloud-config", "#cloud-boothook", "#include", "#upstart-job", "#part-handler",
    "## template: jinja", "Content-Type:", "MIME-Version:",
)  # fmt: skip
SHEBANG = re.compile(r"#![ \t]*(.*)")


def read_script(text: str) -> Script:
    """AnswerError names line and column. Windows' line ends are read as cloud-init reads them:
    they are replaced."""
    size = len(text.encode())
    text = text.replace("\r\n", "\n").lstrip("\ufeff")
    refuse_too_much(text)
    refuse_other_forms(text)
    lines = text.split("\n")
    found = SHEBANG.match(lines[0])
    late = next(
        (number for number, line in enumerate(lines[1:], 2) if line.lstrip().startswith("#!")), 0
    )
    return Script(
        body=parsed(text),
        interpreter=tuple(found[1].split()) if found else (),
        late=0 if found else late,
        size=size,
    )


def refuse_other_forms(text: str) -> None:
    """User data that cloud-init takes and that is no script (EC2 User Guide: Run commands when you
    launch an EC2 instance with user data input, "cloud-init directives")."""
    first = text.split("\n", 1)[0].strip()
    if first.startswith(OTHER_FORMS):
        words = say(
            "“{first}” is right as well: cloud-init does what it says. This lab reads shell "
            "scripts only, which begin with #!/bin/bash.",
            first=first[:40],
        )
        raise AnswerError(limit(words), 1, 1)


def refuse_too_much(text: str) -> None:
    lines = text.split("\n")
    if len(lines) > MAX_LINES:
        raise AnswerError(say("More than {most} lines.", most=MAX_LINES), MAX_LINES + 1, 1)
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE:
            words = say("This line has more than {most} characters.", most=MAX_LINE)
            raise AnswerError(words, number, MAX_LINE)
        if sum(line.count(sign) for sign in "({[`") > MOST_OPEN:
            raise AnswerError(say("Too many brackets in one line."), number, 1)
    if sum(text.count(sign) for sign in ("$(", "`", "<(")) > 5 * MOST_OPEN:
        raise AnswerError(say("Too many commands inside of commands."), 1, 1)


def parsed(text: str) -> Block:
    data = text.encode()
    root = tree_of(data)
    source = Source(data)
    if any(sign in text for sign in CURLY):
        refuse_curly(source, root)
    if root.has_error:
        raise unreadable(source, root)
    return block(source, root.children, 0)


def refuse_curly(source: Source, root: Node) -> None:
    """A word that begins with a quotation mark of a text program, which bash takes for a letter."""
    nodes = [root]
    while nodes:
        node = nodes.pop()
        if node.type == "word" and source.of(node)[0] in CURLY:
            words = say(
                "{sign} is no quotation mark for bash. Write \" or '.", sign=source.of(node)[0]
            )
            raise refuse(source, node, words)
        nodes += reversed(node.children)


def unreadable(source: Source, root: Node) -> AnswerError:
    """The first place that the parser could make nothing of."""
    node, deeper = root, True
    while deeper and not node.is_missing and node.type != "ERROR":
        deeper = False
        for child in node.children:
            if child.has_error or child.is_missing:
                node, deeper = child, True
                break
    heredoc = node
    while heredoc.parent is not None and heredoc.type != "heredoc_redirect":
        heredoc = heredoc.parent
    if heredoc.type == "heredoc_redirect":
        node = heredoc  # its end is missing, so its beginning is shown
        return refuse(source, node, HEREDOC_END)
    words = say("Bash cannot read this. Is a quotation mark or a bracket not closed?")
    return refuse(source, node, words)
