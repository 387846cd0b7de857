from __future__ import annotations

from contextlib import suppress
from random import Random
from typing import Any

import pytest

from labs.grading.errors import AnswerError, SpecError
from labs.grading.grade import advice, grade
from labs.grading.kinds import KINDS
from labs.grading.report import Report

KIND = KINDS["dockerfile"]
RIGHT = """FROM python:3.13-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY . .
USER 1000
CMD ["python", "server.py"]
"""
TABLE: dict[str, Any] = {
    "bases": [
        {
            "name": "python",
            "tags": ["3.13-slim", "latest"],
            "size": 100_000,
            "tools": ["sh", "python", "pip", "apt-get"],
            "site": "/usr/local/lib/python3.13/site-packages",
        }
    ],
    "files": [{"path": "requirements.txt"}, {"path": "server.py", "size": 10}],
    "commands": [
        {"words": "pip install", "needs": ["requirements.txt"], "named": "-r", "size": 50_000,
         "cache": 20_000, "cache_path": ".cache/pip", "seconds": 40}
    ],
    "edits": {"code": ["server.py"]},
    "program": {"file": "server.py", "needs": ["pip install"], "port": 8000},
    "checks": [
        {"name": "Starts", "field": "starts", "is": "yes"},
        {"name": "Size", "field": "size", "most": 160, "unit": "MB"},
        {"name": "Installed again", "field": "again:code:pip install", "is": "no"},
        {"name": "Seconds", "field": "seconds:code", "most": 5},
        {"name": "Root", "field": "root", "is": "no"},
        {"name": "SIGTERM", "field": "sigterm", "is": "program"},
        {"name": "Version", "field": "pinned", "is": "yes"},
    ],
}  # fmt: skip


def verdict(text: str, **table: Any) -> Report:
    return grade(KIND, table=TABLE | table, files={}, text=text)


def failed(report: Report) -> list[str]:
    return [one.code for one in report.checks if not one.passed]


def test_a_small_cached_image_that_is_not_root_passes() -> None:
    report = verdict(RIGHT)
    assert report.passed
    assert report.extra["total"] == 150_012
    assert report.extra["layers"][-1]["anew"] == [True]
    assert report.extra["layers"][1]["anew"] == [False]


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        (":3.13-slim", "", ["docker.not-pinned"]),
        (":3.13-slim", ":latest", ["docker.not-pinned"]),
        ("--no-cache-dir ", "", ["docker.size"]),
        ("COPY requirements.txt .", "COPY . .", ["docker.rebuilt", "docker.rebuilt"]),
        ("USER 1000\n", "", ["docker.root"]),
        ('["python", "server.py"]', "python server.py", ["docker.signal"]),
        ('"server.py"', '"main.py"', ["docker.not-started"]),
    ],
)
def test_each_fault_has_its_code(old: str, new: str, codes: list[str]) -> None:
    assert failed(verdict(RIGHT.replace(old, new))) == codes


def test_a_build_that_ends_is_refused_with_its_line() -> None:
    report = verdict(RIGHT.replace("COPY requirements.txt .\n", ""))
    assert report.refused
    assert [one.code for one in report.findings] == ["docker.no-file", "docker.nothing"]
    assert report.findings[0].at == (3, 1)


def test_the_line_from_which_all_is_built_anew_is_named() -> None:
    report = verdict(RIGHT.replace("COPY requirements.txt .", "COPY . ."))
    assert "After a change of server.py all is built anew from line 3 on" in (
        report.checks[2].message
    )


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("RUN apt-get update", "docker.update-alone"),
        ("RUN cd /app", "docker.cd-alone"),
        ("CMD ['a', 'b']", "docker.quotes"),
        ("WORKDIR app", "docker.relative"),
        ("ADD server.py /", "docker.add"),
        ("EXPOSE 80", "docker.exposed"),
        ("CMD a\nCMD b", "docker.twice"),
    ],
)
def test_habits_are_marked_while_one_types(line: str, code: str) -> None:
    found = advice(KIND, table=TABLE, files={}, text=f"FROM python:3.13-slim\n{line}\n")
    assert [one.code for one in found] == [code]


def test_what_the_guide_does_is_not_marked() -> None:
    text = f"{RIGHT}EXPOSE 8000/tcp\nADD https://example.com/a.tgz /\nADD a.tar.gz /\n"
    assert advice(KIND, table=TABLE, files={}, text=text) == []


@pytest.mark.parametrize(
    "change",
    [
        {"checks": []},
        {"checks": [{"name": "x", "field": "nothing", "is": "yes"}]},
        {"checks": [{"name": "x", "field": "again:other:pip install", "is": "no"}]},
        {"bases": []},
        {"edits": {"code": ["nothing.py"]}},
        {"files": [{"path": "a"}, {"path": "a"}]},
        {"colour": "red"},
    ],
)
def test_a_spec_that_cannot_be_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(SpecError):
        verdict(RIGHT, **change)


PIECES = [
    *("FROM python:3.13-slim", "FROM a AS b", "COPY . .", "COPY --from=0 / /x", "RUN cp -r / /y"),
    *("RUN rm -rf /*", "RUN mkdir -p /a/b/c", "ENV A=$A$A$A", "ARG A", "USER $A", "WORKDIR ../x"),
    *("CMD [", 'ENTRYPOINT ["a"]', "RUN <<EOF", "EOF", "\\", "$(", "${A:-", '"', "'", "&&", "\x00"),
    *("--mount=type=secret,id=x", "COPY *** /", "COPY [[[[ /", "HEALTHCHECK CMD", "SHELL []", "ü"),
]


def hostile(random: Random) -> str:
    lines = RIGHT.split("\n")
    for _ in range(random.randrange(1, 30)):
        piece = random.choice(PIECES)
        if random.random() < 0.5:
            lines.insert(random.randrange(len(lines) + 1), piece)
        else:
            place = random.randrange(len(lines))
            cut = random.randrange(len(lines[place]) + 1)
            lines[place] = lines[place][:cut] + piece + lines[place][cut:]
    return "\n".join(lines)


def test_any_text_has_a_report_or_an_answer_error() -> None:
    random = Random(7)
    for _ in range(300):
        text = hostile(random)
        with suppress(AnswerError):
            first, second = verdict(text), verdict(text)
            assert first.as_json() == second.as_json()
