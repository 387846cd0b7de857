"""What the text alone shows.

Source: Docker documentation, "Building best practices": apt-get update and install in one RUN, COPY
rather than ADD, absolute paths for WORKDIR; Dockerfile reference, "Shell and exec form": a list
needs double quotes; CMD and ENTRYPOINT: only the last counts.
"""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.images.exercise.codes import CODES
from labs.grading.images.language.instruction import Dockerfile, Instruction
from labs.grading.images.language.words import words_in
from labs.grading.report import Finding, Severity
from labs.grading.said import say

ONCE = ("CMD", "ENTRYPOINT", "HEALTHCHECK")
ARCHIVES = (".tar", ".gz", ".xz", ".bz2", ".tgz")


def advice_on(file: Dockerfile, port: int = 0) -> list[Finding]:
    """`port`: where the program listens."""
    return [
        Finding(code, False, 0, words, at=one.at, severity=Severity.WARNING,
                section=CODES[code].section, why=CODES[code].explanation)
        for one, code, words in [*found_in(file), *exposed(file, port)]
    ]  # fmt: skip


def found_in(file: Dockerfile) -> Iterator[tuple[Instruction, str, str]]:
    stage: list[Instruction] = []
    for one in file.instructions:
        stage = [] if one.name == "FROM" else stage
        if one.name in ONCE and any(before.name == one.name for before in stage):
            words = say("Write {name} once: only the last one counts.", name=one.name)
            yield one, "docker.twice", words
        stage.append(one)
        yield from of_line(one)


def of_line(one: Instruction) -> Iterator[tuple[Instruction, str, str]]:
    if one.name == "RUN":
        yield from of_run(one)
    elif one.name in ("CMD", "ENTRYPOINT") and one.rest.startswith("["):
        if one.listed is None:
            words = say("Write the list in double quotes, a comma between two words.")
            yield one, "docker.quotes", words
    elif one.name == "WORKDIR" and one.rest[:1] not in ("/", "$", '"'):
        yield one, "docker.relative", say("Write WORKDIR with its whole path, from / on.")
    elif one.name == "ADD" and is_plain(one):
        yield one, "docker.add", say("Write COPY: nothing is unpacked or fetched here.")


def exposed(file: Dockerfile, port: int) -> Iterator[tuple[Instruction, str, str]]:
    for one in file.instructions:
        words = words_in(one.rest) if one.name == "EXPOSE" and port else []
        numbers = [word.partition("/")[0] for word in words]
        if numbers and all(number.isdigit() and int(number) != port for number in numbers):
            cure = say("Name port {port} in EXPOSE: there the program listens.", port=port)
            yield one, "docker.exposed", cure


def of_run(one: Instruction) -> Iterator[tuple[Instruction, str, str]]:
    words = [command.words for command in one.commands if command.words]
    if all(found[:2] in (("apt-get", "update"), ("apt", "update")) for found in words) and words:
        yield one, "docker.update-alone", say("Run apt-get update and install in one RUN.")
    if words and all(found[0] == "cd" for found in words):
        yield one, "docker.cd-alone", say("Write WORKDIR: cd ends with its RUN.")


def is_plain(one: Instruction) -> bool:
    sources = words_in(one.rest)[:-1]
    return not any(
        "://" in word or word.startswith(("git@", "<<")) or word.rstrip("\"'").endswith(ARCHIVES)
        for word in sources
    )
