"""What a statement shows by itself: where it begins, and whether it changes anything."""

from __future__ import annotations

from labs.grading.errors import Position
from labs.grading.first_boot.shell.script import Block, Command, If, Statement


def is_idle(statement: Statement) -> bool:
    """Does it change nothing?"""
    if not isinstance(statement, Command) or statement.redirects or not statement.words:
        return False
    return statement.words[0].plain in ("sleep", "echo", "logger", "true", ":")


def position(statement: Statement) -> Position:
    """Where a statement begins."""
    match statement:
        case Block():
            return position(statement.statements[0]) if statement.statements else (1, 1)
        case If():
            return position(statement.branches[0][0])
        case _:
            return statement.at
