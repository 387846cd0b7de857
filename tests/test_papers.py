"""What stands beside the code tells the truth about it: lock files, READMEs."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
TELEMETRY = PROJECT["project"]["optional-dependencies"]["telemetry"]
LOCKS = {
    "requirements.txt": PROJECT["project"]["dependencies"],
    "requirements-telemetry.txt": PROJECT["project"]["dependencies"] + TELEMETRY,
    "requirements-dev.txt": PROJECT["project"]["dependencies"]
    + TELEMETRY
    + PROJECT["dependency-groups"]["dev"],
    "requirements-bench.txt": PROJECT["dependency-groups"]["bench"],
}
READMES = [
    path
    for path in ROOT.glob("**/README.md")
    if not {".venv", "node_modules", "var"} & set(path.parts)
]


def name_of(requirement: str) -> str:
    return re.split(r"[\[<>=~!; ]", requirement)[0].lower().replace("_", "-")


@pytest.mark.parametrize("lock", LOCKS)
def test_every_dependency_is_locked_with_a_hash(lock: str) -> None:
    text = (ROOT / lock).read_text()
    locked = dict(
        re.findall(
            r"^([a-z0-9-]+)==.*?\n((?:    --hash=sha256:[0-9a-f]{64}.*\n?)+)", text, flags=re.M
        )
    )
    assert {name_of(requirement) for requirement in LOCKS[lock]} - set(locked) == set()


@pytest.mark.parametrize("lock", [*LOCKS, "labs/editor/package-lock.json"])
def test_no_lock_file_names_a_registry(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert [
        line for line in text.splitlines() if "--index-url" in line or '"resolved"' in line
    ] == []


@pytest.mark.parametrize("readme", READMES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_readme_points_only_at_files_that_exist(readme: Path) -> None:
    links = [
        link for link in re.findall(r"\]\(([^)#\s]+)", readme.read_text()) if "://" not in link
    ]
    assert [link for link in links if not (readme.parent / link).exists()] == []
