"""Dockerfile reference, "Environment replacement"."""

from __future__ import annotations

import pytest

from labs.grading.images.language.shell import read_commands
from labs.grading.images.language.words import expanded, pairs_in

VALUES = {"FOO": "/bar", "variable": "set", "empty": ""}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("${FOO}", "/bar"),
        ("$FOO/x", "/bar/x"),
        ("\\$FOO", "$FOO"),
        ("\\${FOO}", "${FOO}"),
        ("${variable:-word}", "set"),
        ("${nothing:-word}", "word"),
        ("${empty:-word}", "word"),
        ("${variable:+word}", "word"),
        ("${nothing:+word}", ""),
        ("'$FOO'", "$FOO"),
        ('"a $FOO"', "a /bar"),
        ("$nothing", ""),
    ],
)
def test_variables_are_replaced(word: str, expected: str) -> None:
    assert expanded(word, VALUES) == expected


def test_the_examples_of_env() -> None:
    # ENV: both forms of the reference
    text = 'MY_NAME="John Doe" MY_DOG=Rex\\ The\\ Dog MY_CAT=fluffy'
    pairs = {name: expanded(value, {}) for name, value in pairs_in(text)}
    assert pairs == {"MY_NAME": "John Doe", "MY_DOG": "Rex The Dog", "MY_CAT": "fluffy"}
    assert pairs_in("ONE TWO= THREE=world") == [("ONE", "TWO= THREE=world")]


def test_commands_are_told_apart_as_the_shell_does() -> None:
    found = read_commands("A=1 b -c 'd && e' > f && g || h; i | j 2>&1 # k")
    assert [one.words[0] for one in found] == ["b", "g", "h", "i", "j"]
    assert [one.before for one in found] == ["", "&&", "||", ";", "|"]
    assert found[0].target == "f"
    assert found[0].assigned == (("A", "1"),)
    assert found[0].words == ("b", "-c", "'d && e'")
