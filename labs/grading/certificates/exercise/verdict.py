"""An answer against its lab: every visitor, the number of certificates, then mistakes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from labs.grading.certificates.exercise.codes import CODES
from labs.grading.certificates.exercise.exercise import CertificatesExercise, Sample
from labs.grading.certificates.exercise.words import (
    CURES,
    LESS,
    TOO_OLD,
    because_words,
    end_words,
    shown_words,
    visitor_words,
)
from labs.grading.certificates.listeners.model import CertificatesAnswer, Listener, Setup
from labs.grading.certificates.listeners.reader import ReadSetup, read_setup
from labs.grading.certificates.serving.acceptance import ACCEPTED, REFUSED, Judged, judge
from labs.grading.json_document import JsonDocument
from labs.grading.refusal import Refusal
from labs.grading.report import Case, Demand, Finding, Outcome, Report, Severity
from labs.grading.said import say

REFUSED_WORDS = say("AWS would not take these settings.")
TITLE = say("Visitor by visitor")
DEMANDS = {True: Demand.ALLOW, False: Demand.REFUSE}


def check_certificates(answer: CertificatesAnswer, exercise: CertificatesExercise) -> Report:
    read = read_setup(answer.document.value, exercise.around)
    if read.notes:
        return refused_report(read, exercise, answer.document)
    listeners, document = read.found.listeners, answer.document
    judged = [
        (one, listeners[one.listener], judge(listeners[one.listener], one.visitor))
        for one in exercise.samples
    ]
    findings = [sample_finding(*row, document) for row in judged]
    if exercise.most:
        findings.append(number_finding(read.found, exercise))
    findings += advice(mistakes(read.found), document)
    return Report(
        tuple(findings),
        outcomes=tuple(outcome(one, found) for one, _at, found in judged if not one.hidden),
        outcomes_title=TITLE,
    )


def advise_certificates(
    answer: CertificatesAnswer, exercise: CertificatesExercise
) -> list[Finding]:
    """What the settings show by themselves, while one types."""
    read = read_setup(answer.document.value, exercise.around)
    if read.notes:
        return refusals(read, answer.document)
    return advice(mistakes(read.found), answer.document)


def mistakes(setup: Setup) -> Iterator[Refusal]:
    for name, certificate in setup.requested.items():
        if name not in setup.used:
            words = say("Show {name} at a listener, or leave it out: nobody uses it.", name=name)
            yield Refusal("certs.unused", words, certificate.path, at_key=True)


def refusals(read: ReadSetup, document: JsonDocument) -> list[Finding]:
    return [told(one, document, Severity.ERROR) for one in read.notes]


def advice(found: Iterable[Refusal], document: JsonDocument) -> list[Finding]:
    """Findings of 0 points: they explain and never decide."""
    return [told(one, document, Severity.WARNING) for one in found]


def told(note: Refusal, document: JsonDocument, severity: Severity) -> Finding:
    code = CODES[note.code]
    return note.finding(document, severity, section=code.section, why=code.explanation)


def refused_report(
    read: ReadSetup, exercise: CertificatesExercise, document: JsonDocument
) -> Report:
    """What it is refused for, then one finding in the place of every check."""
    points = sum(one.points for one in exercise.samples)
    points += exercise.most_points if exercise.most else 0
    decided = Finding("certs.not-decided", False, points, CODES["certs.not-decided"].explanation)
    return Report((*refusals(read, document), decided), refused=REFUSED_WORDS)


# --- Visitors -------------------------------------------------------------------------------------


def sample_finding(
    sample: Sample, listener: Listener, judged: Judged, document: JsonDocument
) -> Finding:
    demand = DEMANDS[sample.expect == ACCEPTED]
    if judged.end == sample.expect:
        words = say("{visitor}: as it should be.", visitor=visitor_words(sample.visitor))
        return Finding("certs.as-asked", True, sample.points, words, demand=demand,
                       hidden=sample.hidden)  # fmt: skip
    code, cure = cause_of(sample, judged)
    message = sentence(sample, judged)
    return Finding(
        code,
        False,
        sample.points,
        message,
        at=document.position(listener.path),
        demand=demand,
        cases=(Case(message),),
        counterexample={
            "host": sample.visitor.host,
            "day": sample.visitor.day.isoformat(),
            "reason": judged.reason,
            "too_much": sample.expect != ACCEPTED,
        },
        section=sample.section or CODES[code].section,
        hidden=sample.hidden,
        expected=end_words(sample.expect),
        actual=shown_words(judged),
        why=sample.why or CODES[code].explanation,
        cure=cure,
    )


def cause_of(sample: Sample, judged: Judged) -> tuple[str, str]:
    """The code, and what to do."""
    if sample.expect == ACCEPTED or (judged.reason and judged.end != ACCEPTED):
        return f"certs.{judged.reason}", CURES[judged.reason]
    if sample.expect == REFUSED:
        return "certs.too-old-protocol", TOO_OLD
    return "certs.let-through", LESS


def sentence(sample: Sample, judged: Judged) -> str:
    return say(
        "{visitor} ends with “{got}”, and not with “{wanted}”: {because}.",
        visitor=visitor_words(sample.visitor),
        got=shown_words(judged),
        wanted=end_words(sample.expect),
        because=because_words(judged),
    )


def outcome(sample: Sample, judged: Judged) -> Outcome:
    return Outcome(
        name=sample.name,
        what=visitor_words(sample.visitor),
        expected=end_words(sample.expect),
        yours=shown_words(judged),
        because=because_words(judged),
        passed=judged.end == sample.expect,
    )


def number_finding(setup: Setup, exercise: CertificatesExercise) -> Finding:
    count = len(setup.used)
    if count <= exercise.most:
        words = say("There are {count} certificates in use.", count=count)
        return Finding("certs.few-enough", True, exercise.most_points, words, demand=Demand.REFUSE)
    words = say("There are {count} certificates in use, and {most} are enough.", count=count,
                most=exercise.most)  # fmt: skip
    code = CODES["certs.too-many"]
    return Finding(
        "certs.too-many",
        False,
        exercise.most_points,
        words,
        demand=Demand.REFUSE,
        section=code.section,
        why=code.explanation,
        cure=say("Give one certificate several names."),
    )
