"""Certificates of listeners, graded by what visitors are shown on given days, and whether their
browsers accept it.

An answer is YAML or JSON in AWS's names (`labs.grading.certificates.listeners.reader` shows it):
certificates that are asked for in ACM, and which certificates each listener shows.

[spec] in lab.toml:
    region                   of what names none (eu-west-2)
    issued = "2026-12-01"    the day on which what the answer asks for is issued
    lifetime = 198           days that it is valid; renewed before, where ACM renews
    most_certificates = 0    that may be in use; 0 = as many as one likes; most_points (2)
    [[spec.listeners]]       name, type ("application", "network", "classic", "cloudfront"), region
    [[spec.certificates]]    what was imported before: name, names, first, last (days), algorithm
                             (RSA_2048), region, trusted (true)
    [[spec.zones]]           name of a domain whose DNS is ours, keeps (true: records for ACM stay)
    [[spec.visitors]]        name, listener (the first), host, day, sni (true), rsa_only, tls
                             ("1.3": the newest that is spoken), expect ("accepted", "warned",
                             "refused"), points (1), hidden, why, section

Where the guide does not say which certificate is shown, all that may be shown must do.
What is left out: private authorities, several ports, mutual TLS, policies of classic balancers and
of CloudFront.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from labs.grading.certificates.exercise.behaviour import behaviour as behaviour
from labs.grading.certificates.exercise.codes import CODES as CODES
from labs.grading.certificates.exercise.completions import SLOTS as SLOTS
from labs.grading.certificates.exercise.completions import words as words
from labs.grading.certificates.exercise.exercise import (
    CertificatesExercise,
    read_certificates_exercise,
)
from labs.grading.certificates.exercise.verdict import advise_certificates, check_certificates
from labs.grading.certificates.listeners.model import CertificatesAnswer
from labs.grading.errors import AnswerError
from labs.grading.json_text import read_json
from labs.grading.kind import Files
from labs.grading.mutants import Mutant
from labs.grading.mutants.certificates import broken_certificates
from labs.grading.report import Finding, Report
from labs.grading.said import say
from labs.grading.yaml_text import read_yaml

NAME = "certificates"
TITLE = say("Certificates of listeners")
LANGUAGE = "yaml"  # JSON is read as well
VERSION = "1"
MAX_BYTES = 8_000
MAX_DEPTH = 8
IS_BOUNDED: Literal[True] = True
TEXTS = {"visitors": ("name", "why")}


def read_spec(table: Mapping[str, object], files: Files) -> CertificatesExercise:
    return read_certificates_exercise(table, files)


def parse(text: str) -> CertificatesAnswer:
    is_json = text.lstrip("\ufeff \t\r\n")[:1] == "{"
    document = read_json(text, max_depth=MAX_DEPTH) if is_json else read_yaml(text)
    if not isinstance(document.value, dict):
        raise AnswerError(say("Begin with “Listeners:”, and write each listener below it."), 1, 1)
    return CertificatesAnswer(document)


def check(answer: CertificatesAnswer, spec: CertificatesExercise) -> Report:
    return check_certificates(answer, spec)


def advise(answer: CertificatesAnswer, spec: CertificatesExercise) -> list[Finding]:
    return advise_certificates(answer, spec)


def mutants(text: str) -> Iterator[Mutant]:
    return broken_certificates(text)
