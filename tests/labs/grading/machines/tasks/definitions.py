"""Task definitions for tests."""

from __future__ import annotations

from typing import Any

ECR = "111122223333.dkr.ecr.eu-west-2.amazonaws.com/shop:1"
ROLE = "arn:aws:iam::111122223333:role/"
CONTAINER: dict[str, Any] = {"name": "web", "image": "nginx:1.27", "memory": 256}
ON_HOSTS: dict[str, Any] = {"family": "shop", "containerDefinitions": [CONTAINER]}
FARGATE: dict[str, Any] = {
    "family": "shop",
    "networkMode": "awsvpc",
    "requiresCompatibilities": ["FARGATE"],
    "cpu": "256",
    "memory": "512",
    "containerDefinitions": [{"name": "web", "image": "nginx:1.27"}],
}


def on_hosts(**changes: Any) -> dict[str, Any]:
    """With these keys in its one container."""
    return ON_HOSTS | {"containerDefinitions": [CONTAINER | changes]}


def on_fargate(**changes: Any) -> dict[str, Any]:
    container = FARGATE["containerDefinitions"][0] | changes
    return FARGATE | {"containerDefinitions": [container]}
