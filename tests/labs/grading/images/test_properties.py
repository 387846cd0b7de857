"""The engine beside a build that knows nothing of it (`plain_builds`)."""

from __future__ import annotations

import pytest

from labs.grading.images.building.build import Image, build
from labs.grading.images.building.stopped import Stopped
from labs.grading.images.language.instruction import Dockerfile
from labs.grading.images.language.reading import read_dockerfile
from labs.grading.images.running.process import argv_of
from tests.labs.grading.images.plain_builds import Build, Docker
from tests.labs.grading.images.plain_stages import Beyond, Failed
from tests.labs.grading.images.random_files import KEY, WORLD, Written, files

FILES = 680  # of each seed
EDITS = [
    frozenset(one) for one in (("a.txt",), ("lib/c.py",), (KEY,), ("notes.md", "lib/keep.tmp"))
]


def plain(docker: Docker, written: Written, edited: frozenset[str]) -> Build | None:
    try:
        return docker.build(written, edited)
    except Failed:
        return None


def engine(file: Dockerfile, edited: frozenset[str]) -> Image | None:
    try:
        return build(file, WORLD, edited)
    except Stopped:
        return None


def image_in_plain(found: Build) -> dict[str, object]:
    last = found.last
    return {
        "files": {path: content for path, (content, _made) in last.files.items()},
        "user": last.user,
        "workdir": last.workdir,
        "env": last.env,
        "process": last.process,
        "leaks": last.leaks,
    }


def image_of(found: Image) -> dict[str, object]:
    stage = found.stage
    return {
        "files": {path: node.content for path, node in stage.tree.files.items()},
        "user": stage.user,
        "workdir": stage.workdir,
        "env": stage.env,
        "process": argv_of(stage),
        "leaks": {(one.what, one.where, one.at[0]) for one in stage.leaks},
    }


@pytest.mark.parametrize("seed", range(8))
def test_every_image_and_every_build_after_an_edit_is_as_documented(seed: int):
    compared = 0
    for written in files(seed, FILES):
        docker = Docker()
        try:
            expected = plain(docker, written, frozenset())
        except Beyond:
            continue
        file = read_dockerfile(written.text)
        found = engine(file, frozenset())
        assert (expected is None) == (found is None), written.text
        if expected is None or found is None:
            continue
        assert image_of(found) == image_in_plain(expected), written.text
        compared += 6 + compare_edits(written, file, docker, expected, found)
    assert compared >= 2_500


def compare_edits(
    written: Written, file: Dockerfile, docker: Docker, expected: Build, found: Image
) -> int:
    """Of each edit, the lines that are built anew."""
    before, known = expected.layers, {one.key for one in found.layers}
    for edited in EDITS:
        after, image = plain(docker, written, edited), engine(file, edited)
        assert after
        assert image
        lines = {line for number, line in after.layers.items() if number not in before}
        assert {one.at[0] for one in image.layers if one.key not in known} == lines, (
            f"{written.text}\nafter a change of {edited}"
        )
    return len(EDITS)
