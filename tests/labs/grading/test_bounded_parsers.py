"""What a form's answer is read with in the web process takes steps in proportion to its text."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from labs.grading.errors import AnswerError
from labs.grading.grade import read_answer
from labs.grading.kind import BoundedParser
from labs.grading.kinds import KINDS

CATALOG = Path(__file__).parents[3] / "labs" / "catalog"
BOUNDED = [name for name, kind in KINDS.items() if isinstance(kind, BoundedParser)]
MOST_STEPS = 30  # lines of Python for each byte, and a few thousand for the shortest text
REPEATED = [
    *("[", "{", '{"a":', "[1,", "111,", '"a",', "&a", "*a", "[a,", "{a:", "|", "#", "'", '"', "\\"),
    *("$(", "`", "a=b", "10.0.0.0/8", ":", "!!python/object:", "%", "é", "0", "9", "-", "1e9"),
    *("true", "null,", "<<:", "/32", "- ", "- a\n", "a: ", "? ", "\\\n", "aws ec2 ", "--cidr "),
    *("\x85", "\u2028", "\t", " ", "\n"),
]


def hostile(size: int, sound: list[str]) -> Iterator[str]:
    """Texts as long as the kind takes them."""
    for part in REPEATED:
        text = part * (size // len(part.encode()))
        yield text
        yield text[: len(text) // 2] + "x"
    yield "[" * (size // 2) + "]" * (size // 2)
    yield "[" + ",".join("1" for _ in range(size // 2 - 2)) + "]"
    yield "{" + ",".join(f'"{number}":1' for number in range(size // 10)) + "}"
    yield '{"Statement":[' + ",".join('{"Effect":"Allow"}' for _ in range(size // 20)) + "]}"
    for text in sound:
        lines = text * (size // (len(text.encode()) + 1))
        yield lines
        yield lines.replace(" ", "")
        yield lines.replace("\n", "\n\n")[: size // 2]


def texts_of(kind: str) -> list[str]:
    """Sound answers to the first labs of the kind."""
    folders = [
        path.parent for path in CATALOG.glob("*/lab.toml") if f'"{kind}"' in path.read_text()
    ]
    return [next(folder.glob("solution.*")).read_text() for folder in sorted(folders)[:2]]


def steps_of(read: Callable[[], object]) -> int:
    """Lines of Python that were run."""
    count = 0

    def step(_frame, event, _argument):
        nonlocal count
        count += event == "line"
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        read()
    except AnswerError:
        pass
    finally:
        sys.settrace(before)
    return count


def test_most_kinds_are_bounded():
    assert len(BOUNDED) >= 10


@pytest.mark.parametrize("name", BOUNDED)
def test_reading_takes_steps_in_proportion_to_the_text(name):
    kind = KINDS[name]
    worst = 0.0
    for text in hostile(2_000, texts_of(name)):
        steps = steps_of(lambda text=text: read_answer(kind, text))
        worst = max(worst, (steps - 5_000) / max(len(text.encode()), 1))
    assert worst <= MOST_STEPS


@pytest.mark.parametrize("name", BOUNDED)
def test_twice_the_text_takes_no_more_than_twice_the_steps(name):
    kind = KINDS[name]
    size = 3_000
    for part in REPEATED:
        short, long = (part * (count // len(part)) for count in (size // 2, size))
        few, many = (steps_of(lambda text=text: read_answer(kind, text)) for text in (short, long))
        assert many <= 2.5 * few + 5_000, part
