"""Every lab of the catalog proves itself: the same function as `manage.py check_labs`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from labs.proof import prove
from labs.source import read_lab
from tests.labs.shipped import shipped_labs

FOLDERS = sorted(path.parent for path in Path(settings.CATALOG_DIR).glob("*/lab.toml"))
HEAD = re.compile(r"^\|(.*)\|\n\|[ |:-]+\|$", re.MULTILINE)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_lab_is_fair(folder: Path) -> None:
    assert [str(doubt) for doubt in prove(read_lab(folder))] == []


def test_no_folder_is_overlooked() -> None:
    assert [lab.slug for lab in shipped_labs()] == [folder.name for folder in FOLDERS]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_each_column_of_a_table_has_a_name(folder: Path) -> None:
    """A screen reader says it before each cell (axe: empty-table-header)."""
    for file in folder.glob("*.md"):
        heads = HEAD.findall(file.read_text())
        assert all(name.strip() for head in heads for name in head.split("|")), file.name
