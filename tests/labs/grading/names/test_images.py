"""Examples of “Amazon ECR private registries”, “Pushing a Docker image”, and of Docker Hub."""

from __future__ import annotations

import pytest

from labs.grading.names.images import read_image

REGISTRY = "123456789012.dkr.ecr.us-west-2.amazonaws.com"
DIGEST = "sha256:" + "0a" * 32


@pytest.mark.parametrize(
    ("name", "registry", "repository", "tag", "digest"),
    [
        (f"{REGISTRY}/my-repository:tag", REGISTRY, "my-repository", "tag", ""),
        (f"{REGISTRY}/shop/web:1.2", REGISTRY, "shop/web", "1.2", ""),
        (f"{REGISTRY}/my-repository", REGISTRY, "my-repository", "latest", ""),
        (f"{REGISTRY}/my-repository@{DIGEST}", REGISTRY, "my-repository", "", DIGEST),
        ("nginx", "docker.io", "nginx", "latest", ""),
        ("team/tool:7", "docker.io", "team/tool", "7", ""),
        ("localhost/tool", "localhost", "tool", "latest", ""),
        ("registry.example.com:5000/tool:1", "registry.example.com:5000", "tool", "1", ""),
        ("public.ecr.aws/nginx/nginx:1.29", "public.ecr.aws", "nginx/nginx", "1.29", ""),
    ],
)
def test_a_name_is_taken_apart(
    name: str, registry: str, repository: str, tag: str, digest: str
) -> None:
    found = read_image(name)
    ours = registry == REGISTRY
    assert (found["account"], found["region"]) == (
        ("123456789012", "us-west-2") if ours else ("", "")
    )
    assert [found[part] for part in ("registry", "repository", "tag", "digest")] == [
        registry, repository, tag, digest,
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["", "Shop", "shop:", "shop:a b", "/shop", "shop/", "shop@md5:1"])
def test_what_is_no_image_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no name of an image"):
        read_image(name)
