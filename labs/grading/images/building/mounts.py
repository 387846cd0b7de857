"""What `RUN --mount=…` puts beside a step, and takes away again after it.

Source: Dockerfile reference, "RUN --mount": bind (from the context or another stage), cache (kept
between builds), secret (in no layer; `/run/secrets/<id>`, or where `target` says, or in the
variable `env`; its owner is root, and its mode 0400, unless it is said), tmpfs, ssh.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field

from labs.grading.images.building.stage import Stage
from labs.grading.images.building.stopped import Stopped
from labs.grading.images.building.tree import Tree, absolute
from labs.grading.images.building.world import World
from labs.grading.images.language.instruction import Instruction
from labs.grading.images.language.words import expanded
from labs.grading.said import say

TYPES = ("bind", "cache", "secret", "tmpfs", "ssh")
MOST = 8


@dataclass
class Mounts:
    """`files`: path → content; `key`: what of them the cache goes by. A secret changes no key."""

    files: dict[str, str] = field(default_factory=dict)
    caches: tuple[str, ...] = ()
    values: dict[str, str] = field(default_factory=dict)
    key: str = ""


def options_of(text: str, one: Instruction) -> dict[str, str]:
    found = {}
    for part in text.split(",")[:10]:
        name, _equals, value = part.partition("=")
        found[name.strip()] = value
    kind = found.setdefault("type", "bind")
    if kind not in TYPES:
        cure = say("Write type={types}.", types="bind, cache, secret")
        raise Stopped("docker.stopped", cure, f'unsupported mount type "{kind[:20]}"', one.at)
    return found


def target_of(options: dict[str, str]) -> str:
    names = ("target", "dst", "destination")
    return next((options[name] for name in names if options.get(name)), "")


def mount(
    mounts: Mounts, text: str, one: Instruction, stage: Stage, world: World, source: Tree
) -> None:
    """`source`: the context, or the stage that `from` names."""
    options = options_of(expanded(text, stage.values), one)
    target = target_of(options)
    kind = options["type"]
    if kind == "secret":
        mount_secret(mounts, options, target, one, stage, world)
    elif kind in ("cache", "tmpfs"):
        mounts.caches = (*mounts.caches, absolute(target, stage.workdir))
    elif kind == "bind":
        mount_files(mounts, options, target, one, stage, source)


def mount_secret(
    mounts: Mounts,
    options: dict[str, str],
    target: str,
    one: Instruction,
    stage: Stage,
    world: World,
) -> None:
    name = options.get("id") or posixpath.basename(target)
    content = world.passed.get(name)
    if content is None:
        cure = say("Take the id with which the secret is passed to the build: {ids}.",
                   ids=", ".join(world.passed) or "–")  # fmt: skip
        raise Stopped("docker.no-secret", cure, f"secret {name[:40]}: not found", one.at)
    if options.get("env"):
        mounts.values[options["env"]] = content
    if may_read(options, stage) and (target or not options.get("env")):
        path = absolute(target or f"/run/secrets/{name}", stage.workdir)
        mounts.files[path] = content


def may_read(options: dict[str, str], stage: Stage) -> bool:
    for_all = options.get("mode", "")[-1:] in tuple("4567")
    return stage.is_root or "uid" in options or for_all


def mount_files(
    mounts: Mounts,
    options: dict[str, str],
    target: str,
    one: Instruction,
    stage: Stage,
    source: Tree,
) -> None:
    path = absolute(options.get("source") or options.get("src") or ".", "/")
    if not source.exists(path):
        cure = say("Name a file of the folder: there is no {path}, or it is ignored.",
                   path=path[1:60])  # fmt: skip
        raise Stopped("docker.no-file", cure, f'"{path[:60]}": not found', one.at)
    for rest, node in source.below(path):
        inner = absolute(posixpath.join(target or ".", rest), stage.workdir)
        mounts.files[inner.rstrip("/")] = node.content
        mounts.key += f"{inner}={node.content}@{node.version}\n"
