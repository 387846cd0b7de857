"""`--query`: the JMESPath library of the CLI itself, with a limit to what it may work.

Every value that comes up is weighed, and lists can double with a few signs of a query, so the
weights are limited together: whatever is asked, the answer or the refusal comes soon.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jmespath import exceptions
from jmespath.parser import Parser
from jmespath.visitor import Options, TreeInterpreter

from labs.grading.cli.errors import CliError

MAX_QUERY = 400  # signs
MOST_DEEP = 25  # brackets in brackets
MOST_WEIGHT = 60_000  # of all values of all queries of a script: a number or a name is 1


class TooMuch(Exception):
    """The query makes more of the answer than a lab can have use for."""


@dataclass(slots=True)
class Budget:
    """What is left for the queries of a script."""

    left: int = MOST_WEIGHT


def query(value: object, text: str, budget: Budget) -> Any:
    """CliError with the library's words."""
    if len(text) > MAX_QUERY or deepest(text) > MOST_DEEP:
        raise bad(text, "this lab takes no query that is so long or so deep")
    try:
        return Weighing(budget).visit(Parser().parse(text).parsed, value)
    except TooMuch as error:
        raise bad(text, "it makes too much of the answer for this lab") from error
    except (exceptions.JMESPathError, ArithmeticError, ValueError, TypeError) as error:
        raise bad(text, short(str(error))) from error
    except (AttributeError, KeyError, IndexError, RecursionError) as error:
        raise bad(text, "it has no value here") from error


def bad(text: str, words: str) -> CliError:
    shown = text[:80] + ("…" if len(text) > 80 else "")
    return CliError("query", f"Bad value for --query {shown}: {words}", 252)


def short(words: str) -> str:
    line = words.partition("\n")[0]
    return line[:160] + ("…" if len(line) > 160 else "")


def deepest(text: str) -> int:
    depth = most = 0
    for sign in text:
        depth += (sign in "[({") - (sign in "])}")
        most = max(most, depth)
    return max(most, text.count("!") + text.count("&"))


class Weighing(TreeInterpreter):
    """The library's interpreter, which weighs what each step comes to."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(Options())
        self.budget = budget

    def visit(self, node: Any, *args: Any, **kwargs: Any) -> Any:
        value = super().visit(node, *args, **kwargs)
        self.budget.left -= weight(value, self.budget.left)
        if self.budget.left <= 0:
            raise TooMuch
        return value


def weight(value: object, most: int) -> int:
    """How many values there are in it, counted as often as they are printed; `most` ends it."""
    count, waiting = 0, [value]
    while waiting and count <= most:
        one = waiting.pop()
        count += 1 + (len(one) // 40 if isinstance(one, str) else 0)
        if isinstance(one, dict):
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
    return count
