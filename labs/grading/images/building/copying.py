"""COPY and ADD: which files they take, and where they put them.

Source: Dockerfile reference, COPY: paths are relative to the context, `..` leads nowhere above it;
of a directory its contents are copied; a destination that ends in a slash, or is a directory, is
copied into; with several sources it must be one. New files belong to UID 0 without `--chown`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, replace

from labs.grading.images.building.file_commands import is_private
from labs.grading.images.building.patterns import has_wildcard, is_ignored
from labs.grading.images.building.stage import Stage
from labs.grading.images.building.stopped import Stopped
from labs.grading.images.building.tree import Node, Tree, absolute
from labs.grading.images.building.world import World
from labs.grading.images.language.instruction import Instruction
from labs.grading.images.language.words import expanded, words_in
from labs.grading.said import say


@dataclass(frozen=True, slots=True)
class Place:
    """`is_inside`: files keep their names below `path`."""

    path: str
    is_inside: bool


def context_tree(world: World, edited: frozenset[str]) -> Tree:
    """Without what .dockerignore keeps away."""
    tree = Tree()
    for one in world.context:
        if not is_ignored(one.path, world.ignored):
            tree.put(f"/{one.path}", Node(one.size, one.path, "*" if one.path in edited else ""))
    return tree


def copy_files(stage: Stage, one: Instruction, source: Tree, *, outside: bool) -> str:
    """What was copied, as a part of the layer's key. `outside`: from another stage or image, and
    not from the context."""
    *texts, target = words_of(stage, one)
    place = place_of(stage, target)
    if not ends_as_directory(target) and (len(texts) > 1 or are_several(source, texts[0])):
        cure = say("End the destination in a slash: several sources need a directory.")
        says = "When using COPY with more than one source file, the destination must be a directory"
        raise Stopped("docker.stopped", cure, f"{says} and end with a /", one.at)
    parts = []
    for text in texts:
        for name, node in taken(source, text, one, outside=outside):
            path = path_in(place, name)
            put(stage, one, path, node)
            parts.append(f"{path}={node.content}@{node.version}")
        if place.is_inside or source.is_directory(absolute(text, "/")):
            stage.tree.make_directory(place.path)
    return "\n".join(parts)


def words_of(stage: Stage, one: Instruction) -> list[str]:
    """Sources and destination."""
    words = list(one.listed or [expanded(word, stage.values) for word in words_in(one.rest)])
    if len(words) < 2:
        cure = say("{name} needs at least one source and a destination.", name=one.name)
        raise Stopped("docker.stopped", cure, "requires at least two arguments", one.at)
    return words


def path_in(place: Place, name: str) -> str:
    """Of a directory the contents always go inside."""
    if name.startswith("./"):
        return absolute(name, place.path)
    return posixpath.join(place.path, name) if place.is_inside else place.path


def taken(
    source: Tree, text: str, one: Instruction, *, outside: bool
) -> Iterator[tuple[str, Node]]:
    """Files with their names; those of a directory begin with `./`."""
    bare = text.replace('"', "").replace("'", "").replace("<<-", "<<")
    document = next((doc for doc in one.heredocs if bare == f"<<{doc.name}"), None)
    if document:
        yield document.name, Node(1, "made:text", document.body)
    else:
        yield from found_in(source, text, one, outside=outside)


def place_of(stage: Stage, target: str) -> Place:
    path = absolute(target, stage.workdir)
    return Place(path, ends_as_directory(target) or stage.tree.is_directory(path))


def ends_as_directory(target: str) -> bool:
    return target.endswith(("/", "/.")) or target in (".", "..")


def are_several(source: Tree, text: str) -> bool:
    """ "Either directly or due to the use of a wildcard"."""
    return has_wildcard(text) and len(source.matching(absolute(text, "/"))) > 1


def put(stage: Stage, one: Instruction, path: str, node: Node) -> None:
    """With `--chown`, a name must be known in the image."""
    owner, _colon, _group = expanded(one.flag("chown"), stage.values).partition(":")
    if owner and not owner.isdigit() and owner not in stage.users:
        cure = say("Make the user {name} before this step, or take a number.", name=owner[:40])
        raise Stopped("docker.no-user", cure, f"invalid user: {owner[:40]}", one.at)
    mode = one.flag("chmod")
    kept = replace(node, owner="root" if owner in ("", "0") else owner)
    if mode.isdigit():
        kept = replace(kept, private=is_private(mode))
    stage.tree.put(path, kept)


def found_in(
    source: Tree, text: str, one: Instruction, *, outside: bool
) -> Iterator[tuple[str, Node]]:
    """Files with their names below the destination."""
    if text.startswith(("http://", "https://")):
        cure = say("Nothing is fetched here: copy a file of the folder.")
        raise Stopped("docker.stopped", cure, "", one.at)
    path = absolute(text, "/")
    if has_wildcard(text):
        # A wildcard that fits nothing copies nothing.
        for name in source.matching(path):
            yield from at_path(source, name)
        return
    if not source.exists(path):
        raise not_there(text, one, outside=outside)
    yield from at_path(source, path)


def at_path(source: Tree, path: str) -> Iterator[tuple[str, Node]]:
    """Of a directory its contents, the directory itself not."""
    for rest, node in source.below(path):
        yield (f"./{rest}" if rest else posixpath.basename(path)), node


def not_there(text: str, one: Instruction, *, outside: bool) -> Stopped:
    says = f'failed to calculate checksum: "/{text.lstrip("./")[:60]}": not found'
    if outside:
        cure = say("Look where the other stage puts it: there is no {path}.", path=text[:60])
    else:
        cure = say("Name a file of the folder: there is no {path}, or it is ignored.",
                   path=text[:60])  # fmt: skip
    return Stopped("docker.no-file", cure, says, one.at)
