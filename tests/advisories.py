"""Are there known holes in what we ship?  `python -m tests.advisories`, part of `make security`.

pip-audit asks the registry's advisory service. Where that does not answer (a mirror without it, no
network), the list of tests/fixtures/advisories.toml is asked instead, and the last line says so:
nothing is ever skipped in silence.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).resolve().parents[1]
VENDORED = ROOT / "tests" / "fixtures" / "advisories.toml"
LISTS = ("requirements.txt", "requirements-dev.txt")
PIN = re.compile(r"^([a-z0-9][a-z0-9.-]*)==([^\s;\\]+)", re.M)
SECONDS = 300


class Unreachable(Exception):
    """No advisory service answered."""


def pins(name: str) -> list[tuple[str, str]]:
    return PIN.findall((ROOT / name).read_text())


def online(name: str) -> list[str]:
    """What pip-audit finds in one list. Unreachable where it could not look everything up."""
    command = [
        sys.executable, "-m", "pip_audit", "--requirement", str(ROOT / name), "--disable-pip",
        "--no-deps", "--format", "json", "--progress-spinner", "off",
    ]  # fmt: skip
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS)
        return found_in(json.loads(done.stdout))
    except (subprocess.TimeoutExpired, OSError, ValueError) as error:
        raise Unreachable(str(error)) from error


def found_in(answer: Mapping[str, Any]) -> list[str]:
    rows = answer["dependencies"]
    skipped = [row["name"] for row in rows if "skip_reason" in row]
    if skipped or not rows:
        raise Unreachable(f"{len(skipped)} packages are unknown to the service")
    return [
        f"{row['name']} {row['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions'])}"
        for row in rows
        for hole in row["vulns"]
    ]


def vendored() -> Mapping[str, Any]:
    return tomllib.loads(VENDORED.read_text())


def offline(pinned: list[tuple[str, str]]) -> list[str]:
    return [
        f"{name} {version}: {hole['id']}, {hole['about']} ({hole['affected']})"
        for name, version in pinned
        for hole in vendored()["advisories"]
        if hole["package"] == name and version in SpecifierSet(hole["affected"], prereleases=True)
    ]


def main() -> int:
    found: list[str] = []
    by_hand = []
    for name in LISTS:
        try:
            found += online(name)
        except Unreachable as why:
            by_hand.append(f"{name} ({why})")
            found += offline(pins(name))
    for line in found:
        print(line)
    if by_hand:
        listed = vendored()
        age = (date.today() - listed["written"]).days
        print(
            f"NOT LOOKED UP: {'; '.join(by_hand)}. Asked instead: {len(listed['advisories'])} "
            f"advisories of {VENDORED.relative_to(ROOT)}, written on {listed['written']}, "
            f"{age} days ago. What was published since is not known here."
        )
    print(f"{len(found)} known holes")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
