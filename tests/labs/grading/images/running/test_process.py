"""Dockerfile reference: "Understand how CMD and ENTRYPOINT interact" (the table), "Shell form
ENTRYPOINT example", USER, HEALTHCHECK."""

from __future__ import annotations

import pytest

from labs.grading.images.running.health import health_of
from labs.grading.images.running.process import PROGRAM, SHELL, argv_of, started
from tests.labs.grading.images.worlds import WORLD, image_of, on

READY = "WORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\n"
NONE = ""
SHELL_ENTRY = "ENTRYPOINT exec_entry p1_entry\n"
ENTRY = 'ENTRYPOINT ["exec_entry", "p1_entry"]\n'
CMD = 'CMD ["exec_cmd", "p1_cmd"]\n'
SHELL_CMD = "CMD exec_cmd p1_cmd\n"
SH = "/bin/sh -c"


@pytest.mark.parametrize(
    ("entry", "cmd", "expected"),
    [
        (NONE, NONE, ""),
        (NONE, CMD, "exec_cmd p1_cmd"),
        (NONE, SHELL_CMD, f"{SH} exec_cmd p1_cmd"),
        (SHELL_ENTRY, NONE, f"{SH} exec_entry p1_entry"),
        (SHELL_ENTRY, CMD, f"{SH} exec_entry p1_entry"),
        (SHELL_ENTRY, SHELL_CMD, f"{SH} exec_entry p1_entry"),
        (ENTRY, NONE, "exec_entry p1_entry"),
        (ENTRY, CMD, "exec_entry p1_entry exec_cmd p1_cmd"),
        (ENTRY, SHELL_CMD, f"exec_entry p1_entry {SH} exec_cmd p1_cmd"),
    ],
)
def test_the_table_of_entrypoint_and_cmd(entry: str, cmd: str, expected: str) -> None:
    assert " ".join(argv_of(image_of(on(f"LABEL a=b\n{entry}{cmd}")).stage)) == expected


def test_arguments_of_docker_run_take_the_place_of_cmd() -> None:
    stage = image_of(on(ENTRY + CMD)).stage
    assert argv_of(stage, ("-x",)) == ("exec_entry", "p1_entry", "-x")
    assert argv_of(image_of(on(CMD)).stage, ("-x",)) == ("-x",)


def test_an_entrypoint_resets_the_cmd_of_the_base_image() -> None:
    begin = f"FROM python:3.13-slim AS a\n{CMD}FROM a\n"
    assert argv_of(image_of(f"{begin}LABEL a=b").stage) == ("exec_cmd", "p1_cmd")
    assert argv_of(image_of(begin + ENTRY).stage) == ("exec_entry", "p1_entry")


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ('CMD ["python", "server.py"]', PROGRAM),
        ("CMD python server.py", SHELL),
        ("CMD exec python server.py", PROGRAM),
        ('CMD ["sh", "-c", "python server.py"]', SHELL),
        ('CMD ["sh", "-c", "exec python server.py"]', PROGRAM),
        ('CMD ["python", "-u", "server.py"]', PROGRAM),
        ('CMD ["python", "-m", "server"]', PROGRAM),
        ('ENTRYPOINT ["python"]\nCMD ["server.py"]', PROGRAM),
        ('WORKDIR /\nCMD ["python", "/app/server.py"]', PROGRAM),
        ("WORKDIR /\nCMD cd /app && exec python server.py", PROGRAM),
        ('USER 1000\nCMD ["python", "server.py"]', PROGRAM),
        ("ENV MAIN=server.py\nCMD python $MAIN", SHELL),
    ],
)
def test_who_gets_the_signal(line: str, first: str) -> None:
    found = started(image_of(on(READY + line)).stage, WORLD)
    assert (found.why, found.first) == ("", first)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("LABEL a=b", "Nothing says what to run"),
        ('CMD ["python", "main.py"]', "no /app/main.py"),
        ('CMD ["pyhton", "server.py"]', "pyhton is not in the image"),
        ("CMD ['python', 'server.py']", "is not in the image"),
        ('ENV MAIN=server.py\nCMD ["python", "$MAIN"]', "no /app/$MAIN"),
        ('RUN chmod 600 server.py\nUSER 7\nCMD ["python", "server.py"]', "7 may not read"),
        ("CMD python requirements.txt", "is not the program"),
    ],
)
def test_why_a_program_does_not_start(line: str, words: str) -> None:
    assert words in started(image_of(on(READY + line)).stage, WORLD).why


def test_packages_are_found_where_they_were_installed() -> None:
    copied = "WORKDIR /app\nCOPY . .\n"
    run = '\nCMD ["python", "server.py"]'
    for install, user, found in [
        ("RUN pip install --user -r requirements.txt", "root", True),
        ("RUN pip install --user -r requirements.txt", "7", False),
        ("RUN python -m venv /v && /v/bin/pip install -r requirements.txt", "7", False),
        ("ENV PATH=/v/bin:$PATH\nRUN python -m venv /v\nRUN pip install -r requirements.txt",
         "7", True),
        ("RUN pip install -t /l -r requirements.txt\nENV PYTHONPATH=/l", "7", True),
        ("RUN python -m pip install -r requirements.txt", "7", True),
    ]:  # fmt: skip
        stage = image_of(on(f"{copied}{install}\nUSER {user}{run}")).stage
        assert (started(stage, WORLD).why == "") == found, install


@pytest.mark.parametrize(
    ("line", "health"),
    [
        ("LABEL a=b", ""),
        ("HEALTHCHECK CMD curl -f http://localhost:8000/", "unhealthy"),
        ("HEALTHCHECK CMD python -c \"get('http://localhost:8000/')\"", "healthy"),
        ("HEALTHCHECK CMD python -c \"get('http://localhost/')\"", "unhealthy"),
        ('HEALTHCHECK CMD ["python", "check.py", "127.0.0.1:8000"]', "healthy"),
        ("HEALTHCHECK CMD python x localhost:8000\nHEALTHCHECK NONE", ""),
        ("RUN apt-get update && apt-get install -y curl\n"
         "HEALTHCHECK --interval=5m CMD curl -f localhost:8000 || exit 1", "healthy"),
    ],
)  # fmt: skip
def test_a_health_check_needs_its_program_and_the_port(line: str, health: str) -> None:
    assert health_of(image_of(on(line)).stage, WORLD) == health
