"""The parser's nodes → statements."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tree_sitter import Node

from labs.grading.errors import AnswerError
from labs.grading.first_boot.shell.redirects import REDIRECTS, Redirected, read_redirects
from labs.grading.first_boot.shell.script import (
    AndOr,
    Assignment,
    Background,
    Block,
    Command,
    For,
    Function,
    If,
    Literal,
    Not,
    Pipeline,
    Redirect,
    Statement,
    Word,
)
from labs.grading.first_boot.shell.source import Source, limit, refuse
from labs.grading.first_boot.shell.words import Words
from labs.grading.said import say

DEEPEST = 25
BUILT_IN = {"declaration_command", "unset_command", "test_command"}


def block(source: Source, nodes: Sequence[Node], depth: int) -> Block:
    """Statements in order. AnswerError: one that this machine does not model."""
    found: list[Statement] = []
    for node in nodes:
        if node.type == "&":
            found[-1] = Background(found[-1], source.at(node))
        elif node.type not in (";", "\n", ";;", "comment", "heredoc_body"):
            found.append(statement(source, node, depth))
    return Block(tuple(found))


def statement(source: Source, node: Node, depth: int) -> Statement:
    if depth > DEEPEST:
        raise refuse(source, node, say("The script is nested too deeply."))
    read = READERS.get(node.type)
    if read is None:
        raise not_modelled(source, node)
    return read(source, node, depth + 1)


def not_modelled(source: Source, node: Node) -> AnswerError:
    words = say(
        "This machine does not model “{text}”. It models commands in order, with && and ||, pipes, "
        "if, for and functions.",
        text=source.of(node).split("\n")[0][:40],
    )
    return refuse(source, node, limit(words))


def words_of(source: Source, depth: int) -> Words:
    return Words(source, depth, block)


def command(
    source: Source, node: Node, depth: int, redirects: Sequence[Redirect] = (), end: int = 0
) -> Command:
    words = words_of(source, depth)
    assignments, found, more = [], [], list(redirects)
    for child in node.children:
        if child.type == "variable_assignment":
            assignments.append(assignment(source, child, depth))
        elif child.type in REDIRECTS:
            more += read_redirects(words, [child]).redirects
        else:
            found.append(words.word(child))
    text = source.line(node.start_byte, end or node.end_byte)
    return Command(tuple(assignments), tuple(found), tuple(more), source.at(node), text)


def assignment(source: Source, node: Node, depth: int) -> Assignment:
    if not node.children or node.children[0].type != "variable_name":
        raise not_modelled(source, node)
    name, *value = (one for one in node.children if one.type not in ("=", "+="))
    if len(value) > 1 or node.children[1].type == "+=":
        raise not_modelled(source, node)
    word = words_of(source, depth).word(value[0]) if value else Word((), source.at(node))
    return Assignment(source.of(name), word)


def assignments(source: Source, node: Node, depth: int) -> Command:
    nodes = [node] if node.type == "variable_assignment" else node.children
    found = tuple(assignment(source, one, depth) for one in nodes)
    return Command(found, (), (), source.at(node), source.line(node.start_byte, node.end_byte))


def declaration(source: Source, node: Node, depth: int) -> Command:
    """`export A=b`, `declare A=b`: it assigns. `unset A` and `[ … ]` are commands."""
    words = words_of(source, depth)
    text = source.line(node.start_byte, node.end_byte)
    if node.type == "declaration_command":
        found = tuple(
            assignment(source, one, depth)
            for one in node.children
            if one.type == "variable_assignment"
        )
        return Command(found, (), (), source.at(node), text)
    name = node.children[0]
    arguments = [one for child in node.children[1:] for one in flat(child)]
    first = Word((Literal(source.of(name), True),), source.at(name))
    rest = tuple(words.word(one) for one in arguments if one.type not in ("]", "]]"))
    return Command((), (first, *rest), (), source.at(node), text)


def flat(node: Node) -> list[Node]:
    """The words of a test, in order."""
    if node.type in ("unary_expression", "binary_expression", "negated_expression"):
        return [one for child in node.children for one in flat(child)]
    return [node]


def redirected(source: Source, node: Node, depth: int) -> Statement:
    nodes = [one for one in node.children if one.type in REDIRECTS]
    bodies = [one for one in node.children if one.type not in REDIRECTS]
    found = read_redirects(words_of(source, depth), nodes)
    redirects = tuple(found.redirects)
    done: Statement
    if not bodies:  # `> file` alone
        text = source.line(node.start_byte, node.end_byte)
        done = Command((), (), redirects, source.at(node), text)
    elif bodies[0].type == "command":
        done = command(source, bodies[0], depth, redirects, end_of(source, nodes))
    else:
        done = with_redirects(source, bodies[0], depth, redirects)
    return going_on(source, node, depth, done, found)


def going_on(
    source: Source, node: Node, depth: int, done: Statement, found: Redirected
) -> Statement:
    """With what the parser hangs below a heredoc."""
    if found.piped:
        rest = [statement(source, one, depth) for one in found.piped]
        done = Pipeline((done, *rest), source.at(node))
    if not found.after:
        return done
    operator, *right = found.after
    if len(right) != 1:
        raise not_modelled(source, operator)
    return AndOr(done, operator.type, statement(source, right[0], depth), source.at(node))


def end_of(source: Source, redirects: list[Node]) -> int:
    """Where a command with its redirects ends, without the text of a heredoc."""
    last = redirects[-1]
    if last.type != "heredoc_redirect":
        return last.end_byte
    end = source.data.find(b"\n", last.start_byte)
    return last.end_byte if end < 0 else min(end, last.end_byte)


def with_redirects(
    source: Source, node: Node, depth: int, redirects: tuple[Redirect, ...]
) -> Statement:
    done = statement(source, node, depth)
    if isinstance(done, Block):
        return Block(done.statements, redirects, done.own_shell)
    if isinstance(done, Command):
        more = (*done.redirects, *redirects)
        return Command(done.assignments, done.words, more, done.at, done.source)
    return Block((done,), redirects)


def listed(source: Source, node: Node, depth: int) -> AndOr:
    parts = [one for one in node.children if one.type not in ("comment", "\n", "heredoc_body")]
    if len(parts) != 3:
        raise not_modelled(source, node)
    left, operator, right = parts
    return AndOr(
        statement(source, left, depth),
        operator.type,
        statement(source, right, depth),
        source.at(node),
    )


def pipeline(source: Source, node: Node, depth: int) -> Pipeline:
    parts = [one for one in node.children if one.type not in ("|", "|&", "comment", "\n")]
    return Pipeline(tuple(statement(source, one, depth) for one in parts), source.at(node))


def negated(source: Source, node: Node, depth: int) -> Not:
    return Not(statement(source, node.children[-1], depth), source.at(node))


def group(source: Source, node: Node, depth: int) -> Block:
    inner = block(source, node.children[1:-1], depth)
    return Block(inner.statements, own_shell=node.type == "subshell")


def condition(source: Source, node: Node, depth: int) -> If:
    """`if`, `elif` and `else`: the parser has the last two as nodes of their own."""
    branches = [branch(source, node.children, depth)]
    otherwise = Block(())
    for child in node.children:
        if child.type == "elif_clause":
            branches.append(branch(source, child.children, depth))
        elif child.type == "else_clause":
            otherwise = block(source, child.children[1:], depth)
    return If(tuple(branches), otherwise)


def branch(source: Source, nodes: Sequence[Node], depth: int) -> tuple[Block, Block]:
    then = next((place for place, one in enumerate(nodes) if one.type == "then"), 0)
    if not then:
        raise not_modelled(source, nodes[0])
    ends = ("elif_clause", "else_clause", "fi")
    body = [one for one in nodes[then + 1 :] if one.type not in ends]
    return block(source, nodes[1:then], depth), block(source, body, depth)


def loop(source: Source, node: Node, depth: int) -> For:
    body = node.children[-1]
    if node.children[0].type != "for":
        raise not_modelled(source, node)
    words = words_of(source, depth)
    values = tuple(words.word(one) for one in node.children[3:-1] if one.type != ";")
    inner = block(source, body.children[1:-1], depth)
    return For(source.of(node.children[1]), values, inner, source.at(node))


def function(source: Source, node: Node, depth: int) -> Function:
    """`name() { …; }`, `function name { …; }`."""
    names = [one for one in node.children if one.type == "word"]
    body = node.children[-1]
    if len(names) != 1 or body.type not in ("compound_statement", "subshell"):
        raise not_modelled(source, node)
    return Function(source.of(names[0]), group(source, body, depth), source.at(node))


Reader = Callable[[Source, Node, int], Statement]
READERS: Mapping[str, Reader] = {
    "command": command,
    "variable_assignment": assignments,
    "variable_assignments": assignments,
    **dict.fromkeys(BUILT_IN, declaration),
    "redirected_statement": redirected,
    "list": listed,
    "pipeline": pipeline,
    "negated_command": negated,
    "compound_statement": group,
    "subshell": group,
    "if_statement": condition,
    "for_statement": loop,
    "function_definition": function,
}
