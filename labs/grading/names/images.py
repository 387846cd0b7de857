"""A container image's name taken apart.

Sources: Amazon ECR User Guide, “Amazon ECR private registries” (the registry of an account is
`<account>.dkr.ecr.<region>.amazonaws.com`) and “Pushing a Docker image”; Docker, “docker image
tag” (no registry means Docker Hub, no tag means `latest`, a colon behind the last slash begins the
tag).
"""

from __future__ import annotations

import re

PRIVATE = re.compile(
    r"(?P<account>\d{12})\.dkr\.ecr\.(?P<region>[a-z0-9-]+)\.amazonaws\.com(?:\.cn)?"
)
HUB = "docker.io"
REPOSITORY = re.compile(r"[a-z0-9]+(?:[._/-]+[a-z0-9]+)*")
TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


def read_image(name: str) -> dict[str, str]:
    """registry, account, region, repository, tag, digest. Account and region are "" for a registry
    that is no private one of ECR; the tag is `latest` where neither tag nor digest is given.
    ValueError: no name of an image."""
    rest, at, digest = name.partition("@")
    registry, rest = split_registry(rest)
    repository, colon, tag = rest.partition(":")
    good = REPOSITORY.fullmatch(repository)
    if not good or (colon and not TAG.fullmatch(tag)) or (at and not DIGEST.fullmatch(digest)):
        raise ValueError(f"{name!r} is no name of an image")
    found = PRIVATE.fullmatch(registry)
    return {
        "registry": registry,
        "account": found["account"] if found else "",
        "region": found["region"] if found else "",
        "repository": repository,
        "tag": tag or ("" if digest else "latest"),
        "digest": digest,
    }


def split_registry(name: str) -> tuple[str, str]:
    """What stands before the first slash is a registry only if it has a dot or a port, or is
    `localhost`: `shop/web` is a repository of Docker Hub."""
    first, slash, rest = name.partition("/")
    if slash and (set(first) & {".", ":"} or first == "localhost"):
        return first, rest
    return HUB, name
