"""The words of an `aws` command: which service, which operation, which options.

Rules: AWS CLI User Guide, *Command line structure*, *Command line options*.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from labs.grading.cli.errors import CliError
from labs.grading.cli.settings.resolution import OUTPUTS, Options

GLOBAL_OPTIONS = ("profile", "region", "output", "query")
FLAGS = ("no-cli-pager", "no-paginate", "no-cli-auto-prompt")


@dataclass(slots=True)
class Invocation:
    """`words` are what stands free: service, operation and what follows them. `values`: the
    operation's own options."""

    words: list[str] = field(default_factory=list)
    values: dict[str, list[str]] = field(default_factory=dict)
    options: Options = field(default_factory=Options)


def read_arguments(arguments: Sequence[str]) -> Invocation:
    """CliError: an option without its value."""
    found = Invocation()
    given: dict[str, str] = {}
    at = 0
    while at < len(arguments):
        word = arguments[at]
        at += 1
        if not word.startswith("--"):
            found.words.append(word)
            continue
        name, equals, value = word.removeprefix("--").partition("=")
        values = [value] if equals else list(values_from(arguments, at, name))
        at += 0 if equals else len(values)
        if name in GLOBAL_OPTIONS:
            given[name] = one_value(name, values)
        elif name not in FLAGS:
            found.values[name] = values
    refuse_bad_output(given.get("output"))
    found.options = Options(**given)
    return found


def values_from(arguments: Sequence[str], at: int, name: str) -> Sequence[str]:
    """All words up to the next option; one of what takes one, none of a flag."""
    if name in FLAGS:
        return ()
    end = at
    while end < len(arguments) and not arguments[end].startswith("--"):
        end += 1
    return arguments[at : min(end, at + 1) if name in GLOBAL_OPTIONS else end]


def one_value(name: str, values: Sequence[str]) -> str:
    if len(values) != 1:
        raise CliError("usage", f"aws: error: argument --{name}: expected one argument", 252)
    return values[0]


def refuse_bad_output(output: str | None) -> None:
    if output is not None and output not in OUTPUTS:
        words = f"aws: error: argument --output: Found invalid choice '{output}'"
        raise CliError("output", words, 252)
