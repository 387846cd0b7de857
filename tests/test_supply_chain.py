"""What we build on: which licences, pinned and hashed, from no registry in particular, and without
known holes."""

from __future__ import annotations

import json
import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest

from tests import advisories
from tests.advisories import Unreachable, found_in, offline, pins, vendored

ROOT = Path(__file__).resolve().parents[1]
LOCKS = sorted(ROOT.glob("requirements*.txt"))
NPM = json.loads((ROOT / "labs" / "editor" / "package-lock.json").read_text())
PYPROJECT = (ROOT / "pyproject.toml").read_text()

# What runs where the portal runs, telemetry among it.
SHIPPED = sorted(
    {name for lock in ("", "-telemetry") for name, _version in pins(f"requirements{lock}.txt")}
)

# --- Licences -------------------------------------------------------------------------------------

ALLOWED = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-0",
    "PSF-2.0",
}  # fmt: skip
# Copyleft that ends at the library's own files, each with the reason why that is no trouble here.
LIBRARY_ONLY = {
    "psycopg": ("LGPL-3.0-only", "a library of its own, unchanged; whoever wants may exchange it"),
    "psycopg-binary": ("LGPL-3.0-only", "the same, compiled"),
    "fido2": ("MPL-2.0", "Mozilla's list of public suffixes within it, unchanged"),
    "certifi": ("MPL-2.0", "Mozilla's list of certificates, unchanged"),
}
# Words that packages used before they named licences by SPDX.
SPDX = {
    "BSD": "BSD-3-Clause", "New BSD": "BSD-3-Clause", "BSD License": "BSD-3-Clause",
    "3-Clause BSD License": "BSD-3-Clause",
    "MIT License": "MIT", "Apache Software License": "Apache-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}  # fmt: skip
# Not installed where the tests run: other systems, other Pythons.
ELSEWHERE = {"async-timeout": "Apache-2.0", "colorama": "BSD-3-Clause", "tzdata": "Apache-2.0"}


def licences(name: str) -> set[str]:
    """In SPDX's names, from what the package says of itself, the most exact first."""
    try:
        found = metadata(name)
    except PackageNotFoundError:
        return {ELSEWHERE[name]}
    if found["License-Expression"]:
        return set(re.split(r" (?:OR|AND) ", found["License-Expression"]))
    classes = [
        text.split(" :: ")[-1]
        for text in found.get_all("Classifier") or []
        if text.startswith("License :: OSI Approved ::")
    ]
    words = classes or [(found["License"] or "").strip()]
    return {SPDX.get(word, word) for word in words}


@pytest.mark.parametrize("name", SHIPPED)
def test_a_licence_lets_everybody_use_the_portal(name: str) -> None:
    found = licences(name)
    assert found
    assert found - ALLOWED == ({LIBRARY_ONLY[name][0]} if name in LIBRARY_ONLY else set())


def test_no_exception_is_left_that_nobody_needs() -> None:
    assert {*LIBRARY_ONLY, *ELSEWHERE} <= {name for name, _version in pins("requirements.txt")}


def bundled() -> set[tuple[str, str]]:
    """Name and version of what stands in the editor's one file, by the notices beside it."""
    notices = (ROOT / "static" / "editor" / "LICENSES.txt").read_text()
    return set(re.findall(r"^((?:@[\w-]+/)?[\w.-]+) (\d[\w.-]*) \(", notices, re.M))


def test_the_editors_packages_have_licences_for_everybody() -> None:
    licence_of = {
        (path.removeprefix("node_modules/"), package["version"]): package.get("license")
        for path, package in NPM["packages"].items()
        if path
    }
    assert len(bundled()) > 8
    assert {licence_of[package] for package in bundled()} <= ALLOWED


# --- Locks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_package_is_pinned_and_hashed(lock: Path) -> None:
    logical = lock.read_text().replace("\\\n", " ").splitlines()
    lines = [line for line in logical if line.strip() and not line.startswith("#")]
    assert len(lines) >= 20
    loose = [line[:60] for line in lines if not re.match(r"[a-z0-9.-]+(\[\w+\])?==\d", line)]
    unhashed = [line[:60] for line in lines if not re.search(r"--hash=sha256:[0-9a-f]{64}", line)]
    assert (loose, unhashed) == ([], [])


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_no_registry(lock: Path) -> None:
    """Whoever installs chooses theirs; a hash holds anywhere."""
    assert (
        re.findall(r"https?://\S+|--(?:extra-)?index-url\S*|--find-links\S*", lock.read_text())
        == []
    )


def test_the_editors_lock_names_no_registry_and_hashes_all() -> None:
    packages = {path: package for path, package in NPM["packages"].items() if path}
    assert [path for path, package in packages.items() if "resolved" in package] == []
    assert [path for path, package in packages.items() if "integrity" not in package] == []


def test_every_direct_dependency_says_why_it_is_there() -> None:
    lines = re.findall(r'^    "([\w.-]+).*", *(#.*)?$', PYPROJECT.partition("[tool.")[0], re.M)
    project = tomllib.loads(PYPROJECT)
    wanted = [*project["project"]["dependencies"]]
    groups = [project["project"]["optional-dependencies"], project["dependency-groups"]]
    wanted += [line for kind in groups for group in kind.values() for line in group]
    reasons = dict(lines)
    silent = [
        name
        for line in wanted
        if not reasons.get(name := re.match(r"[\w.-]+", line)[0], "").startswith("# ")
    ]
    assert silent == []


def test_the_lock_has_every_direct_dependency() -> None:
    wanted = tomllib.loads(PYPROJECT)["project"]["dependencies"]
    names = {re.match(r"[\w.-]+", line)[0].lower() for line in wanted}
    assert names <= {name for name, _version in pins("requirements.txt")}


# --- Known holes ----------------------------------------------------------------------------------


def test_no_pin_has_a_hole_that_we_know_of() -> None:
    assert offline(pins("requirements.txt") + pins("requirements-dev.txt")) == []


def test_the_list_by_hand_finds_what_it_names() -> None:
    assert [line.split(":")[0] for line in offline([("django", "5.2.1")])] == ["django 5.2.1"] * 6
    assert offline([("django", "5.2.19"), ("unknown", "1.0")]) == []
    assert {hole["package"] for hole in vendored()["advisories"]} <= {
        name for name, _version in pins("requirements.txt")
    }


def test_a_service_that_does_not_know_a_package_has_not_looked_it_up() -> None:
    """pip-audit itself ends well then, and would be taken for good news."""
    row = {"name": "django", "version": "1.0", "vulns": [{"id": "X-1", "fix_versions": ["2"]}]}
    assert found_in({"dependencies": [row]}) == ["django 1.0: X-1, mended in 2"]
    for answer in ([row, {"name": "other", "skip_reason": "not found"}], []):
        with pytest.raises(Unreachable):
            found_in({"dependencies": answer})


def test_what_was_not_looked_up_is_said(monkeypatch, capsys) -> None:
    def away(name: str) -> list[str]:
        raise Unreachable("no network")

    monkeypatch.setattr(advisories, "online", away)
    assert advisories.main() == 0
    said = capsys.readouterr().out
    assert "NOT LOOKED UP: requirements.txt (no network); requirements-dev.txt" in said
    assert str(vendored()["written"]) in said
