"""Certificates and listeners, broken: a name, a certificate or a setting left out or changed."""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.json_text import Path
from labs.grading.mutants import Mutant
from labs.grading.mutants.json_trees import Json, cut, put, written
from labs.grading.yaml_text import read_yaml

OTHERS = {
    "ValidationMethod": ("EMAIL",),
    "KeyAlgorithm": ("RSA_2048", "EC_prime256v1"),
    "SslPolicy": ("ELBSecurityPolicy-TLS13-1-3-2021-06", "ELBSecurityPolicy-2016-08"),
    "Region": ("us-east-1", "eu-west-1"),
}


def broken_certificates(text: str) -> Iterator[Mutant]:
    tree: Json = read_yaml(text).value
    certificates = tree.get("Certificates") or {}
    for name, settings in certificates.items():
        path = ("Certificates", name)
        yield from broken_settings(tree, settings, path)
        if "KeyAlgorithm" not in settings:
            yield written(f"{name} elliptic", put(tree, (*path, "KeyAlgorithm"), "EC_prime256v1"))
        if "ValidationMethod" not in settings:
            yield written(f"{name} by mail", put(tree, (*path, "ValidationMethod"), "EMAIL"))
    for name, settings in tree["Listeners"].items():
        path = ("Listeners", name)
        yield from broken_settings(tree, settings, path)
        for other in settings.get("Certificates") or ():
            changed = put(tree, (*path, "DefaultCertificate"), other)
            yield written(f"{name}: default {other}", changed)


def broken_settings(tree: Json, settings: Json, path: tuple[str, ...]) -> Iterator[Mutant]:
    for key, value in settings.items():
        here = (*path, key)
        name = ".".join(here)
        yield written(f"without {name}", cut(tree, here))
        for other in OTHERS.get(key, ()):
            yield written(f"{name} {other}", put(tree, here, other))
        if key in ("DomainName", "SubjectAlternativeNames"):
            yield from broken_names(tree, value, here)
        elif isinstance(value, list):
            for number, one in enumerate(value):
                yield written(f"{name} without {one}", cut(tree, (*here, number)))


def broken_names(tree: Json, value: Json, path: tuple[str, ...]) -> Iterator[Mutant]:
    names: Json = enumerate(value) if isinstance(value, list) else [(None, value)]
    for number, one in names:
        here: Path = path if number is None else (*path, number)
        if number is not None:
            yield written(f"without {one}", cut(tree, here))
        yield written(f"{one} further down", put(tree, here, deeper(one)))
        yield written(f"{one} with a star", put(tree, here, starred(one)))


def deeper(name: str) -> str:
    return f"*.a.{name[2:]}" if name.startswith("*.") else f"a.{name}"


def starred(name: str) -> str:
    return name[2:] if name.startswith("*.") else f"*.{name}"
