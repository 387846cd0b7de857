"""Where a command's output goes and its input comes from."""

from __future__ import annotations

from dataclasses import dataclass, field

from tree_sitter import Node

from labs.grading.errors import AnswerError
from labs.grading.first_boot.shell.script import Literal, Redirect, Word
from labs.grading.first_boot.shell.source import Source, limit, refuse
from labs.grading.first_boot.shell.words import IN_HEREDOC, Words
from labs.grading.said import say

REDIRECTS = {"file_redirect", "heredoc_redirect", "herestring_redirect"}
HEREDOC_END = say(
    "Bash cannot read this. The word that ends the heredoc stands alone in its line, at its very "
    "beginning."
)
OPERATORS = {">", ">>", "<", "&>", "&>>"}
SAME = {">|": ">", ">&": "&>"}
OF_HEREDOCS = {"<<", "<<-", "heredoc_start", "heredoc_body", "heredoc_end"}


@dataclass(slots=True)
class Redirected:
    """Redirects, and what the parser hangs below a heredoc though it follows the command: the
    rest of a pipeline, or of a list (its operator first)."""

    redirects: list[Redirect] = field(default_factory=list)
    piped: list[Node] = field(default_factory=list)
    after: list[Node] = field(default_factory=list)


def read_redirects(words: Words, nodes: list[Node]) -> Redirected:
    found = Redirected()
    for node in nodes:
        if node.type == "file_redirect":
            found.redirects.append(file_redirect(words, node))
        elif node.type == "herestring_redirect":
            found.redirects.append(here_string(words, node))
        else:
            heredoc(words, node, found)
    return found


def file_redirect(words: Words, node: Node) -> Redirect:
    source = words.source
    parts = [one for one in node.children if one.type != "file_descriptor"]
    number = source.of(node.children[0]) if len(parts) < len(node.children) else ""
    if len(parts) > 2:
        raise too_much(source, parts[2])
    if len(parts) < 2 or number not in ("", "0", "1", "2"):
        raise unknown(source, node)
    operator, target = source.of(parts[0]), source.of(parts[1])
    if operator == ">&" and target in ("1", "2"):
        operator = f"{number or '1'}>&{target}"
    elif SAME.get(operator, operator) in OPERATORS:
        operator = ("2" if number == "2" else "") + SAME.get(operator, operator)
    else:
        raise unknown(source, node)
    return Redirect(operator, words.word(parts[1]))


def here_string(words: Words, node: Node) -> Redirect:
    word = words.word(node.children[-1])
    pieces = tuple(
        Literal(one.text, True) if isinstance(one, Literal) else one for one in word.pieces
    )
    return Redirect("<<", Word((*pieces, Literal("\n", True)), word.at))


def heredoc(words: Words, node: Node, found: Redirected) -> None:
    source = words.source
    refuse_end(source, node)
    start = next((one for one in node.children if one.type == "heredoc_start"), None)
    body = next((one for one in node.children if one.type == "heredoc_body"), None)
    if start is None:
        raise unknown(source, node)
    for child in node.children:
        if child.type not in OF_HEREDOCS:
            beside(words, child, found)
    found.redirects.append(Redirect("<<", heredoc_text(words, node, start, body)))


def beside(words: Words, child: Node, found: Redirected) -> None:
    """What stands in the heredoc's first line besides."""
    if found.after or child.type in ("&&", "||"):
        found.after.append(child)
    elif child.type == "pipeline":
        found.piped += [one for one in child.children if one.type not in ("|", "|&")]
    elif child.type in ("file_redirect", "herestring_redirect"):
        found.redirects += read_redirects(words, [child]).redirects
    else:
        raise too_much(words.source, child)


def refuse_end(source: Source, node: Node) -> None:
    """Its end stands at the very beginning of a line; the parser takes blanks before it, which bash
    does not (tabs only, and behind `<<-`). Where it finds no end, it takes what comes last."""
    end = node.children[-1]
    begin = source.data.rfind(b"\n", 0, end.start_byte) + 1
    before = source.text(begin, end.start_byte)
    if end.type != "heredoc_end":
        return
    words = [source.of(one).strip("'\"\\") for one in node.children if one.type == "heredoc_start"]
    is_another = words and source.of(end).strip() != words[0]
    if is_another or before.strip("\t" if node.children[0].type == "<<-" else ""):
        raise refuse(source, node if is_another else end, HEREDOC_END)


def heredoc_text(words: Words, node: Node, start: Node, body: Node | None) -> Word:
    source = words.source
    at = source.at(start)
    if body is None:
        return Word((), at)
    begin = source.data.find(b"\n", start.end_byte) + 1
    end = source.data.rfind(b"\n", 0, node.end_byte) + 1
    is_quoted = source.of(start)[0] in "'\"\\"
    pieces = (
        (Literal(source.text(begin, end), True),)
        if is_quoted
        else tuple(words.marked(body, begin, end, IN_HEREDOC))
    )
    if node.children[0].type == "<<-":
        pieces = without_tabs(pieces)
    return Word(pieces, at)


def without_tabs(pieces: tuple[object, ...]) -> tuple[Literal, ...]:
    """`<<-` takes tabs at the beginning of lines away."""
    found = []
    begins = True
    for one in pieces:
        if isinstance(one, Literal):
            lines = one.text.split("\n")
            first = lines[0].lstrip("\t") if begins else lines[0]
            one = Literal("\n".join([first, *(line.lstrip("\t") for line in lines[1:])]), True)
        begins = isinstance(one, Literal) and one.text.endswith("\n")
        found.append(one)
    return tuple(found)  # type: ignore[arg-type]


def unknown(source: Source, node: Node) -> AnswerError:
    words = say("This machine models the redirects >, >>, <, <<, 2>, &> and 2>&1.")
    return refuse(source, node, limit(words))


def too_much(source: Source, node: Node) -> AnswerError:
    return refuse(source, node, say("Put this before the redirect, or in a line of its own."))
