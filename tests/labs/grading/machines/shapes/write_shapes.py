"""Takes the shapes that we read out of botocore's service models (Apache License 2.0), without
their documentation:

    python -m tests.labs.grading.machines.shapes.write_shapes

Of the botocore that pyproject.toml names, for the tests compare what is carried with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

Shape = dict[str, Any]
DATA = Path(__file__).parents[5] / "labs/grading/machines/shapes/data"
# File → service, its version, and the shape of the request
ROOTS = {
    "launch-template": ("ec2", "2016-11-15", "RequestLaunchTemplateData"),
    "auto-scaling-group": ("autoscaling", "2011-01-01", "CreateAutoScalingGroupType"),
    "task-definition": ("ecs", "2014-11-13", "RegisterTaskDefinitionRequest"),
    "placement-strategies": ("ecs", "2014-11-13", "PlacementStrategies"),
}
KEPT = ("type", "required", "enum", "min", "max")
# More than a thousand names, and more every month: which types there are a lab says
OPEN = ("InstanceType",)


def below(shape: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Key → name of the shape that stands there."""
    if shape["type"] == "structure":
        yield from ((key, member["shape"]) for key, member in shape["members"].items())
    for key in ("member", "key", "value"):
        if key in shape:
            yield key, shape[key]["shape"]


def plain(name: str, shape: Mapping[str, Any]) -> Shape:
    kept = {key: shape[key] for key in KEPT if key in shape}
    if name in OPEN:
        kept.pop("enum", None)
    inner = dict(below(shape))
    return kept | ({"members": inner} if shape["type"] == "structure" else inner)


def reached(shapes: Mapping[str, Any], root: str) -> dict[str, Shape]:
    found: dict[str, Shape] = {}
    waiting = [root]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = plain(name, shapes[name])
            waiting.extend(inner for _key, inner in below(shapes[name]))
    return dict(sorted(found.items()))


def written(file: str) -> str:
    """What stands in the file, from the botocore that is installed."""
    import botocore
    from botocore.loaders import Loader

    service, version, root = ROOTS[file]
    model = Loader().load_service_model(service, "service-2", version)
    about = {"from": f"botocore {botocore.__version__}, {service} {version}", "root": root}
    shapes = reached(model["shapes"], root)
    lines = ",\n".join(
        f"  {json.dumps(name)}: {json.dumps(shape)}" for name, shape in shapes.items()
    )
    head = "".join(f" {json.dumps(key)}: {json.dumps(value)},\n" for key, value in about.items())
    return f'{{\n{head} "shapes": {{\n{lines}\n }}\n}}\n'


def main() -> None:
    for file in ROOTS:
        (DATA / f"{file}.json").write_text(written(file))


if __name__ == "__main__":
    main()
