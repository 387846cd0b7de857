"""What every kind of lab has, and what the rooms that serve all kinds do not know."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from labs.grading import kinds
from labs.grading.kind import Kind
from labs.grading.kinds import (
    KINDS,
    NAMES,
    alb_listener_rules,
    api_routes,
    asg_scaling_policy,
    aws_cli,
    certificates,
    cost,
    decode,
    dockerfile,
    dynamodb_keys,
    ecs_task_definition,
    event_pattern,
    find_the_flaw,
    health_timeline,
    iam_account,
    iam_policy,
    k8s_manifest,
    launch_template,
    lifecycle,
    messaging,
    network_acl,
    packet_walk,
    placement,
    purchase_plan,
    resource_policy,
    scenario_sort,
    security_group,
    security_group_graph,
    state_machine,
    subnetting,
    trust_policy,
    user_data,
)
from tests.labs.kinds import slow, words
from tests.labs.shipped import shipped_labs

ROOT = Path(__file__).resolve().parents[2]
TYPED: tuple[Kind, ...] = (  # so that mypy holds each against what a kind is
    alb_listener_rules,
    api_routes,
    asg_scaling_policy,
    aws_cli,
    certificates,
    cost,
    decode,
    dockerfile,
    dynamodb_keys,
    ecs_task_definition,
    event_pattern,
    find_the_flaw,
    health_timeline,
    iam_account,
    iam_policy.KIND,
    k8s_manifest,
    launch_template,
    lifecycle,
    messaging,
    network_acl,
    packet_walk,
    placement,
    purchase_plan,
    resource_policy.KIND,
    scenario_sort,
    security_group,
    security_group_graph,
    state_machine,
    subnetting,
    trust_policy.KIND,
    user_data,
)
OURS = {name: kind for name, kind in KINDS.items() if kind not in (slow, words)}
LABS = {lab.kind for lab in shipped_labs()}
# Files that serve every kind. What they say must be true of a kind that nobody has thought of yet.
GENERIC = sorted(
    path
    for pattern in (
        "labs/*.py", "labs/models/*.py", "labs/templatetags/labs_tags.py", "labs/grading/*.py",
        "templates/labs/*.html", "templates/components/*.html", "static/js/*.js",
    )
    for path in ROOT.glob(pattern)
    if path.name != "old_reports.py"  # history
)  # fmt: skip
WORDS_OF_KINDS = re.compile(
    r"\b(iam|aws|arns?|polic(y|ies)|packets?|cidrs?|subnets?|security.groups?|s3|buckets?|ipv[46])\b",
    re.IGNORECASE,
)


def module_of(name: str) -> str:
    return name.replace("-", "_")


@pytest.mark.parametrize("name", OURS)
def test_a_kind_says_what_it_grades(name: str) -> None:
    module = sys.modules[f"{kinds.__name__}.{module_of(name)}"]
    assert len((module.__doc__ or "").split()) > 20


@pytest.mark.parametrize("name", OURS)
def test_a_kind_has_a_test_module(name: str) -> None:
    tests = ROOT / f"tests/labs/grading/kinds/test_{module_of(name)}.py"
    assert "def test_" in tests.read_text()


@pytest.mark.parametrize("name", OURS)
def test_a_kind_has_a_lab(name: str) -> None:
    assert name in LABS


@pytest.mark.parametrize("name", OURS)
def test_a_kind_with_words_says_where_they_fit(name: str) -> None:
    """A misspelt name would be passed over in silence."""
    assert hasattr(OURS[name], "words") is hasattr(OURS[name], "SLOTS")


def test_a_module_of_kinds_is_registered() -> None:
    modules = {path.stem for path in (ROOT / "labs/grading/kinds").glob("[!_]*.py")}
    assert {module_of(name) for name in OURS} == modules
    assert {kind.NAME: kind for kind in TYPED} == OURS


def test_who_needs_no_kind_imports_none() -> None:
    """Together they take longer to import than everything else."""
    seen = "[name for name in sys.modules if name.startswith('labs.grading.kinds.')]"
    setup = "import sys, django; django.setup(); import portal.urls"
    answer = subprocess.run(
        [sys.executable, "-c", f"{setup}; print({seen})"],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout == "[]\n"


def test_a_kind_is_there_before_it_is_imported() -> None:
    fresh = kinds.Kinds(NAMES)
    assert ("cost" in fresh, "costs" in fresh) == (True, False)
    assert set(fresh.known.values()) == {None}
    fresh.load()
    assert dict(fresh) == {name: KINDS[name] for name in NAMES}


@pytest.mark.parametrize("path", GENERIC, ids=lambda path: str(path.relative_to(ROOT)))
def test_rooms_for_all_kinds_know_none(path: Path) -> None:
    assert [match[0] for match in WORDS_OF_KINDS.finditer(path.read_text())] == []
