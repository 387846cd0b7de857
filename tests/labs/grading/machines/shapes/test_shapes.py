from __future__ import annotations

import pytest

from labs.grading.machines.shapes.shapes import shapes_of
from tests.labs.grading.machines.shapes.write_shapes import DATA, ROOTS, written


@pytest.mark.parametrize("file", ROOTS)
def test_the_data_are_what_the_script_writes(file: str) -> None:
    """Of the botocore that pyproject.toml names: its next one brings the next shapes with it."""
    assert (DATA / f"{file}.json").read_text() == written(file)


@pytest.mark.parametrize("file", ROOTS)
def test_every_shape_that_is_named_is_there(file: str) -> None:
    shapes = shapes_of(file)
    for shape in shapes.shapes.values():
        inner = [*shape.get("members", {}).values(), *(shape.get(k) for k in ("member", "value"))]
        assert {one for one in inner if one} <= set(shapes.shapes)


def test_the_licence_stands_beside_the_data() -> None:
    assert "Apache License" in (DATA / "LICENSE.txt").read_text()
