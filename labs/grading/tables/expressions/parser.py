"""A text → an expression: comparisons, BETWEEN, IN, functions, NOT, AND, OR and brackets.

Source: DynamoDB Developer Guide, "Condition and filter expressions, operators, and functions".
Paths into maps and lists are left out, and refused with a message.
"""

from __future__ import annotations

from labs.grading.said import say
from labs.grading.tables.expressions.nodes import (
    Among,
    Between,
    Both,
    Call,
    Comparison,
    Either,
    Field,
    Given,
    Node,
    Not,
    Operand,
    Size,
)
from labs.grading.tables.expressions.tokens import ExpressionError, Token, tokens_of

COMPARATORS = ("=", "<>", "<", "<=", ">", ">=")
ONE_ARGUMENT = ("attribute_exists", "attribute_not_exists")
TWO_ARGUMENTS = ("begins_with", "contains", "attribute_type")
WORDS = ("AND", "OR", "NOT", "BETWEEN", "IN")
MOST_DEPTH, MOST_OPTIONS = 16, 100


def parse_expression(text: str) -> Node:
    """A condition or filter. Raises ExpressionError, which says where."""
    parser = Parser(text)
    node = parser.either(0)
    parser.end()
    return node


def parse_projection(text: str) -> tuple[str, ...]:
    """Names with commas between. Raises ExpressionError, which says where."""
    parser = Parser(text)
    found = [parser.field().name]
    while parser.take(","):
        found.append(parser.field().name)
    parser.end()
    return tuple(found)


class Parser:
    def __init__(self, text: str) -> None:
        self.text, self.tokens, self.next = text, tokens_of(text), 0

    @property
    def token(self) -> Token:
        if self.next < len(self.tokens):
            return self.tokens[self.next]
        return Token("", len(self.text))

    def take(self, *wanted: str) -> str:
        """The next word or sign, if it is one of these."""
        found = self.token.word
        if found and found in wanted:
            self.next += 1
            return found
        return ""

    def need(self, wanted: str) -> None:
        if not self.take(wanted):
            raise self.expected(wanted)

    def expected(self, wanted: str) -> ExpressionError:
        found = self.token.text or say("the end")
        words = say("Write {wanted} here: this is {found}.", wanted=wanted, found=found)
        return ExpressionError(words, self.token.at)

    def end(self) -> None:
        if self.token.text:
            raise self.expected(say("AND, OR or nothing"))

    def either(self, depth: int) -> Node:
        parts = [self.both(depth)]
        while self.take("OR"):
            parts.append(self.both(depth))
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def both(self, depth: int) -> Node:
        parts = [self.term(depth)]
        while self.take("AND"):
            parts.append(self.term(depth))
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def term(self, depth: int) -> Node:
        if depth >= MOST_DEPTH:
            words = say("Nested more than {most} levels deep.", most=MOST_DEPTH)
            raise ExpressionError(words, self.token.at)
        if self.take("NOT"):
            return Not(self.term(depth + 1))
        if self.take("("):
            inner = self.either(depth + 1)
            self.need(")")
            return inner
        return self.condition()

    def condition(self) -> Node:
        name = self.token.text
        if name in ONE_ARGUMENT + TWO_ARGUMENTS:
            return self.call(name)
        left = self.operand()
        if self.take("BETWEEN"):
            low = self.operand()
            self.need("AND")
            return Between(left, low, self.operand())
        if self.take("IN"):
            return Among(left, self.options())
        operator = self.take(*COMPARATORS)
        if not operator:
            raise self.expected(say("a comparison"))
        return Comparison(operator, left, self.operand())

    def call(self, name: str) -> Node:
        self.next += 1
        self.need("(")
        field = self.field()
        value = None
        if name in TWO_ARGUMENTS:
            self.need(",")
            value = self.operand()
        self.need(")")
        return Call(name, field, value)

    def options(self) -> tuple[Operand, ...]:
        self.need("(")
        found = [self.operand()]
        while self.take(","):
            found.append(self.operand())
        self.need(")")
        if len(found) > MOST_OPTIONS:
            words = say("IN takes at most {most} values.", most=MOST_OPTIONS)
            raise ExpressionError(words, self.token.at)
        return tuple(found)

    def operand(self) -> Operand:
        token = self.token
        if token.text.startswith(":"):
            self.next += 1
            return Given(token.text)
        if token.text == "size":
            self.next += 1
            self.need("(")
            field = self.field()
            self.need(")")
            return Size(field)
        return self.field()

    def field(self) -> Field:
        token = self.token
        is_name = token.text[:1] == "#" or token.text[:1].isalpha() or token.text[:1] == "_"
        if not is_name or token.word in WORDS:
            raise self.expected(say("the name of an attribute"))
        self.next += 1
        return Field(token.text)
