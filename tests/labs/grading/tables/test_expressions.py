"""DynamoDB Developer Guide, "Condition and filter expressions, operators, and functions"."""

from __future__ import annotations

import pytest

from labs.grading.tables.expressions.parser import parse_expression, parse_projection
from labs.grading.tables.expressions.reserved import RESERVED, is_reserved
from labs.grading.tables.expressions.scope import Scope
from labs.grading.tables.expressions.tokens import ExpressionError

ITEM = {"a": 5, "b": "Bicycle", "c": True, "n": None, "price": 20, "cost": 25}
VALUES = {":five": 5, ":six": 6, ":four": 4, ":text": "5", ":bi": "Bi", ":cyc": "cyc", ":yes": True}
VALUES |= {":s": "S", ":none": None}


def holds(text: str) -> bool:
    return Scope({"#a": "a"}, VALUES).holds(parse_expression(text), ITEM)


@pytest.mark.parametrize(
    "text",
    [
        "a = :five", "a <> :six", "a < :six", "a <= :five", "a > :four", "a >= :five", "#a = a",
        "a BETWEEN :four AND :six", "a between :five and :five", "a IN (:six, :five)",
        "attribute_exists(a)", "attribute_not_exists(z)", "attribute_exists(n)",
        "attribute_type(b, :s)", "begins_with(b, :bi)", "contains(b, :cyc)", "size(b) > :six",
        "price < cost", "c = :yes", "n = :none", "z <> :five", ":five = a",
        "NOT a = :six", "a = :six OR a = :five", "NOT (a = :six OR a = :four)",
        "a = :six AND a = :four OR a = :five", "a = :five OR a = :six AND a = :four",
        "NOT a = :six AND a = :five", "((a = :five))", "a <> :text",
    ],
)  # fmt: skip
def test_the_guides_operators_and_functions(text: str) -> None:
    assert holds(text)


@pytest.mark.parametrize(
    "text",
    [
        "a = :text", "a < :text", "a > :text", "z = z", "z < :five", "a <> :five",
        "begins_with(a, :bi)", "begins_with(b, :cyc)", "contains(z, :bi)", "attribute_type(a, :s)",
        "attribute_type(z, :s)", "size(a) > :four", "c > :yes", "z BETWEEN :four AND :six",
        "(a = :five OR a = :six) AND a = :four", "c = :five", "size(z) > :four",
    ],
)  # fmt: skip
def test_what_is_of_another_type_or_missing_is_not_compared(text: str) -> None:
    assert not holds(text)


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ("", 0, "the name of an attribute"),
        ("a", 1, "a comparison"),
        ("a = 'open'", 4, "an expression holds no values"),
        ("a = 5", 4, "an expression holds no values"),
        ("order-id = :v", 5, "A name with a hyphen"),
        ("a.b = :v", 1, "Name an attribute alone"),
        ("a[0] = :v", 1, "Name an attribute alone"),
        ("a == :v", 3, "the name of an attribute"),
        ("a = :v AND", 10, "the name of an attribute"),
        ("a = :v b = :w", 7, "AND, OR or nothing"),
        ("(a = :v", 7, "Write ) here"),
        ("a BETWEEN :v", 12, "Write AND here"),
        ("begins_with(a)", 13, "Write , here"),
        ("a ! :v", 2, "has no !"),
        ("AND = :v", 0, "the name of an attribute"),
        ("NOT " * 40 + "a = :v", 64, "levels deep"),
        ("(" * 40, 16, "levels deep"),
        (" AND ".join(["a = :v"] * 90), 825, "300 words"),
        ("a" * 5000, 0, "4096 characters"),
        (f"a IN ({', '.join([':v'] * 101)})", 409, "at most 100"),
    ],
)
def test_what_is_no_expression_says_where_and_why(text: str, at: int, words: str) -> None:
    with pytest.raises(
        ExpressionError, match=words.replace("(", r"\(").replace(")", r"\)")
    ) as caught:
        parse_expression(text)
    assert caught.value.at == at


def test_a_projection_is_names_with_commas() -> None:
    assert parse_projection("a, #b ,c") == ("a", "#b", "c")
    for text in ("", "a,", "a b", ":v", "a,,b"):
        with pytest.raises(ExpressionError):
            parse_projection(text)


def test_the_reserved_words_of_the_guide() -> None:
    assert len(RESERVED) == 573
    assert is_reserved("status")
    assert is_reserved("Name")
    assert not is_reserved("orderId")
