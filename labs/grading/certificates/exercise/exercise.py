"""What a lab asks about certificates. How the spec is written:
`labs/grading/kinds/certificates.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from labs.grading.certificates.listeners.model import (
    ALGORITHMS,
    CLASSIC,
    TYPES,
    Certificate,
    Place,
    Setup,
    Surroundings,
    Zone,
)
from labs.grading.certificates.listeners.names import is_name
from labs.grading.certificates.listeners.policies import SPOKEN
from labs.grading.certificates.listeners.reader import read_setup
from labs.grading.certificates.serving.acceptance import ACCEPTED, REFUSED, WARNED, judge
from labs.grading.certificates.serving.selection import Visitor
from labs.grading.errors import AnswerError, SpecError
from labs.grading.kind import Files
from labs.grading.toml_table import Table, file_of, solution_name
from labs.grading.yaml_text import read_yaml


@dataclass(frozen=True, slots=True)
class Sample:
    """Somebody who comes to a listener, and what should become of them."""

    name: str
    listener: str
    visitor: Visitor
    expect: str
    points: int
    hidden: bool
    why: str
    section: str


@dataclass(frozen=True, slots=True)
class CertificatesExercise:
    """`most`: so many certificates may be in use; 0: as many as one likes."""

    around: Surroundings
    samples: tuple[Sample, ...]
    most: int
    most_points: int


def read_certificates_exercise(table: Mapping[str, object], files: Files) -> CertificatesExercise:
    spec = Table(table)
    around = read_surroundings(spec)
    exercise = CertificatesExercise(
        around,
        tuple(read_sample(one, around) for one in spec.tables("visitors")),
        spec.number("most_certificates", 0, most=100),
        spec.number("most_points", 2, most=1000),
    )
    spec.finish()
    if not any(one.points for one in exercise.samples):
        raise spec.error("visitors", "nothing is worth a point")
    name = solution_name(files)
    prove(read_expected(file_of(files, name), name, around), exercise, name)
    return exercise


def prove(setup: Setup, exercise: CertificatesExercise, name: str) -> None:
    """SpecError where the solution does something else than is expected."""
    for sample in exercise.samples:
        found = judge(setup.listeners[sample.listener], sample.visitor)
        if found.end != sample.expect:
            raise SpecError(f"{name}: {sample.name}: {found.end}, and not {sample.expect}")
    if exercise.most and len(setup.used) > exercise.most:
        raise SpecError(f"{name}: {len(setup.used)} certificates")


def read_expected(text: str, name: str, around: Surroundings) -> Setup:
    try:
        read = read_setup(read_yaml(text).value, around)
    except AnswerError as error:
        raise SpecError(f"{name}: {error}") from None
    if read.notes:
        raise SpecError(f"{name}: {read.notes[0].message}")
    return read.found


def read_surroundings(spec: Table) -> Surroundings:
    region = spec.text("region", "eu-west-2")
    places = [read_place(one, region) for one in spec.tables("listeners")]
    if not places:
        raise spec.error("listeners", "is missing")
    certificates = [read_existing(one, region) for one in spec.tables("certificates")]
    return Surroundings(
        {one.name: one for one in places},
        {one.name: one for one in certificates},
        tuple(Zone(one.text("name"), one.flag("keeps", True)) for one in spec.tables("zones")),
        region,
        a_day(spec, "issued"),
        spec.number("lifetime", 198, least=1, most=400),
    )


def a_day(table: Table, key: str) -> date:
    text = table.text(key)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise table.error(key, f"is “{text}”, not a day such as 2026-12-01") from None


def read_place(table: Table, region: str) -> Place:
    kind = table.text("type", "application", choices=TYPES)
    return Place(table.text("name"), kind, table.text("region", region))


def read_existing(table: Table, region: str) -> Certificate:
    names = table.texts("names")
    if not names or not all(map(is_name, names)):
        raise table.error("names", "are hosts, in small letters")
    return Certificate(
        table.text("name"),
        names,
        a_day(table, "first"),
        a_day(table, "last"),
        table.text("region", region),
        table.text("algorithm", "RSA_2048", choices=ALGORITHMS),
        trusted=table.flag("trusted", True),
    )


def read_sample(table: Table, around: Surroundings) -> Sample:
    listener = table.text("listener", next(iter(around.places)), choices=tuple(around.places))
    visitor = Visitor(
        table.text("host"),
        a_day(table, "day"),
        table.flag("sni", True),
        table.flag("rsa_only"),
        table.text("tls", "1.3", choices=tuple(SPOKEN)),
    )
    place = around.places[listener]
    if not (place.takes_a_list or place.type == CLASSIC) and not visitor.sni:
        raise table.error("sni", "is what CloudFront wants of everybody")
    return Sample(
        name=table.text("name"),
        listener=listener,
        visitor=visitor,
        expect=table.text("expect", ACCEPTED, choices=(ACCEPTED, WARNED, REFUSED)),
        points=table.number("points", 1, most=1000),
        hidden=table.flag("hidden"),
        why=table.text("why", ""),
        section=table.text("section", ""),
    )
