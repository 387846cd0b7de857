"""Words as GNU bash itself reads them: whatever we take, bash takes for the same."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Iterable, Iterator

import pytest

from labs.grading.cli.shell.reader import read_script
from labs.grading.errors import AnswerError
from tests.labs.grading.test_cli_examples import rows

BASH = shutil.which("bash")
LETTERS = ["{", "}", "{", "}", ",", "..", "1", "a", "=", "[", "]", "'", '"', "\\", "'x,y'", '"p q"']
NUMBER = 20_000


def texts() -> Iterator[str]:
    dice = random.Random(20261128)
    for _number in range(NUMBER):
        yield "x" + "".join(dice.choices(LETTERS, k=dice.randint(1, 9)))


def ours(text: str) -> list[str] | None:
    """None where it is refused."""
    try:
        [command] = read_script(text if text.startswith("aws ") else f"aws {text}").commands
    except AnswerError:
        return None
    return [word.plain for word in command.words[1:]]


def by_bash(texts: Iterable[str]) -> list[list[str]]:
    """The words that bash makes of each."""
    lines = ["set -f", *(f"printf '%s\\0' {text}; printf '\\1'" for text in texts)]
    done = subprocess.run(
        [str(BASH), "--norc", "-s"],
        input="\n".join(lines).encode(),
        capture_output=True,
        check=True,
        timeout=60,
    )
    return [one.split("\0")[:-1] for one in done.stdout.decode().split("\1")[:-1]]


@pytest.mark.skipif(not BASH, reason="no bash here")
def test_a_word_that_is_taken_is_the_one_that_bash_makes_of_it() -> None:
    taken = {text: words for text in texts() if (words := ours(text)) is not None}
    assert dict(zip(taken, by_bash(taken), strict=True)) == taken
    assert len(taken) > 1500
    assert sum("{" in text for text in taken) > 500


@pytest.mark.skipif(not BASH, reason="no bash here")
def test_a_documented_command_has_the_words_that_bash_makes_of_it() -> None:
    commands = [row["command"] for row in rows("commands") if not set(row["command"]) & set("$<>")]
    taken = {text: words for text in commands if (words := ours(text)) is not None}
    found = dict(zip(taken, by_bash(taken), strict=True))
    assert {text: words[1:] for text, words in found.items()} == taken
    assert len(taken) > 450
