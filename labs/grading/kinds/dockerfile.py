"""Dockerfiles, graded by the image that a build makes of them: what is in its layers, what is built
anew after an edit, who runs what in a container, and who can read what was to be a secret.

Nothing is executed: the text is read (`labs.grading.images.language`), and a model of a build goes
through it, with the files, images and commands that the lab gives.

[spec] in lab.toml; sizes in kB:
    [[spec.bases]]           name, tags, size, tools (programs in it: "sh", "python", "pip"), site
                             (of Python's packages), users, user, workdir, cmd, holds (path → kB),
                             digest
    [[spec.files]]           path, size, secret (may be in no layer): the build context
    ignored                  lines of .dockerignore
    [[spec.commands]]        words ("pip install"), needs (files of the context), named ("-r": the
                             option that names the file), makes (a directory), output ("-o": names
                             the file that it makes), size, lean (options) and lean_size, cache and
                             cache_path (below the user's home), private (a secret file that it
                             needs), seconds; helped, helped_seconds: where that command ran before
    [spec.packages]          name → size, of apt-get and apk
    [spec.edits]             name → files of the context that change: the next build is compared
    [spec.arguments]         what --build-arg passes
    [spec.secrets]           id → file: what --secret passes
    secret_texts             what may stand nowhere
    [spec.program]           file (of the context, or the words of the command that makes it),
                             needs (words of commands), beside (files of the context), port
    advice = true            are habits marked while one types?
    [[spec.checks]]          name, field (`labs.grading.images.exercise.fields`), points (1),
                             hidden; is = "…" or a list of them, or contains, or least and most;
                             unit; told = false: what is expected is for learners to find

Report.extra: see `labs.grading.images.exercise.verdict`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from labs.grading.images.exercise.advice import advice_on
from labs.grading.images.exercise.codes import CODES as CODES
from labs.grading.images.exercise.completions import SLOTS as SLOTS
from labs.grading.images.exercise.completions import words as words
from labs.grading.images.exercise.image_exercise import ImageExercise, read_image_exercise
from labs.grading.images.exercise.verdict import check_dockerfile
from labs.grading.images.language.instruction import Dockerfile
from labs.grading.images.language.reading import read_dockerfile
from labs.grading.kind import Files
from labs.grading.machines.behaviour import behaviour as behaviour
from labs.grading.mutants import Mutant
from labs.grading.mutants.dockerfiles import broken_dockerfiles
from labs.grading.report import Finding, Report
from labs.grading.said import say

NAME = "dockerfile"
TITLE = say("Dockerfiles")
LANGUAGE = "text"
VERSION = "2"
MAX_BYTES = 6_000
IS_BOUNDED: Literal[True] = True
TEXTS = {"checks": ("name",)}


def read_spec(table: Mapping[str, object], files: Files) -> ImageExercise:
    return read_image_exercise(table)


def parse(text: str) -> Dockerfile:
    return read_dockerfile(text)


def check(answer: Dockerfile, spec: ImageExercise) -> Report:
    return check_dockerfile(answer, spec)


def advise(answer: Dockerfile, spec: ImageExercise) -> list[Finding]:
    return advice_on(answer, spec.world.program.port) if spec.advice else []


def mutants(text: str) -> Iterator[Mutant]:
    return broken_dockerfiles(text)
