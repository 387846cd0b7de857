"""SECURITY.md promises nothing that is not there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[1]
PAPER = (ROOT / "SECURITY.md").read_text()
NAMED = re.findall(r"`([^`\n]+)`", PAPER)
TESTS = sorted({name for name in NAMED if "::" in name})
FILES = sorted({name for name in NAMED if re.fullmatch(r"[\w/]+\.(?:py|toml|txt)", name)})
SETTINGS = sorted({name for name in NAMED if re.fullmatch(r"[A-Z][A-Z_]{4,}", name)})


def test_there_is_something_to_check() -> None:
    assert min(len(TESTS), len(FILES), len(SETTINGS)) >= 8


@pytest.mark.parametrize("name", TESTS)
def test_a_test_that_is_named_is_there(name: str) -> None:
    path, _colons, function = name.partition("::")
    tree = ast.parse((ROOT / path).read_text())
    assert function in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_named_is_there(name: str) -> None:
    assert (ROOT / name).is_file()


@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_that_is_named_is_there(name: str) -> None:
    assert hasattr(settings, name)


def test_every_row_of_the_table_shows_a_test() -> None:
    rows = [line for line in PAPER.splitlines() if line.startswith("| ") and "---" not in line][1:]
    assert len(rows) >= 15
    assert [row[:40] for row in rows if "`tests/" not in row.split("|")[4]] == []
