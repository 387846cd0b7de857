"""The shape of the code: small functions, simple ones, short files and lines. A limit that is
reached is a question to the design, not a number to be raised."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
MODULES = [
    path
    for app in ("labs", "lessons", "portal")
    for path in sorted((ROOT / app).rglob("*.py"))
    if "migrations" not in path.parts
]
TREES = {path: ast.parse(path.read_text()) for path in MODULES}
TEMPLATES = sorted((ROOT / "templates").rglob("*.[htj]*"))
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
BRANCHES = (
    ast.If, ast.For, ast.While, ast.AsyncFor, ast.ExceptHandler, ast.IfExp, ast.Assert,
    ast.comprehension, ast.match_case,
)  # fmt: skip


def functions() -> Iterator[tuple[str, ast.AST, int]]:
    """Name, tree and lines of every function."""
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, FUNCTIONS):
                name = f"{path.relative_to(ROOT)}:{node.name}"
                yield name, node, (node.end_lineno or node.lineno) - node.lineno + 1


def complexity(function: ast.AST) -> int:
    """Ways through: one more for each branch, each loop, each `and` or `or`."""
    count = 1
    for node in ast.walk(function):
        count += isinstance(node, BRANCHES)
        count += len(node.ifs) if isinstance(node, ast.comprehension) else 0
        count += len(node.values) - 1 if isinstance(node, ast.BoolOp) else 0
    return count


def test_functions_are_small() -> None:
    lines = sorted(count for _name, _node, count in functions())
    assert median(lines) <= 8
    assert lines[len(lines) * 9 // 10] <= 20


def test_functions_are_simple() -> None:
    counted = {name: complexity(node) for name, node, _lines in functions()}
    assert {name: count for name, count in counted.items() if count > 15} == {}
    complex_ones = [name for name, count in counted.items() if count > 10]
    assert len(complex_ones) <= len(counted) // 100, complex_ones


def test_a_file_can_be_read_in_one_sitting() -> None:
    lines = {str(path.relative_to(ROOT)): path.read_text().count("\n") for path in MODULES}
    assert {name: count for name, count in lines.items() if count > 300} == {}


def test_the_lines_of_a_template_fit_a_screen() -> None:
    lines = [(path.name, line) for path in TEMPLATES for line in path.read_text().split("\n")]
    assert len(lines) > 1_000
    assert [(name, line) for name, line in lines if len(line) > 160] == []
