"""What a lab asks about an HTTP API. How the spec is written:
`labs/grading/kinds/api_routes.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from labs.grading.errors import AnswerError, SpecError
from labs.grading.gateway.comparison.callers import SOMEBODYS_AUDIENCE, SOMEBODYS_ISSUER
from labs.grading.gateway.comparison.compare import Terms, decided
from labs.grading.gateway.routes.model import Api, Surroundings
from labs.grading.gateway.routes.reader import read_api
from labs.grading.gateway.routing.decision import SERVED, UNSURE, Preflight, Result
from labs.grading.gateway.routing.request import (
    NOBODY,
    SIGNED,
    TOKEN,
    Caller,
    Request,
    read_segments,
)
from labs.grading.kind import Files
from labs.grading.toml_table import Table, file_of, solution_name
from labs.grading.yaml_text import read_yaml

STOPPED, GOES_ON, BLOCKED = "stopped", "goes on", "blocked"
CALLERS = ("none", "valid", "expired", "other issuer", "other audience", "signed")


@dataclass(frozen=True, slots=True)
class Sample:
    """A request that is named, and what should become of it: as the solution has it."""

    name: str
    request: Request
    wanted: Result | Preflight
    points: int
    hidden: bool
    why: str
    section: str


@dataclass(frozen=True, slots=True)
class ApiExercise:
    """`points` each for letting nobody else in and for losing nobody; `closed_points` for
    permissions that let in no other API. `solution` is the document that is expected."""

    terms: Terms
    expected: Api
    solution: object
    samples: tuple[Sample, ...]
    points: int
    closed_points: int

    @property
    def around(self) -> Surroundings:
        return self.terms.around


def read_api_exercise(table: Mapping[str, object], files: Files) -> ApiExercise:
    spec = Table(table)
    terms = read_terms(spec)
    name = spec.text("expected", solution_name(files))
    solution, expected = read_expected(file_of(files, name), name, terms.around)
    samples = tuple(read_sample(one, expected, terms) for one in spec.tables("requests"))
    exercise = ApiExercise(
        terms,
        expected,
        solution,
        samples,
        spec.number("compare", 6, most=1000),
        spec.number("closed_points", 0, most=1000),
    )
    spec.finish()
    if not exercise.points and not any(one.points for one in samples):
        raise spec.error("", "nothing is worth a point: give requests, or compare above 0")
    return exercise


def read_terms(spec: Table) -> Terms:
    around = Surroundings(
        spec.texts("functions"),
        spec.texts("addresses"),
        spec.text("account", "111122223333"),
        spec.text("region", "eu-west-2"),
        spec.text("api", "a1b2c3d4e5"),
        spec.flag("permissions"),
    )
    if not around.targets:
        raise spec.error("functions", "there is nothing to send requests to")
    browsers = "browser_headers" in spec.values
    headers = tuple(one.lower() for one in spec.texts("browser_headers"))
    return Terms(around, spec.texts("variables"), headers if browsers else None)


def read_expected(text: str, name: str, around: Surroundings) -> tuple[object, Api]:
    try:
        document = read_yaml(text)
    except AnswerError as error:
        raise SpecError(f"{name}: {error}") from None
    read = read_api(document.value, around)
    if read.notes:
        raise SpecError(f"{name}: {read.notes[0].message}")
    return document.value, read.found


def read_sample(table: Table, expected: Api, terms: Terms) -> Sample:
    request = read_request(table, expected)
    expect = table.text("expect")
    wanted = decided(expected, request, terms)
    if (found := outcome_name(wanted)) != expect:
        raise table.error("expect", f"the solution does otherwise: {found}")
    if request.origin and terms.headers is None:
        raise table.error("origin", "needs browser_headers")
    return Sample(
        name=table.text("name"),
        request=request,
        wanted=wanted,
        points=table.number("points", 1, most=1000),
        hidden=table.flag("hidden"),
        why=table.text("why", ""),
        section=table.text("section", ""),
    )


def outcome_name(found: Result | Preflight) -> str:
    if isinstance(found, Preflight):
        return GOES_ON if found.goes_on else BLOCKED
    if found.kind == UNSURE:
        return "the guide does not say"
    return found.target if found.kind == SERVED else STOPPED


def read_request(table: Table, expected: Api) -> Request:
    method, _blank, path = table.text("request").partition(" ")
    try:
        segments = read_segments(path)
    except ValueError as error:
        raise table.error("request", str(error)) from None
    return Request(method, segments, read_caller(table, expected), table.text("origin", ""))


def read_caller(table: Table, expected: Api) -> Caller:
    """A token is one of the first authorizer, but for what is said."""
    kind = table.text("token", "none", choices=CALLERS)
    name, scopes = table.text("authorizer", ""), frozenset(table.texts("scopes"))
    if kind in ("none", "signed"):
        return Caller(NOBODY if kind == "none" else SIGNED)
    authorizer = expected.authorizers.get(name or next(iter(expected.authorizers), ""))
    if authorizer is None:
        raise table.error("authorizer", "is not in the solution")
    issuer = SOMEBODYS_ISSUER if kind == "other issuer" else authorizer.issuer
    audience = SOMEBODYS_AUDIENCE if kind == "other audience" else min(authorizer.audience)
    return Caller(TOKEN, issuer, audience, scopes, kind == "expired")
